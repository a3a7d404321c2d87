package gallery

import (
	"time"

	"unlisted/checks/catalog"
	"unlisted/checks/overview"
	"unlisted/checks/profile"
	"unlisted/ui/shell"
)

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
		for len(d.posted) > 0 {
			(<-d.posted)()
		}
	}
}
