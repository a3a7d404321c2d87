package letter_test

import (
	"strings"
	"testing"
	"time"

	"unlisted/assets"
	"unlisted/checks/catalog"
	"unlisted/checks/identifier"
	"unlisted/checks/letter"
	"unlisted/checks/text"
)

// The letter names the platform, its contact, the account, the number and the
// law, in both languages; what is not known leaves a line to fill in.
func TestNumber(t *testing.T) {
	texts, err := text.Load(assets.Sub("text"))
	if err != nil {
		t.Fatal(err)
	}
	c, err := catalog.Load(assets.Sub("catalog"), assets.Sub("guides"), assets.Sub("facts"))
	if err != nil {
		t.Fatal(err)
	}
	phone, err := identifier.ParsePhone("+33639980142", "")
	if err != nil {
		t.Fatal(err)
	}
	for _, lang := range []string{"en", "fr"} {
		for i := range c.Len() {
			p := c.At(i)
			if p.Exit != catalog.ExitForced && p.Exit != catalog.ExitReplaceOnly {
				continue
			}
			got := letter.Number{Platform: p, SignIn: "pat@mail.example", Number: phone, Date: time.Date(2026, 11, 25, 0, 0, 0, 0, time.UTC)}.Write(texts.Printer(lang))
			for _, want := range []string{p.Name, p.Contact.Email, "pat@mail.example", phone.Display(), "2026", "21", "5(1)"} {
				if lang == "fr" {
					want = strings.ReplaceAll(want, "5(1)", "5, paragraphe 1")
				}
				if !strings.Contains(got, want) {
					t.Errorf("%s, %s: no %q in\n%s", p.ID, lang, want, got)
				}
			}
			if strings.Contains(got, "letter.") || strings.Contains(got, "{") || strings.Contains(got, "\n\n\n") {
				t.Errorf("%s, %s: unfinished:\n%s", p.ID, lang, got)
			}
		}
	}
	blank := letter.Number{Platform: &catalog.Platform{Name: "Shop"}, Number: phone}.Write(texts.Printer("en"))
	if strings.Count(blank, "____") < 2 {
		t.Errorf("no line to fill in:\n%s", blank)
	}
}
