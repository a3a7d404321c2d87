package shell_test

import (
	"fmt"
	"testing"
	"time"

	"unlisted/checks/evidence"
	"unlisted/checks/identifier"
	"unlisted/checks/outbound"
	"unlisted/checks/profile"
	"unlisted/ui/kit"
	"unlisted/ui/shell"
)

// crowded is a profile of so many accounts, each with as many findings.
func crowded(accounts, each int) *profile.Profile {
	mail := identifier.Identifier{Kind: identifier.KindEmail, Value: "pat@mail.example"}
	phone := identifier.Identifier{Kind: identifier.KindPhone, Value: number}
	p := empty()
	p.Identifiers = []profile.Own{{ID: mail}, {ID: phone}}
	for i := range accounts {
		for j := range each {
			f := evidence.Finding{
				Fact: evidence.FactAccount, Site: fmt.Sprintf("site%d.example", i), Identifier: mail, Confidence: evidence.Likely,
				Format: "mbox", Source: fmt.Sprintf("box%d", j), Count: 1, First: time.Date(2019, 5, 1+j, 0, 0, 0, 0, time.UTC),
			}
			if i%4 == 0 {
				f.Fact, f.Identifier = evidence.FactHoldsPhone, phone
			}
			p.Findings = append(p.Findings, f)
		}
	}
	return p
}

// A change of page, after the first look at each.
func BenchmarkChangeOfPage(b *testing.B) {
	w := openBench(b, crowded(5000, 10))
	for _, r := range []kit.Route{{Page: "overview"}, {Page: "you"}, {Page: "find"}, {Page: "check"}, {Page: "whatif"}, {Page: "fix"}, {Page: "report"}, {Page: "settings"}} {
		b.Run(r.Page, func(b *testing.B) {
			w.shell.Go(r.Page, r.Arg)
			for b.Loop() {
				w.shell.Go("settings", "")
				w.shell.Go(r.Page, r.Arg)
			}
		})
	}
}

// What the window does for one request, with a page in sight.
func BenchmarkRequest(b *testing.B) {
	for _, findings := range []int{2000, 20000} {
		w := openBench(b, crowded(findings/4, 4))
		for _, page := range []string{"check", "fix", "settings"} {
			b.Run(fmt.Sprintf("%d/%s", findings, page), func(b *testing.B) {
				w.shell.Go(page, "")
				w.pump()
				for b.Loop() {
					if err := w.ledger().Record(outbound.Entry{Purpose: "leakcheck", Host: "leakcheck.io", Result: outbound.ResultAnswered}); err != nil {
						b.Fatal(err)
					}
					w.pump()
				}
			})
		}
	}
}

func openBench(b *testing.B, p *profile.Profile) *window {
	b.Helper()
	return openWith(b, "en", p, func(*shell.Options) {})
}

func (w *window) ledger() outbound.Ledger { return w.shell.Session().Ledger() }

// What the window does for one letter in the search, with so many accounts and with all platforms.
func BenchmarkSearch(b *testing.B) {
	w := openBench(b, crowded(5000, 2))
	for _, arg := range []string{"", "all"} {
		w.shell.Go("find", arg)
		b.Run("find/"+arg, func(b *testing.B) {
			i := 0
			for b.Loop() {
				i++
				w.node("search").Type([]string{"s", "si", "site", "e"}[i%4])
				w.pump()
			}
		})
	}
}
