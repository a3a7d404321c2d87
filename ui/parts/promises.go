package parts

import (
	"fyne.io/fyne/v2"

	"unlisted/ui/kit"
)

// Promises says in three short cards what the program does, never does and
// keeps: what somebody wants to know before they trust it with anything.
func Promises(s *kit.Scope) fyne.CanvasObject {
	t := s.Text
	return s.SideBySide(
		s.Card(s.IconTitle(kit.IconSearch, t.T("start.does")), s.Body(t.T("start.does.why"))),
		s.Card(s.IconTitle(kit.IconLock, t.T("start.never")), s.Body(t.T("start.never.why"))),
		s.Card(s.IconTitle(kit.IconFile, t.T("start.keeps")), s.Body(t.T("start.keeps.why"))),
	)
}
