package shell

import "unlisted/ui/atspi"

// Assistant looks at the window again and again, as assistive technology does.
func (s *Shell) Assistant() func() *atspi.Node { return (&assistant{Shell: s}).look }

// Assistive is the window as assistive technology sees it.
func (s *Shell) Assistive() *atspi.Node { return s.Assistant()() }
