// Package letter writes what a person can demand of a platform by law. It sends
// nothing and keeps nothing: the text is for the person to read, sign and send.
package letter

import (
	"slices"
	"strings"
	"time"

	"unlisted/checks/account"
	"unlisted/checks/catalog"
	"unlisted/checks/identifier"
	"unlisted/checks/text"
)

// Number is the letter to a platform that does not let a number go. The law it
// names is the General Data Protection Regulation: data that is needed and no
// more (article 5(1)(c)), the objection to direct marketing, which must always be
// heeded (21(2) and (3)), and the answer within one month (12(3)).
// https://eur-lex.europa.eu/eli/reg/2016/679/oj
type Number struct {
	Platform *catalog.Platform
	SignIn   string                // the name the account is known by; "" leaves a line for it
	Number   identifier.Identifier // written in full: the platform has it
	Date     time.Time
}

// Write writes the letter in the language of t. It is plain text.
func (n Number) Write(t *text.Printer) string {
	to := []string{n.Platform.Name}
	c := n.Platform.Contact
	for _, line := range append([]string{c.Name}, strings.Split(c.Address, "\n")...) {
		if line = strings.TrimSpace(line); line != "" && line != n.Platform.Name {
			to = append(to, line)
		}
	}
	for _, line := range []string{c.Email, c.Webform} {
		if line != "" {
			to = append(to, line)
		}
	}
	sign := n.SignIn
	if sign == "" {
		sign = "______________________"
	}
	args := []any{"platform", n.Platform.Name, "account", sign, "number", n.Number.Display()}
	parts := []string{
		strings.Join(
			to,
			"\n",
		), t.Date(n.Date), t.T("letter.number.subject", args...), t.T("letter.number.who", args...), t.T("letter.number.need", args...),
		t.T(
			"letter.number.only",
			args...), t.T("letter.number.object", args...), t.T("letter.number.answer", args...), t.T("letter.sign"), "______________________",
	}
	return text.VisibleLines(strings.Join(parts, "\n\n") + "\n")
}

// NumberOf is the number that a platform holds for an account: one that the
// proof shows, or the person's only one where the number is the account itself.
// The zero value where there is none.
func NumberOf(a account.Account, p *catalog.Platform, own []identifier.Identifier) identifier.Identifier {
	phones := func(ids []identifier.Identifier) []identifier.Identifier {
		return slices.DeleteFunc(
			slices.Clone(ids),
			func(id identifier.Identifier) bool { return id.Kind != identifier.KindPhone },
		)
	}
	if held := phones(a.Identifiers); len(held) > 0 {
		return held[0]
	}
	if mine := phones(own); p.NumberIsID && len(mine) == 1 {
		return mine[0]
	}
	return identifier.Identifier{}
}
