package kit

import "fyne.io/fyne/v2"

// spoken gives a widget of our own the name that the semantic tree has for it,
// for the screen readers of Windows and macOS: built for them, the toolkit asks
// every object for one that stands in plain containers.
type spoken struct{ node *Node }

var (
	_ fyne.Accessible = (*button)(nil)
	_ fyne.Accessible = (*box)(nil)
	_ fyne.Accessible = (*selector)(nil)
	_ fyne.Accessible = (*entry)(nil)
	_ fyne.Accessible = (*pressable)(nil)
	_ fyne.Accessible = (*chip)(nil)
)

func (s *spoken) is(n *Node) { s.node = n }

// AccessibilityLabel implements fyne.Accessible.
func (s *spoken) AccessibilityLabel() string {
	if s.node == nil {
		return ""
	}
	said := s.node.Name
	ticks := s.node.Role == "check" || s.node.Role == "chip" // on and off are no words
	if s.node.Value != nil && s.node.Value() != "" && !ticks {
		said += ", " + s.node.Value()
	}
	return said
}

// AccessibilityRole implements fyne.Accessible. The toolkit has no role for what
// is typed into.
func (s *spoken) AccessibilityRole() fyne.AccessibleRole {
	if s.node != nil && s.node.Press != nil {
		return fyne.AccessibleRoleButton
	}
	return fyne.AccessibleRoleText
}

// AccessibilityLabel implements fyne.Accessible: an icon alone has a name, too.
func (b *button) AccessibilityLabel() string { return b.spoken.AccessibilityLabel() }

// AccessibilityRole implements fyne.Accessible.
func (b *button) AccessibilityRole() fyne.AccessibleRole { return b.spoken.AccessibilityRole() }
