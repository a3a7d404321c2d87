// Package shell is the window: rail, status bar, routes, shortcuts, and the
// wiring of session, network client and jobs to the places. It holds no rule.
package shell

import (
	"context"
	"crypto/ed25519"
	"errors"
	"net/url"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"

	"unlisted/checks/breach"
	"unlisted/checks/catalog"
	"unlisted/checks/evidence"
	"unlisted/checks/evidence/logins"
	"unlisted/checks/outbound"
	"unlisted/checks/overview"
	"unlisted/checks/profile"
	"unlisted/checks/profile/keystore"
	"unlisted/checks/session"
	"unlisted/checks/text"
	"unlisted/ui/host"
	"unlisted/ui/kit"
)

// Options is everything the window is wired with.
type Options struct {
	Context    context.Context
	Texts      *text.Catalog
	Catalog    *catalog.Catalog
	Breaches   *breach.Catalogue
	Credits    []catalog.Credit
	Importers  []evidence.Importer
	MakeSample func(ctx context.Context, now time.Time) (*profile.Profile, error)

	Browsers func() []logins.Profile // that keep logins on this computer; nil: none
	DataKey  ed25519.PublicKey       // that data sets are signed with; nil: none
	Path     string                  // of the profile; "" is temporary mode
	Keys     keystore.Store
	Lang     string           // "" follows the system
	Look     profile.Settings // of the screen before a profile is open
	Wishes   []string         // the system's languages, best first
	Region   string           // the system's
	Base     string           // a loopback address that stands for every source, for demonstrations
	MailBase string           // a loopback mail server that stands for every one, for tests; needs Base
	Version  string
	Now      func() time.Time
	Variant  func() fyne.ThemeVariant
	SetTheme func(fyne.Theme)
	OpenURL  func(*url.URL) error
	Post     func(func()) // runs a function on the window's thread
}

// place is one place in the rail.
type place interface {
	Build(s *kit.Scope, arg string) fyne.CanvasObject
}

// route says what is shown; it is what Back goes along.
type route struct{ place, arg string }

// Shell is one window.
type Shell struct {
	o    Options
	win  fyne.Window
	keys fyne.ShortcutHandler
	kit  *kit.Kit
	host *host.Host

	session *session.Session
	store   *profile.Store
	secrets *secrets         // API keys in memory
	client  *outbound.Client // of the network, for the open session

	places  map[string]place
	finder  scanner
	now     route
	drawn   route
	back    []route
	body    *fyne.Container
	frame   *fyne.Container
	bar     *kit.JobBar
	status  *fyne.Container
	cancel  func() // of the running job, or nil
	told    error
	opening bool
	gate    error // why no profile is open
	own     *ownProfile
	cache   *overview.Overview
	unsub   func()
	first   []string // files to read once a profile is open
}

// scanner takes files dropped anywhere on the window.
type scanner interface{ Scan(paths []string) }

// ownProfile is what the sample person is shown instead of.
type ownProfile struct {
	session *session.Session // nil: none was open
}

// New fills a window.
func New(win fyne.Window, o Options) *Shell {
	s := &Shell{o: o, win: win, secrets: newSecrets(map[string]string{}), now: route{place: "you"}}
	s.body, s.frame, s.status = container.NewStack(), container.NewStack(), container.NewStack()
	look := o.Look
	if o.Lang != "" {
		look.Language = o.Lang
	}
	s.rebuild(look)
	win.SetContent(s.frame)
	win.SetOnDropped(func(_ fyne.Position, uris []fyne.URI) { s.Drop(uris) })
	s.shortcuts()
	return s
}

// ReadFirst reads files as soon as a profile is open: those the program was
// started with.
func (s *Shell) ReadFirst(paths []string) { s.first = paths }

// Idle reports whether no long work runs.
func (s *Shell) Idle() bool { return s.cancel == nil }

// Open starts opening the profile; in temporary mode it begins at once.
func (s *Shell) Open() {
	if s.o.Path == "" {
		s.begin(&profile.Profile{Version: profile.Version, Created: s.o.Now()}, nil)
		return
	}
	s.unlock("")
}

// Show opens a session on a profile that is never saved; for the gallery and
// tests.
func (s *Shell) Show(p *profile.Profile) { s.begin(p, nil) }

// Kit returns the kit in use; for tests and the gallery.
func (s *Shell) Kit() *kit.Kit { return s.kit }

// Go shows a place; for the gallery and tests.
func (s *Shell) Go(place, arg string) { s.goTo(route{place, arg}) }

// Close saves and lets the profile go. It returns the error of a failed save.
func (s *Shell) Close() error {
	if s.cancel != nil {
		s.cancel()
	}
	var err error
	if s.session != nil {
		if state, _ := s.session.State(); state != session.Temporary {
			s.markSeen()
		}
		err = s.session.Close()
	}
	if s.own != nil && s.own.session != nil {
		err = errors.Join(err, s.own.session.Close())
	}
	if s.store != nil {
		_ = s.store.Close()
	}
	return err
}

// markSeen remembers what is known of platforms that are new to the profile, so
// that a later change is news.
func (s *Shell) markSeen() {
	p := s.session.Snapshot()
	_, marks := overview.Unseen(p, s.overview(), s.o.Catalog)
	for id := range p.Seen {
		delete(marks, id) // until the person has read the news
	}
	if len(marks) > 0 {
		_ = s.session.Apply(session.MarkSeen{Seen: marks})
	}
}

// rebuild makes kit, frame and places anew: after a change of language or look.
func (s *Shell) rebuild(set profile.Settings) {
	lang := set.Language
	if lang == "" {
		lang = s.o.Texts.Match(append([]string{s.o.Lang}, s.o.Wishes...)...)
	}
	look := kit.Look{Name: set.Theme, TextPct: set.TextPct}
	s.kit = kit.New(s.o.Texts.Printer(lang), look, s.o.Variant())
	s.o.SetTheme(s.kit.Theme())
	s.win.SetTitle("Unlisted")
	s.kit.OnShortcut = s.keys.TypedShortcut
	s.bar = s.kit.Begin("job").JobBar()
	s.wire()
	s.draw()
}

// draw builds the place in sight and everything around it.
func (s *Shell) draw() {
	focused := s.focus()
	offset := s.offset()
	s.body.Objects = []fyne.CanvasObject{s.content()}
	s.drawStatus()
	if s.session == nil {
		s.kit.End("rail")
		s.frame.Objects = []fyne.CanvasObject{container.NewBorder(nil, s.bar, nil, nil, s.body)}
	} else {
		bottom := container.NewVBox(s.bar, s.status)
		s.frame.Objects = []fyne.CanvasObject{s.kit.Surround(s.rail(), s.body, bottom)}
	}
	s.frame.Refresh()
	s.restore(focused, offset)
}

// drawStatus builds the status bar.
func (s *Shell) drawStatus() {
	s.status.Objects = []fyne.CanvasObject{s.statusBar()}
	s.status.Refresh()
}

func (s *Shell) shortcuts() {
	add := s.shortcut
	for i, p := range railPlaces {
		add(fyne.KeyName("1234567"[i:i+1]), fyne.KeyModifierAlt, func() { s.goTo(route{place: p.id}) })
	}
	add(fyne.KeyLeft, fyne.KeyModifierAlt, s.goBack)
	add(fyne.KeyQ, fyne.KeyModifierShortcutDefault, s.win.Close)
	add(fyne.KeyZ, fyne.KeyModifierShortcutDefault, func() {
		if s.session != nil {
			s.session.Undo()
		}
	})
	add(fyne.KeyS, fyne.KeyModifierShortcutDefault, func() {
		if s.session != nil {
			_ = s.session.Save()
		}
	})
	add(fyne.KeyO, fyne.KeyModifierShortcutDefault, func() {
		if s.session != nil {
			s.host.Choose(false, func(f string) { s.finder.Scan([]string{f}) })
		}
	})
}

// shortcut adds a key for the whole window, focused fields included.
func (s *Shell) shortcut(key fyne.KeyName, mod fyne.KeyModifier, f func()) {
	sc := &desktop.CustomShortcut{KeyName: key, Modifier: mod}
	s.keys.AddShortcut(sc, func(fyne.Shortcut) { f() })
	s.win.Canvas().AddShortcut(sc, func(fyne.Shortcut) { f() })
}

func (s *Shell) goTo(r route) {
	if s.session == nil || s.places[r.place] == nil {
		return
	}
	if r != s.now {
		s.back = append(s.back, s.now)
		if len(s.back) > 50 {
			s.back = s.back[1:]
		}
	}
	s.now, s.told = r, nil
	s.draw()
}

func (s *Shell) goBack() {
	if len(s.back) == 0 {
		return
	}
	s.now, s.back = s.back[len(s.back)-1], s.back[:len(s.back)-1]
	s.told = nil
	s.draw()
}

// Drop reads files that were dropped on the window.
func (s *Shell) Drop(uris []fyne.URI) {
	if s.session == nil {
		return
	}
	paths := make([]string, 0, len(uris))
	for _, u := range uris {
		if u.Scheme() == "file" {
			paths = append(paths, u.Path())
		}
	}
	if len(paths) > 0 {
		s.finder.Scan(paths)
	}
}
