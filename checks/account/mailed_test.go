package account_test

import (
	"reflect"
	"testing"

	"unlisted/checks/account"
	"unlisted/checks/evidence"
)

// mailOf is proof by mails of one kind.
func mailOf(site, why string, sure evidence.Confidence, count int) evidence.Finding {
	fact := evidence.FactAccount
	if why == "mail.why.newsletter" || why == "mail.why.other" {
		fact = evidence.FactMailed
	}
	return evidence.Finding{Fact: fact, Site: site, Family: evidence.FamilyMail, Format: "mbox", Confidence: sure, Count: count, Why: why}
}

// What mail alone makes: an account, or a sender that writes to the person for a
// reason.
func TestMailAlone(t *testing.T) {
	const proven, order, unproven = "mail.why.proven", evidence.WhyOrder, "mail.why.unproven"
	for name, c := range map[string]struct {
		findings []evidence.Finding
		sure     evidence.Confidence // of the account; none without one
		mailed   []account.Mailed
	}{
		"a guest's orders":              {[]evidence.Finding{mailOf("bakery.example", order, evidence.Possible, 7)}, 0, []account.Mailed{{Platform: "bakery.example", Count: 7, Why: []string{order}}}},
		"orders at a known platform":    {[]evidence.Finding{mailOf("shop.fr", order, evidence.Possible, 7)}, evidence.Possible, nil},
		"orders and a welcome":          {[]evidence.Finding{mailOf("bakery.example", order, evidence.Possible, 2), mailOf("bakery.example", proven, evidence.Confirmed, 1)}, evidence.Confirmed, nil},
		"one welcome from nobody known": {[]evidence.Finding{mailOf("bakery.example", proven, evidence.Confirmed, 1)}, 0, []account.Mailed{{Platform: "bakery.example", Count: 1, Why: []string{"mail.why.single"}}}},
		"two welcomes":                  {[]evidence.Finding{mailOf("bakery.example", proven, evidence.Confirmed, 2)}, evidence.Confirmed, nil},
		"one welcome that is unproven":  {[]evidence.Finding{mailOf("shop.fr", unproven, evidence.Possible, 1)}, 0, []account.Mailed{{Platform: "shop.fr", Count: 1, Why: []string{"mail.why.single"}}}},
		"a newsletter and more": {
			[]evidence.Finding{mailOf("news.example", "mail.why.newsletter", evidence.Likely, 3), mailOf("news.example", "mail.why.other", evidence.Likely, 2), mailOf("news.example", order, evidence.Possible, 1)},
			0,
			[]account.Mailed{{Platform: "news.example", Count: 6, Why: []string{"mail.why.newsletter", order, "mail.why.other"}}},
		},
	} {
		s := account.Fuse(c.findings, nil, nil, platforms{})
		sure := evidence.ConfidenceNone
		for _, a := range s.Accounts {
			sure = a.Confidence
		}
		if len(s.Accounts) > 1 || sure != c.sure || !reflect.DeepEqual(s.Mailed, c.mailed) {
			t.Errorf("%s: %d accounts, %q, mailed %+v; want %q and %+v", name, len(s.Accounts), sure, s.Mailed, c.sure, c.mailed)
		}
	}
}

// The address of a mail is not the person's because a service proved itself:
// only the mailbox's own records say whose it is.
func TestMailProposesNoStranger(t *testing.T) {
	f := mailOf("shop.fr", "mail.why.proven", evidence.Confirmed, 4)
	f.Identifier = id(t, "somebody@else.example")
	if s := account.Fuse([]evidence.Finding{f}, nil, nil, platforms{}); len(s.Own) != 0 {
		t.Errorf("%v is proposed", s.Own)
	}
	f.Family, f.Format = evidence.FamilyMail, "mbox"
	own := evidence.Finding{Fact: evidence.FactOwn, Identifier: id(t, "pat@mail.example"), Family: evidence.FamilyMail, Confidence: evidence.Likely, Count: 3}
	if s := account.Fuse([]evidence.Finding{f, own}, nil, nil, platforms{}); len(s.Own) != 1 || s.Own[0].Value != "pat@mail.example" {
		t.Errorf("%v is proposed", s.Own)
	}
}

// Reasons are counted by sender, the commonest first.
func TestMailedWhy(t *testing.T) {
	got := account.MailedWhy([]account.Mailed{{Why: []string{"a", "b"}}, {Why: []string{"b"}}, {}})
	if want := []account.WhyCount{{Why: "b", Senders: 2}, {Why: "a", Senders: 1}}; !reflect.DeepEqual(got, want) {
		t.Errorf("%+v", got)
	}
}
