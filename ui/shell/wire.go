package shell

import (
	"context"
	"errors"
	"io"
	"net/url"
	"path/filepath"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/dialog"

	"unlisted/checks/breach"
	allsources "unlisted/checks/breach/all"
	"unlisted/checks/breach/pwned"
	"unlisted/checks/job"
	"unlisted/checks/outbound"
	"unlisted/checks/overview"
	"unlisted/checks/overview/watch"
	"unlisted/checks/profile"
	"unlisted/checks/session"
	"unlisted/checks/update"
	"unlisted/ui/check"
	"unlisted/ui/find"
	"unlisted/ui/fix"
	"unlisted/ui/host"
	"unlisted/ui/kit"
	"unlisted/ui/reach"
	"unlisted/ui/report"
	"unlisted/ui/settings"
	"unlisted/ui/you"
)

// busy refuses a second job while one runs.
type busy struct{}

func (busy) Error() string                     { return "busy" }
func (busy) Explain() (string, map[string]any) { return "error.busy", nil }

// wire makes the host and the places; the session may come later.
func (s *Shell) wire() {
	h := &host.Host{
		Kit: s.kit, Session: s.session, Catalog: s.o.Catalog, Breaches: s.o.Breaches, Credits: s.o.Credits, Importers: s.o.Importers,
		Version: s.o.Version, Now: s.o.Now, Overview: s.overview, Refresh: s.draw, Run: s.run, Choose: s.choose, Browsers: s.o.Browsers, Save: s.saveAs,
		Key: func(source string) string { return s.secrets.get(source) }, SetKey: s.setKey,
		Sample: s.sample, Leave: s.leave, Protect: s.protect, Erase: s.erase, SetLook: s.rebuild,
		Update: func(file string) error {
			_, err := update.TakeFile(file, filepath.Dir(s.o.Path), s.known(), s.o.Now())
			return err
		},
		Where: func() string {
			if s.store == nil {
				return ""
			}
			return s.store.Path()
		},
		Go: func(place, arg string) { s.goTo(route{place, arg}) },
		Open: func(address string) {
			if u, err := url.Parse(address); err == nil && u.Scheme == "https" {
				s.tell(s.o.OpenURL(u))
			}
		},
		Apply: func(c session.Change) bool {
			err := s.session.Apply(c)
			s.tell(err)
			return err == nil
		},
		Tell: s.tell,
	}
	s.host = h
	if s.session == nil {
		return
	}
	s.sources(h)
	finder := find.New(h, s.o.Region)
	s.finder = finder
	s.places = map[string]place{
		"you": you.New(h), "find": finder, "check": check.New(h), "reach": reach.New(h), "fix": fix.New(h), "report": report.New(h), "settings": settings.New(h, s.o.Texts.Languages()),
	}
}

// sources gives the places what they ask through.
func (s *Shell) sources(h *host.Host) {
	if s.client == nil {
		return
	}
	h.Client = s.client
	h.Sources = allsources.Sources(s.client, h.Key, s.o.Breaches, s.o.Now)
	h.Passwords = pwned.New(s.client, s.o.Now)
	h.Fetch = func(ctx context.Context, report func(job.Progress)) error {
		yes := outbound.Yes(update.Purposes()...)
		_, err := update.Fetch(ctx, s.client, yes, filepath.Dir(s.o.Path), s.known(), s.o.Now, func(done, all int) {
			report(job.Progress{Step: "settings.data.fetching", Done: int64(done), Total: int64(all)})
		})
		return err
	}
	s.watching(h)
}

// watching wires what tells of new leaks, and looks if it is time. Files the
// program was started with come first.
func (s *Shell) watching(h *host.Host) {
	h.Busy = func() bool { return s.cancel != nil }
	h.Newer = func(ctx context.Context) (*breach.Catalogue, error) {
		folder := ""
		if s.store != nil {
			folder = filepath.Dir(s.o.Path)
		}
		return watch.Refresh(ctx, s.client, folder, s.known(), s.o.Now)
	}
	h.UseBreaches = func(c *breach.Catalogue) {
		if c == s.o.Breaches {
			return
		}
		s.o.Breaches, s.host.Breaches, s.cache = c, c, nil
		s.host.Sources = allsources.Sources(s.client, h.Key, c, s.o.Now)
	}
	h.Notify = func(title, text string) { fyne.CurrentApp().SendNotification(fyne.NewNotification(title, text)) }
	if s.cancel == nil && len(s.first) == 0 {
		check.Watch(h)
	}
}

// known is the data in use, to compare newer data with.
func (s *Shell) known() update.Data {
	return update.Data{Catalog: s.o.Catalog, Breaches: s.o.Breaches, Key: s.o.DataKey}
}

func (s *Shell) tell(err error) {
	if err == nil || errors.Is(err, context.Canceled) {
		return
	}
	s.told = err
	s.draw()
}

func (s *Shell) overview() overview.Overview {
	if s.cache == nil {
		o := overview.Of(s.session.Snapshot(), s.o.Catalog, s.o.Breaches)
		s.cache = &o
	}
	return *s.cache
}

// run starts long work with the job bar; one job at a time.
func (s *Shell) run(step string, work host.Work, end func(error)) {
	if s.cancel != nil {
		s.tell(busy{})
		return
	}
	runner := job.Runner{Post: s.o.Post}
	var h *job.Handle
	s.cancel = func() { h.Cancel() }
	s.bar.Start(step, s.cancel)
	h = job.Start(s.o.Context, runner, func(ctx context.Context, report func(job.Progress)) (struct{}, error) {
		return struct{}{}, work(ctx, report)
	}, func(p job.Progress) { s.bar.Progress(p) }, func(_ struct{}, err error) {
		s.cancel = nil
		s.bar.Done()
		end(err)
	})
}

// begin opens a session on a profile and shows its first place.
func (s *Shell) begin(p *profile.Profile, saver session.Saver) {
	s.show(session.New(p, saver, s.o.Now))
}

// quiet is what the status bar shows, and of the places only the settings and the
// report.
const quiet = session.Saving | session.Ledger | session.Limits

// show shows the first place of a session.
func (s *Shell) show(open *session.Session) {
	if s.unsub != nil {
		s.unsub()
	}
	s.session = open
	release := s.connect()
	redraw := open.Subscribe(func(c session.Changed) {
		s.o.Post(func() {
			if c&^quiet == 0 && s.now.place != "settings" && s.now.place != "report" {
				s.drawStatus()
				return
			}
			s.cache = nil
			s.draw()
		})
	})
	s.unsub = func() { redraw(); release() }
	p := open.Snapshot()
	s.cache, s.gate, s.opening, s.back = nil, nil, false, nil
	set := p.Settings
	if s.o.Lang != "" {
		set.Language = s.o.Lang
	}
	s.now = route{place: "you"}
	s.rebuild(set)
	if first := s.first; len(first) > 0 {
		s.first = nil
		s.finder.Scan(first)
	}
}

// connect makes the client of the network for the session; the function lets go
// of it.
func (s *Shell) connect() func() {
	client, release, err := s.session.NewClient(outbound.Config{
		UserAgent: "Unlisted/" + s.o.Version, Now: s.o.Now, Base: s.o.Base, MailBase: s.o.MailBase,
	})
	s.client = client
	if err != nil { // what stands for the hosts in a test is no address of this computer
		s.told = err
		return func() {}
	}
	return release
}

// open runs one way of opening away from the window's thread: a keyring may ask
// the person something and take its time.
func (s *Shell) open(how func(context.Context) (*profile.Store, *profile.Profile, error)) {
	s.opening = true
	s.draw()
	type opened struct {
		store   *profile.Store
		profile *profile.Profile
		keys    map[string]string
	}
	job.Start(s.o.Context, job.Runner{Post: kit.Post}, func(ctx context.Context, _ func(job.Progress)) (opened, error) {
		st, p, err := how(ctx)
		if err != nil {
			return opened{}, err
		}
		keys := map[string]string{}
		var named []string
		for _, k := range allsources.Keys() {
			named = append(named, k.ID)
		}
		for _, box := range p.Mailboxes {
			named = append(named, "mail-"+box.ID)
		}
		for _, id := range named {
			if v, err := s.o.Keys.Get(ctx, "key-"+id); err == nil {
				keys[id] = v
			}
		}
		return opened{st, p, keys}, nil
	}, nil, func(o opened, err error) {
		s.opening, s.gate = false, err
		if err != nil {
			s.draw()
			return
		}
		s.store, s.secrets = o.store, newSecrets(o.keys)
		s.begin(o.profile, o.store)
	})
}

func (s *Shell) unlock(passphrase string) {
	s.open(func(ctx context.Context) (*profile.Store, *profile.Profile, error) {
		return profile.Open(ctx, s.o.Path, s.o.Keys, passphrase)
	})
}

func (s *Shell) create(passphrase string) {
	s.open(func(ctx context.Context) (*profile.Store, *profile.Profile, error) {
		return profile.Create(ctx, s.o.Path, s.o.Keys, passphrase)
	})
}

func (s *Shell) restoreProfile() {
	s.open(func(ctx context.Context) (*profile.Store, *profile.Profile, error) {
		return profile.Restore(ctx, s.o.Path, s.o.Keys, "", 0)
	})
}

// sample shows the invented person in place of the open profile, which waits.
func (s *Shell) sample() {
	job.Start(s.o.Context, job.Runner{Post: kit.Post}, func(ctx context.Context, _ func(job.Progress)) (*profile.Profile, error) {
		return s.o.MakeSample(ctx, s.o.Now())
	}, nil, func(p *profile.Profile, err error) {
		if err != nil {
			s.tell(err)
			return
		}
		if s.own == nil {
			s.own = &ownProfile{session: s.session}
			if s.session != nil {
				p.Settings = s.session.Snapshot().Settings
			}
		}
		s.begin(p, nil)
	})
}

// leave goes back from the sample person to where the person was.
func (s *Shell) leave() {
	own := s.own
	s.own = nil
	if own != nil && own.session != nil {
		s.show(own.session)
		return
	}
	s.session, s.places = nil, nil
	s.draw()
}

func (s *Shell) setKey(source, key string) error {
	if s.store != nil && (s.own == nil) {
		ctx := s.o.Context
		var err error
		if key == "" {
			err = s.o.Keys.Delete(ctx, "key-"+source)
		} else {
			err = s.o.Keys.Set(ctx, "key-"+source, key)
		}
		if err != nil && key == "" {
			return err
		}
		// A keyring that cannot keep it: the key is used from memory this time.
	}
	s.secrets.set(source, key)
	return nil
}

func (s *Shell) protect(passphrase string) error {
	if s.store == nil {
		return nil
	}
	return s.store.SetPassphrase(passphrase)
}

// erase removes everything and starts from the beginning.
func (s *Shell) erase() error {
	if s.store == nil {
		return nil
	}
	open := s.session
	if s.own != nil {
		open = s.own.session
	}
	if err := open.Erase(func() error { return s.store.Erase(s.o.Context) }); err != nil {
		return err
	}
	s.own, s.store, s.session, s.places, s.gate = nil, nil, nil, nil, profile.ErrNone
	s.draw()
	return nil
}

// choose opens the file dialog; dropping files on the window is the faster way.
func (s *Shell) choose(folder bool, picked func(string)) {
	if folder {
		dialog.ShowFolderOpen(func(u fyne.ListableURI, err error) {
			if err == nil && u != nil {
				picked(u.Path())
			}
		}, s.win)
		return
	}
	dialog.ShowFileOpen(func(r fyne.URIReadCloser, err error) {
		if err == nil && r != nil {
			path := r.URI().Path()
			_ = r.Close()
			picked(path)
		}
	}, s.win)
}

func (s *Shell) saveAs(name string, write func(io.Writer) error) {
	d := dialog.NewFileSave(func(w fyne.URIWriteCloser, err error) {
		if err != nil || w == nil {
			s.tell(err)
			return
		}
		s.tell(errors.Join(write(w), w.Close()))
	}, s.win)
	d.SetFileName(name)
	d.Show()
}
