// Package hibp asks Have I Been Pwned about an address, with the person's own
// key: leaks, pastes and, where the plan has them, logs of infected devices. Its
// answers never show sensitive breaches, so "nothing found" there is never the
// whole truth. It does not fetch pastes.
package hibp

import (
	"context"
	"net/http"
	"strings"
	"sync"
	"time"

	"unlisted/checks/breach"
	"unlisted/checks/identifier"
	"unlisted/checks/outbound"
)

// The sources' stable names. They share one key and its limit.
const (
	ID        = "hibp"
	PastesID  = "hibp-pastes"
	StealerID = "hibp-stealer-logs"
)

const (
	host = "haveibeenpwned.com"
	api  = "https://" + host + "/api/v3/"
)

// Key is the key all three need.
var Key = breach.Key{ID: ID, Page: "https://haveibeenpwned.com/API/Key"}

// perMinute is below the smallest plan's ten requests a minute.
const perMinute = 9

// Source is Have I Been Pwned with a key.
type Source struct {
	client    *outbound.Client
	key       func() string
	catalogue *breach.Catalogue
	now       func() time.Time

	mu    sync.Mutex
	plans map[string]breach.Plan // by key, for the session
}

var (
	_ breach.Source  = (*Source)(nil)
	_ breach.Planner = (*Source)(nil)
)

// New returns the source. key gives the person's key, or "".
func New(client *outbound.Client, key func() string, c *breach.Catalogue, now func() time.Time) *Source {
	return &Source{client: client, key: key, catalogue: c, now: now, plans: map[string]breach.Plan{}}
}

// Info implements breach.Source. Where the plan is known to allow it, only a
// prefix of a hash leaves.
func (s *Source) Info() breach.Info {
	i := s.info(ID)
	if p, ok := s.known(s.trimmed()); ok && p.KAnonymity {
		i.Level, i.Sends = breach.LevelPrefix, prefix
	}
	return i
}

func (s *Source) info(id string) breach.Info {
	i := breach.Info{
		ID: id, Host: host, Level: breach.LevelIdentifier, Kinds: []identifier.Kind{identifier.KindEmail},
		Limits: s.limits(), Key: &Key, Sends: breach.SendsItself, Credit: "https://haveibeenpwned.com", CanHide: true,
	}
	if id != ID {
		i.With = ID
	}
	return i
}

// limits are one below those of the plan, as far as it is known.
func (s *Source) limits() []outbound.Limit {
	p, _ := s.known(s.trimmed())
	return []outbound.Limit{{N: int(max(perMinute, min(p.PerMinute-1, 1000))), Per: time.Minute}}
}

func (s *Source) trimmed() string { return strings.TrimSpace(s.key()) }

func (s *Source) known(key string) (breach.Plan, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	p, ok := s.plans[key]
	return p, ok
}

// ask puts one question with the key.
func (s *Source) ask(ctx context.Context, yes outbound.Consent, path string) breach.Answer {
	key := s.trimmed()
	if !validKey(key) {
		return breach.Answer{Outcome: breach.Unauthorized}
	}
	client := s.client.Bind(outbound.Purpose{ID: ID, Host: host, MaxBody: 2 << 20, Limits: s.limits()}, yes)
	return breach.Ask(ctx, client, api+path, http.Header{"Hibp-Api-Key": {key}}, s.now)
}

// validKey: 32 hexadecimal characters, so that a mistyped key is not sent.
func validKey(k string) bool {
	return len(k) == 32 && strings.Trim(strings.ToLower(k), "0123456789abcdef") == ""
}

// LookUp implements breach.Source. A plan with hash ranges is used that way: the
// address then stays here.
func (s *Source) LookUp(ctx context.Context, yes outbound.Consent, id identifier.Identifier) breach.Result {
	if id.Kind != identifier.KindEmail {
		return breach.Result{Source: ID, Identifier: id, At: s.now()}
	}
	plan, a := s.plan(ctx, yes)
	if stops(a) {
		return a.Into(breach.Result{Source: ID, Identifier: id, At: s.now()})
	}
	if plan.KAnonymity {
		return s.lookUpRange(ctx, yes, id)
	}
	r, a := s.about(ctx, yes, ID, "breachedaccount/", id)
	if r.Outcome != breach.NotChecked || a.Status < 0 {
		return r
	}
	var list []struct{ Name breach.Text }
	if !breach.Decode(a.Body, &list) || len(list) == 0 {
		r.Outcome = breach.Malformed
		return r
	}
	for _, n := range list {
		if n.Name == "" {
			r.Outcome, r.Hits = breach.Malformed, nil
			return r
		}
		r.Hits = append(r.Hits, s.hit(string(n.Name)))
	}
	r.Outcome, r.Hits = breach.Found, breach.Hits(r.Hits)
	return r
}

// stops reports whether an answer about the key rules out any other: what it
// says of the plan alone does not matter.
func stops(a breach.Answer) bool {
	switch a.Outcome {
	case breach.NotChecked:
		return a.Status < 0
	case breach.Malformed, breach.Forbidden, breach.InvalidInput:
		return false
	}
	return true
}

// about asks one endpoint about an address. A 404 is Partial: sensitive
// breaches and those of people who opted out answer the same. A 404 with data in
// it contradicts itself. An outcome of NotChecked leaves the body to the caller.
func (s *Source) about(
	ctx context.Context,
	yes outbound.Consent,
	source, path string,
	id identifier.Identifier,
) (breach.Result, breach.Answer) {
	r := breach.Result{Source: source, Identifier: id, At: s.now()}
	a := s.ask(ctx, yes, path+breach.Escape(id.ASCIIDomain()))
	r = a.Into(r)
	if a.Outcome == breach.NotChecked && a.Status != http.StatusOK && a.Status >= 0 {
		r.Outcome = noneOf(a)
	}
	return r, a
}

// noneOf judges a 404.
func noneOf(a breach.Answer) breach.Outcome {
	if a.Status == http.StatusNotFound && !breach.HoldsData(a.Body) {
		return breach.Partial
	}
	return breach.Malformed
}

func (s *Source) hit(name string) breach.Hit {
	b, ok := s.catalogue.ByName(name)
	if !ok { // newer than the catalogue
		return breach.Hit{Name: name, Title: name}
	}
	return breach.Hit{
		Name:       b.Name,
		Title:      b.Title,
		Domain:     b.Domain,
		Date:       b.Date,
		Data:       b.Data,
		Count:      b.Count,
		Unverified: b.Flags.Has(breach.Unverified),
	}
}
