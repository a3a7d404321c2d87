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
			{Value: "", Word: t.T("settings.out.system")}, {Value: profile.OutProxy, Word: t.T("settings.out.proxy")}, {Value: profile.OutTor, Word: t.T("settings.out.tor")},
		}, set.Out, func(v string) {
			if p.st.out = v; v != profile.OutProxy { // a proxy needs its address first
				p.set(func(x *profile.Settings) { x.Out, x.Proxy = v, "" })
				return
			}
			p.d.Redraw()
		}),
	}
	if set.Out == profile.OutTor && p.st.out != profile.OutProxy {
		rows = append(rows, s.Caption(t.T("settings.out.tor.why")))
	}
	if set.Out == profile.OutProxy || p.st.out == profile.OutProxy {
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
		p.set(func(x *profile.Settings) { x.Out, x.Proxy = profile.OutProxy, address })
	}
	f = s.Field("proxy", t.T("settings.proxy"), "socks5://127.0.0.1:1080", false, use)
	f.Start(pr.Settings.Proxy)
	return []fyne.CanvasObject{f.Object, s.Caption(t.T("settings.proxy.why")), s.Button(t.T("settings.proxy.use"), kit.Secondary, func() { use(f.Text()) })}
}
