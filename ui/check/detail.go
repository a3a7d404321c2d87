package check

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"unlisted/checks/account"
	"unlisted/checks/breach"
	"unlisted/checks/catalog"
	"unlisted/checks/overview"
	"unlisted/checks/text"
)

// detail is everything about one leak or incident, in words.
type detail struct {
	monogram, title string
	tags            []tag
	facts           []string // the first is the one that counts
	sections        []section
	fix             string // platform whose steps lead on; "" where there is no account
	links           []link
}

// section is one thing to know or to do.
type section struct {
	title   string
	strong  string
	lines   []string
	carrier bool // leads to the protection of the number itself
}

// link is a page to open in the browser.
type link struct{ words, address string }

// advice says which kinds of data there is something to do about, the most
// urgent first. "check.do.<kind>" is the heading, "check.do.<kind>.1" and on the
// sentences.
var advice = []struct {
	kind    string
	classes []string
}{
	{"password", []string{breach.DataPasswords, "Historical passwords"}},
	{"phone", []string{breach.DataPhones}},
	{"money", []string{
		"Credit cards", "Partial credit card data", "Credit card CVV", "Bank account numbers", "Payment histories",
		"Account balances",
	}},
	{"identity", []string{
		"Government issued IDs", "Passport numbers", "Social security numbers", "Driver's licenses", "Tax records",
	}},
	{"answers", []string{"Security questions and answers", "Password hints", "Mothers maiden names"}},
	{"token", []string{"Auth tokens"}},
	{"private", []string{
		"Private messages", "Email messages", "Chat logs", "SMS messages", "Photos", "Sexual orientations", "Sexual fetishes",
		"Personal health data",
	}},
	{"home", []string{"Physical addresses", "Dates of birth"}},
	{"email", []string{breach.DataEmails}},
}

// makeDetail works out what stands behind an address; false where there is
// nothing of that name any more.
func makeDetail(d data, arg string, credits []breach.Info, t *text.Printer) (detail, bool) {
	o := d.overview
	if id, ok := strings.CutPrefix(arg, incidentArg); ok {
		i := slices.IndexFunc(o.Incidents, func(c overview.Concern) bool { return c.ID == id })
		if i < 0 {
			return detail{}, false
		}
		return incidentDetail(o.Incidents[i], d.catalog, t), true
	}
	name := strings.TrimPrefix(arg, leakArg)
	i := slices.IndexFunc(o.Leaks, func(n breach.Named) bool { return overview.Key(n) == name })
	if i < 0 {
		return detail{}, false
	}
	n := o.Leaks[i]
	v := detail{
		monogram: cmp.Or(n.Account, n.Domain, n.Title), title: n.Title,
		tags:  leakTags(n, overview.Exposures(d.profile, o)[i], t),
		facts: leakFacts(d, n, t), sections: leakSections(o, n, t), fix: n.Account,
	}
	if !n.Date.IsZero() {
		v.title += " · " + t.Month(n.Date)
	}
	if n.Breach.Name != "" {
		v.links = append(v.links, link{t.T("credit.hibp"), "https://haveibeenpwned.com/Breach/" + n.Breach.Name})
	}
	for _, info := range credits {
		if slices.Contains(n.Sources, info.ID) {
			v.links = append(v.links, link{t.T("source." + info.ID + ".credit"), info.Credit})
		}
	}
	return v, true
}

// leakFacts is what is known, and how surely.
func leakFacts(d data, n breach.Named, t *text.Printer) []string {
	var facts []string
	if len(n.Data) > 0 {
		facts = append(facts, t.T("check.leak.what", "list", strings.Join(dataNames(t, n.Data), ", ")))
	} else {
		facts = append(facts, t.T("check.leak.what.unknown"))
	}
	facts = append(facts, t.T("leak.certainty."+string(n.Certainty))+".")
	if len(n.Sources) > 0 {
		who := make([]string, len(n.Identifiers))
		for i, id := range n.Identifiers {
			who[i] = t.Identifier(id, d.profile.Settings.ShowValues)
		}
		facts = append(facts, t.T("check.leak.sources", "sources", names(t, n.Sources), "who", strings.Join(who, ", ")))
	}
	switch {
	case n.Account != "":
		facts = append(facts, t.T("had."+string(n.Had)+".why"))
	case n.Kind == breach.HitBreach:
		facts = append(facts, t.T("check.leak.noaccount"))
	}
	switch {
	case n.Kind == breach.HitStealer && !n.Date.IsZero():
		facts = append(facts, t.T("check.leak.infected", "date", t.Date(n.Date)))
	case !n.Date.IsZero() && n.Count > 0 && n.Kind == breach.HitBreach:
		facts = append(facts, t.T("check.leak.when", "date", t.Date(n.Date), "n", t.Number(n.Count)))
	case !n.Date.IsZero():
		facts = append(facts, t.T("check.leak.date", "date", t.Date(n.Date)))
	}
	if n.Device != "" {
		facts = append(facts, t.T("check.leak.device", "device", n.Device))
	}
	for _, f := range []struct {
		flag breach.Flags
		key  string
	}{
		{breach.Unverified, "unverified"},
		{breach.Sensitive, "sensitive"},
		{breach.SpamList, "spam"},
		{breach.Malware, "malware"},
		{breach.StealerLog, "stealer"},
	} {
		if n.Breach.Flags.Has(f.flag) {
			facts = append(facts, t.T("check.flag."+f.key))
		}
	}
	return facts
}

// leakSections is what to do now, one for each kind of data. An infected device
// comes before everything: what is typed on it leaks again.
func leakSections(o overview.Overview, n breach.Named, t *text.Printer) (out []section) {
	if n.Kind == breach.HitStealer || n.Breach.Flags.Has(breach.StealerLog) || n.Breach.Flags.Has(breach.Malware) {
		out = append(out, steps(t, "stealer"))
	}
	for _, a := range advice {
		if !slices.ContainsFunc(n.Data, func(d string) bool { return slices.Contains(a.classes, d) }) {
			continue
		}
		if a.kind == "password" && n.Kind == breach.HitStealer && n.Account == "" {
			continue // the device comes first, and its passwords with it
		}
		x := steps(t, a.kind)
		if a.kind == "password" && n.Account != "" {
			x.strong = reuse(o, n.Account, t)
		}
		x.carrier = a.kind == "phone"
		out = append(out, x)
	}
	if len(out) == 0 {
		out = append(out, steps(t, "other"))
	}
	return out
}

func steps(t *text.Printer, kind string) section {
	x := section{title: t.T("check.do." + kind)}
	for i := 1; t.Has("check.do." + kind + "." + strconv.Itoa(i)); i++ {
		x.lines = append(x.lines, t.T("check.do."+kind+"."+strconv.Itoa(i)))
	}
	return x
}

// reuse names the sites where the evidence shows the same password.
func reuse(o overview.Overview, platform string, t *text.Printer) string {
	var sites []string
	for _, a := range o.Accounts {
		if a.Platform == platform {
			sites = append(sites, platforms(o.Accounts, a.ReusedWith)...)
		}
	}
	slices.Sort(sites)
	if sites = slices.Compact(sites); len(sites) > 0 {
		return t.T("check.do.password.same", "list", strings.Join(sites, ", "))
	}
	return t.T("check.do.password.unknown")
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

// incidentDetail is what happened, what it means for this person, what to do,
// whom to turn to, and how we know.
func incidentDetail(c overview.Concern, all *catalog.Catalog, t *text.Printer) detail {
	v := detail{
		monogram: c.Account, title: platformName(c.Account, all) + " · " + t.In(c.Title), tags: incidentTags(c, t),
		facts: []string{t.In(c.Text)}, fix: c.Account,
	}
	if !c.Disclosed.IsZero() {
		v.facts = append(v.facts, t.T("incident.disclosed", "date", c.Disclosed.Words(t)))
	}
	if period := c.Period(t); period != "" {
		v.facts = append(v.facts, period)
	}
	v.facts = append(v.facts, t.T("incident.status."+string(c.Status)+".why"))
	you := section{title: t.T("incident.you"), lines: []string{t.T("incident.had." + string(c.Had))}}
	if c.Number != "" {
		you.strong = t.T("incident.number." + string(c.Number))
	}
	v.sections = []section{you, incidentAdvice(c, t)}
	v.facts = append(v.facts, t.T("incident.checked", "date", t.Date(c.Sources[0].Checked)))
	for _, src := range c.Sources {
		v.links = append(v.links, link{src.Title, src.URL})
	}
	return v
}

func incidentAdvice(c overview.Concern, t *text.Printer) section {
	x := section{title: t.T("check.leak.todo")}
	if c.Kind == catalog.KindMisuse {
		x.lines = append(x.lines, t.T("incident.do.misuse"))
	}
	for _, d := range []string{"phone", "password", "email"} {
		if slices.Contains(c.Data, d) && (c.Kind != catalog.KindMisuse || d == "password") {
			x.lines = append(x.lines, t.T("advice."+d))
		}
	}
	if c.Carrier {
		x.lines = append(x.lines, t.T("incident.do.carrier"))
	}
	for _, act := range c.DealtWith {
		x.lines = append(x.lines, act.Words(t))
	}
	x.lines = append(x.lines, t.T("incident.complain"))
	x.carrier = c.Carrier || slices.Contains(c.Data, "phone")
	return x
}

func dataNames(t *text.Printer, classes []string) []string {
	out := make([]string, len(classes))
	for i, d := range classes {
		out[i] = dataName(t, d)
	}
	return out
}

// plainKey makes a data class the end of a text key.
var plainKey = strings.NewReplacer(" ", "_", "'", "", "/", "_", "(", "", ")", "")

// dataName translates a data class where the words are known.
func dataName(t *text.Printer, d string) string {
	if key := "data." + plainKey.Replace(strings.ToLower(d)); t.Has(key) {
		return t.T(key)
	}
	return d
}
