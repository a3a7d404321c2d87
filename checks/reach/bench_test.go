package reach_test

import (
	"fmt"
	"testing"
	"time"

	"unlisted/checks/account"
	"unlisted/checks/evidence"
	"unlisted/checks/identifier"
	"unlisted/checks/reach"
)

// crowd is somebody with this many accounts: a mailbox that most hang on, a
// third with the number, a tenth with an app, some reuse, some links.
func crowd(accounts int) reach.Input {
	list := []account.Account{has("google.com", phone, mail), has("facebook.com", phone, mail), has("carrier.example", mail)}
	for i := len(list); i < accounts; i++ {
		a := has(fmt.Sprintf("site%05d.example", i), mail)
		if i%3 == 0 {
			a.Identifiers = []identifier.Identifier{phone, mail}
			a.Findings = append(a.Findings, evidence.Finding{Fact: evidence.FactHoldsPhone, Identifier: phone, Purpose: evidence.PurposeSignIn})
		}
		if i%10 == 0 {
			a.SecondFactor = []string{"totp"}
		}
		if i%4 == 0 {
			a.Findings = append(a.Findings, evidence.Finding{Fact: evidence.FactReuse, Detail: fmt.Sprint(i % 7)})
		}
		if i%20 == 0 {
			a.Findings = append(a.Findings, evidence.Finding{Fact: evidence.FactLinked, Detail: "Facebook", Confidence: evidence.Confirmed})
		}
		list = append(list, a)
	}
	return person(list...)
}

func benchSteal(b *testing.B, accounts int) {
	in := crowd(accounts)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := reach.Build(in).Ask(reach.Steal, []string{reach.MeansNumber}); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkBuildAndSteal1k(b *testing.B)  { benchSteal(b, 1000) }
func BenchmarkBuildAndSteal10k(b *testing.B) { benchSteal(b, 10_000) }

func benchQuestions(b *testing.B, accounts int) {
	m := reach.Build(crowd(accounts))
	for b.Loop() {
		m.Questions(5)
	}
}

func BenchmarkQuestions1k(b *testing.B)  { benchQuestions(b, 1000) }
func BenchmarkQuestions10k(b *testing.B) { benchQuestions(b, 10_000) }

func BenchmarkGoodbye1k(b *testing.B) {
	m := reach.Build(crowd(1000))
	for b.Loop() {
		m.Goodbye(phone)
	}
}

func BenchmarkGrade1k(b *testing.B) {
	m := reach.Build(crowd(1000))
	list := m.Accounts()
	for i := 0; b.Loop(); i++ {
		m.Grade(list[i%len(list)].ID)
	}
}

// 5,000 accounts have an answer to everything, soon enough to wait for.
func TestFiveThousandAccounts(t *testing.T) {
	start := time.Now()
	m := reach.Build(crowd(5000))
	for _, q := range []reach.Kind{reach.Steal, reach.Lose} {
		for _, means := range reach.MeansWords() {
			out, _ := ask(t, m, q, means)
			if out.Kept+len(out.Compromised) != 5000 {
				t.Errorf("%s %s: %d and %d", q, means, out.Kept, len(out.Compromised))
			}
		}
	}
	if len(m.Questions(5)) != 5 || len(m.Goodbye(phone)) == 0 {
		t.Error("no questions, or nothing to hand over")
	}
	if took := time.Since(start); took > 20*time.Second {
		t.Errorf("took %v", took)
	}
}
