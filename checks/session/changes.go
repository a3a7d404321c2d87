package session

import (
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
	"unlisted/checks/text"
)

// The refusals of a change.
var (
	ErrAlreadyThere = &text.Error{Key: "error.session.already_there"} // the identifier is on the list
	ErrClosed       = &text.Error{Key: "error.session.closed"}        // the session has ended
)

// What undo takes back. Each of these alters the Document and nothing else but
// the history.

// Undoable implements Change.
func (AddIdentifier) Undoable() bool { return true }

// Undoable implements Change.
func (RemoveIdentifier) Undoable() bool { return true }

// Undoable implements Change.
func (DismissIdentifier) Undoable() bool { return true }

// Undoable implements Change.
func (AcceptReport) Undoable() bool { return true }

// Undoable implements Change.
func (RemoveSource) Undoable() bool { return true }

// Undoable implements Change.
func (AskFor) Undoable() bool { return true }

// Undoable implements Change.
func (SetUse) Undoable() bool { return true }

// Undoable implements Change.
func (SetClaim) Undoable() bool { return true }

// Undoable implements Change.
func (TickStep) Undoable() bool { return true }

// Undoable implements Change.
func (UntickStep) Undoable() bool { return true }

// Undoable implements Change.
func (OverrideStep) Undoable() bool { return true }

// Undoable implements Change.
func (MarkPractised) Undoable() bool { return true }

// Undoable implements Change.
func (LeaveNumber) Undoable() bool { return true }

// Undoable implements Change.
func (SkipAction) Undoable() bool { return true }

// Undoable implements Change.
func (AnswerQuestion) Undoable() bool { return true }

// Undoable implements Change.
func (ForgetAnswers) Undoable() bool { return true }

// Undoable implements Change.
func (RecordResults) Undoable() bool { return true }

// AddIdentifier puts an identifier on the person's list, and others that were
// named at the same time: all of them, or none where one is refused.
type AddIdentifier struct {
	ID   identifier.Identifier
	More []identifier.Identifier
}

func (c AddIdentifier) all() []identifier.Identifier {
	return append([]identifier.Identifier{c.ID}, c.More...)
}

// Apply implements Change.
func (c AddIdentifier) Apply(p *profile.Profile, now time.Time) error {
	for _, id := range c.all() {
		if id.Kind == identifier.KindUnplaced {
			return identifier.ErrPhoneRegion
		}
		if p.Has(id) {
			return ErrAlreadyThere
		}
		p.Add(id, now)
	}
	return nil
}

// Event implements Change.
func (c AddIdentifier) Event() (string, []string) {
	var names []string
	for _, id := range c.all() {
		names = append(names, id.Masked())
	}
	return "added", []string{strings.Join(names, ", ")}
}

// RemoveIdentifier takes an identifier off the list; findings stay.
type RemoveIdentifier struct{ ID identifier.Identifier }

// Apply implements Change.
func (c RemoveIdentifier) Apply(p *profile.Profile, _ time.Time) error {
	p.Remove(c.ID)
	return nil
}

// Event implements Change.
func (c RemoveIdentifier) Event() (string, []string) { return "removed", []string{c.ID.Masked()} }

// DismissIdentifier refuses a proposed identifier: it is somebody else's.
type DismissIdentifier struct{ ID identifier.Identifier }

// Apply implements Change.
func (c DismissIdentifier) Apply(p *profile.Profile, _ time.Time) error {
	if !slices.ContainsFunc(p.Dismissed, func(id identifier.Identifier) bool { return identifier.SameLine(id, c.ID) }) {
		p.Dismissed = profile.With(p.Dismissed, c.ID)
	}
	return nil
}

// Event implements Change.
func (c DismissIdentifier) Event() (string, []string) { return "dismissed", []string{c.ID.Masked()} }

// AcceptReport stores what a scan found, with what the person said of it. Where
// a platform's own archive no longer shows the number that was known, the
// history says so.
type AcceptReport struct {
	Report evidence.Report
	Claims []account.Claim // accounts refused, and names that belong together
}

// Apply implements Change.
func (c AcceptReport) Apply(p *profile.Profile, now time.Time) error {
	for _, site := range account.ProvedGone(p.Findings, c.Report.Findings) {
		p.Note(now, "proved", site)
	}
	p.AcceptReport(c.Report, now)
	for _, claim := range c.Claims {
		p.Claim(claim)
	}
	return nil
}

// Event implements Change.
func (c AcceptReport) Event() (string, []string) {
	return "scanned", []string{strconv.Itoa(len(c.Report.Sources)), strconv.Itoa(len(c.Report.Findings))}
}

// RemoveSource forgets a source and everything it showed.
type RemoveSource struct{ Source evidence.Source }

// Apply implements Change.
func (c RemoveSource) Apply(p *profile.Profile, _ time.Time) error {
	p.RemoveSource(c.Source)
	return nil
}

// Event implements Change.
func (c RemoveSource) Event() (string, []string) { return "source_removed", []string{c.Source.Path} }

// AskFor notes that the person asked a platform for their file, which may take
// days to come; Back takes that back.
type AskFor struct {
	Format string // an evidence.Format's ID
	Back   bool
}

// Apply implements Change.
func (c AskFor) Apply(p *profile.Profile, now time.Time) error {
	if c.Back {
		p.Asked = profile.Drop(p.Asked, c.Format)
	} else {
		p.Asked = profile.Put(p.Asked, c.Format, now)
	}
	return nil
}

// Event implements Change.
func (c AskFor) Event() (string, []string) {
	if c.Back {
		return "not_asked", []string{c.Format}
	}
	return "asked", []string{c.Format}
}

// SetUse notes whether the person uses something: a platform, a kind of mail, phone or password manager. The list of
// what to ask for is made from it.
type SetUse struct {
	ID string // a choice of overview.Tap
	On bool
}

// Apply implements Change.
func (c SetUse) Apply(p *profile.Profile, _ time.Time) error {
	p.Uses = profile.Put(p.Uses, c.ID, c.On)
	return nil
}

// Event implements Change.
func (SetUse) Event() (string, []string) { return "uses", nil }

// SetClaim stores what the person says of one account: that it exists, what it
// holds, that it or the number is gone.
type SetClaim struct{ Claim account.Claim }

// Apply implements Change.
func (c SetClaim) Apply(p *profile.Profile, _ time.Time) error {
	if err := c.Claim.Check(); err != nil {
		return err
	}
	p.Claim(c.Claim)
	return nil
}

// Event implements Change.
func (c SetClaim) Event() (string, []string) { return "claimed", []string{c.Claim.Platform} }

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
	p.Tick(c.Account, string(c.Step), now)
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
	p.Untick(c.Account, string(c.Step))
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
		p.Leaving = profile.Drop(p.Leaving, c.Number.Value)
	} else {
		p.Leaving = profile.Put(p.Leaving, c.Number.Value, c.LastDay)
	}
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
	p.Skipped = profile.Without(p.Skipped, func(x string) bool { return x == c.ID })
	if !c.Back {
		p.Skipped = profile.With(p.Skipped, c.ID)
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
	if c.Answer == "" {
		p.Answers = profile.Drop(p.Answers, c.Key)
	} else {
		p.Answers = profile.Put(p.Answers, c.Key, c.Answer)
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

// RecordResults stores the answers of breach sources.
type RecordResults struct{ Results []breach.Result }

// Apply implements Change.
func (c RecordResults) Apply(p *profile.Profile, _ time.Time) error {
	p.Lookups = breach.Record(p.Lookups, c.Results)
	return nil
}

// Event implements Change.
func (c RecordResults) Event() (string, []string) {
	return "checked", []string{strconv.Itoa(len(c.Results))}
}
