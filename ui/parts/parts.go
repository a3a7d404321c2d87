// Package parts holds what more than one page shows. It is no page itself.
package parts

import (
	"slices"

	"fyne.io/fyne/v2"

	"unlisted/checks/breach"
	"unlisted/checks/catalog"
	"unlisted/checks/overview"
	"unlisted/checks/overview/watch"
	"unlisted/checks/profile"
	"unlisted/checks/session"
	"unlisted/checks/text"
	"unlisted/ui/kit"
)

// Window is what the parts need of the window.
type Window interface {
	Profile() *profile.Profile
	Overview() overview.Overview
	Catalog() *catalog.Catalog
	Apply(session.Change) bool
	Go(page, arg string)
}

// IncidentArg begins the address, at Check, of one incident's page.
const IncidentArg = "incident/"

// Incidents lists the incidents of one platform, or of all where platform is
// "", each leading to its page; nil where there is none. Those that reach the
// person's number come first.
func Incidents(s *kit.Scope, w Window, o overview.Overview, platform string) fyne.CanvasObject {
	var list []overview.Concern
	for _, c := range o.Incidents {
		if platform == "" || c.Account == platform {
			list = append(list, c)
		}
	}
	if len(list) == 0 {
		return nil
	}
	slices.SortStableFunc(list, func(a, b overview.Concern) int { return b.Urgency() - a.Urgency() })
	items := make([]kit.Item, len(list))
	for i, c := range list {
		items[i] = concernItem(s.Text, w.Catalog(), c)
	}
	return s.List(items, func(i int) { w.Go("check", IncidentArg+list[i].ID) })
}

func concernItem(t *text.Printer, all *catalog.Catalog, c overview.Concern) kit.Item {
	name := c.Platform
	if p, ok := all.ByID(c.Account); ok {
		name = p.Name
	}
	it := kit.Item{Title: name + " · " + t.In(c.Title), Badge: t.T("had." + string(c.Had))}
	it.Detail = t.T(
		"incident.status."+string(c.Status),
	) + " · " + t.T(
		"incident.kind."+string(c.Kind),
	) + " · " + c.Known().
		Words(t)
	if c.Had == breach.HadYes {
		it.Tone = kit.Warning
	}
	if c.Urgency() == overview.UrgencyNumber {
		it.Badge, it.Tone = t.T("incident.badge.number"), kit.Danger
	}
	return it
}

// WatchBox is the switch of watching for new leaks.
func WatchBox(s *kit.Scope, w Window) fyne.CanvasObject {
	return s.Tick(s.Text.T("check.watch.on"), w.Profile().Consents[watch.Consent], func(on bool) {
		if _, marks := overview.NewLeaks(w.Profile(), w.Overview()); on {
			w.Apply(session.MarkSeen{Seen: marks}) // what is known now is no news
		}
		w.Apply(session.SetConsent{Purpose: watch.Consent, Yes: on})
	})
}
