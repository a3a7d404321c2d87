package catalog

import (
	"strings"
	"testing"

	"unlisted/assets"
	"unlisted/checks/text"
)

// Where a thing is asked for by email, the person is told to write, to whom and
// what; an address is nothing to open, in no language.
func TestMailProceduresAreMails(t *testing.T) {
	all, err := text.Load(assets.Sub("text"))
	if err != nil {
		t.Fatal(err)
	}
	c := embedded(t)
	mails := 0
	for _, lang := range []string{"en", "fr"} {
		p := all.Printer(lang)
		open, write := p.T("guide.step.delete.do", "path", ""), map[string]string{"en": "email to ", "fr": "e-mail à "}[lang]
		verb, _, _ := strings.Cut(open, " ")
		for i := range c.Len() {
			platform := c.At(i)
			for _, s := range platform.Steps() {
				address := map[StepKind]string{StepDelete: platform.Delete.Email, StepDownload: platform.GetData.Email}[s.Kind]
				if address == "" {
					continue
				}
				mails++
				_, do, _ := s.Words(p, platform.Name)
				if !strings.Contains(do, write+address) || strings.Contains(do, verb+" "+address) || !strings.ContainsAny(do, "“«") {
					t.Errorf("%s, %s of %s: %s", lang, s.Kind, platform.ID, do)
				}
			}
		}
	}
	if mails < 1000 {
		t.Errorf("only %d mail procedures", mails)
	}
	with := &Platform{ID: "a.example", Name: "A", Delete: Link{URL: "https://a.example/bye"}}
	for _, s := range with.Steps() {
		if _, do, _ := s.Words(all.Printer("en"), "A"); s.Kind == StepDelete && strings.Contains(do, "email to") {
			t.Errorf("a page is told as a mail: %s", do)
		}
	}
}

// Every source of the set that ships has a name and says who speaks.
func TestSourcesHaveNames(t *testing.T) {
	all, err := text.Load(assets.Sub("text"))
	if err != nil {
		t.Fatal(err)
	}
	c := embedded(t)
	p := all.Printer("fr")
	for i := range c.Len() {
		platform := c.At(i)
		for _, s := range append(platform.ExitSources, platform.Sources...) {
			if w := s.Words(p); strings.ContainsAny(w, "[]") || strings.HasPrefix(w, " ") || strings.HasPrefix(w, "2fa ") {
				t.Fatalf("%s: %q", platform.ID, w)
			}
		}
	}
}
