package evidence_test

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"unlisted/checks/evidence"
	"unlisted/checks/evidence/all"
	. "unlisted/checks/evidence/evidencetest"
)

// Which files lie around with passwords or codes in clear is told by what was in them, not by their names.
func TestClearFiles(t *testing.T) {
	dir := Folder(t, map[string]string{
		"harmless.csv":           "name,url,username,password\nShop,https://shop.example,pat@mail.example,s3cret\n",
		"passwords.csv":          "name,url,username,password\nShop,https://shop.example,pat@mail.example,\n",
		"list.txt":               "otpauth://totp/Shop:pat%40mail.example?secret=JBSWY3DPEHPK3PXP&issuer=Shop\n",
		"sealed.json":            `{"version":1,"header":{"slots":[{"type":1,"uuid":"u","key":"00","key_params":{"nonce":"00","tag":"00"},"n":32768,"r":8,"p":1,"salt":"00"}],"params":{"nonce":"00","tag":"00"}},"db":"AAAA"}`,
		"firefox/logins.json":    `{"nextId":2,"logins":[{"id":1,"hostname":"https://forum.example","encryptedPassword":"MDoE","timeCreated":1600000000000}]}`,
		"folder/deep/export.csv": "name,url,username,password\nX,https://x.com,pat,s3cret\n",
	})
	paths := []string{filepath.Join(dir, "folder")}
	for _, f := range []string{"harmless.csv", "passwords.csv", "list.txt", "sealed.json", "firefox/logins.json"} {
		paths = append(paths, filepath.Join(dir, filepath.FromSlash(f)))
	}
	r, err := evidence.Scan(t.Context(), paths, evidence.Options{Importers: all.Importers()}, nil)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, c := range evidence.ClearFiles(paths, r.Sources) {
		rel, err := filepath.Rel(dir, c.Path)
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, filepath.ToSlash(rel)+" "+string(c.Secrets))
	}
	slices.Sort(got)
	if want := "folder/deep/export.csv passwords, harmless.csv passwords, list.txt codes"; strings.Join(got, ", ") != want {
		t.Errorf("%q, want %s", got, want)
	}
}
