package shell

import (
	"context"
	"errors"

	allsources "unlisted/checks/breach/all"
	"unlisted/checks/job"
	"unlisted/checks/profile"
	"unlisted/checks/session"
	"unlisted/ui/kit"
	"unlisted/ui/start"
)

// entrance is the window before a profile is open.
type entrance struct {
	state  start.State
	memory *kit.Memory
}

// Open starts opening the profile; in temporary mode it begins at once.
func (s *Shell) Open() {
	if s.o.Path == "" {
		s.temporary()
		return
	}
	s.unlock("")
}

func (s *Shell) temporary() {
	s.begin(&profile.Profile{Version: profile.Version, Created: s.o.Now()}, nil)
}

// ways are what a person can do before a profile is open.
func (s *Shell) ways() start.Ways {
	return start.Ways{
		Front:  func() { s.told(profile.RequestFocus(s.o.Path)) },
		Unlock: s.unlock, Retry: func() { s.unlock("") }, Look: s.versions, Temporary: s.temporary, Sample: s.sample,
		Create: func(passphrase string) {
			s.open(passphrase, func(ctx context.Context) (*profile.Store, *profile.Profile, error) {
				return profile.Create(ctx, s.o.Path, s.o.Keys, passphrase)
			})
		},
		Restore: func(secret string, n int) {
			s.open(secret, func(ctx context.Context) (*profile.Store, *profile.Profile, error) {
				return profile.Restore(ctx, s.o.Path, s.o.Keys, secret, n)
			})
		},
	}
}

// told shows why something on the first screen did not work.
func (s *Shell) told(err error) {
	if err != nil {
		s.entrance.state.Err = err
		s.drawAll()
	}
}

func (s *Shell) unlock(secret string) {
	s.open(secret, func(ctx context.Context) (*profile.Store, *profile.Profile, error) {
		return profile.Open(ctx, s.o.Path, s.o.Keys, secret)
	})
}

// opened is what one way of opening gives.
type opened struct {
	store   *profile.Store
	profile *profile.Profile
	keys    map[string]string
}

// open runs one way of opening: a keyring may ask the person something and take
// its time. A damaged profile is looked through for versions that are whole.
func (s *Shell) open(secret string, how func(context.Context) (*profile.Store, *profile.Profile, error)) {
	if s.entrance.state.Opening {
		return
	}
	s.entrance.state = start.State{Opening: true, HasPassphrase: profile.HasPassphrase(s.o.Path)}
	s.drawAll()
	job.Start(
		s.o.Context,
		job.Runner{Post: s.o.Post},
		func(ctx context.Context, _ func(job.Progress)) (opened, error) {
			st, p, err := how(ctx)
			if err != nil {
				return opened{}, err
			}
			return opened{st, p, s.keysOf(ctx, p)}, nil
		},
		nil,
		func(o opened, err error) {
			s.entrance.state = start.State{Err: err, HasPassphrase: profile.HasPassphrase(s.o.Path)}
			switch {
			case err == nil:
				s.entrance.memory.Forget()
				w := s.newWorkspace(session.New(o.profile, o.store, s.o.Now), o.store, o.keys)
				s.hearRequests(w)
				s.bring(w)
			case errors.Is(err, profile.ErrDamaged):
				s.versions(secret)
			}
			s.drawAll()
		},
	)
}

// keysOf asks the keyring for the person's API keys and mail passwords.
func (s *Shell) keysOf(ctx context.Context, p *profile.Profile) map[string]string {
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
	return keys
}

// versions looks for versions of a damaged profile that can be restored.
func (s *Shell) versions(secret string) {
	s.entrance.state.Looked = false
	s.drawAll()
	job.Start(
		s.o.Context,
		job.Runner{Post: s.o.Post},
		func(ctx context.Context, _ func(job.Progress)) ([]profile.Revision, error) {
			return profile.Revisions(ctx, s.o.Path, s.o.Keys, secret)
		},
		nil,
		func(list []profile.Revision, err error) {
			st := &s.entrance.state
			st.Looked, st.LookErr, st.Versions, st.Secret = true, err, list, secret
			s.drawAll()
		},
	)
}

// Show opens a session on a profile that is never saved; for the gallery and
// tests.
func (s *Shell) Show(p *profile.Profile) { s.begin(p, nil) }

// begin opens a session on a profile, and shows its first page.
func (s *Shell) begin(p *profile.Profile, saver session.Saver) {
	store, _ := saver.(*profile.Store)
	s.bring(s.newWorkspace(session.New(p, saver, s.o.Now), store, nil))
}

// bring puts a workspace in front.
func (s *Shell) bring(w *workspace) {
	s.remember()
	s.front = w
	s.entrance.state.Opening = false
	s.watchIdle()
	w.shield()
	if set := w.Profile().Settings; w.store != nil && set.Window[0] > 0 && s.o.Resize != nil {
		s.o.Resize(set.Window[0], set.Window[1])
	}
	if !s.relook(w.Profile().Settings, false) {
		s.drawAll()
	}
	if first := s.first; len(first) > 0 {
		s.first = nil
		w.scan(first)
		return
	}
	if x, can := w.pages["check"].(interface{ Watch() }); can && w.client != nil {
		x.Watch()
	}
}

// hearRequests comes to the front when a second window asks for it.
func (s *Shell) hearRequests(w *workspace) {
	if w.store == nil || s.o.Raise == nil {
		return
	}
	h := job.Start(
		s.o.Context,
		job.Runner{Post: s.o.Post},
		func(ctx context.Context, _ func(job.Progress)) (struct{}, error) {
			return struct{}{}, profile.WatchFocus(ctx, w.store.Path(), func() { s.o.Post(s.o.Raise) })
		},
		nil,
		func(struct{}, error) {},
	) // what cannot be watched is not heard: the second window says so
	release := w.release
	w.release = func() {
		h.Cancel()
		release()
	}
}

// sample shows the invented person in place of the open profile, which waits
// with all that is under way.
func (s *Shell) sample() {
	var p *profile.Profile
	s.jobs.aside(nil, "job.sample", func(ctx context.Context) (err error) {
		p, err = s.o.MakeSample(ctx, s.o.Now())
		return err
	}, func(err error) {
		switch {
		case err == nil:
			s.showSample(p)
		case s.front != nil:
			s.front.Tell(err)
		default:
			s.entrance.state.Err = err
			s.drawAll()
		}
	})
}

func (s *Shell) showSample(p *profile.Profile) {
	own := s.front
	if own != nil && own.Profile().Sample {
		return
	}
	if own != nil {
		p.Settings = own.Profile().Settings
	}
	w := s.newWorkspace(session.New(p, nil, s.o.Now), nil, nil)
	s.behind = own
	s.bring(w)
}

// Sample shows the invented person.
func (w *workspace) Sample() { w.shell.sample() }

// Leave goes back from the invented person to where the person was.
func (w *workspace) Leave() {
	s := w.shell
	own := s.behind
	w.end()
	s.front, s.behind = nil, nil
	if own != nil {
		s.bring(own)
		return
	}
	s.drawAll()
}

// shut lets a workspace go whose profile was locked or erased.
func (s *Shell) shut(w *workspace, why error) {
	w.end()
	if s.front == w {
		s.front = nil
	}
	if s.behind == w {
		s.behind = nil
	}
	s.entrance.state = start.State{Err: why, HasPassphrase: profile.HasPassphrase(s.o.Path)}
	s.drawAll()
}

// scan reads files, with the page that does.
func (w *workspace) scan(paths []string) {
	if x, can := w.pages["find"].(interface{ Scan([]string) }); can {
		x.Scan(paths)
	}
}
