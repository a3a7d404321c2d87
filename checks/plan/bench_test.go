package plan_test

import (
	"fmt"
	"testing"

	"unlisted/checks/account"
	"unlisted/checks/catalog"
	"unlisted/checks/evidence"
	"unlisted/checks/identifier"
	"unlisted/checks/plan"
	"unlisted/checks/reach"
)

// BenchmarkPlan makes the whole plan of a person with so many accounts, the
// access graph and what each account relieves included.
func BenchmarkPlan(b *testing.B) {
	for _, n := range []int{1_000, 10_000, 100_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			phone := identifier.Identifier{Kind: identifier.KindPhone, Value: "+33639981234"}
			mail := identifier.Identifier{Kind: identifier.KindEmail, Value: "pat@mail.example"}
			categories := []string{"social", "banking", "shopping", "games", "government", ""}
			platforms := make(map[string]*catalog.Platform, n)
			accounts := make([]account.Account, n)
			for i := range accounts {
				id := fmt.Sprintf("site%06d.example", i)
				if i == 0 {
					id = "mail.example"
				}
				platforms[id] = &catalog.Platform{
					ID: id, Name: id, Domains: []string{id}, Categories: []string{categories[i%len(categories)]}, Methods: []string{"sms", "totp"}, MethodsKnown: true,
					Exit: []catalog.ExitRating{catalog.ExitAfterApp, catalog.ExitForced, catalog.ExitUnknown}[i%3],
				}
				accounts[i] = account.Account{ID: id, Platform: id, Name: id, Confidence: evidence.Confirmed, Identifiers: []identifier.Identifier{phone, mail}, SecondFactor: []string{"phone"}}
			}
			find := func(id, _ string) *catalog.Platform { return platforms[id] }
			own := []identifier.Identifier{phone, mail}
			for b.Loop() {
				model := reach.Build(reach.Input{Accounts: accounts, Platform: find, Own: own})
				actions := plan.Order(plan.Input{Accounts: accounts, Platform: find, Own: own, RiskReduction: model.RiskReduction()})
				if len(actions) < n {
					b.Fatalf("%d actions", len(actions))
				}
			}
		})
	}
}
