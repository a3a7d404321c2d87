package archive_test

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"unlisted/checks/evidence"
	"unlisted/checks/evidence/archive"
	"unlisted/checks/evidence/evidencetest"
)

// A number is said to be gone only by a dated archive with its page of numbers
// and no number anywhere in it.
func TestNoPhone(t *testing.T) {
	const manifest = `window.__THAR_CONFIG = {"archiveInfo":{"generationDate":"2025-05-01T00:00:00.000Z"}}`
	const account = `window.YTD.account.part0 = [{"account":{"email":"pat@mail.example","username":"pat"}}]`
	const device = `window.YTD.ni_devices.part0 = [{"niDeviceResponse":{"messagingDevice":{"phoneNumber":"+12025550123","deviceType":"Auth"}}}]`
	const fbNumber = `{"profile_v2":{"username":"pat","emails":{"emails":["pat@mail.example"]},"phone_numbers":[{"phone_type":"Mobile","phone_number":"%s"}]}}`
	fbWith := func(number string) map[string]string {
		return map[string]string{"facebook-pat-2025-05-01-AbC/profile_information/profile_information.json": fmt.Sprintf(fbNumber, number)}
	}
	const fb = `{"profile_v2":{"username":"pat","emails":{"emails":["pat@mail.example"]},"registration_timestamp":1262304000}}`
	for name, c := range map[string]struct {
		files map[string]string
		want  bool
	}{
		"an empty page":            {map[string]string{"data/manifest.js": manifest, "data/account.js": account, "data/phone-number.js": "window.YTD.phone_number.part0 = []"}, true},
		"no page":                  {map[string]string{"data/manifest.js": manifest, "data/account.js": account}, false},
		"no date":                  {map[string]string{"data/account.js": account, "data/phone-number.js": "window.YTD.phone_number.part0 = []"}, false},
		"a number for codes":       {map[string]string{"data/manifest.js": manifest, "data/account.js": account, "data/phone-number.js": "window.YTD.phone_number.part0 = []", "data/ni-devices.js": device}, false},
		"facebook without":         {map[string]string{"facebook-pat-2025-05-01-AbC/profile_information/profile_information.json": fb}, true},
		"facebook without a date":  {map[string]string{"profile_information/profile_information.json": fb}, false},
		"facebook, none written":   {fbWith("None"), true},
		"facebook, letters":        {fbWith("+1-800-FLOWERS"), false},
		"facebook, few digits":     {fbWith("4321"), false},
		"facebook, not shown":      {fbWith("Redacted"), false},
		"facebook, another member": {map[string]string{"facebook-pat-2025-05-01-AbC/ads_information/ads_interests.json": `{"topics_v2":[]}`}, false},
	} {
		r, err := evidence.Scan(context.Background(), []string{evidencetest.Folder(t, c.files)}, evidence.Options{Importers: archive.Importers()}, nil)
		if err != nil {
			t.Fatal(err)
		}
		got := slices.ContainsFunc(r.Findings, func(f evidence.Finding) bool { return f.Fact == evidence.FactNoPhone })
		if got != c.want {
			t.Errorf("%s: %t; %q", name, got, evidencetest.Lines(r))
		}
	}
}
