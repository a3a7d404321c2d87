package evidence

import "slices"

// Reason is why a record was passed over. "skip.<reason>" is the text key of the
// sentence that counts such records.
type Reason string

// The reasons. A family adds its own here, so that all stand in one place.
const (
	NoSite        Reason = "no_site"        // a login without an address
	UnclearSite   Reason = "unclear_site"   // a login whose address names no website: a device at home, a note
	NoIssuer      Reason = "no_issuer"      // an authenticator entry that does not say which site it is for
	Discarded     Reason = "discarded"      // in the bin, archived, replaced, or marked "never save"
	NoLogin       Reason = "no_login"       // another kind of entry: a note, a card, a folder
	Broken        Reason = "broken"         // not laid out as its format is
	UnclearNumber Reason = "unclear_number" // where a platform shows a phone number, and nobody can say which
	NoAccount     Reason = "no_account"     // a mail that shows no account
	Unproven      Reason = "unproven"       // a mail whose sender is forged, or proven by nothing
	Personal      Reason = "personal"       // a mail between people
	Automatic     Reason = "automatic"      // a bounce, an automatic answer, a calendar's invitation
	Unwanted      Reason = "unwanted"       // a mail among spam, drafts or deleted ones
	NoSender      Reason = "no_sender"      // a mail that names nobody as its sender
	Quoted        Reason = "quoted"         // a mail that stands in the text of another one
	Private       Reason = "private"        // a text message between people, or one that shows no account
	Sent          Reason = "sent"           // a message the person wrote
	TooMany       Reason = "too_many"       // beyond the limit of what is kept of one source
	NotReadPart   Reason = "part"           // a file of an archive that is read elsewhere or not at all
)

// reasons stand in the order in which they are told.
var reasons = []Reason{
	NoSite,
	UnclearSite,
	NoIssuer,
	Broken,
	UnclearNumber,
	NoAccount,
	Unproven,
	Personal,
	Automatic,
	Unwanted,
	NoSender,
	Quoted,
	Private,
	Sent,
	Discarded,
	NoLogin,
	TooMany,
	NotReadPart,
}

// Reasons returns every reason, in the order in which they are told.
func Reasons() []Reason { return slices.Clone(reasons) }

// Skipped are the records of a source that were passed over for one reason.
type Skipped struct {
	Reason Reason   `json:"reason"`
	Count  int      `json:"count"`
	Names  []string `json:"names,omitempty"` // what the first of them are called, never a secret; sorted, each once
}

// maxNames is how many names of skipped records are kept for one reason.
const maxNames = 500

// skip counts a record that was passed over.
func (s *Source) skip(why Reason, name string) {
	s.Skipped++
	i := slices.IndexFunc(s.Passed, func(k Skipped) bool { return k.Reason == why })
	if i < 0 {
		i = len(s.Passed)
		s.Passed = append(s.Passed, Skipped{Reason: why})
	}
	k := &s.Passed[i]
	k.Count++
	name = MaskLabel(maskFileName(name))
	if at, have := slices.BinarySearch(k.Names, name); name != "" && !have && len(k.Names) < maxNames {
		k.Names = slices.Insert(k.Names, at, name)
	}
}

// sortSkipped puts reasons in the order in which they are told.
func (s *Source) sortSkipped() {
	slices.SortFunc(s.Passed, func(a, b Skipped) int {
		return slices.Index(reasons, a.Reason) - slices.Index(reasons, b.Reason)
	})
}

// Add adds what another reading of the same source read and passed over.
func (s *Source) Add(o Source) {
	s.Items += o.Items
	s.Skipped += o.Skipped
	s.Passed = slices.Clone(s.Passed)
	for _, more := range o.Passed {
		i := slices.IndexFunc(s.Passed, func(k Skipped) bool { return k.Reason == more.Reason })
		if i < 0 {
			s.Passed = append(s.Passed, more)
			continue
		}
		k := &s.Passed[i]
		k.Count += more.Count
		k.Names = slices.Compact(slices.Sorted(slices.Values(slices.Concat(k.Names, more.Names))))
		k.Names = k.Names[:min(len(k.Names), maxNames)]
	}
	s.sortSkipped()
}

// WithoutNames is the source as it is kept: how many records were passed over
// and why, but not what they are called.
func (s Source) WithoutNames() Source {
	s.Passed = slices.Clone(s.Passed)
	for i := range s.Passed {
		s.Passed[i].Names = nil
	}
	return s
}
