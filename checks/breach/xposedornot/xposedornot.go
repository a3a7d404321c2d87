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
	client *outbound.Client
	now    func() time.Time
}

var _ breach.Source = (*Source)(nil)

// limits stay below the service's own (2 a second, 25 an hour, 100 a day), since
// a refused request counts there too.
var limits = []outbound.Limit{{N: 20, Per: time.Hour}, {N: 80, Per: 24 * time.Hour}}

// New returns the source.
func New(c *outbound.Client, now func() time.Time) *Source { return &Source{client: c, now: now} }

var purpose = outbound.Purpose{ID: ID, Host: host, MaxBody: 2 << 20, Limits: limits}

// Info implements breach.Source.
func (s *Source) Info() breach.Info {
	return breach.Info{
		ID: ID, Host: host, Level: breach.LevelIdentifier, Kinds: []identifier.Kind{identifier.KindEmail},
		Limits: limits, Credit: "https://xposedornot.com", Sends: breach.SendsItself,
	}
}

type answer struct {
	Breaches [][]breach.Text `json:"breaches"`
	Error    breach.Text     `json:"Error"`
	Status   breach.Text     `json:"status"`
	Email    breach.Text     `json:"email"`
}

// nothing are the ways it says that it knows none of an address: as it answers
// today, as its older contract says, and of somebody who wants to stay unknown.
func nothing(address string) []breach.Nothing {
	unknown := breach.Exactly(`"Not found"`)
	return []breach.Nothing{
		{Status: http.StatusOK, Must: map[string]breach.Is{"Error": unknown, "email": breach.Exactly("null")}},
		{Status: http.StatusNotFound, Must: map[string]breach.Is{"Error": unknown}},
		{Status: http.StatusNotFound, Must: map[string]breach.Is{
			"Error": breach.Exactly(`"No breaches found"`), "email": breach.Said(address), "status": breach.Exactly(`"failed"`),
		}},
	}
}

// LookUp implements breach.Source. The service answers an unknown address in
// several ways, and its own failure almost like one of them.
func (s *Source) LookUp(ctx context.Context, yes outbound.Consent, id identifier.Identifier) breach.Result {
	r := breach.Result{Source: ID, Identifier: id, At: s.now()}
	if id.Kind != identifier.KindEmail {
		return r
	}
	address := strings.ToLower(id.ASCIIDomain())
	if !plainASCII(address) { // it would answer "not found" to what it cannot read
		r.Outcome = breach.InvalidInput
		return r
	}
	q := breach.Query{
		Address: "https://" + host + "/v1/check-email/" + breach.Escape(address), Nothing: nothing(address),
		BackOff: time.Hour, // an hour where it names no time: it drops who overran earlier
	}
	var body answer
	if status, ok := breach.AskJSON(ctx, s.client.Bind(purpose, yes), q, s.now, &r, &body); ok {
		r.Outcome, r.Hits = judge(status, body, address)
	}
	return r
}

// judge reads what is no "nothing found".
func judge(status int, b answer, address string) (breach.Outcome, []breach.Hit) {
	var hits []breach.Hit
	for _, list := range b.Breaches {
		for _, name := range list {
			if name != "" {
				hits = append(hits, breach.Hit{Name: string(name), Title: string(name)})
			}
		}
	}
	switch {
	case status == http.StatusNotFound && len(hits) == 0 && b.Error == "Not found" && b.Status == "failed":
		return breach.Unavailable, nil // only its exception path writes both
	case status != http.StatusOK, len(hits) == 0, b.Error != "", b.Status != "" && b.Status != "success":
		return breach.Malformed, nil
	case b.Email != "" && !strings.EqualFold(string(b.Email), breach.Plain(address)):
		return breach.Malformed, nil // about somebody else
	}
	return breach.Found, breach.Hits(hits)
}

func plainASCII(s string) bool {
	return strings.Trim(s, "abcdefghijklmnopqrstuvwxyz0123456789._%+-@") == ""
}
