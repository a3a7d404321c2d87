package report_test

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"unlisted/assets"
	"unlisted/checks/account"
	"unlisted/checks/identifier"
	"unlisted/checks/reach"
	"unlisted/checks/report"
	"unlisted/checks/text"
)

// The card is one file that needs nothing else: no number in full unless it is
// asked for, nothing loaded, nothing that a name could run.
func TestCard(t *testing.T) {
	texts, err := text.Load(assets.Sub("text"))
	if err != nil {
		t.Fatal(err)
	}
	number, _ := identifier.Parse("+33639981234", "")
	in := report.CardInput{
		Numbers: []identifier.Identifier{number}, Masked: true, Now: time.Date(2026, 11, 24, 0, 0, 0, 0, time.UTC),
		Card: reach.Card{
			More: 3, Say: []string{"reach.card.sign", "reach.card.say"},
			Accounts: []reach.NumberChange{
				{Account: account.Account{ID: "mail.example", Platform: "mail.example", Name: "Mail"}, Change: reach.ChangeRemove},
				{Account: account.Account{ID: "shop.example#+33639981234", Platform: "shop.example", Name: "<script>alert(1)</script>", SignIn: "+33639981234", Identifiers: []identifier.Identifier{number}}, Change: reach.ChangeNumber},
				{Account: account.Account{ID: "bank.example#pat@mail.example", Platform: "bank.example", Name: "Bank", SignIn: "pat@mail.example"}, Change: reach.ChangeFollows},
			},
		},
	}
	for _, lang := range texts.Languages() {
		in.Text = texts.Printer(lang)
		var masked, full bytes.Buffer
		if err := report.Card(&masked, in); err != nil {
			t.Fatal(err)
		}
		s := masked.String()
		for _, want := range []string{
			`lang="` + lang + `"`, in.Text.T("reach.card.title"), in.Text.T("reach.card.sign"), "pat@mail.example", in.Text.N("card.more", 3),
			"<b>" + in.Text.T("card.carrier") + "</b><i></i>", in.Text.T("card.do.change"), in.Text.T("card.do.follows"),
		} {
			if !strings.Contains(s, want) {
				t.Errorf("%s: no %q", lang, want)
			}
		}
		for _, never := range []string{"://", "<script", "src=", "98 12 34", "39981234", "[card.", "[reach."} {
			if strings.Contains(s, never) {
				t.Errorf("%s: %q is in it", lang, never)
			}
		}
		open := in
		open.Masked, open.Carrier = false, " +33 1 99 00 <b>"
		if err := report.Card(&full, open); err != nil {
			t.Fatal(err)
		}
		if s := full.String(); strings.Count(s, "33 6 39 98 12 34") != 2 || !strings.Contains(s, "33 1 99 00 &lt;b&gt;") {
			t.Errorf("%s: numbers in full: %s", lang, s)
		}
	}
	in.Card, in.Numbers = reach.Card{}, nil
	var empty bytes.Buffer
	if err := report.Card(&empty, in); err != nil || !strings.Contains(empty.String(), in.Text.T("card.none")) {
		t.Errorf("without accounts: %v", err)
	}
}
