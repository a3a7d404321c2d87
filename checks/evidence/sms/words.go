package sms

import (
	_ "embed"
	"strings"

	"unlisted/checks/datafile"
	"unlisted/checks/evidence/wording"
)

//go:embed words.txt
var wordsText string

// vocabulary is words.txt: which words a text message is read by.
var vocabulary = datafile.Must(wording.Read("words.txt", wordsText))

var (
	codeNouns    = set("code nouns")
	otherCodes   = set("other codes")
	qualifiers   = set("qualifiers")
	joiners      = set("joiners")
	forWords     = set("for words")
	leading      = set("leading")
	owners       = set("owners")
	articles     = set("articles")
	links        = set("links")
	accountNouns = set("account nouns")
	never        = set("never")
	counted      = set("counted")
	money        = set("money")
	units        = set("units")
	products     = set("products")
	toward       = set("toward")
	bareEndings  = set("bare endings")
	anonymous    = set("anonymous")
	codeMarks    = vocabulary["words code marks"]
	twoStep      = vocabulary["two step"] // words joined by spaces
)

// set is a section as a set of its words.
func set(section string) map[string]bool {
	out := map[string]bool{}
	for _, w := range vocabulary["words "+section] {
		out[w] = true
	}
	return out
}

// themes are stems that tell what a message is about.
type theme uint8

const (
	themeStrong    theme = 1 << iota // proof of identity
	themeDelivery                    // parcels and pick-up
	themePromotion                   // rebates
	themeElsewhere                   // doors, networks, meetings
	themePayment                     // a purchase or a transfer
	themeAlert                       // something happened to an account
	themeOff                         // something was switched off
	themeLure                        // what smishing speaks about
)

var themeSections = map[string]theme{
	"strong": themeStrong, "delivery": themeDelivery, "promotion": themePromotion, "elsewhere": themeElsewhere,
	"payment": themePayment, "alert": themeAlert, "off": themeOff, "lure": themeLure,
}

// stemIndex finds themes by the first letter.
type stemIndex [256][]stem

type stem struct {
	stem  string
	theme theme
}

func newStemIndex() *stemIndex {
	x := &stemIndex{}
	for section, theme := range themeSections {
		for _, s := range vocabulary["words theme "+section] {
			x[s[0]] = append(x[s[0]], stem{s, theme})
		}
	}
	return x
}

// of returns the themes of a folded word.
func (x *stemIndex) of(word string) (out theme) {
	for _, s := range x[word[0]] {
		// Short stems are whole words: "tur" is a door, "turn" is none.
		if strings.HasPrefix(word, s.stem) && (len(s.stem) > 4 || len(word) == len(s.stem)) ||
			s.stem == "verif" && strings.HasPrefix(word, s.stem) {
			out |= s.theme
		}
	}
	return out
}
