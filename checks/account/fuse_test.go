package account_test

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"unlisted/checks/account"
	"unlisted/checks/catalog"
	"unlisted/checks/evidence"
	"unlisted/checks/identifier"
)

// platforms is a catalogue of three.
type platforms struct{}

var known = map[string]*catalog.Platform{
	"x.com":      {ID: "x.com", Name: "X", Domains: []string{"x.com", "twitter.com"}},
	"google.com": {ID: "google.com", Name: "Google", Domains: []string{"google.com", "gmail.com"}, Categories: []string{"email"}},
	"shop.fr":    {ID: "shop.fr", Name: "Shop", Domains: []string{"shop.fr"}},
}

func (platforms) Resolve(host string) (string, string, bool) {
	if host == "localhost" {
		return "", "", false
	}
	for _, p := range known {
		for _, d := range p.Domains {
			if host == d || strings.HasSuffix(host, "."+d) {
				return p.ID, p.Name, true
			}
		}
	}
	return host, host, false
}
func (platforms) ByID(id string) (*catalog.Platform, bool) { p, ok := known[id]; return p, ok }
func (platforms) ByApp(pkg string) (*catalog.Platform, bool) {
	if pkg == "com.twitter.android" {
		return known["x.com"], true
	}
	return nil, false
}

func (platforms) ByName(name string) (*catalog.Platform, bool) {
	for _, p := range known {
		if p.Name == name {
			return p, true
		}
	}
	return nil, false
}

func day(y int) time.Time { return time.Date(y, 5, 1, 0, 0, 0, 0, time.UTC) }

func id(t *testing.T, s string) identifier.Identifier {
	t.Helper()
	i, err := identifier.Parse(s, "")
	if err != nil {
		t.Fatal(err)
	}
	return i
}

func sample(t *testing.T) []evidence.Finding {
	phone, mail := id(t, "+33639981234"), id(t, "pat@gmail.com")
	return []evidence.Finding{
		{Fact: evidence.FactAccount, Site: "twitter.com", Identifier: mail, Purpose: evidence.PurposeSignIn, Confidence: evidence.Confirmed, Format: "chrome-csv", Count: 1, First: day(2019)},
		{Fact: evidence.FactHoldsPhone, Site: "x.com", Identifier: phone, Purpose: evidence.PurposeProfile, Confidence: evidence.Confirmed, Format: "x-archive", Count: 1, Last: day(2023)},
		{Fact: evidence.FactPhone2FA, Site: "x.com", Identifier: phone, Confidence: evidence.Confirmed, Format: "x-archive", Count: 1},
		{Fact: evidence.FactAdvertiserList, Site: "x.com", Confidence: evidence.Confirmed, Format: "x-archive", Count: 1, Detail: "Shop Example"},
		{Fact: evidence.FactAccount, App: "com.twitter.android", UserName: "pat", Confidence: evidence.Confirmed, Format: "chrome-csv", Count: 1},
		{Fact: evidence.FactMailed, Site: "news.shop.fr", Identifier: mail, Confidence: evidence.Likely, Format: "mbox", Count: 7},
		{Fact: evidence.FactHoldsEmail, Site: "shop.fr", Identifier: mail, Confidence: evidence.Possible, Format: "mbox", Count: 2},
		{Fact: evidence.FactReuse, Site: "x.com", Confidence: evidence.Confirmed, Detail: "1", Count: 1},
		{Fact: evidence.FactReuse, Site: "forum.example", Confidence: evidence.Confirmed, Detail: "1", Count: 1},
		{Fact: evidence.FactAccount, Site: "localhost", Name: "router", Confidence: evidence.Confirmed, Count: 1},
		{Fact: evidence.FactAccount, App: "org.unknown.app", Confidence: evidence.Confirmed, Count: 1},
		{Fact: evidence.FactOwn, Identifier: id(t, "+33639985678"), Confidence: evidence.Likely},
	}
}

func TestFuse(t *testing.T) {
	s := account.Fuse(sample(t), nil, []identifier.Identifier{id(t, "Pat@gmail.com")}, platforms{})
	var got []string
	for _, a := range s.Accounts {
		got = append(got, a.Platform)
	}
	if want := []string{"forum.example", "google.com", "x.com"}; !slices.Equal(got, want) {
		t.Fatalf("accounts %v, want %v", got, want)
	}
	x := s.Accounts[2]
	switch {
	case x.Confidence != evidence.Confirmed, !x.HoldsPhone(), len(x.Identifiers) != 2, !slices.Equal(x.UserNames, []string{"pat"}),
		!slices.Equal(x.SecondFactor, []string{"phone"}), !slices.Equal(x.Advertisers, []string{"Shop Example"}),
		!slices.Equal(x.ReusedWith, []string{"forum.example"}), x.First != day(2019), x.Last != day(2023):
		t.Errorf("%+v", x)
	}
	if g := s.Accounts[1]; g.Confidence != evidence.Claimed {
		t.Errorf("the mailbox of the person's own address: %+v", g)
	}
	if want := []account.Mailed{{Platform: "shop.fr", Count: 9}}; !reflect.DeepEqual(s.Mailed, want) {
		t.Errorf("mailed %v", s.Mailed)
	}
	if want := []account.Unmatched{{Domain: "localhost", Count: 1}, {Domain: "org.unknown.app", Count: 1}}; len(s.Unmatched) != 2 || s.Unmatched[1] != want[1] {
		t.Errorf("unmatched %v", s.Unmatched)
	}
	if len(s.Own) != 2 || s.Own[0].Value != "+33639981234" || s.Own[1].Value != "+33639985678" {
		t.Errorf("own candidates %v", s.Own)
	}
}

func TestFuseDoesNotDependOnOrder(t *testing.T) {
	findings := sample(t)
	want := account.Fuse(findings, nil, nil, platforms{})
	for range 50 {
		rand.Shuffle(len(findings), func(i, j int) { findings[i], findings[j] = findings[j], findings[i] })
		if got := account.Fuse(findings, nil, nil, platforms{}); !reflect.DeepEqual(got, want) {
			t.Fatalf("another order gives another result:\n%+v\n%+v", got, want)
		}
	}
}

func TestClaims(t *testing.T) {
	claims := []account.Claim{
		{Platform: "x.com", SecondFactor: []string{"totp"}, NumberGone: day(2024)},
		{Platform: "shop.fr", Identifiers: []identifier.Identifier{id(t, "+33639981234")}},
		{Platform: "forum.example", Gone: true},
	}
	s := account.Fuse(sample(t), claims, nil, platforms{})
	if len(s.Accounts) != 2 || len(s.Mailed) != 0 {
		t.Fatalf("accounts %+v", s.Accounts)
	}
	shop, x := s.Accounts[0], s.Accounts[1]
	if shop.Platform != "shop.fr" || !shop.HoldsPhone() || shop.Confidence != evidence.Likely {
		t.Errorf("claimed: %+v", shop)
	}
	if x.HoldsPhone() || !slices.Equal(x.SecondFactor, []string{"totp"}) || x.NumberGone != day(2024) {
		t.Errorf("number taken out: %+v", x)
	}
	claims[0].NumberGone = day(2022) // the archive of 2023 still shows the number
	s = account.Fuse(sample(t), claims, nil, platforms{})
	if x := s.Accounts[1]; !x.HoldsPhone() || !x.NumberGone.IsZero() {
		t.Errorf("newer evidence shows the number again: %+v", x)
	}
}

// One line in two spellings is one number of an account, as the person's list
// spells it, and is not proposed to them again.
func TestOneLineInTwoSpellings(t *testing.T) {
	own := id(t, "+5493415550123")
	holds := func(value string, at time.Time) evidence.Finding {
		return evidence.Finding{
			Fact: evidence.FactHoldsPhone, Site: "x.com", Identifier: identifier.Identifier{Kind: identifier.KindPhone, Value: value},
			Purpose: evidence.PurposeProfile, Confidence: evidence.Confirmed, Format: "x-archive", Source: at.String(), Last: at, Count: 1,
		}
	}
	findings := []evidence.Finding{holds("+543415550123", day(2023)), holds("+5493415550123", day(2024))}
	set := account.Fuse(findings, nil, []identifier.Identifier{own}, platforms{})
	if len(set.Own) > 0 || len(set.Accounts) != 1 || !slices.Equal(set.Accounts[0].Identifiers, []identifier.Identifier{own}) {
		t.Errorf("with an own number: %+v", set)
	}
	set = account.Fuse(findings, nil, nil, platforms{})
	if len(set.Own) != 1 || len(set.Accounts[0].Identifiers) != 1 {
		t.Errorf("two spellings are two numbers: %v, %v", set.Own, set.Accounts[0].Identifiers)
	}
	claim := account.Claim{Platform: "shop.fr", Identifiers: []identifier.Identifier{{Kind: identifier.KindPhone, Value: "+543415550123"}}}
	set = account.Fuse(nil, []account.Claim{claim}, []identifier.Identifier{own}, platforms{})
	if len(set.Accounts) != 1 || !slices.Equal(set.Accounts[0].Identifiers, []identifier.Identifier{own}) {
		t.Errorf("claimed in another spelling: %+v", set)
	}
}

// A newer archive whose number could not be placed takes nothing out, and the
// account goes on holding a number.
func TestUnplacedNumberRemovesNoProof(t *testing.T) {
	own := id(t, "+33639981234")
	placed := evidence.Finding{Fact: evidence.FactHoldsPhone, Site: "x.com", Identifier: own, Purpose: evidence.PurposeProfile, Confidence: evidence.Confirmed, Format: "x-archive", Source: "1", Last: day(2023), Count: 1}
	loose, unplaced := placed, identifier.Identifier{Kind: identifier.KindUnplaced, Value: "0639981234"}
	loose.Identifier, loose.Source, loose.Last = unplaced, "2", day(2024)
	none := placed
	none.Fact, none.Identifier, none.Source, none.Last = evidence.FactNoPhone, identifier.Identifier{}, "3", day(2023)
	set := account.Fuse([]evidence.Finding{placed, loose, none}, nil, []identifier.Identifier{own}, platforms{})
	a := set.Accounts[0]
	if !a.NumberProved.IsZero() || !a.HoldsPhone() || !slices.Equal(a.Identifiers, []identifier.Identifier{own, unplaced}) || !slices.Equal(a.Unplaced(), []identifier.Identifier{unplaced}) {
		t.Errorf("%+v", a)
	}
	if len(set.Own) > 0 {
		t.Errorf("a number that ends like an own one is proposed: %v", set.Own)
	}
	set = account.Fuse([]evidence.Finding{loose}, nil, nil, platforms{})
	if len(set.Accounts) != 1 || !set.Accounts[0].HoldsPhone() || !slices.Equal(set.Own, []identifier.Identifier{unplaced}) {
		t.Errorf("alone: %+v", set)
	}
	claim := account.Claim{Platform: "x.com", NumberGone: day(2025)}
	set = account.Fuse([]evidence.Finding{placed, loose}, []account.Claim{claim}, nil, platforms{})
	if a := set.Accounts[0]; a.HoldsPhone() || a.NumberGone.IsZero() {
		t.Errorf("said to be out: %+v", a)
	}
}

// What the person says of a day outweighs what an archive of the same moment
// shows; only a later archive contradicts it.
func TestAClaimHoldsAgainstEvidenceOfTheSameMoment(t *testing.T) {
	claims := []account.Claim{{Platform: "x.com", NumberGone: day(2023)}} // the archive is of that very moment
	accounts := account.Fuse(sample(t), claims, nil, platforms{}).Accounts
	if x := accounts[len(accounts)-1]; x.Platform != "x.com" || x.HoldsPhone() || x.NumberGone != day(2023) {
		t.Errorf("%+v", x)
	}
}

// One mail that nothing proves, from a sender of a known platform, is what a
// forger sends: it makes no account. A second one, or one that is proved, does.
func TestOneUnprovenMailIsNoAccount(t *testing.T) {
	mail := id(t, "pat@mail.example")
	of := func(count int, sure evidence.Confidence) bool {
		f := evidence.Finding{Fact: evidence.FactAccount, Site: "x.com", Family: evidence.FamilyMail, Identifier: mail, Confidence: sure, Format: "mbox", Count: count}
		s := account.Fuse([]evidence.Finding{f}, nil, nil, platforms{})
		return slices.ContainsFunc(s.Accounts, func(a account.Account) bool { return a.Platform == "x.com" })
	}
	if of(1, evidence.Possible) {
		t.Error("one unproven mail makes an account")
	}
	if !of(2, evidence.Possible) || !of(1, evidence.Likely) {
		t.Error("two mails, or one that is proved, make none")
	}
}

// Fusing a file of tens of thousands of addresses, each its own.
func BenchmarkFuseAddresses(b *testing.B) {
	var all []evidence.Finding
	for i := range 40_000 {
		all = append(all, evidence.Finding{
			Fact: evidence.FactAccount, Site: fmt.Sprintf("shop%d.example", i), Confidence: evidence.Confirmed, Count: 1,
			Identifier: identifier.Identifier{Kind: identifier.KindEmail, Value: fmt.Sprintf("pat%d@mail.example", i)},
		})
	}
	for b.Loop() {
		account.Fuse(all, nil, nil, platforms{})
	}
}
