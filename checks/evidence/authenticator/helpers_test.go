package authenticator_test

import (
	"context"
	"encoding/json"
	"strings"
	"testing"

	"unlisted/checks/evidence"
	"unlisted/checks/evidence/authenticator"
	. "unlisted/checks/evidence/evidencetest"
)

// seed is the secret of every sample; it must never come out again.
const seed = "JBSWY3DPEHPK3PXP"

const passphrase = "correct horse"

// scan reads files with the importers of this package only.
func scan(t testing.TB, words []string, paths ...string) evidence.Report {
	t.Helper()
	o := evidence.Options{Importers: authenticator.Importers(), Region: "FR"}
	for _, w := range words {
		o.Unlock = append(o.Unlock, evidence.Unlock{Passphrase: w})
	}
	r, err := evidence.Scan(context.Background(), paths, o, nil)
	if err != nil {
		t.Fatal(err)
	}
	noSecret(t, r)
	return r
}

// noSecret fails where a secret or a password shows anywhere in a report.
func noSecret(t testing.TB, r evidence.Report) {
	t.Helper()
	b, err := json.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range []string{seed, "Hello!", passphrase, "secret", "otpauth"} {
		if text := strings.ReplaceAll(string(b), "otpauth-list", ""); strings.Contains(text, s) {
			t.Errorf("%q came out: %s", s, text)
		}
	}
}

// read scans one file of the given content.
func read(t testing.TB, name, content string, words ...string) evidence.Report {
	t.Helper()
	return scan(t, words, Write(t, name, content))
}

func format(r evidence.Report) string { return r.Sources[0].Format }

// shop is what most samples show.
var shop = []string{
	"Shop holds-email likely pat@mail.example sign-in",
	"Shop totp-on likely pat@mail.example",
}
