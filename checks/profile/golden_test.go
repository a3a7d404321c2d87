package profile_test

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"unlisted/checks/breach"
	"unlisted/checks/evidence"
	"unlisted/checks/identifier"
	"unlisted/checks/profile"
	"unlisted/checks/profile/keystore"
)

// v1 puts the profile that version 1 of the schema wrote where it can be opened.
func v1(t *testing.T) (path string, keys *keystore.Memory) {
	t.Helper()
	path, keys = filepath.Join(t.TempDir(), "profile.age"), &keystore.Memory{}
	b, err := os.ReadFile("testdata/v1.age")
	must(t, err)
	key, err := os.ReadFile("testdata/v1.key")
	must(t, err)
	must(t, os.WriteFile(path, b, 0o600))
	must(t, os.WriteFile(path+".id", []byte("profile-old\n"), 0o600))
	must(t, keys.Set(ctx, "profile-old", strings.TrimSpace(string(key))))
	return path, keys
}

// A profile of version 1 opens with all that is in it, is written in the new
// version, and stays beside it as it was.
func TestVersionOneOpens(t *testing.T) {
	path, keys := v1(t)
	s, p, err := profile.Open(ctx, path, keys, "")
	must(t, err)
	at := time.Date(2026, 11, 24, 9, 30, 0, 0, time.UTC)
	number := identifier.Identifier{Kind: identifier.KindPhone, Value: "+33639981234"}
	for what, ok := range map[string]bool{
		"created":     p.Created.Equal(at) && p.Version == profile.Version,
		"identifiers": len(p.Identifiers) == 2 && p.Identifiers[1].ID == number && p.Identifiers[1].Added.Equal(at),
		"scans":       len(p.Scans) == 2 && p.Scans[0].Source.Path == "takeout.zip" && p.Scans[0].Source.Problems[0].What == "error.evidence.damaged",
		"findings": len(p.Findings) == 3 && p.Findings[0].Fact == evidence.FactHoldsPhone && p.Findings[0].Identifier == number && p.Findings[0].Purpose == evidence.PurposeSecondFactor &&
			p.Findings[0].Confidence == evidence.Confirmed && p.Findings[0].Last.Equal(at) && p.Findings[2].Count == 7,
		"mailboxes": len(p.Mailboxes) == 1 && p.Mailboxes[0].State.Folders["INBOX"].Last == 44 && len(p.Mailboxes[0].State.Found.Findings) == 1,
		"claims":    len(p.Claims) == 1 && p.Claims[0].Gone && p.Claims[0].NumberGone.Equal(at) && reflect.DeepEqual(p.Claims[0].Together, []string{"pat", "pat@mail.example"}),
		"dismissed": len(p.Dismissed) == 1 && p.Dismissed[0].Value == "somebody@else.example",
		"lookups":   len(p.Lookups) == 1 && p.Lookups[0].Outcome == breach.Found && p.Lookups[0].Hits[0].Domain == "shop.example",
		"steps":     p.Steps["x.com"]["add-app"].At.Equal(at),
		"skipped":   reflect.DeepEqual(p.Skipped, []string{"shop.example/secure"}),
		"answers":   p.Answers["locked-phone"] == "yes",
		"practised": p.Practised.Equal(at),
		"leaving":   p.Leaving[number.Value].Equal(at.AddDate(0, 3, 0)),
		"ledger":    len(p.Ledger) == 1 && p.Ledger[0].Host == "haveibeenpwned.com" && p.Ledger[0].Result == "answered",
		"consents":  p.Consents["watch"],
		"limits":    len(p.Limits["hibp"]) == 1 && p.Limits["hibp"][0].Equal(at),
		"seen":      p.Seen["x.com"].Exit == "removable" && p.Seen["x.com"].Incidents[0] == "x-2022",
		"history":   len(p.History) == 1 && p.History[0].What == "history.added",
		"settings":  p.Settings == profile.Settings{Language: "fr", Region: "FR", Theme: "dark", TextPct: 125, ShowValues: true, Place: "find", Offline: true, ProxyMode: profile.ProxyOwn, ProxyAddress: "socks5h://127.0.0.1:9999"},
	} {
		if !ok {
			t.Errorf("%s of version 1 were not read: %+v", what, p)
		}
	}
	must(t, s.Save(p))
	must(t, s.Close())
	old, err := os.ReadFile("testdata/v1.age")
	must(t, err)
	if kept, err := os.ReadFile(path + ".1"); err != nil || string(kept) != string(old) {
		t.Errorf("the file of version 1 is not kept: %v", err)
	}
	if got := reopen(t, path, keys, ""); got != "pat@mail.example" {
		t.Errorf("afterwards: %q", got)
	}
}

// Nothing that stands in a file of version 1 is dropped or renamed.
func TestVersionOneWhole(t *testing.T) {
	b, err := os.ReadFile("testdata/v1.json")
	must(t, err)
	p, err := profile.Decode(b)
	must(t, err)
	again, err := json.Marshal(p)
	must(t, err)
	var want, got map[string]any
	must(t, json.Unmarshal(b, &want))
	must(t, json.Unmarshal(again, &got))
	want["version"] = float64(profile.Version)
	delete(got, "source_key") // new, and random
	if !reflect.DeepEqual(got, want) {
		t.Errorf("read and written again:\n%v\nnot\n%v", got, want)
	}
}

// A file of a newer program is refused with a sentence of its own and never
// changed, whatever else is in it.
func TestNewerVersion(t *testing.T) {
	b, err := os.ReadFile("testdata/newer.json")
	must(t, err)
	_, err = profile.Decode(b)
	if !errors.Is(err, profile.ErrNewer) {
		t.Errorf("decoded with %v", err)
	}
	var told interface {
		Explain() (string, map[string]any)
	}
	if !errors.As(err, &told) {
		t.Fatal("no sentence")
	}
	if key, _ := told.Explain(); key != "error.profile.newer" {
		t.Errorf("told %q", key)
	}
}
