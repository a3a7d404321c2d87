package shell_test

import (
	"encoding/json"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"github.com/pquerna/otp/totp"

	"unlisted/assets"
	"unlisted/checks/catalog"
	"unlisted/checks/evidence"
	"unlisted/checks/overview"
	"unlisted/checks/profile"
	"unlisted/checks/profile/keystore"
	"unlisted/ui/shell"
)

// home is a profile on disk, and the window it is open in.
type home struct {
	*window
	path  string
	keys  keystore.Memory
	store *profile.Store
	now   time.Time
}

// live opens a window on a saved profile, of the invented person unless p says
// otherwise; its clock is home.now.
func live(t *testing.T, lang string, p *profile.Profile) *home {
	t.Helper()
	h := &home{path: filepath.Join(t.TempDir(), "profile.age"), now: time.Date(2026, 11, 24, 9, 0, 10, 0, time.UTC)}
	h.window = openWith(t, lang, nil, func(o *shell.Options) {
		o.Now = func() time.Time { return h.now }
		if p == nil {
			var err error
			if p, err = o.MakeSample(t.Context(), h.now); err != nil {
				t.Fatal(err)
			}
		}
	})
	p.Sample = false // the invented person is never saved
	var err error
	if h.store, _, err = profile.Create(t.Context(), h.path, &h.keys, ""); err != nil {
		t.Fatal(err)
	}
	if err := h.store.Save(p); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = h.store.Close() })
	h.restart()
	return h
}

// settle waits until the profile is on the disk.
func (h *home) settle() {
	h.Helper()
	if err := h.shell.Settle(); err != nil {
		h.Fatal(err)
	}
	h.pump()
}

// restart lets everything in memory go and opens the profile from the disk.
func (h *home) restart() *profile.Profile {
	h.Helper()
	h.settle()
	if err := h.store.Close(); err != nil {
		h.Fatal(err)
	}
	var p *profile.Profile
	var err error
	if h.store, p, err = profile.Open(h.Context(), h.path, &h.keys, ""); err != nil {
		h.Fatal(err)
	}
	h.shell.Begin(p, h.store)
	h.pump()
	return p
}

// sight writes down every control of the page, with its value and whether it
// can be used.
func (w *window) sight() (out []string) {
	for _, n := range w.shell.Kit().Nodes() {
		if n.Name == "Undo" {
			continue // what can be undone ends with the window
		}
		line := n.Role + " " + n.Name
		if n.Value != nil {
			line += " = " + n.Value()
		}
		if n.On != nil && !n.On() {
			line += " (off)"
		}
		out = append(out, line)
	}
	return out
}

// tickNext marks the step in sight as done, or, where none is due, the first one
// that is open; false where every step is done or held up.
func (w *window) tickNext() bool {
	w.Helper()
	open := w.word("kit.state.open")
	for _, again := range []bool{true, false} {
		for _, key := range []string{"fix.act.works", "fix.act.done"} {
			if n := w.shell.Kit().Find("button", w.word(key)); n != nil {
				n.Press()
				w.pump()
				return true
			}
		}
		for _, n := range w.shell.Kit().Nodes() {
			if again && n.Role == "row" && n.Value != nil && strings.HasPrefix(n.Value(), open) && !aside[n.Name] {
				n.Press()
				w.pump()
				break
			}
		}
	}
	return false
}

// aside are the steps that stand beside the way and are never ticked.
var aside = map[string]bool{"Delete the account": true, "Write to the data protection contact": true}

// finish marks every step of an account as done that can be.
func (w *window) finish(account string) {
	w.Helper()
	w.shell.Go("fix", account)
	for w.tickNext() {
		w.shell.Go("fix", account)
	}
}

// mailboxFirst secures the mailbox, which everything that is reset through it
// waits for.
func (w *window) mailboxFirst() {
	w.Helper()
	w.shell.Go("fix", "google.com")
	for !w.checked("Try it before you take anything out") {
		if !w.tickNext() {
			w.Fatalf("the mailbox cannot be secured: %q", w.sight())
		}
	}
}

// stands says how a step of the way stands.
func (w *window) stands(name string) string {
	w.Helper()
	n := w.shell.Kit().Find("row", name)
	if n == nil {
		w.Fatalf("no step %q: %q", name, w.names())
	}
	return n.Value()
}

func (w *window) checked(name string) bool {
	w.Helper()
	return strings.HasPrefix(w.stands(name), w.word("kit.state.done"))
}

// The switch goes on where it was after a restart in each of its states, and
// offers the removal only once its guards hold.
func TestSwitchRestarts(t *testing.T) {
	h := live(t, "en", nil)
	guards := []string{"Check the mailbox", "Add an authenticator app", "Save the recovery codes", "Try it before you take anything out", "Switch off codes by SMS"}
	h.mailboxFirst()
	for n := 0; ; n++ {
		h.shell.Go("fix", "x.com")
		h.settle()
		before := h.sight()
		ready := !slices.ContainsFunc(guards, func(g string) bool { return !h.checked(g) })
		if offered := !strings.HasPrefix(h.stands("Take the number out"), h.word("kit.state.locked")); offered != ready {
			t.Errorf("after %d steps: the removal is offered %v, its guards hold %v", n, offered, ready)
		}
		h.restart()
		h.shell.Go("fix", "x.com")
		if after := h.sight(); !slices.Equal(before, after) {
			t.Fatalf("after %d steps the restart changed\n%q\nto\n%q", n, before, after)
		}
		if !h.tickNext() {
			if n < 10 {
				t.Errorf("only %d steps could be done", n)
			}
			break
		}
	}
	h.says("The number has been taken out")
	h.says("Look again on 19 January 2027")
	h.looksRight("the finished switch")
}

// Somebody at the keyboard goes through a switch with Enter alone: the focus
// stays on what is to be pressed next.
func TestSwitchByKeyboard(t *testing.T) {
	h := live(t, "en", nil)
	h.shell.Go("fix", "google.com")
	press := func() string {
		focused := h.win.Canvas().Focused()
		if focused == nil {
			h.Fatalf("nothing has the focus: %q", h.sight())
		}
		focused.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
		h.pump()
		for _, n := range h.shell.Kit().Nodes() {
			if any(n.Object) == any(h.win.Canvas().Focused()) {
				return n.Name
			}
		}
		return ""
	}
	h.win.Canvas().Focus(h.shell.Kit().Find("button", "Done").Object.(fyne.Focusable))
	for _, step := range []string{"See what Google Account holds", "Check the mailbox", "Add an authenticator app"} {
		if on := press(); !strings.HasPrefix(on, "Done") || !h.checked(step) {
			t.Errorf("after Enter at %q the focus is on %q", step, on)
		}
	}
}

// What is ticked before a number is left stays in sight.
func TestGoodbyeTickStays(t *testing.T) {
	h := live(t, "en", nil)
	h.mailboxFirst()
	h.shell.Go("fix", "goodbye")
	h.press("WhatsApp")
	h.shell.Go("fix", "whatsapp.com/add-pin")
	h.press("Done, it works")
	h.shell.Go("fix", "goodbye")
	const tick = "WhatsApp: Move to another number"
	h.press(tick)
	if n := h.shell.Kit().Find("check", tick); n == nil || n.Value() != "on" {
		t.Errorf("after the tick: %q", h.sight())
	}
}

// A guard gives way only to the name of the platform, and the history says so.
func TestOverride(t *testing.T) {
	h := live(t, "en", nil)
	h.shell.Go("fix", "x.com")
	const step = "Switch off codes by SMS"
	h.press(step)
	h.press("Do it all the same")
	h.looksRight("the override")
	for _, wrong := range []string{"", "yes", "Twitter", "x.com"} {
		h.typeInto("Type X to confirm", wrong)
		h.press("I mean it: mark as done")
		h.says("That is not the name of the platform")
		if h.checked(step) {
			t.Fatalf("%q was enough", wrong)
		}
	}
	h.press("Leave it")
	if h.shell.Kit().Contains("Type X to confirm") || h.checked(step) {
		t.Error("no way back")
	}
	h.press("Do it all the same")
	h.typeInto("Type X to confirm", " x ")
	h.press("I mean it: mark as done")
	p := h.restart()
	h.shell.Go("fix", "x.com")
	if !h.checked(step) {
		t.Error("the right word did not do it")
	}
	h.says("The number was taken out before another way in was sure")
	if last := p.History[len(p.History)-1]; last.What != "history.override" || !slices.Equal(last.Args, []string{"x.com", "remove-2fa"}) {
		t.Errorf("the history says %+v", last)
	}
	h.shell.Go("report", "")
	h.says("x.com: step marked as done before its time, Switch off codes by SMS")
	h.shell.Go("fix", "x.com")
	h.press(step)
	h.press("Mark as not done")
	if h.checked(step) {
		t.Error("it cannot be taken back")
	}
}

// The practice account to its end, with a real authenticator's codes; nothing of
// it is kept but the day.
func TestRehearsal(t *testing.T) {
	for _, lang := range []string{"en", "fr"} {
		h := live(t, lang, nil)
		word := h.shell.Kit().Text
		h.shell.Go("fix", "")
		h.press(word.T("rehearsal.title"))
		h.looksRight("before")
		h.press(word.T("rehearsal.start"))
		h.looksRight("scan")
		key := regexp.MustCompile(`^([A-Z2-7]{4} ){7}[A-Z2-7]{4}$`)
		if h.matching(key) != nil {
			t.Error("the key is in sight before it is asked for")
		}
		h.press(word.T("practice.key.show"))
		if len(h.matching(key)) != 1 {
			t.Fatalf("no key: %q", h.names())
		}
		secret := strings.ReplaceAll(h.matching(key)[0], " ", "")
		h.press(word.T("rehearsal.scanned"))
		h.press(word.T("rehearsal.back"))
		h.press(word.T("rehearsal.scanned"))

		code := h.rehearseCodes(secret)
		recovery := h.rehearseRecovery()
		h.says(word.T("rehearsal.state.done.title"))
		h.looksRight("done")
		p := h.restart()
		if !p.Practised.Equal(h.now) {
			t.Errorf("practised on %v", p.Practised)
		}
		b, err := json.Marshal(p)
		if err != nil {
			t.Fatal(err)
		}
		for _, hidden := range append(recovery, secret, code, secret[:4]+" ") {
			if strings.Contains(string(b), hidden) || strings.Contains(string(b), strings.ReplaceAll(hidden, "-", "")) {
				t.Errorf("%q is in the profile", hidden)
			}
		}
		h.shell.Go("fix", "rehearsal")
		h.says(word.T("rehearsal.done", "date", word.Date(h.now)))
	}
}

// matching lists the names on the page that have a form.
func (w *window) matching(form *regexp.Regexp) (out []string) {
	for _, n := range w.names() {
		if form.MatchString(n) {
			out = append(out, n)
		}
	}
	return out
}

// rehearseCodes signs in twice and returns a code that was used.
func (h *home) rehearseCodes(secret string) string {
	h.Helper()
	word := h.shell.Kit().Text
	now := func() string {
		code, err := totp.GenerateCode(secret, h.now)
		if err != nil {
			h.Fatal(err)
		}
		return code
	}
	try := func(typed, says string) {
		h.Helper()
		h.typeInto(word.T("practice.field.code"), typed)
		h.press(word.T("rehearsal.try"))
		h.says(says)
		h.looksRight(says)
	}
	h.says(word.N("rehearsal.remaining", 20))
	h.now = h.now.Add(5 * time.Second)
	h.press(word.T("practice.clock.again"))
	h.says(word.N("rehearsal.remaining", 15))
	try("abc", word.T("rehearsal.code.letters.what"))
	first := now()
	try(first[:3]+" "+first[3:], word.T("rehearsal.code.right.what"))
	try(first, word.T("rehearsal.code.used.what"))
	h.now = h.now.Add(30 * time.Second)
	try(now(), word.T("rehearsal.code.right.what"))
	return first
}

// rehearseRecovery goes from the recovery codes to the end and returns them.
func (h *home) rehearseRecovery() []string {
	h.Helper()
	word := h.shell.Kit().Text
	form := regexp.MustCompile(`^[0-9a-z]{4}-[0-9a-z]{4}$`)
	if h.matching(form) != nil {
		h.Error("the recovery codes are in sight before they are asked for")
	}
	h.press(word.T("practice.codes.show"))
	codes := h.matching(form)
	if len(codes) != 8 {
		h.Fatalf("%d recovery codes", len(codes))
	}
	h.press(word.T("rehearsal.saved"))
	if h.matching(form) != nil {
		h.Error("the recovery codes are still in sight")
	}
	h.typeInto(word.T("practice.field.recovery"), codes[0])
	h.shell.Kit().Find("entry", word.T("practice.field.recovery")).Object.(fyne.Focusable).TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	h.looksRight("loss")
	h.shell.Kit().Find("check", word.T("rehearsal.way.codes")).Object.(fyne.Focusable).TypedRune(' ')
	h.press(word.T("rehearsal.way.sms"))
	h.press(word.T("practice.answer"))
	h.says(word.T("rehearsal.loss.sms"))
	h.press(word.T("rehearsal.way.sms"))
	h.press(word.T("rehearsal.way.backup"))
	h.press(word.T("practice.answer"))
	h.typeInto(word.T("practice.field.recovery"), codes[0])
	h.press(word.T("rehearsal.try"))
	h.says(word.T("rehearsal.recovery.used.what"))
	h.typeInto(word.T("practice.field.recovery"), codes[1])
	h.press(word.T("rehearsal.try"))
	return codes
}

// Every state of the practice can be left, and what was left is forgotten.
func TestRehearsalCanBeLeft(t *testing.T) {
	h := live(t, "en", nil)
	h.shell.Go("fix", "rehearsal")
	h.press("Start the practice")
	h.press("It is in my app")
	h.press("Leave the practice account")
	h.says("What to do, in which order")
	h.shell.Go("fix", "rehearsal")
	h.says("Start the practice")
	if p := h.restart(); !p.Practised.IsZero() {
		t.Error("a practice that was left counts as done")
	}
}

// Every authenticator has a row and a page with its sources; what nobody has
// confirmed says so.
func TestAuthenticators(t *testing.T) {
	for _, lang := range []string{"en", "fr"} {
		w := open(t, lang, nil)
		word := w.shell.Kit().Text
		c, err := loadCatalog()
		if err != nil {
			t.Fatal(err)
		}
		all := c.Authenticators().List
		if len(all) < 8 {
			t.Fatalf("only %d", len(all))
		}
		for _, a := range all {
			w.shell.Go("fix", "authenticators")
			w.looksRight("the comparison")
			w.press(a.Name)
			w.looksRight(a.Name)
			for name, f := range a.Facts {
				w.says(word.T("authenticators.fact." + name))
				if f.Confidence == "unverified" {
					w.says(word.T("authenticators.ask"))
				}
				for _, src := range f.Sources {
					w.says(src.Title)
				}
			}
		}
		w.shell.Go("fix", "authenticators/nothing")
		w.looksRight("an entry there is not")
	}
}

// Leaving a number: the day is noted, the plan reminds when it is near, and a
// tick is the tick of the guided switch.
func TestGoodbye(t *testing.T) {
	h := live(t, "en", nil)
	h.shell.Go("fix", "goodbye")
	h.looksRight("goodbye")
	const field = "Last day it is yours (year-month-day)"
	for _, wrong := range []string{"", "soon", "31/12/2026", "2026-02-30", "0001-01-01"} {
		h.typeInto(field, wrong)
		h.press("Note the day")
		if v := h.shell.Kit().Find("entry", field).Value(); !strings.Contains(v, "could not be read") {
			t.Errorf("%q: says %q", wrong, v)
		}
	}
	h.typeInto(field, "2027-03-31")
	h.press("Note the day")
	h.says("Last day: 31 March 2027")
	for _, c := range []struct{ today, says string }{
		{"2027-02-20", ""}, {"2027-03-01", "in 30 days"}, {"2027-03-24", "in 7 days"}, {"2027-03-30", "in 1 day,"}, {"2027-03-31", "Today is the last day"}, {"2027-04-02", "has not been yours since 31 March 2027"},
	} {
		h.now, _ = time.Parse(time.DateOnly, c.today)
		p := h.restart()
		h.shell.Go("fix", "")
		if c.says == "" {
			if h.shell.Kit().Contains("You leave") {
				t.Errorf("%s: reminded already", c.today)
			}
			continue
		}
		h.says(c.says)
		h.looksRight(c.today)
		for _, n := range h.names() {
			if strings.Contains(n, overview.Numbers(p)[0].Display()) {
				t.Errorf("the number is not masked: %q", n)
			}
		}
	}
	h.press("What must change")
	h.press("WhatsApp")
	const tick, step = "WhatsApp: Move to another number", "Move to another number (if you like)"
	if n := h.shell.Kit().Find("check", tick); n == nil || n.On() {
		t.Fatalf("offered before its guard: %q", h.names())
	}
	h.shell.Go("fix", "whatsapp.com")
	h.press("Set a PIN")
	h.press("Done, it works")
	h.shell.Go("fix", "goodbye/whatsapp.com")
	h.press(tick)
	h.restart()
	h.shell.Go("fix", "whatsapp.com")
	if !h.checked(step) {
		t.Error("the tick is not that of the switch")
	}
	h.shell.Go("fix", "goodbye")
	h.press("I keep the number after all")
	if p := h.restart(); len(p.Leaving) != 0 {
		t.Errorf("still leaving %v", p.Leaving)
	}
}

// Without a number there is nothing to leave, and the page says what to do.
func TestGoodbyeWithoutNumber(t *testing.T) {
	w := open(t, "fr", empty())
	for _, arg := range []string{"goodbye", "card", "rehearsal", "authenticators", ""} {
		w.shell.Go("fix", arg)
		w.looksRight(arg)
	}
}

// The emergency card names accounts, not numbers, and keeps nothing.
func TestCard(t *testing.T) {
	h := live(t, "en", nil)
	h.shell.Go("fix", "")
	h.press("Emergency card")
	h.looksRight("card")
	h.says("My phone has no network and I did not do that")
	h.says("1. Google Account")
	h.typeInto("Number of your phone company", "+33 1 99 00 12 34")
	h.press("Write my own numbers out in full")
	b, err := json.Marshal(h.restart())
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(string(b), "99 00 12 34") {
		t.Error("the number of the phone company is kept")
	}
}

// Some weeks after the number left the plan asks to look again; a later archive
// turns done into proved.
func TestLookAgainAndProved(t *testing.T) {
	h := live(t, "en", nil)
	h.mailboxFirst()
	h.finish("x.com")
	h.shell.Go("fix", "")
	if h.shell.Kit().Contains("Time to look again") {
		t.Error("asked on the same day")
	}
	h.now = h.now.AddDate(0, 0, 8*7)
	h.restart()
	h.shell.Go("fix", "")
	h.says("Time to look again")
	h.press("X")
	h.press("I looked again: the number is not there")
	h.says("Looked again on 19 January 2027")
	h.shell.Go("fix", "")
	if h.shell.Kit().Contains("Time to look again") {
		t.Error("still asked")
	}
	p := h.restart()
	p.Findings = append(p.Findings, evidence.Finding{
		Fact: evidence.FactNoPhone, Site: "x.com", Confidence: evidence.Confirmed, Format: "x-archive", Source: "new.zip", Count: 1, Last: h.now,
	})
	if err := h.store.Save(p); err != nil {
		t.Fatal(err)
	}
	h.restart()
	h.shell.Go("fix", "x.com")
	h.says("Proven by the archive of 19 January 2027")
	h.shell.Go("fix", "")
	for _, n := range h.shell.Kit().Nodes() {
		if n.Role == "chip" && strings.HasPrefix(n.Name, "Done ") {
			n.Press()
		}
	}
	h.pump()
	if n := h.shell.Kit().Find("row", "Take your number out of X"); n == nil || !strings.Contains(n.Value(), "Proven") {
		t.Errorf("the plan does not say so: %q", h.sight())
	}
}

func loadCatalog() (*catalog.Catalog, error) {
	return catalog.Load(assets.Sub("catalog"), assets.Sub("guides"), assets.Sub("facts"))
}
