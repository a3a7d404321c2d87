package kit

// ListOffset is how far the list of a scope is scrolled.
func (s *Scope) ListOffset() float32 {
	if l := s.part.lists[""]; l != nil {
		return l.GetScrollOffset()
	}
	return s.part.scrolls[listID].Offset.Y
}
