package shell_test

import (
	"context"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/storage"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"

	"unlisted/assets"
	"unlisted/checks/breach"
	"unlisted/checks/breach/fake"
	"unlisted/checks/catalog"
	"unlisted/checks/evidence"
	"unlisted/checks/evidence/all"
	"unlisted/checks/identifier"
	"unlisted/checks/profile"
	"unlisted/checks/profile/keystore"
	"unlisted/checks/sample"
	"unlisted/checks/text"
	"unlisted/ui/shell"
)

// window is the whole window without a display, driven as a screen reader
// would: by the names of what is on it.
type window struct {
	testing.TB
	win    fyne.Window
	shell  *shell.Shell
	server *fake.Server
	opened []string
	posted chan func() // what jobs hand to the window's thread, which is the test's
}

// pump does what was posted.
func (w *window) pump() {
	for {
		select {
		case f := <-w.posted:
			f()
		default:
			return
		}
	}
}

func open(t *testing.T, lang string, p *profile.Profile) *window {
	t.Helper()
	return openWith(t, lang, p, func(*shell.Options) {})
}

func openWith(t testing.TB, lang string, p *profile.Profile, change func(*shell.Options)) *window {
	t.Helper()
	app := test.NewTempApp(t)
	w := &window{TB: t, win: app.NewWindow("Unlisted"), server: fake.New(nil, nil), posted: make(chan func(), 1000)}
	web := w.server.Start()
	t.Cleanup(web.Close)
	o := shell.Options{
		Context: t.Context(), Keys: &keystore.Memory{}, Lang: lang, Version: "test", Base: web.URL,
		Now: func() time.Time { return time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC) },
		System: shell.System{
			Variant: func() fyne.ThemeVariant { return theme.VariantLight }, SetTheme: app.Settings().SetTheme,
			Post:    func(f func()) { w.posted <- f },
			OpenURL: func(u *url.URL) error { w.opened = append(w.opened, u.String()); return nil },
		},
		Data: shell.Data{
			Importers: all.Importers(),
			MakeSample: func(ctx context.Context, now time.Time) (*profile.Profile, error) {
				return sample.Profile(ctx, assets.Sub("sample"), all.Importers(), now)
			},
		},
	}
	var err error
	check := func(e error) {
		if e != nil {
			t.Fatal(e)
		}
	}
	o.Texts, err = text.Load(assets.Sub("text"))
	check(err)
	o.Catalog, err = catalog.Load(assets.Sub("catalog"), assets.Sub("guides"), assets.Sub("facts"))
	check(err)
	o.Breaches, err = breach.LoadCatalogue(assets.Sub("breaches"))
	check(err)
	o.Credits, err = catalog.Credits(assets.Sub("licences"))
	check(err)
	change(&o)
	w.shell = shell.New(w.win, o)
	w.win.Resize(fyne.NewSize(1024, 700))
	t.Cleanup(func() { _ = w.shell.Close(); w.win.Close() })
	if p == nil {
		p, err = samplePerson()
		check(err)
		own := *p // states share what is in them, and never alter it
		p = &own
	}
	w.shell.Show(p)
	return w
}

// samplePerson is the invented person, read once.
var samplePerson = sync.OnceValues(func() (*profile.Profile, error) {
	return sample.Profile(context.Background(), assets.Sub("sample"), all.Importers(), time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC))
})

func empty() *profile.Profile { return &profile.Profile{Version: profile.Version} }

func (w *window) press(name string) {
	w.Helper()
	if !w.shell.Kit().Press(name) {
		w.Fatalf("nothing called %q can be pressed; there is %q", name, w.names())
	}
	w.pump()
}

func (w *window) typeInto(name, value string) {
	w.Helper()
	if !w.shell.Kit().Type(name, value) {
		w.Fatalf("nothing called %q can be typed into; there is %q", name, w.names())
	}
	w.pump()
}

func (w *window) says(s string) {
	w.Helper()
	if !w.shell.Kit().Contains(s) {
		w.Errorf("the window does not say %q but %q", s, w.names())
	}
}

func (w *window) names() (out []string) {
	for _, n := range w.shell.Kit().Nodes() {
		out = append(out, n.Name)
	}
	return out
}

// wait waits for a job to bring a text to the window.
func (w *window) wait(s string) {
	w.Helper()
	for range 500 {
		w.pump()
		if w.shell.Kit().Contains(s) {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	w.Fatalf("the window never says %q: %q", s, w.names())
}

// Every place of the sample person, with every page that opens from it, without
// consent: nothing goes out, and no page is empty or shows a bare key.
func TestSampleJourneySendsNothing(t *testing.T) {
	for _, lang := range []string{"en", "fr"} {
		w := open(t, lang, nil)
		for _, place := range []string{"overview", "you", "find", "check", "whatif", "fix", "report", "settings"} {
			w.shell.Go(place, "")
			w.looksRight(place)
			for _, n := range w.shell.Kit().Nodes() {
				if n.Role == "row" && n.Press != nil {
					n.Press()
					w.pump()
					w.looksRight(place + " › " + n.Name)
					w.shell.Go(place, "")
				}
			}
		}
		if got := w.server.Requests(); len(got) != 0 {
			t.Errorf("without consent it asked %q", got)
		}
		if len(w.opened) != 0 {
			t.Errorf("it opened %q by itself", w.opened)
		}
	}
}

// looksRight checks what any page must be: a heading, and words instead of
// text keys.
func (w *window) looksRight(where string) {
	w.Helper()
	headings := 0
	for _, n := range w.shell.Kit().Nodes() {
		if n.Role == "heading" {
			headings++
		}
		if n.Name == "" {
			w.Errorf("%s: a %s without a name", where, n.Role)
		}
		first, rest, dotted := strings.Cut(n.Name, ".")
		if n.Role != "row" && dotted && rest != "" && !strings.ContainsAny(n.Name, " /@:") && strings.Contains("you find check fix report settings plan guide exit outcome source format factor confidence error kit status", first) {
			w.Errorf("%s: the key %s instead of words", where, n.Name)
		}
		if strings.Contains(n.Name, "{") {
			w.Errorf("%s: a placeholder in %q", where, n.Name)
		}
	}
	if headings == 0 {
		w.Errorf("%s: no heading", where)
	}
}

// What changed at the person's platforms is told until it is read.
func TestNews(t *testing.T) {
	p, err := sample.Profile(t.Context(), assets.Sub("sample"), all.Importers(), time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC))
	if err != nil {
		t.Fatal(err)
	}
	p.Seen = map[string]profile.Seen{"x.com": {Exit: "forced"}}
	w := open(t, "en", p)
	w.shell.Go("fix", "")
	w.says("Since your last visit")
	w.says("X: the rating of whether the number can be taken out has changed.")
	w.press("Read")
	if w.shell.Kit().Contains("Since your last visit") {
		t.Error("still told after it was read")
	}
}

// The page about the number itself shows the country of the person's number and
// keeps its ticks.
func TestCarrier(t *testing.T) {
	w := open(t, "en", nil)
	w.shell.Go("fix", "")
	w.press("Protect the number itself")
	w.looksRight("carrier")
	w.says("3179")
	if w.shell.Kit().Contains("65075") {
		t.Error("the British code is shown to somebody with a French number")
	}
	const pin = "A code for your account with the phone company"
	w.press(pin)
	w.press("Done")
	if n := w.shell.Kit().Find("row", pin); n == nil || !strings.HasSuffix(n.Value(), "Done") {
		t.Error("the tick is not kept")
	}
}

// The catalogue can be searched, filtered, opened, and an account added from it.
func TestBrowse(t *testing.T) {
	w := open(t, "en", empty())
	w.shell.Go("find", "all")
	w.looksRight("all platforms")
	w.node("sms").Press()
	w.pump()
	if w.shell.Kit().Find("row", "GitHub") != nil {
		t.Error("GitHub is not SMS only")
	}
	w.node("all").Press()
	w.typeInto("Name or address", "discord")
	w.press("Discord")
	w.looksRight("Discord")
	w.node("guide").Press()
	w.pump()
	w.says("User Settings › My Account")
	w.press("I have an account there")
	w.shell.Go("find", "")
	if w.shell.Kit().Find("row", "Discord") == nil {
		t.Errorf("not added: %q", w.names())
	}
	w.shell.Go("find", "all")
	w.typeInto("Name or address", "no such platform at all")
	w.says("Nothing is known of “no such platform at all”")
}

// Adding identifiers: good ones are listed masked, bad ones explained, and undo
// takes back.
func TestYou(t *testing.T) {
	w := open(t, "en", empty())
	w.shell.Go("you", "")
	const field = "Email address or phone number"
	for _, bad := range []string{"", "pat@", "+33 1", "call me"} {
		w.typeInto(field, bad)
		w.press("Add")
		if v := w.shell.Kit().Find("entry", field).Value(); len(v) < 20 {
			t.Errorf("%q: says only %q", bad, v)
		}
	}
	w.typeInto(field, "pat@mail.example")
	w.press("Add")
	w.says("p•••@mail.example")
	w.typeInto(field, "+33 6 39 98 12 34")
	w.press("Add")
	w.says("+33 6 •• •• •• 34")
	for _, n := range w.names() {
		if strings.Contains(n, "pat@mail") {
			t.Errorf("not masked: %q", n)
		}
	}
	w.press("Undo")
	if w.shell.Kit().Contains("+33 6") {
		t.Error("undo did not take the number back")
	}
}

// A number that could not be placed is shown by its end where its account is and
// where own numbers are added, with what to do; a no takes the question back.
func TestUnplacedNumber(t *testing.T) {
	p := empty()
	p.Findings = []evidence.Finding{{
		Fact: evidence.FactHoldsPhone, Site: "facebook.com", Identifier: identifier.Identifier{Kind: identifier.KindUnplaced, Value: "0639981256"},
		Purpose: evidence.PurposeProfile, Confidence: evidence.Confirmed, Format: "facebook-archive", Source: "facebook", Count: 1,
	}}
	w := open(t, "en", p)
	w.shell.Go("find", "facebook.com")
	w.pump()
	w.says("a number whose country is not known: it ends in 56")
	w.shell.Go("you", "")
	w.pump()
	w.says("a number whose country is not known: it ends in 56")
	w.says("Is it one of yours?")
	for _, n := range w.names() {
		if strings.Contains(n, "99812") {
			t.Errorf("not masked: %q", n)
		}
	}
	w.press("a number whose country is not known: it ends in 56 is not mine")
	if w.shell.Kit().Contains("Is it one of yours?") {
		t.Error("asked again after a no")
	}
}

// Files dropped anywhere are read, reviewed and kept only after a yes; a file
// nothing can read is told.
func TestDrop(t *testing.T) {
	w := open(t, "en", empty())
	dir := t.TempDir()
	good, bad := filepath.Join(dir, "x.csv"), filepath.Join(dir, "bad.json")
	write(t, good, "name,url,username,password\nX,https://x.com,pat@mail.example,s\n")
	write(t, bad, `{"encrypted":true,"encKeyValidation_DO_NOT_EDIT":"x"}`)
	w.drop(good, bad)
	w.wait("Keep what was found")
	w.says("bad.json")
	w.press("Discard")
	w.shell.Go("find", "")
	if w.shell.Kit().Find("row", "X") != nil {
		t.Fatal("kept in spite of Discard")
	}
	w.drop(good)
	w.wait("Keep what was found")
	w.press("Keep what was found")
	if w.shell.Kit().Find("row", "X") == nil {
		t.Errorf("not kept: %q", w.names())
	}
}

func (w *window) drop(paths ...string) {
	uris := make([]fyne.URI, len(paths))
	for i, p := range paths {
		uris[i] = storage.NewFileURI(p)
	}
	w.shell.Drop(uris)
}

func write(t *testing.T, path, content string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
}

// A source that fails is told as such, never as nothing found.
func TestSourceDown(t *testing.T) {
	w := open(t, "en", nil)
	w.server.Fail(fake.Down)
	w.shell.Go("check", "ask")
	pressed := false
	for _, n := range w.shell.Kit().Nodes() {
		if n.Role == "check" && strings.Contains(n.Name, "XposedOrNot") {
			n.Press()
			pressed = true
		}
	}
	if !pressed {
		t.Fatalf("no box for the source: %q", w.names())
	}
	w.press("Ask the ticked sources now")
	w.wait("Could not ask")
	for _, n := range w.names() {
		if strings.Contains(strings.ToLower(n), "nothing found") {
			t.Errorf("a false all-clear: %q", n)
		}
	}
	if len(w.server.Requests()) == 0 {
		t.Error("nothing was asked")
	}
}

// The language changes at once, everywhere.
func TestLanguage(t *testing.T) {
	w := open(t, "", nil)
	w.shell.Go("settings", "")
	w.typeInto("Language", "Français")
	w.says("Langue")
	w.shell.Go("fix", "")
	w.says("Que faire, dans quel ordre")
}
