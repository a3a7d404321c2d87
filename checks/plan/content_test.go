package plan

import (
	"slices"
	"testing"
	"time"

	"unlisted/assets"
	"unlisted/checks/account"
	"unlisted/checks/catalog"
)

// Every guide that ships can be walked to its end in its own order, and on no
// way through it does the number leave before a new method is on, backed up
// and tried.
func TestEveryGuideLeadsToItsEnd(t *testing.T) {
	c, err := catalog.Load(assets.Sub("catalog"), assets.Sub("guides"), nil)
	if err != nil {
		t.Fatal(err)
	}
	deep := 0
	for i := range c.Len() {
		p := c.At(i)
		if p.Guide == nil {
			continue
		}
		deep++
		ticks := Ticks{}
		for _, step := range NewSwitch(p, account.Account{ID: p.ID, Platform: p.ID}, ticks).Steps {
			s := NewSwitch(p, account.Account{ID: p.ID, Platform: p.ID}, ticks)
			if step.Kind == catalog.StepRemove || step.Kind == catalog.StepRemove2FA {
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
		for _, k := range []catalog.StepKind{catalog.StepRemove, catalog.StepRemove2FA} {
			if first.has(k) && first.Tick(k) == nil {
				t.Errorf("%s: %s may be done first", p.ID, k)
			}
		}
	}
	if deep < 60 {
		t.Errorf("only %d guides", deep)
	}
}

// What every guide must hold, as far as it exists there.
func TestGuideContent(t *testing.T) {
	c, err := catalog.Load(assets.Sub("catalog"), assets.Sub("guides"), nil)
	if err != nil {
		t.Fatal(err)
	}
	for i := range c.Len() {
		p := c.At(i)
		if p.Guide == nil {
			continue
		}
		has := func(k catalog.StepKind) bool {
			return slices.ContainsFunc(p.Guide.Steps, func(s catalog.Step) bool { return s.Kind == k })
		}
		for _, k := range []catalog.StepKind{catalog.StepSee, catalog.StepDownload, catalog.StepDelete, catalog.StepWrite} {
			if !has(k) {
				t.Errorf("%s has no step %s", p.ID, k)
			}
		}
		offers := func(m ...string) bool {
			return slices.ContainsFunc(m, func(x string) bool { return slices.Contains(p.Methods, x) })
		}
		if offers("totp") && !has(catalog.StepAddApp) && p.Exit != catalog.ExitUnknown {
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
