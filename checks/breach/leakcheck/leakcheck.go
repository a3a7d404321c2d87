// Package leakcheck asks LeakCheck's public search about an address. It sends a
// cut hash and never the address; whoever holds the address can still recompute
// it. Leaked values are neither asked for nor returned.
package leakcheck

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"net/http"
	"strings"
	"time"

	"unlisted/checks/breach"
	"unlisted/checks/identifier"
	"unlisted/checks/outbound"
)

// ID is the source's stable name.
const ID = "leakcheck"

const (
	host    = "leakcheck.io"
	hashLen = 24 // hexadecimal characters of SHA-256
)

// limits stay below the vendor's one a second; the rest is caution, since daily
// limits are told differently by everybody.
var limits = []outbound.Limit{{N: 1, Per: 2 * time.Second}, {N: 10, Per: time.Hour}}

// Source is LeakCheck's public search.
type Source struct {
	client *outbound.Client
	now    func() time.Time
}

var _ breach.Source = (*Source)(nil)

// New returns the source.
func New(c *outbound.Client, now func() time.Time) *Source { return &Source{client: c, now: now} }

var purpose = outbound.Purpose{ID: ID, Host: host, MaxBody: 2 << 20, Limits: limits}

// Info implements breach.Source.
func (s *Source) Info() breach.Info {
	return breach.Info{
		ID: ID, Host: host, Level: breach.LevelPseudonym, Kinds: []identifier.Kind{identifier.KindEmail},
		Limits: limits, Credit: "https://leakcheck.io", Sends: pseudonym,
	}
}

// nothing are the service's two ways to say that it knows none.
var nothing = []breach.Nothing{
	{
		Status: http.StatusOK,
		Must: map[string]breach.Is{
			"success": breach.Exactly("true"),
			"found":   breach.Exactly("0"),
			"sources": breach.Exactly("[]"),
		},
		May: map[string]breach.Is{"fields": breach.Exactly("[]")},
	},
	{
		Status: http.StatusOK,
		Must:   map[string]breach.Is{"success": breach.Exactly("false"), "error": breach.Said("not found")},
	},
}

// pseudonym is what leaves of an address.
func pseudonym(id identifier.Identifier) string {
	sum := sha256.Sum256([]byte(strings.ToLower(id.ASCIIDomain())))
	return hex.EncodeToString(sum[:])[:hashLen]
}

type answer struct {
	Success        breach.Truth
	Found          json.RawMessage
	Sources        []struct{ Name, Date breach.Text }
	Error, Message breach.Text
}

// LookUp implements breach.Source.
func (s *Source) LookUp(ctx context.Context, yes outbound.Consent, id identifier.Identifier) breach.Result {
	r := breach.Result{Source: ID, Identifier: id, At: s.now()}
	if id.Kind != identifier.KindEmail {
		return r
	}
	q := breach.Query{
		Address: "https://" + host + "/api/public?check=" + pseudonym(id),
		Nothing: nothing, BackOff: time.Minute,
	}
	var body answer
	if status, ok := breach.AskJSON(ctx, s.client.Bind(purpose, yes), q, s.now, &r, &body); ok {
		r.Outcome, r.Hits = s.judge(status, body)
	}
	return r
}

// judge reads what is no "nothing found". What it lists as fields holds for all
// leaks together and so says nothing of any one.
func (s *Source) judge(status int, b answer) (breach.Outcome, []breach.Hit) {
	said := strings.ToLower(string(b.Error + b.Message))
	n, counted := breach.CountOf(b.Found)
	switch {
	case strings.Contains(said, "limit"), strings.Contains(said, "too many"):
		return breach.RateLimited, nil
	case status != http.StatusOK, !bool(b.Success), said != "", !counted, n == 0:
		return breach.Malformed, nil
	}
	var hits []breach.Hit
	for _, e := range b.Sources {
		if e.Name != "" { // it knows records it cannot name the leak of
			name := string(e.Name)
			hits = append(hits, breach.Hit{
				Name: name, Title: name, Domain: breach.Host(name), Date: breach.Day(string(e.Date), s.now()),
			})
		}
	}
	return breach.Found, breach.Hits(hits)
}
