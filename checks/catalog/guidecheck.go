package catalog

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/publicsuffix"

	"unlisted/checks/text"
)

// CheckGuide reads the guide of a platform as Load does and holds it to the full
// standard besides: complete, sourced, in every language of the printers, and
// free of contradictions, in itself and with what the catalogue knows. Each
// mistake is a sentence with file, line and field; that a guide is a draft is
// one, the last.
func (c *Catalog) CheckGuide(file string, raw []byte, printers ...*text.Printer) []error {
	p, ok := c.ByID(strings.TrimSuffix(file, ".json"))
	if !ok {
		return []error{guideError(file, "no such platform in the catalogue")}
	}
	r := guideReader{file: file, raw: raw, own: slices.Clone(p.Domains)}
	g, err := r.guide()
	switch {
	case len(r.errs) > 0:
		return r.errs
	case err != nil:
		return []error{err}
	}
	k := guideCheck{&r, p, g, printers}
	k.sources()
	k.languages()
	k.facts()
	k.complete()
	k.contradictions()
	for i := range g.Steps {
		k.step(fmt.Sprintf("steps[%d]", i), g.Steps[i])
	}
	for i := range g.Leave {
		k.step(fmt.Sprintf("leave[%d]", i), g.Leave[i])
	}
	k.copies()
	k.links()
	if g.Draft {
		r.wrong("draft", "a draft: take this line out once nothing else is wrong")
	}
	return r.errs
}

// guideCheck holds one guide to the full standard.
type guideCheck struct {
	*guideReader
	p        *Platform
	g        *Guide
	printers []*text.Printer
}

func (k guideCheck) at(kind StepKind) int {
	return slices.IndexFunc(k.g.Steps, func(s Step) bool { return s.Kind == kind })
}

func (k guideCheck) has(kinds ...StepKind) bool {
	return slices.ContainsFunc(kinds, func(x StepKind) bool { return k.at(x) >= 0 })
}

func (k guideCheck) is(fact string, values ...string) bool {
	return slices.Contains(values, k.g.Facts[fact].Value)
}

// sources checks that every source is dated to the day, quoted and relied on.
func (k guideCheck) sources() {
	used := map[string]bool{}
	for _, list := range k.claims() {
		for _, id := range list {
			used[id] = true
		}
	}
	for _, id := range slices.Sorted(maps.Keys(k.in.Sources)) {
		s, place := k.in.Sources[id], "sources."+id
		if _, err := time.Parse(time.DateOnly, s.Seen); err != nil {
			k.wrong(place+".seen", "%q: the whole day it was seen, as YYYY-MM-DD", s.Seen)
		}
		if strings.TrimSpace(s.Title) == "" {
			k.wrong(place+".title", "a source needs the title of its page")
		}
		if utf8.RuneCountInString(s.Quote) < 8 {
			k.wrong(place+".quote", "the sentence relied on is missing, word for word")
		}
		if !used[id] {
			k.wrong(place, "nothing rests on it")
		}
	}
	if _, err := time.Parse(time.DateOnly, k.in.Reviewed); err != nil {
		k.wrong("reviewed", "%q: the whole day, as YYYY-MM-DD", k.in.Reviewed)
	}
}

// claims lists the sources of everything in the file.
func (k guideCheck) claims() (out [][]string) {
	for _, f := range k.in.Facts {
		out = append(out, f.Sources)
	}
	for _, section := range []map[string]claimFile{k.in.Uses, k.in.Channels} {
		for _, c := range section {
			out = append(out, c.Sources)
		}
	}
	for _, c := range k.in.Preconditions {
		out = append(out, c.Sources)
	}
	for _, w := range k.in.Ways {
		out = append(out, w.Sources)
	}
	for _, x := range k.in.Risks {
		out = append(out, x.Sources)
	}
	for _, a := range k.in.Absent {
		out = append(out, a.Sources)
	}
	for _, s := range slices.Concat(k.in.Steps, k.in.Leave) {
		out = append(out, s.Sources)
	}
	return out
}

// languages checks every text of the file: in all languages, French set as
// French is, no form letter.
func (k guideCheck) languages() {
	var doc any
	_ = json.Unmarshal(k.raw, &doc) // it has been read before
	k.walk("", doc)
}

func (k guideCheck) walk(place string, v any) {
	switch v := v.(type) {
	case []any:
		for i, x := range v {
			k.walk(fmt.Sprintf("%s[%d]", place, i), x)
		}
	case map[string]any:
		if _, spoken := v["en"].(string); spoken {
			k.spoken(place, v)
			return
		}
		for _, key := range slices.Sorted(maps.Keys(v)) {
			k.walk(strings.TrimPrefix(place+"."+key, "."), v[key])
		}
	}
}

var (
	// tight is a sign that French sets off by a space, without one.
	tight = regexp.MustCompile(`[\p{L}\d)][;:!?»](\s|$)|«\pL`)
	// plain is a typewriter apostrophe, or a breaking space before such a sign.
	plain = regexp.MustCompile(`'| [;:!?»]|« `)
)

// formLetters are phrases that fit any platform and help at none.
var formLetters = map[string][]string{
	"en": {
		"your account settings",
		"follow what the page says",
		"which number and address stand there",
		"nobody has confirmed",
		"look whether this exists",
	},
	"fr": {
		"les réglages de votre compte",
		"boîte aux lettres",
		"boite aux lettres",
		"personne ne l’a encore confirmé",
		"regardez si cela existe",
		"suivez ce que dit la page",
	},
}

func (k guideCheck) spoken(place string, texts map[string]any) {
	for _, p := range k.printers {
		s, _ := texts[p.Lang()].(string)
		if strings.TrimSpace(s) == "" {
			k.wrong(place+"."+p.Lang(), "it is missing in this language")
			continue
		}
		for _, letter := range formLetters[p.Lang()] {
			if strings.Contains(strings.ToLower(s), letter) {
				k.wrong(place+"."+p.Lang(), "%q says nothing of this platform", letter)
			}
		}
		if utf8.RuneCountInString(s) > 420 {
			k.wrong(place+"."+p.Lang(), "more than 420 letters: two or three sentences are enough")
		}
	}
	fr, _ := texts["fr"].(string)
	if bad := tight.FindString(fr) + plain.FindString(fr); bad != "" {
		k.wrong(
			place+".fr",
			"%q: French sets ; : ! ? « » off by a narrow no-break space (U+202F) and writes ’, not '",
			bad,
		)
	}
	if strings.Contains(strings.ToLower(fr), "email") {
		k.wrong(place+".fr", "write e-mail, not email")
	}
}

// facts checks that what the rating and the plan rest on is told.
func (k guideCheck) facts() {
	must := []string{"number-held", "sms", "recovery-codes", "passkey"}
	for _, name := range must {
		if _, told := k.g.Facts[name]; !told {
			k.wrong(
				"facts",
				"%q is not told; where sources do not settle it, state the likeliest value with \"unconfirmed\": true",
				name,
			)
		}
	}
	for _, name := range []string{"sms", "number-removable"} {
		if f := k.g.Facts[name]; f.Why == nil && slices.Contains([]string{"limited", "once-app-is-on"}, f.Value) {
			k.wrong("facts."+name+".why", "%q needs the condition, in a sentence", f.Value)
		}
	}
	if len(k.g.Ways) == 0 || !slices.ContainsFunc(k.g.Ways, func(w Way) bool { return !w.Recovery }) {
		k.wrong("ways", "no usual way to sign in")
	}
	held := !k.is("number-held", "never")
	if held && len(k.g.Uses) == 0 {
		k.wrong("uses", "a number may be held, and no use of it is told")
	}
	if !held && len(k.g.Uses) > 0 {
		k.wrong("uses", "no number is held, and a use of it is told")
	}
	for i, x := range k.g.Risks {
		for lang, s := range x.Text {
			if ends := strings.Count(s, ". ") + strings.Count(s, "? ") + strings.Count(s, "! "); utf8.RuneCountInString(
				s,
			) >= 240 ||
				ends > 1 {
				k.wrong(
					fmt.Sprintf("risks[%d].text.%s", i, lang),
					"a warning is one or two sentences, under 240 letters",
				)
			}
		}
	}
	if len(k.g.Risks) > 3 {
		k.wrong("risks", "%d warnings: the three that matter are enough", len(k.g.Risks))
	}
}

// complete checks that nothing is passed over in silence: each kind of step is
// there, is stated not to exist, or asks the person.
func (k guideCheck) complete() {
	told := k.g.Facts
	use := func(names ...string) bool {
		return slices.ContainsFunc(names, func(n string) bool { _, ok := k.g.Uses[n]; return ok })
	}
	held := !k.is("number-held", "never")
	stays := k.is("number-removable", "only-replaced", "no")
	adds := k.has(StepAddApp, StepAddPasskey, StepAddPIN)
	changes := adds || k.has(Removals()...) || k.has(StepChange)
	// Where nobody knows whether the number can go, and nothing can stand in for it, taking it out is no step: it
	// could never be done.
	goes := told["number-removable"].Value != "" || k.has(StepAddApp, StepAddPasskey)
	replaces := k.has(StepAddApp, StepAddPasskey) || k.is("number-removable", "yes")
	otherChannels := slices.ContainsFunc(
		Channels(),
		func(n string) bool { _, ok := k.g.Channels[n]; return ok && n != "sms" },
	)
	for _, need := range []struct {
		kind StepKind
		when bool
	}{
		{StepSee, true},
		{StepEmail, true},
		{StepAddApp, true},
		{StepAddPasskey, told["passkey"].Value != "never"},
		{StepAddPIN, k.p.NumberIsID},
		{StepCodes, told["recovery-codes"].Value != "no"},
		{StepTest, adds},
		{StepRemove2FA, held && replaces && told["sms"].Value != "never"},
		{StepChannels, held && otherChannels},
		{StepRecovery, false}, // one place with StepRemove, or one of its own: see StepRemove
		{StepRemove, held && goes && !stays},
		{StepProfile, held && goes && use("profile") && !stays && !k.has(StepRemove)},
		{StepBilling, held && use("billing", "delivery")},
		{StepSister, use("sister-accounts")},
		{StepChange, held && stays},
		{StepLookup, true},
		{StepContacts, true},
		{StepAds, true},
		{StepVerify, changes},
		{StepDownload, true},
		{StepWrite, true},
	} {
		if _, absent := k.g.Away(need.kind); need.when && !absent && !k.has(need.kind) {
			k.wrong(
				"steps",
				"nothing about %q: a step, an entry under \"absent\", or a step with \"ask-person\"",
				need.kind,
			)
		}
	}
	if _, absent := k.g.Away(StepDelete); !absent && len(k.g.Leave) == 0 {
		k.wrong("leave", "nothing about %q: a step here, or an entry under \"absent\"", StepDelete)
	}
}

// contradictions checks what cannot be true together.
func (k guideCheck) contradictions() {
	other := k.has(StepAddApp, StepAddPasskey) ||
		k.p.Offers("totp", "passkey", "u2f", "custom-software", "custom-hardware")
	if f := k.g.Facts["number-for-second-factor"]; f.Value == "yes" && other && f.Why == nil {
		k.wrong(
			"facts.number-for-second-factor.why",
			"the second step needs a number, and there is another method: say why",
		)
	}
	sms := k.g.Facts["sms"].Value
	_, noSwitch := k.g.Away(StepRemove2FA)
	if sms != "" && sms != "never" && k.has(StepAddApp) && !k.has(StepRemove2FA) && !noSwitch {
		k.wrong(
			"steps",
			"SMS and an app are offered, and neither a step \"remove-2fa\" switches SMS off nor is it stated that it cannot be",
		)
	}
	stays := k.is("number-removable", "only-replaced", "no") || k.p.NumberIsID
	for i, s := range k.g.Steps {
		place := fmt.Sprintf("steps[%d]", i)
		switch {
		case slices.Contains(append(Removals(), StepChange), s.Kind) && k.is("number-held", "never"):
			k.wrong(place+".kind", "%q: no number is held there", s.Kind)
		case s.Kind == StepRemove && stays:
			k.wrong(place+".kind", "%q: the number cannot be taken out there", s.Kind)
		case s.Kind == StepCodes && k.is("recovery-codes", "no"),
			s.Kind == StepAddPasskey && k.is("passkey", "never"),
			s.Kind == StepRemove2FA && sms == "never" && len(k.g.Channels) == 0:
			k.wrong(place+".kind", "%q: the facts say that there is none", s.Kind)
		}
		if stays && s.Kind == StepVerify {
			k.staysSaid(place, s)
		}
	}
	if len(k.g.Leave) > 0 && k.p.Delete.Difficulty == "impossible" {
		k.wrong("leave", "the catalogue knows that an account there cannot be deleted")
	}
}

// gone are sentences that a number is not there.
var gone = map[string]*regexp.Regexp{
	"en": regexp.MustCompile(
		`(?i)number (is|has) (gone|not there|no longer|left)|no (phone )?number (is|stands|shows|there)|without (a|the|your) number`,
	),
	"fr": regexp.MustCompile(
		`(?i)numéro (n’y |n’)?(est plus|a disparu|n’est plus|ne figure plus|n’y figure plus|a été retiré)|aucun numéro|plus de numéro`,
	),
}

// staysSaid checks that nobody is told to look for a number to be gone where it
// has to stay.
func (k guideCheck) staysSaid(place string, s Step) {
	for name, texts := range map[string]map[string]string{"say": s.Say, "see": s.See} {
		for lang, words := range texts {
			if re := gone[lang]; re != nil && re.MatchString(words) {
				k.wrong(place+"."+name+"."+lang, "%q: the number has to stay there", re.FindString(words))
			}
		}
	}
}

// changing are the kinds after which something must look different.
var changing = slices.Concat([]StepKind{StepAddApp, StepAddPasskey, StepAddPIN, StepCodes}, Removals(),
	[]StepKind{StepChange, StepLookup, StepContacts, StepAds})

// step checks one step by itself.
func (k guideCheck) step(place string, s Step) {
	if s.AskPerson != nil {
		for lang, q := range s.AskPerson {
			if !strings.Contains(q, "?") {
				k.wrong(place+".ask-person."+lang, "it is no question")
			}
		}
		if len(s.Sources) > 0 || s.See != nil {
			k.wrong(place+".ask-person", "a question around a step that is sourced: ask, or say, not both")
		}
		return
	}
	if s.Confidence == "unverified" {
		k.wrong(place+".unconfirmed", "a step is sourced, or it is a question under \"ask-person\"")
	}
	if s.Say == nil && (s.Web == nil || s.App == nil || s.Web.Say == nil || s.App.Say == nil) {
		k.wrong(place+".say", "the sentence is missing")
	}
	k.repeats(place, s)
	if slices.Contains(changing, s.Kind) && s.See == nil {
		k.wrong(place+".see", "what should the person see once this is done?")
	}
	for _, c := range s.controls() {
		for lang, labels := range c.Path {
			for i, l := range labels {
				if strings.Contains(l, " > ") || strings.Contains(l, "›") && strings.Contains(l, " ") {
					k.wrong(fmt.Sprintf("%s.path.%s[%d]", place, lang, i), "%q: one label an item", l)
				}
			}
		}
	}
}

// controls lists where a step is done.
func (s Step) controls() []Control {
	out := []Control{s.Control}
	for _, c := range []*Control{s.Web, s.App} {
		if c != nil {
			out = append(out, *c)
		}
	}
	return out
}

// repeats checks that a sentence says more than the title and the menu path
// above it.
func (k guideCheck) repeats(place string, s Step) {
	for _, p := range k.printers {
		title, _, _ := Step{Kind: s.Kind, Title: s.Title}.Words(p, k.p.Name)
		for _, c := range s.controls() {
			said := c.Say[p.Lang()]
			if said == "" {
				continue
			}
			known := words(title + " " + strings.Join(c.Labels(p.Lang()), " "))
			news := slices.DeleteFunc(
				words(said),
				func(w string) bool { return len(w) < 3 || slices.Contains(known, w) },
			)
			if len(news) < 3 {
				k.wrong(
					place+".say."+p.Lang(),
					"it only repeats the title and the path: name the control, what it does, what to choose",
				)
			}
		}
	}
}

func words(s string) []string {
	return strings.FieldsFunc(
		strings.ToLower(s),
		func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) },
	)
}

// copies checks that no two steps that change something share a menu path, and
// no two steps a sentence.
func (k guideCheck) copies() {
	paths, says := map[string]string{}, map[string]string{}
	for i, s := range k.g.Steps {
		place := fmt.Sprintf("steps[%d]", i)
		for _, c := range s.controls() {
			path := strings.Join(c.Path["en"], "\n")
			if slices.Contains(changing, s.Kind) && path != "" && s.AskPerson == nil {
				if first, taken := paths[path]; taken && first != place {
					k.wrong(place+".path", "the same as of %s: go on to the control that is meant", first)
				} else {
					paths[path] = place
				}
			}
			if said := c.Say["en"]; said != "" {
				if first, taken := says[said]; taken && first != place {
					k.wrong(place+".say", "the same sentence as of %s", first)
				} else {
					says[said] = place
				}
			}
		}
	}
}

// links checks that no link leads to another language or country than the
// platform's own page does.
func (k guideCheck) links() {
	k.locale("help", k.g.Help)
	for _, section := range []struct {
		name  string
		steps []Step
	}{{"steps", k.g.Steps}, {"leave", k.g.Leave}} {
		for i, s := range section.steps {
			for _, c := range s.controls() {
				k.locale(fmt.Sprintf("%s[%d].link", section.name, i), c.Link)
			}
		}
	}
}

// locales are the languages and countries that addresses name.
var locales = strings.Fields(
	"fr de es it ja jp pt br nl pl ru zh cn ko kr in sg za au ca tr se be ch at tw hk mx ar id th vi ph kw ie nz",
)

var (
	localeSegment = regexp.MustCompile(`^([a-z]{2})(?:[-_]([a-zA-Z]{2}))?$`)
	localeQuery   = []string{"hl", "lang", "locale", "language"}
)

func (k guideCheck) locale(place, link string) {
	u, err := url.Parse(link)
	if link == "" || err != nil {
		return
	}
	foreign := func(s string) bool {
		m := localeSegment.FindStringSubmatch(s)
		if m == nil || k.home(m[1]) {
			return false
		}
		country := strings.ToLower(m[2])
		return slices.Contains(locales, m[1]) || m[1] == "en" && country != "" && country != "us" && country != "gb"
	}
	bad := ""
	for _, seg := range strings.Split(strings.Trim(u.Path, "/"), "/") {
		if seg != "in" && seg != "id" && foreign(seg) { // a profile, and an identity
			bad = seg
		}
	}
	for _, q := range localeQuery {
		if v := u.Query().Get(q); foreign(v) {
			bad = v
		}
	}
	if first, rest, _ := strings.Cut(u.Hostname(), "."); strings.Count(rest, ".") >= 1 && first != "id" &&
		first != "in" &&
		foreign(first) {
		bad = first
	}
	if own, _ := publicsuffix.PublicSuffix(k.p.ID); own != "" {
		suffix, _ := publicsuffix.PublicSuffix(u.Hostname())
		if slices.Contains(locales, suffix[strings.LastIndex(suffix, ".")+1:]) && suffix != own && !k.home(suffix) {
			bad = "." + suffix
		}
	}
	if bad != "" {
		k.wrong(
			place,
			"%q: a page in another language or of another country; most sites leave this part out and choose by themselves",
			bad,
		)
	}
}

// home reports whether a language is that of the platform's own country.
func (k guideCheck) home(lang string) bool {
	return lang == "fr" && strings.HasSuffix(k.p.ID, ".fr") || slices.Contains(k.p.Regions, lang)
}
