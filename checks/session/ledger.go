package session

import (
	"errors"
	"slices"
	"time"

	"unlisted/checks/outbound"
	"unlisted/checks/profile"
)

// ledgerKeeper is a saver with a ledger on disk; a *profile.Store is one.
type ledgerKeeper interface{ Ledger() *profile.Ledger }

// ledger puts what leaves on disk, where there is one, and shows it in the
// profile. It implements outbound.Ledger.
type ledger struct {
	session *Session
	disk    *profile.Ledger // nil: temporary, in memory only
}

// Ledger is where the client of the network records what leaves.
func (s *Session) Ledger() outbound.Ledger {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.ledgerLocked()
}

func (s *Session) ledgerLocked() ledger {
	k, ok := s.saver.(ledgerKeeper)
	if !ok || s.profile.Sample {
		return ledger{session: s}
	}
	return ledger{s, k.Ledger()}
}

// Record implements outbound.Ledger.
func (l ledger) Record(e outbound.Entry) error {
	var err error
	if l.disk != nil {
		if err = l.disk.Record(e); err != nil && e.Result == outbound.ResultSent {
			return err
		}
	}
	return errors.Join(err, l.session.list(e, l.disk == nil))
}

// list shows an entry in the profile; whole says that it is kept with that.
func (s *Session) list(e outbound.Entry, whole bool) error {
	s.mu.Lock()
	if s.closed {
		s.mu.Unlock()
		return ErrClosed
	}
	next := *s.profile
	next.Ledger, next.Limits = outbound.Put(slices.Clip(next.Ledger), e), outbound.WithSpent(next.Limits, e)
	changed := compare(s.profile, &next)
	if whole {
		changed = s.replace(&next, changed)
	} else {
		s.profile = &next
	}
	s.mu.Unlock()
	s.notify(changed)
	return nil
}

// Used implements outbound.Ledger.
func (l ledger) Used(purpose string) (times []time.Time) {
	l.session.View(func(p *profile.Profile) { times = append(times, p.Limits[purpose]...) })
	return times
}

// Damaged is in how many places of the ledger's file something stands that
// cannot be read.
func (s *Session) Damaged() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	if l := s.ledgerLocked(); l.disk != nil {
		return l.disk.Damaged()
	}
	return 0
}

// EraseLedger empties the list of requests at the person's wish.
func (s *Session) EraseLedger() error {
	s.mu.Lock()
	l := s.ledgerLocked()
	s.mu.Unlock()
	if l.disk != nil {
		if err := l.disk.Erase(); err != nil {
			return err
		}
	}
	return s.Apply(eraseLedger{})
}

type eraseLedger struct{}

func (eraseLedger) Apply(p *profile.Profile, _ time.Time) error {
	p.Ledger = nil
	return nil
}

func (eraseLedger) Event() (string, []string) { return "ledger_erased", nil }

func (eraseLedger) Undoable() bool { return false }

// NewClient makes the one client of the network for this session: it goes out as
// the person's settings say at that moment, ends what is under way when they say
// to stay offline, and records what leaves. Of c, the user agent, the clock and
// what stands for servers in tests are the caller's. The function lets go of it.
func (s *Session) NewClient(c outbound.Config) (*outbound.Client, func(), error) {
	c.Ledger = s.Ledger()
	c.Policy = func() (policy outbound.Policy) {
		s.View(func(p *profile.Profile) {
			policy.Offline = p.Settings.Offline
			policy.Proxy, policy.Isolate = p.Settings.Proxy()
		})
		return policy
	}
	client, err := outbound.New(c)
	if err != nil {
		return nil, nil, err
	}
	release := s.Subscribe(func(c Changed) {
		if c.Has(Settings) {
			client.Reconsider()
		}
	})
	return client, release, nil
}
