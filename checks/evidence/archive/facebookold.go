package archive

import (
	"regexp"
	"strings"
	"time"

	"unlisted/checks/evidence"
)

// fbOldPages reports the archive that Facebook made until 2018: web pages index.htm and html/*.htm.
func fbOldPages(in evidence.Input) bool {
	for _, f := range in.Find("contact_info.htm") {
		if hasAny(opening(in, f), "<html", "<h1", "<h2", "<table") {
			return true
		}
	}
	for _, f := range in.Find("index.htm", "apps.htm", "ads.htm", "security.htm", "timeline.htm", "wall.htm", "friends.htm", "messages.htm") {
		if hasAny(opening(in, f), "contact_info.htm", "html/timeline.htm", "html/wall.htm") {
			return true
		}
	}
	return false
}

// fbOldOthers are headings below which other people stand.
var fbOldOthers = regexp.MustCompile(
	`address book|carnet|adressbuch|libreta|rubrica|adresboek|friends|amis|freunde|amigos`,
)

// fbOldContacts reads the page of contact details: a label, and in a list beside it addresses, or numbers behind the kind
// of phone. A text that is neither ends the list, and a heading about others ends it all.
func fbOldContacts(o *owner) pageOf {
	label, others := "", false
	return func(b block) {
		value := b.text
		if _, behind, ok := strings.Cut(value, ": "); ok {
			value = behind
		}
		name := plain(b.text)
		switch {
		case others:
		case strings.Contains(value, "@") && mailWords.MatchString(label):
			o.contact(evidence.Confirmed, label, value, evidence.PurposeProfile, time.Time{})
		case onlyNumber(value) && phoneWords.MatchString(label):
			o.contact(evidence.Confirmed, label, value, evidence.PurposeProfile, time.Time{})
		case fbOldOthers.MatchString(name) && b.row == 0:
			others = true
		default:
			label = name
		}
	}
}

// onlyNumber reports a text of nothing but what numbers are written with.
func onlyNumber(s string) bool {
	return len(s) >= 6 && strings.Trim(s, "+0123456789 ().-/\u00a0\u202f") == ""
}

// fbOldApps reads the apps below their heading, each an item of a list.
func fbOldApps(o *owner) pageOf {
	return fbOldList(
		regexp.MustCompile(`(?i)install|active apps|apps and websites`),
		func(name string) { o.linked(name, time.Time{}) },
	)
}

// fbOldAds reads the companies below the heading that says they have the person's contact data.
func fbOldAds(o *owner) pageOf {
	return fbOldList(
		regexp.MustCompile(
			`(?i)advertisers with|annonceurs (qui|ayant|avec)|werbetreibende|anunciantes con|inserzionisti`,
		),
		func(name string) {
			o.ads = true
			o.advertiser(name)
		},
	)
}

// fbOldList hands the items of the list below a heading to f.
func fbOldList(heading *regexp.Regexp, f func(name string)) pageOf {
	at, row := -1, 0
	return func(b block) {
		switch {
		case heading.MatchString(b.text):
			at, row = b.row, b.row
		case at >= 0 && b.row > row && b.text != "" && !strings.HasPrefix(b.text, "Downloaded by"):
			row = b.row
			f(b.text)
		}
	}
}
