package archive

import (
	"cmp"
	"context"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"unlisted/checks/evidence"
	"unlisted/checks/identifier"
)

// meta is what one of Meta's platforms writes into its archive. Paths changed
// three times, so members are known by their base name and read by the key of
// what they hold; the newest layout, label_values, has the same keys everywhere
// and is read by member.
type meta struct {
	site  string
	files map[string]labelReader         // base name in metaName's form; nil where the layout is not read
	keys  map[string]func(*owner, any)   // key of the outermost object
	pages map[string]func(*owner) pageOf // base name of a web page
	mine  func(name string) bool         // by path: whose a member is that both platforms name and write alike
}

// labelReader takes one value of the label_values layout.
type labelReader func(o *owner, l label)

// label is one value of the layout with what names it.
type label struct {
	block int    // place of its block
	field string // the field's own or translated name
	inner bool   // one field of a record, not a value of a list
	value string
}

// isName reports whether a field of a record names the record, in the languages seen.
func (l label) isName() bool {
	switch plain(l.field) {
	case "name", "app name", "nom", "nom de l application", "nombre", "naam", "nome", "app naam", "name der app":
		return true
	}
	return false
}

// pageOf takes the texts of a web page, one after another.
type pageOf func(b block)

// metaName is the base name without apostrophes, which come in every form:
// you've, you’ve, you_ve.
func metaName(name string) string {
	return strings.ReplaceAll(apostrophes.Replace(base(name)), "you_ve_", "youve_")
}

var apostrophes = strings.NewReplacer("'", "", "’", "", "‘", "", "ʼ", "")

// recognise looks for a member of a known name that begins with one of the keys
// only this platform writes.
func (m meta) recognise(in evidence.Input, keys ...string) bool {
	for _, f := range in.Files {
		name := metaName(f)
		_, data := m.files[name]
		_, page := m.pages[name]
		if (data || page) && hasAny(deepOpening(in, f), keys...) {
			return true
		}
	}
	return false
}

// holds reports whether a member that is read is there.
func (m meta) holds(in evidence.Input) bool {
	return slices.ContainsFunc(in.Files, func(f string) bool {
		_, data := m.files[metaName(f)]
		return (data || m.pages[metaName(f)] != nil) && m.mine(f)
	})
}

// named reports whether the archive or its outermost folder has the name that the platform gives it.
func (m meta) named(in evidence.Input) bool {
	brand, _, _ := strings.Cut(m.site, ".")
	return !metaDate(in).IsZero() &&
		(strings.HasPrefix(base(in.Label), brand) || len(in.Files) > 0 && strings.HasPrefix(strings.ToLower(in.Files[0]), brand))
}

// read reads every member that is known, and says of an archive of web pages
// that the other form holds more.
func (m meta) read(ctx context.Context, in evidence.Input, o *owner) error {
	data, pages := false, false
	for _, f := range in.Files {
		name := metaName(f)
		labels, known := m.files[name]
		page := m.pages[name]
		var err error
		switch {
		case known && !m.mine(f):
			err = m.member(ctx, in, f, o, nil)
		case known:
			data = true
			err = m.member(ctx, in, f, o, labels)
		case page != nil && m.mine(f):
			pages = true
			err = blocks(ctx, in, f, o.out, page(o))
		}
		if err != nil {
			return err
		}
	}
	if pages && !data {
		o.out.Problem(*evidence.NewProblem(in.Label, "error.evidence.archive_html"))
	}
	return nil
}

func (m meta) member(ctx context.Context, in evidence.Input, name string, o *owner, labels labelReader) error {
	n := 0
	return entries(ctx, in, name, o.out, func(key string, v any) {
		v = repair(v)
		list := items(object(v)["label_values"]) // several records, each a list of fields
		switch read := m.keys[key]; {
		case read != nil:
			read(o, v)
		case labels == nil:
		case key == "label_values":
			walkLabels(v, label{block: n}, func(l label) { labels(o, l) })
			n++
		case list != nil:
			for i, x := range list {
				walkLabels(x, label{block: i}, func(l label) { labels(o, l) })
			}
		}
	})
}

// walkLabels walks the layout: each field has a name of its own or a translated
// label, and a value, a list of values, or fields below.
func walkLabels(v any, l label, f func(label)) {
	switch v := v.(type) {
	case []any:
		for _, x := range v {
			walkLabels(x, l, f)
		}
	case map[string]any:
		l.field = cmp.Or(text(v["ent_field_name"]), text(v["label"]), l.field)
		if l.value = text(v["value"]); l.value != "" {
			f(l)
		}
		walkLabels(v["vec"], l, f)
		l.inner = true
		walkLabels(v["dict"], l, f)
	}
}

// metaFolder is how Meta names an archive and its outermost folder.
var metaFolder = regexp.MustCompile(`^(?:facebook|instagram)-.*-(20\d\d-\d\d-\d\d)-`)

// metaDate reads from the name of the archive when it was made.
func metaDate(in evidence.Input) time.Time {
	names := []string{base(in.Label)}
	if len(in.Files) > 0 {
		root, _, _ := strings.Cut(in.Files[0], "/")
		names = append(names, root)
	}
	for _, n := range names {
		if m := metaFolder.FindStringSubmatch(n); m != nil {
			return stamp(m[1])
		}
	}
	return time.Time{}
}

// contact reports an address, or a number where a country code or the label
// beside it says that it is one: dates and ids have as many digits. A text with
// an address in it is no address.
func (o *owner) contact(c evidence.Confidence, label, value string, why evidence.Purpose, first time.Time) bool {
	mail := strings.Contains(value, "@")
	if nothing(value) || mail && strings.ContainsAny(value, " <>") || !mail && !isNumber(label, value) {
		return false
	}
	return o.holdsAs(c, value, why, first)
}

// isNumber reports whether a value is written as, or labelled as, a number.
func isNumber(label, value string) bool {
	return identifier.International(value) || phoneWords.MatchString(plain(label))
}

// contactPage reads the addresses and numbers a page about the owner shows, each
// in a text of its own behind its label.
func contactPage(o *owner) pageOf {
	before := ""
	return func(b block) {
		o.contact(evidence.Confirmed, before, b.text, evidence.PurposeProfile, time.Time{})
		if userNameLabel(before) && !strings.ContainsAny(b.text, " /") {
			o.named(b.text)
		}
		before = b.text
	}
}

// userNameLabel recognises the label of the sign-in name.
func userNameLabel(label string) bool {
	switch plain(label) {
	case "username",
		"user name",
		"nom d utilisateur",
		"nom utilisateur",
		"benutzername",
		"nombre de usuario",
		"gebruikersnaam",
		"nome utente",
		"nome de usuário",
		"nome de utilizador":
		return true
	}
	return false
}

// listSentence begins what Meta's pages write beside a company that used a list,
// in the languages seen.
var listSentence = []string{
	"A list uploaded or used by the advertiser", "Liste importée ou utilisée par l’annonceur", "Une liste importée ou utilisée par l’annonceur",
	"Una lista subida o utilizada por el anunciante", "Een lijst die is geüpload of gebruikt door de adverteerder", "Eine Liste, die vom Werbetreibenden hochgeladen oder verwendet wurde",
}

// advertiserPage reads companies behind the sentence: in the same text, or in
// those that follow up to the next sentence or the end of their row.
func advertiserPage(o *owner) pageOf {
	inList, named, row := false, 0, 0
	return func(b block) {
		if b.row != row && named > 0 {
			inList = false
		}
		row = b.row
		sentence, rest := afterSentence(b.text)
		switch {
		case sentence:
			o.ads, inList, named = true, rest == "", 0
			o.advertiser(rest)
		case isSentence(b.text):
			inList = false
		case inList && b.text != "":
			named++
			o.advertiser(b.text)
		}
	}
}

// afterSentence cuts the sentence off a text, whatever its apostrophes.
func afterSentence(s string) (found bool, rest string) {
	plainer := strings.ReplaceAll(s, "'", "’")
	for _, p := range listSentence {
		if strings.HasPrefix(plainer, p) {
			return true, strings.Trim(string([]rune(s)[utf8.RuneCountInString(p):]), " :")
		}
	}
	return false, ""
}

// isSentence tells the other sentences from names of companies: what the person
// did at an advertiser's site, app or shop is said in six words or more.
func isSentence(s string) bool {
	low := strings.ToLower(s)
	return len(strings.Fields(s)) >= 6 &&
		(strings.HasPrefix(low, "intera") || strings.Contains(low, "advertiser") || strings.Contains(low, "annonceur") ||
			strings.Contains(low, "anunciante") || strings.Contains(low, "adverteerder") || strings.Contains(low, "werbetreibende"))
}

// repair undoes Meta's double encoding, where each byte of a UTF-8 text is
// written as a character of its own, in values and in keys. Text that is right
// already stays.
func repair(v any) any {
	switch v := v.(type) {
	case string:
		return repairText(v)
	case []any:
		for i := range v {
			v[i] = repair(v[i])
		}
	case map[string]any:
		out := make(map[string]any, len(v))
		for k, x := range v {
			out[repairText(k)] = repair(x)
		}
		return out
	}
	return v
}

func repairText(s string) string {
	b := make([]byte, 0, len(s))
	high := false
	for _, r := range s {
		if r > 0xff {
			return s
		}
		high = high || r >= 0x80
		b = append(b, byte(r))
	}
	if !high || !utf8.Valid(b) {
		return s
	}
	return string(b)
}

// pick returns what is under the first of the keys that is there.
func pick(m map[string]any, keys ...string) any {
	for _, k := range keys {
		if v, ok := m[k]; ok {
			return v
		}
	}
	return nil
}

func items(v any) []any {
	l, _ := v.([]any)
	return l
}

func object(v any) map[string]any {
	m, _ := v.(map[string]any)
	return m
}
