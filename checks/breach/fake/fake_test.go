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
