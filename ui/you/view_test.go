package you

import (
	"fmt"
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
	if len(v.candidates) != 6 || !v.candidates[0].unplaced || v.candidates[1].unplaced || v.candidates[0].shown != "a number we could not place: it ends in 56" {
		t.Errorf("candidates %+v", v.candidates)
	}
	p.Settings.ShowValues, p.Sample = true, true
	v = makeView(p, overview.Overview{}, state{region: "CH"}, c.Printer("fr"))
	if v.region != "CH" || v.yours[0].shown != "pat@mail.example" || !v.sample || !v.whole || v.candidates != nil {
		t.Errorf("%+v", v)
	}
}
