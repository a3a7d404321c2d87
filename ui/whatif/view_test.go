package whatif

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"unlisted/assets"
	"unlisted/checks/access"
	accounts "unlisted/checks/account"
	"unlisted/checks/catalog"
	"unlisted/checks/identifier"
	"unlisted/checks/profile"
	"unlisted/checks/reach"
	"unlisted/checks/text"
)

var (
	phone = identifier.Identifier{Kind: identifier.KindPhone, Value: "+33639981234"}
	mail  = identifier.Identifier{Kind: identifier.KindEmail, Value: "pat@post.example"}
	work  = identifier.Identifier{Kind: identifier.KindEmail, Value: "pat@work.example"}
)

func printer(t testing.TB, lang string) *text.Printer {
	t.Helper()
	c, err := text.Load(assets.Sub("text"))
	if err != nil {
		t.Fatal(err)
	}
	return c.Printer(lang)
}

// person is what the page of somebody with n accounts is made from; every other
// account holds the number too.
func person(n int, own ...identifier.Identifier) data {
	list := make([]accounts.Account, n)
	for i := range list {
		id := fmt.Sprintf("site%03d.example", i)
		list[i] = accounts.Account{ID: id, Platform: id, Name: "Site " + id, Identifiers: []identifier.Identifier{phone, mail}[i%2:]}
	}
	return someone(list, own...)
}

func someone(list []accounts.Account, own ...identifier.Identifier) data {
	d := data{profile: &profile.Profile{Version: profile.Version}, grades: map[string]reach.Grade{}}
	for _, id := range own {
		d.profile.Identifiers = append(d.profile.Identifiers, profile.Own{ID: id})
	}
	in := reach.Input{Accounts: list, Own: own, Platform: func(id, _ string) *catalog.Platform {
		return &catalog.Platform{ID: id, Name: id, Exit: catalog.ExitAfterApp, Methods: []string{"sms", "totp"}, MethodsKnown: true}
	}}
	d.today = reach.Build(in)
	in.Planned = true
	d.after = reach.Build(in)
	d.asks = d.today.Questions(1)
	for _, a := range d.today.Accounts() {
		d.grades[a.ID] = d.today.Grade(a.ID)
	}
	return d
}

func asks(kind reach.Kind, means ...string) state {
	return state{question: question{kind: kind, means: means}, open: map[string]bool{}}
}

// An address of the page is a question; anything else is none.
func TestParse(t *testing.T) {
	for arg, want := range map[string]string{
		"steal/number":               "steal [number] false",
		"lose/phone,mailbox/planned": "lose [phone mailbox] true",
		"steal/+33639981234":         "steal [+33639981234] false",
		"steal":                      "steal [] false",
		"":                           "", "x.com": "", "/planned": "", "burn/number": "", listArg: "", gradesArg: "",
	} {
		q, ok := parse(arg)
		got := fmt.Sprint(q.kind, " ", q.means, " ", q.planned)
		if !ok {
			got = ""
		}
		if got != want {
			t.Errorf("%q is %q, want %q", arg, got, want)
		}
	}
	for _, q := range presets() {
		if back, ok := parse(q.arg()); !ok || back.arg() != q.arg() {
			t.Errorf("%+v is not found again at %q", q, q.arg())
		}
	}
}

// The title is the answer, with its figures; what is not known says so, and a
// none is no all-clear.
func TestTitle(t *testing.T) {
	for _, x := range []struct {
		n    int
		st   state
		want string
	}{
		{60, asks(reach.Steal, reach.MeansNumber), "With your number, somebody could open 30 of your 60 accounts"},
		{60, asks(reach.Steal, reach.MeansNumber, reach.MeansMailbox), "With your number and your mailbox, somebody could open 60 of your 60 accounts"},
		{60, asks(reach.Steal, work.Value), "As far as is known, p•••@work.example alone opens none of your 60 accounts"},
		{60, asks(reach.Steal), "Choose what is stolen or lost"},
		{60, asks(reach.Lose, "gone@post.example"), "Choose what is stolen or lost"},
		{1, asks(reach.Steal, reach.MeansNumber), "With your number, somebody could open your only account"},
		{2, asks(reach.Lose, reach.MeansPhone), "Without your phone, you still get into your 2 accounts, as far as is known"},
	} {
		v := makeView(person(x.n, phone, mail, work), x.st, printer(t, "en"))
		if v.title != x.want {
			t.Errorf("%d accounts, %s: %q", x.n, x.st.arg(), v.title)
		}
	}
	unknown := someone([]accounts.Account{{ID: "a", Platform: "a", Name: "A"}, {ID: "b", Platform: "b", Name: "B"}}, phone)
	if !strings.Contains(makeView(unknown, asks(reach.Steal, reach.MeansNumber), printer(t, "en")).title, "known") {
		t.Error("nothing is known, and the title does not say so")
	}
}

// The questions of one press are chips, one of which is on; any other question
// stands under "more". Today and after the plan each say how many fall.
func TestChips(t *testing.T) {
	d := person(20, phone, mail)
	on := func(list []chip) (out []string) {
		for _, c := range list {
			if c.on {
				out = append(out, c.id)
			}
			if c.word == "" || strings.HasPrefix(c.word, "[") {
				t.Errorf("chip %+v", c)
			}
		}
		return out
	}
	for _, x := range []struct {
		st   state
		want string
	}{
		{asks(reach.Steal, reach.MeansNumber), "steal/number"},
		{asks(reach.Lose, reach.MeansPhone), "lose/phone"},
		{asks(reach.Lose, reach.MeansNumber), moreChip},
		{asks(reach.Steal, reach.MeansNumber, reach.MeansMailbox), moreChip},
		{state{question: question{kind: reach.Steal, means: []string{reach.MeansNumber}}, choosing: true}, moreChip},
	} {
		for _, lang := range []string{"en", "fr"} {
			v := makeView(d, x.st, printer(t, lang))
			if got := on(v.chips); len(v.chips) != 6 || !slices.Equal(got, []string{x.want}) {
				t.Errorf("%s: %q is on", x.st.arg(), got)
			}
			if got := on(v.kinds); !slices.Equal(got, []string{string(x.st.kind)}) {
				t.Errorf("%s: %q", x.st.arg(), got)
			}
		}
	}
	st := asks(reach.Steal, reach.MeansNumber)
	now := makeView(d, st, printer(t, "en"))
	st.planned = true
	after := makeView(d, st, printer(t, "en"))
	if now.when[0].count != 10 || !now.when[0].on || after.when[0].count != 10 || !after.when[1].on || after.when[1].count >= 10 {
		t.Errorf("now %+v, after %+v", now.when, after.when)
	}
	if !strings.Contains(after.title, fmt.Sprint(after.when[1].count)) && after.when[1].count > 0 {
		t.Errorf("after the plan %d fall: %q", after.when[1].count, after.title)
	}
	if v := makeView(d, asks(reach.Steal), printer(t, "en")); v.when[0].count != -1 || v.kept != "" {
		t.Errorf("nothing is asked: %+v", v.when)
	}
}

// Each number and address can be asked about alone where there are several;
// an unlocked phone cannot be lost in another way than a locked one.
func TestChoices(t *testing.T) {
	for _, c := range []struct {
		own  []identifier.Identifier
		kind reach.Kind
		want int
	}{
		{[]identifier.Identifier{phone, mail}, reach.Steal, 5},
		{[]identifier.Identifier{phone, mail}, reach.Lose, 4},
		{[]identifier.Identifier{phone, mail, work}, reach.Steal, 7},
		{nil, reach.Steal, 5},
	} {
		got := choices(person(1, c.own...).profile, state{question: question{kind: c.kind}}, printer(t, "en"))
		if len(got) != c.want {
			t.Errorf("%v %s: %d choices", c.own, c.kind, len(got))
		}
		for _, m := range got {
			if m.word == "" || m.word == mail.Value {
				t.Errorf("choice %+v", m)
			}
		}
	}
}

// Beside the picture stands the chain of the chosen account, or of the first
// that falls; of one that stays, what keeps it.
func TestChain(t *testing.T) {
	d := person(20, phone, mail)
	st := asks(reach.Steal, reach.MeansNumber)
	v := makeView(d, st, printer(t, "en"))
	if v.chain.title != "Site site000.example falls like this" || !v.chain.falls || len(v.chain.steps) == 0 || !strings.Contains(v.chain.steps[0], "+33 6 •• •• •• 34") {
		t.Errorf("%+v", v.chain)
	}
	st.chosen = "site001.example"
	if v = makeView(d, st, printer(t, "en")); v.chain.title != "Site site001.example stays yours" || v.chain.falls || len(v.chain.steps) < 2 {
		t.Errorf("%+v", v.chain)
	}
	st.chosen = "gone.example"
	if v = makeView(d, st, printer(t, "en")); v.chain.account != "site000.example" {
		t.Errorf("an account that is gone: %+v", v.chain)
	}
	if v = makeView(person(3, mail), asks(reach.Steal, reach.MeansNumber), printer(t, "en")); v.chain.title != "" || !v.noNumber {
		t.Errorf("nothing falls: %+v", v.chain)
	}
}

// The lists hold everything: what matters most first, the weakest account first,
// what is not known last.
func TestLists(t *testing.T) {
	d := person(60, phone, mail)
	st := asks(reach.Steal, reach.MeansNumber)
	if rows := listView(d, st, printer(t, "en")); len(rows) != 30 || !rows[0].falls || rows[0].detail == "" || rows[0].badge == "" {
		t.Errorf("%d rows", len(rows))
	}
	if rows := listView(d, asks(reach.Steal), printer(t, "en")); rows != nil {
		t.Errorf("nothing is asked: %d rows", len(rows))
	}
	rows := gradesView(d, st, printer(t, "en"))
	if len(rows) != 60 {
		t.Errorf("%d graded", len(rows))
	}
	last := access.Poor
	for _, r := range rows {
		if r.level == access.Unknown {
			r.level = access.Good + 1
		}
		if r.level < last || r.title == "" || r.detail == "" || r.badge == "" {
			t.Errorf("row %+v", r)
		}
		last = r.level
	}
}

// Thousands of accounts, names of any length and script, dozens of identifiers:
// the page stays a page.
func TestExtremes(t *testing.T) {
	names := []string{strings.Repeat("x", 200), "\u202eגוגל", strings.Repeat("e\u0301", 200), "a\x00b\x1b[31m", "", "مرحبا بالعالم"}
	own := []identifier.Identifier{phone}
	for i := range 59 {
		own = append(own, identifier.Identifier{Kind: identifier.KindEmail, Value: fmt.Sprintf("p%d@mail.example", i)})
	}
	for _, n := range []int{0, 1, 300, 2000} {
		list := make([]accounts.Account, n)
		for i := range list {
			id := fmt.Sprintf("s%04d.example", i)
			list[i] = accounts.Account{ID: id, Platform: id, Name: names[i%len(names)], Identifiers: own[i%len(own):][:1]}
		}
		d := someone(list, own...)
		for _, q := range append(presets(), question{kind: reach.Lose, means: []string{reach.MeansNumber, reach.MeansPassword}}) {
			v := makeView(d, state{question: q, open: map[string]bool{}}, printer(t, "fr"))
			if v.title == "" || len(v.means) < 60 || len(v.picture.Items) > 60 {
				t.Errorf("%d accounts, %s: %q, %d boxes", n, q.arg(), v.title, len(v.picture.Items))
			}
			if strings.ContainsAny(v.title+v.chain.title, "\x00\x1b\u202e") || utf8.RuneCountInString(v.title) > 200 {
				t.Errorf("title %q", v.title)
			}
		}
	}
}

func BenchmarkView5000(b *testing.B) {
	d := person(5000, phone, mail)
	t := printer(b, "en")
	for b.Loop() {
		makeView(d, asks(reach.Steal, reach.MeansNumber), t)
	}
}
