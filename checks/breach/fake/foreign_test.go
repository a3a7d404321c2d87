package fake_test

import (
	"net/http"
	"net/url"
	"reflect"
	"testing"
	"time"
	"unsafe"

	hibp "github.com/wneessen/go-hibp"

	"unlisted/checks/breach/fake"
)

// toFake sends every request to the fake, below a folder of the host's name, as
// the door does with a base address.
type toFake struct{ base *url.URL }

func (f toFake) RoundTrip(r *http.Request) (*http.Response, error) {
	out := r.Clone(r.Context())
	out.URL.Scheme, out.URL.Host, out.URL.Path = f.base.Scheme, f.base.Host, "/"+r.URL.Host+r.URL.Path
	if r.URL.RawPath != "" {
		out.URL.RawPath = "/" + r.URL.Host + r.URL.RawPath
	}
	return http.DefaultTransport.RoundTrip(out)
}

// foreign is a client that nobody here wrote, unchanged but for where its
// requests go: it offers no way to say that.
func foreign(t *testing.T, s *fake.Server, options ...hibp.Option) *hibp.Client {
	t.Helper()
	web := s.Start()
	t.Cleanup(web.Close)
	base, err := url.Parse(web.URL)
	if err != nil {
		t.Fatal(err)
	}
	c := hibp.New(options...)
	for _, api := range []any{c.BreachAPI, c.PwnedPassAPI, c.PasteAPI} {
		inner := reflect.ValueOf(api).Elem().FieldByName("hibp").Elem().FieldByName("hc")
		*(**http.Client)(unsafe.Pointer(inner.UnsafeAddr())) = &http.Client{Transport: toFake{base}, Timeout: 10 * time.Second}
	}
	return &c
}

// A foreign client finds in the fake what it would find at the service, and
// takes its refusals for what they are.
func TestForeignClient(t *testing.T) {
	s := fake.New(map[string][]string{"pat@mail.example": {"Adobe", "Gawker"}}, map[string]int64{"hunter2": 17043})
	c := foreign(t, s, hibp.WithAPIKey(fake.Key), hibp.WithPwnedPadding())

	m, _, err := c.PwnedPassAPI.CheckPassword("hunter2")
	if err != nil || m == nil || m.Count != 17043 {
		t.Errorf("a leaked password: %+v, %v", m, err)
	}
	if m, _, err := c.PwnedPassAPI.CheckPassword("Sunny-Day-7-of-nobody"); err != nil || m != nil && m.Count != 0 {
		t.Errorf("another password: %+v, %v", m, err)
	}
	found, _, err := c.BreachAPI.BreachedAccount("pat@mail.example", hibp.WithoutTruncate())
	if err != nil || len(found) != 2 || found[0].Name != "Adobe" || found[0].PwnCount == 0 || len(found[0].DataClasses) == 0 {
		t.Errorf("a breached account: %+v, %v", found, err)
	}
	if _, r, err := c.BreachAPI.BreachedAccount("nobody@mail.example"); err == nil || r == nil || r.StatusCode != http.StatusNotFound {
		t.Errorf("nobody's account: %v", err)
	}
	all, _, err := c.BreachAPI.Breaches()
	if err != nil || len(all) < 3 {
		t.Errorf("the catalogue: %d, %v", len(all), err)
	}
	if one, _, err := c.BreachAPI.BreachByName("Adobe"); err != nil || one.Name != "Adobe" {
		t.Errorf("one breach: %+v, %v", one, err)
	}
	if classes, _, err := c.BreachAPI.DataClasses(); err != nil || len(classes) == 0 {
		t.Errorf("data classes: %v, %v", classes, err)
	}
	if _, r, err := c.PasteAPI.PastedAccount("nobody@mail.example"); err == nil || r == nil || r.StatusCode != http.StatusNotFound {
		t.Errorf("nobody's pastes: %v", err)
	}

	keyless := foreign(t, s)
	if _, r, err := keyless.BreachAPI.BreachedAccount("pat@mail.example"); err == nil || r == nil || r.StatusCode != http.StatusUnauthorized {
		t.Errorf("without a key: %v", err)
	}
	s.Fail(fake.LimitedPlain)
	if _, r, err := c.BreachAPI.BreachedAccount("pat@mail.example"); err == nil || r == nil || r.StatusCode != http.StatusTooManyRequests {
		t.Errorf("limited: %v", err)
	}
}
