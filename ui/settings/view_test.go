package settings

import (
	"strings"
	"testing"
	"time"

	"unlisted/assets"
	"unlisted/checks/breach"
	"unlisted/checks/catalog"
	"unlisted/checks/identifier"
	"unlisted/checks/outbound"
	"unlisted/checks/profile"
	"unlisted/checks/text"
)

var mail = identifier.Identifier{Kind: identifier.KindEmail, Value: "pat@mail.example"}

func printer(t *testing.T) *text.Printer {
	t.Helper()
	c, err := text.Load(assets.Sub("text"))
	if err != nil {
		t.Fatal(err)
	}
	return c.Printer("en")
}

func of(p *profile.Profile) data {
	return data{profile: p, languages: []string{"en", "fr"}, keep: kept{where: "/home/pat/unlisted.age"}, catalog: &catalog.Catalog{}, breaches: &breach.Catalogue{}, version: "1.0"}
}

// find is a section of the index.
func (v view) find(t *testing.T, id string) section {
	t.Helper()
	for _, s := range v.sections {
		if s.id == id {
			return s
		}
	}
	t.Fatalf("no section %s", id)
	return section{}
}

// The index says of each section how it stands, and what of it needs a look.
func TestIndex(t *testing.T) {
	p := &profile.Profile{}
	v := makeView(of(p), state{}, "", printer(t))
	for id, want := range map[string]string{
		"look": "Same as the system · Same as the system · 100 %", "profile": "Encrypted file", "network": "Same as the system",
		"sources": "No permission is remembered", "ledger": "Nothing has left this computer", "about": "1.0",
	} {
		if s := v.find(t, id); s.detail != want || s.alarm != "" {
			t.Errorf("%s: %+v", id, s)
		}
	}
	p.Settings = profile.Settings{Language: "fr", Theme: "dark", TextPct: 150, Offline: true, ProxyMode: profile.ProxyTor}
	p.Consents = map[string]bool{breach.Question{Source: "leakcheck", Identifier: mail}.Consent(): true, "watch": true}
	d := of(p)
	d.keep.passphrase, d.damaged = true, 2
	v = makeView(d, state{taken: true}, "", printer(t))
	for id, want := range map[string]section{
		"look": {detail: "Français · Dark · 150 %"}, "profile": {detail: "Encrypted file · with a passphrase"},
		"network": {detail: "Through Tor", alarm: "Forbidden"}, "sources": {detail: "1 permission is remembered"},
		"ledger": {detail: "It is not known what left", alarm: "Damaged"}, "data": {detail: "Newer data saved"},
	} {
		if s := v.find(t, id); s.detail != want.detail || s.alarm != want.alarm {
			t.Errorf("%s: %+v", id, s)
		}
	}
	d.keep.where = ""
	if v = makeView(d, state{}, "", printer(t)); !v.temporal || v.find(t, "profile").detail != "Nothing is kept" {
		t.Errorf("temporary: %+v", v.find(t, "profile"))
	}
}

// An address names a section; one that is none leads to the first.
func TestSection(t *testing.T) {
	for arg, want := range map[string]string{"": "look", "ledger": "ledger", "about": "about", "nowhere": "look"} {
		v := makeView(of(&profile.Profile{}), state{}, arg, printer(t))
		if got := v.sections[v.chosen].id; got != want {
			t.Errorf("%q leads to %s", arg, got)
		}
	}
}

// Each setting offers what it may be, with what it is chosen; a proxy is shown as
// chosen while it is being set up.
func TestChoices(t *testing.T) {
	p := &profile.Profile{Settings: profile.Settings{Language: "fr", AutoLock: 15}}
	v := makeView(of(p), state{out: profile.ProxyOwn}, "", printer(t))
	for name, c := range map[string]struct {
		choice
		word string
		n    int
	}{
		"language": {v.language, "Français", 3}, "theme": {v.theme, "Same as the system", 4}, "text": {v.text, "100 %", 5},
		"lock": {v.autoLock, "After 15 minutes without use", 5}, "ways": {v.ways, "Through a proxy", 3},
	} {
		if c.choice.word() != c.word || len(c.options) != c.n {
			t.Errorf("%s: %q of %+v", name, c.choice.word(), c.options)
		}
	}
}

// The list of what left shows the latest first, of one purpose if wanted, and
// never claims that nothing left where it cannot be read.
func TestLedger(t *testing.T) {
	at := time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)
	p := &profile.Profile{}
	p.Ledger = []outbound.Entry{
		{Time: at, Purpose: "leakcheck", Host: "leakcheck.io", Subject: "p•••@mail.example", Result: outbound.ResultAnswered},
		{Time: at.Add(time.Minute), Purpose: "hibp-latest", Host: "haveibeenpwned.com", Result: outbound.ResultRefused},
	}
	d := of(p)
	v := makeView(d, state{}, "", printer(t)).ledger
	if v.count != "2 requests so far." || len(v.rows) != 2 || !strings.HasPrefix(v.rows[0].title, "haveibeenpwned.com") || !v.refused[0] || v.refused[1] || v.damaged != "" {
		t.Errorf("%+v", v)
	}
	if len(v.purpose.options) != 3 || v.purpose.word() != "All sources" || v.purpose.options[2].word != "LeakCheck" {
		t.Errorf("%+v", v.purpose)
	}
	v = makeView(d, state{only: "leakcheck"}, "", printer(t)).ledger
	if len(v.rows) != 1 || !strings.Contains(v.rows[0].detail, "p•••@mail.example") || v.purpose.word() != "LeakCheck" {
		t.Errorf("%+v", v)
	}
	d.damaged = 1
	if v = makeView(d, state{}, "", printer(t)).ledger; !strings.Contains(v.damaged, "damaged in 1 place") || v.count != "2 requests so far." {
		t.Errorf("%+v", v)
	}
	p.Ledger = nil
	if v = makeView(d, state{}, "", printer(t)).ledger; strings.Contains(v.count, "Nothing has left") {
		t.Errorf("nothing left, says a list that cannot be read: %+v", v)
	}
}

// Every standing yes to a source stands there masked, and keys are named without
// being shown.
func TestConsents(t *testing.T) {
	p := &profile.Profile{Consents: map[string]bool{
		breach.Question{Source: "leakcheck", Identifier: mail}.Consent():   true,
		breach.Question{Source: "hudsonrock", Identifier: mail}.Consent():  true,
		breach.Question{Source: "xposedornot", Identifier: mail}.Consent(): false,
		"watch": true,
	}}
	d := of(p)
	d.keys = []key{{"hibp", true}}
	v := makeView(d, state{}, "", printer(t))
	if len(v.consents) != 2 || v.consents[0].title != "Hudson Rock" || v.consents[1].detail != "p•••@mail.example" {
		t.Errorf("%+v", v.consents)
	}
	if len(v.keys) != 1 || v.keys[0] != (row{title: "Have I Been Pwned", state: "Kept"}) {
		t.Errorf("%+v", v.keys)
	}
}
