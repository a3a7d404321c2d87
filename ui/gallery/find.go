package gallery

import (
	"fmt"
	"strings"
	"time"

	"unlisted/checks/evidence"
	"unlisted/checks/identifier"
	"unlisted/checks/profile"
	"unlisted/ui/shell"
)

// findScenes are the states of the pages You and Find.
func findScenes() []Scene {
	typed := func(v string) map[string]string { return map[string]string{"identifier": v} }
	searched := func(v string) map[string]string { return map[string]string{"search": v} }
	look := []string{"find.here.look"}
	return []Scene{
		{Name: "you-refused", Place: "you", Type: typed("rose@mail.example, 06 12, lou@post"), Press: []string{"you.add"}},
		{Name: "you-many", Place: "you", Prepare: many},
		{Name: "find-here", Place: "find", Press: look},
		{Name: "find-here-list", Place: "find", Width: 1280, Height: 1100, Press: look, Prepare: tapped},
		{Name: "find-list", Place: "find", Prepare: tapped},
		{Name: "find-here-wide", Place: "find", Width: 1280, Height: 900, Press: look},
		{Name: "find-300", Claims: 300, Place: "find"},
		{Name: "find-5000", Claims: 5000, Place: "find"},
		{Name: "find-group", Sample: true, Place: "find", Arg: "group/number"},
		{Name: "find-proof", Sample: true, Place: "find", Arg: "x.com", Press: []string{"find.say.open"}},
		{Name: "find-search", Sample: true, Place: "find", Type: searched("red")},
		{Name: "find-search-none", Sample: true, Place: "find", Type: searched("no such platform")},
		{Name: "find-unlisted-number", Sample: true, Place: "find", Arg: "facebook.com", Prepare: unlisted},
		{Name: "find-names", Place: "find", Prepare: names},
		{Name: "find-review-again", Sample: true, Place: "find", Read: readAgain, Prepare: halfRead},
		{Name: "find-review-nothing", Place: "find", Read: []string{emptyFile}},
	}
}

// fill types into fields, by their id.
func (d *Data) fill(s *shell.Shell, typed map[string]string) {
	for _, n := range s.Kit().Nodes() {
		if v, is := typed[n.ID]; is && n.Type != nil {
			n.Type(v)
			d.settle()
			return // the page was built anew
		}
	}
}

// tapped says what the person uses, and what they asked for.
func tapped(p *profile.Profile) {
	p.Uses = map[string]bool{
		"mail.gmail": true, "phone.iphone": true, "passwords.firefox": true,
		"facebook.com": true, "x.com": true, "whatsapp.com": true,
	}
	p.Asked = map[string]time.Time{
		"x-archive":        time.Date(2026, 11, 20, 9, 0, 0, 0, time.UTC),
		"facebook-archive": time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC),
	}
	p.Scans = append(p.Scans, profile.Scan{
		Source: evidence.Source{Path: "logins.json", Format: "firefox-profile", Items: 41},
		At:     time.Date(2026, 11, 24, 8, 0, 0, 0, time.UTC),
	})
}

// many gives the person sixty identifiers.
func many(p *profile.Profile) {
	for i := range 60 {
		id := identifier.Identifier{Kind: identifier.KindEmail, Value: fmt.Sprintf("%c%d@mail%d.example", 'a'+i%26, i, i)}
		if i%3 == 0 {
			id = identifier.Identifier{Kind: identifier.KindPhone, Value: fmt.Sprintf("+336399812%02d", i)}
		}
		p.Identifiers = append(p.Identifiers, profile.Own{ID: id})
	}
}

// names gives the person accounts with names as files bring them.
func names(p *profile.Profile) {
	for i, name := range []string{
		strings.Repeat("a name of two hundred signs that goes on ", 5),
		"اسم المستخدم", "e\u0301\u0323\u0302 o\u0308 n\u0303", "a\x1b[31mred\x00", "p\u202etxt.exe",
	} {
		p.Findings = append(p.Findings, evidence.Finding{
			Fact: evidence.FactAccount, Site: fmt.Sprintf("site%d.example", i), UserName: name,
			Confidence: evidence.Confirmed, Purpose: evidence.PurposeSignIn,
			Format: "chrome-csv", Family: "logins", Source: "passwords.csv", Count: 1,
		})
	}
}

// unlisted leaves the person with one identifier, so that the files show others.
func unlisted(p *profile.Profile) { p.Identifiers = p.Identifiers[:1] }

// readAgain are files of the invented person that were read before.
var readAgain = []string{"Chrome Passwords.csv", "bitwarden_export.json"}

// halfRead leaves out some of what the invented person's files show, so that reading them again shows something new.
func halfRead(p *profile.Profile) {
	var rest []evidence.Finding
	for i, f := range p.Findings {
		if i%3 != 0 {
			rest = append(rest, f)
		}
	}
	p.Findings = rest
}

// emptyFile stands for an export without any login in it.
const emptyFile = "nothing.csv"
