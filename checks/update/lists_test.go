package update_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"unlisted/assets"
	"unlisted/checks/catalog"
	"unlisted/checks/outbound"
	"unlisted/checks/update"
)

var now = time.Date(2027, 3, 1, 12, 0, 0, 0, time.UTC)

// embedded is what ships; nothing alters it.
func embedded(t *testing.T) update.Data {
	t.Helper()
	d, err := shipped()
	if err != nil {
		t.Fatal(err)
	}
	return d
}

var shipped = sync.OnceValues(func() (update.Data, error) { return update.Load("", nil, assets.Sub) })

func loaded(t *testing.T, folder string) update.Data {
	t.Helper()
	d, err := update.Load(folder, nil, assets.Sub)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// twoFA is a list of version 3 with every platform that is known to be on it,
// and what a test adds.
func twoFA(d update.Data, more ...string) string {
	var list []string
	for i := range d.Catalog.Len() {
		p := d.Catalog.At(i)
		for _, s := range p.Sources {
			if s.Title == "2fa" {
				list = append(list, fmt.Sprintf(`[%q,{"domain":%q,"tfa":["totp"],"keywords":["x"]}]`, p.ID, p.ID))
				break
			}
		}
	}
	return "[" + strings.Join(append(list, more...), ",") + "]"
}

func breaches(d update.Data, newest string) string {
	var list []string
	for i := range d.Breaches.Len() {
		list = append(list, fmt.Sprintf(`{"Name":"B%d","Title":"B","Domain":"b%d.example","BreachDate":"2020-01-01","AddedDate":"2020-01-02T00:00:00Z","PwnCount":5000000000,"DataClasses":["Phone numbers"],"IsVerified":true}`, i, i))
	}
	list = append(list, fmt.Sprintf(`{"Name":"New","Title":"New","Domain":"x.com","BreachDate":"2026-12-01","AddedDate":"%sT00:00:00Z","PwnCount":1,"DataClasses":["Passwords"],"IsVerified":true}`, newest))
	return "[" + strings.Join(list, ",") + "]"
}

func take(t *testing.T, folder, content string) (update.Taken, error) {
	t.Helper()
	return update.TakeFile(file(t, []byte(content)), folder, embedded(t), now)
}

// A public list brought as a file is used from the next load on; its bad
// records are named and the others taken.
func TestTakeLists(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "new")
	d := embedded(t)
	got, err := take(t, folder, twoFA(d,
		`["Brand New",{"domain":"brand-new-shop.com","tfa":["sms","u2f"],"documentation":"https://brand-new-shop.com/2fa"}]`,
		`["No domain",{"tfa":["sms"]}]`, `["Odd",{"domain":"odd.com","tfa":["carrier-pigeon"]}]`, `["Types",{"domain":5,"tfa":"sms"}]`, `"text"`, `["Host",{"domain":"../etc","tfa":[]}]`,
		`["Plain page",{"domain":"plain-page.com","tfa":["totp"],"documentation":"http://plain-page.com"}]`))
	if err != nil || len(got.Skipped) != 5 || got.Skipped[0].Record != "No domain" {
		t.Fatalf("%+v, %v", got.Skipped, err)
	}
	after := loaded(t, folder)
	if after.Catalog.Len() != d.Catalog.Len()+2 {
		t.Errorf("%d platforms, were %d", after.Catalog.Len(), d.Catalog.Len())
	}
	p, ok := after.Catalog.ByID("brand-new-shop.com")
	if !ok || !slices.Equal(p.Methods, []string{"sms", "u2f"}) || p.TwoFactorDoc != "https://brand-new-shop.com/2fa" || p.Sources[0].Checked.Year() != 2027 {
		t.Errorf("%+v", p)
	}
	if hits := after.Catalog.Search("brand new", 1); len(hits) != 1 || hits[0].ID != p.ID {
		t.Errorf("cannot be found: %v", hits)
	}
	if p, _ := after.Catalog.ByID("plain-page.com"); p.TwoFactorDoc != "" {
		t.Errorf("an unprotected page is linked: %s", p.TwoFactorDoc)
	}
	before, _ := d.Catalog.ByID("x.com")
	if x, _ := after.Catalog.ByID("x.com"); !slices.Equal(x.Methods, before.Methods) || x.Exit != before.Exit || x.Guide == nil {
		t.Error("the list overrides a sourced fact sheet")
	}

	if _, err := take(t, folder, breaches(d, "2026-12-24")); err != nil {
		t.Fatal(err)
	}
	if after := loaded(t, folder); after.Breaches.Newest().Format(time.DateOnly) != "2026-12-24" {
		t.Errorf("breaches up to %s", after.Breaches.Newest())
	}

	var keys []string
	for i := range d.Catalog.Len() {
		if len(keys) < 400 {
			keys = append(keys, fmt.Sprintf(`%q:{"passwordless":"allowed"}`, d.Catalog.At(i).ID))
		}
	}
	if got, err := take(t, folder, "{"+strings.Join(keys, ",")+"}"); err != nil || got.List.ID != "list-passkeys" {
		t.Fatalf("%+v, %v", got.List, err)
	}
	first, _ := loaded(t, folder).Catalog.ByID(d.Catalog.At(0).ID)
	if first.Passkey.Passwordless != "allowed" || !slices.Contains(first.Methods, "passkey") {
		t.Errorf("%+v", first)
	}
}

// A list that nobody signed adds facts. It takes no method away and puts no page
// of its own where instructions are shown; what it would have changed is named.
func TestUnsignedListsOnlyAdd(t *testing.T) {
	d := embedded(t)
	var victim *catalog.Platform
	for i := range d.Catalog.Len() {
		p := d.Catalog.At(i)
		if p.Guide == nil && p.MethodsKnown && slices.Contains(p.Methods, "totp") && p.TwoFactorDoc != "" && p.RecoveryDoc == "" {
			victim = p
			break
		}
	}
	methods, page := slices.Clone(victim.Methods), victim.TwoFactorDoc
	folder := t.TempDir()
	evil := fmt.Sprintf(`["Changed",{"domain":%q,"tfa":["sms"],"documentation":"https://phish.example/login","recovery":"https://%s.phish.example/codes"}]`, victim.ID, victim.ID)
	fresh := `["New",{"domain":"brand-new-shop.com","tfa":["totp"],"documentation":"https://phish.example/setup","recovery":"https://help.brand-new-shop.com/codes"}]`
	got, err := take(t, folder, twoFA(d, evil, fresh))
	if err != nil {
		t.Fatal(err)
	}
	at := func(id string) *catalog.Withheld {
		for i := len(got.Withheld) - 1; i >= 0; i-- {
			if got.Withheld[i].Platform == id {
				return &got.Withheld[i]
			}
		}
		t.Fatalf("%s is not named in %+v", id, got.Withheld)
		return nil
	}
	if w := at(victim.ID); !slices.Contains(w.Methods, "totp") || len(w.Links) != 2 {
		t.Errorf("withheld %+v", w)
	}
	if w := at("brand-new-shop.com"); !slices.Equal(w.Links, []string{"https://phish.example/setup"}) {
		t.Errorf("withheld %+v", w)
	}
	c := loaded(t, folder).Catalog
	p, _ := c.ByID(victim.ID)
	for _, m := range methods {
		if !slices.Contains(p.Methods, m) {
			t.Errorf("%s lost %s: %v", p.ID, m, p.Methods)
		}
	}
	if p.TwoFactorDoc != page || p.RecoveryDoc != "" || !slices.Contains(p.Methods, "sms") {
		t.Errorf("%+v", p)
	}
	if p, _ := c.ByID("brand-new-shop.com"); p.TwoFactorDoc != "" || p.RecoveryDoc != "https://help.brand-new-shop.com/codes" {
		t.Errorf("%+v", p)
	}
}

// Whatever is wrong with a list as a whole, it changes nothing.
func TestListsRefused(t *testing.T) {
	d := embedded(t)
	good := twoFA(d)
	day := d.Breaches.Newest().Format(time.DateOnly)
	for name, c := range map[string]struct {
		content string
		want    error
	}{
		"cut off":        {good[:len(good)/2], update.ErrUnknown},
		"far too short":  {`[["A",{"domain":"a-shop.com","tfa":["sms"]}]]`, update.ErrShrunk},
		"empty":          {``, update.ErrUnknown},
		"empty list":     {`[]`, update.ErrUnknown},
		"a page":         {`<html>`, update.ErrUnknown},
		"something else": {`{"a":1}`, update.ErrUnknown},
		"deep":           {strings.Repeat("[", 100000), update.ErrUnknown},
		"no object":      {`null`, update.ErrUnknown},
		"empty object":   {`{}`, update.ErrUnknown},
		"same breaches":  {breaches(d, day), update.ErrOlder},
		"later that day": {strings.ReplaceAll(breaches(d, day), day+"T00:00", day+"T23:59"), update.ErrOlder},
		"few breaches":   {breaches(update.Data{Breaches: d.Breaches}, "2026-12-24")[:0] + `[{"Name":"A","BreachDate":"2026-12-01","AddedDate":"2026-12-24T00:00:00Z"}]`, update.ErrShrunk},
	} {
		folder := t.TempDir()
		if _, err := take(t, folder, c.content); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
		if left, _ := os.ReadDir(folder); len(left) != 0 {
			t.Errorf("%s left %v", name, left)
		}
	}
}

// A stored list that goes bad is passed over.
func TestListDamagedLater(t *testing.T) {
	folder := t.TempDir()
	for _, l := range update.Lists() {
		if err := os.WriteFile(filepath.Join(folder, l.ID+".unlisted"), []byte(`{"records":[{`), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if d, want := loaded(t, folder), embedded(t); d.Catalog.Len() != want.Catalog.Len() || d.Breaches.Len() != want.Breaches.Len() {
		t.Error("a damaged list counts")
	}
}

// Fetching asks exactly the three hosts, once each, with the person's yes and
// nothing about the person; one that fails leaves the others.
func TestFetch(t *testing.T) {
	d := embedded(t)
	var asked []string
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked = append(asked, r.Method+" "+r.URL.String())
		w.Header().Set("Content-Type", "application/json")
		switch {
		case strings.Contains(r.URL.Path, "passkeys"):
			w.WriteHeader(http.StatusServiceUnavailable)
		case strings.Contains(r.URL.Path, "breaches"):
			_, _ = w.Write([]byte(breaches(d, "2026-12-24")))
		default:
			_, _ = w.Write([]byte(twoFA(d)))
		}
	}))
	defer server.Close()
	var ledger outbound.Memory
	client, err := outbound.New(outbound.Config{
		Base: server.URL, Now: func() time.Time { return now }, Ledger: &ledger,
	})
	if err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	fetch := func(yes outbound.Consent) ([]update.Taken, error) {
		return update.Fetch(t.Context(), client, yes, folder, d, func() time.Time { return now }, func(int, int) {})
	}
	if taken, err := fetch(outbound.Consent{}); len(taken) != 0 || err == nil || len(asked) != 0 {
		t.Fatalf("without a yes: %v, %v, %q", taken, err, asked)
	}
	refused := len(ledger.Entries())
	taken, err := fetch(outbound.Yes(update.Purposes()...))
	if len(taken) != 2 || !errors.Is(err, update.ErrFetch) {
		t.Errorf("%v, %v", taken, err)
	}
	want := []string{"GET /api.2fa.directory/v3/all.json", "GET /passkeys-api.2fa.directory/v1/all.json", "GET /haveibeenpwned.com/api/v3/breaches"}
	if !slices.Equal(asked, want) || len(ledger.Entries())-refused != 3 {
		t.Errorf("asked %q, ledger %d", asked, len(ledger.Entries())-refused)
	}
}

func FuzzTake(f *testing.F) {
	for _, s := range []string{`[["A",{"domain":"a.com","tfa":["sms"]}]]`, `{"a.com":{"passwordless":"allowed"}}`, `{"a.com":{"methods":[]}}`, `[{"BreachDate":"2020-01-01","Name":"A"}]`, `[[]]`, `[[1,2]]`} {
		f.Add(s)
	}
	d, err := update.Load("", nil, assets.Sub)
	if err != nil {
		f.Fatal(err)
	}
	folder := f.TempDir()
	name := filepath.Join(folder, "in")
	f.Fuzz(func(t *testing.T, s string) {
		if err := os.WriteFile(name, []byte(s), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := update.TakeFile(name, folder, d, now); err == nil && !json.Valid([]byte(strings.TrimPrefix(s, "\xef\xbb\xbf"))) {
			t.Error("what is no JSON was taken")
		}
	})
}
