package shell

import (
	"encoding/json"
	"errors"
	"io"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"

	"unlisted/checks/outbound"
	"unlisted/checks/profile"
	"unlisted/checks/session"
	"unlisted/ui/kit"
	"unlisted/ui/start"
)

// railPlaces are the places in the rail, top to bottom.
var railPlaces = []struct {
	id   string
	icon func() fyne.Resource
}{
	{"you", theme.AccountIcon},
	{"find", theme.SearchIcon},
	{"check", theme.VisibilityIcon},
	{"reach", theme.ViewFullScreenIcon},
	{"fix", theme.ConfirmIcon},
	{"report", theme.DocumentIcon},
	{"settings", theme.SettingsIcon},
}

func (s *Shell) rail() fyne.CanvasObject {
	items := make([]kit.RailItem, len(railPlaces))
	for i, p := range railPlaces {
		items[i] = kit.RailItem{ID: p.id, Name: s.kit.Text.T("place." + p.id), Icon: p.icon()}
	}
	return s.kit.Begin("rail").Rail(items, s.now.place, func(id string) { s.goTo(route{place: id}) })
}

// content is the place in sight, with what there is to tell above it.
func (s *Shell) content() fyne.CanvasObject {
	scope := s.kit.Begin("place")
	if s.session == nil {
		return start.Build(scope, s.opening, s.gate, profile.HasPassphrase(s.o.Path), start.Ways{
			Create: s.create, Unlock: s.unlock, Retry: func() { s.unlock("") }, Restore: s.restoreProfile,
			Temporary: func() { s.begin(&profile.Profile{Version: profile.Version, Created: s.o.Now()}, nil) }, Sample: s.sample,
		})
	}
	body := s.places[s.now.place].Build(scope, s.now.arg)
	if s.told == nil {
		return body
	}
	banner := scope.Banner(kit.Warning, s.kit.Text.Sentence(s.told), scope.Button(s.kit.Text.T("kit.close"), kit.Secondary, func() { s.told = nil; s.draw() }))
	return container.NewBorder(container.New(layout.NewCustomPaddedLayout(12, 0, 28, 28), banner), nil, nil, nil, body)
}

// statusBar always says what has left this computer and how the profile stands.
func (s *Shell) statusBar() fyne.CanvasObject {
	scope := s.kit.Begin("status")
	if s.session == nil {
		return container.NewStack()
	}
	t := s.kit.Text
	sent := 0
	s.session.View(func(p *profile.Profile) {
		for _, e := range p.Ledger {
			if e.Result != outbound.ResultRefused {
				sent++
			}
		}
	})
	left := t.T("status.nothing")
	if sent > 0 {
		left = t.N("status.sent", sent)
	}
	state, err := s.session.State()
	word := map[session.SaveState]string{session.Saved: "status.saved", session.Unsaved: "status.unsaved", session.Failed: "status.failed", session.Temporary: "status.temporary"}[state]
	objects := []fyne.CanvasObject{scope.Button(left, kit.Quiet, func() { s.goTo(route{place: "settings"}) }), layout.NewSpacer()}
	if key := s.session.CanUndo(); key != "" {
		objects = append(objects, scope.Button(t.T("kit.undo"), kit.Quiet, s.session.Undo))
	}
	if state == session.Failed {
		objects = append(objects, scope.Button(t.T(word), kit.Destructive, func() { s.told = err; s.draw() }))
	} else {
		objects = append(objects, scope.Button(t.T(word), kit.Quiet, func() { s.goTo(route{place: "settings"}) }))
	}
	bar := container.NewHBox(objects...)
	if bar.MinSize().Width > s.win.Canvas().Size().Width { // side by side they would lie over each other
		return container.NewVBox(objects[0], container.NewHBox(objects[2:]...))
	}
	return bar
}

// focusKey names the focused control, so that it is found again after a rebuild.
type focusKey struct{ role, name string }

func (s *Shell) focus() (k focusKey) {
	f := s.win.Canvas().Focused()
	for _, n := range s.kit.Nodes() {
		if o, ok := n.Object.(fyne.Focusable); ok && f != nil && o == f {
			return focusKey{n.Role, n.Name}
		}
	}
	return k
}

func (s *Shell) offset() fyne.Position {
	if sc := s.scroll(); sc != nil {
		return sc.Offset
	}
	return fyne.Position{}
}

func (s *Shell) scroll() *container.Scroll {
	if len(s.body.Objects) == 0 {
		return nil
	}
	sc, _ := s.body.Objects[0].(*container.Scroll)
	return sc
}

// restore puts focus and scroll back where they were, on the same route.
func (s *Shell) restore(k focusKey, at fyne.Position) {
	if s.drawn == s.now {
		if sc := s.scroll(); sc != nil && at.Y > 0 {
			sc.ScrollToOffset(at)
		}
		if n := s.kit.Find(k.role, k.name); k.role != "" && n != nil {
			if f, ok := n.Object.(fyne.Focusable); ok {
				s.win.Canvas().Focus(f)
			}
		}
	}
	s.drawn = s.now
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
		at := fyne.CurrentApp().Driver().AbsolutePositionForObject(n.Object)
		b := bounds{Role: n.Role, Name: n.Name, X: at.X * scale, Y: at.Y * scale, W: n.Object.Size().Width * scale, H: n.Object.Size().Height * scale}
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
