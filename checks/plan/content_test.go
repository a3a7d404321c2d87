package plan

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
	"unicode/utf8"

	"unlisted/assets"
	"unlisted/checks/account"
	"unlisted/checks/catalog"
)

// Every guide that ships can be walked to its end in its own order, and on no
// way through it does the number leave before a new method is on, backed up
// and tried.
func TestEveryGuideLeadsToItsEnd(t *testing.T) {
	all := guided(t)
	for _, p := range all {
		ticks := Ticks{}
		for _, step := range NewSwitch(p, account.Account{ID: p.ID, Platform: p.ID}, ticks).Steps {
			s := NewSwitch(p, account.Account{ID: p.ID, Platform: p.ID}, ticks)
			if slices.Contains(catalog.SignInRemovals(), step.Kind) {
				keyed := s.has(catalog.StepAddApp) || s.has(catalog.StepAddPasskey)
				if keyed && !s.Secured() || !keyed && (p.Exit != catalog.ExitRemovable || !s.done(catalog.StepEmail)) {
					t.Errorf("%s: %s comes before there is another way in", p.ID, step.Kind)
				}
			}
			if err := s.Tick(step.Kind); err != nil {
				t.Errorf("%s: %s can never be done: %v", p.ID, step.Kind, err.(*Refused).Missing)
			}
			ticks[step.Kind] = time.Now()
		}
		first := NewSwitch(p, account.Account{ID: p.ID, Platform: p.ID}, nil)
		for _, k := range catalog.Removals() {
			if first.has(k) && first.Tick(k) == nil {
				t.Errorf("%s: %s may be done first", p.ID, k)
			}
		}
	}
	if len(all) < 60 {
		t.Errorf("only %d guides", len(all))
	}
}

// shipped reads the catalogue once for all tests.
var shipped = sync.OnceValues(func() (*catalog.Catalog, error) {
	return catalog.Load(assets.Sub("catalog"), assets.Sub("guides"), nil)
})

// guided returns the platforms that have a guide of their own.
func guided(t *testing.T) []*catalog.Platform {
	t.Helper()
	c, err := shipped()
	if err != nil {
		t.Fatal(err)
	}
	var out []*catalog.Platform
	for i := range c.Len() {
		if p := c.At(i); p.Guide != nil {
			out = append(out, p)
		}
	}
	return out
}

// What every guide must hold, as far as it exists there.
func TestGuideContent(t *testing.T) {
	for _, p := range guided(t) {
		has := func(k catalog.StepKind) bool {
			return slices.ContainsFunc(p.Steps(), func(s catalog.Step) bool { return s.Kind == k })
		}
		for _, k := range []catalog.StepKind{catalog.StepSee, catalog.StepDownload, catalog.StepDelete, catalog.StepWrite} {
			if _, absent := p.Guide.Away(k); !has(k) && !absent {
				t.Errorf("%s has no step %s", p.ID, k)
			}
		}
		offers := func(m ...string) bool {
			return slices.ContainsFunc(m, func(x string) bool { return slices.Contains(p.Methods, x) })
		}
		if _, absent := p.Guide.Away(catalog.StepAddApp); offers("totp") && !absent && !has(catalog.StepAddApp) && p.Exit != catalog.ExitUnknown {
			t.Errorf("%s offers an authenticator app and no step for it", p.ID)
		}
		if f, ok := p.Guide.Facts["recovery-codes"]; ok && (f.Value == "yes") != has(catalog.StepCodes) {
			t.Errorf("%s: recovery codes are %q, step %t", p.ID, f.Value, has(catalog.StepCodes))
		}
		if has(catalog.StepRemove) && (p.Exit == catalog.ExitForced || p.Exit == catalog.ExitReplaceOnly) {
			t.Errorf("%s: the number is %s and a step takes it out", p.ID, p.Exit)
		}
	}
}

// Whoever sets up something new must be told to try it and to look again, in
// a guide that never asks for the number to go as in one that does.
func TestWhatIsAddedIsTriedAndLookedAtAgain(t *testing.T) {
	for _, p := range guided(t) {
		has := func(k catalog.StepKind) bool {
			return slices.ContainsFunc(p.Steps(), func(s catalog.Step) bool { return s.Kind == k })
		}
		if !has(catalog.StepAddApp) && !has(catalog.StepAddPasskey) {
			continue
		}
		for _, k := range []catalog.StepKind{catalog.StepTest, catalog.StepVerify} {
			if !has(k) {
				t.Errorf("%s: something is added, and no step %s", p.ID, k)
			}
		}
	}
}

// Every guide says how an account opens: with at least one usual sign-in, no
// way twice, and through the number where the number is the account.
func TestEveryGuideSaysHowAnAccountOpens(t *testing.T) {
	for _, p := range guided(t) {
		signIn := false
		seen := map[string]bool{}
		for _, w := range p.Guide.Ways {
			signIn = signIn || !w.Recovery
			way := fmt.Sprint(w.Recovery, slices.Sorted(slices.Values(w.Needs)))
			if seen[way] {
				t.Errorf("%s: the way %v stands there twice", p.ID, w.Needs)
			}
			seen[way] = true
		}
		if !signIn {
			t.Errorf("%s: no usual way to sign in", p.ID)
		}
		if p.NumberIsID && !slices.ContainsFunc(p.Guide.Ways, func(w catalog.Way) bool { return slices.Contains(w.Needs, "number") }) {
			t.Errorf("%s: the number is the account, and no way goes through it", p.ID)
		}
	}
}

// withoutRisk are the platforms of which nothing is known that has gone wrong,
// each with the reason.
var withoutRisk = map[string]string{}

// Every guide warns of what has locked people out, in at most three short
// texts, each of one or two sentences.
func TestEveryGuideWarns(t *testing.T) {
	for _, p := range guided(t) {
		_, none := withoutRisk[p.ID]
		if n := len(p.Guide.Risks); (n == 0) != none || n > 3 {
			t.Errorf("%s warns of %d risks", p.ID, n)
		}
		for _, r := range p.Guide.Risks {
			for lang, s := range r.Text {
				ends := strings.Count(s, ". ") + strings.Count(s, "? ") + strings.Count(s, "! ")
				if utf8.RuneCountInString(s) >= 240 || ends > 1 || !strings.HasSuffix(s, ".") {
					t.Errorf("%s, %s: too long for a warning: %s", p.ID, lang, s)
				}
			}
		}
	}
}
