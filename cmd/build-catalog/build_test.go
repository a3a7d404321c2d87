package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"unlisted/checks/catalog"
)

// inputsOf writes a folder of inputs; what is not given is empty.
func inputsOf(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, empty := range map[string]string{
		"2fa": "[]", "passkeys": "[]", "passkeys-verified": "[]", "passkey-endpoints": "[]", "delete": "[]", "getdata": "[]",
		"gdpr-contacts": "[]", "change-password": "[]", "shared-credentials": "{}", "platform-facts": "{}",
	} {
		content, ok := files[name]
		if !ok {
			content = empty
		}
		if err := os.WriteFile(filepath.Join(dir, name+".json"), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// made builds a catalogue and loads it as the program does.
func made(t *testing.T, files map[string]string) (*catalog.Catalog, string) {
	t.Helper()
	in := inputsOf(t, files)
	out := filepath.Join(t.TempDir(), "platforms.tsv")
	var report bytes.Buffer
	if err := run(in, out, &report); err != nil {
		t.Fatal(err)
	}
	first, err := os.ReadFile(out)
	if err != nil {
		t.Fatal(err)
	}
	if err := run(in, out, &bytes.Buffer{}); err != nil {
		t.Fatal(err)
	}
	if second, _ := os.ReadFile(out); !bytes.Equal(first, second) {
		t.Error("the same inputs give another file")
	}
	c, err := catalog.Load(fstest.MapFS{"platforms.tsv": {Data: first}}, fstest.MapFS{}, nil)
	if err != nil {
		t.Fatal(err)
	}
	return c, report.String()
}

// Records of one platform from several inputs become one entry; what they
// disagree on is reported, and the more trusted input wins.
func TestMerge(t *testing.T) {
	c, report := made(t, map[string]string{
		"2fa":             `[{"name":"Shop","domain":"shop.example","additional_domains":["shop-login.example"],"methods":["sms","totp"],"documentation":"https://shop.example/2fa","updated":"2026-01-01"}]`,
		"passkeys":        `[{"name":"The Shop","domain":"www.shop.example","mfa":"allowed","documentation":"https://shop.example/passkeys"}]`,
		"delete":          `[{"name":"Shop","domains":["shop.example"],"url":"https://shop.example/delete","difficulty":"easy"},{"name":"Shop","domains":["shop.example"],"url":"https://shop.example/other"}]`,
		"change-password": `[{"domain":"account.shop.example","url":"https://shop.example/password"}]`,
		"gdpr-contacts":   `[{"name":"Shop Ltd","domains":["shop-login.example"],"email":"privacy@shop.example"},{"name":"Letters Only","address":"1 Road"}]`,
		"platform-facts":  `{"platforms":[{"name":"Number Co","domain":"number.example","phone_removable":"no","methods":["sms"],"confidence":{"phone_removable":"official","methods":"official"},"field_sources":{"phone_removable":["https://number.example/help"]},"sources":[{"url":"https://number.example/help","title":"Help","date":"2025-03"}]},{"name":"Perhaps","domain":"perhaps.example","phone_removable":"no","confidence":{"phone_removable":"unverified"}}]}`,
	})
	p, ok := c.ByID("shop.example")
	if !ok || strings.Join(p.Domains, " ") != "shop.example shop-login.example" || strings.Join(p.Methods, " ") != "passkey sms totp" {
		t.Fatalf("shop: %+v", p)
	}
	if p.Delete.URL != "https://shop.example/delete" || p.ChangePassURL != "https://shop.example/password" || p.Contact.Email != "privacy@shop.example" {
		t.Errorf("shop: %+v", p)
	}
	for _, told := range []string{"second delete link left out: https://shop.example/other", `"The Shop" (passkeys) kept as another name`, `contact "Letters Only" has neither site nor mail`} {
		if !strings.Contains(report, told) {
			t.Errorf("not reported: %s\n%s", told, report)
		}
	}
	if n, _ := c.ByID("number.example"); n.Exit != catalog.ExitForced || len(n.ExitSources) != 1 || n.ExitSources[0].Checked.IsZero() {
		t.Errorf("a sourced fact: %s %+v", n.Exit, n.ExitSources)
	}
	if n, _ := c.ByID("perhaps.example"); n.Exit != catalog.ExitUnknown {
		t.Errorf("an unverified fact is shipped as %s", n.Exit)
	}
}

// A record that would be lost stops the build, as do broken inputs.
func TestNothingLost(t *testing.T) {
	for name, files := range map[string]map[string]string{
		"no site at all": {"2fa": `[{"name":"Nowhere","methods":["sms"]}]`},
		"not JSON":       {"2fa": `[{`},
		"another shape":  {"delete": `{"a":1}`},
	} {
		out := filepath.Join(t.TempDir(), "out")
		if err := run(inputsOf(t, files), out, &bytes.Buffer{}); err == nil {
			t.Errorf("%s: built all the same", name)
		}
		if _, err := os.Stat(out); err == nil {
			t.Errorf("%s: a file was written", name)
		}
	}
}
