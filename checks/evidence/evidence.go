// Package evidence reads files a person already has and turns them into
// findings: pieces of proof that a platform holds an identifier or that an
// account exists. It never unpacks to disk, never keeps passwords, secrets or
// bodies, and does not decide what is true of an account: fusing findings is
// the account package's job.
package evidence

import (
	"time"

	"unlisted/checks/identifier"
)

// Fact is what a finding shows; the vocabulary of the evidence formats.
type Fact string

// The facts an importer may emit.
const (
	FactAccount        Fact = "account"         // an account exists or existed
	FactHoldsEmail     Fact = "holds-email"     // the platform has this address
	FactHoldsPhone     Fact = "holds-phone"     // the platform has this number; of KindUnplaced where nobody can tell which line it is
	FactPhone2FA       Fact = "phone-2fa"       // the number receives sign-in codes
	FactTOTPOn         Fact = "totp-on"         // an authenticator app is set up
	FactPasskey        Fact = "passkey"         // a passkey is stored
	FactAdsUse         Fact = "ads-use"         // contact data or profile is used for advertising
	FactAdvertiserList Fact = "advertiser-list" // a named company uploaded a list that contains the person
	FactLinked         Fact = "linked"          // signs in to, or is connected with, another account
	FactReuse          Fact = "reuse"           // the same password at several sites
	FactOwn            Fact = "own"             // a candidate for the person's own identifier
	FactMailed         Fact = "mailed-you"      // a sender has the address; no account proven
	FactContactUpload  Fact = "contact-upload"  // the person's address book is there
	FactNoPhone        Fact = "no-phone"        // the platform's own page of numbers is there and shows none
)

// Confidence says how sure a finding or an account is; larger is surer.
type Confidence uint8

// The degrees of confidence. Claimed is the person's own word.
const (
	ConfidenceNone Confidence = iota
	Claimed
	Possible
	Likely
	Confirmed
)

var confidenceNames = [...]string{"", "claimed", "possible", "likely", "confirmed"}

// String returns the stable name used in files and on the command line.
func (c Confidence) String() string {
	if int(c) < len(confidenceNames) {
		return confidenceNames[c]
	}
	return ""
}

// MarshalText writes the stable name.
func (c Confidence) MarshalText() ([]byte, error) { return []byte(c.String()), nil }

// UnmarshalText reads the stable name; an unknown one is ConfidenceNone.
func (c *Confidence) UnmarshalText(b []byte) error {
	*c = ConfidenceNone
	for i, n := range confidenceNames {
		if n == string(b) {
			*c = Confidence(i)
		}
	}
	return nil
}

// Purpose is why a platform has an identifier.
type Purpose string

// The purposes.
const (
	PurposeUnknown      Purpose = ""
	PurposeSignIn       Purpose = "sign-in"
	PurposeSecondFactor Purpose = "second-factor"
	PurposeRecovery     Purpose = "recovery"
	PurposeProfile      Purpose = "profile"
	PurposeLookup       Purpose = "contact-look-up"
	PurposeAds          Purpose = "advertising"
	PurposeDelivery     Purpose = "delivery"
)

// Finding is one piece of evidence. It carries no password, no code and no
// text of a message; of a mail at most a subject line stands in Detail.
type Finding struct {
	Fact       Fact                  `json:"kind"`
	Site       string                `json:"site,omitempty"` // host or registrable domain as seen, lower case; "" when unknown
	App        string                `json:"app,omitempty"`  // Android package or Apple bundle, where no site is known
	Name       string                `json:"name,omitempty"` // name as the file gives it, where no site is known
	Identifier identifier.Identifier `json:"identifier,omitzero"`
	UserName   string                `json:"user_name,omitempty"` // a sign-in name that is neither address nor number
	Account    string                `json:"account,omitempty"`   // equal within a source: findings of one account, whatever they name
	Purpose    Purpose               `json:"purpose,omitempty"`
	Confidence Confidence            `json:"confidence"`
	Format     string                `json:"format"`              // the importer's Format.ID
	Family     string                `json:"family,omitempty"`    // the importer's Format.Family
	Source     string                `json:"source"`              // a label: the file's own name, with "!member" inside an archive; never a full path
	SourceID   string                `json:"source_id,omitempty"` // Source.ID
	Count      int                   `json:"count"`               // how many records say so; at least 1
	First      time.Time             `json:"first,omitzero"`      // earliest date in the evidence
	Last       time.Time             `json:"last,omitzero"`       // latest date in the evidence
	Why        string                `json:"why,omitempty"`       // text key of the sentence why it shows what it shows; "" where the kind says it
	Detail     string                `json:"detail,omitempty"`    // advertiser, linked site, reuse group, mail class and subject: a short proof
}

// WhyOrder marks a mail about an order, which a guest without an account gets too.
const WhyOrder = "mail.why.order"

// Kind is what is wrong with a file: the text key of its sentences, such as
// "error.evidence.damaged". As an error it is a Problem whose place is not known
// yet.
type Kind string

// The kinds that readers tell each other; the others stand where they are told.
const (
	kindEncrypted  Kind = "error.evidence.encrypted_zip"  // a member that needs a password
	kindLocked     Kind = "error.evidence.locked"         // an archive that needs one
	kindPassword   Kind = "error.evidence.wrong_password" // an archive that none of those given opens
	kindBomb       Kind = "error.evidence.bomb"           // a member that expands beyond reason
	kindWork       Kind = "error.evidence.too_much"       // an archive that gives more to read than any export of its size
	kindMany       Kind = "error.evidence.too_many"       // more members than any export has
	kindOverlap    Kind = "error.evidence.overlap"        // members that share their bytes
	kindDamagedZip Kind = "error.evidence.damaged_zip"    // an archive that cannot be read
	kindDamaged    Kind = "error.evidence.damaged"        // one that can be read up to some place
	kindUnreadable Kind = "error.evidence.unreadable"     // a file that cannot be opened
)

func (k Kind) Error() string { return string(k) }

// Problem is something in a file that could not be used. It never holds a
// value of the file.
type Problem struct {
	Where string         `json:"where"`          // file name, member, line
	What  string         `json:"what"`           // a Kind, or its text key, with parts .what .means .todo
	Args  map[string]any `json:"args,omitempty"` // the sentence's placeholders
}

// Error makes a Problem an error.
func (p *Problem) Error() string { return p.What + " at " + p.Where }

// Explain gives the text key of the sentence for the person.
func (p *Problem) Explain() (string, map[string]any) { return p.What, p.Args }

// Source is one file, folder or archive that was read.
type Source struct {
	ID       string    `json:"id,omitempty"`          // what tells it from others of the same name; see Options.Identity
	Path     string    `json:"path"`                  // a label: base name only
	Format   string    `json:"format"`                // importer id; "" when nothing recognised it
	Items    int       `json:"items"`                 // records read
	Skipped  int       `json:"skipped"`               // records passed over on purpose or damaged
	Passed   []Skipped `json:"passed_over,omitempty"` // the same by reason
	Problems []Problem `json:"problems"`
	Secrets  Secrets   `json:"-"` // that lie in it in clear; told after the reading, and not kept
}

// Report is everything one scan found.
type Report struct {
	Sources  []Source
	Findings []Finding
}
