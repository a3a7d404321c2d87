package find

import (
	"io"
	"slices"

	"fyne.io/fyne/v2"

	"unlisted/checks/catalog"
	"unlisted/checks/evidence"
	"unlisted/checks/letter"
	"unlisted/checks/overview"
	"unlisted/checks/session"
	"unlisted/ui/kit"
)

// sources is where Unlisted may look: what lies on this computer beside what
// else there is to ask for, and what was read so far.
func (p *Page) sources(s *kit.Scope) fyne.CanvasObject {
	t := s.Text
	v := makeSources(p.data(), p.d.Importers(), p.st, t)
	var main []fyne.CanvasObject
	if card := p.clearCard(s); card != nil {
		main = append(main, card)
	}
	main = append(main, p.here(s, v))
	if len(v.read) > 0 {
		main = append(main, p.wasRead(s, v))
	}
	main = append(main, s.Panel(t.T("find.hand"), s.Caption(t.T("find.hand.why")),
		s.Button(t.T("find.hand.search"), kit.Secondary, func() { p.d.Go("find", browseArg) })))
	aside := append(p.wishes(s, v.wishes), p.kinds(s, v))
	parts := kit.PageParts{Title: v.title, Lead: v.lead, Body: s.Columns(kit.Stack(main...), kit.Stack(aside...))}
	if v.here.read != "" {
		read := s.Button(v.here.read, kit.Primary, func() { p.Scan(v.here.paths) })
		parts.Foot = s.ActionBar(v.here.foot, read)
	}
	if v.back {
		parts.Above = s.Button(t.T("find.back"), kit.Quiet, func() { p.d.Go("find", "") })
	}
	return s.Page(parts)
}

// pick lets the person choose a file, or a folder, and reads it.
func (p *Page) pick(folder bool) {
	p.d.Choose(folder, func(f string) { p.Scan([]string{f}) })
}

// wasRead is what was read so far, each with a way to forget it.
func (p *Page) wasRead(s *kit.Scope, v sourcesView) fyne.CanvasObject {
	t := s.Text
	var rows []fyne.CanvasObject
	for i, src := range v.read {
		if i > 0 {
			rows = append(rows, s.Line())
		}
		words := []fyne.CanvasObject{s.Strong(src.name), s.Caption(src.what)}
		if len(src.tags) > 0 {
			words = append(words, s.Tags(tagsOf(src.tags)...))
		}
		var buttons []fyne.CanvasObject
		if src.againWords != "" {
			buttons = append(buttons, s.Button(t.T("find.again"), kit.Secondary, func() { p.againMail(src.box) }))
			s.Called(src.againWords)
		}
		buttons = append(buttons, s.IconButton(kit.IconRemove, src.forgetWords, kit.Quiet, func() { p.forget(src) }))
		rows = append(rows, s.SplitRow(kit.CompactColumn(words...), kit.Row(buttons...)))
	}
	for _, l := range v.rest {
		rows = append(rows, s.Line(), kit.CompactColumn(factLines(s, l)...))
	}
	return s.Panel(t.T("find.files"), rows...)
}

func (p *Page) forget(src source) {
	if src.againWords != "" {
		p.forgetMail(src.box)
		return
	}
	p.d.Apply(session.RemoveSource{Source: src.of})
}

// kinds is what else there is to ask for, by kind, each leading to how to get it.
func (p *Page) kinds(s *kit.Scope, v sourcesView) fyne.CanvasObject {
	t := s.Text
	items := make([]kit.Item, len(v.formats))
	for i, f := range v.formats {
		items[i] = kit.Item{Icon: kit.IconFile, Title: f.title}
		if f.id == imapID {
			items[i].Icon = kit.IconMail
		}
	}
	return s.Panel(t.T("find.else"),
		s.Chips(chipsOf(v.families), v.family, func(id string) { p.st.family = id; p.d.Redraw() }),
		s.Caption(v.why),
		s.Rows(items, func(i int) { p.d.Go("find", sourcesArg+"/"+v.formats[i].id) }))
}

// format says how to get one kind of file, and takes it.
func (p *Page) format(s *kit.Scope, id string) fyne.CanvasObject {
	t := s.Text
	if id == imapID {
		return p.mail(s)
	}
	back := s.Button(t.T("find.sources.back"), kit.Quiet, func() { p.d.Go("find", sourcesArg) })
	i := slices.IndexFunc(p.d.Importers(), func(imp evidence.Importer) bool { return imp.Format().ID == id })
	if i < 0 {
		return s.Sheet(back, s.Empty(t.T("error.page.gone.what"), t.T("error.page.gone.means")))
	}
	f := p.d.Importers()[i].Format()
	rows := []fyne.CanvasObject{s.Body(t.T("format." + id + ".how"))}
	if link := p.askedAt(f.Site); link != "" {
		rows = append(rows, s.Link(t.T("fix.open"), link, p.d.Open))
	}
	if asking := p.asking(s, id); asking != nil {
		rows = append(rows, s.Line(), asking)
	}
	file := s.Button(t.T("find.file"), kit.Primary, func() { p.pick(false) })
	folder := s.Button(t.T("find.folder"), kit.Secondary, func() { p.pick(true) })
	have := s.Panel(t.T("find.sources.have"), s.Caption(t.T("find.drop.short")), s.Wrap(file, folder))
	body := s.Columns(s.Panel(t.T("find.how"), rows...), have)
	parts := kit.PageParts{Above: back, Title: t.T("format." + id), Body: body}
	if why := "family." + f.Family + ".why"; t.Has(why) {
		parts.Lead = t.T(why)
	}
	return s.Page(parts)
}

// askedAt is where an archive of a platform is asked for; "" where nobody knows.
func (p *Page) askedAt(site string) string {
	pl, ok := p.d.Catalog().ByID(site)
	if !ok {
		return ""
	}
	for _, st := range pl.Steps() {
		if st.Kind == catalog.StepDownload {
			return st.Link
		}
	}
	return ""
}

// write saves the letter to a platform that does not let the number go.
func (p *Page) write(id string) {
	d, t := p.data(), p.d.Text()
	a, is := d.overview.Find(id)
	if !is {
		return
	}
	pl := d.catalog.Get(a.Platform, a.Name)
	l := letter.Number{Platform: pl, SignIn: a.SignIn, Date: d.now}
	l.Number = letter.NumberOf(a, pl, overview.Own(d.profile))
	p.d.Save(t.T("letter.number.file")+"-"+pl.ID+".txt", func(w io.Writer) error {
		_, err := io.WriteString(w, l.Write(t))
		return err
	})
}
