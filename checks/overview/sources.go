package overview

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"time"

	"unlisted/checks/account"
	"unlisted/checks/catalog"
	"unlisted/checks/evidence"
	"unlisted/checks/profile"
	"unlisted/checks/reach"
)

// SourceState is how far one source of evidence was read.
type SourceState uint8

// The states, in the order in which they are told.
const (
	SourceRead    SourceState = iota // read whole
	SourcePartial                    // read, with gaps or with nothing in it
	SourceAsked                      // the platform was asked for it
	SourceMissing                    // neither
)

// SourceLine is one source of evidence of a person: a family of files (their
// mail, their saved passwords), or the archive of one platform.
type SourceLine struct {
	Family   string // evidence.Format.Family
	Format   string // evidence.Format.ID of an archive; "" of a family
	Platform string // whose archive it is, as the catalogue calls it; "" of a family
	State    SourceState
	At       time.Time // the day it was last read, or asked for
	Due      time.Time // when it should be here, of one that was asked for; zero where nobody says
	Files    int       // how many were read
	Gaps     int       // problems met while reading them
	Items    int       // records read
}

// sourceFamilies are the families that everybody may have, the most telling for
// the least effort first. They hold whatever the person's accounts are; archives
// are counted one by one.
var sourceFamilies = []string{"mailbox", "logins", "messages", "authenticator"}

const familyArchive = "archive"

// showsNumber are the families that say who holds a number: texted codes, and
// what a platform itself says.
var showsNumber = []string{"messages", familyArchive}

// Sources says how complete the evidence of a profile is: what was read, what
// was asked for, and what is still missing, in this order. Families nobody has
// an importer for are left out; an archive is listed where it was read or asked
// for, or where the person has an account and it can be read.
func Sources(p *profile.Profile, o Overview, c *catalog.Catalog, formats []evidence.Format) []SourceLine {
	known := map[string]evidence.Format{}
	lines := map[string]*SourceLine{}
	var order []*SourceLine
	line := func(f evidence.Format) *SourceLine {
		l := SourceLine{Family: f.Family, State: SourceMissing}
		key := f.Family
		if f.Family == familyArchive {
			key, l.Format, l.Platform = f.ID, f.ID, f.Site
		}
		if lines[key] == nil {
			lines[key] = &l
			order = append(order, &l)
		}
		return lines[key]
	}
	for _, f := range formats {
		known[f.ID] = f
	}
	for _, family := range sourceFamilies {
		if i := slices.IndexFunc(formats, func(f evidence.Format) bool { return f.Family == family }); i >= 0 {
			line(formats[i])
		}
	}
	for _, f := range archives(p, o.Accounts, c, formats) {
		line(f)
	}
	for _, s := range p.Scans {
		if f, ok := formatOf(s.Source.Format, known, p.Findings); ok {
			line(f).read(s)
		}
	}
	for _, id := range slices.Sorted(maps.Keys(p.Asked)) {
		if f, ok := known[id]; ok {
			line(f).ask(p.Asked[id], DueOf(id, p.Asked[id]))
		}
	}
	slices.SortStableFunc(order, func(a, b *SourceLine) int { return cmp.Compare(a.rank(), b.rank()) })
	out := make([]SourceLine, len(order))
	for i, l := range order {
		out[i] = *l
	}
	return out
}

// formatOf is the format of a source that was read, also of one that no
// importer of this program reads any more, or of a mailbox at its provider.
func formatOf(id string, known map[string]evidence.Format, findings []evidence.Finding) (evidence.Format, bool) {
	if f, ok := known[id]; ok {
		return f, true
	}
	for _, f := range findings {
		if f.Format == id && f.Family != "" && f.Family != familyArchive {
			return evidence.Format{ID: id, Family: f.Family}, true
		}
	}
	return evidence.Format{ID: id, Family: familyMail}, id == formatIMAP
}

// A mailbox that is read at its provider has no importer of files.
const (
	formatIMAP = "imap"
	familyMail = "mailbox"
)

// archives are those of the platforms where the person has an account, or says
// so, the accounts that most hangs on first, then by name of the platform.
func archives(
	p *profile.Profile, accounts []account.Account, c *catalog.Catalog, formats []evidence.Format,
) (out []evidence.Format) {
	tier := map[string]reach.Tier{}
	for platform, on := range p.Uses {
		if on {
			tier[platform] = reach.TierOf(c.Get(platform, platform))
		}
	}
	for _, a := range accounts {
		tier[a.Platform] = reach.TierOf(c.Get(a.Platform, a.Name))
	}
	for _, f := range formats {
		if _, has := tier[f.Site]; has && f.Family == familyArchive {
			out = append(out, f)
		}
	}
	slices.SortFunc(out, func(a, b evidence.Format) int {
		return cmp.Or(cmp.Compare(tier[a.Site], tier[b.Site]), strings.Compare(a.Site, b.Site), strings.Compare(a.ID, b.ID))
	})
	return out
}

func (l *SourceLine) read(s profile.Scan) {
	l.Files++
	l.Items += s.Source.Items
	l.Gaps += len(s.Source.Problems)
	if s.At.After(l.At) {
		l.At = s.At
	}
	l.State = SourceRead
	if l.Gaps > 0 || l.Items == 0 {
		l.State = SourcePartial
	}
}

// ask notes that it was asked for, unless it was read since.
func (l *SourceLine) ask(at, due time.Time) {
	if l.State == SourceMissing || at.After(l.At) {
		l.State, l.At, l.Due = SourceAsked, at, due
	}
}

// rank puts what was read before what was asked for, and that before what is
// missing.
func (l *SourceLine) rank() SourceState { return max(l.State, SourcePartial) }

// NumbersShown reports whether anything was read that says who holds a number.
// Without it a count of none means nothing.
func NumbersShown(list []SourceLine) bool {
	return slices.ContainsFunc(list, func(l SourceLine) bool {
		return l.State <= SourcePartial && l.Items > 0 && slices.Contains(showsNumber, l.Family)
	})
}

// Begun reports whether there is anything to add up: a file was read, a source
// asked, or an account named by hand.
func Begun(p *profile.Profile) bool {
	return len(p.Scans) > 0 || len(p.Findings) > 0 || len(p.Claims) > 0 || len(p.Lookups) > 0
}
