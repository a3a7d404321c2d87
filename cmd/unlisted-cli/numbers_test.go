package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// facebookOf writes a Facebook archive of a day with one number.
func facebookOf(t *testing.T, day, number string) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "facebook-pat-"+day+"-AbC", "personal_information", "profile_information")
	if err := os.MkdirAll(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	profile := `{"profile_v2":{"username":"pat","emails":{"emails":["pat@mail.com"]},"phone_numbers":[{"phone_number":"` + number + `","verified":true}]}}`
	if err := os.WriteFile(filepath.Join(dir, "profile_information.json"), []byte(profile), 0o600); err != nil {
		t.Fatal(err)
	}
	return filepath.Dir(filepath.Dir(dir))
}

// A newer archive that writes the number in another spelling, or in none that
// any country has, proves nothing gone: the stolen number opens the account
// after it as before.
func TestTwoArchivesOverTime(t *testing.T) {
	for _, c := range []struct{ own, first, second string }{
		{"+52 33 1234 5678", "+523312345678", "+5213312345678"},
		{"+55 85 98765-4321", "+5585987654321", "+558587654321"},
		{"+54 9 341 555-0123", "+5493415550123", "+543415550123"},
		{"+229 01 61 23 45 67", "+22961234567", "+2290161234567"},
		{"+33 6 39 98 12 12", "+33639981212", "0639981212"},
		{"+33 6 39 98 12 12", "+33639981212", "+999639981212"},
	} {
		w := newWorld(t)
		p := []string{"--profile", w.profile()}
		w.ok(append(p, "you", "add", c.own)...)
		falls := func(when string) {
			t.Helper()
			if out := w.ok(append(p, "whatif", "steal", "number")...); !strings.Contains(out, "Facebook") {
				t.Errorf("%s: %s Facebook does not fall: %s", c.own, when, out)
			}
			if out := w.ok(append(p, "goodbye", c.own)...); !strings.Contains(out, "Facebook") {
				t.Errorf("%s: %s Facebook is not left behind: %s", c.own, when, out)
			}
			if out := w.ok(append(p, "accounts")...); !strings.Contains(out, "1 of them holds your number") {
				t.Errorf("%s: %s %s", c.own, when, out)
			}
		}
		w.ok(append(p, "scan", facebookOf(t, "2023-05-01", c.first), "--yes")...)
		falls("before")
		w.ok(append(p, "scan", facebookOf(t, "2024-05-01", c.second), "--yes")...)
		falls("after")
	}
}

// A number that cannot be placed is told by its end, in words and as a document,
// and the person is asked whether it is theirs.
func TestNumberThatCannotBePlaced(t *testing.T) {
	t.Setenv("LC_ALL", "C.UTF-8")
	w := newWorld(t)
	dir := facebookOf(t, "2024-05-01", "0639981256")
	if out := w.ok("--temporary", "scan", dir); !strings.Contains(out, "a number whose country is not known: it ends in 56") || !strings.Contains(out, "Is it yours?") || strings.Contains(out, "0639981256") {
		t.Errorf("in words: %s", out)
	}
	var doc struct {
		Accounts []struct {
			Platform string
			Findings []struct{ Kind, Detail string }
		}
	}
	if err := json.Unmarshal([]byte(w.ok("--temporary", "--json", "scan", dir)), &doc); err != nil {
		t.Fatal(err)
	}
	told := false
	for _, f := range doc.Accounts[0].Findings {
		told = told || f.Kind == "holds-phone" && strings.HasSuffix(f.Detail, "56")
		if f.Kind == "no-phone" {
			t.Error("none is said to be held")
		}
	}
	if !told {
		t.Errorf("%+v", doc)
	}
}

// A number typed in another spelling is the one on the list.
func TestOwnNumberInAnotherSpelling(t *testing.T) {
	w := newWorld(t)
	p := []string{"--profile", w.profile()}
	w.ok(append(p, "you", "add", "+54 9 341 555-0123")...)
	if code, _, errs := w.run(append(p, "you", "add", "+54 341 555-0123")...); code != exitFailed || errs == "" {
		t.Errorf("added twice: %d %s", code, errs)
	}
	w.ok(append(p, "goodbye", "+54 341 555-0123", "--last-day", "2027-03-31")...)
	if out := w.ok(append(p, "--json", "goodbye", "+54 9 341 555-0123")...); !strings.Contains(out, "2027-03-31") {
		t.Errorf("the last day is lost: %s", out)
	}
	if out := w.ok(append(p, "you", "remove", "+54 341 15 555-0123")...); strings.Contains(out, "54") {
		t.Errorf("it stays: %s", out)
	}
}

// A number that cannot be placed and is somebody else's is refused by its end,
// and not asked about again; others still are.
func TestNumberThatIsNotMine(t *testing.T) {
	t.Setenv("LC_ALL", "C.UTF-8")
	w := newWorld(t)
	p := []string{"--profile", w.profile()}
	w.ok(append(p, "you", "add", "pat@mail.com")...)
	if out := w.ok(append(p, "scan", facebookOf(t, "2024-05-01", "0639981256"), "--yes")...); !strings.Contains(out, "you dismiss 56") {
		t.Errorf("before: %s", out)
	}
	if out := w.ok(append(p, "accounts")...); !strings.Contains(out, "Is it yours?") {
		t.Errorf("accounts: %s", out)
	}
	if code, _, errs := w.run(append(p, "you", "dismiss", "57")...); code == 0 || errs == "" {
		t.Errorf("another end is refused: %d %s", code, errs)
	}
	w.ok(append(p, "you", "dismiss", "56")...)
	if out := w.ok(append(p, "accounts")...); strings.Contains(out, "Is it yours?") || !strings.Contains(out, "ends in 56") {
		t.Errorf("after: %s", out)
	}
}
