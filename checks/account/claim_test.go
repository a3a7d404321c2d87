package account_test

import (
	"reflect"
	"testing"

	"unlisted/checks/account"
	"unlisted/checks/evidence"
	"unlisted/checks/identifier"
)

// What the person said of an account replaces what they said of it before, and
// no earlier list changes.
func TestSetClaim(t *testing.T) {
	mail, number := id(t, "pat@mail.example"), id(t, "+33639981234")
	old := []account.Claim{{Platform: "a.example", Identifiers: []identifier.Identifier{mail}}, {Platform: "c.example"}}
	before := []account.Claim{{Platform: "a.example", Identifiers: []identifier.Identifier{mail}}, {Platform: "c.example"}}
	mine := account.ClaimOf(old, "a.example", "")
	mine.Identifiers = append(mine.Identifiers, number)
	mine.Identifiers[0] = number
	got := account.SetClaim(account.SetClaim(old, account.Claim{Platform: "b.example", Account: "b.example#pat"}), mine)
	want := []account.Claim{{Platform: "a.example", Identifiers: []identifier.Identifier{number, number}}, {Platform: "b.example", Account: "b.example#pat"}, {Platform: "c.example"}}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("now %+v", got)
	}
	if !reflect.DeepEqual(old, before) {
		t.Errorf("the list before changed: %+v", old)
	}
	mine.Identifiers[0] = mail
	if got[0].Identifiers[0] != number {
		t.Error("the caller's own value is shared")
	}
	if c := account.ClaimOf(old, "d.example", "d.example#x"); !reflect.DeepEqual(c, account.Claim{Platform: "d.example", Account: "d.example#x"}) {
		t.Errorf("of one never spoken of: %+v", c)
	}
}

// A number is proved gone only by an archive that is newer than the proof that
// it was there, of the same platform, and once.
func TestProvedGone(t *testing.T) {
	number, mail := id(t, "+33639981234"), id(t, "pat@mail.example")
	held := evidence.Finding{Fact: evidence.FactHoldsPhone, Site: "x.com", Identifier: number, Confidence: evidence.Confirmed, Last: day(2024)}
	change := func(f evidence.Finding, how func(*evidence.Finding)) []evidence.Finding {
		how(&f)
		return []evidence.Finding{f}
	}
	none := evidence.Finding{Fact: evidence.FactNoPhone, Site: "x.com", Last: day(2025)}
	same := func(*evidence.Finding) {}
	for name, c := range map[string]struct {
		before, found []evidence.Finding
		want          []string
	}{
		"newer":                  {change(held, same), change(none, same), []string{"x.com"}},
		"older than the number":  {change(held, same), change(none, func(f *evidence.Finding) { f.Last = day(2023) }), nil},
		"of the same day":        {change(held, same), change(none, func(f *evidence.Finding) { f.Last = day(2024) }), nil},
		"without a date":         {change(held, same), change(none, func(f *evidence.Finding) { f.Last = f.First }), nil},
		"another platform":       {change(held, same), change(none, func(f *evidence.Finding) { f.Site = "y.example" }), nil},
		"only an address before": {change(held, func(f *evidence.Finding) { f.Identifier = mail }), change(none, same), nil},
		"only likely before":     {change(held, func(f *evidence.Finding) { f.Confidence = evidence.Likely }), change(none, same), nil},
		"known already":          {append(change(held, same), none), change(none, same), nil},
		"nothing known":          {nil, change(none, same), nil},
	} {
		if got := account.ProvedGone(c.before, c.found); !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}
