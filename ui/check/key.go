package check

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"

	"unlisted/checks/breach"
	"unlisted/checks/breach/hibp"
	"unlisted/checks/job"
	"unlisted/ui/kit"
)

// keyCheck is what a source said of the person's key.
type keyCheck struct {
	plan    breach.Plan
	outcome breach.Outcome
}

// planner is a source that can tell what a key may do, without looking anybody
// up.
type planner interface {
	Plan(ctx context.Context) (breach.Plan, breach.Outcome)
}

// keyPage says in three sentences how to get the key and what it costs, and
// keeps and checks it.
func (p *Page) keyPage(s *kit.Scope) fyne.CanvasObject {
	t := s.Text
	return s.Sheet(
		p.back(s), s.Title(t.T("check.key.title")),
		s.Card(s.Body(t.T("source.hibp.key.how")), s.Caption(t.T("source.hibp.key.without")), s.Link(t.T("check.key.get"), hibp.Key.Page, p.d.Open)),
		p.keyCard(s),
	)
}

func (p *Page) keyCard(s *kit.Scope) fyne.CanvasObject {
	t := s.Text
	if p.d.Key(hibp.ID) != "" {
		rows := []fyne.CanvasObject{s.Body(t.T("check.key.have"))}
		if p.st.keySays != nil {
			rows = append(rows, p.keyState(s)...)
		}
		return s.Card(append(rows, s.Caption(t.T("source.hibp.key.check")), s.Flow(
			s.Button(t.T("check.key.check"), kit.Secondary, p.checkKey),
			s.Button(t.T("check.key.forget"), kit.Quiet, func() {
				p.st.keySays = nil
				p.d.SetKey(hibp.ID, "", p.d.Tell)
			}),
		))...)
	}
	var f *kit.Field
	keep := func(v string) {
		if v = strings.TrimSpace(v); v == "" {
			return
		}
		f.Clear()
		p.d.SetKey(hibp.ID, v, p.d.Tell)
	}
	f = s.Field("key", t.T("check.key"), t.T("check.key.placeholder"), true, keep)
	return s.Card(f.Object, s.Button(t.T("check.key.save"), kit.Primary, func() { keep(f.Text()) }))
}

// keyState tells what the source said of the key.
func (p *Page) keyState(s *kit.Scope) []fyne.CanvasObject {
	t := s.Text
	k := p.st.keySays
	if k.outcome != breach.Found {
		key := "outcome." + k.outcome.String()
		return []fyne.CanvasObject{s.Strong(t.T(key)), s.Body(t.T(key + ".means"))}
	}
	rows := []fyne.CanvasObject{s.Strong(t.T("check.key.good", "plan", k.plan.Name, "n", t.Number(k.plan.PerMinute)))}
	if !k.plan.Until.IsZero() {
		rows = append(rows, s.Body(t.T("check.key.until", "date", t.Date(k.plan.Until))))
	}
	if k.plan.KAnonymity {
		rows = append(rows, s.Body(t.T("check.key.range")))
	}
	return rows
}

// checkKey asks about the key; the button under the sentence that names the host
// is the person's yes.
func (p *Page) checkKey() {
	for _, src := range p.d.Sources() {
		asks, can := src.(planner)
		if !can {
			continue
		}
		var k keyCheck
		p.d.Run("check.key.checking", func(ctx context.Context, _ func(job.Progress)) error {
			k.plan, k.outcome = asks.Plan(ctx)
			return ctx.Err()
		}, func(err error) {
			if p.d.Tell(err); err == nil {
				p.st.keySays = &k
			}
			p.d.Redraw()
		})
		return
	}
}
