package identifier_test

import (
	"errors"
	"strings"
	"testing"

	"unlisted/checks/identifier"
)

// Many identifiers in one text are told apart as people and programs write lists of them; what is one stays one, and
// what is none is told with its reason, in its place.
func TestParseMany(t *testing.T) {
	for _, c := range []struct {
		text, region string
		want         string // values parted by blanks; "!" for one that is refused
	}{
		{"", "FR", ""},
		{" \n\t\n", "FR", ""},
		{"rose@mail.example", "", "rose@mail.example"},
		{"rose@mail.example\nlou@post.example\r\n\r\n+33 6 39 98 12 34\n", "", "rose@mail.example lou@post.example +33639981234"},
		{"rose@mail.example\rlou@post.example", "", "rose@mail.example lou@post.example"},
		{"rose@mail.example, lou@post.example; +44 7700 900123", "", "rose@mail.example lou@post.example +447700900123"},
		{"rose@mail.example lou@post.example", "", "rose@mail.example lou@post.example"},
		{"+33 6 39 98 12 34 +44 7700 900123", "", "+33639981234 +447700900123"},
		{"06 39 98 12 34, 06 39 98 12 35", "FR", "+33639981234 +33639981235"},
		{"06 39 98 12 34 / 06 39 98 12 35", "FR", "+33639981234 +33639981235"},
		{"06 39 98 12 34 | rose@mail.example", "FR", "+33639981234 rose@mail.example"},
		{"030/23125 111", "DE", "+493023125111"},
		{"Rose Doe <rose@mail.example>, \"Doe, Lou\" <lou@post.example>", "", "rose@mail.example lou@post.example"},
		{"- rose@mail.example\n- +33 6 39 98 12 34\n• lou@post.example\n1. ann@post.example", "", "rose@mail.example +33639981234 lou@post.example ann@post.example"},
		{"rose@mail.example, nothing here, lou@post.example", "", "rose@mail.example ! lou@post.example"},
		{"06 39 98 12 34", "", "!"},
		{"rose@", "", "!"},
		{"tel:+33-6-39-98-12-34;ext=5", "", "+33639981234"},
	} {
		var got []string
		for _, p := range identifier.ParseMany(c.text, c.region) {
			switch {
			case p.Err != nil && p.ID.IsZero() && p.Text != "":
				got = append(got, "!")
			case p.Err == nil:
				got = append(got, p.ID.Value)
			default:
				t.Errorf("%q: %+v", c.text, p)
			}
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%q gives %q, want %q", c.text, got, c.want)
		}
	}
}

// A text without end is bounded, and what is left out is told.
func TestParseManyIsBounded(t *testing.T) {
	for _, s := range []string{strings.Repeat("rose@mail.example\n", 700), strings.Repeat("rose@mail.example,", 700), strings.Repeat("é", 1<<20), strings.Repeat("+33639981234 ", 20000)} {
		got := identifier.ParseMany(s, "FR")
		if len(got) == 0 || len(got) > 502 || !errors.Is(got[len(got)-1].Err, identifier.ErrTooMany) {
			t.Errorf("%d bytes give %d", len(s), len(got))
		}
	}
}
