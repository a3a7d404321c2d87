// Package leakcheck asks LeakCheck's public search about an address. It sends a
// cut hash and never the address; whoever holds the address can still recompute
// it. Leaked values are neither asked for nor returned.
package leakcheck

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
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
	client *http.Client
	now    func() time.Time
}

var _ breach.Source = (*Source)(nil)

// New returns the source.
func New(door outbound.Door, now func() time.Time) *Source {
	return &Source{client: door.Client(outbound.Purpose{ID: ID, Host: host, MaxBody: 2 << 20, Limits: limits}), now: now}
}

// Info implements breach.Source.
func (s *Source) Info() breach.Info {
	return breach.Info{
		ID: ID, Host: host, Level: breach.LevelPseudonym, Kinds: []identifier.Kind{identifier.KindEmail},
		Limits: limits, Credit: "https://leakcheck.io",
	}
}

type answer struct {
	Success        breach.Truth
	Found          *breach.Count
	Sources        []struct{ Name, Date breach.Text }
	Error, Message breach.Text
}

// LookUp implements breach.Source.
func (s *Source) LookUp(ctx context.Context, id identifier.Identifier) breach.Result {
	r := breach.Result{Source: ID, Identifier: id, At: s.now()}
	if id.Kind != identifier.KindEmail {
		return r
	}
	sum := sha256.Sum256([]byte(strings.ToLower(id.ASCIIDomain())))
	var body answer
	status, ok := breach.AskJSON(ctx, s.client, "https://"+host+"/api/public?check="+hex.EncodeToString(sum[:])[:hashLen], time.Minute, s.now, &r, &body)
	if !ok {
		return r
	}
	r.Outcome, r.Hits = s.judge(status, body)
	return r
}

// judge reads both of the service's ways to say that there is nothing. What it
// lists as fields holds for all leaks together and so says nothing of any one.
func (s *Source) judge(status int, b answer) (breach.Outcome, []breach.Hit) {
	said := strings.ToLower(string(b.Error + b.Message))
	switch {
	case !bool(b.Success) && said == "not found":
		return breach.NotFound, nil
	case strings.Contains(said, "limit"), strings.Contains(said, "too many"):
		return breach.RateLimited, nil
	case status != http.StatusOK, !bool(b.Success), b.Found == nil, *b.Found == 0 && len(b.Sources) > 0:
		return breach.Malformed, nil
	case *b.Found == 0:
		return breach.NotFound, nil
	}
	var hits []breach.Hit
	for _, e := range b.Sources {
		if e.Name != "" { // it knows records it cannot name the leak of
			hits = append(hits, breach.Hit{Name: string(e.Name), Title: string(e.Name), Domain: breach.Host(string(e.Name)), Date: breach.Day(string(e.Date), s.now())})
		}
	}
	return breach.Found, breach.Hits(hits)
}
