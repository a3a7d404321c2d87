package catalog

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"unlisted/assets"
	"unlisted/checks/text"
)

// The comparison that ships: everybody is in it, nobody first, and what nobody
// read is not passed off as known.
func TestAuthenticators(t *testing.T) {
	all, err := loadAuthenticators(assets.Sub("facts"))
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, a := range all.List {
		names = append(names, a.Name)
		for _, fact := range AuthenticatorFacts() {
			f := a.Facts[fact]
			for _, s := range f.Sources {
				if (s.Confidence == "unverified") != s.Checked.IsZero() || s.Checked.After(all.Reviewed) || s.Title == "" {
					t.Errorf("%s: %s: %+v: a page that was read has its day and title, one that was not has no day", a.ID, fact, s)
				}
			}
		}
	}
	want := []string{
		"2FAS Auth", "Aegis Authenticator", "Apple Passwords", "Bitwarden Authenticator", "Ente Auth", "Google Authenticator", "Hardware security key",
		"KeePassXC", "Microsoft Authenticator", "Passkey",
	}
	if !slices.Equal(names, want) {
		t.Errorf("got %q, want %q", names, want)
	}
	// What people have lost everything over.
	for id, want := range map[string]string{"microsoft-authenticator": "no", "google-authenticator": "yes", "hardware-key": "no", "passkey": "partly"} {
		i := slices.IndexFunc(all.List, func(a Authenticator) bool { return a.ID == id })
		if i < 0 || !slices.Equal(all.List[i].Facts["export"].Values, []string{want}) {
			t.Errorf("%s: export is not %q", id, want)
		}
	}
}

// Each fact and value has its word in every language.
func TestAuthenticatorWords(t *testing.T) {
	texts, err := text.Load(assets.Sub("text"))
	if err != nil {
		t.Fatal(err)
	}
	for _, lang := range texts.Languages() {
		p := texts.Printer(lang)
		for _, fact := range AuthenticatorFacts() {
			if key := "authenticators.fact." + fact; !p.Has(key) {
				t.Errorf("%s: no text for %s", lang, key)
			}
			for _, v := range AuthenticatorValues(fact) {
				if key := "authenticators." + fact + "." + v; !p.Has(key) {
					t.Errorf("%s: no text for %s", lang, key)
				}
			}
		}
	}
}

// One mistake and the error says where.
func TestAuthenticatorMistakes(t *testing.T) {
	const source = `"sources":[{"url":"https://a.example","title":"A","checked":"2026-01-02","confidence":"official"}]`
	good := `{
"id":"a",
"name":"Alpha",
"note":{"en":"N","fr":"N"},
"facts":{
"systems":{"values":["ios","android"],` + source + `},
"backup":{"values":["file"],"how":{"en":"H","fr":"H"},` + source + `},
"account":{"values":["no"],` + source + `},
"export":{"values":["yes"],"how":{"en":"X","fr":"X"},` + source + `},
"open-source":{"values":["yes"],"licence":"MIT",` + source + `}}}`
	load := func(records ...string) (Authenticators, error) {
		file := `{"reviewed":"2026-01-02","authenticators":[` + strings.Join(records, ",") + `]}`
		return loadAuthenticators(fstest.MapFS{"authenticators.json": {Data: []byte(file)}})
	}
	all, err := load(strings.NewReplacer(`"a"`, `"b"`, "Alpha", "beta").Replace(good), good)
	if err != nil {
		t.Fatal(err)
	}
	a := all.List[0]
	if a.Name != "Alpha" || !slices.Equal(a.Facts["systems"].Values, []string{"android", "ios"}) || a.Facts["open-source"].Licence != "MIT" ||
		a.Facts["backup"].Confidence != "official" || !all.Reviewed.Equal(time.Date(2026, 1, 2, 0, 0, 0, 0, time.UTC)) {
		t.Errorf("%+v", all)
	}
	for _, m := range []struct {
		old, bad string
		line     int
	}{
		{`"id":"a"`, `"id":""`, 2},
		{`"Alpha"`, `""`, 2},
		{`"fr":"N"`, `"fr":""`, 2},
		{`["ios","android"]`, `["ios","palm"]`, 6},
		{`["ios","android"]`, `["ios","ios"]`, 6},
		{`["ios","android"]`, `[]`, 6},
		{`["file"]`, `["file","none"]`, 7},
		{`"fr":"H"`, `"fr":""`, 7},
		{`"how":{"en":"H","fr":"H"},`, ``, 7},
		{`["no"]`, `["no","yes"]`, 8},
		{`["no"]`, `["optional"]`, 8},
		{`["no"],`, `["no"],"licence":"MIT",`, 8},
		{`["yes"],"licence"`, `["no"],"licence"`, 10},
		{`"open-source"`, `"colour"`, 2},
		{`"systems":{`, `"colour":{"values":["red"]},"systems":{`, 6},
	} {
		_, err := load(strings.Replace(good, m.old, m.bad, 1))
		if err == nil || !strings.HasPrefix(err.Error(), fmt.Sprintf("authenticators.json: line %d: ", m.line)) {
			t.Errorf("%s: %v", m.bad, err)
		}
	}
	for old, bad := range map[string]string{`https://a`: `http://a`, `"official"`: `"rumour"`, `"checked":"2026-01-02"`: `"checked":"soon"`, `"note"`: `"nota"`} {
		if _, err := load(strings.Replace(good, old, bad, 1)); err == nil {
			t.Errorf("%s: no error", bad)
		}
	}
	if _, err := load(good, good); err == nil {
		t.Error("the same one twice")
	}
	if all, err := loadAuthenticators(fstest.MapFS{}); err != nil || all.List != nil {
		t.Errorf("lists from before: %+v, %v", all, err)
	}
	if _, err := loadAuthenticators(fstest.MapFS{"authenticators.json": {Data: []byte(`{}`)}}); err == nil {
		t.Error("no day of the review")
	}
}

// What is written of one language is written of the other, with French spacing.
func TestAuthenticatorNotes(t *testing.T) {
	raw, err := fs.ReadFile(assets.Sub("facts"), "authenticators.json")
	if err != nil {
		t.Fatal(err)
	}
	var walk func(path string, v any)
	walk = func(path string, v any) {
		switch v := v.(type) {
		case map[string]any:
			for k, x := range v {
				walk(path+"."+k, x)
			}
		case []any:
			for _, x := range v {
				walk(path, x)
			}
		case string:
			if strings.HasSuffix(path, ".fr") && (strings.ContainsAny(v, `'"`) || strings.Contains(v, " :") || strings.Contains(v, " ;")) {
				t.Errorf("%s: %q", path, v)
			}
		}
	}
	var all any
	if err := json.Unmarshal(raw, &all); err != nil {
		t.Fatal(err)
	}
	walk("", all)
}
