package fix

import (
	"fyne.io/fyne/v2"

	"unlisted/checks/plan"
	"unlisted/checks/session"
	"unlisted/checks/text"
	"unlisted/ui/kit"
)

// override offers to tick a step that comes later all the same: behind a quiet
// button, and only for somebody who types the name of the platform.
func (p *Page) override(s *kit.Scope, sw plan.Switch, st plan.SwitchStep) fyne.CanvasObject {
	t := s.Text
	key := sw.Key + "/" + string(st.Kind)
	if p.st.overriding != key {
		return s.Button(t.T("fix.override"), kit.Quiet, func() { p.st.overriding = key; p.d.Redraw() })
	}
	var word *kit.Field
	mean := func(typed string) {
		if err := sw.Override(st.Kind, typed); err != nil {
			word.Fail(err)
			return
		}
		word.Clear()
		p.st.overriding, p.st.failed = "", nil
		p.d.Apply(session.OverrideStep{Account: sw.Key, Step: st.Kind})
	}
	word = s.Field("override", t.T("fix.override.field", "platform", sw.Platform.Name), "", false, mean)
	why := t.T("fix.override.why", "steps", stepNames(t, sw, st.Missing))
	if len(st.Missing) == 0 {
		why = t.T("fix.override.order", "steps", p.actionNames(t, st.Waits))
	}
	return kit.Column(
		s.Strong(t.T("fix.override.title")), s.Body(why), word.Object,
		s.Flow(
			s.Button(t.T("fix.override.yes"), kit.Destructive, func() { mean(word.Text()) }),
			s.Button(t.T("fix.override.no"), kit.Secondary, func() { word.Clear(); p.st.overriding = ""; p.d.Redraw() }),
		),
	)
}

// verdict says where the account stands after the steps so far.
func (p *Page) verdict(s *kit.Scope, sw plan.Switch) fyne.CanvasObject {
	t := s.Text
	if !sw.Proved.IsZero() {
		return s.Card(s.Badge(t.T("plan.state.proved"), kit.Good), s.Strong(t.T("fix.verdict.proved", "date", t.Date(sw.Proved))), s.Body(t.T("fix.verdict.proved.why")))
	}
	key := "fix.verdict.open"
	switch {
	case sw.NumberOut():
		key = "fix.verdict.out"
	case sw.Secured():
		key = "fix.verdict.secured"
	}
	rows := []fyne.CanvasObject{s.Strong(t.T(key)), s.Body(t.T(key + ".why"))}
	if missing := sw.Unguarded(); len(missing) > 0 {
		rows = append(rows, s.Banner(kit.Warning, text.Message{What: t.T("fix.unguarded"), Means: t.T("fix.unguarded.why", "steps", stepNames(t, sw, missing))}))
	}
	due, seen := sw.LookAgain()
	switch {
	case due.IsZero():
	case !seen.IsZero():
		rows = append(rows, s.Caption(t.T("fix.again.seen", "date", t.Date(seen))), p.lookedAgain(s, sw, true))
	case p.d.Now().Before(due):
		rows = append(rows, s.Caption(t.T("fix.again.day", "date", t.Date(due))))
	default:
		rows = append(rows, s.Strong(t.T("fix.again.due", "date", t.Date(sw.Left()))), p.lookedAgain(s, sw, false))
	}
	return s.Card(rows...)
}

func (p *Page) lookedAgain(s *kit.Scope, sw plan.Switch, seen bool) fyne.CanvasObject {
	return p.tick(s, sw.Key, plan.StepAgain, s.Text.T("fix.again.tick"), seen)
}
