package overview_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"unlisted/assets"
	"unlisted/checks/account"
	"unlisted/checks/catalog"
	"unlisted/checks/evidence"
	"unlisted/checks/evidence/all"
	"unlisted/checks/identifier"
	"unlisted/checks/overview"
	"unlisted/checks/profile"
	"unlisted/checks/text"
)

func allFormats() (out []evidence.Format) {
	for _, imp := range all.Importers() {
		out = append(out, imp.Format())
	}
	return out
}

// wished is the list in short: format, state, days.
func wished(p *profile.Profile, o overview.Overview, now time.Time) string {
	var lines []string
	for _, w := range overview.Wishes(p, o, allFormats(), now) {
		lines = append(lines, fmt.Sprint(w.Format, " ", [...]string{"due", "open", "asked", "added"}[w.State], " ", w.Days))
	}
	return strings.Join(lines, ", ")
}

// A few taps make the list; an account that is known counts as tapped until the person says otherwise.
func TestWishesByTaps(t *testing.T) {
	day := time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)
	p, o := &profile.Profile{}, overview.Overview{}
	if got := wished(p, o, day); got != "" {
		t.Errorf("of a person who said nothing: %s", got)
	}
	p.Uses = map[string]bool{"mail.gmail": true, "phone.iphone": true, "passwords.firefox": true, "passwords.paper": true, "x.com": true, "facebook.com": false}
	o.Accounts = []account.Account{{Platform: "whatsapp.com"}, {Platform: "facebook.com"}, {Platform: "whatsapp.com", ID: "whatsapp.com#2"}}
	want := "mbox open 2, firefox-csv open 0, iphone-backup open 0, whatsapp-archive open 3, x-archive open 1"
	if got := wished(p, o, day); got != want {
		t.Errorf("%s\nnot %s", got, want)
	}
}

// What was asked for is on its way, then due on its day, then added with what it showed; a new request after that is
// on its way again.
func TestWishStates(t *testing.T) {
	asked := time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)
	mine := identifier.Identifier{Kind: identifier.KindPhone, Value: "+33639981234"}
	p := &profile.Profile{}
	p.Identifiers = []profile.Own{{ID: mine}}
	p.Uses = map[string]bool{"whatsapp.com": true, "instagram.com": true}
	p.Asked = map[string]time.Time{"whatsapp-archive": asked, "instagram-archive": asked, "x-archive": asked}
	for days, want := range map[int]string{
		0:   "instagram-archive asked -1, whatsapp-archive asked 3, x-archive asked 1",
		1:   "x-archive due 1, instagram-archive asked -1, whatsapp-archive asked 3",
		3:   "whatsapp-archive due 3, x-archive due 1, instagram-archive asked -1",
		900: "whatsapp-archive due 3, x-archive due 1, instagram-archive asked -1",
	} {
		if got := wished(p, overview.Overview{}, asked.AddDate(0, 0, days)); got != want {
			t.Errorf("after %d days: %s, not %s", days, got, want)
		}
	}
	p.Scans = []profile.Scan{
		{Source: evidence.Source{Format: "whatsapp-archive", Items: 4}, At: asked.AddDate(0, 0, 4)},
		{Source: evidence.Source{Format: "x-archive", Items: 0}, At: asked.AddDate(0, 0, 4)}, // nothing was in it
	}
	p.Findings = []evidence.Finding{
		{Fact: evidence.FactAccount, Site: "whatsapp.com", Format: "whatsapp-archive", Family: "archive"},
		{Fact: evidence.FactHoldsPhone, Site: "whatsapp.com", Identifier: mine, Format: "whatsapp-archive", Family: "archive"},
	}
	list := overview.Wishes(p, overview.Overview{}, allFormats(), asked.AddDate(0, 0, 5))
	last := list[len(list)-1]
	if last.Format != "whatsapp-archive" || last.State != overview.WishAdded || !last.Number || last.Accounts != 1 || !last.At.Equal(asked.AddDate(0, 0, 4)) {
		t.Errorf("%+v", last)
	}
	if list[0].Format != "x-archive" || list[0].State != overview.WishDue {
		t.Errorf("an empty file counts: %+v", list[0])
	}
	p.Asked["whatsapp-archive"] = asked.AddDate(0, 0, 6)
	if got := wished(p, overview.Overview{}, asked.AddDate(0, 0, 7)); !strings.Contains(got, "whatsapp-archive asked") {
		t.Errorf("asked once more: %s", got)
	}
}

// Other files show the same: any mail for a mailbox, the browser's own store for its export.
func TestWishesShownOtherwise(t *testing.T) {
	day := time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)
	p := &profile.Profile{}
	p.Uses = map[string]bool{"mail.outlook": true, "passwords.chrome": true, "passwords.firefox": true}
	p.Scans = []profile.Scan{
		{Source: evidence.Source{Format: "maildir", Items: 9}, At: day},
		{Source: evidence.Source{Format: "chromium-profile", Items: 2}, At: day},
	}
	if got, want := wished(p, overview.Overview{}, day), "firefox-csv open 0, imap added 0, chrome-csv added 0"; got != want {
		t.Errorf("%s, not %s", got, want)
	}
}

// The data: what is on the list can be read, every choice leads somewhere or is a plain no, days have a source, and
// all of it has words.
func TestWishData(t *testing.T) {
	c, err := catalog.Load(assets.Sub("catalog"), assets.Sub("guides"), assets.Sub("facts"))
	if err != nil {
		t.Fatal(err)
	}
	texts, err := text.Load(assets.Sub("text"))
	if err != nil {
		t.Fatal(err)
	}
	day := time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)
	leads := map[string]bool{"passwords.paper": true}
	for _, tap := range overview.Taps() {
		for _, choice := range tap.Choices {
			p := &profile.Profile{}
			p.Uses = map[string]bool{choice: true}
			for _, w := range overview.Wishes(p, overview.Overview{}, allFormats(), day) {
				leads[choice] = true
				if w.Minutes < 1 || w.Minutes > 60 || w.Days > 60 {
					t.Errorf("%+v", w)
				}
			}
			_, known := c.ByID(choice)
			for _, lang := range texts.Languages() {
				if p := texts.Printer(lang); !p.Has("tap."+tap.ID) || !known && !p.Has("tap."+choice) {
					t.Errorf("%s: no words for %s or %s", lang, tap.ID, choice)
				}
			}
			if !leads[choice] {
				t.Errorf("%s leads nowhere", choice)
			}
		}
	}
	if n := len(overview.Taps()); n != 4 {
		t.Errorf("%d questions", n)
	}
	if slices.ContainsFunc(overview.Undated(), func(f string) bool { return f != "" }) {
		t.Errorf("days without a source: %q", overview.Undated())
	}
}
