package check

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"

	"unlisted/checks/breach"
	"unlisted/checks/job"
	"unlisted/ui/kit"
)

// keyCheck is what a source said of the person's key.
type keyCheck struct {
	plan    breach.Plan
	outcome breach.Outcome
}

// planner is the source that needs a key of the person's; nil where none does.
func (p *Page) planner() breach.Planner {
	for _, src := range p.d.Sources() {
		if asks, can := src.(breach.Planner); can && src.Info().Key != nil {
			return asks
		}
	}
	return nil
}

// keyPage says in three sentences how to get the key and what it costs, and
// keeps and checks it.
func (p *Page) keyPage(s *kit.Scope) fyne.CanvasObject {
	t, src := s.Text, p.planner()
	page := kit.PageParts{Above: p.backTo(s, t.T("check.hub.back"), askArg), Title: t.T("check.leak.gone")}
	if src == nil {
		return s.Page(page)
	}
	info := src.Info()
	v := makeKey(info, p.d.Key(info.Key.ID) != "", p.st.keySays, t)
	page.Title = t.T("check.key.title", "source", t.T("source."+info.ID+".name"))
	how := s.Panel(t.T("check.key.how"), s.Body(v.how), s.Caption(v.without), p.stackedLink(s, v.page))
	page.Body = kit.Column(how, p.keyCard(s, v))
	return s.Page(page)
}

func (p *Page) keyCard(s *kit.Scope, v keyView) fyne.CanvasObject {
	t := s.Text
	if v.have {
		rows := []fyne.CanvasObject{s.Body(t.T("check.key.have"))}
		for i, said := range v.says {
			if i == 0 {
				rows = append(rows, s.Strong(said))
				continue
			}
			rows = append(rows, s.Body(said))
		}
		return s.Panel(t.T("check.key"), append(rows, s.Caption(v.why), s.Flow(
			s.Button(t.T("check.key.check"), kit.Secondary, p.checkKey),
			s.Button(t.T("check.key.forget"), kit.Quiet, func() {
				p.st.keySays = nil
				p.d.SetKey(v.source, "", p.d.Tell)
			}),
		))...)
	}
	var f *kit.Field
	keep := func(typed string) {
		if typed = strings.TrimSpace(typed); typed == "" {
			return
		}
		f.Clear()
		p.d.SetKey(v.source, typed, p.d.Tell)
	}
	f = s.Field("key", t.T("check.key"), t.T("check.key.placeholder"), true, keep)
	return s.Panel("", f.Object, s.Button(t.T("check.key.save"), kit.Primary, func() { keep(f.Text()) }))
}

// checkKey asks about the key; the button under the sentence that names the host
// is the person's yes.
func (p *Page) checkKey() {
	src := p.planner()
	if src == nil {
		return
	}
	var k keyCheck
	p.d.Run("check.key.checking", func(ctx context.Context, _ func(job.Progress)) error {
		k.plan, k.outcome = src.Plan(ctx)
		return ctx.Err()
	}, func(err error) {
		if p.d.Tell(err); err == nil {
			p.st.keySays = &k
		}
		p.d.Redraw()
	})
}
