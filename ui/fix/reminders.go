package fix

import (
	"fyne.io/fyne/v2"

	"unlisted/checks/overview"
	"unlisted/checks/profile"
	"unlisted/checks/text"
	"unlisted/ui/kit"
)

// reminders are what is due: last days of numbers that are near, and accounts
// to look at again.
func (p *Page) reminders(s *kit.Scope, pr *profile.Profile, o overview.Overview) []fyne.CanvasObject {
	t := s.Text
	var out []fyne.CanvasObject
	for _, f := range overview.LeavingNumbers(pr, p.d.Now()) {
		if n := f.Notice(); n != overview.NoticeNone {
			out = append(out, p.leaving(s, pr, f, n))
		}
	}
	due := overview.LookAgain(pr, o, p.d.Catalog(), p.d.Now())
	if len(due) == 0 {
		return out
	}
	items := make([]kit.Item, len(due))
	for i, d := range due {
		items[i] = kit.Item{Title: d.Account.Name, Detail: t.T("fix.due.why", "date", t.Date(d.Left))}
	}
	return append(out, kit.Column(s.Heading(t.T("fix.due")), s.List(items, func(i int) { p.d.Go("fix", due[i].Account.ID) })))
}

// leaving is the line about one number that is left soon, or was.
func (p *Page) leaving(s *kit.Scope, pr *profile.Profile, f overview.LeavingNumber, n overview.Notice) fyne.CanvasObject {
	t := s.Text
	tone := map[overview.Notice]kit.Tone{overview.NoticeMonth: kit.Accent, overview.NoticeWeek: kit.Warning}[n]
	if tone == kit.Neutral {
		tone = kit.Danger
	}
	what := t.N("goodbye.notice", f.Days, "id", s.Text.Identifier(f.Number, pr.Settings.ShowValues), "date", t.Date(f.LastDay))
	switch {
	case f.Days < 0:
		what = t.T("goodbye.notice.over", "id", s.Text.Identifier(f.Number, pr.Settings.ShowValues), "date", t.Date(f.LastDay))
	case f.Days == 0:
		what = t.T("goodbye.notice.today", "id", s.Text.Identifier(f.Number, pr.Settings.ShowValues))
	}
	means := t.T("goodbye.left.none")
	if left, _ := overview.ToChange(overview.Goodbye(pr, p.model(), f.Number)); left > 0 {
		means = t.N("goodbye.left", left)
	} else {
		tone = kit.Good
	}
	open := s.Button(t.T("goodbye.open"), kit.Secondary, func() { p.st.leaving = f.Number; p.d.Go("fix", goodbyeArg) })
	return s.Banner(tone, text.Message{What: what, Means: means}, open)
}
