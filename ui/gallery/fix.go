package gallery

import (
	"strings"
	"time"

	"unlisted/checks/catalog"
	"unlisted/checks/evidence"
	"unlisted/checks/overview"
	"unlisted/checks/profile"
	"unlisted/ui/shell"
)

// fixScenes are the pages of Fix.
func fixScenes() []Scene {
	return []Scene{
		{Name: "fix", Sample: true, Place: "fix"},
		{Name: "fix-whole", Sample: true, Place: "fix", Height: 2300},
		{Name: "fix-300", Claims: 300, Place: "fix"},
		{Name: "fix-5000", Claims: 5000, Place: "fix"},
		{Name: "fix-strange", Sample: true, Place: "fix", Prepare: strange, Height: 1400},
		{Name: "fix-due", Sample: true, Place: "fix", Prepare: leaving},
		{Name: "fix-done", Sample: true, Place: "fix", Prepare: leaving, Chip: "done"},
		{Name: "fix-left-out", Sample: true, Place: "fix", Prepare: leftOut, Chip: "out"},
		{Name: "fix-x", Sample: true, Place: "fix", Arg: "x.com"},
		{Name: "fix-step", Sample: true, Place: "fix", Arg: "x.com/add-app", Prepare: halfway},
		{Name: "fix-step-whole", Sample: true, Place: "fix", Arg: "x.com/add-app", Prepare: halfway, Height: 1500},
		{Name: "fix-sources", Sample: true, Place: "fix", Arg: "x.com/see", Press: []string{"fix.sources.show"}},
		{Name: "fix-step-done", Sample: true, Place: "fix", Arg: "x.com/check-email", Prepare: halfway},
		{Name: "fix-locked", Sample: true, Place: "fix", Arg: "x.com/remove-phone", Prepare: halfway},
		{Name: "fix-waiting", Sample: true, Place: "fix", Arg: "x.com/remove-2fa", Prepare: secured},
		{
			Name:   "fix-override",
			Sample: true,
			Place:  "fix",
			Arg:    "x.com/remove-2fa",
			Press:  []string{"fix.override"},
		},
		{
			Name:    "fix-refused",
			Sample:  true,
			Place:   "fix",
			Arg:     "x.com/test",
			Prepare: leaving,
			Press:   []string{"fix.act.undo"},
		},
		{Name: "fix-leave", Sample: true, Place: "fix", Arg: "x.com/delete"},
		{Name: "fix-short", Sample: true, Place: "fix", Arg: "dropbox.com"},
		{Name: "fix-out", Sample: true, Place: "fix", Arg: "x.com", Prepare: leaving},
		{Name: "fix-finished", Sample: true, Place: "fix", Arg: "x.com", Prepare: finished},
		{Name: "fix-gone", Sample: true, Place: "fix", Arg: "nothing.example"},
		{Name: "fix-carrier", Sample: true, Place: "fix", Arg: "carrier"},
		{Name: "fix-rehearsal", Sample: true, Place: "fix", Arg: "rehearsal", Prepare: leaving},
		{
			Name: "fix-rehearsal-scan", Sample: true, Place: "fix", Arg: "rehearsal",
			Press: []string{"rehearsal.start", "practice.key.show"},
		},
		{
			Name: "fix-rehearsal-code", Sample: true, Place: "fix", Arg: "rehearsal",
			Press: []string{"rehearsal.start", "rehearsal.scanned", "rehearsal.try"},
		},
		{Name: "fix-authenticators", Sample: true, Place: "fix", Arg: "authenticators"},
		{Name: "fix-authenticators-whole", Sample: true, Place: "fix", Arg: "authenticators", Height: 1500},
		{Name: "fix-authenticator", Sample: true, Place: "fix", Arg: "authenticators/apple-passwords"},
		{Name: "fix-goodbye", Sample: true, Place: "fix", Arg: "goodbye"},
		{Name: "fix-goodbye-noted", Sample: true, Place: "fix", Arg: "goodbye/whatsapp.com", Prepare: leaving},
		{Name: "fix-goodbye-none", Place: "fix", Arg: "goodbye"},
		{Name: "fix-card", Sample: true, Place: "fix", Arg: "card"},
		{Name: "fix-card-whole", Sample: true, Place: "fix", Arg: "card", Height: 1500},
	}
}

// leaving fills a profile of somebody who gives up their number next week, and
// whose number left X some months ago.
func leaving(p *profile.Profile) {
	p.Leaving = map[string]time.Time{}
	for _, id := range overview.Numbers(p) {
		p.Leaving[id.Value] = time.Date(2026, 11, 30, 0, 0, 0, 0, time.UTC)
	}
	p.Practised = time.Date(2026, 11, 2, 0, 0, 0, 0, time.UTC)
	p.Steps = map[string]map[string]profile.Ticked{"x.com": {}}
	for i, k := range []catalog.StepKind{
		catalog.StepSee, catalog.StepEmail, catalog.StepAddApp, catalog.StepCodes, catalog.StepTest, catalog.StepRemove2FA, catalog.StepRemove, catalog.StepPassword,
	} {
		p.Steps["x.com"][string(k)] = profile.Ticked{At: time.Date(2026, 8, 1, 9, i, 0, 0, time.UTC)}
	}
}

// strangeName is as bad as a file can make it.
const strangeName = "\u0644\u064a\u0644\u0649\u202ee\x1b[2J" +
	"wwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwww" + "a\u0301\u0308\u0308\u0308"

// strange fills a profile of accounts with names that files make up.
func strange(p *profile.Profile) {
	long := strings.Repeat("very-long-name.", 12) + "example"
	for _, f := range []evidence.Finding{
		{Site: "x.com", UserName: strangeName},
		{Site: "x.com", UserName: "b"},
		{Site: long},
		{Site: "google.com", UserName: strangeName},
	} {
		f.Fact, f.Purpose, f.Confidence, f.Count = evidence.FactAccount, evidence.PurposeSignIn, evidence.Confirmed, 1
		f.Format, f.Source = "chrome-csv", "x.csv"
		p.Findings = append([]evidence.Finding{f}, p.Findings...)
		f.Fact = evidence.FactPhone2FA
		p.Findings = append([]evidence.Finding{f}, p.Findings...)
	}
}

// halfway fills a profile of somebody who began the switch of X.
func halfway(p *profile.Profile) {
	p.Steps = map[string]map[string]profile.Ticked{"x.com": {}}
	for i, k := range []catalog.StepKind{catalog.StepSee, catalog.StepEmail} {
		p.Steps["x.com"][string(k)] = profile.Ticked{At: time.Date(2026, 11, 22, 9, i, 0, 0, time.UTC)}
	}
}

// secured fills a profile of somebody with another way into X, whose mailbox is
// as it was.
func secured(p *profile.Profile) {
	halfway(p)
	for _, k := range []catalog.StepKind{catalog.StepAddApp, catalog.StepCodes, catalog.StepTest} {
		p.Steps["x.com"][string(k)] = profile.Ticked{At: time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)}
	}
}

// finished fills a profile of somebody who did all there is at X.
func finished(p *profile.Profile) {
	p.Steps = map[string]map[string]profile.Ticked{"x.com": {}}
	for _, k := range catalog.Kinds() {
		p.Steps["x.com"][string(k)] = profile.Ticked{At: time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)}
	}
}

// leftOut fills a profile of somebody who left the first things out.
func leftOut(p *profile.Profile) {
	p.Skipped = []string{"google.com/secure", "x.com/secure"}
}

// choose chooses a filter; "" none.
func (d *Data) choose(s *shell.Shell, id string) {
	for _, n := range s.Kit().Nodes() {
		if id != "" && n.Role == "chip" && n.ID == id {
			n.Press()
			return
		}
	}
}

// press presses what the keys of its words name, one after the other.
func (d *Data) press(s *shell.Shell, keys []string) {
	for _, k := range keys {
		s.Kit().Press(s.Kit().Text.T(k))
		for !s.Idle() || len(d.posted) > 0 {
			(<-d.posted)()
		}
	}
}
