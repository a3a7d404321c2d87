package plan_test

import (
	"errors"
	"slices"
	"strings"
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
func platform(id, name string) *catalog.Platform {
	if p, ok := platforms[id]; ok {
		return p
	}
	return catalog.Unknown(id, name)
}

var platforms = func() map[string]*catalog.Platform {
	full := guide(catalog.StepSee, catalog.StepEmail, catalog.StepAddApp, catalog.StepAddPasskey, catalog.StepCodes, catalog.StepTest,
		catalog.StepRemove2FA, catalog.StepRemove, catalog.StepAds, catalog.StepVerify)
	return map[string]*catalog.Platform{
		"google.com":   {ID: "google.com", Domains: []string{"google.com", "gmail.com"}, Categories: []string{"email"}, Exit: catalog.ExitAfterApp, Guide: full},
		"proton.me":    {ID: "proton.me", Categories: []string{"email"}, Methods: []string{"totp"}, Exit: catalog.ExitRemovable},
		"bank.fr":      {ID: "bank.fr", Categories: []string{"banking"}, Methods: []string{"sms"}, Exit: catalog.ExitForced},
		"x.com":        {ID: "x.com", Categories: []string{"social"}, Exit: catalog.ExitAfterApp, Guide: full},
		"forum.fr":     {ID: "forum.fr", Methods: []string{"totp"}, Exit: catalog.ExitUnknown},
		"whatsapp.com": {ID: "whatsapp.com", Categories: []string{"communication"}, Exit: catalog.ExitReplaceOnly, NumberIsID: true, Guide: guide(catalog.StepAddPIN, catalog.StepEmail, catalog.StepChange, catalog.StepLookup)},
	}
}()

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

// Whatever the person ticks, skips and takes up again, in any order the machine
// allows, a number never leaves an account that has not another method on, a
// second way in beside it and a test behind it; and no two critical accounts
// are ever open at once.
func TestNoPrefixLocksOut(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := everything()
		actions := plan.Order(in)
		for range rapid.IntRange(0, 40).Draw(t, "moves") {
			act(t, &in, actions)
			actions = plan.Order(in)
			check(t, in, actions)
		}
	})
}

// act does one thing a person could do: work on any step that the plan leaves
// open, or skip an action or take it up again.
func act(t *rapid.T, in *plan.Input, actions []plan.Action) {
	acc := rapid.SampledFrom(in.Accounts).Draw(t, "account")
	p := platform(acc.Platform, "")
	if rapid.IntRange(0, 9).Draw(t, "skip") == 0 {
		id := rapid.SampledFrom(actions).Draw(t, "action").ID
		if i := slices.Index(in.Skipped, id); i >= 0 {
			in.Skipped = slices.Delete(slices.Clone(in.Skipped), i, i+1)
		} else if half := halfDone(*in, id); !half {
			in.Skipped = append(slices.Clone(in.Skipped), id)
		}
		return
	}
	sw := plan.NewSwitch(p, acc, in.Ticks[p.ID]).InOrder(acc.ID, actions)
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

// halfDone reports whether an action was begun: skipping it then is a choice of
// the person to leave the account as it is.
func halfDone(in plan.Input, id string) bool {
	return len(in.Ticks[strings.Split(id, "/")[0]]) > 0
}

func check(t *rapid.T, in plan.Input, actions []plan.Action) {
	open := map[string]bool{}
	for _, a := range actions {
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
		_, second := done[catalog.StepSecond]
		_, test := done[catalog.StepTest]
		if (!app && !key) || (!codes && !second) || !test {
			t.Fatalf("%s: the number went with app=%v passkey=%v codes=%v second device=%v test=%v", id, app, key, codes, second, test)
		}
	}
}

func TestSwitchResumesAndExplainsARefusal(t *testing.T) {
	p := platform("x.com", "")
	ticks := plan.Ticks{catalog.StepSee: today, catalog.StepAddApp: today}
	sw := plan.NewSwitch(p, holds("x.com", "phone"), ticks)
	if sw.Steps[sw.Next()].Kind != catalog.StepEmail {
		t.Errorf("resumes at %v", sw.Steps[sw.Next()].Kind)
	}
	err := sw.Tick(catalog.StepRemove)
	var r *plan.Refused
	if !errors.As(err, &r) || !slices.Equal(r.Missing, []catalog.StepKind{catalog.StepEmail, catalog.StepCodes, catalog.StepTest, catalog.StepRemove2FA}) {
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
	p := platform("x.com", "")
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

// While the number is on its way out of one critical account, nothing is changed
// at the next; skipping what is left there, or finishing it, lets it go on.
func TestTicksObeyTheOrderAcrossAccounts(t *testing.T) {
	in := everything()
	in.Ticks["google.com"] = plan.Ticks{}
	for _, k := range []catalog.StepKind{catalog.StepEmail, catalog.StepAddApp, catalog.StepCodes, catalog.StepTest, catalog.StepRemove2FA} {
		in.Ticks["google.com"][k] = today
	}
	second := platform("proton.me", "")
	at := func() plan.Switch {
		return plan.NewSwitch(second, holds("proton.me", "phone"), in.Ticks["proton.me"]).InOrder("proton.me", plan.Order(in))
	}
	var r *plan.Refused
	if err := at().Tick(catalog.StepAddApp); !errors.As(err, &r) || !slices.Equal(r.Waits, []string{"google.com/remove-number"}) {
		t.Errorf("a second mailbox is changed while the number leaves the first: %v %+v", err, r)
	}
	if key, args := r.Explain(); key != "error.plan.order" || args["actions"] != "google.com/remove-number" {
		t.Errorf("told as %s %v", key, args)
	}
	if err := at().Tick(catalog.StepSee); err != nil {
		t.Errorf("looking changes nothing and is refused: %v", err)
	}
	if err := at().Override(catalog.StepAddApp, ""); !errors.Is(err, plan.ErrNotConfirmed) {
		t.Errorf("no way past the order: %v", err)
	}
	in.Skipped = []string{"google.com/remove-number"}
	if err := at().Tick(catalog.StepAddApp); err != nil {
		t.Errorf("what was skipped still holds the next account up: %v", err)
	}
	in.Skipped = nil
	in.Ticks["google.com"][catalog.StepRemove] = today
	if err := at().Tick(catalog.StepAddApp); err != nil {
		t.Errorf("after the first account is done: %v", err)
	}
	if err := at().Tick("no-such-step"); !errors.As(err, &r) || len(r.Missing)+len(r.Waits) > 0 {
		t.Errorf("an unknown step: %v", err)
	} else if key, _ := r.Explain(); key != "error.plan.no_step" {
		t.Errorf("told as %s", key)
	}
}

// The steps done at a mailbox take their worth out of it; that never puts another
// one before it while it is under way.
func TestWhatWasBegunStaysFirst(t *testing.T) {
	in := everything()
	for _, k := range []catalog.StepKind{catalog.StepEmail, catalog.StepAddApp, catalog.StepCodes, catalog.StepTest, catalog.StepRemove2FA} {
		in.Ticks["google.com"] = plan.Ticks{catalog.StepEmail: today, k: today}
		in.RiskReduction = map[string]int{"google.com": 0, "proton.me": 60, "bank.fr": 30, "x.com": 5}
		actions := plan.Order(in)
		if k != catalog.StepEmail && actions[0].Platform != "google.com" {
			t.Errorf("after %s, %s comes first", k, actions[0].ID)
		}
	}
	in.Ticks["google.com"] = nil
	if actions := plan.Order(in); actions[0].Platform != "proton.me" {
		t.Errorf("before anything was done, %s comes first", actions[0].ID)
	}
}

// Skipping an action lets other accounts go on, and never the account itself.
func TestASkippedActionHoldsNoOtherAccountUp(t *testing.T) {
	in := everything()
	in.Skipped = []string{"google.com/secure", "google.com/remove-number"}
	actions := plan.Order(in)
	if _, a := find(t, actions, "proton.me/secure"); a.State != plan.StateOpen {
		t.Errorf("%+v", a)
	}
	if _, a := find(t, actions, "google.com/remove-number"); a.State != plan.StateSkipped {
		t.Errorf("%+v", a)
	}
}

// An account in between that was left out does not make two critical accounts
// open at once.
func TestASkippedAccountHandsOnWhatItWaitsFor(t *testing.T) {
	in := everything()
	in.Skipped = []string{"proton.me/secure", "proton.me/remove-number"}
	actions := plan.Order(in)
	if _, a := find(t, actions, "bank.fr/limit-number"); a.State != plan.StateBlocked {
		t.Errorf("the bank is %s while the mailbox is open", a.State)
	}
}

// Closing ads takes no way in and holds no other account up; everything else at
// a critical account does.
func TestOnlyAdsHoldNoAccountUp(t *testing.T) {
	in := everything()
	for i := range in.Accounts {
		if in.Accounts[i].Platform == "google.com" {
			in.Accounts[i].Advertisers = []string{"Shop"}
		}
	}
	_, a := find(t, plan.Order(in), "proton.me/secure")
	if !slices.Contains(a.After, "google.com/secure") || !slices.Contains(a.After, "google.com/remove-number") || slices.Contains(a.After, "google.com/close-ads") {
		t.Errorf("the second mailbox comes after %v", a.After)
	}
}

// Of two accounts that matter alike, the one whose leak took passwords comes
// first.
func TestALeakIsUrgent(t *testing.T) {
	in := plan.Input{
		Accounts: []account.Account{{ID: "a.example", Platform: "a.example", ReusedWith: []string{"x.com"}}, {ID: "b.example", Platform: "b.example", ReusedWith: []string{"x.com"}}},
		Platform: platform, Leaked: map[string]bool{"b.example": true},
	}
	if actions := plan.Order(in); actions[0].ID != "b.example/change-password" {
		t.Errorf("first comes %s", actions[0].ID)
	}
}

// What is done holds nothing up: the number may leave once the account is secured.
func TestWhatIsDoneHoldsNothingUp(t *testing.T) {
	in := everything()
	in.Ticks["google.com"] = plan.Ticks{
		catalog.StepEmail: today, catalog.StepAddApp: today, catalog.StepCodes: today, catalog.StepTest: today,
	}
	actions := plan.Order(in)
	if _, a := find(t, actions, "google.com/secure"); a.State != plan.StateDone {
		t.Fatalf("%+v is not done", a)
	}
	if _, a := find(t, actions, "google.com/remove-number"); a.State != plan.StateOpen || len(a.Waits) > 0 {
		t.Errorf("the account is secured, and the removal is %s and waits for %q", a.State, a.Waits)
	}
}

// A platform that asks for some days between two steps gives the day from which
// the later one goes, once the earlier is done; other steps have none.
func TestTheDayAPlatformAllows(t *testing.T) {
	g := guide(catalog.StepAddApp, catalog.StepCodes, catalog.StepTest, catalog.StepRemove2FA, catalog.StepRemove)
	g.Preconditions = []catalog.Precondition{
		{Before: catalog.StepRemove2FA, Needs: []catalog.StepKind{catalog.StepCodes, catalog.StepAddApp}, Days: 7},
		{Before: catalog.StepRemove, Needs: []catalog.StepKind{catalog.StepAddApp}},
	}
	p := &catalog.Platform{ID: "slow.example", Exit: catalog.ExitAfterApp, Guide: g}
	for name, c := range map[string]struct {
		ticks plan.Ticks
		want  time.Time
	}{
		"before all": {nil, time.Time{}},
		"one done":   {plan.Ticks{catalog.StepAddApp: today}, today.AddDate(0, 0, 7)},
		"both done, the last counts": {
			plan.Ticks{catalog.StepAddApp: today, catalog.StepCodes: today.AddDate(0, 0, 3)}, today.AddDate(0, 0, 10),
		},
	} {
		for _, st := range plan.NewSwitch(p, holds("slow.example", "phone"), c.ticks).Steps {
			want := time.Time{}
			if st.Kind == catalog.StepRemove2FA {
				want = c.want
			}
			if !st.From.Equal(want) {
				t.Errorf("%s: %s from %v, want %v", name, st.Kind, st.From, want)
			}
		}
	}
}

// What comes later says what for: what is still to be done before it, through
// what was left out at other accounts, and at its own what was left out itself.
func TestWaits(t *testing.T) {
	in := everything()
	before := func(actions []plan.Action, id string) map[string]bool {
		all := map[string]bool{}
		var walk func(string)
		walk = func(id string) {
			_, a := find(t, actions, id)
			for _, x := range a.After {
				all[x] = true
				walk(x)
			}
		}
		walk(id)
		return all
	}
	for name, skipped := range map[string][]string{
		"nothing left out":       nil,
		"a new way in left out":  {"google.com/secure", "x.com/secure"},
		"an account left out":    {"proton.me/secure", "proton.me/remove-number"},
		"everything critical":    {"google.com/secure", "google.com/remove-number", "proton.me/secure", "proton.me/remove-number"},
		"only the number stayed": {"google.com/remove-number"},
	} {
		in.Skipped = skipped
		actions := plan.Order(in)
		for _, a := range actions {
			if (a.State == plan.StateBlocked) != (len(a.Waits) > 0) {
				t.Errorf("%s: %s is %s and waits for %q", name, a.ID, a.State, a.Waits)
			}
			for _, x := range a.Waits {
				if _, w := find(t, actions, x); !before(actions, a.ID)[x] || w.State == plan.StateDone || w.State == plan.StateSkipped && w.Account != a.Account {
					t.Errorf("%s: %s waits for %+v", name, a.ID, w)
				}
			}
		}
	}
	in.Skipped = []string{"x.com/secure"}
	if _, a := find(t, plan.Order(in), "x.com/remove-number"); !slices.Contains(a.Waits, "x.com/secure") {
		t.Errorf("waits for %q", a.Waits)
	}
	in.Ticks["x.com"] = plan.Ticks{catalog.StepAddApp: today}
	in.Skipped = nil
	actions := plan.Order(in)
	if _, a := find(t, actions, "x.com/secure"); !a.Begun || a.Critical {
		t.Errorf("%+v", a)
	}
	if _, a := find(t, actions, "google.com/secure"); a.Begun || !a.Critical {
		t.Errorf("%+v", a)
	}
}
