package plan

import (
	"slices"
	"time"

	"unlisted/checks/account"
	"unlisted/checks/catalog"
)

// Ticks are the steps of one platform the person has done, with the day.
type Ticks map[catalog.StepKind]time.Time

// SwitchStep is one step of the guided switch and where it stands.
type SwitchStep struct {
	catalog.Step
	State   State
	DoneAt  time.Time          // zero unless done
	Missing []catalog.StepKind // what must be done before, when blocked
}

// Switch is the guided move of one account from SMS codes to something better,
// as a state machine over the steps of its guide. It never allows the number
// to be taken out before another way in is set up, backed up and tried.
type Switch struct {
	Platform *catalog.Platform
	Key      string // of the account: what its steps are kept under
	Deep     bool   // written for this platform, not put together from the facts at hand
	Steps    []SwitchStep
	Proved   time.Time // the day of the platform's own archive that no longer shows a number; zero without one

	ticks Ticks
}

// Refused is a tick or untick the machine does not allow, and why.
type Refused struct {
	Step    catalog.StepKind
	Missing []catalog.StepKind // do (or untick) these first
	Undo    bool               // it was an untick
}

// NotConfirmed refuses an override whose word does not fit.
type NotConfirmed struct{}

func (NotConfirmed) Error() string { return "override not confirmed" }

// Explain gives the text key of the sentence for the person.
func (NotConfirmed) Explain() (string, map[string]any) { return "error.plan.override", nil }

func (r *Refused) Error() string { return "step refused: " + string(r.Step) }

// Explain gives the text key of the sentence for the person.
func (r *Refused) Explain() (string, map[string]any) {
	if r.Undo {
		return "error.plan.untick", nil
	}
	return "error.plan.blocked", nil
}

// NewSwitch returns the switch of an account. What evidence or the person says
// is already on (an authenticator app, a passkey) counts as set up.
func NewSwitch(p *catalog.Platform, a account.Account, ticks Ticks) Switch {
	s := Switch{Platform: p, Key: a.Key(), Deep: p.Guide != nil, Proved: a.NumberProved, ticks: ticks}
	for _, step := range p.Steps() {
		if !step.Kind.Aside() {
			s.Steps = append(s.Steps, SwitchStep{Step: step, State: StateOpen})
		}
	}
	for i := range s.Steps {
		st := &s.Steps[i]
		if at, ok := ticks[st.Kind]; ok {
			st.State, st.DoneAt = StateDone, at
		} else if alreadyOn(st.Kind, a) {
			st.State = StateDone
		}
	}
	for i := range s.Steps {
		st := &s.Steps[i]
		if st.State == StateDone {
			continue
		}
		if st.Missing = s.missing(st.Kind); len(st.Missing) > 0 {
			st.State = StateBlocked
		}
	}
	return s
}

func alreadyOn(k catalog.StepKind, a account.Account) bool {
	switch k {
	case catalog.StepAddApp:
		return slices.Contains(a.SecondFactor, "totp")
	case catalog.StepAddPasskey:
		return slices.Contains(a.SecondFactor, "passkey")
	}
	return false
}

func (s Switch) has(k catalog.StepKind) bool {
	return slices.ContainsFunc(s.Steps, func(x SwitchStep) bool { return x.Kind == k })
}

// loose reports whether a step stands in no guide and is done by its tick alone.
func (s Switch) loose(k catalog.StepKind) bool {
	return k == StepPassword || k == StepAgain || k == catalog.StepChange && !s.has(k)
}

func (s Switch) done(k catalog.StepKind) bool {
	if s.loose(k) {
		return !s.ticks[k].IsZero()
	}
	return slices.ContainsFunc(s.Steps, func(x SwitchStep) bool { return x.Kind == k && x.State == StateDone })
}

// need lists those of kinds that the guide has and that are not done.
func (s Switch) need(kinds ...catalog.StepKind) []catalog.StepKind {
	var out []catalog.StepKind
	for _, k := range kinds {
		if s.has(k) && !s.done(k) {
			out = append(out, k)
		}
	}
	return out
}

// missing is the guard of a step: what must be done before it. The rule is
// promise 3: a number leaves an account only when a new method is on, a second
// way in exists beside it, and the new method has been tried.
func (s Switch) missing(k catalog.StepKind) []catalog.StepKind {
	switch k {
	case catalog.StepCodes, catalog.StepTest:
		if !s.has(catalog.StepAddApp) && !s.has(catalog.StepAddPasskey) {
			return nil // codes are a way in of their own
		}
		return s.method()
	case catalog.StepRemove2FA, catalog.StepRemove:
		if s.Platform.Exit == catalog.ExitRemovable && !s.has(catalog.StepAddApp) && !s.has(catalog.StepAddPasskey) {
			// The number opens nothing there: password and mailbox are the ways in.
			return s.need(catalog.StepEmail)
		}
		return slices.Concat(s.method(), s.need(catalog.StepEmail), s.backup(), s.need(catalog.StepTest))
	case catalog.StepChange:
		return s.need(catalog.StepAddPIN)
	case catalog.StepVerify:
		return s.need(catalog.StepRemove2FA, catalog.StepRemove, catalog.StepChange)
	}
	return nil
}

// method is what is missing for one method other than the number to be on.
func (s Switch) method() []catalog.StepKind {
	kinds := []catalog.StepKind{catalog.StepAddApp, catalog.StepAddPasskey}
	for _, k := range kinds {
		if s.done(k) {
			return nil
		}
	}
	if open := s.need(kinds...); len(open) > 0 {
		return open[:1]
	}
	// A guide with neither offers nothing that could replace the number.
	return []catalog.StepKind{catalog.StepAddApp}
}

// backup is what is missing for a second way in beside the new method: saved
// codes, or both an app and a passkey.
func (s Switch) backup() []catalog.StepKind {
	if s.done(catalog.StepCodes) || s.done(catalog.StepAddApp) && s.done(catalog.StepAddPasskey) {
		return nil
	}
	if s.has(catalog.StepCodes) {
		return []catalog.StepKind{catalog.StepCodes}
	}
	return s.need(catalog.StepAddApp, catalog.StepAddPasskey, catalog.StepEmail)
}

// Tick reports whether a step may be ticked now; the error is *Refused.
func (s Switch) Tick(k catalog.StepKind) error {
	for _, st := range s.Steps {
		if st.Kind == k {
			if st.State == StateBlocked {
				return &Refused{Step: k, Missing: st.Missing}
			}
			return nil
		}
	}
	if s.loose(k) {
		return nil
	}
	return &Refused{Step: k}
}

// takes are the steps that take the number away: what their guards are for, and
// what alone can be overridden.
var takes = []catalog.StepKind{catalog.StepRemove2FA, catalog.StepRemove, catalog.StepChange}

// CanOverride reports whether a step that comes later can be ticked all the
// same.
func (s Switch) CanOverride(k catalog.StepKind) bool {
	return slices.Contains(takes, k) && slices.ContainsFunc(s.Steps, func(x SwitchStep) bool { return x.Kind == k && x.State == StateBlocked })
}

// Override reports whether a step that comes later may be ticked all the same:
// only when the person typed the name of the platform. The error is *Refused
// where there is nothing to override, else NotConfirmed.
func (s Switch) Override(k catalog.StepKind, typed string) error {
	if !s.CanOverride(k) {
		return &Refused{Step: k}
	}
	if word := catalog.Fold(typed); word == "" || word != catalog.Fold(s.Platform.Name) {
		return NotConfirmed{}
	}
	return nil
}

// Unguarded lists what is still missing for the number to have left safely:
// empty unless a guard was overridden.
func (s Switch) Unguarded() []catalog.StepKind {
	var out []catalog.StepKind
	for _, k := range takes {
		if !s.done(k) {
			continue
		}
		for _, m := range s.missing(k) {
			if !slices.Contains(out, m) {
				out = append(out, m)
			}
		}
	}
	return out
}

// Untick reports whether a step may be taken back: not while a step that rests
// on it is ticked.
func (s Switch) Untick(k catalog.StepKind) error {
	without := Switch{Platform: s.Platform, Steps: slices.Clone(s.Steps)}
	for i := range without.Steps {
		if without.Steps[i].Kind == k {
			without.Steps[i].State = StateOpen
		}
	}
	var resting []catalog.StepKind
	for _, st := range without.Steps {
		if st.State == StateDone && len(without.missing(st.Kind)) > len(s.missing(st.Kind)) {
			resting = append(resting, st.Kind)
		}
	}
	if len(resting) > 0 {
		return &Refused{Step: k, Missing: resting, Undo: true}
	}
	return nil
}

// Next returns the index of the first open step that is not optional, or -1
// when nothing is left to do.
func (s Switch) Next() int {
	return slices.IndexFunc(s.Steps, func(x SwitchStep) bool { return x.State == StateOpen && !x.Optional })
}

// Progress counts done steps and all steps, optional ones left out unless done.
func (s Switch) Progress() (done, all int) {
	for _, st := range s.Steps {
		if st.State == StateDone {
			done++
		}
		if !st.Optional || st.State == StateDone {
			all++
		}
	}
	return done, all
}

// Secured reports whether a better method is on, backed up and tried: the
// number is then no longer needed to sign in.
func (s Switch) Secured() bool {
	return len(s.method())+len(s.backup())+len(s.need(catalog.StepTest)) == 0
}

// NumberOut reports whether every step that takes the number out is done.
func (s Switch) NumberOut() bool {
	has := s.has(catalog.StepRemove) || s.has(catalog.StepRemove2FA)
	return has && len(s.need(catalog.StepRemove2FA, catalog.StepRemove)) == 0
}

// StepAgain is the tick that the page was looked at again some weeks after the
// number left; it belongs to no guide.
const StepAgain catalog.StepKind = "look-again"

// againAfter is how long after the number left to look again: pages take a
// change back, and a platform may ask for the number anew.
const againAfter = 8 * 7 * 24 * time.Hour

// Left is the day the number left: that of the last step that took it out; zero
// while it is in.
func (s Switch) Left() (day time.Time) {
	if !s.NumberOut() {
		return day
	}
	for _, k := range []catalog.StepKind{catalog.StepRemove2FA, catalog.StepRemove} {
		if at := s.ticks[k]; at.After(day) {
			day = at
		}
	}
	return day
}

// LookAgain is the day to look at the account again, and the day the person did
// so or an archive proved the number gone; both are zero while the number is in,
// the second until then.
func (s Switch) LookAgain() (due, seen time.Time) {
	left := s.Left()
	if left.IsZero() {
		return due, seen
	}
	for _, at := range []time.Time{s.ticks[StepAgain], s.Proved} {
		if !at.Before(left) && at.After(seen) {
			seen = at
		}
	}
	return left.Add(againAfter), seen
}
