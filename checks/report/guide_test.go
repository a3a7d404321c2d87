package report_test

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"unlisted/assets"
	"unlisted/checks/account"
	"unlisted/checks/catalog"
	"unlisted/checks/plan"
	"unlisted/checks/report"
	"unlisted/checks/text"
)

// The printed guide has a box for every step of the way, ticked where it is
// done, says what is locked by what, and names nothing of the person.
func TestGuide(t *testing.T) {
	texts, err := text.Load(assets.Sub("text"))
	if err != nil {
		t.Fatal(err)
	}
	c, err := catalog.Load(assets.Sub("catalog"), assets.Sub("guides"), assets.Sub("facts"))
	if err != nil {
		t.Fatal(err)
	}
	now := time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)
	a := account.Account{ID: "x.com", Platform: "x.com", Name: "X", SignIn: "camille@mail.example", Names: []string{"camille@mail.example"}}
	for i := range c.Len() {
		pl := c.At(i)
		if pl.Guide == nil {
			continue
		}
		for _, lang := range []string{"en", "fr"} {
			w := texts.Printer(lang)
			sw := plan.NewSwitch(pl, a, plan.Ticks{catalog.StepSee: now.AddDate(0, 0, -2)})
			var b bytes.Buffer
			if err := report.Guide(&b, report.GuideInput{Switch: sw, Text: w, Now: now}); err != nil {
				t.Fatal(err)
			}
			html := b.String()
			done, _ := sw.Progress()
			if boxes := strings.Count(html, `class="box`); boxes != len(sw.Steps) {
				t.Errorf("%s: %d boxes for %d steps", pl.ID, boxes, len(sw.Steps))
			}
			if ticked := strings.Count(html, `class="box done"`); ticked != done {
				t.Errorf("%s: %d ticked, %d done", pl.ID, ticked, done)
			}
			for _, st := range sw.Steps {
				if len(st.Missing) > 0 && !strings.Contains(html, template(w.T("fix.blocked", "steps", sw.Titles(w, st.Missing)))) {
					t.Errorf("%s: %s is locked and the page does not say so", pl.ID, st.Kind)
				}
			}
			if strings.Contains(html, "camille") || strings.Contains(html, "<script") || strings.Contains(html, "[guide") || strings.Contains(html, "[fix") {
				t.Errorf("%s: what does not belong there", pl.ID)
			}
		}
	}
}

// template writes a text as the page does.
func template(s string) string {
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", "'", "&#39;", `"`, "&#34;", "+", "&#43;").Replace(s)
}

// A name from anywhere is words on the page, and nothing else.
func TestGuideOfAHostileName(t *testing.T) {
	texts, err := text.Load(assets.Sub("text"))
	if err != nil {
		t.Fatal(err)
	}
	pl := &catalog.Platform{ID: "evil.example", Name: "<script>alert(1)</script>\u202e", Methods: []string{"totp"}, Exit: catalog.ExitAfterApp}
	var b bytes.Buffer
	sw := plan.NewSwitch(pl, account.Account{ID: pl.ID, Platform: pl.ID}, nil)
	if err := report.Guide(&b, report.GuideInput{Switch: sw, Text: texts.Printer("en")}); err != nil {
		t.Fatal(err)
	}
	if html := b.String(); strings.Contains(html, "<script") || strings.Contains(html, "\u202e") || !strings.Contains(html, "&lt;script&gt;") {
		t.Error("the name acts on the page")
	}
}
