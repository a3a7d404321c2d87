package sms

import (
	"slices"
	"strings"
	"unicode/utf8"

	"unlisted/checks/evidence/wording"
)

// What people write and services do not, in the words' languages.
var (
	personalWords = wording.Words().Matcher("personal")
	serviceWords  = wording.Words().Matcher("service")
	mine          = wording.Words().Set("mine")
)

// personal reports a message that a person wrote, whatever it quotes: it speaks
// of the writer's own code, asks for one, passes one on, or has words of its own
// around somebody else's in quotation marks.
func (r reading) personal(body string) bool {
	return r.ownCode() || r.quoted() || len(personalWords.Ends(wording.Fold(body))) > 0 ||
		strings.HasPrefix(strings.TrimSpace(body), ">")
}

// ownCode reports "my code" and "my Uber code".
func (r reading) ownCode() bool {
	for _, n := range r.nouns {
		for i := n - 1; i >= 0 && i >= n-1-maxNameWords; i-- {
			t := r.tokens[i]
			if t.shape == shapeMark && !t.is("-–'’") || owners[t.fold] && !mine[t.fold] {
				break
			}
			if mine[t.fold] {
				return true
			}
		}
	}
	return false
}

// quoted reports a code in quotation marks with words before them.
func (r reading) quoted() bool {
	open, words := -1, 0
	for i, t := range r.tokens {
		switch {
		case t.is("\"“„«") && i <= r.code:
			open = i
		case t.shape == shapeWord && open < 0:
			words++
		}
	}
	return open > 0 && words > 0 && open < r.code && r.at(open+2).shape != shapeMark
}

// official reports the way services speak of a code: to its owner, with the
// words of a proof of identity, or with what they add to one.
func (r reading) official(body string) bool {
	if r.google || r.meta || len(serviceWords.Ends(wording.Fold(body))) > 0 {
		return true
	}
	if t := r.at(r.start()); t.shape == shapeWord && t.text[0] < utf8.RuneSelf && !t.capital() {
		return false // people do not trouble with capitals
	}
	return r.themes&themeStrong != 0 || r.owned()
}

// owned reports "your code", "your Shop code" and "your account".
func (r reading) owned() bool {
	for n, t := range r.tokens {
		if !slices.Contains(r.nouns, n) && !accountNouns[t.fold] {
			continue
		}
		for i := n - 1; i >= 0 && i >= n-1-maxNameWords; i-- {
			if owners[r.tokens[i].fold] && !articles[r.tokens[i].fold] && r.tokens[i].fold != "o" &&
				r.tokens[i].fold != "il" {
				return true
			}
		}
	}
	return false
}
