package fake_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"unlisted/checks/breach/fake"
)

// get asks the fake the way the door does, below the host's own folder.
func get(s *fake.Server, path string, header ...string) *http.Response {
	r := httptest.NewRequest(http.MethodGet, "http://127.0.0.1"+path, nil)
	r.Header.Set("User-Agent", "Unlisted/test")
	for i := 0; i+1 < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r)
	return w.Result()
}

func body(r *http.Response) string {
	defer r.Body.Close()
	b, err := io.ReadAll(r.Body)
	if err != nil {
		return err.Error()
	}
	return string(b)
}

// The clients are only as good as what they are tested against: each answer
// here is one of the reference's.
func TestFaithful(t *testing.T) {
	s := fake.New(map[string][]string{"Pat@mail.example": {"Adobe"}}, nil)
	const account, hashes = "/haveibeenpwned.com/api/v3/breachedaccount/", "/api.pwnedpasswords.com/range/"
	for _, c := range []struct {
		path, key string
		status    int
		says      string
	}{
		{account + "pat%40mail.example", fake.Key, 200, `[{"Name":"Adobe"}]`},
		{account + "PAT%40MAIL.example", fake.Key, 200, `[{"Name":"Adobe"}]`},
		{account + "nobody%40mail.example", fake.Key, 404, ""},
		{account + "nobody", fake.Key, 400, ""},
		{account + "pat%40mail.example", "", 401, "missing"},
		{account + "pat%40mail.example", "short", 401, "improperly formed"},
		{account + "pat%40mail.example", strings.Repeat("f", 32), 401, "invalid"},
		{account + "pat%40mail.example", fake.ZeroKey, 401, "invalid"},
		{account + "account-exists%40hibp-integration-tests.com", fake.ZeroKey, 200, `[{"Name":"Adobe"}]`},
		{account + "opt-out%40hibp-integration-tests.com", fake.ZeroKey, 404, ""},
		{"/haveibeenpwned.com/api/v3/subscription/status", fake.Key, 200, `"Rpm":10`},
		{hashes + "5BAA", "", 400, "valid format"},
		{hashes + "5BAAG", "", 400, "valid hexadecimal"},
		{"/api.pwnedpasswords.com/", "", 400, "Invalid API query"},
		{"/api.xposedornot.com/v1/check-email/pat%40mail.example", "", 200, `"breaches":[["Adobe"]]`},
		{"/api.xposedornot.com/v1/check-email/nobody%40mail.example", "", 200, `"Error":"Not found"`},
		{"/elsewhere.example/", "", 404, ""},
	} {
		r := get(s, c.path, "Hibp-Api-Key", c.key)
		if got := body(r); r.StatusCode != c.status || !strings.Contains(got, c.says) {
			t.Errorf("%s with key %q: %d %s, want %d %s", c.path, c.key, r.StatusCode, got, c.status, c.says)
		}
	}
	if r := get(s, account+"pat%40mail.example", "User-Agent", "", "Hibp-Api-Key", "short"); r.StatusCode != http.StatusForbidden {
		t.Errorf("nobody in particular gets %d", r.StatusCode)
	}
}

// The rest of what the services document, as a client that is not ours would
// ask for it.
func TestFaithfulToOthers(t *testing.T) {
	known := map[string][]string{"pat@mail.example": {"Adobe", "Badoo"}, "one@mail.example": {"Adobe"}, "+33639981234": {"RedLine"}, "secret@mail.example": {"AshleyMadison"}}
	const hibp, xon, leak, rock = "/haveibeenpwned.com/api/v3/", "/api.xposedornot.com/v1/", "/leakcheck.io/api/public?check=", "/cavalier.hudsonrock.com/api/json/v2/osint-tools/search-by-"
	for _, c := range []struct {
		path, key string
		status    int
		says      string
	}{
		{hibp + "BreachedAccount/pat%40mail.example?TruncateResponse=false", fake.Key, 200, `"IsVerified":false`},
		{hibp + "breachedaccount/pat%40mail.example?includeUnverified=false", fake.Key, 200, `[{"Name":"Adobe"}]`},
		{hibp + "breachedaccount/pat%40mail.example?domain=adobe.com", fake.Key, 200, `[{"Name":"Adobe"}]`},
		{hibp + "breachedaccount/pat%40mail.example?domain=no.example", fake.Key, 404, ""},
		{hibp + "breachedaccount/secret%40mail.example", fake.Key, 404, ""},
		{hibp + "breachedaccount/range/567159", fake.Key, 403, "insufficient privileges"},
		{hibp + "breachedaccount/range/567159", fake.ProKey, 200, `"hashSuffix":"`},
		{hibp + "breachedaccount/range/56715", fake.ProKey, 400, ""},
		{hibp + "breachedaccount/range/abb3d0", fake.ProKey, 200, `{"hashSuffix":"431522C61929E9F5D3B13D2E4750BFA948","websites":["Adobe"]}`},
		{hibp + "pasteaccount/pat%40mail.example", fake.Key, 200, `"Title":null`},
		{hibp + "pasteaccount/nobody%40mail.example", fake.Key, 404, ""},
		{hibp + "pasteaccount/paste-sensitive-breach%40hibp-integration-tests.com", fake.ZeroKey, 200, "Pastebin"},
		{hibp + "stealerlogsbyemail/pat%40mail.example", fake.Key, 403, "insufficient"},
		{hibp + "stealerlogsbyemail/pat%40mail.example", fake.ProKey, 200, `["shop.example","mail.example"]`},
		{hibp + "stealerlogsbyemail/pat%40unverified.example", fake.ProKey, 403, "not verified"},
		{hibp + "stealerlogsbyemail/nobody%40mail.example", fake.ProKey, 404, ""},
		{hibp + "subscription/status", fake.ProKey, 200, `"IncludesKAnon":true`},
		{hibp + "subscription/status", "", 401, "missing"},
		{hibp + "breacheddomain/mail.example", fake.Key, 403, ""},
		{hibp + "breaches", "", 200, `"Attribution":null`},
		{hibp + "breaches?Domain=adobe.com", "", 200, `"Name":"Adobe"`},
		{hibp + "breaches?IsSpamList=true", "", 200, `"Name":"OnlinerSpambot"`},
		{hibp + "breach/Adobe", "", 200, `"PwnCount":1957476021`},
		{hibp + "breach/Nothing", "", 404, ""},
		{hibp + "latestbreach", "", 200, `"Name":"ZZZ-Newest"`},
		{hibp + "dataclasses", "", 200, `["Email addresses"`},
		{hibp + "nothing", fake.Key, 404, ""},
		{xon + "check-email/pat%40mail.example?details=true", "", 200, `"breach_date":""`},
		{xon + "breach-analytics?email=pat%40mail.example", "", 200, `"xposed_data":"Email addresses;Phone numbers"`},
		{xon + "breach-analytics?email=nobody%40mail.example", "", 200, `"ExposedBreaches":null`},
		{xon + "breach-analytics?email=shield%40mail.example", "", 404, `{"detail":"Not found"}`},
		{xon + "breaches?domain=no.example", "", 200, `"status":"Not Found"`},
		{xon + "breaches", "", 200, `"breachedDate":"2021`},
		{xon + "nothing", "", 404, `{"detail":"Not Found"}`},
		{xon + "check-email/dropped%40mail.example", "", 429, "violation history"},
		{leak + "pat%40mail.example", "", 200, `{"date":"2021-03","name":"Adobe.example"}`},
		{leak + "nobody%40mail.example", "", 200, `"found":0`},
		{leak + "odd%40mail.example", "", 200, `"error":"Not found"`},
		{leak, "", 400, "Missing"},
		{rock + "email?email=pat%40mail.example", "", 200, `"antiviruses":"['Windows Defender']"`},
		{rock + "email?email=nobody%40mail.example", "", 200, `"stealers":[]`},
		{rock + "username?username=%2B33639981234", "", 200, `"stealer_family":"RedLine"`},
		{rock + "username?username=+33639981234", "", 200, "This username is not associated"}, // a bare "+" is a space
		{rock + "email?email=withdrawn%40mail.example", "", 401, ""},
		{rock + "ip?ip=192.0.2.1", "", 404, ""},
		{"/api.pwnedpasswords.com/range/5BAA6?mode=ntlm", "", 200, ":"},
	} {
		r := get(fake.New(known, nil), c.path, "Hibp-Api-Key", c.key)
		if got := body(r); r.StatusCode != c.status || !strings.Contains(got, c.says) {
			t.Errorf("%s with key %q: %d %.300s, want %d %s", c.path, c.key, r.StatusCode, got, c.status, c.says)
		}
	}
	if r := get(fake.New(nil, nil), xon+"breaches", "If-None-Match", get(fake.New(nil, nil), xon+"breaches").Header.Get("Etag")); r.StatusCode != http.StatusNotModified {
		t.Errorf("the catalogue once more: %d", r.StatusCode)
	}
}

// The other services' limits.
func TestOtherRates(t *testing.T) {
	for path, n := range map[string]int{"/leakcheck.io/api/public?check=a": 1, "/api.xposedornot.com/v1/check-email/a%40mail.example": 25, "/cavalier.hudsonrock.com/api/json/v2/osint-tools/search-by-email?email=a": 50} {
		s := fake.New(nil, nil)
		for i := range n + 1 {
			if r := get(s, path); (r.StatusCode == http.StatusTooManyRequests) != (i == n) {
				t.Errorf("%s: request %d: %d", path, i+1, r.StatusCode)
			}
		}
	}
}

// A range has real lines always and padding only when asked for, joined as the
// real one joins them.
func TestRange(t *testing.T) {
	s := fake.New(nil, map[string]int64{"password": 41})
	for _, prefix := range []string{"5BAA6", "5baa6"} {
		for header, padded := range map[string]bool{"": false, "true": true, "TRUE": true, "false": false} {
			text := body(get(s, "/api.pwnedpasswords.com/range/"+prefix, "Add-Padding", header))
			lines := strings.Split(text, "\r\n")
			zero := 0
			for _, l := range lines {
				suffix, n, ok := strings.Cut(l, ":")
				if !ok || len(suffix) != 35 || suffix != strings.ToUpper(suffix) || strings.ContainsAny(l, "\r\n") {
					t.Fatalf("line %q", l)
				}
				if n == "0" {
					zero++
				}
			}
			if !strings.Contains(text, "1E4C9B93F3F0682250B6CF8331B7EE68FD8:41") || len(lines)-zero < 1000 {
				t.Errorf("%s: %d real lines", prefix, len(lines)-zero)
			}
			if padded != (zero >= 10 && zero <= 209) || !padded && zero != 0 {
				t.Errorf("%s with padding %q: %d padding lines", prefix, header, zero)
			}
		}
	}
}

// The eleventh request of a minute is refused with a time, as on the smallest
// plan.
func TestRate(t *testing.T) {
	s := fake.New(nil, nil)
	for i := range 11 {
		r := get(s, "/haveibeenpwned.com/api/v3/breachedaccount/a%40mail.example", "Hibp-Api-Key", fake.Key)
		if limited := r.StatusCode == http.StatusTooManyRequests; limited != (i == 10) || limited != (r.Header.Get("Retry-After") != "") {
			t.Errorf("request %d: %d", i+1, r.StatusCode)
		}
	}
	if n := len(s.Requests()); n != 11 {
		t.Errorf("%d requests counted", n)
	}
}
