package plan_test

import (
	"maps"
	"math/rand/v2"
	"slices"
	"testing"

	"unlisted/assets"
	"unlisted/checks/account"
	"unlisted/checks/catalog"
	"unlisted/checks/evidence"
	"unlisted/checks/identifier"
	"unlisted/checks/plan"
	"unlisted/checks/reach"
)

const people = 300 // that are tried

// things are what a person may lose; opens says what lies where.
var things = []string{"number", "phone", "mailbox", "app", "passkey", "codes", "second device"}

// person is somebody with a few accounts who follows the plan in any order that
// is offered.
type person struct {
	accounts []account.Account
	platform func(id, name string) *catalog.Platform
	ticks    map[string]plan.Ticks
	skips    bool // leaves something out now and then, and takes it up again
	skipped  []string
}

func (p *person) order() []plan.Action {
	return plan.Order(plan.Input{
		Accounts: p.accounts, Platform: p.platform, Own: []identifier.Identifier{phone, address}, Ticks: p.ticks, Skipped: p.skipped,
	})
}

// opens is a model of its own, by hand and without the access graph: whether an
// account still opens for somebody who has lost one thing. The number's card is
// in the phone, and so are the app and the passkey, unless a second device has
// them too.
func (p *person) opens(a account.Account, lost string) bool {
	pl := p.platform(a.Platform, a.Name)
	did := func(k catalog.StepKind) bool { return !p.ticks[a.ID][k].IsZero() }
	phoneThere := lost != "phone"
	second := did(catalog.StepSecond) && lost != "second device"
	has := map[string]bool{
		"password": true, "identity": true, "mailbox": lost != "mailbox", "device": phoneThere,
		"app":     (slices.Contains(a.SecondFactor, "totp") || did(catalog.StepAddApp)) && (lost != "app" && phoneThere || second),
		"passkey": (slices.Contains(a.SecondFactor, "passkey") || did(catalog.StepAddPasskey)) && (lost != "passkey" && phoneThere || second),
		"codes":   did(catalog.StepCodes) && lost != "codes",
		"number":  !slices.ContainsFunc(catalog.Removals(), did) && lost != "number" && phoneThere,
	}
	factors := slices.ContainsFunc([]string{"totp", "passkey"}, func(f string) bool { return slices.Contains(a.SecondFactor, f) }) ||
		did(catalog.StepAddApp) || did(catalog.StepAddPasskey)
	if !factors && (!did(catalog.StepCodes) || did(catalog.StepRemove2FA)) {
		return true // no second factor is on: the password alone opens it, and the mailbox sets a new one
	}
	if has["app"] || has["passkey"] || has["codes"] || has["number"] && slices.Contains(a.SecondFactor, "phone") {
		return true
	}
	return pl.Guide != nil && slices.ContainsFunc(pl.Guide.Ways, func(w catalog.Way) bool {
		proves := slices.Contains(w.Needs, "identity") // a mailbox alone is asked for the second factor beside
		return w.Recovery && proves && w.Confidence != "unverified" && !slices.ContainsFunc(w.Needs, func(n string) bool { return !has[n] })
	})
}

// halfway lists the critical accounts where a way in was changed and the rest is still to be done.
func (p *person) halfway(actions []plan.Action) (out []string) {
	for _, a := range p.accounts {
		pl := p.platform(a.Platform, a.Name)
		if reach.TierOf(pl) > reach.TierState {
			continue
		}
		changed, open := false, false
		for _, k := range append(catalog.Removals(),
			catalog.StepAddApp, catalog.StepAddPasskey, catalog.StepAddPIN, catalog.StepCodes, catalog.StepSecond, catalog.StepTest) {
			changed = changed || !p.ticks[a.ID][k].IsZero()
		}
		for _, act := range actions {
			open = open || act.Account == a.ID && (act.Kind == plan.KindSecure || act.Kind == plan.KindRemove) && act.State != plan.StateDone && act.State != plan.StateSkipped
		}
		if changed && open {
			out = append(out, a.ID)
		}
	}
	return out
}

// follow does one thing that is offered and reports whether there was one, and
// whether it took a number away.
func (p *person) follow(r *rand.Rand) (acted account.Account, removed, ok bool) {
	actions := p.order()
	if p.skips && r.IntN(12) == 0 && len(actions) > 0 {
		id := actions[r.IntN(len(actions))].ID
		if i := slices.Index(p.skipped, id); i >= 0 {
			p.skipped = slices.Delete(p.skipped, i, i+1)
		} else {
			p.skipped = append(p.skipped, id)
		}
		return acted, false, true
	}
	type offer struct {
		account account.Account
		step    catalog.StepKind
	}
	var offers []offer
	for _, a := range p.accounts {
		pl := p.platform(a.Platform, a.Name)
		sw := plan.NewSwitch(pl, a, p.ticks[a.ID]).InOrder(a.ID, actions)
		for _, st := range sw.Steps {
			if st.State != plan.StateDone && sw.Tick(st.Kind) == nil {
				offers = append(offers, offer{a, st.Kind})
			}
		}
	}
	if len(offers) == 0 {
		return acted, false, false
	}
	o := offers[r.IntN(len(offers))]
	if p.ticks[o.account.ID] == nil {
		p.ticks[o.account.ID] = plan.Ticks{}
	}
	p.ticks[o.account.ID][o.step] = today
	return o.account, o.step.Removes(), true
}

// People with accounts at platforms that ship, who follow what is offered in any
// order and leave things out: after each removal the loss of any one thing leaves
// a way in, and for who leaves nothing out never are two critical accounts half changed at
// once.
func TestPeopleAreNotLockedOut(t *testing.T) {
	c, err := catalog.Load(assets.Sub("catalog"), assets.Sub("guides"), nil)
	if err != nil {
		t.Fatal(err)
	}
	var guided, vital []string
	for i := range c.Len() {
		if pl := c.At(i); pl.Guide != nil {
			guided = append(guided, pl.ID)
			if reach.TierOf(pl) <= reach.TierState {
				vital = append(vital, pl.ID)
			}
		}
	}
	removals := 0
	for seed := range uint64(people) {
		r := rand.New(rand.NewPCG(seed, 1))
		p := &person{platform: c.Get, ticks: map[string]plan.Ticks{}, skips: seed%2 == 0}
		ids := []string{vital[r.IntN(len(vital))], vital[r.IntN(len(vital))], guided[r.IntN(len(guided))], c.At(r.IntN(c.Len())).ID}
		slices.Sort(ids)
		for _, id := range slices.Compact(ids) {
			pl, _ := c.ByID(id)
			a := account.Account{ID: id, Platform: id, Name: pl.Name, Confidence: evidence.Confirmed, Identifiers: []identifier.Identifier{phone, address}}
			for _, f := range []string{"passkey", "phone", "totp"} {
				if r.IntN(3) == 0 && (f == "phone" || offered(pl, []string{f})) {
					a.SecondFactor = append(a.SecondFactor, f)
				}
			}
			p.accounts = append(p.accounts, a)
		}
		for range 80 {
			a, removed, ok := p.follow(r)
			if !ok {
				break
			}
			if two := p.halfway(p.order()); len(two) > 1 && !p.skips {
				t.Errorf("person %d: %v are half changed at once", seed, two)
				break
			}
			if !removed {
				continue
			}
			removals++
			for _, lost := range things {
				if !p.opens(a, lost) {
					t.Errorf("person %d: after %v at %s (on: %v) the loss of the %s leaves no way in", seed, slices.Sorted(maps.Keys(p.ticks[a.ID])), a.ID, a.SecondFactor, lost)
				}
			}
		}
	}
	if removals < people/4 {
		t.Errorf("only %d removals: the test proves nothing", removals)
	}
}
