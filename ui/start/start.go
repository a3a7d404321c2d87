// Package start is what the window shows before a profile is open: the first
// beginning, a locked, damaged or busy profile, each with a way on.
package start

import (
	"errors"

	"fyne.io/fyne/v2"

	"unlisted/checks/profile"
	"unlisted/ui/kit"
)

// Ways are what a person can do here.
type Ways struct {
	Create    func(passphrase string) // "" keeps the key in the keyring
	Unlock    func(secret string)     // the passphrase or the recovery key
	Retry     func()
	Front     func()                     // asks the window that has the profile open to come to the front
	Look      func(secret string)        // for versions that can be read; "" asks the keyring
	Restore   func(secret string, n int) // version n
	Temporary func()
	Sample    func()
}

// State is how far opening has come.
type State struct {
	Opening       bool  // it is under way
	Err           error // what it ended with
	HasPassphrase bool
	Looked        bool // for versions of a damaged profile
	LookErr       error
	Versions      []profile.Revision // newest first
	Secret        string             // that opened them
}

// Build draws the screen.
func Build(s *kit.Scope, st State, w Ways) fyne.CanvasObject {
	t := s.Text
	head := kit.CompactColumn(s.Title(t.T("start.title")), s.Body(t.T("start.intro")))
	err := st.Err
	switch {
	case st.Opening:
		return s.Sheet(head, s.Strong(t.T("start.opening")))
	case err == nil, errors.Is(err, profile.ErrNone):
		return s.Sheet(head, promises(s), create(s, w, nil), other(s, w))
	case errors.Is(err, profile.ErrKeyring), errors.Is(err, profile.ErrNoSecret):
		return s.Sheet(head, create(s, w, err), other(s, w))
	case errors.Is(err, profile.ErrLocked), errors.Is(err, profile.ErrPassphrase), errors.Is(err, profile.ErrRecoveryKey):
		return s.Sheet(head, s.Banner(kit.Warning, t.Sentence(err), s.Button(t.T("start.retry"), kit.Secondary, w.Retry)), unlock(s, st, w), other(s, w))
	case errors.Is(err, profile.ErrDamaged):
		return s.Sheet(head, s.Banner(kit.Danger, t.Sentence(err)), damaged(s, st, w), other(s, w))
	}
	actions := []fyne.CanvasObject{s.Button(t.T("start.retry"), kit.Primary, w.Retry)}
	if errors.Is(err, profile.ErrInUse) {
		actions = []fyne.CanvasObject{s.Button(t.T("start.front"), kit.Primary, w.Front), s.Button(t.T("start.retry"), kit.Secondary, w.Retry)}
	}
	return s.Sheet(head, s.Banner(kit.Warning, t.Sentence(err), actions...), other(s, w))
}

func promises(s *kit.Scope) fyne.CanvasObject {
	t := s.Text
	return s.Card(s.Body("• "+t.T("start.promise.local")), s.Body("• "+t.T("start.promise.ask")), s.Body("• "+t.T("start.promise.safe")))
}

func create(s *kit.Scope, w Ways, err error) fyne.CanvasObject {
	t := s.Text
	if err == nil {
		return s.Card(s.Strong(t.T("start.create")), s.Body(t.T("start.create.why")), s.Button(t.T("start.begin"), kit.Primary, func() { w.Create("") }))
	}
	f := s.Field("passphrase", t.T("start.passphrase"), t.T("settings.passphrase.placeholder"), true, w.Create)
	return kit.Column(s.Banner(kit.Warning, t.Sentence(err)), s.Card(f.Object, s.Button(t.T("start.begin.passphrase"), kit.Primary, func() { w.Create(f.Text()) })))
}

func unlock(s *kit.Scope, st State, w Ways) fyne.CanvasObject {
	t := s.Text
	label, why := t.T("start.secret"), t.T("start.secret.why")
	if !st.HasPassphrase {
		label, why = t.T("start.recovery"), t.T("start.nopassphrase")
	}
	f := s.Field("secret", label, "", true, w.Unlock)
	return s.Card(f.Object, s.Caption(why), s.Button(t.T("start.unlock"), kit.Primary, func() { w.Unlock(f.Text()) }))
}

// damaged finds what can be restored, and says what that is before it does so.
func damaged(s *kit.Scope, st State, w Ways) fyne.CanvasObject {
	t := s.Text
	if !st.Looked {
		return s.Card(s.Strong(t.T("start.looking")))
	}
	var rows []fyne.CanvasObject
	if st.LookErr != nil {
		m := t.Sentence(st.LookErr)
		rows = append(rows, s.Strong(m.What), s.Body(m.Means))
	} else {
		rows = versions(s, st, w)
	}
	f := s.Field("secret", t.T("start.secret"), "", true, w.Look)
	return s.Card(append(rows, s.Line(), s.Caption(t.T("start.look.why")), f.Object, s.Button(t.T("start.look"), kit.Secondary, func() { w.Look(f.Text()) }))...)
}

// versions lists what was found. The newest good one is the first choice, unless
// an older one holds much more: then the person chooses.
func versions(s *kit.Scope, st State, w Ways) []fyne.CanvasObject {
	t := s.Text
	best, sure := profile.Newest(st.Versions)
	if best == 0 {
		return []fyne.CanvasObject{s.Strong(t.T("start.versions.none")), s.Body(t.T("start.versions.none.why"))}
	}
	rows := []fyne.CanvasObject{s.Heading(t.T("start.versions"))}
	if !sure {
		rows = append(rows, s.Body(t.T("error.profile.choose.what")+" "+t.T("error.profile.choose.means")))
	}
	for _, v := range st.Versions {
		saved := t.Date(v.Saved.Local()) + ", " + v.Saved.Local().Format("15:04")
		if v.Err != nil {
			rows = append(rows, s.Caption(t.T("profile.version.bad", "saved", saved)))
			continue
		}
		if v.N == 0 {
			continue
		}
		c := v.Contents
		n := func(i int) string { return t.Number(int64(i)) }
		kind := kit.Secondary
		if v.N == best && sure {
			kind = kit.Primary
		}
		rows = append(rows, kit.CompactColumn(s.Body(t.T("profile.version", "saved", saved, "identifiers", n(c.Identifiers), "findings", n(c.Findings),
			"claims", n(c.Claims), "lookups", n(c.Lookups), "steps", n(c.Steps))),
			s.Button(t.T("start.restore", "saved", saved), kind, func() { w.Restore(st.Secret, v.N) })))
	}
	return rows
}

func other(s *kit.Scope, w Ways) fyne.CanvasObject {
	t := s.Text
	return s.Card(
		s.Body(t.T("start.other")),
		s.Flow(s.Button(t.T("start.sample"), kit.Secondary, w.Sample), s.Button(t.T("start.temporary"), kit.Secondary, w.Temporary)),
	)
}
