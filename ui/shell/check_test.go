package shell_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"unlisted/checks/breach/fake"
	"unlisted/checks/identifier"
	"unlisted/checks/profile"
)

// person is an empty profile with these identifiers.
func person(t *testing.T, ids ...string) *profile.Profile {
	t.Helper()
	p := empty()
	for _, s := range ids {
		id, err := identifier.Parse(s, "FR")
		if err != nil {
			t.Fatal(err)
		}
		p.Identifiers = append(p.Identifiers, profile.Own{ID: id})
	}
	return p
}

const (
	number = "+33639980142"
	masked = "+33 6 •• •• •• 42"
)

// asked are the requests that reached the stand-ins for the sources.
func (w *window) asked(want ...string) {
	w.Helper()
	got := w.server.Requests()
	if len(got) != len(want) {
		w.Fatalf("asked %q, want %d", got, len(want))
	}
	for i := range want {
		if !strings.Contains(got[i], want[i]) {
			w.Errorf("asked %q, want %q", got[i], want[i])
		}
	}
}

func (w *window) silent(s string) {
	w.Helper()
	if w.shell.Kit().Contains(s) {
		w.Errorf("the window says %q", s)
	}
}

func (w *window) state(role, name string) string {
	w.Helper()
	n := w.shell.Kit().Find(role, name)
	if n == nil {
		w.Fatalf("no %s %q; there is %q", role, name, w.names())
	}
	return n.Value()
}

// A yes is given for one identifier at one source and holds for one check; what
// was not asked is a gap, and a gap is never good news.
func TestConsentIsPerIdentifier(t *testing.T) {
	w := open(t, "en", person(t, "pat@mail.example", "ann@mail.example", number))
	w.shell.Go("check", "source/hudsonrock")
	w.looksRight("source")
	w.says("cavalier.hudsonrock.com")
	w.press("Yes, this time: " + masked)
	w.asked()
	w.shell.Go("check", "ask")
	if w.state("check", "Yes, ask Hudson Rock") != "off" {
		t.Error("a yes for the number counts for the addresses")
	}
	w.press("Ask the ticked sources now")
	w.wait("Nothing found there")
	w.asked("hudsonrock.com/api/json/v2/osint-tools/search-by-username")
	w.says("1 of 1 sources answered everything; nothing found in what was answered")
	w.says("questions were never asked: nothing is known about them.")
	w.silent("All asked, all answered")
	w.says("No other source here searches numbers.")
	if w.shell.Kit().Press("Ask the ticked sources now") {
		t.Error("a yes for one check held for the next")
	}
	w.shell.Go("settings", "ledger")
	w.says("1 request so far.")
	w.says("asked about " + masked)
}

// Only where nothing is left open is it told as good news.
func TestAllClear(t *testing.T) {
	w := open(t, "en", person(t, number))
	w.shell.Go("check", "ask")
	w.press("Yes, ask Hudson Rock")
	w.press("Ask the ticked sources now")
	w.wait("All asked, all answered")
	w.silent("never put")
}

// Before anything is sent the page shows what would be, to the last character.
func TestPreview(t *testing.T) {
	w := open(t, "en", person(t, "pat@mail.example", "ann@mail.example", number))
	w.shell.Go("check", "ask")
	w.press("What would be sent, and to whom?")
	w.looksRight("preview")
	w.says("Nothing is ticked, so nothing would be sent.")
	w.silent("pat@mail.example")
	w.press("Show in full what would be sent")
	w.says("pat@mail.example")
	w.says("in 2 s") // the second question to LeakCheck
	w.shell.Go("check", "ask")
	w.press("Yes, ask LeakCheck")
	w.press("What would be sent, and to whom?")
	w.silent("XposedOrNot")
	var shown []string
	for _, n := range w.shell.Kit().Nodes() {
		if n.Role == "row" && len(n.Name) == 24 && !strings.Contains(n.Name, " ") {
			shown = append(shown, n.Name)
		}
	}
	if len(shown) != 2 {
		t.Errorf("not the two fragments but %q", w.names())
	}
	w.asked()
}

// A yes that is to be kept is kept apart from the check, and is withdrawn in the
// settings.
func TestStandingConsent(t *testing.T) {
	w := open(t, "en", person(t, "pat@mail.example"))
	w.shell.Go("check", "source/leakcheck")
	w.press("Remember: p•••@mail.example")
	if w.state("check", "Yes, this time: p•••@mail.example") != "on" {
		t.Error("a remembered yes is not used")
	}
	w.press("Yes, this time: p•••@mail.example") // not this time
	if w.state("check", "Remember: p•••@mail.example") != "on" {
		t.Error("a no for one check took the remembered yes away")
	}
	w.shell.Go("settings", "sources")
	w.looksRight("settings")
	w.press("LeakCheck")
	w.says("No permission for a source is remembered")
	w.shell.Go("check", "source/leakcheck")
	if w.state("check", "Remember: p•••@mail.example") != "off" {
		t.Error("not withdrawn")
	}
	w.asked()
}

// What a source puts off stays on the page, with its time, and is gone on with.
func TestResume(t *testing.T) {
	w := open(t, "en", person(t, "pat@mail.example"))
	w.server.Fail(fake.LimitedLong)
	w.shell.Go("check", "ask")
	w.press("Yes, ask XposedOrNot")
	w.press("Ask the ticked sources now")
	w.wait("1 question is still open")
	w.says("None of the 1 sources asked has answered, so nothing is known")
	w.silent("Nothing found")
	w.server.Fail(fake.OK)
	w.press("Go on now")
	w.wait("Nothing found there")
	w.silent("still open")
	if n := len(w.server.Requests()); n != 2 {
		t.Errorf("%d requests", n)
	}
}

// A running check can be stopped; nothing that was not asked is told as known.
func TestStopCheck(t *testing.T) {
	w := open(t, "en", person(t, number))
	w.server.Fail(fake.Slow)
	w.shell.Go("check", "ask")
	w.press("Yes, ask Hudson Rock")
	w.press("Ask the ticked sources now")
	w.shell.Go("check", "ask")
	w.says("1 question is being asked")
	w.press("Stop")
	w.wait("1 question is still open")
	w.silent("Nothing found")
}

// The key is explained, kept, checked without looking anybody up, and forgotten;
// with it the sources that share it appear.
func TestKey(t *testing.T) {
	w := open(t, "en", person(t, "pat@mail.example"))
	w.shell.Go("check", "ask")
	w.silent("published texts")
	w.press("The key: how to get it, what it costs")
	w.looksRight("key")
	w.says("5 US dollars a month")
	w.typeInto("Your key", fake.Key)
	w.press("Keep this key")
	w.asked()
	w.press("Check the key")
	w.wait("The key works")
	w.asked("haveibeenpwned.com/api/v3/subscription/status")
	w.shell.Go("check", "ask")
	w.says("Have I Been Pwned: published texts")
	w.shell.Go("check", "key")
	w.press("Forget the key")
	w.shell.Go("check", "ask")
	w.silent("published texts")
	w.shell.Go("settings", "sources")
	w.silent(fake.Key)
}

// Watching is off until it is switched on; on, the list is asked for at most
// once a day, and nothing about the person leaves.
func TestWatching(t *testing.T) {
	now := time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)
	p := person(t, "pat@mail.example")
	open(t, "en", p).asked()
	p.Consents = map[string]bool{"watch": true}
	p.Limits = map[string][]time.Time{"hibp-latest": {now.Add(-23 * time.Hour)}}
	open(t, "en", p).asked()
	p.Limits = map[string][]time.Time{"hibp-latest": {now.Add(-25 * time.Hour)}}
	w := open(t, "en", p)
	for range 200 {
		if w.pump(); len(w.server.Requests()) >= 2 {
			break
		}
		time.Sleep(10 * time.Millisecond)
	}
	w.asked("/haveibeenpwned.com/api/v3/latestbreach", "/haveibeenpwned.com/api/v3/breaches")
	if r := strings.Join(w.server.Requests(), " "); strings.Contains(r, "pat") {
		t.Errorf("asked %q", r)
	}
}

// A leak's page says what to do now for each kind of data.
func TestLeakPage(t *testing.T) {
	w := open(t, "en", nil)
	w.shell.Go("check", "leak/Facebook")
	w.looksRight("leak")
	for _, s := range []string{"PIN or a lock against SIM changes", "is the fraud", "Tell your family and your bank"} {
		w.says(s)
	}
	w.shell.Go("check", "leak/Adobe")
	w.says("The same password is also used at:")
	w.shell.Go("check", "leak/nowhere")
	w.looksRight("no leak")
	w.asked()
}

// Every service that is a link only says why, and is opened only by a press.
func TestLinks(t *testing.T) {
	w := open(t, "en", empty())
	w.shell.Go("check", "links")
	w.says("It has no interface for programs.")
	w.press("Mozilla Monitor  (monitor.mozilla.org)")
	if !slices.Equal(w.opened, []string{"https://monitor.mozilla.org"}) {
		t.Errorf("opened %q", w.opened)
	}
	w.asked()
}

// The switch in Settings forbids everything, whatever was agreed to; a proxy
// needs an address that can be one.
func TestConnections(t *testing.T) {
	w := open(t, "en", person(t, number))
	w.shell.Go("settings", "network")
	w.typeInto("How to connect", "Through a proxy")
	w.typeInto("Address of the proxy", "just words")
	w.press("Use this proxy")
	if v := w.shell.Kit().Find("entry", "Address of the proxy").Value(); !strings.Contains(v, "no address") {
		t.Errorf("says %q", v)
	}
	w.typeInto("How to connect", "Same as the system")
	w.press("Let nothing leave this computer")
	w.shell.Go("check", "ask")
	w.says("You have forbidden every connection")
	if w.shell.Kit().Press("Ask the ticked sources now") {
		t.Error("sources can be asked all the same")
	}
	w.asked()
}
