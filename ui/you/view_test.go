package you

import (
	"fmt"
	"strings"
	"testing"

	"unlisted/assets"
	"unlisted/checks/account"
	"unlisted/checks/identifier"
	"unlisted/checks/overview"
	"unlisted/checks/profile"
	"unlisted/checks/text"
)

var (
	mail     = identifier.Identifier{Kind: identifier.KindEmail, Value: "pat@mail.example"}
	phone    = identifier.Identifier{Kind: identifier.KindPhone, Value: "+33639980142"}
	unplaced = identifier.Identifier{Kind: identifier.KindUnplaced, Value: "0639981256"}
)

// The page masks unless the person wants to see, proposes no more than can be
// looked at, and keeps the country that was chosen here before that of the
// settings.
func TestView(t *testing.T) {
	c, err := text.Load(assets.Sub("text"))
	if err != nil {
		t.Fatal(err)
	}
	p := &profile.Profile{Settings: profile.Settings{Region: "FR"}}
	p.Identifiers = []profile.Own{{ID: mail}, {ID: phone}}
	o := overview.Overview{Set: account.Set{Own: []identifier.Identifier{unplaced}}}
	for i := range 9 {
		o.Own = append(o.Own, identifier.Identifier{Kind: identifier.KindEmail, Value: fmt.Sprintf("p%d@mail.example", i)})
	}
	v := makeView(p, o, state{}, c.Printer("en"))
	if v.region != "FR" || len(v.regions) != len(identifier.Regions())+1 || v.sample || v.whole {
		t.Errorf("%+v", v)
	}
	if len(v.yours) != 2 || v.yours[0].shown != "p•••@mail.example" || v.yours[1].shown != "+33 6 •• •• •• 42" {
		t.Errorf("yours %+v", v.yours)
	}
	if len(v.candidates) != 6 || !v.candidates[0].unplaced || v.candidates[1].unplaced || v.candidates[0].shown != "a number whose country is not known: it ends in 56" {
		t.Errorf("candidates %+v", v.candidates)
	}
	p.Settings.ShowValues, p.Sample = true, true
	v = makeView(p, overview.Overview{}, state{region: "CH"}, c.Printer("fr"))
	if v.region != "CH" || v.yours[0].shown != "pat@mail.example" || !v.sample || !v.whole || v.candidates != nil {
		t.Errorf("%+v", v)
	}
}

// How many accounts hold an identifier is said only where something was read; not one is said in words.
func TestHeld(t *testing.T) {
	c, err := text.Load(assets.Sub("text"))
	if err != nil {
		t.Fatal(err)
	}
	en := c.Printer("en")
	p := &profile.Profile{}
	p.Identifiers = []profile.Own{{ID: mail}, {ID: phone}}
	v := makeView(p, overview.Overview{}, state{}, en)
	if v.yours[0].held != "" || v.yours[1].held != "" {
		t.Errorf("before anything is read: %+v", v.yours)
	}
	upper := identifier.Identifier{Kind: identifier.KindEmail, Value: "PAT@mail.example"}
	o := overview.Overview{Set: account.Set{Accounts: []account.Account{
		{ID: "a", Identifiers: []identifier.Identifier{mail, upper}}, {ID: "b", Identifiers: []identifier.Identifier{mail}}, {ID: "c"},
	}}}
	v = makeView(p, o, state{}, en)
	if v.yours[0].held != "in 2 accounts" || v.yours[1].held != "in none of the accounts seen so far" {
		t.Errorf("%+v", v.yours)
	}
}

// Of what is typed at once each piece is taken or refused for its own reason; what is on the list already is told
// masked.
func TestSortOut(t *testing.T) {
	c, err := text.Load(assets.Sub("text"))
	if err != nil {
		t.Fatal(err)
	}
	p := &profile.Profile{}
	p.Identifiers = []profile.Own{{ID: mail}}
	ids, refused := sortOut(p, "rose@mail.example, ROSE@mail.example; pat@mail.example\n06 39 98 01 42\nnot one\n", "FR")
	if len(ids) != 2 || ids[0].Value != "rose@mail.example" || ids[1].Value != "+33639980142" || len(refused) != 2 {
		t.Fatalf("%v, %+v", ids, refused)
	}
	v := makeView(p, overview.Overview{}, state{added: len(ids), refused: refused}, c.Printer("en"))
	if v.added != "2 were added to your list." || len(v.refused) != 2 ||
		!strings.HasPrefix(v.refused[0], "“p•••@mail.example”: ") || !strings.HasPrefix(v.refused[1], "“not one”: ") {
		t.Errorf("%q, %q", v.added, v.refused)
	}
	long := identifier.ParseMany(strings.Repeat("x", 3000), "")
	if v = makeView(p, overview.Overview{}, state{refused: long}, c.Printer("fr")); len(v.refused[0]) > 500 {
		t.Errorf("%d bytes", len(v.refused[0]))
	}
	if v = makeView(p, overview.Overview{}, state{refused: refused}, c.Printer("en")); v.added != "None of them was added." {
		t.Errorf("%q", v.added)
	}
	if v = makeView(p, overview.Overview{}, state{added: 1}, c.Printer("en")); v.added != "" {
		t.Errorf("one that was added is plain to see: %q", v.added)
	}
}
