//go:build linux

package atspi

import "github.com/godbus/dbus/v5"

// component is what lies somewhere in the window. Where the window lies on the
// screen the toolkit does not tell, and no program knows under Wayland: places
// on the screen are given as places in the window.
type component struct{ s *server }

func placed(it *item) bool { return it.parent != nil }

// What a place is reckoned from (AtspiCoordType).
const fromParent = 2

// place asks the window where a node lies.
func (s *server) place(it *item, kind uint32) Rect {
	find := func(it *item) Rect {
		if it == nil || it.node.Hands.Place == nil {
			return Rect{}
		}
		return it.node.Hands.Place()
	}
	r, _ := ask(s, func() Rect {
		r := find(it)
		if kind == fromParent {
			p := find(it.parent)
			r.X, r.Y = r.X-p.X, r.Y-p.Y
		}
		return r
	})
	return r
}

func (c component) GetExtents(m dbus.Message, kind uint32) (Rect, *dbus.Error) {
	it, err := c.s.with(m, placed)
	if err != nil {
		return Rect{}, err
	}
	return c.s.place(it, kind), nil
}

func (c component) GetPosition(m dbus.Message, kind uint32) (x, y int32, err *dbus.Error) {
	r, err := c.GetExtents(m, kind)
	return r.X, r.Y, err
}

func (c component) GetSize(m dbus.Message) (w, h int32, err *dbus.Error) {
	r, err := c.GetExtents(m, 0)
	return r.W, r.H, err
}

func (c component) Contains(m dbus.Message, x, y int32, kind uint32) (bool, *dbus.Error) {
	r, err := c.GetExtents(m, kind)
	return r.contains(x, y), err
}

// GetAccessibleAtPoint finds the innermost node at a point of the window.
func (c component) GetAccessibleAtPoint(m dbus.Message, x, y int32, _ uint32) (ref, *dbus.Error) {
	it, err := c.s.with(m, placed)
	if err != nil {
		return c.s.ref(nil), err
	}
	found, _ := ask(c.s, func() *item { return at(it, x, y) })
	return c.s.ref(found), nil
}

// at runs on the window's thread.
func at(it *item, x, y int32) *item {
	for _, c := range it.children {
		if found := at(c, x, y); found != nil {
			return found
		}
	}
	if place := it.node.Hands.Place; it.state().Has(Showing) && place != nil && place().contains(x, y) {
		return it
	}
	return nil
}

// GetLayer says that all things of the window are widgets, and the window is one.
func (c component) GetLayer(m dbus.Message) (uint32, *dbus.Error) {
	const widget, window = 3, 7
	it, err := c.s.with(m, placed)
	if err == nil && it.node.Role == Frame {
		return window, nil
	}
	return widget, err
}

func (c component) GetMDIZOrder(m dbus.Message) (int16, *dbus.Error) {
	_, err := c.s.with(m, placed)
	return -1, err
}

func (c component) GetAlpha(m dbus.Message) (float64, *dbus.Error) {
	_, err := c.s.with(m, placed)
	return 1, err
}

func (c component) GrabFocus(m dbus.Message) (bool, *dbus.Error) {
	it, err := c.s.with(m, placed)
	if err != nil {
		return false, err
	}
	return c.s.do(it, it.node.Hands.Focus), nil
}

// Nothing moves or grows at the wish of others.

func (c component) SetExtents(_ dbus.Message, _, _, _, _ int32, _ uint32) (bool, *dbus.Error) {
	return false, nil
}

func (c component) SetPosition(_ dbus.Message, _, _ int32, _ uint32) (bool, *dbus.Error) {
	return false, nil
}

func (c component) SetSize(_ dbus.Message, _, _ int32) (bool, *dbus.Error) { return false, nil }

// ScrollTo brings a node into sight.
func (c component) ScrollTo(m dbus.Message, _ uint32) (bool, *dbus.Error) {
	it, err := c.s.with(m, placed)
	if err != nil {
		return false, err
	}
	return c.s.do(it, it.node.Hands.Show), nil
}

func (c component) ScrollToPoint(_ dbus.Message, _ uint32, _, _ int32) (bool, *dbus.Error) {
	return false, nil
}
