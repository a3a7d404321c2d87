package hibp

import (
	"context"
	"net/http"
	"time"

	"unlisted/checks/breach"
	"unlisted/checks/outbound"
)

type planAnswer struct {
	SubscriptionName, SubscribedUntil  breach.Text
	Rpm                                breach.Count
	IncludesStealerLogs, IncludesKAnon breach.Truth
}

// Plan implements breach.Planner.
func (s *Source) Plan(ctx context.Context) (breach.Plan, breach.Outcome) {
	s.mu.Lock()
	delete(s.plans, s.trimmed()) // it may have changed
	s.mu.Unlock()
	p, a := s.plan(ctx, outbound.Yes(ID))
	switch {
	case a.Outcome != breach.NotChecked || a.Status < 0:
		return breach.Plan{}, a.Outcome
	case p.PerMinute > 0:
		return p, breach.Found
	}
	return breach.Plan{}, breach.Malformed
}

// CheckKey asks whether a key works, which looks nobody up.
func (s *Source) CheckKey(ctx context.Context) breach.Outcome {
	_, o := s.Plan(ctx)
	return o
}

// plan returns the key's plan, asked for once a session. What the source did
// not say is no.
func (s *Source) plan(ctx context.Context, yes outbound.Consent) (breach.Plan, breach.Answer) {
	key := s.trimmed()
	if p, ok := s.known(key); ok {
		return p, breach.Answer{}
	}
	a := s.ask(ctx, yes, "subscription/status")
	if stops(a) {
		return breach.Plan{}, a
	}
	var p breach.Plan
	var said planAnswer
	if a.Outcome == breach.NotChecked && a.Status == http.StatusOK && breach.Decode(a.Body, &said) && said.Rpm > 0 {
		p = breach.Plan{
			Name: string(said.SubscriptionName), PerMinute: int64(said.Rpm),
			StealerLogs: bool(said.IncludesStealerLogs), KAnonymity: bool(said.IncludesKAnon),
		}
		p.Until, _ = time.Parse(time.RFC3339, string(said.SubscribedUntil))
	}
	s.mu.Lock()
	s.plans[key] = p
	s.mu.Unlock()
	return p, a
}
