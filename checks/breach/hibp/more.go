package hibp

import (
	"context"
	"net/http"
	"time"

	"unlisted/checks/breach"
	"unlisted/checks/identifier"
	"unlisted/checks/outbound"
)

// Pastes asks whether an address stands in a published text. It knows where, and
// does not fetch the text.
type Pastes struct{ s *Source }

// StealerLogs asks at which sites an infected device had the address saved. It
// needs a large plan and an address at a domain the person has proven to own.
type StealerLogs struct{ s *Source }

var (
	_ breach.Source = Pastes{}
	_ breach.Source = StealerLogs{}
)

// Pastes returns the source of pastes with the same key.
func (s *Source) Pastes() Pastes { return Pastes{s} }

// StealerLogs returns the source of stealer logs with the same key.
func (s *Source) StealerLogs() StealerLogs { return StealerLogs{s} }

// Info implements breach.Source.
func (p Pastes) Info() breach.Info { return p.s.info(PastesID) }

// LookUp implements breach.Source.
func (p Pastes) LookUp(ctx context.Context, yes outbound.Consent, id identifier.Identifier) breach.Result {
	if id.Kind != identifier.KindEmail {
		return breach.Result{Source: PastesID, Identifier: id, At: p.s.now()}
	}
	r, a := p.s.about(ctx, yes, PastesID, "pasteaccount/", id)
	if r.Outcome != breach.NotChecked || a.Status < 0 {
		return r
	}
	var list []struct {
		Source, ID, Title, Date breach.Text
		EmailCount              breach.Count
	}
	if !breach.Decode(a.Body, &list) || len(list) == 0 {
		r.Outcome = breach.Malformed
		return r
	}
	for _, e := range list {
		if e.Source == "" {
			r.Outcome, r.Hits = breach.Malformed, nil
			return r
		}
		h := breach.Hit{
			Kind: breach.HitPaste, Name: string(e.Source + "/" + e.ID), Title: string(e.Source), Date: breach.Day(string(e.Date), p.s.now()),
			Data: []string{breach.DataEmails}, Count: int64(e.EmailCount),
		}
		if e.Title != "" {
			h.Title = breach.Plain(h.Title + ": " + string(e.Title))
		}
		r.Hits = append(r.Hits, h)
	}
	r.Outcome, r.Hits = breach.Found, breach.Hits(r.Hits)
	return r
}

// Info implements breach.Source.
func (l StealerLogs) Info() breach.Info { return l.s.info(StealerID) }

// LookUp implements breach.Source. A plan known not to have the logs is not
// asked: it would only learn the address.
func (l StealerLogs) LookUp(ctx context.Context, yes outbound.Consent, id identifier.Identifier) breach.Result {
	r := breach.Result{Source: StealerID, Identifier: id, At: l.s.now()}
	if id.Kind != identifier.KindEmail {
		return r
	}
	plan, a := l.s.plan(ctx, yes)
	if stops(a) {
		return a.Into(r)
	}
	if plan.PerMinute > 0 && !plan.StealerLogs {
		r.Outcome = breach.Forbidden
		return r
	}
	r, a = l.s.about(ctx, yes, StealerID, "stealerlogsbyemail/", id)
	if r.Outcome != breach.NotChecked || a.Status < 0 {
		return r
	}
	var sites []breach.Text
	if !breach.Decode(a.Body, &sites) || len(sites) == 0 {
		r.Outcome = breach.Malformed
		return r
	}
	for _, site := range sites {
		if site == "" {
			r.Outcome, r.Hits = breach.Malformed, nil
			return r
		}
		r.Hits = append(r.Hits, breach.Hit{
			Kind: breach.HitStealer, Name: string(site), Title: string(site), Domain: breach.Host(string(site)), Data: []string{breach.DataPasswords},
		})
	}
	r.Outcome, r.Hits = breach.Found, breach.Hits(r.Hits)
	return r
}

// LatestID is the purpose of asking for the newest breach: nothing about the
// person leaves.
const LatestID = "hibp-latest"

// Latest asks, without a key, for the newest breach the service knows. A
// catalogue that lacks it is out of date. The outcome is Found where the service
// said it.
func Latest(
	ctx context.Context,
	c *outbound.Client,
	yes outbound.Consent,
	now func() time.Time,
) (breach.Breach, breach.Outcome) {
	p := outbound.Purpose{
		ID:      LatestID,
		Host:    host,
		MaxBody: 1 << 20,
		Limits:  []outbound.Limit{{N: 4, Per: time.Hour}},
	}
	a := breach.Ask(ctx, c.Bind(p, yes), api+"latestbreach", nil, now)
	if a.Outcome != breach.NotChecked || a.Status < 0 {
		return breach.Breach{}, a.Outcome
	}
	list, _, err := breach.ReadHIBP([]byte("["+string(a.Body)+"]"), now())
	if a.Status != http.StatusOK || err != nil || len(list) != 1 {
		return breach.Breach{}, breach.Malformed
	}
	return list[0], breach.Found
}
