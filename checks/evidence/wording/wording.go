// Package wording holds the words of services and of people, by language, and
// finds them in text. The words are data: one file a language under words/.
package wording

import (
	"embed"
	"fmt"
	"slices"
	"strings"
	"sync"
	"unicode"
)

//go:embed words/*.txt
var files embed.FS

// Table is sections of phrases, of all languages together.
type Table map[string][]string

// Words returns the embedded table, which is read once.
func Words() Table { return words() }

var words = sync.OnceValue(func() Table {
	t, err := load()
	if err != nil {
		panic(err) // embedded and tested: only a broken build can bring this about
	}
	return t
})

// Read reads one file of sections: "[name]" starts one, "#" a remark. A line is a
// phrase; in a section whose name begins with "words" it is many words.
func Read(name, text string) (Table, error) {
	t := Table{}
	return t, t.read(name, text)
}

// load reads every language file.
func load() (Table, error) {
	t := Table{}
	list, err := files.ReadDir("words")
	if err != nil {
		return nil, err
	}
	for _, f := range list {
		b, err := files.ReadFile("words/" + f.Name())
		if err != nil {
			return nil, err
		}
		if err := t.read(f.Name(), string(b)); err != nil {
			return nil, err
		}
	}
	return t, nil
}

// read adds the sections of one file. In the sections link, plain and owner a
// line holds many words, elsewhere one phrase.
func (t Table) read(name, text string) error {
	section := ""
	for n, line := range strings.Split(text, "\n") {
		line = strings.TrimSpace(line)
		switch {
		case line == "" || strings.HasPrefix(line, "#"):
		case strings.HasPrefix(line, "[") && strings.HasSuffix(line, "]"):
			section = line[1 : len(line)-1]
		case section == "":
			return fmt.Errorf("%s:%d: a phrase before the first section", name, n+1)
		case lists[section] || strings.HasPrefix(section, "words "):
			t[section] = append(t[section], strings.Fields(line)...)
		default:
			t[section] = append(t[section], line)
		}
	}
	return nil
}

// lists are the sections of single words, many to a line.
var lists = map[string]bool{"link": true, "plain": true, "mine": true}

// Set is a section as a set of its words.
func (t Table) Set(section string) map[string]bool {
	m := map[string]bool{}
	for _, w := range t[section] {
		m[Fold(w)] = true
	}
	return m
}

// Vocabulary is every word of every section: what ordinary texts of services
// are made of.
func (t Table) Vocabulary() map[string]bool {
	m := map[string]bool{}
	for _, list := range t {
		for _, p := range list {
			for _, w := range strings.FieldsFunc(Fold(p), func(r rune) bool { return !unicode.IsLetter(r) }) {
				m[w] = true
			}
		}
	}
	return m
}

// Matcher finds the phrases of some sections in folded text.
type Matcher struct {
	sections []string
	index    map[[2]byte][]phrase
}

// Matcher makes a matcher of sections, the one that wins first.
func (t Table) Matcher(sections ...string) *Matcher {
	m := &Matcher{sections: sections, index: map[[2]byte][]phrase{}}
	for i, s := range sections {
		for _, w := range t[s] {
			p := newPhrase(w)
			p.section = i
			key := [2]byte{p.start[0], p.start[1]}
			m.index[key] = append(m.index[key], p)
		}
	}
	return m
}

// First returns the first of the matcher's sections that has a phrase in a
// folded text.
func (m *Matcher) First(text string) (section string, found bool) {
	best := len(m.sections)
	m.each(text, func(p phrase, _ int) {
		best = min(best, p.section)
	})
	if best == len(m.sections) {
		return "", false
	}
	return m.sections[best], true
}

// Ends lists where phrases end in a folded text, in bytes, in order.
func (m *Matcher) Ends(text string) (ends []int) {
	m.each(text, func(_ phrase, end int) { ends = append(ends, end) })
	slices.Sort(ends)
	return ends
}

func (m *Matcher) each(text string, found func(phrase, int)) {
	for i := 0; i+1 < len(text); i++ {
		for _, p := range m.index[[2]byte{text[i], text[i+1]}] {
			if end, ok := p.at(text, i); ok {
				found(p, end)
			}
		}
	}
}
