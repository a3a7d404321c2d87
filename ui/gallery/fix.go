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

// press presses what the keys of its words name, one after the other.
func (d *Data) press(s *shell.Shell, keys []string) {
	for _, k := range keys {
		s.Kit().Press(s.Kit().Text.T(k))
		for len(d.posted) > 0 {
			(<-d.posted)()
		}
	}
}
