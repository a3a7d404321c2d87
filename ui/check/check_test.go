package check_test

import (
	"context"
	"crypto/sha1"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"

	"unlisted/assets"
	"unlisted/checks/account"
	"unlisted/checks/breach"
	"unlisted/checks/breach/fake"
	"unlisted/checks/breach/pwned"
	"unlisted/checks/catalog"
	"unlisted/checks/evidence"
	"unlisted/checks/evidence/all"
	"unlisted/checks/job"
	"unlisted/checks/outbound"
	"unlisted/checks/overview"
	"unlisted/checks/profile"
	"unlisted/checks/session"
	"unlisted/checks/text"
	"unlisted/ui/check"
	"unlisted/ui/kit"
)

// window is the page alone, in a window that picks files without a dialog and
// does work at once.
type window struct {
	testing.TB
	kit      *kit.Kit
	page     *check.Page
	session  *session.Session
	catalog  *catalog.Catalog
	breaches *breach.Catalogue
	client   *outbound.Client
	newer    *breach.Catalogue
	picks    []string // what the next file dialogs choose
	told     error
	notice   string
	server   *fake.Server
	arg      string // what of the page is in sight
}

func (w *window) Profile() *profile.Profile { return w.session.Snapshot() }
func (w *window) Overview() overview.Overview {
	return overview.Of(w.session.Snapshot(), w.catalog, w.breaches)
}
func (w *window) Catalog() *catalog.Catalog      { return w.catalog }
func (w *window) Breaches() *breach.Catalogue    { return w.breaches }
func (w *window) Importers() []evidence.Importer { return all.Importers() }
func (w *window) Sources() []breach.Source       { return nil }
func (w *window) Scheduler(list []breach.Source) breach.Scheduler {
	return breach.NewScheduler(w.client, list, overview.Own(w.Profile()))
}

func (w *window) Passwords() *pwned.Source                         { return pwned.New(w.client, time.Now) }
func (w *window) Key(string) string                                { return "" }
func (w *window) SetKey(string, string, func(error))               {}
func (w *window) Newer(context.Context) (*breach.Catalogue, error) { return w.newer, nil }
func (w *window) UseBreaches(c *breach.Catalogue)                  { w.breaches = c }
func (w *window) Text() *text.Printer                              { return w.kit.Text }
func (w *window) Now() time.Time                                   { return time.Now() }
func (w *window) Apply(c session.Change) bool {
	defer w.Redraw()
	return w.session.Apply(c) == nil
}

func (w *window) Go(_, arg string) {
	w.arg = arg
	w.Redraw()
}
func (w *window) Redraw()        { w.page.Build(w.kit.Begin("page", nil), w.arg) }
func (w *window) Tell(err error) { w.told = err }
func (w *window) Open(string)    {}
func (w *window) Run(_ string, work kit.Work, end func(error)) {
	end(work(w.Context(), func(job.Progress) {}))
}

func (w *window) Choose(_ bool, picked func(string)) {
	pick := w.picks[0]
	w.picks = w.picks[1:]
	picked(pick)
}
func (w *window) Notify(title, text string) { w.notice = title + " " + text }

func open(t testing.TB, p *profile.Profile) *window {
	t.Helper()
	test.NewTempApp(t)
	w := &window{TB: t, server: fake.New(nil, map[string]int64{"hunter2": 17})}
	web := w.server.Start()
	t.Cleanup(web.Close)
	texts, err := text.Load(assets.Sub("text"))
	if err != nil {
		t.Fatal(err)
	}
	if w.catalog, err = catalog.Load(assets.Sub("catalog"), assets.Sub("guides"), assets.Sub("facts")); err != nil {
		t.Fatal(err)
	}
	if w.breaches, err = breach.LoadCatalogue(assets.Sub("breaches")); err != nil {
		t.Fatal(err)
	}
	w.session = session.New(p, nil, time.Now)
	if w.client, _, err = w.session.NewClient(outbound.Config{Base: web.URL, UserAgent: "Unlisted/test", Now: time.Now}); err != nil {
		t.Fatal(err)
	}
	w.kit = kit.New(texts.Printer("en"), kit.Look{}, theme.VariantLight)
	w.page = check.New(w)
	w.Redraw()
	return w
}

func (w *window) press(name string) {
	w.Helper()
	if !w.kit.Press(name) {
		w.Fatalf("nothing called %q can be pressed", name)
	}
}

func (w *window) says(s string) {
	w.Helper()
	if !w.kit.Contains(s) {
		var names []string
		for _, n := range w.kit.Nodes() {
			names = append(names, n.Name)
		}
		w.Errorf("the place does not say %q but %q", s, names)
	}
}

func write(t *testing.T, name, content string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(file, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

func corpus(t *testing.T, change func(string) string) string {
	t.Helper()
	lines := []string{fmt.Sprintf("%040X:17", sha1.Sum([]byte("hunter2")))}
	for i := range 2000 {
		lines = append(lines, fmt.Sprintf("%040X:1", sha1.Sum(fmt.Append(nil, i))))
	}
	slices.Sort(lines)
	return write(t, "pwned.txt", change(strings.Join(lines, "\n")))
}

const export = "name,url,username,password\nShop,https://shop.example,pat,hunter2\nForum,https://forum.example,pat,hunter2\nBank,https://bank.example,pat,Sunny-Day-7\n"

// Passwords are compared with a copy on this computer without a request, and
// online only after the file was chosen under the sentence that names the host;
// either way none is shown.
func TestPasswords(t *testing.T) {
	file := write(t, "x.csv", export)
	w := open(t, &profile.Profile{})
	w.picks = []string{corpus(t, strings.Clone), file}
	w.Go("check", "passwords")
	w.press("Choose its file")
	w.says("The copy: pwned.txt")
	w.press("Choose the export and compare here")
	w.says("2 of 3 logins use a leaked password")
	w.says("2 different passwords were compared; none was kept.")
	w.says("shop.example")
	w.says("forum.example")
	if got := w.server.Requests(); len(got) != 0 {
		t.Errorf("asked %q", got)
	}
	w.picks = []string{file}
	w.press("Choose the export and ask")
	w.says("2 of 3 logins use a leaked password")
	if got := w.server.Requests(); len(got) != 2 {
		t.Errorf("asked %q", got)
	}
	for _, n := range w.kit.Nodes() {
		if strings.Contains(n.Name, "hunter2") || strings.Contains(n.Name, "Sunny") {
			t.Errorf("shown: %q", n.Name)
		}
	}
}

// A copy that is damaged or none, and an export without passwords, are told as
// such; nothing is told as not leaked.
func TestPasswordTrouble(t *testing.T) {
	for name, c := range map[string]struct{ copy, export, says string }{
		"no copy":      {write(t, "a.txt", "hello"), export, "error.pwned.format"},
		"damaged":      {corpus(t, func(s string) string { return strings.ReplaceAll(s, ":1\n", ";1\n") }), export, "error.pwned."},
		"no passwords": {corpus(t, strings.Clone), "name,url,username,password\nShop,https://shop.example,pat,\n", "error.check.no_passwords"},
	} {
		w := open(t, &profile.Profile{})
		w.picks = []string{c.copy, write(t, "x.csv", c.export)}
		w.Go("check", "passwords")
		w.press("Choose its file")
		w.press("Choose the export and compare here")
		explained, ok := w.told.(interface {
			Explain() (string, map[string]any)
		})
		if !ok {
			t.Errorf("%s: told %v", name, w.told)
			continue
		}
		if key, _ := explained.Explain(); !strings.HasPrefix(key, c.says) {
			t.Errorf("%s: told %s", name, key)
		}
		if w.kit.Contains("0 of 3 logins use") && !w.kit.Contains("could not be checked") {
			t.Errorf("%s: told as not leaked", name)
		}
	}
}

// Switching on takes what is known now as read; a newer list then brings news,
// in the place and on the desktop, without a name in it.
func TestWatchTellsWhatIsNew(t *testing.T) {
	p := &profile.Profile{}
	w := open(t, p)
	old := strings.SplitAfter(rawBreaches(t), "\n")
	few, err := breach.ParseCatalogue([]byte(strings.Join(slices.DeleteFunc(slices.Clone(old), func(l string) bool { return strings.HasPrefix(l, "Adobe\t") }), "")))
	if err != nil {
		t.Fatal(err)
	}
	full := w.breaches
	w.UseBreaches(few)
	w.Apply(claim("adobe.com"))
	w.Go("check", "watch")
	w.press("Look for new leaks once a day")
	w.Go("check", "")
	w.newer = full
	w.page.Watch()
	w.says("1 leak is new for you")
	if !strings.Contains(w.notice, "1 leak is new for you") || strings.Contains(w.notice, "Adobe") {
		t.Errorf("told on the desktop: %q", w.notice)
	}
	w.press("I have read them")
	if w.kit.Contains("leak is new for you") {
		t.Error("told after it was read")
	}
	w.notice = ""
	w.page.Watch()
	if w.notice != "" {
		t.Errorf("told again: %q", w.notice)
	}
}

func rawBreaches(t testing.TB) string {
	t.Helper()
	raw, err := os.ReadFile("../../assets/breaches/breaches.tsv")
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

func claim(platform string) session.Change {
	return session.SetClaim{Claim: account.Claim{Platform: platform}}
}

// everywhere is a person with an account at every platform that ever leaked.
func everywhere(t testing.TB) *profile.Profile {
	p := &profile.Profile{}
	for line := range strings.SplitSeq(rawBreaches(t), "\n") {
		if f := strings.Split(line, "\t"); len(f) > 2 && f[2] != "" {
			p.Claims = append(p.Claims, account.Claim{Platform: f[2]})
		}
	}
	return p
}

// Somebody with an account wherever data leaked can reach each leak, by its name
// and by its year.
func TestEverywhere(t *testing.T) {
	w := open(t, everywhere(t))
	if n := len(w.Overview().Leaks); n < 700 {
		t.Fatalf("%d leaks", n)
	}
	w.says("leaks at your platforms")
	w.says("more in 2016")
	w.press("Adobe · October 2013")
	w.says("What leaked:")
	if !w.kit.Type("Search", "dropbox") {
		t.Fatal("no search")
	}
	w.says("Dropbox")
	rows := 0
	for _, n := range w.kit.Nodes() {
		if n.Role == "row" && strings.Contains(n.Name, " · ") {
			rows++
		}
	}
	if rows != 1 {
		t.Errorf("%d rows for one name", rows)
	}
}

// What the page does for one letter of a search, with every leak there is.
func BenchmarkSearch(b *testing.B) {
	w := open(b, everywhere(b))
	for i := 0; b.Loop(); i++ {
		w.kit.Type("Search", "shop"[:1+i%4])
	}
}
