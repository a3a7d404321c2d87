// Package hibp asks Have I Been Pwned about an address, with the person's own
// key. Its answer never shows sensitive breaches, so "nothing found" there is
// never the whole truth.
package hibp

import (
	"context"
	"net/http"
	"slices"
	"strings"
	"time"

	"unlisted/checks/breach"
	"unlisted/checks/identifier"
	"unlisted/checks/outbound"
)

// ID is the source's stable name.
const ID = "hibp"

const host = "haveibeenpwned.com"

// perMinute is below the smallest plan's ten requests a minute.
const perMinute = 9

// Source is Have I Been Pwned with a key.
type Source struct {
	client    *http.Client
	key       func() string
	catalogue *breach.Catalogue
	now       func() time.Time
}

var _ breach.Source = (*Source)(nil)

// New returns the source. key gives the person's key, or "".
func New(door outbound.Door, key func() string, c *breach.Catalogue, now func() time.Time) *Source {
	return &Source{
		client: door.Client(outbound.Purpose{ID: ID, Host: host, MaxBody: 2 << 20, Limits: []outbound.Limit{{N: perMinute, Per: time.Minute}}}),
		key:    key, catalogue: c, now: now,
	}
}

// Info implements breach.Source.
func (s *Source) Info() breach.Info {
	return breach.Info{
		ID: ID, Host: host, Level: breach.LevelIdentifier, Kinds: []identifier.Kind{identifier.KindEmail},
		NeedsKey: true, Credit: "https://haveibeenpwned.com", CanHide: true,
	}
}

// LookUp implements breach.Source.
func (s *Source) LookUp(ctx context.Context, id identifier.Identifier) breach.Result {
	r := breach.Result{Source: ID, Identifier: id, At: s.now()}
	key := strings.TrimSpace(s.key())
	switch {
	case id.Kind != identifier.KindEmail:
		return r
	case !validKey(key):
		r.Outcome = breach.Unauthorized
		return r
	}
	address := "https://" + host + "/api/v3/breachedaccount/" + breach.Escape(id.ASCIIDomain())
	a := breach.Ask(ctx, s.client, address, http.Header{"Hibp-Api-Key": {key}}, s.now)
	r.Outcome, r.RetryAt = a.Outcome, a.RetryAt
	if a.Outcome != breach.NotChecked || a.Status < 0 {
		return r
	}
	if a.Status == http.StatusNotFound {
		// Sensitive breaches and those of people who opted out answer the same.
		r.Outcome = breach.Partial
		return r
	}
	var names []struct{ Name string }
	nameless := func(n struct{ Name string }) bool { return n.Name == "" }
	if !breach.Decode(a.Body, &names) || len(names) == 0 || slices.ContainsFunc(names, nameless) {
		r.Outcome = breach.Malformed
		return r
	}
	r.Outcome = breach.Found
	for _, n := range names {
		r.Hits = append(r.Hits, s.hit(n.Name))
	}
	return r
}

func (s *Source) hit(name string) breach.Hit {
	b, ok := s.catalogue.ByName(name)
	if !ok { // newer than the catalogue
		return breach.Hit{Name: breach.Plain(name), Title: breach.Plain(name)}
	}
	return breach.Hit{Name: b.Name, Title: b.Title, Domain: b.Domain, Date: b.Date, Data: b.Data, Unverified: b.Flags.Has(breach.Unverified)}
}

// CheckKey asks whether a key works, which looks nobody up.
func (s *Source) CheckKey(ctx context.Context) breach.Outcome {
	key := strings.TrimSpace(s.key())
	if !validKey(key) {
		return breach.Unauthorized
	}
	a := breach.Ask(outbound.WithConsent(ctx, ID), s.client, "https://"+host+"/api/v3/subscription/status", http.Header{"Hibp-Api-Key": {key}}, s.now)
	var status struct{ Rpm *int64 }
	switch {
	case a.Outcome != breach.NotChecked || a.Status < 0:
		return a.Outcome
	case a.Status == http.StatusOK && breach.Decode(a.Body, &status) && status.Rpm != nil:
		return breach.Found
	}
	return breach.Malformed
}

// validKey: 32 hexadecimal characters, so that a mistyped key is not sent.
func validKey(k string) bool {
	return len(k) == 32 && strings.Trim(strings.ToLower(k), "0123456789abcdef") == ""
}
