package plan_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"unlisted/assets"
	"unlisted/checks/access"
	"unlisted/checks/account"
	"unlisted/checks/catalog"
	"unlisted/checks/evidence"
	"unlisted/checks/identifier"
	"unlisted/checks/plan"
	"unlisted/checks/reach"
)

var address = identifier.Identifier{Kind: identifier.KindEmail, Value: "pat@mail.example"}

// walk is one account whose steps are ticked one by one, as far as the switch
// allows.
type walk struct {
	platform *catalog.Platform
	account  account.Account
	ticks    plan.Ticks
}

func newWalk(p *catalog.Platform, factors []string) walk {
	return walk{p, account.Account{
		ID: p.ID, Platform: p.ID, Name: p.Name, Confidence: evidence.Confirmed,
		Identifiers: []identifier.Identifier{phone, address}, SecondFactor: factors,
	}, plan.Ticks{}}
}

func (w walk) steps() plan.Switch { return plan.NewSwitch(w.platform, w.account, w.ticks) }

// numberOut reports whether a step that takes the number away is done.
func (w walk) numberOut() bool {
	_, codes := w.ticks[catalog.StepRemove2FA]
	_, number := w.ticks[catalog.StepRemove]
	_, recovery := w.ticks[catalog.StepRecovery]
	more := slices.ContainsFunc(w.platform.Steps(), func(s catalog.Step) bool {
		return s.Kind == catalog.StepRemove2FA || s.Kind == catalog.StepRemove
	})
	return codes || number || recovery && !more // else it is still in use, and the steps that end that are judged
}

// lost judges the account by the access graph alone: which single thing, lost,
// leaves no known way in. Ways that rest on an open question do not count. ok is
// false where no known way opens the account even with everything in hand.
func (w walk) lost() (things []access.Node, ok bool) {
	done := map[catalog.StepKind]bool{}
	for k := range w.ticks {
		done[k] = true
	}
	g := reach.Build(reach.Input{
		Accounts: []account.Account{w.account}, Own: []identifier.Identifier{phone, address},
		Platform: func(string, string) *catalog.Platform { return w.platform },
		Ticks:    map[string]map[catalog.StepKind]bool{w.account.ID: done},
		Answers:  map[string]string{"second-factor:" + w.account.Key(): reach.No}, // asked only where no factor is known
	}).Graph()
	g = g.Without(func(_ access.Node, way access.Way) bool { return way.Assumed || way.Planned })
	node := reach.AccountNode(w.account.ID)
	if _, open := g.Takeover(g.Held()...).Round(node); !open {
		return nil, false
	}
	for _, n := range g.Nodes(access.KindNumber, access.KindDevice, access.KindApp, access.KindPasskey, access.KindMailbox, access.KindCodes, access.KindKey) {
		if slices.Contains(g.Lockout(n).Nodes(access.KindAccount), node) {
			things = append(things, n)
		}
	}
	return things, true
}

// judge fails when the number has left and the loss of any one thing locks the
// account.
func (w walk) judge(t interface{ Errorf(string, ...any) }) {
	if !w.numberOut() {
		return
	}
	if things, ok := w.lost(); ok && len(things) > 0 {
		t.Errorf("%s (%s, on: %v): the number has left after %v, and the loss of %v locks the account", w.platform.ID, w.platform.Exit, w.account.SecondFactor, w.ticks, things)
	}
}

// subset draws any of the values, in their order.
func subset[T any](t *rapid.T, name string, from []T) (out []T) {
	for i, v := range from {
		if rapid.Bool().Draw(t, name+string(rune('a'+i))) {
			out = append(out, v)
		}
	}
	return out
}

var exits = []catalog.ExitRating{
	catalog.ExitRemovable, catalog.ExitAfterApp, catalog.ExitReplaceOnly, catalog.ExitForced, catalog.ExitForcedFallback, catalog.ExitNoNumber, catalog.ExitUnknown,
}

// generated draws a platform with any subset of steps, any exit rating and any
// recovery ways. What its steps set up opens it, as in every guide that ships.
func generated(t *rapid.T) *catalog.Platform {
	kinds := subset(t, "step", catalog.Kinds())
	p := &catalog.Platform{ID: "any.example", Name: "Any", Exit: rapid.SampledFrom(exits).Draw(t, "exit"), Guide: guide(kinds...)}
	has := func(k catalog.StepKind) bool { return slices.Contains(kinds, k) }
	if rapid.Bool().Draw(t, "states ways") {
		add := func(recovery bool, needs ...string) {
			p.Guide.Ways = append(p.Guide.Ways, catalog.Way{Needs: needs, Recovery: recovery, Confidence: "official"})
		}
		add(false, "password")
		add(false, "password", "app")
		add(false, rapid.SampledFrom([][]string{{"passkey"}, {"password", "passkey"}}).Draw(t, "passkey way")...)
		add(false, "password", "number")
		if has(catalog.StepCodes) {
			add(true, "password", "codes")
		}
		for _, w := range subset(t, "way", [][]string{{"mailbox"}, {"number"}, {"identity"}, {"identity", "mailbox"}, {"password", "device"}, {"mailbox", "device"}, {"another-account"}}) {
			add(true, w...)
		}
		for i := range p.Guide.Ways {
			if rapid.IntRange(0, 9).Draw(t, "sourced") == 0 {
				p.Guide.Ways[i].Confidence = "unverified"
			}
		}
	}
	return p
}

// On any platform, whatever is on already and in whatever order the steps are
// ticked: once the number has left, losing any one thing leaves a way in that
// the access graph knows.
func TestLosingAnyOneThingLeavesAWayIn(t *testing.T) {
	left := 0
	for range 10 { // more draws than the library's hundred: many of them never let the number go
		rapid.Check(t, func(t *rapid.T) {
			if walkOn(t) {
				left++
			}
		})
	}
	if left < 100 {
		t.Errorf("the number left only %d times: the test proves nothing", left)
	}
}

// walkOn ticks whatever is open on a generated platform, in any order, judges
// after each tick, and reports whether the number left.
func walkOn(t *rapid.T) bool {
	w := newWalk(generated(t), subset(t, "on", []string{"passkey", "phone", "totp"}))
	for range len(catalog.Kinds()) + 1 {
		var open []catalog.StepKind
		for _, st := range w.steps().Steps {
			if st.State == plan.StateOpen {
				open = append(open, st.Kind)
			}
		}
		if len(open) == 0 {
			break
		}
		k := rapid.SampledFrom(open).Draw(t, "tick")
		if err := w.steps().Tick(k); err != nil {
			t.Fatalf("%s is open and refused: %v", k, err)
		}
		w.ticks[k] = today
		w.judge(t)
	}
	return w.numberOut()
}

// A blocked step can be ticked by no call, and a done one is taken back only
// while nothing rests on it: the way back is judged as the way there.
func TestTakingStepsBackLocksNobodyOut(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := newWalk(generated(t), subset(t, "on", []string{"passkey", "phone", "totp"}))
		for range rapid.IntRange(0, 60).Draw(t, "moves") {
			sw := w.steps()
			if len(sw.Steps) == 0 {
				return
			}
			k := rapid.SampledFrom(sw.Steps).Draw(t, "step").Kind
			if _, done := w.ticks[k]; done {
				if sw.Untick(k) == nil {
					delete(w.ticks, k)
				}
			} else if sw.Tick(k) == nil {
				w.ticks[k] = today
			}
			w.judge(t)
		}
	})
}

// The guides that ship and the short ones, each with every set of factors that
// may be on, walked in their own order.
func TestNoShippedGuideLocksAnybodyOut(t *testing.T) {
	c, err := catalog.Load(assets.Sub("catalog"), assets.Sub("guides"), nil)
	if err != nil {
		t.Fatal(err)
	}
	left, short := 0, 0
	for i := range c.Len() {
		p := c.At(i)
		if p.Guide == nil {
			if short++; short%80 != 0 {
				continue // every eightieth: they are made by one rule
			}
		}
		for _, factors := range [][]string{nil, {"phone"}, {"totp"}, {"passkey"}, {"phone", "totp"}, {"passkey", "totp"}, {"passkey", "phone", "totp"}} {
			if !offered(p, factors) {
				continue
			}
			w := newWalk(p, factors)
			for range 2 * len(catalog.Kinds()) {
				next := slices.IndexFunc(w.steps().Steps, func(s plan.SwitchStep) bool { return s.State == plan.StateOpen && s.Kind != catalog.StepSecond })
				if next < 0 {
					// What can only go on with a second device goes on with one.
					next = slices.IndexFunc(w.steps().Steps, func(s plan.SwitchStep) bool { return s.State == plan.StateOpen })
				}
				if next < 0 {
					break
				}
				w.ticks[w.steps().Steps[next].Kind] = today
				w.judge(t)
			}
			if w.numberOut() {
				left++
			}
		}
	}
	if left < 150 {
		t.Errorf("the number left only %d times", left)
	}
}

// offered reports whether a platform has these second factors.
func offered(p *catalog.Platform, factors []string) bool {
	has := func(k catalog.StepKind) bool {
		return slices.ContainsFunc(p.Steps(), func(s catalog.Step) bool { return s.Kind == k })
	}
	return !slices.ContainsFunc(factors, func(f string) bool {
		return f == "totp" && !has(catalog.StepAddApp) || f == "passkey" && !has(catalog.StepAddPasskey)
	})
}

// An app and a passkey on one phone are one thing: without codes the number
// stays until a second device is said to be there, too.
func TestAppAndPasskeyOnOnePhoneAreOneThing(t *testing.T) {
	p := &catalog.Platform{ID: "shop.example", Name: "Shop", Exit: catalog.ExitAfterApp, Guide: guide(
		catalog.StepEmail, catalog.StepAddApp, catalog.StepAddPasskey, catalog.StepTest, catalog.StepRemove2FA, catalog.StepRemove)}
	w := newWalk(p, []string{"phone"})
	for _, k := range []catalog.StepKind{catalog.StepEmail, catalog.StepAddApp, catalog.StepAddPasskey, catalog.StepTest} {
		w.ticks[k] = today
	}
	if w.steps().Secured() {
		t.Error("an app and a passkey on one phone count as two ways in")
	}
	err := w.steps().Tick(catalog.StepRemove2FA)
	if r, ok := err.(*plan.Refused); !ok || !slices.Equal(r.Missing, []catalog.StepKind{catalog.StepSecond}) {
		t.Errorf("removal after app and passkey: %v", err)
	}
	w.ticks[catalog.StepSecond] = today
	if err := w.steps().Tick(catalog.StepRemove2FA); err != nil || !w.steps().Secured() {
		t.Errorf("removal with a second device: %v", err)
	}
}
