// Mailtruth writes an invented mailbox of which everything is known (who wrote,
// what kind of mail it is, where the person has an account) and measures the
// mailbox importer against it. Its wordings were written without looking at the
// importer's lists, from how services write in seven languages. Equal sizes and
// seeds give equal mailboxes.
package main

import (
	"embed"
	"hash/fnv"
	"slices"
	"strings"
)

//go:embed wording
var wording embed.FS

// Kind is what a mail really is.
type Kind string

// The kinds. Those up to kindClosed are written to who has an account.
const (
	kindWelcome    Kind = "welcome"
	kindVerify     Kind = "verify"
	kindReset      Kind = "reset"
	kindSecurity   Kind = "security"
	kindCode       Kind = "code"
	kindContact    Kind = "contact"
	kindReceipt    Kind = "receipt"
	kindNotice     Kind = "notice"
	kindBreach     Kind = "breach"
	kindClosed     Kind = "closed"
	kindSocial     Kind = "social"
	kindInvitation Kind = "invitation" // somebody else's, to a platform the person is not on
	kindGuest      Kind = "guest"      // an order without an account
	kindBusiness   Kind = "smallbiz"   // a craftsman's or a doctor's, who have no accounts
	kindOptIn      Kind = "optin"      // of a newsletter
	kindNewsletter Kind = "newsletter"
	kindPersonal   Kind = "personal"
	kindList       Kind = "list"
	kindForwarded  Kind = "forwarded" // by a friend, of a mail about the friend's account
	kindAutoReply  Kind = "autoreply"
	kindSpam       Kind = "spam"
	kindPhishing   Kind = "phishing"
)

// proving are the kinds that only who has an account gets.
var proving = []Kind{kindWelcome, kindVerify, kindReset, kindSecurity, kindCode, kindContact, kindReceipt, kindNotice, kindBreach, kindClosed}

var allKinds = append(slices.Clone(proving), kindSocial, kindInvitation, kindGuest, kindBusiness, kindOptIn, kindNewsletter, kindPersonal, kindList, kindForwarded, kindAutoReply, kindSpam, kindPhishing)

var languages = []string{"en", "fr", "de", "es", "it", "pt", "nl"}

// corpus is every wording: language and kind to subjects.
type corpus map[string]map[Kind][]string

func readCorpus() (corpus, error) {
	c := corpus{}
	for _, lang := range languages {
		b, err := wording.ReadFile("wording/" + lang + ".txt")
		if err != nil {
			return nil, err
		}
		c[lang] = map[Kind][]string{}
		var kind Kind
		for line := range strings.Lines(string(b)) {
			line = strings.TrimSpace(line)
			if name := Kind(strings.Trim(line, "[]")); strings.HasPrefix(line, "[") && slices.Contains(allKinds, name) {
				kind = name
			} else if line != "" {
				c[lang][kind] = append(c[lang][kind], line)
			}
		}
	}
	return c, nil
}

// half splits the wordings in two: A may be looked at to improve the importer,
// B only measures.
func half(template string) byte {
	h := fnv.New32a()
	h.Write([]byte(template))
	return 'A' + byte(h.Sum32()>>7&1)
}

// rows reads a table of tab-separated columns.
func rows(name string) ([][]string, error) {
	b, err := wording.ReadFile("wording/" + name)
	if err != nil {
		return nil, err
	}
	var out [][]string
	for line := range strings.Lines(string(b)) {
		if line = strings.TrimSpace(line); line != "" {
			out = append(out, strings.Split(line, "\t"))
		}
	}
	return out, nil
}
