package plan

import (
	"slices"
	"strings"
	"time"

	"unlisted/checks/account"
	"unlisted/checks/catalog"
	"unlisted/checks/text"
)

// Ticks are the steps of one platform the person has done, with the day.
type Ticks map[catalog.StepKind]time.Time

// SwitchStep is one step of the guided switch and where it stands.
type SwitchStep struct {
	catalog.Step
	State   State
	DoneAt  time.Time          // zero unless done
	Missing []catalog.StepKind // what must be done before, when blocked
	Waits   []string           // ids of actions at other accounts that come before, when blocked
	From    time.Time          // the earliest day the platform allows it; zero where no wait is known, or not yet begun
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

	ticks        Ticks
	app, passkey bool // on, by evidence or the person's word, whether the guide has a step for it or not
}

// Refused is a tick or untick the machine does not allow, and why.
type Refused struct {
	Step    catalog.StepKind
	Missing []catalog.StepKind // do (or untick) these first
	Waits   []string           // ids of actions at other accounts to finish first
	Undo    bool               // it was an untick
}

// ErrNotConfirmed refuses an override whose word does not fit.
var ErrNotConfirmed = &text.Error{Key: "error.plan.override"}

func (r *Refused) Error() string { return "step refused: " + string(r.Step) }

// Explain gives the text key of the sentence for the person.
func (r *Refused) Explain() (string, map[string]any) {
	if r.Undo {
		return "error.plan.untick", nil
	}
	if len(r.Missing) > 0 {
		return "error.plan.blocked", nil
	}
	if len(r.Waits) > 0 {
		return "error.plan.order", map[string]any{"actions": strings.Join(r.Waits, ", ")}
	}
	return "error.plan.no_step", nil
}

// NewSwitch returns the switch of an account. What evidence or the person says
// is already on (an authenticator app, a passkey) counts as set up.
func NewSwitch(p *catalog.Platform, a account.Account, ticks Ticks) Switch {
	s := Switch{
		Platform: p, Key: a.Key(), Deep: p.Guide != nil, Proved: a.NumberProved, ticks: ticks,
		app: slices.Contains(a.SecondFactor, "totp"), passkey: slices.Contains(a.SecondFactor, "passkey"),
	}
	for _, step := range p.Steps() {
		if !step.Kind.Aside() {
			s.Steps = append(s.Steps, SwitchStep{Step: step, State: StateOpen})
		}
	}
	if !s.factors() {
		s.Steps = slices.DeleteFunc(s.Steps, func(x SwitchStep) bool { return x.Kind == catalog.StepSecond })
	}
	for i := range s.Steps {
		st := &s.Steps[i]
		if at, ok := ticks[st.Kind]; ok {
			st.State, st.DoneAt = StateDone, at
		} else if st.Kind == catalog.StepAddApp && s.app || st.Kind == catalog.StepAddPasskey && s.passkey {
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
		st.From = s.from(st.Kind)
	}
	return s
}

// from is the earliest day the platform allows a step: some days after the last
// of what it needs.
func (s Switch) from(k catalog.StepKind) (day time.Time) {
	if s.Platform.Guide == nil {
		return day
	}
	for _, c := range s.Platform.Guide.Preconditions {
		if c.Before != k || c.Days == 0 {
			continue
		}
		for _, need := range c.Needs {
			if at := s.ticks[need]; !at.IsZero() && at.AddDate(0, 0, c.Days).After(day) {
				day = at.AddDate(0, 0, c.Days)
			}
		}
	}
	return day
}

// InOrder returns the switch with the order of the plan across accounts in it: a
// step whose action waits for another account is blocked until that is done or
// skipped. Two critical accounts are never changed at once.
func (s Switch) InOrder(account string, actions []Action) Switch {
	s.Steps = slices.Clone(s.Steps)
	o := order{make(map[string]Action, len(actions)), map[string]bool{}}
	for _, a := range actions {
		o.byID[a.ID] = a
	}
	for i := range s.Steps {
		st := &s.Steps[i]
		if st.State == StateDone {
			continue
		}
		clear(o.seen)
		if st.Waits = o.waits(account, o.byID[account+"/"+string(actionOf[st.Kind])]); len(st.Waits) > 0 {
			st.State = StateBlocked
		}
	}
	return s
}

// order finds what an action waits for in a plan.
type order struct {
	byID map[string]Action
	seen map[string]bool
}

// waits lists the actions of other accounts that are still to be done before an
// action; what is done or skipped hands on what it waits for itself.
func (o order) waits(account string, a Action) (ids []string) {
	for _, id := range a.After {
		before := o.byID[id]
		if o.seen[id] || before.Account == account {
			continue
		}
		o.seen[id] = true
		if before.State == StateOpen || before.State == StateBlocked {
			ids = append(ids, id)
			continue
		}
		ids = append(ids, o.waits(account, before)...)
	}
	return ids
}

// actionOf is the action of the plan that a step is part of. Looking, checking
// the mailbox and closing look-up and ads change no way in and wait for nobody.
var actionOf = map[catalog.StepKind]Kind{
	catalog.StepAddApp: KindSecure, catalog.StepAddPasskey: KindSecure, catalog.StepAddPIN: KindSecure,
	catalog.StepCodes: KindSecure, catalog.StepSecond: KindSecure, catalog.StepTest: KindSecure,
	catalog.StepRemove2FA: KindRemove, catalog.StepChannels: KindRemove, catalog.StepRecovery: KindRemove,
	catalog.StepRemove: KindRemove, catalog.StepProfile: KindRemove, catalog.StepBilling: KindRemove,
}

// factors reports whether an app or a passkey is on there, or can be.
func (s Switch) factors() bool {
	return s.app || s.passkey || s.has(catalog.StepAddApp) || s.has(catalog.StepAddPasskey)
}

func (s Switch) has(k catalog.StepKind) bool {
	return slices.ContainsFunc(s.Steps, func(x SwitchStep) bool { return x.Kind == k })
}

// removes reports whether a step takes the number out.
func (s Switch) removes() bool {
	return slices.ContainsFunc(s.Steps, func(x SwitchStep) bool { return x.Kind.Removes() })
}

// loose reports whether a step stands in no guide and is done by its tick alone.
func (s Switch) loose(k catalog.StepKind) bool {
	return k == catalog.StepPassword || k == StepAgain || k == catalog.StepChange && !s.has(k)
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
	out := s.unsafe(k)
	if g := s.Platform.Guide; g != nil {
		for _, c := range g.Preconditions {
			for _, need := range s.need(c.Needs...) {
				if c.Before == k && !slices.Contains(out, need) {
					out = append(out, need)
				}
			}
		}
	}
	return out
}

// unsafe is what the rule alone asks for before a step, whatever the platform
// asks for besides.
func (s Switch) unsafe(k catalog.StepKind) []catalog.StepKind {
	switch k {
	case catalog.StepCodes, catalog.StepSecond, catalog.StepTest:
		if !s.has(catalog.StepAddApp) && !s.has(catalog.StepAddPasskey) {
			return nil // codes are a way in of their own
		}
		return s.method()
	case catalog.StepProfile, catalog.StepBilling:
		if !s.has(catalog.StepAddApp) && !s.has(catalog.StepAddPasskey) {
			// Nothing can stand in for the number there, so it stays for signing in; on a profile or a bill it
			// opens nothing.
			return s.need(catalog.StepEmail)
		}
		return slices.Concat(s.unsafe(catalog.StepRemove2FA), s.need(catalog.SignInRemovals()...))
	case catalog.StepRecovery, catalog.StepRemove:
		// First off as a second factor, then out: a platform that still sends its
		// codes there would lock the account.
		order := catalog.SignInRemovals()
		return slices.Concat(s.unsafe(catalog.StepRemove2FA), s.need(order[:slices.Index(order, k)]...))
	case catalog.StepRemove2FA, catalog.StepChannels:
		if s.Platform.Exit == catalog.ExitRemovable && !s.factors() {
			// The number opens nothing there: password and mailbox are the ways in.
			return s.need(catalog.StepEmail)
		}
		return slices.Concat(s.method(), s.need(catalog.StepEmail), s.backup(), s.need(catalog.StepTest))
	case catalog.StepChange:
		return s.need(catalog.StepAddPIN)
	case catalog.StepVerify:
		return s.need(append(catalog.Removals(), catalog.StepChange)...)
	}
	return nil
}

// method is what is missing for one method other than the number to be on.
func (s Switch) method() []catalog.StepKind {
	if s.app || s.passkey {
		return nil
	}
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

// backup is what is missing for a second way in that is not lost with the phone:
// an app and a passkey on one phone are one thing. Saved codes are such a way, a
// second device is, and so is a way back that the guide confirms.
func (s Switch) backup() []catalog.StepKind {
	if s.done(catalog.StepCodes) || s.done(catalog.StepSecond) || s.Platform.OtherWayBack() {
		return nil
	}
	if s.has(catalog.StepCodes) {
		return []catalog.StepKind{catalog.StepCodes}
	}
	return []catalog.StepKind{catalog.StepSecond}
}

// Tick reports whether a step may be ticked now; the error is *Refused.
func (s Switch) Tick(k catalog.StepKind) error {
	for _, st := range s.Steps {
		if st.Kind == k {
			if st.State == StateBlocked {
				return &Refused{Step: k, Missing: st.Missing, Waits: st.Waits}
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
var takes = append(catalog.Removals(), catalog.StepChange)

// CanOverride reports whether a step that comes later can be ticked all the
// same: one that takes the number away, or one that only another account holds
// up.
func (s Switch) CanOverride(k catalog.StepKind) bool {
	return slices.ContainsFunc(s.Steps, func(x SwitchStep) bool {
		return x.Kind == k && x.State == StateBlocked && (slices.Contains(takes, k) || len(x.Missing) == 0)
	})
}

// Override reports whether a step that comes later may be ticked all the same:
// only when the person typed the name of the platform. The error is *Refused
// where there is nothing to override, else ErrNotConfirmed.
func (s Switch) Override(k catalog.StepKind, typed string) error {
	if !s.CanOverride(k) {
		return &Refused{Step: k}
	}
	if word := catalog.Fold(typed); word == "" || word != catalog.Fold(s.Platform.Name) {
		return ErrNotConfirmed
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
	without := Switch{Platform: s.Platform, Steps: slices.Clone(s.Steps), app: s.app, passkey: s.passkey}
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

// Titles quotes the titles of steps, for a sentence.
func (s Switch) Titles(t *text.Printer, kinds []catalog.StepKind) string {
	names := make([]string, len(kinds))
	for i, k := range kinds {
		title := t.T("guide.step."+string(k)+".title", "platform", s.Platform.Name)
		for _, st := range s.Steps {
			if st.Kind == k {
				st.Optional = false // what is needed is not a matter of liking
				title, _, _ = st.Words(t, s.Platform.Name)
			}
		}
		names[i] = t.T("fix.quoted", "title", title)
	}
	return strings.Join(names, ", ")
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
	return s.removes() && len(s.need(catalog.Removals()...)) == 0
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
	for _, k := range catalog.Removals() {
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
