package settings

import (
	"fyne.io/fyne/v2"

	"unlisted/checks/outbound"
	"unlisted/checks/profile"
	"unlisted/checks/text"
	"unlisted/ui/kit"
)

// network is how requests leave this computer, and whether any may.
func (p *Page) network(s *kit.Scope, v view) []fyne.CanvasObject {
	t, set := s.Text, p.d.Profile().Settings
	rows := []fyne.CanvasObject{
		s.Tick(t.T("settings.offline"), set.Offline, func(yes bool) { p.set(func(x *profile.Settings) { x.Offline = yes }) }),
		s.Caption(t.T("settings.offline.why")),
		choose(s, t.T("settings.out"), v.ways, func(way string) {
			if p.st.out = way; way != profile.ProxyOwn { // a proxy needs its address first
				p.set(func(x *profile.Settings) { x.ProxyMode, x.ProxyAddress = way, "" })
				return
			}
			p.d.Redraw()
		}),
	}
	switch v.ways.value {
	case profile.ProxyTor:
		rows = append(rows, s.Caption(t.T("settings.out.tor.why")))
	case profile.ProxyOwn:
		rows = append(rows, p.proxy(s, p.d.Profile())...)
	}
	return rows
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
	button := s.Button(t.T("settings.proxy.use"), kit.Secondary, func() { use(f.Text()) })
	return []fyne.CanvasObject{f.Object, s.Caption(t.T("settings.proxy.why")), button}
}
