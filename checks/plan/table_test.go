package plan_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"unlisted/assets"
	"unlisted/checks/account"
	"unlisted/checks/catalog"
	"unlisted/checks/evidence"
	"unlisted/checks/identifier"
	"unlisted/checks/plan"
	"unlisted/checks/text"
)

// anywhere is an account at a platform of these properties.
func anywhere(p catalog.Platform, change func(*account.Account)) plan.Input {
	if p.ID == "" {
		p.ID = "any.example"
	}
	a := account.Account{ID: p.ID, Platform: p.ID, Confidence: evidence.Confirmed}
	if change != nil {
		change(&a)
	}
	return plan.Input{
		Accounts: []account.Account{a}, Ticks: map[string]plan.Ticks{},
		Platform: func(string, string) *catalog.Platform { return &p },
	}
}

func withNumber(a *account.Account) { a.Identifiers = []identifier.Identifier{phone} }

func kinds(actions []plan.Action) string {
	var out []string
	for _, a := range actions {
		out = append(out, string(a.Kind))
	}
	return strings.Join(out, " ")
}

// Which actions an account calls for, by what is known of it and its platform.
// Written by hand: one row, one rule.
func TestWhatAnAccountCallsFor(t *testing.T) {
	app := guide(catalog.StepSee, catalog.StepAddApp, catalog.StepCodes, catalog.StepTest, catalog.StepRemove)
	look := guide(catalog.StepSee)
	factor := func(f ...string) func(*account.Account) {
		return func(a *account.Account) { a.SecondFactor = f }
	}
	for name, c := range map[string]struct {
		p    catalog.Platform
		a    func(*account.Account)
		leak bool
		want string
	}{
		"nothing to do":                        {catalog.Platform{Exit: catalog.ExitAfterApp, Guide: app}, nil, false, ""},
		"a password that leaked":               {catalog.Platform{Exit: catalog.ExitAfterApp, Guide: app}, nil, true, "change-password"},
		"a password used twice":                {catalog.Platform{}, func(a *account.Account) { a.ReusedWith = []string{"x.com"} }, false, "change-password"},
		"leaked and used twice":                {catalog.Platform{}, func(a *account.Account) { a.ReusedWith = []string{"x.com"} }, true, "change-password"},
		"a number":                             {catalog.Platform{Exit: catalog.ExitAfterApp, Guide: app}, withNumber, false, "secure remove-number"},
		"codes by SMS":                         {catalog.Platform{Exit: catalog.ExitAfterApp, Guide: app}, factor("phone"), false, "secure remove-number"},
		"an app alone":                         {catalog.Platform{Exit: catalog.ExitAfterApp, Guide: app}, factor("totp"), false, ""},
		"a number that is gone":                {catalog.Platform{Exit: catalog.ExitAfterApp, Guide: app}, func(a *account.Account) { a.NumberGone = today }, false, "secure remove-number"},
		"a number and nothing to put for it":   {catalog.Platform{Exit: catalog.ExitAfterApp, Guide: look}, withNumber, false, "look"},
		"a number it forces":                   {catalog.Platform{Exit: catalog.ExitForced, Guide: app}, withNumber, false, "secure limit-number"},
		"a number it wants another for":        {catalog.Platform{Exit: catalog.ExitReplaceOnly, Guide: app}, withNumber, false, "secure limit-number"},
		"a number it falls back to":            {catalog.Platform{Exit: catalog.ExitForcedFallback, Guide: app}, withNumber, false, "secure limit-number"},
		"a number that is the account":         {catalog.Platform{NumberIsID: true, Exit: catalog.ExitAfterApp, Guide: app}, withNumber, false, "secure limit-number"},
		"nobody knows, without a guide":        {catalog.Platform{Exit: catalog.ExitUnknown, Methods: []string{"totp"}}, withNumber, false, "secure look"},
		"nobody knows, with a guide":           {catalog.Platform{Exit: catalog.ExitUnknown, Guide: app}, withNumber, false, "secure remove-number"},
		"removable, without a guide":           {catalog.Platform{Exit: catalog.ExitRemovable, Methods: []string{"totp"}}, withNumber, false, "secure remove-number"},
		"removed as a second factor only":      {catalog.Platform{Exit: catalog.ExitAfterApp, Guide: guide(catalog.StepAddApp, catalog.StepRemove2FA)}, withNumber, false, "secure remove-number"},
		"a PIN, and the number is the account": {catalog.Platform{NumberIsID: true, Exit: catalog.ExitReplaceOnly, Guide: guide(catalog.StepAddPIN, catalog.StepChange)}, withNumber, false, "secure limit-number"},
		"a passkey to add":                     {catalog.Platform{Exit: catalog.ExitAfterApp, Guide: guide(catalog.StepAddPasskey, catalog.StepRemove)}, withNumber, false, "secure remove-number"},
		"advertisers":                          {catalog.Platform{}, func(a *account.Account) { a.Advertisers = []string{"Shop"} }, false, "close-ads"},
		"a mailbox without a number":           {catalog.Platform{Categories: []string{"email"}, Exit: catalog.ExitAfterApp, Guide: app}, nil, false, "secure"},
	} {
		in := anywhere(c.p, c.a)
		in.Leaked = map[string]bool{"any.example": c.leak}
		if got := kinds(plan.Order(in)); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

// Who has one of the person's addresses is a mailbox, whatever the catalogue
// calls it: its account comes before money, and is secured without a number.
func TestTheProviderOfAnAddressIsAMailbox(t *testing.T) {
	list := map[string]*catalog.Platform{
		"host.example":   {ID: "host.example", Domains: []string{"host.example", "post.example"}, Methods: []string{"totp"}, Exit: catalog.ExitRemovable},
		"direct.example": {ID: "direct.example", Methods: []string{"totp"}, Exit: catalog.ExitRemovable},
		"bank.example":   {ID: "bank.example", Categories: []string{"banking"}, Methods: []string{"totp"}, Exit: catalog.ExitRemovable},
	}
	for own, want := range map[string]string{"pat@post.example": "host.example", "pat@direct.example": "direct.example", "pat@elsewhere.example": "bank.example"} {
		id, err := identifier.Parse(own, "")
		if err != nil {
			t.Fatal(err)
		}
		in := plan.Input{
			Own: []identifier.Identifier{phone, id}, Platform: listed(list),
			Accounts: []account.Account{holds("bank.example"), {ID: "host.example", Platform: "host.example"}, {ID: "direct.example", Platform: "direct.example"}},
		}
		actions := plan.Order(in)
		if len(actions) == 0 || actions[0].Platform != want {
			t.Errorf("with %s, first comes %v", own, actions)
		}
	}
}

// Of accounts that matter alike: misuse and leaks first, then what a number
// opens, then what a guide makes easy, then by name. Each account is compared
// with one that has a little less.
func TestUrgency(t *testing.T) {
	leaked := func(a *account.Account) {}
	lists := []struct {
		name string
		more func(*account.Account)
		less func(*account.Account)
	}{
		{"advertisers before two shared passwords", func(a *account.Account) { a.Advertisers = []string{"Shop"} }, func(a *account.Account) { a.ReusedWith = []string{"x.com", "y.com"} }},
		{"a leak before advertisers", leaked, func(a *account.Account) { a.Advertisers = []string{"Shop"} }},
		{"a number before advertisers", withNumber, func(a *account.Account) { a.Advertisers = []string{"Shop"} }},
		{"SMS codes before advertisers", func(a *account.Account) { a.SecondFactor = []string{"phone"} }, func(a *account.Account) { a.Advertisers = []string{"Shop"} }},
		{"two shared passwords before one", func(a *account.Account) { a.ReusedWith = []string{"x.com", "y.com"} }, func(a *account.Account) { a.ReusedWith = []string{"x.com"} }},
		{"number and codes before the number", func(a *account.Account) { withNumber(a); a.SecondFactor = []string{"phone"} }, withNumber},
	}
	for _, c := range lists {
		b, a := account.Account{ID: "b.example", Platform: "b.example"}, account.Account{ID: "a.example", Platform: "a.example"}
		c.more(&b)
		c.less(&a)
		in := plan.Input{Accounts: []account.Account{a, b}, Platform: platform}
		if c.name == "a leak before advertisers" {
			in.Leaked = map[string]bool{"b.example": true}
		}
		if actions := plan.Order(in); len(actions) == 0 || actions[0].Account != "b.example" {
			t.Errorf("%s: %v", c.name, actions)
		}
	}
	guided := map[string]*catalog.Platform{"b.example": {ID: "b.example", Exit: catalog.ExitAfterApp, Guide: guide(catalog.StepSee)}}
	in := plan.Input{
		Accounts: []account.Account{holds("a.example"), holds("b.example"), holds("c.example")},
		Platform: listed(guided),
	}
	var order []string
	for _, a := range plan.Order(in) {
		order = append(order, a.Account)
	}
	if !slices.Equal(order, []string{"b.example", "a.example", "c.example"}) {
		t.Errorf("with a guide at b.example: %q", order)
	}
}

// What an action is worth: all a number opens when it leaves, half for the way
// there, rounded up; without such a figure, by how much hangs on the account.
func TestWorth(t *testing.T) {
	app := guide(catalog.StepAddApp, catalog.StepCodes, catalog.StepTest, catalog.StepRemove)
	for name, c := range map[string]struct {
		category  string
		factor    string
		reduction map[string]int
		want      string
	}{
		"a mailbox":                    {"email", "", nil, "100 100 50"},
		"a phone company":              {"telecom", "", nil, "67 90 45"},
		"money":                        {"banking", "", nil, "60 80 40"},
		"the state":                    {"government", "", nil, "52 70 35"},
		"social":                       {"social", "", nil, "37 50 25"},
		"the rest":                     {"shopping", "", nil, "22 30 15"},
		"codes by SMS":                 {"shopping", "phone", nil, "30 30 15"},
		"odd reduction":                {"shopping", "", map[string]int{"any.example": 33}, "17 33 15"},
		"even reduction":               {"shopping", "phone", map[string]int{"any.example": 40}, "20 40 15"},
		"reduction of another account": {"email", "", map[string]int{"x.com": 40}, "0 0 50"},
	} {
		in := anywhere(catalog.Platform{Categories: []string{c.category}, Exit: catalog.ExitAfterApp, Guide: app}, func(a *account.Account) {
			withNumber(a)
			a.Advertisers = []string{"Shop"}
			if c.factor != "" {
				a.SecondFactor = []string{c.factor}
			}
		})
		in.RiskReduction = c.reduction
		var got []string
		for _, a := range plan.Order(in) {
			got = append(got, fmt.Sprint(a.Worth))
		}
		if s := strings.Join(got, " "); s != c.want {
			t.Errorf("%s: secure, remove, ads are worth %s, want %s", name, s, c.want)
		}
	}
}

// Each action is done by its own step, and by no other.
func TestWhatDoesAnAction(t *testing.T) {
	all := guide(catalog.Kinds()...)
	noLookup := guide(catalog.StepSee, catalog.StepAddPIN, catalog.StepChange)
	for name, c := range map[string]struct {
		p    catalog.Platform
		kind plan.Kind
		done [][]catalog.StepKind // each of these does it
		not  [][]catalog.StepKind // none of these does
	}{
		"closing ads":          {catalog.Platform{Exit: catalog.ExitAfterApp, Guide: guide(catalog.StepSee, catalog.StepAds)}, plan.KindAds, [][]catalog.StepKind{{catalog.StepAds}}, [][]catalog.StepKind{nil, {catalog.StepSee}}},
		"looking":              {catalog.Platform{Exit: catalog.ExitAfterApp, Guide: guide(catalog.StepSee, catalog.StepVerify)}, plan.KindLook, [][]catalog.StepKind{{catalog.StepSee}}, [][]catalog.StepKind{nil, {catalog.StepVerify}}},
		"closing look-up":      {catalog.Platform{Exit: catalog.ExitForced, Guide: all}, plan.KindLimit, [][]catalog.StepKind{{catalog.StepLookup}}, [][]catalog.StepKind{nil, {catalog.StepSee}, {catalog.StepAds}}},
		"nothing to close":     {catalog.Platform{Exit: catalog.ExitForced, Guide: noLookup}, plan.KindLimit, [][]catalog.StepKind{{catalog.StepSee}}, [][]catalog.StepKind{nil, {catalog.StepAddPIN}}},
		"a PIN":                {catalog.Platform{Exit: catalog.ExitForced, Guide: noLookup}, plan.KindSecure, [][]catalog.StepKind{{catalog.StepAddPIN}}, [][]catalog.StepKind{nil, {catalog.StepSee}}},
		"a new password":       {catalog.Platform{Exit: catalog.ExitForced, Guide: all}, plan.KindPassword, [][]catalog.StepKind{{catalog.StepPassword}}, [][]catalog.StepKind{nil, {catalog.StepTest}}},
		"the number taken out": {catalog.Platform{Exit: catalog.ExitAfterApp, Guide: guide(catalog.StepAddApp, catalog.StepRemove2FA, catalog.StepRemove)}, plan.KindRemove, [][]catalog.StepKind{{catalog.StepRemove2FA, catalog.StepRemove}}, [][]catalog.StepKind{nil, {catalog.StepRemove2FA}, {catalog.StepRemove}}},
	} {
		state := func(ticks []catalog.StepKind, change func(*account.Account)) plan.State {
			in := anywhere(c.p, func(a *account.Account) {
				withNumber(a)
				a.Advertisers = []string{"Shop"}
				if change != nil {
					change(a)
				}
			})
			in.Leaked = map[string]bool{"any.example": true}
			in.Ticks["any.example"] = plan.Ticks{}
			for _, k := range ticks {
				in.Ticks["any.example"][k] = today
			}
			_, a := find(t, plan.Order(in), "any.example/"+string(c.kind))
			return a.State
		}
		for _, ticks := range c.done {
			if got := state(ticks, nil); got != plan.StateDone {
				t.Errorf("%s is %s after %v", name, got, ticks)
			}
		}
		for _, ticks := range c.not {
			if got := state(ticks, nil); got == plan.StateDone {
				t.Errorf("%s is done after %v", name, ticks)
			}
		}
		if c.kind == plan.KindRemove {
			for _, gone := range []func(*account.Account){
				func(a *account.Account) { a.NumberGone = today }, func(a *account.Account) { a.NumberProved = today },
			} {
				if got := state(nil, gone); got != plan.StateDone {
					t.Errorf("said or proved to be gone, and %s", got)
				}
			}
		}
	}
}

// Why an account is to be secured is said by what hangs on it.
func TestWhyAnAccountIsSecured(t *testing.T) {
	app := guide(catalog.StepAddApp, catalog.StepRemove)
	for want, c := range map[string]struct{ category, factor string }{
		"plan.why.mailbox": {"email", "phone"}, "plan.why.sms": {"shopping", "phone"}, "plan.why.before_removal": {"shopping", ""},
	} {
		in := anywhere(catalog.Platform{Categories: []string{c.category}, Exit: catalog.ExitAfterApp, Guide: app}, func(a *account.Account) {
			withNumber(a)
			if c.factor != "" {
				a.SecondFactor = []string{c.factor}
			}
		})
		if _, a := find(t, plan.Order(in), "any.example/secure"); a.Why != want {
			t.Errorf("a %s account with %q: %s, want %s", c.category, c.factor, a.Why, want)
		}
	}
}

// A refusal is told by what is in the way.
func TestRefusalsAreToldApart(t *testing.T) {
	for want, r := range map[string]plan.Refused{
		"error.plan.untick": {Undo: true, Missing: []catalog.StepKind{catalog.StepTest}}, "error.plan.order": {Waits: []string{"x.com/secure"}},
		"error.plan.no_step": {}, "error.plan.blocked": {Missing: []catalog.StepKind{catalog.StepTest}, Waits: []string{"x.com/secure"}},
	} {
		if key, _ := r.Explain(); key != want {
			t.Errorf("%+v is told as %s, want %s", r, key, want)
		}
	}
	if key, _ := plan.ErrNotConfirmed.Explain(); key != "error.plan.override" {
		t.Errorf("an override without its word is told as %s", key)
	}
	p := platform("x.com", "")
	var r *plan.Refused
	sw := plan.NewSwitch(p, holds("x.com"), nil)
	if err := sw.Override(catalog.StepRemove, "anything"); err == nil {
		t.Error("a platform without a name is overridden by any word")
	}
	for _, k := range []catalog.StepKind{catalog.StepPassword, plan.StepAgain, catalog.StepChange} {
		if err := sw.Tick(k); err != nil {
			t.Errorf("%s stands in no guide and is refused: %v", k, err)
		}
	}
	if err := sw.Tick(catalog.StepSecond); err != nil {
		r, _ = err.(*plan.Refused)
		if r == nil || len(r.Missing) == 0 {
			t.Errorf("a second device before the first: %v", err)
		}
	}
}

// The steps that come next and how far the person is: optional steps count once
// they are done, and are never next.
func TestNextAndProgress(t *testing.T) {
	g := guide(catalog.StepSee, catalog.StepAddApp, catalog.StepAddPasskey, catalog.StepCodes)
	g.Steps[2].Optional = true
	p := &catalog.Platform{ID: "any.example", Name: "Any", Exit: catalog.ExitAfterApp, Guide: g}
	for _, c := range []struct {
		ticks     []catalog.StepKind
		next      catalog.StepKind
		done, all int
	}{
		{nil, catalog.StepSee, 0, 3},
		{[]catalog.StepKind{catalog.StepSee}, catalog.StepAddApp, 1, 3},
		{[]catalog.StepKind{catalog.StepAddPasskey}, catalog.StepSee, 1, 4},
		{[]catalog.StepKind{catalog.StepSee, catalog.StepAddApp}, catalog.StepCodes, 2, 3},
		{[]catalog.StepKind{catalog.StepSee, catalog.StepAddApp, catalog.StepCodes}, "", 3, 3},
	} {
		ticks := plan.Ticks{}
		for _, k := range c.ticks {
			ticks[k] = today
		}
		sw := plan.NewSwitch(p, account.Account{ID: p.ID, Platform: p.ID, SecondFactor: nil}, ticks)
		sw.Steps = slices.DeleteFunc(sw.Steps, func(s plan.SwitchStep) bool { return s.Kind == catalog.StepSecond })
		var next catalog.StepKind
		if i := sw.Next(); i >= 0 {
			next = sw.Steps[i].Kind
		}
		if done, all := sw.Progress(); next != c.next || done != c.done || all != c.all {
			t.Errorf("after %v: next %q, %d of %d; want %q, %d of %d", c.ticks, next, done, all, c.next, c.done, c.all)
		}
	}
}

// The number has left the day its last step was done, whichever that was, and
// only where a step takes it out.
func TestTheDayTheNumberLeft(t *testing.T) {
	first, last := today, today.AddDate(0, 0, 3)
	both := guide(catalog.StepAddApp, catalog.StepRemove2FA, catalog.StepRemove)
	for _, c := range []struct {
		g     *catalog.Guide
		ticks plan.Ticks
		want  time.Time
	}{
		{both, plan.Ticks{catalog.StepRemove2FA: first, catalog.StepRemove: last}, last},
		{both, plan.Ticks{catalog.StepRemove2FA: last, catalog.StepRemove: first}, last},
		{both, plan.Ticks{catalog.StepRemove: first}, time.Time{}},
		{guide(catalog.StepRemove), plan.Ticks{catalog.StepRemove: first}, first},
		{guide(catalog.StepRemove2FA), plan.Ticks{catalog.StepRemove2FA: first}, first},
		{guide(catalog.StepSee), plan.Ticks{catalog.StepRemove: first}, time.Time{}},
	} {
		p := &catalog.Platform{ID: "any.example", Exit: catalog.ExitAfterApp, Guide: c.g}
		sw := plan.NewSwitch(p, account.Account{ID: p.ID, Platform: p.ID}, c.ticks)
		if got := sw.Left(); !got.Equal(c.want) || sw.NumberOut() == c.want.IsZero() {
			t.Errorf("%v: left %v, out %v; want %v", c.ticks, got, sw.NumberOut(), c.want)
		}
	}
}

// Secured takes all three: a method that is on, a second way in, and a test. No
// two that lack make up for each other.
func TestSecuredTakesAllThree(t *testing.T) {
	three := []catalog.StepKind{catalog.StepAddApp, catalog.StepCodes, catalog.StepTest}
	for has := range 8 {
		var steps []catalog.StepKind
		for i, k := range three {
			if has&(1<<i) != 0 || k != catalog.StepTest {
				steps = append(steps, k)
			}
		}
		for done := range 8 {
			ticks := plan.Ticks{}
			for i, k := range three {
				if done&(1<<i) != 0 {
					ticks[k] = today
				}
			}
			p := &catalog.Platform{ID: "any.example", Exit: catalog.ExitAfterApp, Guide: guide(steps...)}
			sw := plan.NewSwitch(p, account.Account{ID: p.ID, Platform: p.ID}, ticks)
			tried := done&4 != 0 || !slices.Contains(steps, catalog.StepTest)
			if want := done&1 != 0 && done&2 != 0 && tried; sw.Secured() != want {
				t.Errorf("with the steps %v, after %v: secured %t", steps, ticks, sw.Secured())
			}
			if !sw.Deep {
				t.Error("a guide of its own is not told from one put together")
			}
		}
	}
	p := &catalog.Platform{ID: "any.example", Methods: []string{"totp"}, Exit: catalog.ExitAfterApp}
	if plan.NewSwitch(p, account.Account{ID: p.ID, Platform: p.ID}, nil).Deep {
		t.Error("a guide put together counts as one of its own")
	}
}

// Accounts of the state are critical as mailboxes and money are: they wait for
// the one before, keep their place once begun, and one that only has ads to
// close hands the wait on.
func TestCriticalAccounts(t *testing.T) {
	app := guide(catalog.StepSee, catalog.StepAddApp, catalog.StepCodes, catalog.StepTest, catalog.StepRemove, catalog.StepAds)
	list := map[string]*catalog.Platform{}
	for id, category := range map[string]string{"mail.example": "email", "bank.example": "banking", "state.example": "government", "chat.example": "social"} {
		list[id] = &catalog.Platform{ID: id, Categories: []string{category}, Exit: catalog.ExitAfterApp, Guide: app}
	}
	in := plan.Input{
		Accounts: []account.Account{holds("mail.example"), holds("bank.example"), holds("state.example"), holds("chat.example")},
		Platform: listed(list), Ticks: map[string]plan.Ticks{},
	}
	after := func(id string) []string {
		_, a := find(t, plan.Order(in), id)
		return a.After
	}
	if got := after("state.example/secure"); !slices.Equal(got, []string{"bank.example/secure", "bank.example/remove-number"}) {
		t.Errorf("the state comes after %q", got)
	}
	if got := after("chat.example/secure"); len(got) > 0 {
		t.Errorf("a chat waits for %q", got)
	}
	for _, a := range plan.Order(in) {
		if want := a.Account != "chat.example"; a.Critical != want {
			t.Errorf("%s is critical: %v, want %v", a.ID, a.Critical, want)
		}
	}
	in.Accounts[1] = account.Account{ID: "bank.example", Platform: "bank.example", Advertisers: []string{"Shop"}}
	if got := after("state.example/secure"); !slices.Equal(got, []string{"mail.example/secure", "mail.example/remove-number"}) {
		t.Errorf("past a bank that only has ads to close, the state comes after %q", got)
	}
	in.Accounts[1] = holds("bank.example")
	for begun, first := range map[string]string{"state.example": "state.example", "bank.example": "bank.example", "chat.example": "mail.example"} {
		in.Ticks = map[string]plan.Ticks{begun: {catalog.StepAddApp: today}}
		if actions := plan.Order(in); actions[0].Account != first {
			t.Errorf("%s was begun, and first comes %s", begun, actions[0].ID)
		}
	}
	in.Ticks = map[string]plan.Ticks{"bank.example": {catalog.StepSee: today, catalog.StepAds: today}}
	if actions := plan.Order(in); actions[0].Account != "mail.example" {
		t.Errorf("a look changes no way in, and first comes %s", actions[0].ID)
	}
	if err := (&plan.Refused{Step: catalog.StepTest}).Error(); !strings.Contains(err, string(catalog.StepTest)) {
		t.Errorf("a refusal does not name its step: %s", err)
	}
}

// What a step waits for is quoted by the titles the platform's guide gives, never
// as something one may leave; what the guide has no title for, by the usual one.
func TestTitles(t *testing.T) {
	c, err := text.Load(assets.Sub("text"))
	if err != nil {
		t.Fatal(err)
	}
	g := &catalog.Guide{Steps: []catalog.Step{
		{Kind: catalog.StepAddApp, Title: map[string]string{"en": "Switch on the Shop app"}, Optional: true},
		{Kind: catalog.StepTest},
	}}
	p := &catalog.Platform{ID: "shop.example", Name: "Shop", Exit: catalog.ExitAfterApp, Guide: g}
	sw := plan.NewSwitch(p, holds("shop.example", "phone"), nil)
	for want, kinds := range map[string][]catalog.StepKind{
		"":                         nil,
		"“Switch on the Shop app”": {catalog.StepAddApp},
		"“Try it before you take anything out”, “Switch on the Shop app”": {catalog.StepTest, catalog.StepAddApp},
		"“Add a passkey or security key”":                                 {catalog.StepAddPasskey},
	} {
		if got := sw.Titles(c.Printer("en"), kinds); got != want {
			t.Errorf("%v: %s, want %s", kinds, got, want)
		}
	}
}

// listed looks platforms up in a list.
func listed(list map[string]*catalog.Platform) func(id, name string) *catalog.Platform {
	return func(id, name string) *catalog.Platform {
		if p, ok := list[id]; ok {
			return p
		}
		return catalog.Unknown(id, name)
	}
}
