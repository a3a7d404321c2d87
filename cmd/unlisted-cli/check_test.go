package main

import (
	"bytes"
	"crypto/sha1"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"unlisted/checks/breach/fake"
)

// keys are those of a JSON object, in order.
func keys(v any) []string {
	m, _ := v.(map[string]any)
	return slices.Sorted(maps.Keys(m))
}

// A check's document has the contract's keys, all of them and no other, whatever
// the sources answer; the leaks of all sources are one list.
func TestCheckJSON(t *testing.T) {
	w := newWorld(t)
	p := w.profile()
	w.ok("--profile", p, "you", "add", "pat@mail.example", "+33639981234")
	w.ok("--profile", p, "accounts", "set", "adobe.com", "gone=no")
	for _, fault := range []fake.Fault{fake.OK, fake.LimitedLong, fake.Down, fake.Page} {
		w.server.Fail(fault)
		out := w.ok("--profile", p, "--json", "check", "--source", "xposedornot", "--source", "hudsonrock", "--consent")
		var doc map[string]any
		if err := json.Unmarshal([]byte(out), &doc); err != nil || !slices.Equal(keys(doc), []string{"leaks", "results"}) {
			t.Fatalf("%s: %v %s", fault, err, out)
		}
		results, _ := doc["results"].([]any)
		if len(results) != 3 {
			t.Fatalf("%s: %d results", fault, len(results))
		}
		leaks, _ := doc["leaks"].([]any)
		if leaks == nil {
			t.Errorf("%s: leaks is no list", fault)
		}
		for _, r := range results {
			if !slices.Equal(keys(r), []string{"checked_at", "identifier", "leaks", "limits", "retry_at", "source", "state"}) {
				t.Errorf("%s: %v", fault, keys(r))
			}
			m, _ := r.(map[string]any)
			if limits, _ := m["limits"].([]any); len(limits) == 0 {
				t.Errorf("%s: no limits in %v", fault, m)
			}
			own, _ := m["leaks"].([]any)
			leaks = append(leaks, own...)
			if fault != fake.OK && (m["state"] == "not-found" || m["state"] == "found") {
				t.Errorf("%s is told as %v", fault, m["state"])
			}
			if fault == fake.LimitedLong && m["retry_at"] == nil {
				t.Error("no time to ask again")
			}
		}
		for _, l := range leaks {
			if !slices.Equal(keys(l), []string{"account", "certainty", "data", "date", "id", "title"}) {
				t.Errorf("%s: %v", fault, keys(l))
			}
		}
		if fault == fake.OK && (!strings.Contains(out, `"id":"Adobe"`) || !strings.Contains(out, `"date":"2013-10-04"`) || !strings.Contains(out, `"certainty":"confirmed"`)) {
			t.Errorf("Adobe is not named: %s", out)
		}
	}
	var list struct {
		Leaks []struct {
			ID      string
			Sources []string
		}
	}
	if err := json.Unmarshal([]byte(w.ok("--profile", p, "--json", "breaches")), &list); err != nil || len(list.Leaks) == 0 || len(list.Leaks[0].Sources) == 0 {
		t.Errorf("what was found is not in the list of leaks: %v %+v", err, list)
	}
}

// Without a yes the command says exactly what would leave, and nothing does: of
// a source that takes a fragment, the fragment.
func TestCheckPreview(t *testing.T) {
	w := newWorld(t)
	p := w.profile()
	w.ok("--profile", p, "you", "add", "example@example.com", "+33639981234")
	code, out, _ := w.run("--profile", p, "--json", "check", "example@example.com", "+33639981234")
	var doc struct {
		WouldSend []struct {
			Source, Host, Level string
			Sends               []string
		} `json:"would_send"`
	}
	if err := json.Unmarshal([]byte(out), &doc); err != nil || code != exitConsent {
		t.Fatalf("%d %v %s", code, err, out)
	}
	want := map[string]string{"leakcheck": "31c5543c1734d25c7206f5fd", "xposedornot": "example@example.com", "hudsonrock": "example@example.com +33639981234"}
	for _, x := range doc.WouldSend {
		if v, known := want[x.Source]; known && strings.Join(x.Sends, " ") != v {
			t.Errorf("%s sends %q", x.Source, x.Sends)
		}
	}
	if got := w.server.Requests(); len(got) != 0 {
		t.Errorf("asked %q", got)
	}
}

// Whoever is not on the person's list is not asked about: nothing is sent, shown
// or stored, and the answer says how one's own is added.
func TestOnlyOneself(t *testing.T) {
	w := newWorld(t)
	p := w.profile()
	w.ok("--profile", p, "you", "add", "pat.lee@gmail.com", "+33639981234")
	stored := func() string {
		to := filepath.Join(t.TempDir(), "r.json")
		w.ok("--profile", p, "report", "-o", to)
		b, err := os.ReadFile(to)
		if err != nil {
			t.Fatal(err)
		}
		return string(b)
	}
	before := stored()
	for _, who := range []string{"stranger@other.example", "+33639981235", "pat.lee@gmail.example", "o'hara@mail.example"} {
		for _, flags := range [][]string{{"--profile", p}, {"--temporary"}, {"--sample"}} {
			for _, rest := range [][]string{{who}, {"pat.lee@gmail.com", who}, {who, "--consent"}, {"--consent", "--details", who}} {
				code, out, errs := w.run(slices.Concat(flags, []string{"check"}, rest)...)
				if code != exitFailed || out != "" || !strings.Contains(errs, "unlisted-cli you add") {
					t.Errorf("%q %q: %d %q %q", flags, rest, code, out, errs)
				}
			}
		}
	}
	if got := w.server.Requests(); len(got) != 0 {
		t.Errorf("asked %q", got)
	}
	if after := stored(); after != before {
		t.Errorf("stored %s", after)
	}
	// The same mailbox in another spelling is one's own.
	w.ok("--profile", p, "check", "patlee@gmail.com", "--source", "xposedornot", "--consent")
	if got := w.server.Requests(); len(got) != 1 {
		t.Errorf("asked %q", got)
	}
}

// What cannot be written down is not sent: the answer says so, and what to do. A
// damaged list shows what can be read of it.
func TestLedgerFile(t *testing.T) {
	w := newWorld(t)
	p := w.profile()
	w.ok("--profile", p, "you", "add", "pat@mail.example")
	w.ok("--profile", p, "check", "--source", "xposedornot", "--source", "leakcheck", "--consent")
	list := p + ".ledger"
	whole, err := os.ReadFile(list)
	if err != nil {
		t.Fatal(err)
	}
	if out := w.ok("--profile", p, "ledger"); strings.Count(out, "answered") != 2 {
		t.Errorf("ledger: %s", out)
	}
	if err := errors.Join(os.Remove(list), os.Mkdir(list, 0o700)); err != nil { // nobody can write to it
		t.Fatal(err)
	}
	asked := len(w.server.Requests())
	for _, args := range [][]string{{}, {"--json"}} {
		code, out, errs := w.run(slices.Concat([]string{"--profile", p}, args, []string{"check", "--source", "xposedornot", "--consent"})...)
		if code != exitFailed || !strings.Contains(errs, "could not write to that list") || strings.Contains(out, "not-found") {
			t.Errorf("%d %s %s", code, out, errs)
		}
	}
	if n := len(w.server.Requests()); n != asked {
		t.Errorf("%d requests were sent", n-asked)
	}
	if err := errors.Join(os.Remove(list), os.WriteFile(list, whole[:len(whole)-40], 0o600)); err != nil {
		t.Fatal(err)
	}
	code, out, errs := w.run("--profile", p, "ledger")
	if code != exitDone || strings.Count(out, "xposedornot")+strings.Count(out, "leakcheck") == 0 || !strings.Contains(errs, "damaged in 1 place") {
		t.Errorf("%d %s %s", code, out, errs)
	}
	if _, out, _ := w.run("--profile", p, "--json", "ledger"); !strings.Contains(out, `"damaged":1`) || !strings.Contains(out, `"sent"`) {
		t.Errorf("ledger: %s", out)
	}
}

// One line a question, and a sum that does not hide the gaps.
func TestCheckSummary(t *testing.T) {
	w := newWorld(t)
	p := w.profile()
	w.ok("--profile", p, "you", "add", "ann@mail.example")
	out := w.ok("--profile", p, "check", "ann@mail.example", "--source", "xposedornot", "--source", "hibp", "--consent")
	if !strings.Contains(out, "1 of 2 sources answered everything") || !strings.Contains(out, "Key refused") {
		t.Errorf("%s", out)
	}
	if n := len(w.server.Requests()); n != 1 {
		t.Errorf("%d requests: without a key nothing is sent", n)
	}
}

// corpus is a copy of Pwned Passwords in the official form.
func corpus(t *testing.T, passwords map[string]int) string {
	t.Helper()
	var lines []string
	for i := range 3000 {
		lines = append(lines, fmt.Sprintf("%040X:1", sha1.Sum(fmt.Append(nil, "other", i))))
	}
	for p, n := range passwords {
		lines = append(lines, fmt.Sprintf("%040X:%d", sha1.Sum([]byte(p)), n))
	}
	slices.Sort(lines)
	file := filepath.Join(t.TempDir(), "pwned.txt")
	write(t, file, strings.Join(lines, "\r\n"))
	return file
}

// With a copy on this computer nothing leaves, no yes is needed, and the answers
// are those of the service; a copy that is none is never "not found".
func TestPasswordsOffline(t *testing.T) {
	w := newWorld(t)
	export := filepath.Join(w.dir, "x.csv")
	write(t, export, "name,url,username,password\nShop,https://shop.example,pat,hunter2\nBank,https://bank.example,pat,Sunny-Day-7\n")
	file := corpus(t, map[string]int{"hunter2": 17})
	out := w.ok("--json", "passwords", export, "--offline", file)
	if online := w.ok("--json", "passwords", export, "--consent"); out != online {
		t.Errorf("offline %s online %s", out, online)
	}
	asked := len(w.server.Requests())
	text := w.ok("passwords", "--offline", file, export)
	if !strings.Contains(text, "shop.example") || !strings.Contains(text, "1 of 2 logins uses") || strings.Contains(text+out, "hunter2") {
		t.Errorf("%s", text)
	}
	raw, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	damaged, none := filepath.Join(w.dir, "damaged.txt"), filepath.Join(w.dir, "none.txt")
	write(t, damaged, string(bytes.ReplaceAll(raw, []byte(":1"), []byte(";1"))))
	write(t, none, "hello\n")
	for _, bad := range []string{damaged, none, filepath.Join(w.dir, "gone"), t.TempDir()} {
		code, out, errs := w.run("--json", "passwords", export, "--offline", bad)
		if code != exitFailed || strings.Contains(out, "not-found") || len(errs) < 20 {
			t.Errorf("%s: %d %s %s", filepath.Base(bad), code, out, errs)
		}
	}
	for _, args := range [][]string{{export, "--offline"}, {"--offline", file}, {export, "--offline", file, "--offline", file}} {
		if code, _, _ := w.run(append([]string{"passwords"}, args...)...); code != exitUsage {
			t.Errorf("%q ended with %d", args, code)
		}
	}
	if got := len(w.server.Requests()); got != asked {
		t.Errorf("offline asked %d times", got-asked)
	}
}
