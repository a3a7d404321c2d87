package shell

import (
	"encoding/json"
	"errors"
	"io"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"unlisted/checks/outbound"
	"unlisted/checks/reach"
	"unlisted/checks/session"
	"unlisted/checks/text"
	"unlisted/ui/check"
	"unlisted/ui/find"
	"unlisted/ui/fix"
	"unlisted/ui/kit"
	home "unlisted/ui/overview"
	"unlisted/ui/report"
	"unlisted/ui/settings"
	"unlisted/ui/start"
	"unlisted/ui/whatif"
	"unlisted/ui/you"
)

// page is one page of the window; ui/kit says how one is written.
type page interface {
	Build(s *kit.Scope, arg string) fyne.CanvasObject
}

// railPage is one line of the rail.
type railPage struct {
	id       string
	icon     kit.IconName
	concerns session.Changed // what it shows, beside the settings
	make     func(*workspace) page
}

// firstPage is the page a profile opens with.
const firstPage = "overview"

// railPages are the pages of the window, top to bottom: one more is one line here.
func railPages() []railPage {
	const known = session.Identifiers | session.Findings | session.Claims | session.Lookups | session.Answers | session.Plan
	return []railPage{
		{"overview", kit.IconOverview, known, func(w *workspace) page { return home.New(w) }},
		{
			"you",
			kit.IconYou,
			session.Identifiers | session.Findings | session.Claims,
			func(w *workspace) page { return you.New(w) },
		},
		{"find", kit.IconFind, known | session.Mailboxes, func(w *workspace) page { return find.New(w) }},
		{
			"check",
			kit.IconCheck,
			known | session.Consents | session.Seen,
			func(w *workspace) page { return check.New(w) },
		},
		{"whatif", kit.IconWhatIf, known, func(w *workspace) page { return whatif.New(w) }},
		{"fix", kit.IconFix, known | session.Seen, func(w *workspace) page { return fix.New(w) }},
		{"report", kit.IconReport, known | session.History, func(w *workspace) page { return report.New(w) }},
		{
			"settings",
			kit.IconSettings,
			session.Consents | session.Ledger,
			func(w *workspace) page { return settings.New(w) },
		},
	}
}

// concerns is what a page shows of the profile.
func concerns(id string) session.Changed {
	for _, p := range railPages() {
		if p.id == id {
			return p.concerns | session.Settings
		}
	}
	return 0
}

// drawAll builds the page in sight and everything around it.
func (s *Shell) drawAll() {
	s.remember()
	s.draw()
}

// draw is drawAll for who has noted already where the page stands.
func (s *Shell) draw() {
	s.body.Objects = []fyne.CanvasObject{s.content()}
	s.bar = s.kit.Begin("job", nil).JobBar()
	s.bar.Show(s.running)
	if s.front == nil {
		s.palette = nil
		s.kit.End("palette")
		s.kit.End("rail")
		s.kit.End("status")
		s.frame.Objects = []fyne.CanvasObject{container.NewBorder(nil, s.bar.Container, nil, nil, s.body)}
	} else {
		s.drawStatus()
		s.drawRail()
		whole := s.kit.Surround(s.side, s.body, container.NewVBox(s.bar.Container, s.status))
		if s.palette != nil {
			whole = s.commandPalette(whole)
		}
		s.frame.Objects = []fyne.CanvasObject{whole}
	}
	s.frame.Refresh()
	s.restore()
}

// drawPage builds the page in sight. Fields, scroll and focus stay as they are.
func (s *Shell) drawPage() {
	s.remember()
	s.body.Objects = []fyne.CanvasObject{s.content()}
	s.body.Refresh()
	s.restore()
}

// restore puts scroll and focus back; the focus is the palette's while it is open.
func (s *Shell) restore() {
	s.kit.Restore("page", func(f fyne.Focusable) {
		if s.palette == nil && s.win.Canvas().Focused() != f {
			s.win.Canvas().Focus(f)
		}
	})
	if s.palette != nil {
		s.win.Canvas().Focus(s.palette.Focus()) // at once: what is typed next is for it
	}
}

// remember notes where the page in sight stands. Under the palette it stands as it
// did when that was opened.
func (s *Shell) remember() {
	if s.palette == nil {
		s.kit.Remember("page", s.win.Canvas().Focused())
	}
}

// drawStatus builds the status bar.
func (s *Shell) drawStatus() {
	s.status.Objects = []fyne.CanvasObject{s.statusBar()}
	s.status.Refresh()
}

// drawRail builds the rail.
func (s *Shell) drawRail() {
	s.side.Objects = []fyne.CanvasObject{s.rail()}
	s.side.Refresh()
}

// count is what stands behind a page in the rail; "" where nothing was read yet.
func (w *workspace) count(page string) string {
	o, t := w.Overview(), w.shell.kit.Text
	if len(o.Accounts) == 0 {
		return ""
	}
	switch page {
	case "find":
		return t.Number(int64(len(o.Accounts)))
	case "check":
		if n := len(o.Leaks); n > 0 {
			return t.Number(int64(n))
		}
	case "whatif":
		if out, err := w.Reach(false).Ask(reach.Steal, []string{reach.MeansNumber}); err == nil &&
			len(out.Compromised) > 0 {
			return t.Number(int64(len(out.Compromised)))
		}
	case "fix":
		if done, all := o.Progress(); all > 0 {
			return t.Number(int64(done)) + "/" + t.Number(int64(all))
		}
	}
	return ""
}

func (s *Shell) rail() fyne.CanvasObject {
	pages := railPages()
	items := make([]kit.RailItem, len(pages))
	for i, p := range pages {
		items[i] = kit.RailItem{
			ID:    p.id,
			Name:  s.kit.Text.T("page." + p.id),
			Icon:  p.icon,
			Count: s.front.count(p.id),
		}
	}
	return s.kit.Begin("rail", nil).Rail(items, s.front.now.Page, func(id string) { s.Go(id, "") })
}

// content is the page in sight, with what there is to tell above it.
func (s *Shell) content() fyne.CanvasObject {
	w := s.front
	if w == nil {
		return start.Build(s.kit.Begin("page", s.entrance.memory), s.entrance.state, s.ways())
	}
	scope := s.kit.Begin("page", w.memoryOf(w.now))
	body := w.pages[w.now.Page].Build(scope, w.now.Arg)
	banners := w.banners(scope)
	if len(banners) == 0 {
		return body
	}
	return container.NewBorder(
		container.New(layout.NewCustomPaddedLayout(12, 0, 28, 28), kit.Column(banners...)),
		nil,
		nil,
		nil,
		body,
	)
}

// banners is what there is to tell.
func (w *workspace) banners(s *kit.Scope) (out []fyne.CanvasObject) {
	t := s.Text
	if w.notices.err != nil {
		out = append(
			out,
			s.Banner(
				kit.Warning,
				t.Sentence(w.notices.err),
				s.Button(t.T("kit.close"), kit.Secondary, func() { w.notices.err = nil; w.Redraw() }),
			),
		)
	}
	if to := w.notices.ready; to != nil {
		out = append(
			out,
			s.Banner(
				kit.Accent,
				text.Message{What: t.T("ready.what"), Means: t.T("ready.means")},
				s.Button(t.T("ready.look"), kit.Secondary, func() { w.goTo(*to) }),
			),
		)
	}
	return out
}

// tell shows an error on whatever is in sight.
func (s *Shell) tell(err error) {
	if s.front != nil {
		s.front.Tell(err)
	}
}

// statusBar always says what has left this computer and how the profile stands.
func (s *Shell) statusBar() fyne.CanvasObject {
	w := s.front
	if w == nil {
		return container.NewStack()
	}
	scope := s.kit.Begin("status", nil)
	t := s.kit.Text
	sent := 0
	for _, e := range w.Profile().Ledger {
		if e.Result != outbound.ResultRefused {
			sent++
		}
	}
	left := t.T("status.nothing")
	if sent > 0 {
		left = t.N("status.sent", sent)
	}
	state, err := w.session.State()
	word := map[session.SaveState]string{session.Saved: "status.saved", session.Unsaved: "status.unsaved", session.Failed: "status.failed", session.Temporary: "status.temporary"}[state]
	settings := func(section string) func() { return func() { s.Go("settings", section) } }
	tone := kit.Good
	if sent > 0 {
		tone = kit.Accent
	}
	objects := []fyne.CanvasObject{scope.StatusWord(left, tone, settings("ledger"))}
	if key := w.session.CanUndo(); key != "" {
		objects = append(objects, scope.StatusWord(t.T("kit.undo"), kit.Neutral, w.session.Undo))
	}
	if state == session.Failed {
		objects = append(objects, scope.StatusWord(t.T(word), kit.Danger, func() { w.Tell(err) }))
	} else {
		objects = append(objects, scope.StatusWord(t.T(word), kit.Neutral, settings("profile")))
	}
	return scope.StatusBar(objects[0], objects[1:]...)
}

// bounds is a control in the dump of the semantic tree.
type bounds struct {
	Role  string  `json:"role"`
	Name  string  `json:"name"`
	Value string  `json:"value,omitempty"`
	X     float32 `json:"x"`
	Y     float32 `json:"y"`
	W     float32 `json:"w"`
	H     float32 `json:"h"`
}

// WriteTree writes the semantic tree with the place of each control on the
// canvas, in pixels; for assistive tools and tests of the real window.
func (s *Shell) WriteTree(w io.Writer) error {
	scale := s.win.Canvas().Scale()
	out := []bounds{}
	for _, n := range s.kit.Nodes() {
		if n.Object == nil {
			continue
		}
		at := kit.Driver().AbsolutePositionForObject(n.Object)
		b := bounds{
			Role: n.Role,
			Name: n.Name,
			X:    at.X * scale,
			Y:    at.Y * scale,
			W:    n.Object.Size().Width * scale,
			H:    n.Object.Size().Height * scale,
		}
		if n.Value != nil {
			b.Value = n.Value()
		}
		out = append(out, b)
	}
	return json.NewEncoder(w).Encode(out)
}

// OnTreeKey makes Ctrl+Alt+T write the semantic tree to what open returns.
func (s *Shell) OnTreeKey(open func() (io.WriteCloser, error), on bool) {
	if !on {
		return
	}
	s.shortcut(fyne.KeyT, fyne.KeyModifierControl|fyne.KeyModifierAlt, func() {
		w, err := open()
		if err != nil {
			s.tell(err)
			return
		}
		s.tell(errors.Join(s.WriteTree(w), w.Close()))
	})
}
