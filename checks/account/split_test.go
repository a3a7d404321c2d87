package account_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"unlisted/checks/account"
	"unlisted/checks/evidence"
	"unlisted/checks/identifier"
)

func sign(name, user, format string) evidence.Finding {
	f := evidence.Finding{Fact: evidence.FactAccount, Site: "x.com", UserName: user, Purpose: evidence.PurposeSignIn, Confidence: evidence.Confirmed, Format: format, Count: 1}
	if name != "" {
		f.Identifier, _ = identifier.Parse(name, "")
	}
	return f
}

func fused(findings []evidence.Finding, claims ...account.Claim) []account.Account {
	return account.Fuse(findings, claims, nil, platforms{}).Accounts
}

func ids(accounts []account.Account) (out []string) {
	for _, a := range accounts {
		out = append(out, a.ID)
	}
	return out
}

// An account is a platform and a sign-in; what cannot be told apart is one.
func TestAccountsAtOnePlatform(t *testing.T) {
	phone := evidence.Finding{Fact: evidence.FactPhone2FA, Site: "x.com", Confidence: evidence.Confirmed, Format: "sms", Count: 1}
	phone.Identifier, _ = identifier.Parse("+33639981234", "")
	holds := func(user string) evidence.Finding {
		f := sign("", user, "chrome-csv")
		f.Fact, f.Identifier = evidence.FactHoldsPhone, phone.Identifier
		return f
	}
	mailed := sign("new@mail.example", "", "mbox")
	mailed.Fact, mailed.Confidence = evidence.FactMailed, evidence.Likely
	archived := func(f evidence.Finding) evidence.Finding { f.Account, f.Format = "x-archive", "x-archive"; return f }
	for name, c := range map[string]struct {
		findings []evidence.Finding
		claims   []account.Claim
		want     []string
	}{
		"one address":                        {[]evidence.Finding{sign("pat@mail.example", "", "chrome-csv")}, nil, []string{"x.com"}},
		"an address and a user name":         {[]evidence.Finding{sign("pat@mail.example", "", "chrome-csv"), sign("", "pat", "firefox-csv")}, nil, []string{"x.com"}},
		"two addresses":                      {[]evidence.Finding{sign("pat@mail.example", "", "chrome-csv"), sign("work@mail.example", "", "chrome-csv")}, nil, []string{"x.com#pat@mail.example", "x.com#work@mail.example"}},
		"two user names":                     {[]evidence.Finding{sign("", "Pat", "chrome-csv"), sign("", "@shop", "chrome-csv"), sign("", "pat", "bitwarden-json")}, nil, []string{"x.com#pat", "x.com#shop"}},
		"an archive ties them":               {[]evidence.Finding{archived(sign("pat@mail.example", "", "")), archived(sign("", "pat", "")), sign("", "pat", "chrome-csv"), sign("pat@mail.example", "", "mbox")}, nil, []string{"x.com"}},
		"an archive of one, a login of both": {[]evidence.Finding{archived(sign("pat@mail.example", "pat", "")), sign("", "pat", "chrome-csv"), sign("", "shop", "chrome-csv")}, nil, []string{"x.com#pat@mail.example", "x.com#shop"}},
		"the person says they are one":       {[]evidence.Finding{sign("", "pat", "chrome-csv"), sign("", "shop", "chrome-csv")}, []account.Claim{{Platform: "x.com", Together: []string{"u:pat", "u:shop"}}}, []string{"x.com"}},
		"mail alone opens no second account": {[]evidence.Finding{sign("pat@mail.example", "", "chrome-csv"), mailed}, nil, []string{"x.com"}},
		"gmail spelling":                     {[]evidence.Finding{sign("p.at+x@gmail.com", "", "chrome-csv"), sign("pat@gmail.com", "", "mbox")}, nil, []string{"x.com"}},
		"no sign-in at all":                  {[]evidence.Finding{phone}, nil, []string{"x.com"}},
		"one of two is gone":                 {[]evidence.Finding{sign("", "pat", "chrome-csv"), sign("", "shop", "chrome-csv")}, []account.Claim{{Platform: "x.com", Account: "x.com#shop", Gone: true}}, []string{"x.com#pat"}},
	} {
		if got := ids(fused(c.findings, c.claims...)); !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}

	two := fused([]evidence.Finding{sign("", "pat", "chrome-csv"), sign("", "shop", "chrome-csv"), holds("pat"), phone})
	if !slices.Contains(two[0].SecondFactor, "phone") || slices.Contains(two[1].SecondFactor, "phone") {
		t.Errorf("the code is not of the account that holds the number: %v %v", two[0].SecondFactor, two[1].SecondFactor)
	}
	two = fused([]evidence.Finding{sign("", "pat", "chrome-csv"), sign("", "shop", "chrome-csv"), phone})
	for _, a := range two {
		i := slices.IndexFunc(a.Findings, func(f evidence.Finding) bool { return f.Fact == evidence.FactPhone2FA })
		if i < 0 || a.Findings[i].Confidence != evidence.Possible {
			t.Errorf("%s: a code of one of them is not in doubt", a.ID)
		}
	}
}

// What the person did is kept under a key that stays when another account turns
// up, and is never taken for the other one's.
func TestKeysStay(t *testing.T) {
	before := fused([]evidence.Finding{sign("", "pat", "chrome-csv")})[0]
	after := fused([]evidence.Finding{sign("", "pat", "chrome-csv"), sign("", "aaa", "chrome-csv")})
	for _, a := range after {
		if got, want := slices.Contains(a.Keys(), before.Key()), a.SignIn == "pat"; got != want {
			t.Errorf("%s answers to %q", a.ID, before.Key())
		}
		if slices.Contains(a.Keys(), "x.com") {
			t.Errorf("%s answers to the bare platform", a.ID)
		}
	}
	if !slices.Contains(before.Keys(), "x.com") {
		t.Error("the only account does not answer to its platform")
	}
}

// The platform's own newer archive without a number proves that it is gone, and
// newer evidence that it is back.
func TestNumberProvedGone(t *testing.T) {
	old := evidence.Finding{Fact: evidence.FactHoldsPhone, Site: "x.com", Account: "x", Confidence: evidence.Confirmed, Format: "x-archive", Source: "old.zip", Count: 1, Last: day(2023)}
	old.Identifier, _ = identifier.Parse("+33639981234", "")
	none := evidence.Finding{Fact: evidence.FactNoPhone, Site: "x.com", Account: "x", Confidence: evidence.Confirmed, Format: "x-archive", Source: "new.zip", Count: 1, Last: day(2025)}
	if a := fused([]evidence.Finding{old, none})[0]; a.HoldsPhone() || a.NumberProved != day(2025) {
		t.Errorf("%+v", a)
	}
	again := old
	again.Source, again.Last = "newer.zip", day(2026)
	if a := fused([]evidence.Finding{old, none, again})[0]; !a.HoldsPhone() || !a.NumberProved.IsZero() {
		t.Errorf("the number is back, and: %+v", a)
	}
	undated := none
	undated.Last = time.Time{}
	if a := fused([]evidence.Finding{old, undated})[0]; !a.HoldsPhone() {
		t.Error("an archive without a date proves something")
	}
}

// Many accounts at one platform end well: a hostile list cannot make it slow.
func TestManySignIns(t *testing.T) {
	var list []evidence.Finding
	for i := range 3000 {
		list = append(list, sign("", "user"+strings.Repeat("x", i%50)+string(rune('a'+i%26))+time.Unix(int64(i), 0).Format("150405"), "chrome-csv"))
	}
	start := time.Now()
	if n := len(fused(list)); n < 2000 {
		t.Errorf("%d accounts", n)
	}
	if took := time.Since(start); took > 5*time.Second {
		t.Errorf("took %s", took)
	}
}
