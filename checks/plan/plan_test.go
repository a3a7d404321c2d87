package plan_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"unlisted/checks/account"
	"unlisted/checks/catalog"
	"unlisted/checks/evidence"
	"unlisted/checks/identifier"
	"unlisted/checks/plan"
)

var (
	phone = identifier.Identifier{Kind: identifier.KindPhone, Value: "+33639981234"}
	mail  = identifier.Identifier{Kind: identifier.KindEmail, Value: "pat@gmail.com"}
	today = time.Date(2026, 11, 24, 0, 0, 0, 0, time.UTC)
)

func guide(kinds ...catalog.StepKind) *catalog.Guide {
	g := &catalog.Guide{}
	for _, k := range kinds {
		g.Steps = append(g.Steps, catalog.Step{Kind: k, Confidence: "official"})
	}
	return g
}

// The platforms of the tests: two mailboxes, a bank, a deep guide, one without
// any guide, one whose account is the number.
func platform(id string) (*catalog.Platform, bool) {
	full := guide(catalog.StepSee, catalog.StepEmail, catalog.StepAddApp, catalog.StepAddPasskey, catalog.StepCodes, catalog.StepTest,
		catalog.StepRemove2FA, catalog.StepRemove, catalog.StepAds, catalog.StepVerify)
	p, ok := map[string]*catalog.Platform{
		"google.com":   {ID: "google.com", Domains: []string{"google.com", "gmail.com"}, Categories: []string{"email"}, Exit: catalog.ExitAfterApp, Guide: full},
		"proton.me":    {ID: "proton.me", Categories: []string{"email"}, Methods: []string{"totp"}, Exit: catalog.ExitRemovable},
		"bank.fr":      {ID: "bank.fr", Categories: []string{"banking"}, Methods: []string{"sms"}, Exit: catalog.ExitForced},
		"x.com":        {ID: "x.com", Categories: []string{"social"}, Exit: catalog.ExitAfterApp, Guide: full},
		"forum.fr":     {ID: "forum.fr", Methods: []string{"totp"}, Exit: catalog.ExitUnknown},
		"whatsapp.com": {ID: "whatsapp.com", Categories: []string{"communication"}, Exit: catalog.ExitReplaceOnly, NumberIsID: true, Guide: guide(catalog.StepAddPIN, catalog.StepEmail, catalog.StepChange, catalog.StepLookup)},
	}[id]
	return p, ok
}

func holds(platform string, factors ...string) account.Account {
	return account.Account{ID: platform, Platform: platform, Confidence: evidence.Confirmed, Identifiers: []identifier.Identifier{phone}, SecondFactor: factors}
}

func everything() plan.Input {
	x := holds("x.com", "phone")
	x.Advertisers, x.ReusedWith = []string{"Shop"}, []string{"forum.fr"}
	return plan.Input{
		Accounts: []account.Account{holds("bank.fr"), holds("forum.fr"), holds("google.com"), holds("proton.me"), holds("whatsapp.com"), x},
		Platform: platform, Own: []identifier.Identifier{mail, phone}, Ticks: map[string]plan.Ticks{},
	}
}

func find(t *testing.T, actions []plan.Action, id string) (int, plan.Action) {
	t.Helper()
	i := slices.IndexFunc(actions, func(a plan.Action) bool { return a.ID == id })
	if i < 0 {
		t.Fatalf("no action %s in %v", id, actions)
	}
	return i, actions[i]
}

func TestOrderIsMailboxFirstAndEveryReferenceComesBefore(t *testing.T) {
	actions := plan.Order(everything())
	if actions[0].Platform != "google.com" || actions[0].Kind != plan.KindSecure || actions[0].State != plan.StateOpen {
		t.Errorf("first action %+v", actions[0])
	}
	at := map[string]int{}
	for i, a := range actions {
		at[a.ID] = i
		for _, before := range a.After {
			if j, ok := at[before]; !ok || j >= i {
				t.Errorf("%s rests on %s, which does not come before it", a.ID, before)
			}
		}
	}
	if _, a := find(t, actions, "x.com/remove-number"); !slices.Contains(a.After, "google.com/secure") || !slices.Contains(a.After, "x.com/secure") || a.State != plan.StateBlocked {
		t.Errorf("%+v", a)
	}
	for _, id := range []string{"whatsapp.com/remove-number", "bank.fr/remove-number", "forum.fr/remove-number"} {
		if slices.ContainsFunc(actions, func(a plan.Action) bool { return a.ID == id }) {
			t.Errorf("%s is proposed", id)
		}
	}
	find(t, actions, "whatsapp.com/limit-number")
	find(t, actions, "forum.fr/look")
	find(t, actions, "x.com/close-ads")
	find(t, actions, "x.com/change-password")
}

func critical(id string) bool { return id == "google.com" || id == "proton.me" || id == "bank.fr" }

// Whatever the person ticks and skips, in any order the machine allows, a
// number never leaves an account that has not another method on, a second way
// in beside it and a test behind it; and no two critical accounts are ever
// open at once.
func TestNoPrefixLocksOut(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := everything()
		for range rapid.IntRange(0, 60).Draw(t, "moves") {
			act(t, &in)
			check(t, in)
		}
	})
}

// act does one thing a person could do: work on any open action's next steps.
func act(t *rapid.T, in *plan.Input) {
	acc := rapid.SampledFrom(in.Accounts).Draw(t, "account")
	p, _ := platform(acc.Platform)
	sw := plan.NewSwitch(p, acc, in.Ticks[p.ID])
	step := rapid.SampledFrom(sw.Steps).Draw(t, "step")
	if in.Ticks[p.ID] == nil {
		in.Ticks[p.ID] = plan.Ticks{}
	}
	if step.State == plan.StateDone {
		if sw.Untick(step.Kind) == nil {
			delete(in.Ticks[p.ID], step.Kind)
		}
	} else if sw.Tick(step.Kind) == nil {
		in.Ticks[p.ID][step.Kind] = today
	}
}

func check(t *rapid.T, in plan.Input) {
	open := map[string]bool{}
	for _, a := range plan.Order(in) {
		if a.State == plan.StateOpen && critical(a.Platform) && a.Kind != plan.KindAds {
			open[a.Platform] = true
		}
	}
	if len(open) > 1 {
		t.Fatalf("two critical accounts at once: %v", open)
	}
	for id, done := range in.Ticks {
		_, out2fa := done[catalog.StepRemove2FA]
		_, out := done[catalog.StepRemove]
		if !out && !out2fa {
			continue
		}
		_, app := done[catalog.StepAddApp]
		_, key := done[catalog.StepAddPasskey]
		_, codes := done[catalog.StepCodes]
		_, test := done[catalog.StepTest]
		if (!app && !key) || (!codes && (!app || !key)) || !test {
			t.Fatalf("%s: the number went with app=%v passkey=%v codes=%v test=%v", id, app, key, codes, test)
		}
	}
}

func TestSwitchResumesAndExplainsARefusal(t *testing.T) {
	p, _ := platform("x.com")
	ticks := plan.Ticks{catalog.StepSee: today, catalog.StepAddApp: today}
	sw := plan.NewSwitch(p, holds("x.com", "phone"), ticks)
	if sw.Steps[sw.Next()].Kind != catalog.StepEmail {
		t.Errorf("resumes at %v", sw.Steps[sw.Next()].Kind)
	}
	err := sw.Tick(catalog.StepRemove)
	var r *plan.Refused
	if !errors.As(err, &r) || !slices.Equal(r.Missing, []catalog.StepKind{catalog.StepEmail, catalog.StepCodes, catalog.StepTest}) {
		t.Errorf("removing now: %v %+v", err, r)
	}
	for _, k := range []catalog.StepKind{catalog.StepEmail, catalog.StepCodes, catalog.StepTest, catalog.StepRemove2FA} {
		ticks[k] = today
	}
	sw = plan.NewSwitch(p, holds("x.com", "phone"), ticks)
	if err := sw.Untick(catalog.StepCodes); err == nil {
		t.Error("the codes could be unticked after the number went")
	}
	if err := sw.Untick(catalog.StepRemove2FA); err != nil {
		t.Errorf("no way back: %v", err)
	}
	if done, all := sw.Progress(); done != 6 || all != 10 {
		t.Errorf("progress %d of %d", done, all)
	}
}

func TestWhatIsAlreadyOnCounts(t *testing.T) {
	p, _ := platform("x.com")
	sw := plan.NewSwitch(p, holds("x.com", "phone", "totp"), plan.Ticks{catalog.StepCodes: today, catalog.StepTest: today})
	if !sw.Secured() {
		t.Error("an authenticator app that is on does not count")
	}
}

func TestSkippingDoesNotReleaseTheSameAccount(t *testing.T) {
	in := everything()
	in.Skipped = []string{"google.com/secure", "x.com/secure"}
	actions := plan.Order(in)
	if _, a := find(t, actions, "x.com/remove-number"); a.State != plan.StateBlocked {
		t.Errorf("skipping the new method opened the removal: %+v", a)
	}
	if _, a := find(t, actions, "google.com/remove-number"); a.State != plan.StateBlocked {
		t.Errorf("%+v", a)
	}
}
