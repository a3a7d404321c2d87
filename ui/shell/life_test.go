package shell_test

import (
	"context"
	"errors"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"unlisted/checks/breach/fake"
	"unlisted/checks/evidence"
	"unlisted/checks/evidence/all"
	"unlisted/checks/identifier"
	"unlisted/checks/outbound"
	"unlisted/checks/profile"
	"unlisted/checks/session"
	"unlisted/ui/kit"
	"unlisted/ui/shell"
)

// change is something that happens while a person is in the middle of something.
type change struct {
	name string
	make func(*lifeWindow)
}

// lifeWindow is a window whose system can turn dark.
type lifeWindow struct {
	*window
	variant fyne.ThemeVariant
	follow  func()
}

func openLife(t *testing.T, p *profile.Profile, change func(*shell.Options)) *lifeWindow {
	t.Helper()
	w := &lifeWindow{variant: theme.VariantLight}
	w.window = openWith(t, "", p, func(o *shell.Options) {
		o.Variant = func() fyne.ThemeVariant { return w.variant }
		o.Follow = func(f func()) { w.follow = f }
		change(o)
	})
	return w
}

func settings(change func(*profile.Settings)) func(*lifeWindow) {
	return func(w *lifeWindow) {
		set := w.shell.Session().Snapshot().Settings
		change(&set)
		if err := w.shell.Session().Apply(session.SetSettings{Settings: set}); err != nil {
			w.Fatal(err)
		}
	}
}

// changes are what must take nothing away. Going offline is one for all but a
// running check, which it ends by design.
var changes = []change{
	{"the theme", settings(func(s *profile.Settings) { s.Theme = "dark" })},
	{"the language", settings(func(s *profile.Settings) { s.Language = "fr" })},
	{"the text size", settings(func(s *profile.Settings) { s.TextPct = 200 })},
	{"the proxy", settings(func(s *profile.Settings) { s.ProxyMode = profile.ProxyTor })},
	{"a request", func(w *lifeWindow) {
		e := outbound.Entry{Time: time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC), Purpose: "leakcheck", Host: "leakcheck.io", Result: outbound.ResultAnswered}
		if err := w.shell.Session().Ledger().Record(e); err != nil {
			w.Fatal(err)
		}
	}},
	{"the system's night", func(w *lifeWindow) { w.variant = theme.VariantDark; w.follow() }},
	{"the system's look", settings(func(s *profile.Settings) { s.Theme = "" })},
	{"an address", func(w *lifeWindow) {
		if err := w.shell.Session().Apply(session.AddIdentifier{ID: identifier.Identifier{Kind: identifier.KindEmail, Value: "new@mail.example"}}); err != nil {
			w.Fatal(err)
		}
	}},
	{"the language back", settings(func(s *profile.Settings) { s.Language, s.TextPct = "en", 100 })},
}

var offline = change{"offline", settings(func(s *profile.Settings) { s.Offline = true })}

// through makes every change and holds the window to what must stand after each.
func (w *lifeWindow) through(list []change, holds func(after string)) {
	w.Helper()
	w.pump()
	holds("nothing")
	for _, c := range list {
		c.make(w)
		w.pump()
		holds(c.name)
	}
}

func (w *window) word(key string, pairs ...any) string { return w.shell.Kit().Text.T(key, pairs...) }

// node is the control with an id.
func (w *window) node(id string) *kit.Node {
	w.Helper()
	for _, n := range w.shell.Kit().Nodes() {
		if n.ID == id {
			return n
		}
	}
	w.Fatalf("no control %s; there is %q", id, w.names())
	return nil
}

// Half-typed words, the place of the cursor and the focus stay, in every field
// there is, whatever happens; they are there again after a look at another page.
func TestTypingGoesOn(t *testing.T) {
	for _, f := range []struct {
		page, arg, id string
		before        []string // keys of what is pressed first
	}{
		{"you", "", "identifier", nil},
		{"find", "", "search", nil},
		{"find", "all", "search", nil},
		{"find", "mail", "user", nil},
		{"find", "mail", "password", nil},
		{"find", "mail", "host", nil},
		{"check", "key", "key", nil},
		{"fix", "goodbye", "day", nil},
		{"fix", "card", "carrier", nil},
		{"fix", "x.com/remove-2fa", "override", []string{"fix.override"}},
		{"fix", "rehearsal", "code", []string{"rehearsal.start", "rehearsal.scanned"}},
	} {
		w := openLife(t, nil, func(*shell.Options) {})
		w.shell.Go(f.page, f.arg)
		for _, key := range f.before {
			w.press(w.word(key))
		}
		entry := w.node(f.id).Object.(fyne.Focusable)
		w.win.Canvas().Focus(entry)
		for _, r := range "half typ" {
			entry.TypedRune(r)
		}
		entry.TypedKey(&fyne.KeyEvent{Name: fyne.KeyLeft})
		typed := ""
		w.through(append(changes, offline), func(after string) {
			n := w.node(f.id)
			if n.Text() != "half typ"+typed && after == "nothing" || !strings.HasPrefix(n.Text(), "half ty") {
				t.Fatalf("%s %s %s: after %s the field says %q", f.page, f.arg, f.id, after, n.Text())
			}
			if it, _ := n.Object.(fyne.Focusable); w.win.Canvas().Focused() != it {
				t.Errorf("%s %s %s: after %s the focus is gone", f.page, f.arg, f.id, after)
			}
			w.win.Canvas().Focused().TypedRune('.') // before the last letter
		})
		want := "half ty" + strings.Repeat(".", len(changes)+2) + "p"
		if got := w.node(f.id).Text(); got != want {
			t.Errorf("%s %s %s: typed %q in the middle of all, want %q", f.page, f.arg, f.id, got, want)
		}
		w.shell.Go("report", "")
		w.shell.Go("report", "")
		w.win.Canvas().Unfocus()
		w.back()
		if got := w.node(f.id).Text(); got != want {
			t.Errorf("%s %s %s: after a look at another page the field says %q", f.page, f.arg, f.id, got)
		}
	}
}

// back goes to the page before, by its key.
func (w *window) back() {
	w.shell.Back()
	w.pump()
}

// Ticks stay, and what they mean with them.
func TestTicksStay(t *testing.T) {
	for _, f := range []struct{ page, arg, key, role string }{
		{"report", "", "report.mask", "check"},
		{"find", "mail", "find.mail.remember", "check"},
		{"fix", "card", "card.full", "check"},
		{"check", "ask", "check.exact", "check"},
		{"check", "source/leakcheck", "check.exact", "check"},
		{"whatif", "steal/number,phone", "whatif.means.steal.password", "chip"},
	} {
		w := openLife(t, nil, func(*shell.Options) {})
		w.shell.Go(f.page, f.arg)
		was := w.state(f.role, w.word(f.key))
		w.press(w.word(f.key))
		w.through(changes, func(after string) {
			if is := w.state(f.role, w.word(f.key)); is == was {
				t.Errorf("%s %s: after %s the tick of %s is %s again", f.page, f.arg, after, f.key, is)
			}
		})
	}
	w := openLife(t, nil, func(*shell.Options) {})
	w.shell.Go("check", "ask")
	name := func() string { return w.word("check.yes", "source", w.word("source.leakcheck.name")) }
	w.press(name())
	same := slices.DeleteFunc(slices.Clone(changes), func(c change) bool { return c.name == "an address" }) // which nobody said yes for
	w.through(same, func(after string) {
		if w.state("check", name()) != "on" {
			t.Errorf("after %s the yes for the next check is gone", after)
		}
	})
	w.asked()
}

// held is an importer that reads until it is let go.
type held struct {
	evidence.Importer
	once   sync.Once
	began  chan struct{}
	letGo  chan struct{}
	result error
}

func newHeld() *held {
	list := all.Importers()
	of := slices.IndexFunc(list, func(i evidence.Importer) bool { return i.Format().ID == "chrome-csv" })
	return &held{Importer: list[of], began: make(chan struct{}), letGo: make(chan struct{})}
}

func (h *held) Recognise(_ context.Context, in evidence.Input) evidence.Certainty {
	if strings.HasSuffix(in.Name, ".held") {
		return evidence.Sure
	}
	return evidence.No
}

func (h *held) Read(ctx context.Context, _ evidence.Input, out evidence.Sink) error {
	out.Item()
	out.Finding(evidence.Finding{Fact: evidence.FactAccount, Site: "shop.example", Confidence: evidence.Confirmed, Count: 1})
	h.once.Do(func() { close(h.began) })
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-h.letGo:
		return h.result
	}
}

// openHeld opens a window in which a scan is under way.
func openHeld(t *testing.T, p *profile.Profile) (*lifeWindow, *held) {
	t.Helper()
	h := newHeld()
	w := openLife(t, p, func(o *shell.Options) { o.Importers = append([]evidence.Importer{h}, all.Importers()...) })
	file := filepath.Join(t.TempDir(), "x.held")
	write(t, file, "some lines\nof something\n")
	w.drop(file)
	select {
	case <-h.began:
	case <-time.After(20 * time.Second):
		t.Fatal("the scan does not begin")
	}
	return w, h
}

// running says what the job bar shows and whether it can be stopped.
func (w *window) running() (step string, stops bool) {
	n := w.node("stop")
	return n.Value(), n.On()
}

// A scan that runs keeps its bar, in the words of the moment, and its Stop; what
// it found until then is offered.
func TestScanGoesOn(t *testing.T) {
	w, _ := openHeld(t, empty())
	w.through(append(changes, offline), func(after string) {
		if step, stops := w.running(); step != w.word("find.reading") || !stops {
			t.Errorf("after %s the bar says %q, can be stopped %v", after, step, stops)
		}
	})
	w.shell.Go("report", "")
	if _, stops := w.running(); !stops {
		t.Error("another page took the Stop away")
	}
	w.press(w.word("kit.stop"))
	w.wait(w.word("ready.what")) // the person is elsewhere
	w.says(w.word("report.title"))
	w.press(w.word("ready.look"))
	w.says(w.word("find.review.stopped"))
	if w.shell.Kit().Find("check", "shop.example") == nil {
		t.Errorf("what was found is lost: %q", w.names())
	}
}

// A scan that waits for the yes waits on, with the ticks the person took; a
// second one waits behind it.
func TestScanWaits(t *testing.T) {
	w := openLife(t, empty(), func(*shell.Options) {})
	first, second := filepath.Join(t.TempDir(), "a.csv"), filepath.Join(t.TempDir(), "b.csv")
	write(t, first, "name,url,username,password\nForum,https://forum.example,pat,s\nShop,https://shop.example,pat,t\n")
	write(t, second, "name,url,username,password\nClub,https://club.example,pat,s\n")
	w.drop(first)
	w.wait(w.word("find.keep"))
	w.press("forum.example")
	w.drop(second)
	w.wait(w.shell.Kit().Text.N("find.review.next", 1))
	w.through(append(changes, offline), func(after string) {
		if w.shell.Kit().Find("button", w.word("find.keep")) == nil {
			t.Fatalf("after %s nothing waits: %q", after, w.names())
		}
		if w.state("check", "forum.example") != "off" || w.state("check", "shop.example") != "on" {
			t.Errorf("after %s the ticks are not those of the person", after)
		}
	})
	w.press(w.word("find.keep"))
	w.says("club.example")
	w.press(w.word("find.keep"))
	for site, want := range map[string]bool{"shop.example": true, "club.example": true, "forum.example": false} {
		if is := w.shell.Kit().Find("row", site) != nil; is != want {
			t.Errorf("%s is listed: %v", site, is)
		}
	}
}

// A check that runs runs on, shows its queue, and can be stopped.
func TestCheckGoesOn(t *testing.T) {
	w := openLife(t, person(t, number), func(*shell.Options) {})
	w.server.Fail(fake.Slow)
	w.shell.Go("check", "ask")
	w.press(w.word("check.yes", "source", w.word("source.hudsonrock.name")))
	w.press(w.word("check.ask.now"))
	w.through(changes, func(after string) {
		if !w.shell.Kit().Contains(w.shell.Kit().Text.N("check.queue", 1)) {
			t.Errorf("after %s the queue is gone", after)
		}
		if step, stops := w.running(); step != w.word("check.asking") || !stops {
			t.Errorf("after %s the bar says %q, can be stopped %v", after, step, stops)
		}
	})
	w.press(w.word("kit.stop"))
	w.wait(w.shell.Kit().Text.N("check.left", 1))
}

// A practice under way stays where it is, with its own key.
func TestPracticeGoesOn(t *testing.T) {
	w := openLife(t, nil, func(*shell.Options) {})
	w.shell.Go("fix", "rehearsal")
	w.press(w.word("rehearsal.start"))
	w.press(w.word("practice.key.show"))
	key := func() string {
		for _, n := range w.names() {
			if len(n) == 39 && strings.Count(n, " ") == 7 {
				return n
			}
		}
		return ""
	}
	was := key()
	w.through(append(changes, offline), func(after string) {
		if is := key(); is == "" || is != was {
			t.Fatalf("after %s the key is %q, was %q", after, is, was)
		}
	})
	w.press(w.word("rehearsal.scanned"))
	w.says(w.word("practice.field.code"))
}

// A second piece of work waits for the first, and is done after it.
func TestTwoJobs(t *testing.T) {
	w, h := openHeld(t, empty())
	second := filepath.Join(t.TempDir(), "b.csv")
	write(t, second, "name,url,username,password\nClub,https://club.example,pat,s\n")
	w.drop(second)
	w.pump()
	if step, _ := w.running(); step != w.shell.Kit().Text.N("kit.waiting", 1, "step", w.word("find.reading")) {
		t.Errorf("the bar says %q", step)
	}
	w.silent("club.example")
	close(h.letGo)
	w.wait(w.shell.Kit().Text.N("find.review.next", 1))
	w.says("shop.example")
	w.press(w.word("find.keep"))
	w.says("club.example")
}

// Work that fails while the look changes says so, in the language of the moment.
func TestFailsInAnotherLanguage(t *testing.T) {
	w, h := openHeld(t, empty())
	h.result = errors.New("broken")
	settings(func(s *profile.Settings) { s.Theme, s.Language = "dark", "fr" })(w)
	w.pump()
	close(h.letGo)
	w.wait(w.word("find.keep"))
	if w.shell.Kit().Text.Lang() != "fr" {
		t.Fatal("not in French")
	}
	if _, stops := w.running(); stops {
		t.Error("the bar stays")
	}
	w.says("x.held")
}

// What an old scan shows never comes up with another person: it waits where it
// was begun.
func TestResultOfAnotherPerson(t *testing.T) {
	w, h := openHeld(t, empty())
	w.shell.Go("you", "")
	w.press(w.word("you.sample"))
	w.wait(w.word("you.sample.leave"))
	close(h.letGo)
	w.idle()
	w.shell.Go("find", "")
	w.silent(w.word("find.keep"))
	w.shell.Go("you", "")
	w.press(w.word("you.sample.leave"))
	w.shell.Go("find", "")
	w.says(w.word("find.keep"))
}

// idle waits until no work is under way.
func (w *window) idle() {
	w.Helper()
	for range 1000 {
		w.pump()
		if w.shell.Idle() {
			return
		}
		time.Sleep(5 * time.Millisecond)
	}
	w.Fatal("the work does not end")
}

// A page that is not there, or no longer, is told; the window stays on one that
// is.
func TestNoSuchPage(t *testing.T) {
	w := open(t, "en", nil)
	w.shell.Go("report", "")
	w.shell.Go("letters", "")
	w.says("That page is no longer there.")
	w.says(w.word("report.title"))
	for _, r := range []kit.Route{{Page: "find", Arg: "gone.example"}, {Page: "find", Arg: "sources/none"}, {Page: "check", Arg: "leak/none"}, {Page: "check", Arg: "source/none"}, {Page: "check", Arg: "incident/none"}, {Page: "fix", Arg: "gone.example"}, {Page: "fix", Arg: "authenticators/none"}} {
		w.shell.Go(r.Page, r.Arg)
		w.looksRight(r.Page + " " + r.Arg)
		back := 0
		for _, n := range w.shell.Kit().Nodes() {
			if n.Role == "button" && strings.HasPrefix(n.Name, "‹") {
				back++
			}
		}
		if back == 0 {
			t.Errorf("%v: no way back in %q", r, w.names())
		}
	}
	w.shell.Go("find", "x.com")
	w.shell.Go("nowhere", "x")
	w.says("What they hold")
}

// All standing yeses are withdrawn at once.
func TestWithdrawAll(t *testing.T) {
	w := open(t, "en", person(t, "pat@mail.example", number))
	w.shell.Go("check", "source/hudsonrock")
	w.press("Remember: p•••@mail.example")
	w.press("Remember: " + masked)
	w.shell.Go("settings", "sources")
	w.press(w.word("check.consents.all"))
	w.says(w.word("check.consents.none"))
	if left := w.shell.Session().Snapshot().Consents; len(left) > 0 {
		t.Errorf("still agreed to: %v", left)
	}
}

// A step that others rest on cannot be taken back: the guard is asked, and says
// what comes first.
func TestUntickAsksTheGuard(t *testing.T) {
	h := live(t, "en", nil)
	h.mailboxFirst()
	h.finish("x.com")
	const guard = "Try it before you take anything out"
	before := len(h.shell.Session().Snapshot().Steps["x.com"])
	h.press(guard)
	h.press("Mark as not done")
	if !h.checked(guard) || len(h.shell.Session().Snapshot().Steps["x.com"]) != before {
		t.Error("a step others rest on was taken back")
	}
	h.says("Another ticked step depends on this one")
}

// The colours follow the system while the window is open, in what the kit draws
// itself too; a look the person chose stays.
func TestNightFalls(t *testing.T) {
	w := openLife(t, nil, func(*shell.Options) {})
	w.shell.Go("settings", "")
	ground := func() uint32 {
		r, _, _, _ := w.win.Canvas().Capture().At(900, 600).RGBA() // a card
		return r >> 8
	}
	day := ground()
	w.variant = theme.VariantDark
	w.follow()
	w.pump()
	if night := ground(); night > 80 || day < 200 {
		t.Errorf("a card is %d by day, %d by night", day, night)
	}
	settings(func(s *profile.Settings) { s.Theme = "light" })(w)
	w.pump()
	if chosen := ground(); chosen < 200 {
		t.Errorf("a card is %d where the person chose light", chosen)
	}
}

// Closing with work under way stops it and does not wait for ever.
func TestCloseDuringScan(t *testing.T) {
	w, h := openHeld(t, empty())
	if err := w.shell.Close(); err != nil {
		t.Error(err)
	}
	select {
	case <-h.letGo:
	default:
		close(h.letGo)
	}
	w.pump() // the late end is of a window that is gone
}
