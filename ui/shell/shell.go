// Package shell is the window: rail, status bar, routes, shortcuts, jobs, and
// what it gives the pages of an open profile. It holds no rule.
package shell

import (
	"context"
	"crypto/ed25519"
	"errors"
	"io/fs"
	"net/url"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"unlisted/checks/breach"
	"unlisted/checks/catalog"
	"unlisted/checks/evidence"
	"unlisted/checks/evidence/here"
	"unlisted/checks/overview"
	"unlisted/checks/profile"
	"unlisted/checks/profile/keystore"
	"unlisted/checks/session"
	"unlisted/checks/text"
	"unlisted/ui/kit"
)

// Options is everything the window is wired with.
type Options struct {
	Context context.Context
	Data
	System
	Path     string // of the profile; "" is temporary mode
	Keys     keystore.Store
	Lang     string           // "" follows the system, and the person's choice
	Look     profile.Settings // of the screen before a profile is open
	Base     string           // a loopback address that stands for every source, for demonstrations
	MailBase string           // a loopback mail server that stands for every one, for tests; needs Base
	Version  string
	Now      func() time.Time
}

// Data is what comes with the program.
type Data struct {
	Texts       *text.Catalog
	Catalog     *catalog.Catalog
	Breaches    *breach.Catalogue
	Credits     []catalog.Credit
	Importers   []evidence.Importer
	SampleFiles fs.FS // of the invented person; nil: none can be read
	MakeSample  func(ctx context.Context, now time.Time) (*profile.Profile, error)
	DataKey     ed25519.PublicKey // that data sets are signed with; nil: none
}

// System is what the window needs of the computer it runs on.
type System struct {
	Wishes    []string                                    // its languages, best first
	Region    string                                      // its country
	Here      func(context.Context) ([]here.Found, error) // what could be read here; nil: nothing
	Downloads string                                      // folder to which browsers save; "": not known
	Variant   func() fyne.ThemeVariant
	Follow    func(changed func()) // calls changed when the look of the system may have changed; nil: never
	SetTheme  func(fyne.Theme)
	OpenURL   func(*url.URL) error
	Notify    func(title, text string) // nil: says nothing
	Shield    func(on bool)            // keeps the window out of screenshots; nil: this system cannot
	Home      string                   // where file dialogs begin; "" leaves that to the toolkit
	Raise     func()                   // brings the window to the front; nil: this system cannot
	Resize    func(width, height int)  // of the window as the person left it; nil: stays as it is
	Post      func(func())             // runs a function on the window's thread
}

// Shell is one window.
type Shell struct {
	o       Options
	win     fyne.Window
	keys    fyne.ShortcutHandler
	kit     *kit.Kit
	bar     *kit.JobBar
	running *kit.Running // what the bar shows
	areas
	jobs     jobs
	entrance entrance
	front    *workspace // nil: no profile is open
	behind   *workspace // the person's, while the invented one is in front
	look     profile.Settings
	first    []string            // files to read once a profile is open
	palette  *kit.CommandPalette // nil: it is not open
	idle     idle
}

// areas are the parts of the window that are built apart from one another.
type areas struct{ frame, side, body, status *fyne.Container }

// New fills a window.
func New(win fyne.Window, o Options) *Shell {
	s := &Shell{o: o, win: win, look: o.Look, kit: kit.New(o.Texts.Printer(text.Fallback), kit.Look{}, o.Variant())}
	s.body, s.side, s.status = container.NewStack(), container.NewStack(), container.NewStack()
	s.frame = container.New(&fitted{fit: s.fit})
	s.entrance.memory = kit.NewMemory()
	s.jobs = jobs{ctx: o.Context, post: o.Post, show: s.showJob}
	s.kit.OnShortcut, s.kit.OnUse = s.keys.TypedShortcut, s.used
	s.setLook()
	win.SetTitle("Unlisted")
	win.SetContent(s.frame)
	win.SetOnDropped(func(_ fyne.Position, uris []fyne.URI) { s.Drop(uris) })
	win.SetCloseIntercept(s.quit)
	if o.Follow != nil {
		o.Follow(s.follow)
	}
	s.shortcuts()
	return s
}

// ReadFirst reads files as soon as a profile is open: those the program was
// started with.
func (s *Shell) ReadFirst(paths []string) { s.first = paths }

// Idle reports whether no work is under way.
func (s *Shell) Idle() bool { return s.jobs.idle() }

// Kit returns the kit in use; for tests and the gallery.
func (s *Shell) Kit() *kit.Kit { return s.kit }

// Go shows a page; for the gallery and tests.
func (s *Shell) Go(page, arg string) {
	if s.front != nil {
		s.front.Go(page, arg)
	}
}

// quit closes the window once everything is on the disk. Where that fails the
// person is told, and closes again to leave all the same.
func (s *Shell) quit() {
	w := s.saved()
	if w == nil {
		s.win.Close()
		return
	}
	w.keepSize()
	if state, _ := w.session.State(); state == session.Failed && w.notices.err != nil {
		s.win.Close()
		return
	}
	s.jobs.aside(nil, "job.lock", func(context.Context) error { return w.session.Save() }, func(err error) {
		if err == nil {
			s.win.Close()
			return
		}
		if s.front != nil {
			w.notices.err = err
			s.front.Tell(err)
		}
	})
}

// keepSize notes how large the window is, for the next time.
func (w *workspace) keepSize() {
	set, size := w.Profile().Settings, w.shell.win.Canvas().Size()
	if now := [2]int{int(size.Width), int(size.Height)}; set.Window != now {
		set.Window = now
		_ = w.session.Apply(session.SetSettings{Settings: set})
	}
}

// saved is the workspace whose profile is on disk; nil where there is none.
func (s *Shell) saved() *workspace {
	for _, w := range []*workspace{s.front, s.behind} {
		if w != nil && w.store != nil {
			return w
		}
	}
	return nil
}

// Close stops all work, saves and lets the profile go. It returns the error of a
// failed save.
func (s *Shell) Close() (err error) {
	s.jobs.close()
	if s.idle.later != nil {
		s.idle.later.Stop()
	}
	for _, w := range []*workspace{s.front, s.behind} {
		if w == nil {
			continue
		}
		if state, _ := w.session.State(); state != session.Temporary {
			w.markSeen()
		}
		w.ended = true
		w.release()
		err = errors.Join(err, w.session.Close())
		if w.store != nil {
			_ = w.store.Close()
		}
	}
	return err
}

// markSeen remembers what is known of platforms that are new to the profile, so
// that a later change is news.
func (w *workspace) markSeen() {
	p := w.Profile()
	_, marks := overview.Unseen(p, w.Overview(), w.Catalog())
	for id := range p.Seen {
		delete(marks, id) // until the person has read the news
	}
	if len(marks) > 0 {
		_ = w.session.Apply(session.MarkSeen{Seen: marks})
	}
}

// relook takes up language and look of the settings, and reports whether that
// changed anything. A language that the person chose just now takes the place of
// one the program was started with.
func (s *Shell) relook(set profile.Settings, chosen bool) bool {
	if set.Language == s.look.Language && set.Theme == s.look.Theme && set.TextPct == s.look.TextPct {
		return false
	}
	if chosen && set.Language != s.look.Language {
		s.o.Lang = ""
	}
	s.look = set
	s.setLook()
	return true
}

// setLook makes kit and theme anew and draws everything. What the person does
// goes on: it stands in no widget.
func (s *Shell) setLook() {
	lang := s.o.Texts.Match(append([]string{s.o.Lang, s.look.Language}, s.o.Wishes...)...)
	s.remember()
	s.kit.Set(s.o.Texts.Printer(lang), kit.Look{Name: s.look.Theme, TextPct: s.look.TextPct}, s.o.Variant())
	s.o.SetTheme(s.kit.Theme())
	s.win.SetMainMenu(s.mainMenu())
	s.drawAll()
}

// follow takes up the system's light or dark.
func (s *Shell) follow() {
	s.o.Post(func() {
		s.remember()
		if s.kit.Follow(s.o.Variant()) {
			s.drawAll()
		}
	})
}

// fit takes up the width of the window.
func (s *Shell) fit(width float32) {
	if s.kit.SetWidth(width) {
		s.o.Post(s.drawAll)
	}
}

// fitted gives its objects all the room there is, and tells how wide that is.
type fitted struct{ fit func(width float32) }

func (*fitted) MinSize(objects []fyne.CanvasObject) (m fyne.Size) {
	for _, o := range objects {
		m = m.Max(o.MinSize())
	}
	return m
}

func (l *fitted) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	l.fit(size.Width)
	for _, o := range objects {
		o.Resize(size)
		o.Move(fyne.Position{})
	}
}

// showJob shows the work under way.
func (s *Shell) showJob(r *kit.Running) {
	s.running = r
	s.bar.Show(r)
}

// Drop reads files that were dropped on the window.
func (s *Shell) Drop(uris []fyne.URI) {
	if s.front == nil {
		return
	}
	paths := make([]string, 0, len(uris))
	for _, u := range uris {
		if u.Scheme() == "file" {
			paths = append(paths, u.Path())
		}
	}
	if len(paths) > 0 {
		s.front.scan(paths)
	}
}
