package find

import (
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"unlisted/checks/account"
	"unlisted/checks/catalog"
	"unlisted/checks/evidence"
	"unlisted/checks/identifier"
	"unlisted/checks/profile"
	"unlisted/checks/session"
	"unlisted/checks/text"
	"unlisted/ui/kit"
	"unlisted/ui/parts"
)

// account is the page of one account: what is held, why we think so, whether
// the number can go.
func (p *Page) account(s *kit.Scope, id string) fyne.CanvasObject {
	t := s.Text
	o := p.d.Overview()
	a, ok := o.Find(id)
	back := s.Button(t.T("find.back"), kit.Quiet, func() { p.d.Go("find", "") })
	if !ok {
		return p.platform(s, id)
	}
	pl := p.d.Catalog().Get(a.Platform, a.Name)
	pr := p.d.Profile()
	objects := []fyne.CanvasObject{
		back,
		kit.CompactColumn(s.Title(a.Label(func(id identifier.Identifier) string { return s.Text.Identifier(id, pr.Settings.ShowValues) })), s.Caption(a.Platform+" · "+t.T("confidence."+a.Confidence.String()))),
		s.Button(t.T("find.switch"), kit.Primary, func() { p.d.Go("fix", a.ID) }),
		p.holds(s, a, pr),
		exitCard(s, pl),
		aboutCard(s, pl),
		riskCard(s, pl, p.d.Open),
	}
	if len(a.Advertisers) > 0 {
		objects = append(objects, s.Card(s.Heading(t.N("find.advertisers", len(a.Advertisers))), s.Body(t.T("find.advertisers.why")), s.Body(strings.Join(a.Advertisers, ", "))))
	}
	if list := parts.Incidents(s, p.d, o, a.Platform); list != nil {
		objects = append(objects, kit.Column(s.Heading(t.T("incident.heading")), list))
	}
	objects = append(objects, proof(s, a), p.answers(s, a, pr))
	return s.Sheet(objects...)
}

func (p *Page) holds(s *kit.Scope, a account.Account, pr *profile.Profile) fyne.CanvasObject {
	t := s.Text
	rows := []fyne.CanvasObject{s.Heading(t.T("find.holds"))}
	for _, id := range a.Identifiers {
		rows = append(rows, s.Strong(t.Identifier(id, pr.Settings.ShowValues)))
	}
	if len(a.UserNames) > 0 {
		rows = append(rows, s.Body(t.T("find.usernames", "names", strings.Join(a.UserNames, ", "))))
	}
	if len(a.Purposes) > 0 {
		names := make([]string, len(a.Purposes))
		for i, x := range a.Purposes {
			names[i] = t.T("purpose." + string(x))
		}
		rows = append(rows, s.Body(t.T("find.purposes", "list", strings.Join(names, ", "))))
	}
	factors := t.T("find.factors.none")
	if len(a.SecondFactor) > 0 {
		names := make([]string, len(a.SecondFactor))
		for i, f := range a.SecondFactor {
			names[i] = t.T("factor." + f)
		}
		factors = t.T("find.factors", "list", strings.Join(names, ", "))
	}
	rows = append(rows, s.Body(factors))
	if len(a.ReusedWith) > 0 {
		names := make([]string, len(a.ReusedWith))
		for i, id := range a.ReusedWith {
			names[i] = p.name(id)
		}
		rows = append(rows, s.Body(t.T("find.reused", "list", strings.Join(names, ", "))))
	}
	return s.Card(rows...)
}

func (p *Page) name(id string) string {
	if pl, ok := p.d.Catalog().ByID(id); ok {
		return pl.Name
	}
	return id
}

// exitCard says whether the number can go, why, by whom and of when.
func exitCard(s *kit.Scope, pl *catalog.Platform) fyne.CanvasObject {
	t := s.Text
	rows := []fyne.CanvasObject{s.Heading(t.T("find.exit")), s.Strong(t.T("exit." + string(pl.Exit) + ".name")), s.Body(t.T("exit." + string(pl.Exit) + ".why"))}
	for _, src := range pl.ExitSources {
		rows = append(rows, s.Caption(src.Words(t)))
	}
	return s.Card(rows...)
}

// aboutCard says what is known of the platform, whoever the person is.
func aboutCard(s *kit.Scope, pl *catalog.Platform) fyne.CanvasObject {
	t := s.Text
	rows := []fyne.CanvasObject{s.Heading(t.T("facts.heading", "platform", pl.Name))}
	lines := pl.About(t)
	for _, l := range lines {
		rows = append(rows, s.Body(l))
	}
	if len(lines) == 0 {
		rows = append(rows, s.Body(t.T("fix.short")))
	}
	if pl.Guide != nil {
		rows = append(rows, s.Caption(t.T("facts.reviewed", "date", t.Date(pl.Guide.Reviewed))))
	}
	return s.Card(rows...)
}

// riskCard says how people have locked themselves out there, how the account
// opens, and where to ask a human.
func riskCard(s *kit.Scope, pl *catalog.Platform, open func(string)) fyne.CanvasObject {
	t := s.Text
	g := pl.Guide
	if g == nil || len(g.Risks)+len(g.Ways) == 0 && g.Help == "" {
		return kit.Column()
	}
	var rows []fyne.CanvasObject
	if len(g.Ways) > 0 {
		rows = append(rows, s.Heading(t.T("guide.ways")))
		for _, w := range g.Ways {
			rows = append(rows, s.Body(w.Words(t)))
		}
	}
	if len(g.Risks) > 0 {
		rows = append(rows, s.Heading(t.T("guide.risks")))
		for _, r := range g.Risks {
			rows = append(rows, s.Body(r.Words(t)))
		}
	}
	if g.Help != "" {
		rows = append(rows, s.Link(t.T("guide.help"), g.Help, open))
	}
	return s.Card(rows...)
}

// proof answers "why do you think so?".
func proof(s *kit.Scope, a account.Account) fyne.CanvasObject {
	t := s.Text
	rows := []fyne.CanvasObject{s.Heading(t.T("find.why"))}
	for i, f := range a.Findings {
		if i == 40 {
			rows = append(rows, s.Caption(t.N("find.more", len(a.Findings)-i)))
			break
		}
		if f.Fact == evidence.FactAdvertiserList {
			continue // listed above by name
		}
		rows = append(rows, kit.CompactColumn(s.Strong(t.T("fact."+string(f.Fact))), s.Caption(proofLine(t, f))))
	}
	return s.Card(rows...)
}

func proofLine(t *text.Printer, f evidence.Finding) string {
	parts := []string{t.T("format." + f.Format)}
	if f.Source != "" {
		parts = append(parts, f.Source)
	}
	if f.Count > 1 {
		parts = append(parts, t.N("find.times", f.Count))
	}
	if d := span(t, f.First, f.Last); d != "" {
		parts = append(parts, d)
	}
	if f.Fact == evidence.FactAccount || f.Fact == evidence.FactMailed {
		if class, subject, ok := strings.Cut(f.Detail, ": "); ok && t.Has("mail.class."+class) {
			parts = append(parts, t.T("mail.class."+class), "“"+subject+"”")
		}
	}
	if t.Has("sms.class." + f.Detail) {
		parts = append(parts, t.T("sms.class."+f.Detail))
	}
	parts = append(parts, t.T("confidence."+f.Confidence.String()))
	if f.Why != "" {
		parts = append(parts, t.T(f.Why))
	}
	return strings.Join(parts, " · ")
}

func span(t *text.Printer, first, last time.Time) string {
	a, b := t.Month(first), t.Month(last)
	switch {
	case a == "" || a == b:
		return b
	case b == "":
		return a
	}
	return a + " – " + b
}

// answers lets the person say what no file can know.
func (p *Page) answers(s *kit.Scope, a account.Account, pr *profile.Profile) fyne.CanvasObject {
	t := s.Text
	claim := account.ClaimFor(pr.Claims, a)
	rows := []fyne.CanvasObject{s.Heading(t.T("find.say"))}
	on := func(f string) bool { return slices.Contains(a.SecondFactor, f) }
	for _, f := range []string{"phone", "totp", "passkey"} {
		rows = append(rows, s.Check(t.T("factor."+f), on(f), func(yes bool) {
			c := claim
			c.SecondFactor = slices.DeleteFunc(slices.Clone(a.SecondFactor), func(x string) bool { return x == f || x == "none" })
			if yes {
				c.SecondFactor = append(c.SecondFactor, f)
			}
			if len(c.SecondFactor) == 0 {
				c.SecondFactor = []string{"none"}
			}
			p.d.Apply(session.SetClaim{Claim: c})
		}))
	}
	rows = append(rows, s.Button(t.T("find.gone"), kit.Quiet, func() {
		c := claim
		c.Gone = true
		if p.d.Apply(session.SetClaim{Claim: c}) {
			p.d.Go("find", "")
		}
	}))
	return s.Card(rows...)
}
