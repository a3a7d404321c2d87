// Package xposedornot asks XposedOrNot about an address. No key is needed; the
// address itself is sent.
package xposedornot

import (
	"context"
	"net/http"
	"strings"
	"time"

	"unlisted/checks/breach"
	"unlisted/checks/identifier"
	"unlisted/checks/outbound"
)

// ID is the source's stable name.
const ID = "xposedornot"

const host = "api.xposedornot.com"

// Source is XposedOrNot.
type Source struct {
	client *http.Client
	now    func() time.Time
}

var _ breach.Source = (*Source)(nil)

// limits stay below the service's own (2 a second, 25 an hour, 100 a day), since
// a refused request counts there too.
var limits = []outbound.Limit{{N: 20, Per: time.Hour}, {N: 80, Per: 24 * time.Hour}}

// New returns the source.
func New(door outbound.Door, now func() time.Time) *Source {
	return &Source{
		client: door.Client(outbound.Purpose{ID: ID, Host: host, MaxBody: 2 << 20, Limits: limits}),
		now:    now,
	}
}

// Info implements breach.Source.
func (s *Source) Info() breach.Info {
	return breach.Info{
		ID: ID, Host: host, Level: breach.LevelIdentifier, Kinds: []identifier.Kind{identifier.KindEmail},
		Limits: limits, Credit: "https://xposedornot.com",
	}
}

type answer struct {
	Breaches [][]breach.Text `json:"breaches"`
	Error    breach.Text     `json:"Error"`
	Status   breach.Text     `json:"status"`
}

// LookUp implements breach.Source. The service answers an unknown address in
// several ways, and its own failure almost like one of them.
func (s *Source) LookUp(ctx context.Context, id identifier.Identifier) breach.Result {
	r := breach.Result{Source: ID, Identifier: id, At: s.now()}
	if id.Kind != identifier.KindEmail {
		return r
	}
	address := strings.ToLower(id.ASCIIDomain())
	if !plainASCII(address) { // it would answer "not found" to what it cannot read
		r.Outcome = breach.InvalidInput
		return r
	}
	var body answer
	// An hour without a time: it drops who overran earlier.
	status, ok := breach.AskJSON(ctx, s.client, "https://"+host+"/v1/check-email/"+breach.Escape(address), time.Hour, s.now, &r, &body)
	if !ok {
		return r
	}
	r.Outcome, r.Hits = judge(status, body)
	return r
}

func judge(status int, b answer) (breach.Outcome, []breach.Hit) {
	var hits []breach.Hit
	for _, list := range b.Breaches {
		for _, name := range list {
			if name != "" {
				hits = append(hits, breach.Hit{Name: string(name), Title: string(name)})
			}
		}
	}
	switch {
	case len(hits) > 0 && status == http.StatusOK:
		return breach.Found, breach.Hits(hits)
	case b.Error == "Not found" && b.Status == "failed":
		return breach.Unavailable, nil // only its exception path writes both
	case b.Error == "Not found", b.Error == "No breaches found":
		return breach.NotFound, nil
	}
	return breach.Malformed, nil
}

func plainASCII(s string) bool {
	return strings.Trim(s, "abcdefghijklmnopqrstuvwxyz0123456789._%+-@") == ""
}
