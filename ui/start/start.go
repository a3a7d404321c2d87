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
	Unlock    func(passphrase string)
	Retry     func()
	Restore   func()
	Temporary func()
	Sample    func()
}

// Build draws the screen for the error that opening ended with; opening is true
// while it is under way.
func Build(s *kit.Scope, opening bool, err error, hasPassphrase bool, w Ways) fyne.CanvasObject {
	t := s.Text
	head := kit.Tight(s.Title(t.T("start.title")), s.Body(t.T("start.intro")))
	if opening {
		return kit.Page(head, s.Strong(t.T("start.opening")))
	}
	switch {
	case err == nil, errors.Is(err, profile.ErrNone):
		return kit.Page(head, promises(s), create(s, w, nil), other(s, w))
	case errors.Is(err, profile.ErrKeyring), errors.Is(err, profile.ErrNoSecret):
		return kit.Page(head, create(s, w, err), other(s, w))
	case errors.Is(err, profile.ErrLocked), errors.Is(err, profile.ErrPassphrase):
		return kit.Page(head, s.Banner(kit.Warning, t.Sentence(err), s.Button(t.T("start.retry"), kit.Secondary, w.Retry)), unlock(s, w, hasPassphrase), other(s, w))
	case errors.Is(err, profile.ErrDamaged):
		return kit.Page(head, s.Banner(kit.Danger, t.Sentence(err), s.Button(t.T("start.restore"), kit.Primary, w.Restore)), other(s, w))
	}
	return kit.Page(head, s.Banner(kit.Warning, t.Sentence(err), s.Button(t.T("start.retry"), kit.Primary, w.Retry)), other(s, w))
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
	f := s.Field(t.T("start.passphrase"), t.T("settings.passphrase.placeholder"), true, w.Create)
	return kit.Column(s.Banner(kit.Warning, t.Sentence(err)), s.Card(f.Object, s.Button(t.T("start.begin.passphrase"), kit.Primary, func() { w.Create(f.Entry.Text) })))
}

func unlock(s *kit.Scope, w Ways, hasPassphrase bool) fyne.CanvasObject {
	t := s.Text
	if !hasPassphrase {
		return s.Caption(t.T("start.nopassphrase"))
	}
	f := s.Field(t.T("start.passphrase"), "", true, w.Unlock)
	return s.Card(f.Object, s.Button(t.T("start.unlock"), kit.Primary, func() { w.Unlock(f.Entry.Text) }))
}

func other(s *kit.Scope, w Ways) fyne.CanvasObject {
	t := s.Text
	return s.Card(
		s.Body(t.T("start.other")),
		s.Flow(s.Button(t.T("start.sample"), kit.Secondary, w.Sample), s.Button(t.T("start.temporary"), kit.Secondary, w.Temporary)),
	)
}
