package find

import (
	"slices"
	"strings"

	"unlisted/checks/account"
	"unlisted/checks/evidence"
	"unlisted/checks/identifier"
	"unlisted/checks/profile"
	"unlisted/checks/text"
)

// families are the kinds of files, the most telling for the least effort first ("family.<name>" is the word).
var families = []string{"mailbox", "logins", "messages", "archive", "authenticator"}

// offered is something that can be read, or how to get it.
type offered struct{ id, title, detail string }

// source is something that was read.
type source struct {
	of          evidence.Source // of a file
	box         profile.Mailbox // of a mailbox
	name, what  string
	tags        []tag
	againWords  string // of a mailbox
	forgetWords string
}

// sourcesView is what may be read, what was read, and what else there is to ask for.
type sourcesView struct {
	title, lead string
	here        hereView
	wishes      wishesView
	families    []chip
	family, why string
	formats     []offered
	read        []source
	rest        []line // what was read and shows no account
	back        bool   // there are accounts to go back to
}

// makeSources lists what may be read.
func makeSources(d data, importers []evidence.Importer, st state, t *text.Printer) sourcesView {
	v := sourcesView{title: t.T("find.sources.title"), lead: t.T("find.sources.lead"), family: st.family}
	v.back = len(d.overview.Accounts) > 0
	v.here, v.wishes = makeHere(st.here, d.now, t), makeWishes(d, importers, st, t)
	by := byFamily(importers, t)
	for _, f := range knownFamilies(importers) {
		if n := len(by[f]); n > 0 {
			v.families = append(v.families, chip{f, familyWord(f, t), n})
		}
	}
	if len(by[v.family]) == 0 && len(v.families) > 0 {
		v.family = v.families[0].id
	}
	v.formats = by[v.family]
	if why := "family." + v.family + ".why"; t.Has(why) {
		v.why = t.T(why)
	}
	v.read = readSources(d.profile, t)
	v.rest = rest(d, t)
	return v
}

// familyWord is the short name of a kind.
func familyWord(f string, t *text.Printer) string {
	if key := "family." + f + ".short"; t.Has(key) {
		return t.T(key)
	}
	return t.T("family." + f)
}

// knownFamilies are the known kinds, and behind them those of importers that are of another one.
func knownFamilies(importers []evidence.Importer) []string {
	all := slices.Clone(families)
	for _, imp := range importers {
		if family := imp.Format().Family; !slices.Contains(all, family) {
			all = append(all, family)
		}
	}
	return all
}

// byFamily lists the formats of each family, by title; a mailbox at its provider is one of them.
func byFamily(importers []evidence.Importer, t *text.Printer) map[string][]offered {
	out := map[string][]offered{}
	for _, imp := range importers {
		f := imp.Format()
		out[f.Family] = append(out[f.Family], offered{id: f.ID, title: t.T("format." + f.ID)})
	}
	for _, list := range out {
		slices.SortFunc(list, func(a, b offered) int {
			return strings.Compare(strings.ToLower(a.title), strings.ToLower(b.title))
		})
	}
	out[evidence.FamilyMail] = append([]offered{{id: imapID, title: t.T("format.imap")}}, out[evidence.FamilyMail]...)
	return out
}

// imapID is the format of a mailbox that is read at its provider.
const imapID = "imap"

// readSources lists what was read, the latest first.
func readSources(p *profile.Profile, t *text.Printer) (out []source) {
	for _, box := range p.Mailboxes {
		name := mailboxName(box, p.Settings, t)
		out = append(out, source{
			box: box, name: name, what: t.T("find.mail.read", "host", box.Host, "date", t.Date(box.Read)),
			againWords: t.T("find.mail.again", "name", name), forgetWords: t.T("find.mail.forget", "name", name),
		})
	}
	scans := slices.Clone(p.Scans)
	slices.SortStableFunc(scans, func(a, b profile.Scan) int { return b.At.Compare(a.At) })
	for _, sc := range scans {
		s := source{
			of: sc.Source, name: sc.Source.Path, forgetWords: t.T("find.forget", "what", sc.Source.Path),
			what: t.T("format."+sc.Source.Format) + " · " + t.N("find.items", sc.Source.Items) + " · " + t.Date(sc.At),
		}
		if n := len(sc.Source.Problems); n > 0 {
			s.tags = append(s.tags, tag{t.N("find.source.problems", n), amber})
		}
		out = append(out, s)
	}
	return out
}

// mailboxName is the address of a mailbox as the person wants to see it.
func mailboxName(box profile.Mailbox, set profile.Settings, t *text.Printer) string {
	id, err := identifier.ParseEmail(box.User)
	if err != nil {
		return box.User
	}
	return t.Identifier(id, set.ShowValues)
}

// rest says what was read and shows no account, and why not.
func rest(d data, t *text.Printer) (out []line) {
	if n := len(d.overview.Mailed); n > 0 {
		l := line{text: t.N("find.mailed", n)}
		var why []string
		for _, k := range account.MailedWhy(d.overview.Mailed) {
			why = append(why, t.Number(int64(k.Senders))+t.T("kit.colon")+t.T(k.Why))
		}
		l.source = strings.Join(why, "\n")
		out = append(out, l)
	}
	if n := len(d.overview.Unmatched); n > 0 {
		out = append(out, line{text: t.N("find.unmatched", n)})
	}
	return out
}
