package find

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"unlisted/checks/evidence"
	"unlisted/ui/kit"
)

// lyingAround notes which of the files that were read hold passwords or codes in clear. What was opened with a
// password of the person's does not.
func (p *Page) lyingAround(sc *scan) {
	for _, s := range sc.found.Sources {
		outer, _, _ := strings.Cut(s.Path, "!")
		if slices.ContainsFunc(s.Problems, func(x evidence.Problem) bool { return x.Locked() }) {
			sc.locked[outer] = true
		}
	}
	for _, c := range evidence.ClearFiles(sc.paths, sc.found.Sources) {
		known := slices.ContainsFunc(p.st.clear, func(old evidence.ClearFile) bool { return old.Path == c.Path })
		if !known && !sc.locked[c.Name] {
			p.st.clear = append(p.st.clear, c)
		}
	}
}

// clearCard says which files lie around with secrets in clear, with the advice to delete them and a way to where they
// are; nil where there are none. Unlisted deletes nothing itself.
func (p *Page) clearCard(s *kit.Scope) fyne.CanvasObject {
	t := s.Text
	if len(p.st.clear) == 0 {
		return nil
	}
	rows := []fyne.CanvasObject{s.Caption(t.T("find.clear.todo"))}
	for _, c := range p.st.clear {
		show := s.Button(t.T("find.clear.show"), kit.Secondary, func() { p.d.ShowFile(c.Path) })
		s.Called(t.T("find.clear.show.name", "name", c.Name))
		gone := s.Button(t.T("find.clear.gone"), kit.Quiet, func() { p.forgetClear(c) })
		s.Called(t.T("find.clear.gone.name", "name", c.Name))
		rows = append(rows, kit.CompactColumn(
			s.Strong(c.Name), s.Caption(t.T("find.clear."+string(c.Secrets))), s.Wrap(show, gone)))
	}
	return s.Panel(t.T("find.clear.title"), rows...)
}

// forgetClear takes a file off the list: the person says that it is gone.
func (p *Page) forgetClear(c evidence.ClearFile) {
	p.st.clear = slices.DeleteFunc(p.st.clear, func(old evidence.ClearFile) bool { return old.Path == c.Path })
	p.d.Redraw()
}
