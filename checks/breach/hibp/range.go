package hibp

import (
	"context"
	"crypto/sha1" //nolint:gosec // the service's own index, not protection
	"encoding/hex"
	"net/http"
	"strings"

	"unlisted/checks/breach"
	"unlisted/checks/identifier"
	"unlisted/checks/outbound"
)

// prefixLen is how much of the hash leaves: hundreds of addresses share it.
const prefixLen = 6

func hashOf(id identifier.Identifier) string {
	sum := sha1.Sum([]byte(strings.ToLower(strings.TrimSpace(id.ASCIIDomain()))))
	return strings.ToUpper(hex.EncodeToString(sum[:]))
}

// prefix is what leaves of an address.
func prefix(id identifier.Identifier) string { return hashOf(id)[:prefixLen] }

// lookUpRange asks by the first characters of the address's hash and keeps only
// the entry of the address itself. That answer names sensitive breaches too,
// which are shown to a proven owner only: what the catalogue calls sensitive, or
// does not know yet, is dropped.
func (s *Source) lookUpRange(ctx context.Context, yes outbound.Consent, id identifier.Identifier) breach.Result {
	r := breach.Result{Source: ID, Identifier: id, At: s.now()}
	hash := hashOf(id)
	a := s.ask(ctx, yes, "breachedaccount/range/"+hash[:prefixLen])
	r = a.Into(r)
	if a.Outcome != breach.NotChecked || a.Status < 0 {
		return r
	}
	var list []struct {
		HashSuffix breach.Text  `json:"hashSuffix"`
		Websites   breach.Texts `json:"websites"`
	}
	if a.Status != http.StatusOK {
		r.Outcome = noneOf(a)
		return r
	}
	if !breach.Decode(a.Body, &list) || list == nil {
		r.Outcome = breach.Malformed
		return r
	}
	r.Outcome = breach.Partial
	for _, e := range list {
		own := strings.EqualFold(string(e.HashSuffix), hash[prefixLen:])
		if len(e.HashSuffix) != len(hash)-prefixLen || own && len(e.Websites) == 0 {
			r.Outcome, r.Hits = breach.Malformed, nil // of another shape: the rest proves nothing
			return r
		}
		if !own {
			continue
		}
		for _, name := range e.Websites {
			if b, ok := s.catalogue.ByName(name); ok && !b.Flags.Has(breach.Sensitive) {
				r.Hits = append(r.Hits, s.hit(name))
			}
		}
	}
	if r.Hits = breach.Hits(r.Hits); len(r.Hits) > 0 {
		r.Outcome = breach.Found
	}
	return r
}
