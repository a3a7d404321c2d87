// Package text turns keys into sentences in the person's language: messages,
// plurals, dates, and errors. It knows no screen and no error's package.
package text

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"

	"golang.org/x/text/language"

	"unlisted/checks/identifier"
)

// Fallback is the language used where a key or a language is missing.
const Fallback = "en"

// message is one entry of a text file: a plain sentence, or one by plural form.
type message struct{ One, Other string }

// UnmarshalJSON accepts "sentence" or {"one": "...", "other": "..."}.
func (m *message) UnmarshalJSON(b []byte) error {
	if len(b) > 0 && b[0] == '"' {
		return json.Unmarshal(b, &m.Other)
	}
	var forms struct{ One, Other string }
	if err := json.Unmarshal(b, &forms); err != nil {
		return err
	}
	if forms.Other == "" || forms.One == "" {
		return errors.New("a plural needs the forms one and other")
	}
	*m = message(forms)
	return nil
}

// Catalog holds the sentences of every language, read-only after Load.
type Catalog struct {
	langs map[string]map[string]message
	tags  []string
}

// Load reads <lang>/<area>.json files: flat objects from dotted keys to a
// sentence or its plural forms. A key written twice is an error.
func Load(fsys fs.FS) (*Catalog, error) {
	c := &Catalog{langs: map[string]map[string]message{}}
	files, err := fs.Glob(fsys, "*/*.json")
	if err != nil {
		return nil, err
	}
	for _, f := range files {
		lang := path.Dir(f)
		raw, err := fs.ReadFile(fsys, f)
		if err != nil {
			return nil, err
		}
		var m map[string]message
		if err := json.Unmarshal(raw, &m); err != nil {
			return nil, fmt.Errorf("%s: %w", f, err)
		}
		if c.langs[lang] == nil {
			c.langs[lang] = map[string]message{}
			c.tags = append(c.tags, lang)
		}
		for k, v := range m {
			if _, twice := c.langs[lang][k]; twice {
				return nil, fmt.Errorf("%s: key %q stands twice", f, k)
			}
			c.langs[lang][k] = v
		}
	}
	if c.langs[Fallback] == nil {
		return nil, errors.New("no English text files")
	}
	slices.Sort(c.tags)
	return c, nil
}

// Languages lists the languages there are, sorted.
func (c *Catalog) Languages() []string { return slices.Clone(c.tags) }

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
	case m.One != "":
		return []string{m.One, m.Other}
	}
	return []string{m.Other}
}

// Match returns the language that serves the wishes (BCP 47 or POSIX names,
// best first) best, else English.
func (c *Catalog) Match(wishes ...string) string {
	for _, w := range wishes {
		w, _, _ = strings.Cut(w, ".")
		w, _, _ = strings.Cut(w, "@")
		tag, err := language.Parse(strings.ReplaceAll(w, "_", "-"))
		if err != nil {
			continue
		}
		base, _ := tag.Base()
		if slices.Contains(c.tags, base.String()) {
			return base.String()
		}
	}
	return Fallback
}

// Printer returns the sentences of one language.
func (c *Catalog) Printer(lang string) *Printer {
	if c.langs[lang] == nil {
		lang = Fallback
	}
	return &Printer{lang: lang, own: c.langs[lang], fallback: c.langs[Fallback]}
}

// Printer speaks one language. It is immutable and safe for concurrent use.
type Printer struct {
	lang          string
	own, fallback map[string]message
}

// Lang returns the language's name, such as "fr".
func (p *Printer) Lang() string { return p.lang }

// Has reports whether a key exists; for keys made from data.
func (p *Printer) Has(key string) bool { _, ok := p.find(key); return ok }

func (p *Printer) find(key string) (message, bool) {
	m, ok := p.own[key]
	if !ok {
		m, ok = p.fallback[key]
	}
	return m, ok
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
	m, ok := p.find(key)
	if !ok {
		return "[" + key + "]"
	}
	return p.fill(m.Other, pairs)
}

// N is T for a counted thing: it picks the plural form and fills {n} with the
// number, grouped as the language writes it.
func (p *Printer) N(key string, n int, pairs ...any) string {
	m, ok := p.find(key)
	if !ok {
		return "[" + key + "]"
	}
	form := m.Other
	// CLDR: English "one" is exactly 1; French also counts 0 as "one".
	if m.One != "" && (n == 1 || n == 0 && p.lang == "fr") {
		form = m.One
	}
	return p.fill(form, append([]any{"n", p.Number(int64(n))}, pairs...))
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

// Number writes a whole number with the language's grouping.
func (p *Printer) Number(n int64) string {
	sep := ","
	if p.lang == "fr" {
		sep = "\u202f" // narrow no-break space, as French typography asks
	}
	s := strconv.FormatInt(n, 10)
	sign := ""
	if n < 0 {
		sign, s = "-", s[1:]
	}
	var b strings.Builder
	for i, r := range s {
		if i > 0 && (len(s)-i)%3 == 0 {
			b.WriteString(sep)
		}
		b.WriteRune(r)
	}
	return sign + b.String()
}

// Date writes a day, such as "3 March 2024" or "3 mars 2024"; "" for the zero time.
func (p *Printer) Date(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return fmt.Sprintf("%d %s %d", t.Day(), p.T("month."+strconv.Itoa(int(t.Month()))), t.Year())
}

// Month writes a month and year, such as "March 2024"; "" for the zero time.
func (p *Printer) Month(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return fmt.Sprintf("%s %d", p.T("month."+strconv.Itoa(int(t.Month()))), t.Year())
}

// Explained is an error meant for the person: a text key and its arguments
// instead of words. The key has the three parts .what, .means and .todo.
type Explained interface {
	error
	Explain() (key string, args map[string]any)
}

// Message is an error in the person's words: what happened, what it means,
// what to do.
type Message struct{ What, Means, Todo string }

// String joins the parts into one paragraph.
func (m Message) String() string { return Join(m.What, m.Means, m.Todo) }

// Join puts sentences one after the other; empty ones leave no gap.
func Join(sentences ...string) string {
	return strings.Join(slices.DeleteFunc(sentences, func(s string) bool { return s == "" }), " ")
}

// Sentence is the one place where an error becomes words: the outermost
// Explained in its chain, else a general sentence.
func (p *Printer) Sentence(err error) Message {
	key, args := "error.unknown", map[string]any(nil)
	var e Explained
	if errors.As(err, &e) {
		if k, a := e.Explain(); p.Has(k + ".what") {
			key, args = k, a
		}
	}
	pairs := make([]any, 0, 2*len(args))
	for k, v := range args {
		pairs = append(pairs, k, v)
	}
	return Message{p.T(key+".what", pairs...), p.T(key+".means", pairs...), p.T(key+".todo", pairs...)}
}
