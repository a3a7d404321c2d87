package settings

import (
	"fmt"
	"maps"
	"slices"

	"unlisted/checks/breach"
	"unlisted/checks/catalog"
	"unlisted/checks/outbound"
	"unlisted/checks/overview"
	"unlisted/checks/profile"
	"unlisted/checks/text"
)

// The sections, in their order: what is after "settings/" in an address.
const (
	lookArg    = "look"
	profileArg = "profile"
	networkArg = "network"
	sourcesArg = "sources"
	ledgerArg  = "ledger"
	dataArg    = "data"
	aboutArg   = "about"
)

// data is what the page is made from.
type data struct {
	profile   *profile.Profile
	languages []string
	keep      kept
	damaged   int // places of the ledger that cannot be read
	keys      []key
	catalog   *catalog.Catalog
	breaches  *breach.Catalogue
	credits   []catalog.Credit
	version   string
}

// kept is how the profile is kept.
type kept struct {
	where      string // path of its file; "" where nothing is kept
	passphrase bool   // one opens it
	keyring    bool   // its key is in the keyring
}

// key is a key of the person's at a source.
type key struct {
	source string
	have   bool
}

// view is the whole page, in words and values.
type view struct {
	sections []section
	chosen   int // index into sections
	language choice
	theme    choice
	text     choice
	autoLock choice
	ways     choice // out of this computer
	temporal bool   // nothing is kept
	consents []consent
	keys     []row
	ledger   ledger
	status   string // of the data
	credits  []link
}

// section is one line of the index: what it is of, and how it stands.
type section struct {
	id, title, detail string
	alarm             string // what needs a look; "" for nothing
}

// choice is one of several.
type choice struct {
	value   string
	options []option
}

// option is a value and its word.
type option struct{ value, word string }

// consent is a standing yes.
type consent struct {
	key string // its name in the profile
	row
}

// row is one line of a list.
type row struct{ title, detail, state string }

// link is a page to open in the browser.
type link struct{ words, address string }

// ledger is what left this computer, of one purpose or all.
type ledger struct {
	count   string // how many requests there were
	damaged string // what cannot be read; "" where all can
	purpose choice
	entries []outbound.Entry // shown
	rows    []row
	refused []bool // of each row: it was not sent
}

// makeView works the page out, with the section an address names.
func makeView(d data, st state, arg string, t *text.Printer) view {
	v := view{temporal: d.keep.where == "" || d.profile.Sample}
	set := d.profile.Settings
	v.language, v.theme, v.text = looks(d, t)
	v.autoLock = choice{value: fmt.Sprint(set.AutoLock), options: []option{{"0", t.T("settings.autolock.never")}}}
	for _, n := range []int{5, 15, 30, 60} {
		v.autoLock.options = append(v.autoLock.options, option{fmt.Sprint(n), t.N("settings.autolock.after", n)})
	}
	v.ways = choice{set.ProxyMode, []option{
		{"", t.T("settings.out.system")},
		{profile.ProxyOwn, t.T("settings.out.proxy")},
		{profile.ProxyTor, t.T("settings.out.tor")},
	}}
	if st.out == profile.ProxyOwn {
		v.ways.value = st.out // being set up
	}
	v.consents = consents(d.profile, t)
	for _, k := range d.keys {
		state := "settings.keys.none"
		if k.have {
			state = "settings.keys.have"
		}
		v.keys = append(v.keys, row{title: t.T("source." + k.source + ".name"), state: t.T(state)})
	}
	v.ledger = makeLedger(d, st.only, t)
	v.status = t.T("settings.data.status",
		"platforms", t.Number(int64(d.catalog.Len())), "guides", t.Number(int64(guides(d.catalog))),
		"breaches", t.Number(int64(d.breaches.Len())), "date", t.Date(d.breaches.Newest()))
	for _, c := range d.credits {
		words := c.Name + " · " + c.Licence
		if c.Changed != "" {
			words += " · " + t.T("settings.credits.changed")
		}
		v.credits = append(v.credits, link{words, c.URL})
	}
	v.sections = index(d, st, v, t)
	v.chosen = max(0, slices.IndexFunc(v.sections, func(s section) bool { return s.id == arg }))
	return v
}

func guides(all *catalog.Catalog) (n int) {
	for i := range all.Len() {
		if all.At(i).Guide != nil {
			n++
		}
	}
	return n
}

// looks are the choices of language, appearance and size.
func looks(d data, t *text.Printer) (language, theme, size choice) {
	set := d.profile.Settings
	language = choice{set.Language, []option{{"", t.T("settings.system")}}}
	for _, l := range d.languages {
		language.options = append(language.options, option{l, text.Language(l)})
	}
	theme = choice{set.Theme, []option{
		{"", t.T("settings.system")},
		{"light", t.T("theme.light")},
		{"dark", t.T("theme.dark")},
		{"contrast", t.T("theme.contrast")},
	}}
	size = choice{value: fmt.Sprint(max(100, set.TextPct))}
	for _, n := range []int{100, 125, 150, 175, 200} {
		size.options = append(size.options, option{fmt.Sprint(n), fmt.Sprintf("%d %%", n)})
	}
	return language, theme, size
}

// word is that of the chosen option.
func (c choice) word() string {
	i := slices.IndexFunc(c.options, func(o option) bool { return o.value == c.value })
	if i < 0 {
		return ""
	}
	return c.options[i].word
}

// index says of each section how it stands.
func index(d data, st state, v view, t *text.Printer) []section {
	looks := v.language.word() + " · " + v.theme.word() + " · " + v.text.word()
	list := []section{
		{id: lookArg, title: t.T("settings.look"), detail: looks},
		{id: profileArg, title: t.T("settings.profile"), detail: t.T("settings.profile.file")},
		{id: networkArg, title: t.T("settings.network"), detail: v.ways.word()},
		{id: sourcesArg, title: t.T("settings.sources"), detail: t.T("settings.sources.none")},
		{id: ledgerArg, title: t.T("settings.ledger"), detail: v.ledger.count},
		{id: dataArg, title: t.T("settings.data"), detail: t.T("settings.data.short", "date", t.Date(d.breaches.Newest()))},
		{id: aboutArg, title: t.T("settings.about"), detail: d.version},
	}
	for i := range list {
		x := &list[i]
		switch {
		case x.id == profileArg && v.temporal:
			x.detail = t.T("settings.profile.temporary")
		case x.id == profileArg && d.keep.passphrase:
			x.detail += " · " + t.T("settings.profile.passphrase")
		case x.id == networkArg && d.profile.Settings.Offline:
			x.alarm = t.T("settings.network.forbidden")
		case x.id == sourcesArg && len(v.consents) > 0:
			x.detail = t.N("settings.sources.some", len(v.consents))
		case x.id == ledgerArg && v.ledger.damaged != "":
			x.alarm = t.T("settings.ledger.damaged")
		case x.id == dataArg && st.taken:
			x.detail = t.T("settings.data.taken")
		}
	}
	return list
}

// consents lists every standing yes to a source.
func consents(p *profile.Profile, t *text.Printer) (out []consent) {
	for _, name := range slices.Sorted(maps.Keys(p.Consents)) {
		if q, ok := breach.ParseConsent(name); ok && p.Consents[name] {
			out = append(out, consent{name, row{
				t.T("source." + q.Source + ".name"), t.Identifier(q.Identifier, p.Settings.ShowValues),
				t.T("check.consents.withdraw"),
			}})
		}
	}
	return out
}

// makeLedger lists what left this computer, the latest first.
func makeLedger(d data, only string, t *text.Printer) ledger {
	all := d.profile.Ledger
	v := ledger{count: t.N("status.requests", len(all)), purpose: choice{only, []option{{"", t.T("check.ledger.all")}}}}
	if len(all) == 0 {
		v.count = t.T("status.nothing")
	}
	if d.damaged > 0 {
		v.damaged = t.N("ledger.damaged", d.damaged)
		if len(all) == 0 {
			v.count = t.T("settings.ledger.unreadable") // what left is not known
		}
	}
	for _, id := range overview.Purposes(all) {
		word := id
		if key := "source." + id + ".name"; t.Has(key) {
			word = t.T(key)
		} else if key := "ledger." + id; t.Has(key) {
			word = t.T(key, "who", "")
		}
		v.purpose.options = append(v.purpose.options, option{id, word})
	}
	v.entries = overview.Ledger(all, only)
	for _, e := range v.entries {
		at := e.Time.Local()
		v.rows = append(v.rows, row{
			e.Host + " · " + t.Date(at) + " " + at.Format("15:04:05"), overview.Said(t, e), t.T("ledger.result." + e.Result),
		})
		v.refused = append(v.refused, e.Result == outbound.ResultRefused)
	}
	return v
}
