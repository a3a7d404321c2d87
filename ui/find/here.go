package find

import (
	"context"

	"fyne.io/fyne/v2"

	"unlisted/checks/evidence/here"
	"unlisted/checks/job"
	"unlisted/ui/kit"
)

// onComputer is what lies on this computer, as far as the person let the page look.
type onComputer struct {
	looked bool
	found  []here.Found
	ticks  map[string]bool // what the person ticked and unticked, by Found.Key
}

// ticked reports whether a find is to be read.
func (o onComputer) ticked(f here.Found) bool {
	if on, said := o.ticks[f.Key()]; said {
		return on
	}
	return f.Ticked()
}

// here is what lies on this computer: looked for on the person's word, listed, and read of it what is ticked.
func (p *Page) here(s *kit.Scope, v sourcesView) fyne.CanvasObject {
	t := s.Text
	rows := []fyne.CanvasObject{s.Caption(v.here.why)}
	if len(v.here.rows) > 0 {
		rows = append(rows, s.Ticks(tickItems(v.here.rows), func(i int, on bool) { p.tick(v.here.rows[i].key, on) }))
	}
	for _, c := range v.here.closed {
		rows = append(rows, s.Line(), kit.CompactColumn(s.Strong(c.title), s.Caption(c.detail)))
	}
	kind := kit.Primary
	if v.back {
		kind = kit.Secondary
	}
	if v.here.read != "" {
		kind = kit.Secondary
	}
	return s.Panel(t.T("find.here"), append(rows,
		s.Wrap(
			s.Button(v.here.look, kind, p.lookHere),
			s.Button(t.T("find.file"), kit.Secondary, func() { p.pick(false) }),
			s.Button(t.T("find.folder"), kit.Secondary, func() { p.pick(true) }),
			s.Button(t.T("find.mailbox"), kit.Secondary, func() { p.d.Go("find", mailArg) }),
		),
		kit.CompactColumn(s.Strong(t.T("find.drop")), s.Caption(t.T("find.drop.why"))))...)
}

func tickItems(rows []hereRow) []kit.TickItem {
	items := make([]kit.TickItem, len(rows))
	for i, r := range rows {
		items[i] = kit.TickItem{Item: kit.Item{Title: r.title, Detail: r.detail, Badge: r.time}, On: r.on}
	}
	return items
}

// tick takes what the person says of one find.
func (p *Page) tick(key string, on bool) {
	if p.st.here.ticks == nil {
		p.st.here.ticks = map[string]bool{}
	}
	p.st.here.ticks[key] = on
	p.d.Redraw()
}

// lookHere looks on this computer. What was found before a stop is shown.
func (p *Page) lookHere() {
	var found []here.Found
	p.d.Run("here.looking", func(ctx context.Context, _ func(job.Progress)) (err error) {
		found, err = p.d.Look(ctx)
		return err
	}, func(err error) {
		p.d.Tell(err)
		p.st.here.looked, p.st.here.found = true, found
		p.d.Redraw()
	})
}
