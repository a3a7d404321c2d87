package overview

import (
	"slices"

	"unlisted/checks/catalog"
	"unlisted/checks/profile"
)

// News is what changed in the data about one of the person's platforms since
// they last looked.
type News struct {
	Platform  string
	Exit      bool // the exit rating is another
	Guide     bool // the guide was gone through again, or is new
	Incidents []catalog.Incident
}

// Unseen compares what is known of the platforms of the accounts with what the
// person has seen. A platform never looked at before is no news; marks tells
// what to remember of it, and of all others once the person has read the news.
func Unseen(p *profile.Profile, o Overview, c *catalog.Catalog) (news []News, marks map[string]profile.Seen) {
	marks = map[string]profile.Seen{}
	for _, a := range o.Accounts {
		pl, ok := c.ByID(a.Platform)
		if _, twice := marks[a.Platform]; !ok || twice {
			continue
		}
		now := profile.Seen{Exit: string(pl.Exit)}
		if pl.Guide != nil {
			now.Reviewed = pl.Guide.Reviewed
		}
		incidents := c.Incidents(pl.ID)
		for _, i := range incidents {
			now.Incidents = append(now.Incidents, i.ID)
		}
		marks[pl.ID] = now
		before, seen := p.Seen[pl.ID]
		if !seen {
			continue
		}
		n := News{Platform: pl.ID, Exit: before.Exit != now.Exit, Guide: now.Reviewed.After(before.Reviewed)}
		for _, i := range incidents {
			if !slices.Contains(before.Incidents, i.ID) {
				n.Incidents = append(n.Incidents, i)
			}
		}
		if n.Exit || n.Guide || len(n.Incidents) > 0 {
			news = append(news, n)
		}
	}
	return news, marks
}
