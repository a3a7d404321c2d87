package access_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"unlisted/checks/access"
)

// person builds a graph as a person with this many accounts could have: six
// ways into each, a few mailboxes that most are reset through, one number.
func person(accounts int) (*access.Graph, []access.Node) {
	b, r := &access.Builder{}, rand.New(rand.NewPCG(1, 2))
	b.Hold(access.KindNumber, number)
	b.Hold(access.KindDevice, phone)
	b.Hold(access.KindPassword, pin)
	b.Open(access.KindDeviceUnlocked, unlocked, needs(phone, pin))
	b.Open(access.KindApp, app, needs(unlocked))
	list := make([]access.Node, accounts)
	for i := range list {
		id := fmt.Sprintf("site%05d.example", i)
		account, password, codes := access.Node("account:"+id), access.Node("password:"+id), access.Node("codes:"+id)
		list[i] = account
		b.Hold(access.KindPassword, password)
		b.Hold(access.KindCodes, codes)
		mailbox := access.Node(fmt.Sprintf("mailbox:%d", r.IntN(1+accounts/100)))
		b.Open(access.KindAccount, account, needs(password, app), needs(password, number), needs(password, codes),
			back(mailbox, number), guessed(mailbox), guessed("account:site00000.example"))
		if i <= accounts/100 {
			b.Open(access.KindMailbox, access.Node(fmt.Sprintf("mailbox:%d", i)), needs(account))
			b.Open(access.KindAccount, account, back(number))
		}
	}
	return b.Graph(), list
}

func benchTakeover(b *testing.B, accounts int) {
	g, _ := person(accounts)
	b.ReportAllocs()
	for b.Loop() {
		g.Takeover(number)
	}
}

func BenchmarkTakeover1k(b *testing.B)   { benchTakeover(b, 1000) }
func BenchmarkTakeover10k(b *testing.B)  { benchTakeover(b, 10_000) }
func BenchmarkTakeover100k(b *testing.B) { benchTakeover(b, 100_000) }

// One question of the planner: what is the number worth when one account lets
// go of it?
func BenchmarkWeightWithoutOneWay1k(b *testing.B) {
	g, list := person(1000)
	drop, e := access.Using(number), access.Evaluator{}
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		e.Weight(g.Without(drop, list[i%len(list)]), number)
	}
}

func BenchmarkChains1k(b *testing.B) {
	g, list := person(1000)
	steal := g.Takeover(number)
	for i := 0; b.Loop(); i++ {
		steal.Chain(list[i%len(list)])
	}
}

func BenchmarkGrades1k(b *testing.B) {
	g, list := person(1000)
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		g.Security(list[i%len(list)])
		g.Recoverability(list[i%len(list)])
	}
}

func BenchmarkCritical1k(b *testing.B) {
	g, list := person(1000)
	for i := 0; b.Loop(); i++ {
		g.Critical(list[i%len(list)])
	}
}

func BenchmarkBuild10k(b *testing.B) {
	for b.Loop() {
		person(10_000)
	}
}
