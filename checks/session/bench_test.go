package session_test

import (
	"fmt"
	"testing"
	"time"

	"unlisted/checks/account"
	"unlisted/checks/evidence"
	"unlisted/checks/outbound"
	"unlisted/checks/profile"
	"unlisted/checks/session"
)

// nowhere is a disk that takes no time.
type nowhere struct{}

func (nowhere) Save(*profile.Profile) error { return nil }

func holding(n int) *session.Session {
	p := &profile.Profile{Version: profile.Version}
	for i := range n {
		p.Findings = append(p.Findings, evidence.Finding{Fact: evidence.FactAccount, Site: fmt.Sprintf("site%d.example", i), Source: "Inbox.mbox", Format: "mbox", Detail: "Welcome", Count: 1})
	}
	return session.New(p, nowhere{}, time.Now)
}

func BenchmarkApply(b *testing.B) {
	for _, n := range []int{2_000, 20_000} {
		s := holding(n)
		b.Run(fmt.Sprintf("claim/%d", n), func(b *testing.B) {
			for b.Loop() {
				if err := s.Apply(session.SetClaim{Claim: account.Claim{Platform: "x.com"}}); err != nil {
					b.Fatal(err)
				}
			}
		})
		b.Run(fmt.Sprintf("request/%d", n), func(b *testing.B) {
			for i := 0; b.Loop(); i++ {
				if i%1000 == 0 {
					_ = s.EraseLedger()
				}
				_ = s.Ledger().Record(outbound.Entry{Purpose: "hibp", Host: "haveibeenpwned.com"})
			}
		})
	}
}
