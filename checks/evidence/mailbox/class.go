package mailbox

import (
	"cmp"
	"strings"

	"unlisted/checks/evidence/wording"
)

// class is what kind of mail it is; "mail.class.<class>" is its name.
type class string

// The classes. All but the last two show that an account exists.
const (
	classNone         class = ""
	classContact      class = "contact-change"
	classBreach       class = "breach-notice"
	classClosed       class = "closed"
	classReset        class = "reset"
	classVerification class = "verification"
	classSecurity     class = "security"
	classSignUp       class = "sign-up"
	classReceipt      class = "receipt"
	classNotice       class = "notice"
	classSocial       class = "social"
	classNewsletter   class = "newsletter"
	classOther        class = "other" // a name for classNone
	classOrder        class = "order" // of goods, or a bill: a guest gets it too
)

// classes are told by their words in this order: what makes no account comes
// first, then what changes an account, then what merely mentions one.
var classes = []class{
	classNone, classNewsletter, classClosed, classContact, classBreach, classReset, classVerification, classSecurity, classSignUp, classReceipt, classNotice, classSocial, classOrder,
}

// subjects finds the wordings of the classes, sections "mail <class>" of the words.
var subjects = wording.Words().Matcher(sections(classes)...)

func sections(list []class) (out []string) {
	for _, c := range list {
		out = append(out, "mail "+string(cmp.Or(c, "none")))
	}
	return out
}

// said is the first class whose words stand in a folded text.
func said(text string) (class, bool) {
	section, found := subjects.First(text)
	c := class(strings.TrimPrefix(section, "mail "))
	if c == "none" {
		c = classNone
	}
	return c, found
}

func fold(s string) string { return wording.Fold(s) }

// maxFolded bounds how much of a subject is looked at.
const maxFolded = 500

// classify decides by subject and bulk headers. A mail of no known wording from
// a bulk sender is a newsletter.
func classify(h header, subject string) class {
	if len(subject) > maxFolded {
		subject = subject[:maxFolded]
	}
	subject = fold(subject)
	if discount(subject) {
		return classNewsletter
	}
	if c, found := said(subject); found {
		return c
	}
	if h.first("list-unsubscribe") != "" || strings.EqualFold(h.first("precedence"), "bulk") {
		return classNewsletter
	}
	return classNone
}

// discount finds "-20 %".
func discount(s string) bool {
	for {
		minus := strings.IndexByte(s, '-')
		if minus < 0 {
			return false
		}
		s = strings.TrimPrefix(s[minus+1:], " ")
		rest := strings.TrimLeft(s, "0123456789")
		if n := len(s) - len(rest); n > 0 && n <= 2 && strings.HasPrefix(strings.TrimPrefix(rest, " "), "%") {
			return true
		}
	}
}
