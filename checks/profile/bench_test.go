package profile_test

import (
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"unlisted/checks/evidence"
	"unlisted/checks/identifier"
	"unlisted/checks/profile"
	"unlisted/checks/profile/keystore"
)

// large is a profile of n findings, as a long scan leaves it.
func large(n int) *profile.Profile {
	p := &profile.Profile{Version: profile.Version}
	at := time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)
	for i := range n {
		p.Findings = append(p.Findings, evidence.Finding{
			Fact: evidence.FactAccount, Site: fmt.Sprintf("site%d.example", i%5000), Identifier: identifier.Identifier{Kind: identifier.KindEmail, Value: fmt.Sprintf("p%d@mail.example", i%9)},
			Purpose: evidence.PurposeSignIn, Confidence: evidence.Confirmed, Format: "mbox", Family: "mailbox", Source: "Inbox.mbox", SourceID: "0123456789abcdef0123456789abcdef",
			Count: i%7 + 1, First: at.AddDate(-3, 0, i%900), Last: at.AddDate(0, 0, -i%900), Detail: "Welcome, please confirm your address " + fmt.Sprint(i),
		})
	}
	return p
}

func BenchmarkSave100k(b *testing.B) {
	p := large(100_000)
	s, _, err := profile.Create(ctx, filepath.Join(b.TempDir(), "profile.age"), &keystore.Memory{}, "")
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if err := s.Save(p); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkOpen100k(b *testing.B) {
	path, keys := filepath.Join(b.TempDir(), "profile.age"), &keystore.Memory{}
	s, _, err := profile.Create(ctx, path, keys, "")
	if err == nil {
		err = s.Save(large(100_000))
	}
	if err != nil || s.Close() != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		s, _, err := profile.Open(ctx, path, keys, "")
		if err != nil || s.Close() != nil {
			b.Fatal(err)
		}
	}
}
