package account_test

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"unlisted/checks/account"
	"unlisted/checks/evidence"
	"unlisted/checks/identifier"
	"unlisted/checks/text"
)

// Of several accounts each is told by its sign-in, masked as the screen masks
// it; the only one at a platform is told by the platform alone.
func TestLabel(t *testing.T) {
	masked := func(id identifier.Identifier) string { return "<" + id.Value + ">" }
	for _, c := range []struct {
		a    account.Account
		want string
	}{
		{account.Account{ID: "x.com", Platform: "x.com", SignIn: "pat", Name: "X"}, "X"},
		{account.Account{ID: "x.com#", Platform: "x.com", Name: "X"}, "X"},
		{account.Account{ID: "x.com#pat", Platform: "x.com", SignIn: "pat", Name: "X"}, "X · pat"},
		{account.Account{ID: "x.com#a", Platform: "x.com", SignIn: "pat@mail.example", Name: "X"}, "X · <pat@mail.example>"},
	} {
		if got := c.a.Label(masked); got != c.want {
			t.Errorf("%s with %q is told as %q, want %q", c.a.ID, c.a.SignIn, got, c.want)
		}
	}
}

// A claim names second factors that exist, and none beside no other.
func TestClaimsAreChecked(t *testing.T) {
	for _, c := range []struct {
		factors []string
		bad     string
	}{
		{nil, ""},
		{[]string{"none"}, ""},
		{[]string{"phone", "totp", "passkey"}, ""},
		{[]string{"telepathy"}, "telepathy"},
		{[]string{"totp", "none"}, "none"},
		{[]string{"none", "totp"}, "none"},
		{[]string{"phone", ""}, ""},
	} {
		err := account.Claim{SecondFactor: c.factors}.Check()
		var bad *text.Error
		refused := errors.As(err, &bad) && bad.Key == "error.account.factor"
		if wanted := c.bad != "" || slices.Contains(c.factors, ""); refused != wanted || refused && bad.Args["value"] != c.bad || !refused && err != nil {
			t.Errorf("%q: %v", c.factors, err)
		}
	}
}

// What was said of a platform while it had one account is that account's, and
// never a second one's.
func TestClaimFor(t *testing.T) {
	said := func(platform, key string) account.Claim {
		return account.Claim{Platform: platform, Account: key, SecondFactor: []string{"totp"}}
	}
	only := account.Account{ID: "x.com", Platform: "x.com", SignIn: "pat", Names: []string{"pat"}}
	one := account.Account{ID: "x.com#pat", Platform: "x.com", SignIn: "pat", Names: []string{"pat", "pat@mail.example"}}
	for name, c := range map[string]struct {
		claims []account.Claim
		of     account.Account
		want   account.Claim
	}{
		"nothing said, one account":     {nil, only, account.Claim{Platform: "x.com"}},
		"nothing said, several":         {nil, one, account.Claim{Platform: "x.com", Account: "x.com#pat"}},
		"of the platform, one account":  {[]account.Claim{said("x.com", "")}, only, said("x.com", "")},
		"of the platform, several":      {[]account.Claim{said("x.com", "")}, one, account.Claim{Platform: "x.com", Account: "x.com#pat"}},
		"of this one":                   {[]account.Claim{said("x.com", "x.com#pat")}, one, said("x.com", "x.com#pat")},
		"of this one by another name":   {[]account.Claim{said("x.com", "x.com#pat@mail.example")}, one, said("x.com", "x.com#pat@mail.example")},
		"of this one while it was two":  {[]account.Claim{said("x.com", "x.com#pat")}, only, said("x.com", "x.com#pat")},
		"of another account":            {[]account.Claim{said("x.com", "x.com#shop")}, one, account.Claim{Platform: "x.com", Account: "x.com#pat"}},
		"of another platform":           {[]account.Claim{said("y.example", ""), said("y.example", "x.com#pat")}, only, account.Claim{Platform: "x.com"}},
		"of another platform, same key": {[]account.Claim{said("y.example", "x.com#pat")}, one, account.Claim{Platform: "x.com", Account: "x.com#pat"}},
	} {
		if got := account.ClaimFor(c.claims, c.of); !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s: %+v, want %+v", name, got, c.want)
		}
	}
}

// What a single finding makes of a platform, by its fact, how sure it is and
// what it is for: an account, a sender that mailed, or neither.
func TestWhatOneFindingShows(t *testing.T) {
	const none, sender, has = "nothing", "a sender", "an account"
	for _, c := range []struct {
		fact    evidence.Fact
		sure    evidence.Confidence
		purpose evidence.Purpose
		want    string
	}{
		{evidence.FactHoldsEmail, evidence.Possible, evidence.PurposeUnknown, sender},
		{evidence.FactHoldsEmail, evidence.Possible, evidence.PurposeProfile, sender},
		{evidence.FactHoldsEmail, evidence.Likely, evidence.PurposeUnknown, none},
		{evidence.FactHoldsEmail, evidence.Likely, evidence.PurposeProfile, has},
		{evidence.FactHoldsEmail, evidence.Confirmed, evidence.PurposeProfile, has},
		{evidence.FactHoldsEmail, evidence.Confirmed, evidence.PurposeUnknown, none},
		{evidence.FactHoldsPhone, evidence.Possible, evidence.PurposeUnknown, none},
		{evidence.FactHoldsPhone, evidence.Likely, evidence.PurposeUnknown, has},
		{evidence.FactAccount, evidence.Claimed, evidence.PurposeUnknown, none},
		{evidence.FactAccount, evidence.Possible, evidence.PurposeUnknown, has},
		{evidence.FactPhone2FA, evidence.Possible, evidence.PurposeUnknown, has},
		{evidence.FactMailed, evidence.Confirmed, evidence.PurposeProfile, sender},
	} {
		s := account.Fuse([]evidence.Finding{{Fact: c.fact, Site: "x.com", Confidence: c.sure, Purpose: c.purpose, Count: 1}}, nil, nil, platforms{})
		got := none
		switch {
		case len(s.Accounts) > 0:
			got = has
		case len(s.Mailed) > 0:
			got = sender
		}
		if got != c.want {
			t.Errorf("%s, %v, for %q shows %s, want %s", c.fact, c.sure, c.purpose, got, c.want)
		}
	}
}

// An app's entry that names a service and no site is of the platform of that
// name; what names nothing is of none.
func TestANameAloneFindsItsPlatform(t *testing.T) {
	f := evidence.Finding{Fact: evidence.FactTOTPOn, Name: "Shop", Confidence: evidence.Confirmed, Count: 2}
	s := account.Fuse([]evidence.Finding{f}, nil, nil, platforms{})
	if len(s.Accounts) != 1 || s.Accounts[0].Platform != "shop.fr" || !slices.Equal(s.Accounts[0].SecondFactor, []string{"totp"}) {
		t.Errorf("by its name: %+v", s)
	}
	f.Name = "Nobody's"
	if s := account.Fuse([]evidence.Finding{f}, nil, nil, platforms{}); !reflect.DeepEqual(s.Unmatched, []account.Unmatched{{Domain: "Nobody's", Count: 2}}) {
		t.Errorf("a name nobody has: %+v", s)
	}
}

// An account tells why its platform has the identifier, each reason once and
// none that is unknown; its surest proof stands first.
func TestProofAndPurposesOfAnAccount(t *testing.T) {
	weak, strong := sign("pat@mail.example", "", "mbox"), sign("pat@mail.example", "", "takeout")
	weak.Confidence, weak.Purpose = evidence.Possible, evidence.PurposeUnknown
	third := strong
	third.Confidence = evidence.Likely
	a := fused([]evidence.Finding{weak, third, strong})[0]
	if !slices.Equal(a.Purposes, []evidence.Purpose{evidence.PurposeSignIn}) {
		t.Errorf("purposes %q", a.Purposes)
	}
	var sure []evidence.Confidence
	for _, f := range a.Findings {
		sure = append(sure, f.Confidence)
	}
	if !slices.Equal(sure, []evidence.Confidence{evidence.Confirmed, evidence.Likely, evidence.Possible}) {
		t.Errorf("the proof is sorted %v", sure)
	}
}

// An archive that names nobody is of the only account there is, and of none of
// two. One name said to be an account together with nothing changes nothing.
func TestArchivesWithoutAName(t *testing.T) {
	archive := sign("", "", "x-archive")
	archive.Account = "x-archive"
	mail, user := sign("pat@mail.example", "", "chrome-csv"), sign("", "pat", "chrome-csv")
	shop := sign("", "shop", "chrome-csv")
	ghost := account.Claim{Platform: "x.com", Together: []string{"u:ghost"}}
	if got := ids(fused([]evidence.Finding{user, archive})); !slices.Equal(got, []string{"x.com"}) {
		t.Errorf("an archive beside one login: %q", got)
	}
	if got := ids(fused([]evidence.Finding{user, shop, archive})); len(got) != 3 {
		t.Errorf("an archive beside two logins: %q", got)
	}
	if got := ids(fused([]evidence.Finding{mail, user}, ghost)); !slices.Equal(got, []string{"x.com"}) {
		t.Errorf("an address and a user name, and one more name that nothing shows: %q", got)
	}
}

// A number signs in where a saved login says so, and tells two accounts apart
// there; elsewhere it is only held. A code without a name is shared in doubt
// among fifty accounts at most.
func TestNumbersAndCodesAmongAccounts(t *testing.T) {
	one, two := sign("+33639981234", "", "chrome-csv"), sign("+33639985678", "", "chrome-csv")
	both := fused([]evidence.Finding{one, two})
	if got := ids(both); !slices.Equal(got, []string{"x.com#+33639981234", "x.com#+33639985678"}) {
		t.Errorf("two numbers that sign in: %q", got)
	}
	if got := both[0].Label(identifier.Identifier.Masked); strings.Contains(got, "9981") || !strings.HasPrefix(got, "x.com · +33") && !strings.HasPrefix(got, "X · +33") {
		t.Errorf("told as %q", got)
	}
	if !slices.Contains(both[0].Keys(), "x.com#++33639981234") {
		t.Errorf("what was kept under the key of before is lost: %q", both[0].Keys())
	}
	for _, change := range []func(*evidence.Finding){
		func(f *evidence.Finding) { f.Purpose = evidence.PurposeProfile },
		func(f *evidence.Finding) { f.Fact = evidence.FactHoldsPhone },
	} {
		held := two
		change(&held)
		if got := fused([]evidence.Finding{one, held}); len(got) != 1 || len(got[0].Identifiers) != 2 {
			t.Errorf("a number that is only held makes an account of its own: %q", ids(got))
		}
	}
	code := evidence.Finding{Fact: evidence.FactPhone2FA, Site: "x.com", Confidence: evidence.Confirmed, Count: 1}
	for _, c := range []struct{ accounts, with int }{{1, 1}, {50, 50}, {51, 1}} {
		list := []evidence.Finding{code}
		for i := range c.accounts {
			list = append(list, sign("", fmt.Sprintf("user%03d", i), "chrome-csv"))
		}
		with := 0
		for _, a := range fused(list) {
			with += len(a.SecondFactor)
		}
		if with != c.with {
			t.Errorf("of %d accounts %d may get the code, want %d", c.accounts, with, c.with)
		}
	}
}

// Mail from a site nobody knows shows an account from the second mail about it
// on, and an order is no such mail; any other proof is enough by itself.
func TestMailAndOtherProof(t *testing.T) {
	order := mailOf("bakery.example", evidence.WhyOrder, evidence.Possible, 1)
	held := evidence.Finding{Fact: evidence.FactHoldsPhone, Site: "bakery.example", Family: evidence.FamilyMail, Confidence: evidence.Likely, Count: 1}
	unproven := mailOf("bakery.example", "mail.why.unproven", evidence.Possible, 1)
	login := evidence.Finding{Fact: evidence.FactAccount, Site: "bakery.example", Confidence: evidence.Confirmed, Count: 1}
	for name, c := range map[string]struct {
		findings []evidence.Finding
		want     int
	}{
		"an order and a login":             {[]evidence.Finding{order, login}, 1},
		"an order and a mail":              {[]evidence.Finding{order, unproven}, 1},
		"two mails and an order":           {[]evidence.Finding{mailOf("bakery.example", "mail.why.proven", evidence.Confirmed, 2), order}, 1},
		"a number that a mail shows":       {[]evidence.Finding{held}, 1},
		"one mail, and a number beside it": {[]evidence.Finding{held, unproven}, 0},
		"a mail that counts none":          {[]evidence.Finding{mailOf("bakery.example", "mail.why.proven", evidence.Confirmed, 0)}, 0},
	} {
		if s := account.Fuse(c.findings, nil, nil, platforms{}); len(s.Accounts) != c.want {
			t.Errorf("%s: %d accounts, want %d", name, len(s.Accounts), c.want)
		}
	}
}
