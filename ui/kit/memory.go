package kit

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// How a page is written
//
// A page lives as long as its profile is open in the window. It holds what it
// needs of the window (an interface of its own, Deps), what the person did and
// has not finished (a plain value, state), and no widget. Build says what stands
// on it: from the profile, the overview, the state and the words of the scope.
// It is called when the page comes into sight, after what the page said of
// itself (Deps.Redraw), after a change of what concerns it, and when language,
// look or text size change.
//
// The controls stay: a scope hands out the widget that its last building made
// for the same words, or for a field the same id, and copies the new values in.
// So cursor, selection and focus are left alone, and what is built anew costs
// little. What a person types belongs to the window's Memory of the route, from
// the first letter on; it comes back after anything.
//
// What takes time goes through Deps.Run and nothing else. A page must be able to
// do without its widgets at any moment.

// Route is an address in the window: a page, and what of it is in sight.
type Route struct{ Page, Arg string }

// Memory is what a person typed on one page and has not sent, where they
// scrolled to, and what has the focus. The window keeps one for every route.
type Memory struct {
	typed   map[string]string  // by the id of the field
	wrong   map[string]error   // what is wrong with it, until it is typed in again
	offsets map[string]float32 // how far each part that scrolls was scrolled, by its id
	focus   focus
}

// NewMemory makes the memory of a route that was never shown.
func NewMemory() *Memory {
	return &Memory{typed: map[string]string{}, wrong: map[string]error{}, offsets: map[string]float32{}}
}

// Follow lets a route on which nothing has the focus take it over from the one
// before, to a control of the same id, or role and name: who goes on by keyboard
// from step to step stays on the button to go on with.
func (m *Memory) Follow(before *Memory) {
	if m.focus.role == "" && before != nil {
		m.focus = before.focus
		m.focus.nth = -1
	}
}

// focus names a control so that it is found again, in another language too.
type focus struct {
	role, id, name string
	nth            int // among the controls that can have the focus
}

// part is what one scope filled.
type part struct {
	nodes     []*Node
	memory    *Memory
	route     *Memory          // as handed in; nil for none
	kept, old map[string][]any // widgets of this building and of the last, by role and id
	scrolls   map[string]*container.Scroll
	lists     map[string]*rows
	reveal    func() // brings the chosen row of the list into sight; nil: none is
	era       int    // of the look it was built in
	changed   bool
}

// reuse returns the widget that the last building of the scope made for a role
// and an id, or makes it. fresh says which.
func reuse[T any](s *Scope, role, id string, build func() T) (widget T, fresh bool) {
	key, p := role+"\x00"+id, s.part
	if list := p.old[key]; len(list) > 0 && !(p.changed && !lasting(role)) {
		p.old[key] = list[1:]
		widget = list[0].(T)
	} else {
		widget, fresh = build(), true
	}
	p.kept[key] = append(p.kept[key], widget)
	return widget, fresh
}

// lasting are the widgets that outlive a change of look: what the person does is
// in them. The others are cheaper made anew than measured again.
func lasting(role string) bool { return role == "entry" || role == "sheet" || role == "list" }

// Begin starts filling a scope anew. Another memory than the last time, or none,
// means that something else is shown: nothing is kept.
func (k *Kit) Begin(name string, m *Memory) *Scope {
	if !slices.Contains(k.scopes, name) {
		k.scopes = append(k.scopes, name)
	}
	last := k.tree[name]
	p := &part{memory: m, route: m, kept: map[string][]any{}, old: map[string][]any{}, era: k.era}
	p.scrolls, p.lists = map[string]*container.Scroll{}, map[string]*rows{}
	if last != nil && m != nil && last.memory == m {
		p.old, p.changed = last.kept, last.era != k.era
	}
	if m == nil {
		p.memory = NewMemory()
	}
	k.tree[name] = p
	return &Scope{Kit: k, part: p}
}

// End removes a scope.
func (k *Kit) End(name string) { delete(k.tree, name) }

// Remember notes where a scope is scrolled to, and its control that has the
// focus, before it is built anew or leaves the window.
func (k *Kit) Remember(name string, focused fyne.Focusable) {
	p := k.tree[name]
	if p == nil {
		return
	}
	for id, b := range p.scrolls {
		p.memory.offsets[id] = b.Offset.Y
	}
	for id, l := range p.lists {
		p.memory.offsets["list"+id] = l.GetScrollOffset()
	}
	p.memory.focus = focus{}
	nth := 0
	for _, n := range p.nodes {
		f, can := n.Object.(fyne.Focusable)
		if !can {
			continue
		}
		if focused != nil && f == focused {
			p.memory.focus = focus{n.Role, n.ID, n.Name, nth}
		}
		nth++
	}
}

// listID and detailID name the parts of ListDetail that scroll.
const (
	listID   = "list"
	detailID = "detail"
)

// ListTop shows a list from its beginning, or from where the chosen row is in
// sight: another one is shown than before.
func (s *Scope) ListTop() { delete(s.part.memory.offsets, listID) }

// DetailTop shows what stands beside a list from its beginning.
func (s *Scope) DetailTop() { delete(s.part.memory.offsets, detailID) }

// Restore scrolls a scope to where it was, and gives the focus back through
// give; it does so only where Remember saw one.
func (k *Kit) Restore(name string, give func(fyne.Focusable)) {
	p := k.tree[name]
	if p == nil {
		return
	}
	if _, seen := p.memory.offsets[listID]; !seen && p.reveal != nil {
		defer p.reveal()
	}
	for id, b := range p.scrolls {
		if at := p.memory.offsets[id]; b.Offset.Y != at {
			b.ScrollToOffset(fyne.NewPos(0, at))
		}
	}
	for id, l := range p.lists {
		if at := p.memory.offsets["list"+id]; l.GetScrollOffset() != at {
			l.ScrollToOffset(at)
		}
	}
	if was := p.memory.focus; was.role != "" {
		if f := p.find(was); f != nil {
			k.restoring = true
			give(f)
			k.restoring = false
		}
	}
}

// find looks for a control by its id, its name, or its position.
func (p *part) find(was focus) fyne.Focusable {
	var same, there fyne.Focusable
	nth := 0
	for _, n := range p.nodes {
		f, can := n.Object.(fyne.Focusable)
		if !can {
			continue
		}
		switch {
		case n.Role == was.role && n.ID != "" && n.ID == was.id:
			return f
		case n.Role == was.role && n.Name == was.name && (same == nil || nth == was.nth):
			same = f
		case n.Role == was.role && nth == was.nth:
			there = f
		}
		nth++
	}
	if same != nil {
		return same
	}
	return there
}

// Forget takes what was typed out of memory.
func (m *Memory) Forget() {
	clear(m.typed)
	clear(m.wrong)
}
