// Package text turns keys into sentences in the person's language: messages,
// plurals, dates, and errors. It knows no screen and no error's package.
package text

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"
	xmessage "golang.org/x/text/message"

	"unlisted/checks/identifier"
)

// Fallback is the language used where a key or a language is missing.
const Fallback = "en"

// message is one entry of a text file: a plain sentence, or one by plural form.
type message struct {
	plain  string // the sentence, or the plural form "other"
	plural map[plural.Form]string
}

// forms are the names of the plural forms in text files, those of CLDR.
var forms = map[string]plural.Form{
	"zero": plural.Zero, "one": plural.One, "two": plural.Two,
	"few": plural.Few, "many": plural.Many, "other": plural.Other,
}

// UnmarshalJSON accepts "sentence" or {"one": "...", "other": "..."}.
func (m *message) UnmarshalJSON(b []byte) error {
	if len(b) > 0 && b[0] == '"' {
		return json.Unmarshal(b, &m.plain)
	}
	var named map[string]string
	if err := json.Unmarshal(b, &named); err != nil {
		return err
	}
	m.plural = make(map[plural.Form]string, len(named))
	for name, sentence := range named {
		form, ok := forms[name]
		if !ok {
			return fmt.Errorf("%q is no plural form", name)
		}
		m.plural[form] = sentence
	}
	m.plain = m.plural[plural.Other]
	return nil
}

// missing names a plural form that the language needs and the message lacks, or
// "". Languages differ in the forms they have.
func (m message) missing(needed map[plural.Form]bool) string {
	if m.plural == nil {
		return ""
	}
	for _, name := range []string{"zero", "one", "two", "few", "many", "other"} {
		if needed[forms[name]] && m.plural[forms[name]] == "" {
			return name
		}
	}
	return ""
}

// pluralsOf lists the forms that whole numbers take in a language: those of
// small numbers, in which the rules of CLDR repeat by the hundred, and millions.
func pluralsOf(tag language.Tag) map[plural.Form]bool {
	needed := map[plural.Form]bool{plural.Other: true}
	for n := range 200 {
		needed[form(tag, n)] = true
	}
	needed[form(tag, 1_000_000)] = true
	return needed
}

// form is the plural form of a whole number, by the rules of CLDR.
func form(tag language.Tag, n int) plural.Form {
	return plural.Cardinal.MatchPlural(tag, max(n, -n), 0, 0, 0, 0)
}

// Catalog holds the sentences of every language, read-only after Load.
type Catalog struct {
	langs map[string]map[string]message
	names []string       // of the languages, English first
	tags  []language.Tag // by position in names
}

// Load reads <lang>/<area>.json files: flat objects from dotted keys to a
// sentence or its plural forms. The folders are the list of languages (BCP 47).
// A key written twice, a folder that names no language and a plural without a
// form that its language has are errors; what a language does not say at all is
// said in English.
func Load(fsys fs.FS) (*Catalog, error) {
	c := &Catalog{langs: map[string]map[string]message{}}
	files, err := fs.Glob(fsys, "*/*.json")
	if err != nil {
		return nil, err
	}
	for _, f := range files {
		if err := c.load(fsys, f); err != nil {
			return nil, fmt.Errorf("%s: %w", f, err)
		}
	}
	if c.langs[Fallback] == nil {
		return nil, errors.New("no English text files")
	}
	c.names = append(
		[]string{Fallback},
		slices.DeleteFunc(slices.Sorted(maps.Keys(c.langs)), func(l string) bool { return l == Fallback })...)
	for _, name := range c.names {
		c.tags = append(c.tags, language.Make(name))
	}
	return c, nil
}

func (c *Catalog) load(fsys fs.FS, file string) error {
	lang := path.Dir(file)
	tag, err := language.Parse(lang)
	if err != nil {
		return err
	}
	raw, err := fs.ReadFile(fsys, file)
	if err != nil {
		return err
	}
	var m map[string]message
	if err := json.Unmarshal(raw, &m); err != nil {
		return err
	}
	if c.langs[lang] == nil {
		c.langs[lang] = map[string]message{}
	}
	needed := pluralsOf(tag)
	for k, v := range m {
		if _, twice := c.langs[lang][k]; twice {
			return fmt.Errorf("key %q stands twice", k)
		}
		if form := v.missing(needed); form != "" {
			return fmt.Errorf("key %q lacks the plural form %q", k, form)
		}
		c.langs[lang][k] = v
	}
	return nil
}

// Languages lists the languages there are, sorted.
func (c *Catalog) Languages() []string { return slices.Sorted(slices.Values(c.names)) }

// Keys lists every key of a language, sorted; for tests.
func (c *Catalog) Keys(lang string) []string {
	keys := make([]string, 0, len(c.langs[lang]))
	for k := range c.langs[lang] {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

// Raw returns the forms of a key as written, without filling placeholders; for tests.
func (c *Catalog) Raw(lang, key string) []string {
	m, ok := c.langs[lang][key]
	switch {
	case !ok:
		return nil
	case m.plural != nil:
		return slices.Sorted(maps.Values(m.plural))
	}
	return []string{m.plain}
}

// Match returns the language that serves the wishes (BCP 47 or POSIX names,
// best first) best, else English.
func (c *Catalog) Match(wishes ...string) string {
	var tags []language.Tag
	for _, w := range wishes {
		w, _, _ = strings.Cut(w, ".")
		w, _, _ = strings.Cut(w, "@")
		if tag, err := language.Parse(strings.ReplaceAll(w, "_", "-")); err == nil && w != "" {
			tags = append(tags, tag)
		}
	}
	_, at, _ := language.NewMatcher(c.tags).Match(tags...)
	return c.names[at]
}

// Printer returns the sentences of one language.
func (c *Catalog) Printer(lang string) *Printer {
	if c.langs[lang] == nil {
		lang = Fallback
	}
	tag := language.Make(lang)
	return &Printer{
		lang:     lang,
		tag:      tag,
		own:      c.langs[lang],
		fallback: c.langs[Fallback],
		numbers:  xmessage.NewPrinter(tag),
	}
}

// Printer speaks one language. It is immutable and safe for concurrent use.
type Printer struct {
	lang          string
	tag           language.Tag
	own, fallback map[string]message
	numbers       *xmessage.Printer
}

// Lang returns the language's name, such as "fr".
func (p *Printer) Lang() string { return p.lang }

// Has reports whether a key exists; for keys made from data.
func (p *Printer) Has(key string) bool { _, _, ok := p.find(key); return ok }

// find returns a message and the language it is in.
func (p *Printer) find(key string) (message, language.Tag, bool) {
	if m, ok := p.own[key]; ok {
		return m, p.tag, true
	}
	m, ok := p.fallback[key]
	return m, language.English, ok
}

// In gives a text that comes with data, by language: the person's, else English.
func (p *Printer) In(texts map[string]string) string {
	if s := texts[p.lang]; s != "" {
		return s
	}
	return texts[Fallback]
}

// Identifier writes an address or number as the person wants to see it: whole
// or masked. A number that could not be placed is told by its end.
func (p *Printer) Identifier(id identifier.Identifier, whole bool) string {
	switch {
	case id.Kind == identifier.KindUnplaced:
		return p.T("identifier.unplaced", "end", id.End())
	case whole:
		return id.Display()
	}
	return id.Masked()
}

// T returns the sentence of key with {name} placeholders filled from the pairs
// ("name", value, ...), made visible. A missing key comes back as itself in brackets, so
// that it is seen and never blank.
func (p *Printer) T(key string, pairs ...any) string {
	m, _, ok := p.find(key)
	if !ok {
		return "[" + key + "]"
	}
	return p.fill(m.plain, pairs)
}

// N is T for a counted thing: it picks the plural form and fills {n} with the
// number, grouped as the language writes it.
func (p *Printer) N(key string, n int, pairs ...any) string {
	m, tag, ok := p.find(key)
	if !ok {
		return "[" + key + "]"
	}
	sentence, ok := m.plural[form(tag, n)]
	if !ok {
		sentence = m.plain
	}
	return p.fill(sentence, append([]any{"n", p.Number(int64(n))}, pairs...))
}

func (p *Printer) fill(s string, pairs []any) string {
	if len(pairs) == 0 || !strings.Contains(s, "{") {
		return s
	}
	repl := make([]string, 0, len(pairs))
	for i := 0; i+1 < len(pairs); i += 2 {
		repl = append(repl, fmt.Sprintf("{%v}", pairs[i]), Visible(fmt.Sprint(pairs[i+1])))
	}
	return strings.NewReplacer(repl...).Replace(s)
}
