package reach_test

import (
	"errors"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"unlisted/assets"
	"unlisted/checks/access"
	"unlisted/checks/account"
	"unlisted/checks/catalog"
	"unlisted/checks/evidence"
	"unlisted/checks/identifier"
	"unlisted/checks/reach"
	"unlisted/checks/text"
)

var (
	phone = identifier.Identifier{Kind: identifier.KindPhone, Value: "+33639981234"}
	old   = identifier.Identifier{Kind: identifier.KindPhone, Value: "+33639985555"}
	mail  = identifier.Identifier{Kind: identifier.KindEmail, Value: "pat@gmail.com"}
	loose = identifier.Identifier{Kind: identifier.KindUnplaced, Value: "0639981234"} // ends like phone
	posta = identifier.Identifier{Kind: identifier.KindEmail, Value: "pat@post.example"}
)

func guide(kinds ...catalog.StepKind) *catalog.Guide {
	g := &catalog.Guide{}
	for _, k := range kinds {
		g.Steps = append(g.Steps, catalog.Step{Kind: k, Confidence: "official"})
	}
	return g
}

func stating(g *catalog.Guide, ways ...catalog.Way) *catalog.Guide {
	g.Ways = ways
	return g
}

func needing(g *catalog.Guide) *catalog.Guide {
	g.Facts = map[string]catalog.Fact{"number-held": {Value: "required", Confidence: "official"}}
	return g
}

func in(needs ...string) catalog.Way { return catalog.Way{Needs: needs, Confidence: "official"} }

func back(confidence string, needs ...string) catalog.Way {
	return catalog.Way{Needs: needs, Recovery: true, Confidence: confidence}
}

// The platforms of the tests: two mailboxes, a phone company, a bank that
// forces a number, networks that others sign in with, one that states its ways,
// shops, one whose account is the number. All others are unknown.
func platforms() map[string]*catalog.Platform {
	full := guide(catalog.StepSee, catalog.StepAddApp, catalog.StepCodes, catalog.StepTest, catalog.StepRemove2FA, catalog.StepRemove)
	list := []*catalog.Platform{
		{ID: "google.com", Name: "Google", Domains: []string{"google.com", "gmail.com"}, Categories: []string{"email"}, Methods: []string{"sms", "totp"}, Exit: catalog.ExitAfterApp, Guide: full},
		{ID: "post.example", Name: "Post", Domains: []string{"post.example"}, Categories: []string{"email"}, Methods: []string{"totp"}, Exit: catalog.ExitRemovable},
		{ID: "carrier.example", Name: "Carrier", Categories: []string{"telecom"}, Exit: catalog.ExitForced},
		{ID: "bank.fr", Name: "Bank", Categories: []string{"banking"}, Methods: []string{"sms"}, Exit: catalog.ExitForced},
		{ID: "facebook.com", Name: "Facebook", Categories: []string{"social"}, Methods: []string{"sms", "totp"}, Exit: catalog.ExitAfterApp, Guide: full},
		{ID: "x.com", Name: "X", Categories: []string{"social"}, Exit: catalog.ExitAfterApp, Guide: stating(
			guide(catalog.StepSee, catalog.StepAddApp, catalog.StepCodes, catalog.StepRemove2FA, catalog.StepRemove),
			in("password"), in("password", "number"), in("password", "app"), back("official", "password", "codes"), back("unverified", "mailbox"))},
		{ID: "signal.org", Name: "Signal", Categories: []string{"communication"}, Exit: catalog.ExitReplaceOnly, NumberIsID: true, Guide: stating(guide(catalog.StepAddPIN, catalog.StepChange), in("number"), in("number", "pin"))},
		{ID: "taxi.example", Name: "Taxi", Exit: catalog.ExitReplaceOnly, Guide: needing(stating(guide(catalog.StepSee, catalog.StepAddApp, catalog.StepChange),
			in("number"), in("password", "app"), back("official", "identity"), back("unverified", "mailbox", "device"), in("another-account")))},
		{ID: "shop.example", Name: "Shop", Exit: catalog.ExitUnknown},
		{ID: "fallback.example", Name: "Fallback", Methods: []string{"sms", "totp"}, Exit: catalog.ExitForcedFallback},
		{ID: "pier.example", Name: "Pier", Exit: catalog.ExitForcedFallback, Guide: stating(guide(catalog.StepSee, catalog.StepAddApp), in("password"), in("password", "app"), back("official", "number"))},
		{ID: "vault.example", Name: "Vault", Exit: catalog.ExitAfterApp, Guide: stating(guide(catalog.StepSee, catalog.StepAddApp), in("password"), in("password", "app"), back("official", "password", "number"))},
		{ID: "whatsapp.com", Name: "WhatsApp", Categories: []string{"communication"}, Exit: catalog.ExitReplaceOnly, NumberIsID: true, Guide: guide(catalog.StepAddPIN, catalog.StepChange)},
	}
	out := map[string]*catalog.Platform{}
	for _, p := range list {
		out[p.ID] = p
	}
	return out
}

// has makes an account.
func has(platform string, ids ...identifier.Identifier) account.Account {
	a := account.Account{ID: platform, Platform: platform, Name: platform, Confidence: evidence.Confirmed, Identifiers: ids}
	for _, id := range ids {
		if id.Kind == identifier.KindEmail && a.SignIn == "" {
			a.SignIn, a.Names = id.Canonical(), []string{id.Canonical()}
		}
	}
	return a
}

func with(a account.Account, factors ...string) account.Account {
	a.SecondFactor = factors
	return a
}

func person(accounts ...account.Account) reach.Input {
	list := platforms()
	return reach.Input{
		Accounts: accounts, Own: []identifier.Identifier{phone, mail},
		Platform: func(id, name string) *catalog.Platform {
			if p, ok := list[id]; ok {
				return p
			}
			return catalog.Unknown(id, name)
		},
		Ticks: map[string]map[catalog.StepKind]bool{}, Answers: map[string]string{}, Leaked: map[string]bool{},
	}
}

func ask(t testing.TB, m *reach.Model, q reach.Kind, means ...string) (out reach.Outcome, ids string) {
	t.Helper()
	out, err := m.Ask(q, means)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, f := range out.Compromised {
		names = append(names, f.Account.ID)
	}
	return out, strings.Join(names, " ")
}

// Each rule of the table in the package comment, by what falls.
func TestWhatFalls(t *testing.T) {
	google, shop := has("google.com", phone, mail), has("shop.example", mail)
	reused := func(a account.Account) account.Account {
		a.ReusedWith = []string{"elsewhere.example"}
		a.Findings = append(a.Findings, evidence.Finding{Fact: evidence.FactReuse, Detail: "1"})
		return a
	}
	linked := func(a account.Account, to string) account.Account {
		a.Findings = append(a.Findings, evidence.Finding{Fact: evidence.FactLinked, Detail: to, Confidence: evidence.Confirmed})
		return a
	}
	for _, c := range []struct {
		name  string
		in    reach.Input
		ticks string // "account step ..."
		said  map[string]string
		steal string
		falls string
	}{
		{"the mailbox with the number, and what is reset through it", person(google, shop), "", nil, "number", "google.com shop.example"},
		{"a mailbox of its own", person(google, shop), "", nil, "mailbox", "google.com shop.example"},
		{"an app beside the number", person(with(google, "totp"), shop), "", nil, "number", ""},
		{"an app that was added", person(google, shop), "google.com add-app", nil, "number", ""},
		{"number taken out", person(google, shop), "google.com remove-2fa remove-phone", nil, "number", ""},
		{"SMS off as a second factor, the number still there", person(with(reused(has("facebook.com", phone)), "phone")), "facebook.com remove-2fa", nil, "password", "facebook.com"},
		{"SMS on as a second factor", person(with(reused(has("facebook.com", phone)), "phone")), "", nil, "password", ""},
		{"half taken out", person(google, shop), "google.com remove-phone", nil, "number", "google.com shop.example"},
		{"the number that resets is said to be off", person(google, shop), "", map[string]string{"number-resets:google.com#pat@gmail.com:+33639981234": "no"}, "number", ""},
		{"a number for the parcel opens nothing", person(has("shop.example", phone)), "", nil, "number", ""},
		{"the bank", person(has("bank.fr", phone)), "", nil, "number", "bank.fr"},
		{"a second factor nobody knows", person(has("bank.fr", phone)), "", map[string]string{"second-factor:bank.fr": "yes"}, "number", ""},
		{"number without a known second factor", person(has("bank.fr", phone)), "", map[string]string{"second-factor:bank.fr": "no"}, "number", "bank.fr"},
		{"a number that stays a way in beside the app", person(with(has("fallback.example", phone), "totp")), "", nil, "number", "fallback.example"},
		{"which frees the number and not the mailbox", person(with(has("fallback.example", phone, mail), "totp"), google), "google.com remove-2fa remove-phone", nil, "mailbox", "google.com"},
		{"nor the password, where the guide states both", person(with(reused(has("pier.example", phone)), "totp")), "", nil, "password", ""},
		{"and the number gets past the app there", person(with(has("pier.example", phone), "totp")), "", nil, "number", "pier.example"},
		{"the number is the account", person(has("whatsapp.com")), "", nil, "number", "whatsapp.com"},
		{"until a PIN is set", person(has("whatsapp.com", phone)), "whatsapp.com add-pin", nil, "number", ""},
		{"the app on the open phone needs no PIN", person(has("whatsapp.com", phone)), "whatsapp.com add-pin", nil, "phone-unlocked", "whatsapp.com"},
		{"a locked phone gives the number", person(has("bank.fr", phone)), "", nil, "phone", "bank.fr"},
		{"unless said otherwise", person(has("bank.fr", phone)), "", map[string]string{"locked-phone": "no"}, "phone", ""},
		{"an open phone gives app and mail", person(with(has("x.com", mail), "totp"), google), "", nil, "phone-unlocked", "google.com x.com"},
		{"mail and code, no code", person(with(has("shop.example", mail), "totp"), google), "", nil, "mailbox", "google.com"},
		{"an old number has no place on the list", person(has("bank.fr", old)), "", nil, "number", ""},
		{"and is asked by its value", person(has("bank.fr", old)), "", nil, old.Value, "bank.fr"},
		{"the phone company gives out a new SIM", person(has("carrier.example", mail), google, has("bank.fr", phone)), "", nil, "mailbox", "bank.fr carrier.example google.com"},
		{"not if it is another", person(has("carrier.example", mail), google, has("bank.fr", phone)), "", map[string]string{"carrier:carrier.example#pat@gmail.com:+33639981234": "no"}, "mailbox", "carrier.example google.com"},
		{"a reused password", person(reused(shop), reused(has("bank.fr")), google), "", nil, "password", "bank.fr shop.example"},
		{"that was changed", person(reused(shop), reused(has("bank.fr")), google), "bank.fr change-password", nil, "password", "shop.example"},
		{"a stated reset needs no number", person(has("x.com", phone, mail)), "", nil, "number", ""},
		{"a stated reset with the second factor beside it", person(with(has("x.com", phone, mail), "phone"), google), "", nil, "mailbox", "google.com"},
		{"an unverified reset that is said to be off", person(has("x.com", mail), google), "", map[string]string{"mailbox-resets:x.com#pat@gmail.com:pat@gmail.com": "no"}, "number", "google.com"},
		{"password and codes where both are stated", person(with(reused(has("x.com", phone)), "phone")), "", nil, "password", ""},
		{"password alone while nothing is on", person(reused(has("x.com", phone))), "", nil, "password", "x.com"},
		{"a stated PIN that is set", person(has("signal.org", phone)), "signal.org add-pin", nil, "number", ""},
		{"a stated PIN that is not", person(has("signal.org", phone)), "", nil, "number", "signal.org"},
		{"a number that must be there", person(has("taxi.example", mail)), "", nil, "number", "taxi.example"},
		{"unless said otherwise", person(has("taxi.example", mail)), "", map[string]string{"holds-number:taxi.example#pat@gmail.com:+33639981234": "no"}, "number", ""},
		{"the general rule without a stated one", person(has("facebook.com", phone)), "", nil, "number", "facebook.com"},
		{"sign in with", person(google, linked(has("shop.example"), "google.com")), "", nil, "number", "google.com shop.example"},
		{"told by the other side", person(linked(google, "Shop"), has("shop.example")), "", nil, "number", "google.com shop.example"},
		{"two shops are no sign-in", person(linked(has("bank.fr", phone), "Shop"), has("shop.example")), "", nil, "number", "bank.fr"},
		{"a mailbox at nobody we know", person(has("shop.example", posta)), "", nil, "number", ""},
		{"an account by its id", person(google, shop), "", nil, "google.com", "google.com shop.example"},
		{"nothing at all", person(), "", nil, "number", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			if f := strings.Fields(c.ticks); len(f) > 0 {
				c.in.Ticks[f[0]] = map[catalog.StepKind]bool{}
				for _, s := range f[1:] {
					c.in.Ticks[f[0]][catalog.StepKind(s)] = true
				}
			}
			c.in.Answers = c.said
			m := reach.Build(c.in)
			out, ids := ask(t, m, reach.Steal, c.steal)
			if ids != c.falls {
				t.Errorf("falls %q, want %q", ids, c.falls)
			}
			if out.Kept+len(out.Compromised) != len(c.in.Accounts) {
				t.Errorf("kept %d of %d beside %q", out.Kept, len(c.in.Accounts), ids)
			}
		})
	}
}

// A way to recover an account that the guide states is there whatever second
// factor is on: password and number together get past the app.
func TestStatedRecoveryStaysBesideAFactor(t *testing.T) {
	vault := with(has("vault.example", phone), "totp")
	vault.ReusedWith = []string{"elsewhere.example"}
	m := reach.Build(person(vault))
	if _, ids := ask(t, m, reach.Steal, "password"); ids != "" {
		t.Errorf("the password alone opens %q", ids)
	}
	if _, ids := ask(t, m, reach.Steal, "password", "number"); ids != "vault.example" {
		t.Errorf("password and number open %q", ids)
	}
}

// The chain is the shortest, names every step, and says what is assumed.
func TestChain(t *testing.T) {
	out, _ := ask(t, reach.Build(person(has("google.com", phone, mail), has("shop.example", mail))), reach.Steal, "number")
	want := []access.Step{
		{Opens: "account:google.com", With: []access.Node{"number:+33639981234"}, Recovery: true, Assumed: true},
		{Opens: "mailbox:pat@gmail.com", With: []access.Node{"account:google.com"}},
		{Opens: "account:shop.example", With: []access.Node{"mailbox:pat@gmail.com"}, Recovery: true, Assumed: true},
	}
	if got := out.Compromised[1].Chain; !reflect.DeepEqual(got, want) {
		t.Errorf("chain %+v", got)
	}
}

func TestWhatIsLost(t *testing.T) {
	app := with(has("x.com", phone), "totp")
	for _, c := range []struct {
		name    string
		in      reach.Input
		ticks   map[catalog.StepKind]bool // at x.com
		said    map[string]string
		lose    string
		missing string // "account: nodes; ..."
	}{
		{"the app is on the phone", person(app), nil, nil, "phone", "x.com: app"},
		{"and elsewhere too", person(app), nil, map[string]string{"app-copy": "yes"}, "phone", ""},
		{"or there are codes", person(app), map[catalog.StepKind]bool{catalog.StepCodes: true}, nil, "phone", ""},
		{"a new SIM is enough", person(with(has("shop.example", phone), "phone")), nil, nil, "phone", "shop.example: number:+33639981234"},
		{"the number alone", person(has("whatsapp.com", phone)), nil, nil, "number", ""},
		{"the password has another way", person(has("google.com", mail), has("shop.example", mail)), nil, map[string]string{"mail-on-phone": "yes"}, "password", "google.com: password:google.com"},
		{"a mailbox is lost with its account", person(has("google.com", mail), has("shop.example", mail)), nil, nil, "mailbox", "google.com: "},
		{"nothing to lose", person(has("shop.example")), nil, nil, "mailbox", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			c.in.Answers = c.said
			c.in.Ticks["x.com"] = c.ticks
			out, _ := ask(t, reach.Build(c.in), reach.Lose, c.lose)
			var got []string
			for _, f := range out.Compromised {
				got = append(got, fmt.Sprintf("%s: %s", f.Account.ID, strings.Trim(fmt.Sprint(f.Missing), "[]")))
			}
			if s := strings.Join(got, "; "); s != c.missing {
				t.Errorf("missing %q, want %q", s, c.missing)
			}
		})
	}
}

// What cannot be answered is refused with a sentence, not guessed.
func TestUnknownMeans(t *testing.T) {
	m := reach.Build(person(has("shop.example", mail)))
	for _, means := range [][]string{nil, {"wallet"}, {"+33639980000"}, {"number", ""}, {"else@gmail.com"}} {
		if _, err := m.Ask(reach.Steal, means); !errors.Is(err, reach.ErrUnknownMeans) {
			t.Errorf("%q: %v", means, err)
		}
	}
	if _, err := m.Ask("borrow", []string{"number"}); err == nil {
		t.Error("an unknown question was answered")
	}
	if _, err := m.Ask(reach.Steal, []string{"Pat@gmail.com"}); err != nil {
		t.Errorf("an own address: %v", err)
	}
}

// Two mailboxes that recover each other, an account nobody opens, contradictory
// answers, an identifier taken off the list: a defined answer each.
func TestOddPeople(t *testing.T) {
	a, b := has("google.com", mail, posta), has("post.example", posta, mail)
	in := person(a, b, has("nowhere.example"))
	in.Own = append(in.Own, posta)
	if _, ids := ask(t, reach.Build(in), reach.Steal, posta.Value); ids != "google.com post.example" {
		t.Errorf("one of two mailboxes opens %q", ids)
	}
	if _, ids := ask(t, reach.Build(in), reach.Steal, "number"); ids != "" {
		t.Errorf("a number nobody has opens %q", ids)
	}

	lost := person(with(has("bank.fr", phone), "phone"), has("google.com", phone, mail))
	lost.Own = []identifier.Identifier{mail}
	out, ids := ask(t, reach.Build(lost), reach.Steal, "number")
	if ids != "" || out.Unknown != 1 {
		t.Errorf("a number off the list: %q falls, %d unknown", ids, out.Unknown)
	}
	if g := reach.Build(lost).Grade("bank.fr"); g.Recoverability.Level != access.Unknown {
		t.Errorf("no way back is graded %v", g.Recoverability.Level)
	}
	if g := reach.Build(lost).Grade("never.example"); g.Security.Level != access.Unknown {
		t.Errorf("an account that is not there is graded %v", g.Security.Level)
	}

	odd := person(with(has("bank.fr", phone), "totp"))
	odd.Answers = map[string]string{"second-factor:bank.fr": "no", "locked-phone": "perhaps"}
	if _, ids := ask(t, reach.Build(odd), reach.Steal, "number"); ids != "" {
		t.Errorf("an answer that evidence has overtaken opens %q", ids)
	}
	twice := person(has("bank.fr", phone), has("bank.fr", phone))
	if out, _ := ask(t, reach.Build(twice), reach.Steal, "number"); len(out.Compromised) != 1 || out.Kept != 0 {
		t.Errorf("an account said twice: %+v", out)
	}
}

func TestGrades(t *testing.T) {
	ticked := func(kinds ...catalog.StepKind) map[catalog.StepKind]bool {
		out := map[catalog.StepKind]bool{}
		for _, k := range kinds {
			out[k] = true
		}
		return out
	}
	for _, c := range []struct {
		name          string
		a             account.Account
		ticks         map[catalog.StepKind]bool
		security, rec access.Level
	}{
		{"falls to the number", has("bank.fr", phone), nil, access.Poor, access.Good},
		{"password alone", has("shop.example"), nil, access.Fair, access.Poor},
		{"app without codes", with(has("x.com", phone), "totp"), nil, access.Good, access.Poor},
		{"app and codes", with(has("x.com", phone), "totp"), ticked(catalog.StepCodes), access.Good, access.Poor},
		{"only the number", has("whatsapp.com", phone), nil, access.Poor, access.Poor},
	} {
		in := person(c.a)
		in.Ticks[c.a.ID] = c.ticks
		g := reach.Build(in).Grade(c.a.ID)
		if g.Security.Level != c.security || g.Recoverability.Level != c.rec {
			t.Errorf("%s: %v and %v, want %v and %v (%v, %v)", c.name, g.Security.Level, g.Recoverability.Level, c.security, c.rec, g.Security.Why, g.Recoverability.Why)
		}
	}
}

// The mailbox question comes first, an answer takes it away, and both answers
// lead to what the question was worth.
func TestQuestions(t *testing.T) {
	in := person(has("google.com", phone, mail), has("shop.example", mail), has("one.example", mail), has("bank.fr", phone))
	m := reach.Build(in)
	all := m.Questions(0)
	if len(all) < 4 || all[0].Key != "number-resets:google.com#pat@gmail.com:+33639981234" {
		t.Fatalf("questions %+v", all)
	}
	if got := m.Questions(2); !reflect.DeepEqual(got, all[:2]) {
		t.Errorf("the first two are %+v", got)
	}
	for i, q := range all {
		if q.Worth <= 0 || i > 0 && q.Worth > all[i-1].Worth {
			t.Errorf("question %d is worth %d", i, q.Worth)
		}
		for _, said := range []string{reach.Yes, reach.No} {
			in.Answers = map[string]string{q.Key: said}
			for _, again := range reach.Build(in).Questions(0) {
				if again.Key == q.Key {
					t.Errorf("%s is asked again after %s", q.Key, said)
				}
			}
		}
	}
	in.Answers = map[string]string{all[0].Key: reach.No}
	if _, ids := ask(t, reach.Build(in), reach.Steal, "number"); ids != "bank.fr" {
		t.Errorf("after the first answer %q falls", ids)
	}
}

// A mailbox that is not known to hold the number is asked about, as it would
// open everything else.
func TestQuestionAddsAWay(t *testing.T) {
	in := person(has("google.com", mail), has("shop.example", mail))
	const key = "holds-number:google.com#pat@gmail.com:+33639981234"
	m := reach.Build(in)
	if q := m.Questions(1); len(q) != 1 || q[0].Key != key {
		// The phone with its mail open weighs more or the same: it must be among them.
		if !slices.ContainsFunc(m.Questions(0), func(q reach.Question) bool { return q.Key == key }) {
			t.Fatalf("questions %+v", m.Questions(0))
		}
	}
	if _, ids := ask(t, m, reach.Steal, "number"); ids != "" {
		t.Errorf("unasked, %q falls", ids)
	}
	in.Answers[key] = reach.Yes
	if _, ids := ask(t, reach.Build(in), reach.Steal, "number"); ids != "google.com shop.example" {
		t.Errorf("after a yes %q falls", ids)
	}
}

// A number that could not be placed counts as the own number it ends like, as an
// assumption and with a question; a no takes that back.
func TestUnplacedNumber(t *testing.T) {
	other := identifier.Identifier{Kind: identifier.KindUnplaced, Value: "0639985678"}
	in := person(has("google.com", mail, loose), has("bank.fr", loose), has("shop.example", other))
	m := reach.Build(in)
	out, ids := ask(t, m, reach.Steal, "number")
	if ids != "bank.fr google.com" {
		t.Errorf("%q falls", ids)
	}
	for _, f := range out.Compromised {
		if !f.Assumed {
			t.Errorf("%s falls for sure", f.Account.ID)
		}
	}
	var leaving []string
	for _, h := range m.Goodbye(phone) {
		leaving = append(leaving, h.Account.ID)
	}
	if !slices.Equal(leaving, []string{"google.com", "bank.fr"}) {
		t.Errorf("goodbye lists %q", leaving)
	}
	const key = "holds-number:google.com#pat@gmail.com:+33639981234"
	if !slices.ContainsFunc(m.Questions(0), func(q reach.Question) bool { return q.Key == key }) {
		t.Errorf("it is not asked: %+v", m.Questions(0))
	}
	in.Answers[key] = reach.No
	m = reach.Build(in)
	if _, ids := ask(t, m, reach.Steal, "number"); ids != "bank.fr" {
		t.Errorf("after a no %q falls", ids)
	}
	if list := m.Goodbye(phone); len(list) != 1 || list[0].Account.ID != "bank.fr" {
		t.Errorf("after a no goodbye lists %+v", list)
	}
}

func TestGoodbye(t *testing.T) {
	in := person(has("google.com", phone, mail), has("shop.example", mail, phone), has("bank.fr", phone), has("whatsapp.com", phone),
		has("carrier.example", phone), has("one.example", mail), has("two.example", posta))
	in.Ticks["whatsapp.com"] = map[catalog.StepKind]bool{catalog.StepChange: true}
	var got []string
	for _, h := range reach.Build(in).Goodbye(phone) {
		s := h.Account.ID + " " + string(h.Change)
		if h.Done {
			s += " done"
		}
		got = append(got, s)
	}
	want := []string{"google.com remove", "carrier.example change", "bank.fr change", "whatsapp.com change done", "one.example follows", "shop.example look"}
	if !slices.Equal(got, want) {
		t.Errorf("hand over %q", got)
	}
	if h := reach.Build(in).Goodbye(identifier.Identifier{Kind: identifier.KindPhone, Value: "+33639980000"}); len(h) != 0 {
		t.Errorf("a number nobody has: %+v", h)
	}
	card := reach.Build(in).Card()
	if len(card.Accounts) != 5 || card.Accounts[0].Account.ID != "google.com" || card.More != 0 {
		t.Errorf("card %+v", card)
	}
}

// everybody draws people with any mix of accounts, factors and links.
func everybody(t *rapid.T) reach.Input {
	ids := []identifier.Identifier{phone, old, mail, posta}
	names := slices.Sorted(maps.Keys(platforms()))
	names = append(names, "one.example", "two.example", "three.example")
	var accounts []account.Account
	for _, p := range rapid.SliceOfDistinct(rapid.SampledFrom(names), rapid.ID[string]).Draw(t, "platforms") {
		a := has(p, rapid.SliceOfDistinct(rapid.SampledFrom(append(ids, loose)), rapid.ID[identifier.Identifier]).Draw(t, "ids")...)
		a.SecondFactor = rapid.SliceOfDistinct(rapid.SampledFrom([]string{"phone", "totp", "passkey"}), rapid.ID[string]).Draw(t, "factors")
		if rapid.Bool().Draw(t, "reused") {
			a.Findings = append(a.Findings, evidence.Finding{Fact: evidence.FactReuse, Detail: "1"})
		}
		if rapid.Bool().Draw(t, "linked") {
			a.Findings = append(a.Findings, evidence.Finding{Fact: evidence.FactLinked, Detail: rapid.SampledFrom(names).Draw(t, "to"), Confidence: evidence.Confirmed})
		}
		accounts = append(accounts, a)
	}
	in := person(accounts...)
	in.Own = rapid.SliceOfDistinct(rapid.SampledFrom(ids), rapid.ID[identifier.Identifier]).Draw(t, "own")
	for _, a := range accounts {
		in.Ticks[a.ID] = map[catalog.StepKind]bool{}
		for _, k := range rapid.SliceOf(rapid.SampledFrom(catalog.Kinds())).Draw(t, "done") {
			in.Ticks[a.ID][k] = true
		}
	}
	return in
}

func compromised(t testing.TB, m *reach.Model, means ...string) map[string]bool {
	out, _ := ask(t, m, reach.Steal, means...)
	got := map[string]bool{}
	for _, f := range out.Compromised {
		got[f.Account.ID] = true
	}
	return got
}

func within(a, b map[string]bool) bool {
	for k := range a {
		if !b[k] {
			return false
		}
	}
	return true
}

func TestMoreMeansNeverOpenLess(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		m := reach.Build(everybody(r))
		some := rapid.SliceOfNDistinct(rapid.SampledFrom(reach.MeansWords()), 1, 3, rapid.ID[string]).Draw(r, "some")
		more := append(slices.Clone(some), rapid.SampledFrom(reach.MeansWords()).Draw(r, "more"))
		if a, b := compromised(t, m, some...), compromised(t, m, more...); !within(a, b) {
			r.Fatalf("%q opens %v, %q only %v", some, a, more, b)
		}
	})
}

func TestThePlanNeverOpensMore(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		in := everybody(r)
		today := compromised(t, reach.Build(in), "number")
		in.Planned = true
		if after := compromised(t, reach.Build(in), "number"); !within(after, today) {
			r.Fatalf("today %v, after the plan %v", today, after)
		}
	})
}

// Whatever is said, no answer brings down the program, and a "no" to a way that
// is assumed never opens more.
func TestNoNeverOpensMore(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		in := everybody(r)
		m := reach.Build(in)
		before := compromised(t, m, "number")
		qs := m.Questions(0)
		if len(qs) == 0 {
			return
		}
		q := rapid.SampledFrom(qs).Draw(r, "question")
		in.Answers[q.Key] = reach.No
		if strings.HasPrefix(q.Key, "second-factor:") {
			in.Answers[q.Key] = reach.Yes
		}
		if after := compromised(t, reach.Build(in), "number"); !within(after, before) {
			r.Fatalf("%s: before %v, after %v", q.Key, before, after)
		}
	})
}

// The order in which accounts and identifiers come does not matter.
func TestOrderDoesNotMatter(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		in := everybody(r)
		m := reach.Build(in)
		slices.Reverse(in.Accounts)
		slices.Reverse(in.Own)
		n := reach.Build(in)
		for _, q := range []reach.Kind{reach.Steal, reach.Lose} {
			for _, means := range reach.MeansWords() {
				a, _ := ask(t, m, q, means)
				b, _ := ask(t, n, q, means)
				if !reflect.DeepEqual(a, b) {
					r.Fatalf("%s %s: %+v and %+v", q, means, a, b)
				}
			}
		}
	})
}

// Every node, reason, question and change has its words, in every language.
func TestWords(t *testing.T) {
	texts, err := text.Load(assets.Sub("text"))
	if err != nil {
		t.Fatal(err)
	}
	a := has("google.com", phone, mail, posta)
	a.Findings = []evidence.Finding{{Fact: evidence.FactReuse, Detail: "1"}}
	in := person(a, with(has("x.com", phone, posta), "totp", "passkey"), has("whatsapp.com", phone), has("bank.fr", phone), has("carrier.example", mail), has("shop.example", mail), has("taxi.example", mail))
	in.Own = append(in.Own, posta)
	in.Ticks["x.com"] = map[catalog.StepKind]bool{catalog.StepCodes: true}
	in.Ticks["whatsapp.com"] = map[catalog.StepKind]bool{catalog.StepAddPIN: true}
	in.Answers["second-factor:shop.example#pat@gmail.com"] = reach.Yes
	m := reach.Build(in)
	for _, lang := range texts.Languages() {
		p := texts.Printer(lang)
		check := func(s string) {
			if s == "" || strings.ContainsAny(s, "[]{}") || strings.Contains(s, phone.Value) {
				t.Errorf("%s: %q", lang, s)
			}
		}
		for _, n := range m.Graph().Nodes() {
			check(m.Name(n).Words(p, false))
		}
		for _, q := range m.Questions(0) {
			check(m.QuestionWords(p, q, false))
		}
		for _, a := range m.Accounts() {
			g := m.Grade(a.ID)
			check(m.SecurityWords(p, g.Security, false))
			check(m.RecoverabilityWords(p, g.Recoverability, false))
		}
		out, _ := ask(t, m, reach.Steal, "number", "phone-unlocked")
		for _, f := range out.Compromised {
			for _, s := range f.Chain {
				check(m.StepWords(p, s, false))
			}
		}
		for _, key := range append(m.Card().Say, keysOf()...) {
			check(strings.NewReplacer("{", "", "}", "").Replace(p.T(key)))
		}
	}
}

func keysOf() (out []string) {
	for _, s := range []string{
		"node.phone", "node.phone_unlocked", "node.screen_lock", "node.app", "node.app_copy", "node.passkeys", "node.passkey_copy", "node.identity",
		"node.number", "node.mailbox", "node.account", "node.password", "node.shared_password", "node.codes", "node.pin", "node.factor",
		"ask.locked-phone", "ask.mail-on-phone", "ask.app-copy", "ask.passkey-copy", "ask.carrier", "ask.holds-number", "ask.number-resets",
		"ask.mailbox-resets", "ask.second-factor", "ask.linked", "ask.way", "change.change", "change.remove", "change.look", "change.follows",
		"security.poor", "security.fair", "security.good", "security.unknown", "recovery.poor", "recovery.fair", "recovery.tied", "recovery.good", "recovery.unknown",
		"level.unknown", "level.poor", "level.fair", "level.good", "tier.0", "tier.1", "tier.2", "tier.3", "tier.4", "tier.5", "card.title",
	} {
		out = append(out, "reach."+s)
	}
	for _, means := range reach.MeansWords() {
		out = append(out, "reach.means."+means)
	}
	return out
}

// What the guides say of the real platforms makes an account the person can
// open, today and after the plan, and a plan that opens no more to the number.
func TestEveryGuide(t *testing.T) {
	c, err := catalog.Load(assets.Sub("catalog"), assets.Sub("guides"), nil)
	if err != nil {
		t.Fatal(err)
	}
	guides := 0
	for i := range c.Len() {
		p := c.At(i)
		if p.Guide == nil || len(p.Guide.Ways) == 0 || !slices.ContainsFunc(p.Guide.Ways, func(w catalog.Way) bool { return !slices.Contains(w.Needs, "another-account") }) {
			continue
		}
		guides++
		for _, factors := range [][]string{nil, {"phone"}, {"totp"}, {"passkey"}, {"phone", "totp"}} {
			in := person(with(has(p.ID, phone, mail), factors...))
			in.Platform = c.Get
			today := reach.Build(in)
			in.Planned = true
			after := reach.Build(in)
			if a, b := compromised(t, after, "number"), compromised(t, today, "number"); !within(a, b) {
				t.Errorf("%s with %q: today %v, after the plan %v", p.ID, factors, b, a)
			}
			for _, m := range []*reach.Model{today, after} {
				if out, _ := ask(t, m, reach.Steal, "number"); out.Unknown != 0 {
					t.Errorf("%s with %q: the person has no way in", p.ID, factors)
				}
			}
		}
	}
	if guides < 50 {
		t.Errorf("only %d guides state ways", guides)
	}
}
