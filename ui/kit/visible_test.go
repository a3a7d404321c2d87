package kit_test

import (
	"strings"
	"testing"
	"unicode"

	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"

	"unlisted/assets"
	"unlisted/checks/text"
	"unlisted/ui/kit"
)

// Words that come from anywhere are made visible by whatever shows them.
func TestWordsAreVisible(t *testing.T) {
	test.NewTempApp(t)
	c, err := text.Load(assets.Sub("text"))
	if err != nil {
		t.Fatal(err)
	}
	k := kit.New(c.Printer("en"), kit.Look{}, theme.VariantLight)
	s := k.Begin("page", nil)
	const word = "a\u202eb\x1bc"
	s.Title(word)
	s.Body(word)
	s.Badge(word, kit.Neutral)
	s.Button(word, kit.Quiet, func() {})
	s.Check(word, false, func(bool) {})
	s.Tick(word, false, func(bool) {})
	s.List([]kit.Item{{Title: word, Detail: word, Badge: word}}, nil)
	s.List(make100(word), nil)
	nodes := k.Nodes()
	if len(nodes) < 8 {
		t.Fatalf("%d nodes", len(nodes))
	}
	for _, n := range nodes {
		said := n.Name
		if n.Value != nil {
			said += n.Value()
		}
		if strings.ContainsFunc(said, func(r rune) bool { return unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) }) {
			t.Errorf("%s: %q", n.Role, said)
		}
	}
}

func make100(word string) (items []kit.Item) {
	for range 100 {
		items = append(items, kit.Item{Title: word, Detail: word})
	}
	return items
}
