package session

import (
	"cmp"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"unlisted/checks/account"
	"unlisted/checks/breach"
	"unlisted/checks/catalog"
	"unlisted/checks/evidence"
	"unlisted/checks/identifier"
	"unlisted/checks/profile"
)

// refusal is a change that cannot be made.
type refusal string

func (r refusal) Error() string { return "change refused: " + string(r) }

// Explain gives the text key of the sentence for the person.
func (r refusal) Explain() (string, map[string]any) { return "error.session." + string(r), nil }

// ErrAlreadyThere refuses an identifier that is on the list.
const ErrAlreadyThere = refusal("already_there")

// AddIdentifier puts an identifier on the person's list.
type AddIdentifier struct{ ID identifier.Identifier }

// Apply implements Change.
func (c AddIdentifier) Apply(p *profile.Profile, now time.Time) error {
	if slices.ContainsFunc(p.Identifiers, func(o profile.Own) bool { return identifier.Same(o.ID, c.ID) }) {
		return ErrAlreadyThere
	}
	p.Identifiers = append(p.Identifiers, profile.Own{ID: c.ID, Added: now})
	p.Dismissed = slices.DeleteFunc(p.Dismissed, func(id identifier.Identifier) bool { return identifier.Same(id, c.ID) })
	return nil
}

// Event implements Change.
func (c AddIdentifier) Event() (string, []string) { return "added", []string{c.ID.Masked()} }

// RemoveIdentifier takes an identifier off the list; findings stay.
type RemoveIdentifier struct{ ID identifier.Identifier }

// Apply implements Change.
func (c RemoveIdentifier) Apply(p *profile.Profile, _ time.Time) error {
	p.Identifiers = slices.DeleteFunc(p.Identifiers, func(o profile.Own) bool { return o.ID == c.ID })
	delete(p.Leaving, c.ID.Value)
	return nil
}

// Event implements Change.
func (c RemoveIdentifier) Event() (string, []string) { return "removed", []string{c.ID.Masked()} }

// DismissIdentifier refuses a proposed identifier: it is somebody else's.
type DismissIdentifier struct{ ID identifier.Identifier }

// Apply implements Change.
func (c DismissIdentifier) Apply(p *profile.Profile, _ time.Time) error {
	if !slices.Contains(p.Dismissed, c.ID) {
		p.Dismissed = append(p.Dismissed, c.ID)
	}
	return nil
}

// Event implements Change.
func (c DismissIdentifier) Event() (string, []string) { return "dismissed", []string{c.ID.Masked()} }

// AcceptReport stores what a scan found, with what the person said of it.
// Findings of a source that was read before are replaced, so scanning the same
// files again changes nothing. Where a platform's own archive no longer shows
// the number that was known, the history says so.
type AcceptReport struct {
	Report evidence.Report
	Claims []account.Claim // accounts refused, and names that belong together
}

// Apply implements Change.
func (c AcceptReport) Apply(p *profile.Profile, now time.Time) error {
	c.proved(p, now)
	read := map[[2]string]bool{}
	for _, s := range c.Report.Sources {
		if s.Format == "" {
			continue
		}
		read[[2]string{s.Path, s.Format}] = true
		p.Scans = slices.DeleteFunc(p.Scans, func(x profile.Scan) bool { return x.Source.Path == s.Path && x.Source.Format == s.Format })
		p.Scans = append(p.Scans, profile.Scan{Source: s, At: now})
	}
	p.Findings = slices.DeleteFunc(p.Findings, func(f evidence.Finding) bool { return read[[2]string{f.Source, f.Format}] })
	p.Findings = append(p.Findings, c.Report.Findings...)
	for _, claim := range c.Claims {
		if err := (SetClaim{claim}).Apply(p, now); err != nil {
			return err
		}
	}
	return nil
}

// proved notes in the history which numbers a newer archive no longer shows.
func (c AcceptReport) proved(p *profile.Profile, now time.Time) {
	for _, f := range c.Report.Findings {
		if f.Fact != evidence.FactNoPhone || f.Last.IsZero() {
			continue
		}
		held := func(x evidence.Finding) bool {
			return x.Site == f.Site && x.Identifier.Kind == identifier.KindPhone && x.Confidence == evidence.Confirmed && x.Last.Before(f.Last)
		}
		known := func(x evidence.Finding) bool { return x.Fact == evidence.FactNoPhone && x.Site == f.Site }
		if slices.ContainsFunc(p.Findings, held) && !slices.ContainsFunc(p.Findings, known) {
			p.History = append(p.History, profile.Event{At: now, What: "history.proved", Args: []string{f.Site}})
		}
	}
}

// Event implements Change.
func (c AcceptReport) Event() (string, []string) {
	return "scanned", []string{strconv.Itoa(len(c.Report.Sources)), strconv.Itoa(len(c.Report.Findings))}
}

// RemoveSource forgets a file and everything it showed.
type RemoveSource struct{ Path, Format string }

// Apply implements Change.
func (c RemoveSource) Apply(p *profile.Profile, _ time.Time) error {
	p.Scans = slices.DeleteFunc(p.Scans, func(x profile.Scan) bool { return x.Source.Path == c.Path && x.Source.Format == c.Format })
	p.Findings = slices.DeleteFunc(p.Findings, func(f evidence.Finding) bool { return f.Source == c.Path && f.Format == c.Format })
	return nil
}

// Event implements Change.
func (c RemoveSource) Event() (string, []string) { return "source_removed", []string{c.Path} }

// SetClaim stores what the person says of one account: that it exists, what it
// holds, that it or the number is gone.
type SetClaim struct{ Claim account.Claim }

// Apply implements Change.
func (c SetClaim) Apply(p *profile.Profile, _ time.Time) error {
	p.Claims = slices.DeleteFunc(p.Claims, func(x account.Claim) bool {
		return x.Platform == c.Claim.Platform && x.Account == c.Claim.Account
	})
	p.Claims = append(p.Claims, c.Claim)
	slices.SortFunc(p.Claims, func(a, b account.Claim) int {
		return cmp.Or(strings.Compare(a.Platform, b.Platform), strings.Compare(a.Account, b.Account))
	})
	return nil
}

// Event implements Change.
func (c SetClaim) Event() (string, []string) { return "claimed", []string{c.Claim.Platform} }

// ClaimOf returns what the person said of a platform so far, or of one account
// there.
func ClaimOf(p *profile.Profile, platform, key string) account.Claim {
	for _, c := range p.Claims {
		if c.Platform == platform && c.Account == key {
			return c
		}
	}
	return account.Claim{Platform: platform, Account: key}
}

// ClaimFor is ClaimOf an account: under its key, or as it was said of the
// platform while it was the only account there.
func ClaimFor(p *profile.Profile, a account.Account) account.Claim {
	for _, k := range a.Keys() {
		for _, c := range p.Claims {
			if c.Platform == a.Platform && (c.Account == k || c.Account == "" && k == a.Platform) {
				return c
			}
		}
	}
	c := account.Claim{Platform: a.Platform}
	if a.ID != a.Platform {
		c.Account = a.Key()
	}
	return c
}

// platformOf is the platform in the key of an account: the rest is the person's
// own and has no place in a history.
func platformOf(key string) string {
	platform, _, _ := strings.Cut(key, "#")
	return platform
}

// TickStep marks a step of the guided switch as done. Whether it may be done
// now is asked of plan.Switch before.
type TickStep struct {
	Account string // its Key
	Step    catalog.StepKind
}

// Apply implements Change.
func (c TickStep) Apply(p *profile.Profile, now time.Time) error {
	if p.Steps == nil {
		p.Steps = map[string]map[string]profile.Ticked{}
	}
	if p.Steps[c.Account] == nil {
		p.Steps[c.Account] = map[string]profile.Ticked{}
	}
	p.Steps[c.Account][string(c.Step)] = profile.Ticked{At: now}
	return nil
}

// Event implements Change.
func (c TickStep) Event() (string, []string) {
	return "ticked", []string{platformOf(c.Account), string(c.Step)}
}

// UntickStep takes a tick back.
type UntickStep struct {
	Account string // its Key
	Step    catalog.StepKind
}

// Apply implements Change.
func (c UntickStep) Apply(p *profile.Profile, _ time.Time) error {
	delete(p.Steps[c.Account], string(c.Step))
	return nil
}

// Event implements Change.
func (c UntickStep) Event() (string, []string) {
	return "unticked", []string{platformOf(c.Account), string(c.Step)}
}

// OverrideStep marks a step as done before what guards it. That the person
// means it is asked of plan.Switch before.
type OverrideStep struct {
	Account string // its Key
	Step    catalog.StepKind
}

// Apply implements Change.
func (c OverrideStep) Apply(p *profile.Profile, now time.Time) error {
	return TickStep(c).Apply(p, now)
}

// Event implements Change: the history says that it was done all the same.
func (c OverrideStep) Event() (string, []string) {
	return "override", []string{platformOf(c.Account), string(c.Step)}
}

// MarkPractised notes the day the practice account was gone through; nothing
// else of it is kept.
type MarkPractised struct{}

// Apply implements Change.
func (MarkPractised) Apply(p *profile.Profile, now time.Time) error {
	p.Practised = now
	return nil
}

// Event implements Change.
func (MarkPractised) Event() (string, []string) { return "practised", nil }

// LeaveNumber notes the last day of a number that is given up; the zero day
// takes that back.
type LeaveNumber struct {
	Number  identifier.Identifier
	LastDay time.Time
}

// Apply implements Change.
func (c LeaveNumber) Apply(p *profile.Profile, _ time.Time) error {
	if c.LastDay.IsZero() {
		delete(p.Leaving, c.Number.Value)
		return nil
	}
	if p.Leaving == nil {
		p.Leaving = map[string]time.Time{}
	}
	p.Leaving[c.Number.Value] = c.LastDay
	return nil
}

// Event implements Change.
func (c LeaveNumber) Event() (string, []string) {
	if c.LastDay.IsZero() {
		return "staying", []string{c.Number.Masked()}
	}
	return "leaving", []string{c.Number.Masked(), c.LastDay.Format(time.DateOnly)}
}

// SkipAction leaves an action of the plan out, or takes that back.
type SkipAction struct {
	ID   string
	Back bool
}

// Apply implements Change.
func (c SkipAction) Apply(p *profile.Profile, _ time.Time) error {
	p.Skipped = slices.DeleteFunc(p.Skipped, func(x string) bool { return x == c.ID })
	if !c.Back {
		p.Skipped = append(p.Skipped, c.ID)
	}
	return nil
}

// Event implements Change.
func (c SkipAction) Event() (string, []string) {
	if c.Back {
		return "unskipped", []string{c.ID}
	}
	return "skipped", []string{c.ID}
}

// AnswerQuestion stores what the person says of how their accounts open: "yes",
// "no", "unknown"; "" takes the answer back.
type AnswerQuestion struct{ Key, Answer string }

// Apply implements Change.
func (c AnswerQuestion) Apply(p *profile.Profile, _ time.Time) error {
	if p.Answers == nil {
		p.Answers = map[string]string{}
	}
	if c.Answer == "" {
		delete(p.Answers, c.Key)
	} else {
		p.Answers[c.Key] = c.Answer
	}
	return nil
}

// Event implements Change: the question holds names of the person and has no
// place in a history.
func (c AnswerQuestion) Event() (string, []string) { return "answered", nil }

// ForgetAnswers takes all answers about how accounts open back.
type ForgetAnswers struct{}

// Apply implements Change.
func (ForgetAnswers) Apply(p *profile.Profile, _ time.Time) error {
	p.Answers = nil
	return nil
}

// Event implements Change.
func (ForgetAnswers) Event() (string, []string) { return "answers_forgotten", nil }

// RecordResults stores the answers of breach sources. A source that did not
// answer never replaces an answer: both the answer and its date stay.
type RecordResults struct{ Results []breach.Result }

// Apply implements Change.
func (c RecordResults) Apply(p *profile.Profile, _ time.Time) error {
	for _, r := range c.Results {
		if r.Outcome == breach.NotChecked {
			continue
		}
		p.Lookups = slices.DeleteFunc(p.Lookups, func(x breach.Result) bool {
			same := x.Source == r.Source && x.Identifier == r.Identifier
			return same && (r.Outcome.Answered() || !x.Outcome.Answered())
		})
		p.Lookups = append(p.Lookups, r)
	}
	return nil
}

// Event implements Change.
func (c RecordResults) Event() (string, []string) {
	return "checked", []string{strconv.Itoa(len(c.Results))}
}

// SetConsent gives or withdraws a standing yes to one purpose.
type SetConsent struct {
	Purpose string
	Yes     bool
}

// Apply implements Change.
func (c SetConsent) Apply(p *profile.Profile, _ time.Time) error {
	if p.Consents == nil {
		p.Consents = map[string]bool{}
	}
	if c.Yes {
		p.Consents[c.Purpose] = true
	} else {
		delete(p.Consents, c.Purpose)
	}
	return nil
}

// Event implements Change.
func (c SetConsent) Event() (string, []string) { return "", nil }

// MarkSeen remembers what was known of platforms when the person looked.
type MarkSeen struct{ Seen map[string]profile.Seen }

// Apply implements Change.
func (c MarkSeen) Apply(p *profile.Profile, _ time.Time) error {
	if p.Seen == nil {
		p.Seen = map[string]profile.Seen{}
	}
	maps.Copy(p.Seen, c.Seen)
	return nil
}

// Event implements Change.
func (c MarkSeen) Event() (string, []string) { return "", nil }

// SetSettings stores the person's choices.
type SetSettings struct{ Settings profile.Settings }

// Apply implements Change.
func (c SetSettings) Apply(p *profile.Profile, _ time.Time) error {
	s := c.Settings
	if s.TextPct != 0 {
		s.TextPct = min(200, max(100, s.TextPct))
	}
	p.Settings = s
	return nil
}

// Event implements Change.
func (c SetSettings) Event() (string, []string) { return "", nil }
