package identifier_test

import (
	"encoding/json"
	"strings"
	"testing"

	"unlisted/checks/identifier"
)

func TestUnplaced(t *testing.T) {
	for in, want := range map[string]string{
		"0639981256": "0639981256", "+999 12 34 56": "999123456", "+33 6 ** ** ** 56": "336••••••56", "•••• 56": "••••56", "(12) 34-56": "123456",
		"12345": "", "no number": "", "customer service 1234567": "", "56": "", "": "", strings.Repeat("9", 40): strings.Repeat("9", 20),
	} {
		id, ok := identifier.Unplaced(in)
		if id.Value != want || ok != (want != "") {
			t.Errorf("Unplaced(%q) = %q, %v; want %q", in, id.Value, ok, want)
		}
		if !ok {
			continue
		}
		b, _ := json.Marshal(id)
		var back identifier.Identifier
		if err := json.Unmarshal(b, &back); err != nil || back != id {
			t.Errorf("%s: %v", b, err)
		}
		if shown := id.Masked(); !strings.HasSuffix(shown, id.End()) || strings.Contains(shown, id.Value) {
			t.Errorf("%q is shown as %q", in, shown)
		}
	}
}

func TestUnplacedMayBeOwn(t *testing.T) {
	for _, c := range []struct {
		unplaced, own string
		want          bool
	}{
		{"0639981256", "+33639981256", true},
		{"639981256", "+33639981256", true},
		{"0039981256", "+33639981256", true},
		{"+999639981256", "+33639981256", true}, // the last eight digits are the same
		{"981256", "+33639981256", true},
		{"0981256", "+33639981256", true},
		{"81256x", "+33639981256", false}, // too few to tell
		{"•••• 56", "+33639981256", false},
		{"336•••981256", "+33639981256", true},
		{"0639981257", "+33639981256", false},
		{"0739881256", "+33639981256", false},
	} {
		id, _ := identifier.Unplaced(c.unplaced)
		own, err := identifier.Parse(c.own, "")
		if err != nil {
			t.Fatal(err)
		}
		if id.MayBe(own) != c.want {
			t.Errorf("%s may be %s: %v", c.unplaced, c.own, !c.want)
		}
	}
}
