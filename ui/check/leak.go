package check

import (
	"slices"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"

	"unlisted/checks/account"
	"unlisted/checks/breach"
	"unlisted/checks/overview"
	"unlisted/ui/kit"
)

// advice says which kinds of data there is something to do about, the most
// urgent first. "check.do.<kind>" is the heading, "check.do.<kind>.1" and on the
// sentences.
var advice = []struct {
	kind    string
	classes []string
}{
	{"password", []string{breach.DataPasswords, "Historical passwords"}},
	{"phone", []string{breach.DataPhones}},
	{"money", []string{"Credit cards", "Partial credit card data", "Credit card CVV", "Bank account numbers", "Payment histories", "Account balances"}},
	{"identity", []string{"Government issued IDs", "Passport numbers", "Social security numbers", "Driver's licenses", "Tax records"}},
	{"answers", []string{"Security questions and answers", "Password hints", "Mothers maiden names"}},
	{"token", []string{"Auth tokens"}},
	{"private", []string{"Private messages", "Email messages", "Chat logs", "SMS messages", "Photos", "Sexual orientations", "Sexual fetishes", "Personal health data"}},
	{"home", []string{"Physical addresses", "Dates of birth"}},
	{"email", []string{breach.DataEmails}},
}

func (p *Page) leak(s *kit.Scope, o overview.Overview, arg string) fyne.CanvasObject {
	t := s.Text
	name := strings.TrimPrefix(arg, leakArg)
	i := slices.IndexFunc(o.Leaks, func(n breach.Named) bool { return overview.Key(n) == name })
	if i < 0 {
		return s.Sheet(p.back(s), s.Empty(t.T("check.leak.gone"), t.T("check.leak.gone.why")))
	}
	n := o.Leaks[i]
	objects := []fyne.CanvasObject{p.back(s), s.Title(n.Title), p.leakFacts(s, n)}
	objects = append(objects, p.leakAdvice(s, o, n)...)
	if n.Account != "" {
		objects = append(objects, s.Button(t.T("check.leak.fix"), kit.Primary, func() { p.d.Go("fix", n.Account) }))
	}
	return s.Sheet(append(objects, p.leakCredits(s, n))...)
}

// leakFacts is what is known, and how surely.
func (p *Page) leakFacts(s *kit.Scope, n breach.Named) fyne.CanvasObject {
	t := s.Text
	facts := []fyne.CanvasObject{s.Strong(t.T("leak.certainty." + string(n.Certainty)))}
	if len(n.Sources) > 0 {
		set := p.d.Profile().Settings
		who := make([]string, len(n.Identifiers))
		for i, id := range n.Identifiers {
			who[i] = p.d.Text().Identifier(id, set.ShowValues)
		}
		facts = append(facts, s.Body(t.T("check.leak.sources", "sources", names(t, n.Sources), "who", strings.Join(who, ", "))))
	}
	switch {
	case n.Account != "":
		facts = append(facts, s.Body(t.T("had."+string(n.Had)+".why")))
	case n.Kind == breach.HitBreach:
		facts = append(facts, s.Body(t.T("check.leak.noaccount")))
	}
	switch {
	case n.Kind == breach.HitStealer && !n.Date.IsZero():
		facts = append(facts, s.Body(t.T("check.leak.infected", "date", t.Date(n.Date))))
	case !n.Date.IsZero() && n.Count > 0 && n.Kind == breach.HitBreach:
		facts = append(facts, s.Body(t.T("check.leak.when", "date", t.Date(n.Date), "n", t.Number(n.Count))))
	case !n.Date.IsZero():
		facts = append(facts, s.Body(t.T("check.leak.date", "date", t.Date(n.Date))))
	}
	if n.Device != "" {
		facts = append(facts, s.Body(t.T("check.leak.device", "device", n.Device)))
	}
	if len(n.Data) > 0 {
		facts = append(facts, s.Body(t.T("check.leak.what", "list", strings.Join(dataNames(t, n.Data), ", "))))
	} else {
		facts = append(facts, s.Body(t.T("check.leak.what.unknown")))
	}
	for _, f := range []struct {
		flag breach.Flags
		key  string
	}{{breach.Unverified, "unverified"}, {breach.Sensitive, "sensitive"}, {breach.SpamList, "spam"}, {breach.Malware, "malware"}, {breach.StealerLog, "stealer"}} {
		if n.Breach.Flags.Has(f.flag) {
			facts = append(facts, s.Body(t.T("check.flag."+f.key)))
		}
	}
	return s.Card(facts...)
}

// leakAdvice is what to do now, a card for each kind of data. An infected device
// comes before everything: what is typed on it leaks again.
func (p *Page) leakAdvice(s *kit.Scope, o overview.Overview, n breach.Named) []fyne.CanvasObject {
	t := s.Text
	var cards []fyne.CanvasObject
	if n.Kind == breach.HitStealer || n.Breach.Flags.Has(breach.StealerLog) || n.Breach.Flags.Has(breach.Malware) {
		cards = append(cards, s.Card(p.steps(s, "stealer")...))
	}
	for _, a := range advice {
		if !slices.ContainsFunc(n.Data, func(d string) bool { return slices.Contains(a.classes, d) }) {
			continue
		}
		if a.kind == "password" && n.Kind == breach.HitStealer && n.Account == "" {
			continue // the device comes first, and its passwords with it
		}
		rows := p.steps(s, a.kind)
		switch a.kind {
		case "password":
			rows = append(rows, p.reuse(s, o, n)...)
		case "phone":
			rows = append(rows, s.Button(t.T("check.do.phone.carrier"), kit.Secondary, func() { p.d.Go("fix", "carrier") }))
		}
		cards = append(cards, s.Card(rows...))
	}
	if len(cards) == 0 {
		cards = append(cards, s.Card(p.steps(s, "other")...))
	}
	return cards
}

func (p *Page) steps(s *kit.Scope, kind string) []fyne.CanvasObject {
	t := s.Text
	rows := []fyne.CanvasObject{s.Heading(t.T("check.do." + kind))}
	for i := 1; t.Has("check.do." + kind + "." + strconv.Itoa(i)); i++ {
		rows = append(rows, s.Body(t.T("check.do."+kind+"."+strconv.Itoa(i))))
	}
	return rows
}

// reuse lists the sites where the evidence shows the same password.
func (p *Page) reuse(s *kit.Scope, o overview.Overview, n breach.Named) []fyne.CanvasObject {
	t := s.Text
	if n.Account == "" {
		return nil
	}
	var sites []string
	for _, a := range o.Accounts {
		if a.Platform == n.Account {
			sites = append(sites, platforms(o.Accounts, a.ReusedWith)...)
		}
	}
	slices.Sort(sites)
	if sites = slices.Compact(sites); len(sites) > 0 {
		return []fyne.CanvasObject{s.Strong(t.T("check.do.password.same", "list", strings.Join(sites, ", ")))}
	}
	return []fyne.CanvasObject{s.Body(t.T("check.do.password.unknown"))}
}

// platforms are accounts by their names.
func platforms(accounts []account.Account, ids []string) []string {
	out := make([]string, len(ids))
	for i, id := range ids {
		out[i] = id
		for _, a := range accounts {
			if a.ID == id || a.Platform == id {
				out[i] = a.Name
			}
		}
	}
	return out
}

// leakCredits names whom we know it from.
func (p *Page) leakCredits(s *kit.Scope, n breach.Named) fyne.CanvasObject {
	t := s.Text
	var rows []fyne.CanvasObject
	if n.Breach.Name != "" {
		rows = append(rows, p.link(s, t.T("credit.hibp"), "https://haveibeenpwned.com/Breach/"+n.Breach.Name))
	}
	for _, src := range p.d.Sources() {
		if info := src.Info(); slices.Contains(n.Sources, info.ID) {
			rows = append(rows, p.link(s, t.T("source."+info.ID+".credit"), info.Credit))
		}
	}
	return kit.CompactColumn(rows...)
}
