// Package kit holds the program's own widgets, theme, job bar and semantic
// tree. It knows no page and no data of the person beyond what it is handed.
package kit

import (
	"image/color"
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"unlisted/checks/text"
)

// Kit makes widgets in the language and the look of the moment. A window has one.
type Kit struct {
	Text *text.Printer
	Look Look
	// OnShortcut takes the window's shortcuts from a focused field.
	OnShortcut func(fyne.Shortcut)
	// OnUse is told of every key, press and movement on what the kit made.
	OnUse func()

	colors palette
	theme  *Theme
	width  float32 // of the window; 0 before it is known
	tree   map[string]*part
	scopes []string
	era    int // counts the changes of language and look
	typed  typed

	restoring bool // the focus is given back: what is in sight stays
}

// typed is what was typed to find a row.
type typed struct {
	word string
	at   time.Time
}

// New returns a kit; variant decides a look that follows the system.
func New(t *text.Printer, l Look, variant fyne.ThemeVariant) *Kit {
	k := &Kit{tree: map[string]*part{}}
	k.Set(t, l, variant)
	return k
}

// Set changes language and look of what is built from now on.
func (k *Kit) Set(t *text.Printer, l Look, variant fyne.ThemeVariant) {
	k.Text, k.Look, k.theme = t, l, NewTheme(l)
	k.colors = k.theme.palette(variant)
	k.era++
}

func (k *Kit) used() {
	if k.OnUse != nil {
		k.OnUse()
	}
}

// Follow takes up the system's light or dark, and reports whether that changes
// anything.
func (k *Kit) Follow(variant fyne.ThemeVariant) bool {
	now := k.theme.palette(variant)
	if now == k.colors {
		return false
	}
	k.colors = now
	k.era++
	return true
}

// Theme returns the theme the kit's colours are of.
func (k *Kit) Theme() fyne.Theme { return k.theme }

// size reads a size of the scale as it is in this look.
func (k *Kit) size(n fyne.ThemeSizeName) float32 { return k.theme.Size(n) }

// scale is how much larger than usual text is.
func (k *Kit) scale() float32 { return k.size(theme.SizeNameText) / sizeBody }

// Narrow reports whether the page has no room for columns side by side, at the
// size of text of the moment.
func (k *Kit) Narrow() bool {
	if k.width == 0 {
		return k.Look.TextPct >= 150
	}
	return k.width/k.scale() < wideEnough
}

// SetWidth takes up the width of the window, and reports whether columns must now
// stack that stood side by side, or the other way round.
func (k *Kit) SetWidth(width float32) bool {
	was := k.Narrow()
	k.width = width
	return k.Narrow() != was
}

// Node is one control or text as a person would name it: the semantic tree of
// all nodes serves tests, keyboard walks and screen readers.
type Node struct {
	// Role is "button", "entry", "check", "select", "row", "heading", "text", "badge",
	// "tab", "chip", "figure", "image" or "progress".
	Role    string
	ID      string // the same in every language; "" where there is none
	Name    string
	Value   func() string // nil: none
	Object  fyne.CanvasObject
	Press   func()        // nil: cannot be pressed
	Type    func(string)  // nil: cannot be typed into
	Text    func() string // what is typed there; nil: cannot be typed into
	On      func() bool   // false: disabled; nil: always enabled
	State   func() State  // nil: nothing to say
	Level   int           // of a heading: 1 names the page; 0 for all else
	Secret  bool          // what is typed there is shown to nobody
	Live    bool          // is to be told as soon as it is there
	Options []string      // of a select: the words Type takes
}

// State is how a control stands, beside what is typed or written there.
type State struct {
	Checked    bool    // of a check
	Selected   bool    // of a tab, a row
	Current    bool    // of a row of a long list: the one the keys go to
	Expandable bool    // opens and closes what it stands for
	Expanded   bool    // and is open
	Invalid    bool    // of an entry: Value says why
	Hidden     bool    // stands in the tree and not in the window
	Part       float64 // of a progress bar, 0 to 1
}

// Group is the nodes of one scope.
type Group struct {
	Scope  string
	Memory *Memory // tells one page from the next; nil for a scope that has none
	Nodes  []*Node
}

// Groups returns the tree scope by scope, in the order they were begun.
func (k *Kit) Groups() (out []Group) {
	for _, s := range k.scopes {
		if p := k.tree[s]; p != nil {
			out = append(out, Group{s, p.route, p.nodes})
		}
	}
	return out
}

// Scope is the part of the tree that one part of the window fills: the page in
// sight, the rail, the status bar, the job bar.
type Scope struct {
	*Kit
	part *part
}

func (s *Scope) add(n *Node) {
	s.part.nodes = append(s.part.nodes, n)
	if o, ours := n.Object.(interface{ is(*Node) }); ours {
		o.is(n)
	}
}

// last is the node added last.
func (s *Scope) last() *Node { return s.part.nodes[len(s.part.nodes)-1] }

// Nodes returns every node, scope by scope in the order they were begun.
func (k *Kit) Nodes() []*Node {
	var out []*Node
	for _, g := range k.Groups() {
		out = append(out, g.Nodes...)
	}
	return out
}

// Find returns the first node with a role and a name; an empty role matches all.
func (k *Kit) Find(role, name string) *Node {
	for _, n := range k.Nodes() {
		if (role == "" || n.Role == role) && n.Name == name {
			return n
		}
	}
	return nil
}

// Contains reports whether any node's name or value holds a text.
func (k *Kit) Contains(s string) bool {
	return slices.ContainsFunc(k.Nodes(), func(n *Node) bool {
		return strings.Contains(n.Name, s) || n.Value != nil && strings.Contains(n.Value(), s)
	})
}

// Press presses what has a name, as a person would; false where there is
// nothing to press or it is disabled.
func (k *Kit) Press(name string) bool {
	for _, n := range k.Nodes() {
		if n.Name == name && n.Press != nil && (n.On == nil || n.On()) {
			n.Press()
			return true
		}
	}
	return false
}

// Type types into the field with a name.
func (k *Kit) Type(name, value string) bool {
	for _, n := range k.Nodes() {
		if n.Name == name && n.Type != nil {
			n.Type(value)
			return true
		}
	}
	return false
}

// Tone is what a colour means. It is never the only sign: a word stands beside
// it.
type Tone uint8

// The tones.
const (
	Neutral Tone = iota
	Accent
	Good
	Warning
	Danger
)

func (k *Kit) tone(t Tone) (ink, ground color.Color) {
	p := k.colors
	switch t {
	case Accent:
		return p.accent, p.tint
	case Good:
		return p.good, p.goodBG
	case Warning:
		return p.warning, p.warningBG
	case Danger:
		return p.danger, p.dangerBG
	}
	return p.muted, p.hover
}
