//go:build linux

package atspi

import "github.com/godbus/dbus/v5"

// texts is what can be read letter by letter.
type texts struct{ s *server }

func readableItem(it *item) bool { return it.node.Role.texts() }

func (x texts) text(m dbus.Message) ([]rune, *dbus.Error) {
	it, err := x.s.with(m, readableItem)
	if err != nil {
		return nil, err
	}
	return it.text, nil
}

func (x texts) GetText(m dbus.Message, from, to int32) (string, *dbus.Error) {
	t, err := x.text(m)
	return part(t, int(from), int(to)), err
}

func (x texts) GetCharacterAtOffset(m dbus.Message, at int32) (int32, *dbus.Error) {
	t, err := x.text(m)
	if err != nil || at < 0 || int(at) >= len(t) {
		return 0, err
	}
	return t[at], nil
}

func (x texts) GetStringAtOffset(m dbus.Message, at int32, g uint32) (string, int32, int32, *dbus.Error) {
	return x.piece(m, at, grain(g), 0)
}

func (x texts) GetTextAtOffset(m dbus.Message, at int32, boundary uint32) (string, int32, int32, *dbus.Error) {
	return x.piece(m, at, grainOf(boundary), 0)
}

func (x texts) GetTextBeforeOffset(m dbus.Message, at int32, boundary uint32) (string, int32, int32, *dbus.Error) {
	return x.piece(m, at, grainOf(boundary), -1)
}

func (x texts) GetTextAfterOffset(m dbus.Message, at int32, boundary uint32) (string, int32, int32, *dbus.Error) {
	return x.piece(m, at, grainOf(boundary), 1)
}

// piece is the piece of text at a character, or the one before or after it.
func (x texts) piece(m dbus.Message, at int32, g grain, beside int) (string, int32, int32, *dbus.Error) {
	t, err := x.text(m)
	if err != nil {
		return "", 0, 0, err
	}
	from, to := around(t, int(at), g)
	switch {
	case beside < 0 && from == 0:
		return "", 0, 0, nil
	case beside < 0:
		from, to = around(t, from-1, g)
	case beside > 0 && to == len(t):
		return "", int32(to), int32(to), nil
	case beside > 0:
		from, to = around(t, to, g)
	}
	return part(t, from, to), int32(from), int32(to), nil
}

func (x texts) SetCaretOffset(m dbus.Message, at int32) (bool, *dbus.Error) {
	it, err := x.s.with(m, readableItem)
	if err != nil || it.node.Hands.Caret == nil {
		return false, err
	}
	return x.s.do(it, func() { it.node.Hands.Caret(int(at)) }), nil
}

// All text of a node looks the same.

func (x texts) GetAttributeValue(m dbus.Message, _ int32, _ string) (string, int32, int32, bool, *dbus.Error) {
	t, err := x.text(m)
	return "", 0, int32(len(t)), false, err
}

func (x texts) GetAttributes(m dbus.Message, _ int32) (map[string]string, int32, int32, *dbus.Error) {
	t, err := x.text(m)
	return map[string]string{}, 0, int32(len(t)), err
}

func (x texts) GetAttributeRun(m dbus.Message, _ int32, _ bool) (map[string]string, int32, int32, *dbus.Error) {
	return x.GetAttributes(m, 0)
}

func (x texts) GetDefaultAttributes(m dbus.Message) (map[string]string, *dbus.Error) {
	_, err := x.text(m)
	return map[string]string{}, err
}

func (x texts) GetDefaultAttributeSet(m dbus.Message) (map[string]string, *dbus.Error) {
	return x.GetDefaultAttributes(m)
}

// Where letters lie the toolkit does not tell: they lie where their node lies.

func (x texts) GetRangeExtents(m dbus.Message, _, _ int32, kind uint32) (a, b, c, d int32, err *dbus.Error) {
	if _, err = x.text(m); err != nil {
		return 0, 0, 0, 0, err
	}
	r, err := component(x).GetExtents(m, kind)
	return r.X, r.Y, r.W, r.H, err
}

func (x texts) GetCharacterExtents(m dbus.Message, _ int32, kind uint32) (a, b, c, d int32, err *dbus.Error) {
	return x.GetRangeExtents(m, 0, 0, kind)
}

func (x texts) GetOffsetAtPoint(m dbus.Message, _, _ int32, _ uint32) (int32, *dbus.Error) {
	_, err := x.text(m)
	return -1, err
}

// boundedRange is one entry of GetBoundedRanges.
type boundedRange struct {
	From, To int32
	Text     string
	Value    dbus.Variant
}

func (x texts) GetBoundedRanges(m dbus.Message, _, _, _, _ int32, _, _, _ uint32) ([]boundedRange, *dbus.Error) {
	_, err := x.text(m)
	return []boundedRange{}, err
}

// What of a text is marked the toolkit does not tell either.

func (x texts) GetNSelections(m dbus.Message) (int32, *dbus.Error) {
	_, err := x.text(m)
	return 0, err
}

func (x texts) GetSelection(m dbus.Message, _ int32) (int32, int32, *dbus.Error) {
	_, err := x.text(m)
	return 0, 0, err
}

func (x texts) AddSelection(m dbus.Message, _, _ int32) (bool, *dbus.Error) {
	_, err := x.text(m)
	return false, err
}

func (x texts) RemoveSelection(m dbus.Message, _ int32) (bool, *dbus.Error) {
	_, err := x.text(m)
	return false, err
}

func (x texts) SetSelection(m dbus.Message, _, _, _ int32) (bool, *dbus.Error) {
	_, err := x.text(m)
	return false, err
}

// editable is what can be typed into.
type editable struct{ s *server }

func (e editable) edit(m dbus.Message, f func(string) string) (bool, *dbus.Error) {
	it, err := e.s.with(m, func(it *item) bool { return it.node.Hands.Edit != nil })
	if err != nil {
		return false, err
	}
	return e.s.do(it, func() { it.node.Hands.Edit(f) }), nil
}

func (e editable) SetTextContents(m dbus.Message, text string) (bool, *dbus.Error) {
	return e.edit(m, func(string) string { return text })
}

func (e editable) InsertText(m dbus.Message, at int32, text string, length int32) (bool, *dbus.Error) {
	return e.edit(m, func(old string) string { return inserted(old, int(at), text, int(length)) })
}

func (e editable) DeleteText(m dbus.Message, from, to int32) (bool, *dbus.Error) {
	return e.edit(m, func(old string) string { return deleted(old, int(from), int(to)) })
}

// The clipboard is the person's: they copy, cut and paste by the keys.

func (e editable) CopyText(_ dbus.Message, _, _ int32) *dbus.Error { return nil }

func (e editable) CutText(_ dbus.Message, _, _ int32) (bool, *dbus.Error) { return false, nil }

func (e editable) PasteText(_ dbus.Message, _ int32) (bool, *dbus.Error) { return false, nil }
