package find

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"unlisted/checks/catalog"
	"unlisted/checks/evidence"
	"unlisted/ui/kit"
)

// sourcesArg is the address of the list of everything that can be read.
const sourcesArg = "sources"

// families are the kinds of files, the most telling for the least effort first
// ("family.<name>" is the word).
var families = []string{"mailbox", "logins", "messages", "archive", "authenticator"}

// families are the known kinds, and behind them those of importers that are of
// another one.
func (p *Page) families() []string {
	all := slices.Clone(families)
	for _, imp := range p.d.Importers() {
		if family := imp.Format().Family; !slices.Contains(all, family) {
			all = append(all, family)
		}
	}
	return all
}

// sources lists what a person may have, by kind, each leading to how to get it.
func (p *Page) sources(s *kit.Scope) fyne.CanvasObject {
	t := s.Text
	objects := []fyne.CanvasObject{
		s.Button(t.T("find.back"), kit.Quiet, func() { p.d.Go("find", "") }),
		kit.CompactColumn(s.Title(t.T("find.how")), s.Body(t.T("find.how.why"))),
	}
	if list := p.onThisComputer(s); list != nil {
		objects = append(objects, list)
	}
	for _, family := range p.families() {
		formats := p.formats(family)
		if len(formats) == 0 {
			continue
		}
		items := make([]kit.Item, len(formats))
		for i, f := range formats {
			items[i] = kit.Item{Title: t.T("format." + f.ID)}
		}
		if family == "mailbox" {
			formats = append([]evidence.Format{{ID: "imap"}}, formats...)
			items = append([]kit.Item{{Title: t.T("format.imap")}}, items...)
		}
		objects = append(objects, kit.Column(s.Heading(t.T("family."+family)), s.Body(t.T("family."+family+".why")),
			s.List(items, func(i int) { p.d.Go("find", sourcesArg+"/"+formats[i].ID) })))
	}
	return s.Sheet(objects...)
}

// onThisComputer lists the browsers that keep logins here. A browser is read
// only once the person picked it, and never its passwords; nil where there is
// none.
func (p *Page) onThisComputer(s *kit.Scope) fyne.CanvasObject {
	t := s.Text
	list := p.d.Browsers()
	if len(list) == 0 {
		return nil
	}
	items := make([]kit.Item, len(list))
	for i, b := range list {
		items[i] = kit.Item{Title: b.Browser, Detail: b.Name}
	}
	return kit.Column(s.Heading(t.T("find.browsers")), s.Body(t.T("find.browsers.why")), s.List(items, func(i int) { p.Scan(list[i].Paths) }))
}

// formats are the formats of a family, by title.
func (p *Page) formats(family string) []evidence.Format {
	t := p.d.Text()
	var out []evidence.Format
	for _, imp := range p.d.Importers() {
		if f := imp.Format(); f.Family == family {
			out = append(out, f)
		}
	}
	slices.SortFunc(out, func(a, b evidence.Format) int {
		return strings.Compare(strings.ToLower(t.T("format."+a.ID)), strings.ToLower(t.T("format."+b.ID)))
	})
	return out
}

// source says how to get one kind of file, and takes it.
func (p *Page) source(s *kit.Scope, id string) fyne.CanvasObject {
	t := s.Text
	if id == "imap" {
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
	file := s.Button(t.T("find.file"), kit.Primary, func() { p.d.Choose(false, func(f string) { p.Scan([]string{f}) }) })
	folder := s.Button(t.T("find.folder"), kit.Secondary, func() { p.d.Choose(true, func(f string) { p.Scan([]string{f}) }) })
	return s.Sheet(back, s.Title(t.T("format."+id)), s.Card(rows...), s.Card(s.Strong(t.T("find.sources.have")), s.Caption(t.T("find.drop.why")), s.Flow(file, folder)))
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
