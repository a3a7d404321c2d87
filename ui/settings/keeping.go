package settings

import (
	"fmt"
	"io"
	"path/filepath"

	"fyne.io/fyne/v2"

	"unlisted/checks/profile"
	"unlisted/ui/kit"
)

// keeping is where the profile is and what opens it.
func (p *Page) keeping(s *kit.Scope, v view) []fyne.CanvasObject {
	t := s.Text
	if v.temporal {
		return []fyne.CanvasObject{s.Body(t.T("settings.temporary"))}
	}
	keep := p.data().keep
	rows := []fyne.CanvasObject{
		kit.CompactColumn(s.Body(t.T("settings.where")), s.Caption(keep.where)),
		s.Button(t.T("settings.lock"), kit.Secondary, p.d.Lock),
		choose(s, t.T("settings.autolock"), v.autoLock, func(n string) {
			p.set(func(x *profile.Settings) { _, _ = fmt.Sscan(n, &x.AutoLock) })
		}),
		s.Line(),
	}
	rows = append(rows, p.passphrase(s, keep)...)
	rows = append(rows, s.Line())
	rows = append(rows, p.recovery(s, keep)...)
	rows = append(rows, s.Line())
	rows = append(rows, p.keyring(s, keep)...)
	return append(rows, s.Line(), p.erasing(s))
}

// passphrase sets a second way in.
func (p *Page) passphrase(s *kit.Scope, keep kept) []fyne.CanvasObject {
	t := s.Text
	var f *kit.Field
	set := func(v string) {
		p.d.Protect(v, func(err error) {
			if err != nil {
				f.Fail(err)
				return
			}
			p.st.protected = true
			f.Clear()
			p.d.Redraw()
		})
	}
	f = s.Field("passphrase", t.T("settings.passphrase"), t.T("settings.passphrase.placeholder"), true, set)
	var rows []fyne.CanvasObject
	if keep.passphrase {
		rows = append(rows, s.Body(t.T("settings.passphrase.have")))
	}
	if p.st.protected {
		rows = append(rows, s.Strong(t.T("profile.passphrase.set")))
	}
	return append(rows, f.Object, s.Button(t.T("settings.passphrase.set"), kit.Secondary, func() { set(f.Text()) }))
}

// recovery writes the key down for printing.
func (p *Page) recovery(s *kit.Scope, keep kept) []fyne.CanvasObject {
	t := s.Text
	return []fyne.CanvasObject{
		s.Strong(t.T("settings.recovery")), s.Caption(t.T("settings.recovery.why")),
		s.Button(t.T("settings.recovery.save"), kit.Secondary, func() {
			how := t.T("profile.key.how", "file", filepath.Base(keep.where))
			sheet := t.T("profile.key.title") + "\n\n" + p.d.RecoveryKey() + "\n\n" + how + "\n"
			p.d.Save(t.T("settings.recovery.file")+".txt", func(w io.Writer) error {
				_, err := io.WriteString(w, sheet)
				return err
			})
		}),
	}
}

// keyring takes the key out of the keyring, or puts it there. It leaves only once
// another way has been tried.
func (p *Page) keyring(s *kit.Scope, keep kept) []fyne.CanvasObject {
	t := s.Text
	if !keep.keyring {
		return []fyne.CanvasObject{
			s.Body(t.T("profile.keyring.forgotten")),
			s.Button(t.T("settings.keyring.use"), kit.Secondary, func() { p.d.UseKeyring(p.kept) }),
		}
	}
	var f *kit.Field
	forget := func(secret string) {
		p.d.ForgetKeyring(secret, func(err error) {
			if err != nil {
				f.Fail(err)
				return
			}
			f.Clear()
			p.d.Redraw()
		})
	}
	f = s.Field("forget", t.T("settings.keyring.secret"), "", true, forget)
	return []fyne.CanvasObject{
		s.Body(t.T("profile.keyring.kept")), s.Caption(t.T("settings.keyring.why")), f.Object,
		s.Button(t.T("settings.keyring.forget"), kit.Secondary, func() { forget(f.Text()) }),
	}
}

func (p *Page) kept(err error) {
	p.d.Tell(err)
	p.d.Redraw()
}

// erasing asks once more.
func (p *Page) erasing(s *kit.Scope) fyne.CanvasObject {
	t := s.Text
	if !p.st.erase {
		return s.Button(t.T("settings.erase"), kit.Quiet, func() { p.st.erase = true; p.d.Redraw() })
	}
	return s.Banner(kit.Danger, t.Message("settings.erase.note"),
		s.Button(t.T("settings.erase.yes"), kit.Destructive, func() { p.st.erase = false; p.d.Erase() }),
		s.Button(t.T("settings.erase.no"), kit.Secondary, func() { p.st.erase = false; p.d.Redraw() }))
}
