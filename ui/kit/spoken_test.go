package kit

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"

	"unlisted/assets"
	"unlisted/checks/text"
)

// Whatever can be acted on has its name where the toolkit looks for it on Windows
// and macOS, and no secret in it.
func TestSpoken(t *testing.T) {
	test.NewTempApp(t)
	texts, err := text.Load(assets.Sub("text"))
	if err != nil {
		t.Fatal(err)
	}
	k := New(texts.Printer("en"), Look{}, theme.VariantLight)
	s := k.Begin("page", NewMemory())
	nothing := func() {}
	s.Button("Begin", Primary, nothing)
	s.Button("More", Quiet, nothing)
	s.IconButton(IconCopy, "Copy", Secondary, nothing)
	s.Check("Show all", true, func(bool) {})
	s.Select("Country", []Choice{{"fr", "France"}}, "fr", func(string) {})
	s.Field("secret", "Passphrase", "", true, nil).entry.SetText("hidden from all")
	s.Chips([]Chip{{"on", "Sure", 3}}, "on", func(string) {})
	s.List([]Item{{Title: "Netflix", Detail: "since 2019"}}, func(int) {})
	s.Rail([]RailItem{{ID: "a", Name: "Find", Icon: IconFind, Count: "4"}}, "a", func(string) {})
	want := map[string]fyne.AccessibleRole{
		"Begin": "button", "More": "button", "Copy": "button", "Show all": "button", "Country, France": "text",
		"Passphrase": "text", "Sure 3": "button", "Netflix, since 2019": "button", "Find, 4": "button",
	}
	n := 0
	for _, node := range k.Nodes() {
		a, can := node.Object.(fyne.Accessible)
		if !can {
			continue
		}
		n++
		if role, known := want[a.AccessibilityLabel()]; !known || role != a.AccessibilityRole() {
			t.Errorf("the %s %q is called %q, a %s", node.Role, node.Name, a.AccessibilityLabel(), a.AccessibilityRole())
		}
	}
	if n != len(want) {
		t.Errorf("%d have a name", n)
	}
}
