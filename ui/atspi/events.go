package atspi

import (
	"slices"
	"strings"
)

// event is one signal of the protocol. Its value is a string, a number, an
// *item, or nil.
type event struct {
	of     *item
	class  string // "Object", "Window"
	member string
	detail string
	a, b   int32
	value  any
}

// changes are the events that lead from one snapshot to the next; from nil, the
// window has just become visible to assistive technology. What came and went is
// told first, what has the focus last.
func changes(old, now *snapshot) (out []event) {
	focus := []event{}
	for _, it := range now.order {
		var was *item
		if old != nil {
			was = old.items[it.path]
		}
		if was == nil {
			if it.node.Live && old != nil && it.state().Has(Showing) {
				focus = append(focus, announcement(it))
			}
			was = &item{node: &Node{State: it.state() &^ (Focused | Active)}, text: it.text}
			was.node.Name, was.node.Description, was.node.Caret = it.node.Name, it.node.Description, it.node.Caret
			was.node.Part, was.children = it.node.Part, it.children
		}
		if len(was.children)+len(it.children) > 0 {
			out = append(out, came(was, it)...)
		}
		if was.node == it.node {
			continue // seen before: nothing of it changed
		}
		out = append(out, said(was, it)...)
		changed, last := stood(was, it)
		out, focus = append(out, changed...), append(focus, last...)
	}
	return append(out, focus...)
}

// came tells which children came and went.
func came(was, it *item) (out []event) {
	before, now := paths(was), paths(it)
	for i := len(was.children) - 1; i >= 0; i-- {
		if c := was.children[i]; !now[c.path] {
			out = append(out, event{it, "Object", "ChildrenChanged", "remove", int32(i), 0, c})
		}
	}
	for i, c := range it.children {
		if !before[c.path] {
			out = append(out, event{it, "Object", "ChildrenChanged", "add", int32(i), 0, c})
		}
	}
	return out
}

func paths(it *item) map[string]bool {
	out := map[string]bool{}
	for _, c := range it.children {
		out[c.path] = true
	}
	return out
}

// said tells what of the words of a node changed.
func said(was, it *item) (out []event) {
	if was.node.Name != it.node.Name {
		out = append(out, event{it, "Object", "PropertyChange", "accessible-name", 0, 0, it.node.Name})
		if it.node.Live && it.state().Has(Showing) {
			out = append(out, announcement(it))
		}
	}
	if was.node.Description != it.node.Description {
		out = append(out, event{it, "Object", "PropertyChange", "accessible-description", 0, 0, it.node.Description})
		if it.state().Has(Invalid) && !it.state().Has(Focused) { // screen readers tell it of what has the focus
			out = append(out, event{it, "Object", "Announcement", "", assertive, 0, it.node.Description})
		}
	}
	if was.node.Part != it.node.Part {
		out = append(out, event{it, "Object", "PropertyChange", "accessible-value", 0, 0, it.node.Part})
	}
	if !slices.Equal(was.text, it.text) {
		at, gone, come := edited(was.text, it.text)
		if gone != "" {
			out = append(out, event{it, "Object", "TextChanged", "delete", int32(at), int32(len([]rune(gone))), gone})
		}
		if come != "" {
			out = append(out, event{it, "Object", "TextChanged", "insert", int32(at), int32(len([]rune(come))), come})
		}
	}
	if was.node.Caret != it.node.Caret {
		out = append(out, event{it, "Object", "TextCaretMoved", "", int32(it.node.Caret), 0, ""})
	}
	return out
}

// stood tells which states of a node changed; last is what is told at the end.
func stood(was, it *item) (out, last []event) {
	names := states()
	for bit := State(1); bit != 0; bit <<= 1 {
		if (was.state()^it.state())&bit == 0 || names[bit] == "" {
			continue
		}
		on := int32(0)
		if it.state().Has(bit) {
			on = 1
		}
		e := event{it, "Object", "StateChanged", names[bit], on, 0, int32(0)}
		switch {
		case bit == Active && it.node.Role == Frame:
			member := "Deactivate"
			if on == 1 {
				member = "Activate"
			}
			out = append(out, e, event{it, "Window", member, "", 0, 0, it.node.Name})
		case bit == Focused && on == 1:
			last = append(last, e)
		case bit == Selected && on == 1 && it.parent != nil:
			out = append(out, e, event{it.parent, "Object", "SelectionChanged", "", 0, 0, ""})
		default:
			out = append(out, e)
		}
	}
	return out, last
}

// How urgent an announcement is (AtspiLive).
const (
	polite    = 1
	assertive = 2
)

func announcement(it *item) event {
	words := strings.TrimSpace(it.node.Name + " " + it.node.Description)
	return event{it, "Object", "Announcement", "", polite, 0, words}
}

// gone are the nodes of a snapshot that the next one has no more.
func gone(old, now *snapshot) (out []*item) {
	if old == nil {
		return nil
	}
	for _, it := range old.order {
		if now.items[it.path] == nil {
			out = append(out, it)
		}
	}
	return out
}
