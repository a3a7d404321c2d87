package breach_test

import (
	"reflect"
	"strings"
	"testing"

	"unlisted/checks/breach"
	"unlisted/checks/identifier"
)

// An answer is never replaced by a failure to ask, and never dropped; failures
// do not pile up; sources and identifiers do not get in each other's way; what
// was known stays as it was.
func TestRecord(t *testing.T) {
	pat := identifier.Identifier{Kind: identifier.KindEmail, Value: "pat@mail.example"}
	ann := identifier.Identifier{Kind: identifier.KindEmail, Value: "ann@mail.example"}
	for want, outcomes := range map[string][]breach.Outcome{
		"found rate-limited":     {breach.Unavailable, breach.Found, breach.RateLimited, breach.NotChecked},
		"found unavailable":      {breach.Found, breach.RateLimited, breach.Blocked, breach.Unavailable},
		"unavailable":            {breach.RateLimited, breach.Malformed, breach.Unavailable},
		"not-found":              {breach.Found, breach.Unavailable, breach.NotFound},
		"partial":                {breach.Partial},
		"":                       {breach.NotChecked},
		"not-found rate-limited": {breach.NotFound, breach.RateLimited, breach.RateLimited},
	} {
		known := []breach.Result{{Source: "hibp", Identifier: ann, Outcome: breach.Found}, {Source: "other", Identifier: pat, Outcome: breach.NotFound}}
		base, before := known, append([]breach.Result(nil), known...)
		for _, o := range outcomes {
			known = breach.Record(known, []breach.Result{{Source: "hibp", Identifier: pat, Outcome: o}})
		}
		if !reflect.DeepEqual(base, before) || !reflect.DeepEqual(known[:2], before) {
			t.Errorf("%s: what was known changed: %+v", want, known)
		}
		var got []string
		for _, r := range known[2:] {
			got = append(got, r.Outcome.String())
		}
		if strings.Join(got, " ") != want {
			t.Errorf("kept %q, want %q", got, want)
		}
	}
}
