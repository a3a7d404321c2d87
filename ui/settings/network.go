package settings

import (
	"fyne.io/fyne/v2"

	"unlisted/checks/outbound"
	"unlisted/checks/profile"
	"unlisted/checks/text"
	"unlisted/ui/kit"
)

// network is how requests leave this computer, and whether any may.
func (p *Page) network(s *kit.Scope, pr *profile.Profile) fyne.CanvasObject {
	t, set := s.Text, pr.Settings
	rows := []fyne.CanvasObject{
		s.Heading(t.T("settings.network")),
		s.Tick(t.T("settings.offline"), set.Offline, func(yes bool) { p.set(func(x *profile.Settings) { x.Offline = yes }) }),
		s.Caption(t.T("settings.offline.why")),
		s.Select(t.T("settings.out"), []kit.Choice{
			{Value: "", Word: t.T("settings.out.system")}, {Value: profile.ProxyOwn, Word: t.T("settings.out.proxy")}, {Value: profile.ProxyTor, Word: t.T("settings.out.tor")},
		}, set.ProxyMode, func(v string) {
			if p.st.out = v; v != profile.ProxyOwn { // a proxy needs its address first
				p.set(func(x *profile.Settings) { x.ProxyMode, x.ProxyAddress = v, "" })
				return
			}
			p.d.Redraw()
		}),
	}
	if set.ProxyMode == profile.ProxyTor && p.st.out != profile.ProxyOwn {
		rows = append(rows, s.Caption(t.T("settings.out.tor.why")))
	}
	if set.ProxyMode == profile.ProxyOwn || p.st.out == profile.ProxyOwn {
		rows = append(rows, p.proxy(s, pr)...)
	}
	return s.Card(rows...)
}

// proxy takes the address of a proxy.
func (p *Page) proxy(s *kit.Scope, pr *profile.Profile) []fyne.CanvasObject {
	t := s.Text
	var f *kit.Field
	use := func(address string) {
		if _, err := outbound.ParseProxy(address); err != nil {
			f.Fail(&text.Error{Key: "error.settings.proxy"})
			return
		}
		p.st.out = ""
		f.Clear()
		p.set(func(x *profile.Settings) { x.ProxyMode, x.ProxyAddress = profile.ProxyOwn, address })
	}
	f = s.Field("proxy", t.T("settings.proxy"), "socks5://127.0.0.1:1080", false, use)
	f.Start(pr.Settings.ProxyAddress)
	return []fyne.CanvasObject{f.Object, s.Caption(t.T("settings.proxy.why")), s.Button(t.T("settings.proxy.use"), kit.Secondary, func() { use(f.Text()) })}
}
