// Package start is what the window shows before a profile is open: the first
// beginning, a locked, damaged or busy profile, each with a way on.
package start

import (
	"fyne.io/fyne/v2"

	"unlisted/checks/profile"
	"unlisted/ui/kit"
	"unlisted/ui/parts"
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
	return render(s, makeView(st, s.Text), st.Secret, w)
}

// screen is what one screen is drawn with.
type screen struct {
	*kit.Scope
	view
	ways   Ways
	secret string // that opened the versions
}

func render(s *kit.Scope, v view, secret string, w Ways) fyne.CanvasObject {
	x := screen{s, v, w, secret}
	head := kit.CompactColumn(s.Title(v.title), s.Body(v.lead))
	switch v.kind {
	case opening:
		return s.Sheet(head, s.Strong(s.Text.T("start.opening")))
	case welcome:
		return s.Sheet(head, parts.Promises(s), s.SideBySide(x.create(), x.other()))
	case passphrase:
		return s.Sheet(head, s.Banner(v.tone, v.notice), x.withPassphrase(), x.other())
	case locked:
		return s.Sheet(head, s.Banner(v.tone, v.notice, x.retry(kit.Secondary)), x.unlock(), x.other())
	case broken:
		return s.Sheet(head, s.Banner(v.tone, v.notice), x.repair(), x.other())
	}
	if v.kind == busy {
		front := s.Button(s.Text.T("start.front"), kit.Primary, w.Front)
		return s.Sheet(head, s.Banner(v.tone, v.notice, front, x.retry(kit.Secondary)), x.other())
	}
	return s.Sheet(head, s.Banner(v.tone, v.notice, x.retry(kit.Primary)), x.other())
}

func (x screen) retry(k kit.ButtonKind) fyne.CanvasObject {
	return x.Button(x.Text.T("start.retry"), k, x.ways.Retry)
}

func (x screen) create() fyne.CanvasObject {
	t := x.Text
	begin := x.Button(t.T("start.begin"), kit.Primary, func() { x.ways.Create("") })
	return x.Panel(t.T("start.create"), x.Body(t.T("start.create.why")), begin)
}

// withPassphrase begins where no keyring keeps the key.
func (x screen) withPassphrase() fyne.CanvasObject {
	t := x.Text
	f := x.Field("passphrase", x.label, t.T("settings.passphrase.placeholder"), true, x.ways.Create)
	return x.Card(f.Object, x.Button(t.T("start.begin.passphrase"), kit.Primary, func() { x.ways.Create(f.Text()) }))
}

func (x screen) unlock() fyne.CanvasObject {
	f := x.Field("secret", x.label, "", true, x.ways.Unlock)
	unlock := x.Button(x.Text.T("start.unlock"), kit.Primary, func() { x.ways.Unlock(f.Text()) })
	return x.Card(f.Object, x.Caption(x.why), unlock)
}

// repair lists what can be restored, and says what that is before it does so.
func (x screen) repair() fyne.CanvasObject {
	if x.looking {
		return x.Card(x.Strong(x.found))
	}
	rows := []fyne.CanvasObject{x.Strong(x.found)}
	if x.choose != "" {
		rows = append(rows, x.Body(x.choose))
	}
	for _, v := range x.versions {
		if v.button == "" {
			rows = append(rows, x.Caption(v.words))
			continue
		}
		k := kit.Secondary
		if v.best {
			k = kit.Primary
		}
		restore := x.Button(v.button, k, func() { x.ways.Restore(x.secret, v.n) })
		rows = append(rows, kit.CompactColumn(x.Body(v.words), restore))
	}
	f := x.Field("secret", x.label, "", true, x.ways.Look)
	look := x.Button(x.Text.T("start.look"), kit.Secondary, func() { x.ways.Look(f.Text()) })
	return x.Card(append(rows, x.Line(), x.Caption(x.why), f.Object, look)...)
}

func (x screen) other() fyne.CanvasObject {
	t := x.Text
	sample := x.Button(t.T("start.sample"), kit.Secondary, x.ways.Sample)
	temporary := x.Button(t.T("start.temporary"), kit.Quiet, x.ways.Temporary)
	return x.Panel(t.T("start.other"), x.Body(t.T("start.other.why")), x.Wrap(sample, temporary))
}
