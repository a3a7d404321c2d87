package overview

import (
	"testing"
	"testing/fstest"
	"time"

	"unlisted/assets"
	"unlisted/checks/account"
	"unlisted/checks/breach"
	"unlisted/checks/catalog"
	"unlisted/checks/evidence"
	"unlisted/checks/identifier"
)

func day(s string) time.Time {
	t, _ := time.Parse(time.DateOnly, s)
	return t
}

// An incident concerns a person as far as the person's own dates say, and no
// further.
func TestConcerns(t *testing.T) {
	const file = `{"publishers":[{"at":"a.example","name":"The court","class":"court"}],"incidents":[{"id":"a","platform":"x.com","kind":"misuse","status":"confirmed","started":"2013","ended":"2019-09","disclosed":"2019-10-08","affected":0,"data":["phone"],"carrier":false,"title":{"en":"A","fr":"A"},"text":{"en":"B","fr":"B"},"sources":["https://a.example"],"checked":"2026-01-02"}]}`
	c, err := catalog.Load(assets.Sub("catalog"), fstest.MapFS{}, fstest.MapFS{"incidents.json": {Data: []byte(file)}, "carriers.json": {Data: []byte(`{"reviewed":"2026-01-01"}`)}})
	if err != nil {
		t.Fatal(err)
	}
	number, _ := identifier.ParsePhone("+33639981234", "")
	holds := func(first string) evidence.Finding {
		return evidence.Finding{Fact: evidence.FactHoldsPhone, Identifier: number, First: day(first)}
	}
	for name, k := range map[string]struct {
		first       string
		findings    []evidence.Finding
		had, number breach.Had
	}{
		"number given in time":         {"2011-02-03", []evidence.Finding{holds("2017-05-06")}, breach.HadYes, breach.HadYes},
		"number given on the last day": {"2011-02-03", []evidence.Finding{holds("2019-09-30")}, breach.HadYes, breach.HadYes},
		"number given the day after":   {"2011-02-03", []evidence.Finding{holds("2019-10-01")}, breach.HadYes, breach.HadYes}, // the end of the incident is known to the day at best
		"number given two days after":  {"2011-02-03", []evidence.Finding{holds("2019-10-02")}, breach.HadYes, breach.HadLater},
		"number given later":           {"2011-02-03", []evidence.Finding{holds("2021-01-01")}, breach.HadYes, breach.HadLater},
		"number undated":               {"2011-02-03", []evidence.Finding{holds("")}, breach.HadYes, breach.HadUnknown},
		"one later, one undated":       {"2011-02-03", []evidence.Finding{holds(""), holds("2021-01-01")}, breach.HadYes, breach.HadUnknown},
		"no number there":              {"2011-02-03", nil, breach.HadYes, ""},
		"account made later":           {"2022-01-01", []evidence.Finding{holds("2022-01-01")}, breach.HadLater, breach.HadLater},
		"account undated":              {"", nil, breach.HadUnknown, ""},
	} {
		got := concerns([]account.Account{{Platform: "x.com", First: day(k.first), Findings: k.findings}, {Platform: "github.com"}}, c)
		if len(got) != 1 || got[0].Had != k.had || got[0].Number != k.number {
			t.Errorf("%s: %+v, want %q %q", name, got, k.had, k.number)
		}
	}
}

// A leak that nobody has verified, or one from before the account, asks for no
// new password; one that a source found the person in always does.
func TestWhichLeaksAskForANewPassword(t *testing.T) {
	for name, k := range map[string]struct {
		certainty breach.Certainty
		had       breach.Had
		flags     breach.Flags
		data      string
		asks      bool
	}{
		"possible, while the account was there": {breach.Possible, breach.HadYes, 0, breach.DataPasswords, true},
		"unverified":                            {breach.Possible, breach.HadYes, breach.Unverified, breach.DataPasswords, false},
		"before the account":                    {breach.Possible, breach.HadLater, 0, breach.DataPasswords, false},
		"nobody knows when":                     {breach.Possible, breach.HadUnknown, 0, breach.DataPasswords, false},
		"no passwords in it":                    {breach.Possible, breach.HadYes, 0, "Email addresses", false},
		"a source found the person":             {breach.Confirmed, breach.HadUnknown, breach.Unverified, breach.DataPasswords, true},
	} {
		n := breach.Named{Certainty: k.certainty, Account: "x.com", Had: k.had}
		n.Data, n.Breach = []string{k.data}, breach.Breach{Flags: k.flags}
		if got := leaked([]breach.Named{n})["x.com"]; got != k.asks {
			t.Errorf("%s: asks %t", name, got)
		}
	}
}
