package archive

import (
	"net/netip"
	"strings"
	"time"
	"unicode"

	"unlisted/checks/evidence"
	"unlisted/checks/identifier"
)

// fullNumbers are the platforms whose exports write numbers with their country
// code, with or without the "+". Everybody else's may be as the person typed them.
var fullNumbers = map[string]bool{
	"discord.com": true, "facebook.com": true, "google.com": true, "hinge.co": true, "instagram.com": true, "openai.com": true,
	"snapchat.com": true, "telegram.org": true, "tiktok.com": true, "tinder.com": true, "whatsapp.com": true, "x.com": true,
}

// number reads what stands where a platform shows a number. A number that is
// there and cannot be read comes back as one that could not be placed; the zero
// value means that none is there.
func (p platform) number(value string) identifier.Identifier {
	value = strings.TrimSpace(value)
	if !writtenAsNumber(value) {
		if untold[strings.ToLower(value)] {
			p.out.Skip(evidence.UnclearNumber, "")
		}
		return identifier.Identifier{}
	}
	full, mayBeFull := "", value[0] >= '1' && value[0] <= '9' && len(value) >= minFull
	if mayBeFull {
		full = "+" + value
	}
	tries := [...]string{value, full}
	if fullNumbers[p.site] {
		tries = [...]string{full, value}
	}
	for _, s := range tries {
		if id, err := identifier.ParsePhone(s, p.out.Region()); err == nil {
			return id
		}
	}
	for _, own := range p.out.Own() { // written as in the country of a number the person has
		if id, err := identifier.ParsePhone(value, own.Region()); err == nil && own.Kind == identifier.KindPhone &&
			identifier.Same(id, own) {
			return own
		}
	}
	id, ok := identifier.Unplaced(value)
	if !ok { // letters that are dialled, a few digits: something is there, and nobody can say what
		p.out.Skip(evidence.UnclearNumber, "")
	}
	return id
}

// untold are the ways archives write that a value is there and is not shown.
var untold = map[string]bool{
	"redacted":      true,
	"unknown":       true,
	"(unknown)":     true,
	"not available": true,
	"hidden":        true,
	"withheld":      true,
}

// minFull is how many characters a number with its country code has at least.
const minFull = 9

// writtenAsNumber leaves out the ways archives write that there is none, and
// what has digits and is something else.
func writtenAsNumber(value string) bool {
	if nothing(value) || !strings.ContainsFunc(value, unicode.IsDigit) || !when(value).IsZero() {
		return false
	}
	_, err := netip.ParseAddr(value)
	return err != nil
}

// holdsNumber is holds where only a number can stand.
func (p platform) holdsNumber(value string, why evidence.Purpose) {
	if id := p.number(value); !id.IsZero() {
		p.shows(evidence.Confirmed, id, why, time.Time{})
	}
}
