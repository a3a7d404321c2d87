package atspi

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// The object paths of the protocol.
const (
	rootPath  = "/org/a11y/atspi/accessible/root"
	nodesPath = "/org/a11y/atspi/accessible"
	nullPath  = "/org/a11y/atspi/null"
	cachePath = "/org/a11y/atspi/cache"
)

// item is a node in a snapshot: it has an address on the bus and is never
// altered.
type item struct {
	node     *Node
	path     string
	parent   *item // nil: the application
	index    int   // in its parent
	children []*item
	text     []rune // what can be read letter by letter
}

// snapshot is the window at one moment.
type snapshot struct {
	root  *item
	items map[string]*item // by path
	order []*item          // parents before children
	last  int              // number given last
}

// crowd is how many children of one node may come and go at once. Beyond that
// the node counts as another one: assistive technology then drops what it knew
// of it in one go instead of following every child.
const crowd = 64

// next makes the snapshot that follows old (nil for the first one): the same
// node keeps its path, a new one gets a path that was never used. The root is
// the application, the window its only child.
func next(old *snapshot, app string, window *Node) *snapshot {
	s := &snapshot{items: map[string]*item{}}
	var root *item
	if old != nil {
		s.last, root = old.last, old.root
	}
	node := &Node{Role: Application, Name: app, Children: []*Node{window}, State: Enabled | Sensitive | Showing | Visible}
	s.add(node, nil, 0, root)
	return s
}

// add puts a node and all below it into the snapshot. old is what it was in the
// snapshot before; nil for a new one.
func (s *snapshot) add(n *Node, parent *item, index int, old *item) *item {
	it := &item{node: n, parent: parent, index: index}
	if old != nil && old.node == n {
		it.text = old.text
	} else {
		it.text = readable(n)
	}
	switch {
	case parent == nil:
		it.path = rootPath
		s.root = it
	case old != nil:
		it.path = old.path
	default:
		s.last++
		it.path = nodesPath + "/" + strconv.Itoa(s.last)
	}
	s.items[it.path] = it
	s.order = append(s.order, it)
	if len(n.Children) == 0 {
		return it
	}
	before := old.byKey()
	it.children = make([]*item, len(n.Children))
	for i, c := range n.Children {
		was := before[c.Key]
		if was != nil && (was.node.Role != c.Role || was.another(c)) {
			was = nil
		}
		delete(before, c.Key) // a key twice: the second is new
		it.children[i] = s.add(c, it, i, was)
	}
	return it
}

func (it *item) byKey() map[string]*item {
	out := map[string]*item{}
	if it != nil {
		for _, c := range it.children {
			out[c.node.Key] = c
		}
	}
	return out
}

// another reports whether a node changed so much that it counts as another one:
// many children came or went, or those that stayed changed places.
func (it *item) another(n *Node) bool {
	before := it.byKey()
	kept, at := 0, -1
	for _, c := range n.Children {
		if was := before[c.Key]; was != nil {
			if was.index <= at {
				return true
			}
			kept, at = kept+1, was.index
		}
	}
	return len(it.children)+len(n.Children)-2*kept > crowd
}

// readable is the text of a node letter by letter. What is typed into a secret
// field is not in it: only how long it is.
func readable(n *Node) []rune {
	switch {
	case !n.Role.texts():
		return nil
	case n.Role == PasswordText:
		return []rune(strings.Repeat("•", utf8.RuneCountInString(n.Text)))
	case n.Role.written():
		return []rune(n.Text)
	}
	return []rune(n.Name)
}

// state is how a node stands.
func (it *item) state() State { return it.node.State }

// interfaces are what can be asked of a node.
func (it *item) interfaces() []string {
	const prefix = "org.a11y.atspi."
	out := []string{prefix + "Accessible"}
	if it.parent == nil {
		return append(out, prefix+"Application")
	}
	out = append(out, prefix+"Component")
	h := it.node.Hands
	if h.Press != nil {
		out = append(out, prefix+"Action")
	}
	if it.node.Role.texts() {
		out = append(out, prefix+"Text")
	}
	if h.Edit != nil {
		out = append(out, prefix+"EditableText")
	}
	if it.node.Role == ProgressBar {
		out = append(out, prefix+"Value")
	}
	if it.selects() {
		out = append(out, prefix+"Selection")
	}
	return out
}

// selects reports whether children of the node can be chosen.
func (it *item) selects() bool {
	for _, c := range it.children {
		if c.state().Has(Selectable) {
			return true
		}
	}
	return false
}

// selected are the children that are chosen.
func (it *item) selected() (out []*item) {
	for _, c := range it.children {
		if c.state().Has(Selected) {
			out = append(out, c)
		}
	}
	return out
}

// attributes are what has no place elsewhere in the protocol.
func (it *item) attributes() map[string]string {
	out := map[string]string{"toolkit": toolkit}
	if it.node.Level > 0 {
		out["level"] = strconv.Itoa(it.node.Level)
	}
	if it.node.Role == ListItem || it.node.Role == Tab {
		all, at := 0, 0
		for _, c := range it.parent.children {
			if c.node.Role == it.node.Role {
				all++
				if c.index <= it.index {
					at++
				}
			}
		}
		out["posinset"], out["setsize"] = strconv.Itoa(at), strconv.Itoa(all)
	}
	return out
}

// toolkit is what draws the window.
const toolkit = "Fyne"
