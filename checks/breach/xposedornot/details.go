package xposedornot

import (
	"context"
	"net/http"
	"strings"

	"unlisted/checks/breach"
	"unlisted/checks/outbound"
)

var _ breach.Detailer = (*Source)(nil)

type analytics struct {
	ExposedBreaches *struct {
		Details []struct {
			Breach   breach.Text
			Domain   breach.Text
			Date     breach.Text  `json:"xposed_date"` // a year
			Data     breach.Texts `json:"xposed_data"` // joined by ";"
			Records  breach.Count `json:"xposed_records"`
			Verified *breach.Truth
		} `json:"breaches_details"`
	}
}

// Detail implements breach.Detailer: it asks the same host once more for dates
// and kinds of data. Whatever fails, the result stays as it was: its answers to
// "nothing found" and to its own failure look alike.
func (s *Source) Detail(ctx context.Context, yes outbound.Consent, r breach.Result) breach.Result {
	address := strings.ToLower(r.Identifier.ASCIIDomain())
	if r.Outcome != breach.Found || r.Source != ID || !plainASCII(address) {
		return r
	}
	a := breach.Ask(
		ctx,
		s.client.Bind(purpose, yes),
		"https://"+host+"/v1/breach-analytics?email="+breach.Escape(address),
		http.Header{"Accept": {"application/json"}},
		s.now,
	)
	var body analytics
	if a.Outcome != breach.NotChecked || a.Status != http.StatusOK || !breach.Decode(a.Body, &body) ||
		body.ExposedBreaches == nil {
		return r
	}
	richer := map[string]breach.Hit{}
	for _, d := range body.ExposedBreaches.Details {
		if d.Breach == "" {
			continue
		}
		name := string(d.Breach)
		richer[name] = breach.Hit{
			Name: name, Title: name, Domain: breach.Host(string(d.Domain)), Date: breach.Day(string(d.Date), s.now()),
			Data: d.Data, Count: int64(d.Records), Unverified: d.Verified != nil && !bool(*d.Verified),
		}
	}
	hits := make([]breach.Hit, len(r.Hits))
	for i, h := range r.Hits {
		hits[i] = h
		if more, ok := richer[h.Name]; ok {
			hits[i] = more
		}
	}
	r.Hits = hits
	return r
}
