package kit

import "fyne.io/fyne/v2"

// Post runs f on the window's thread; the one place that does.
func Post(f func()) { fyne.Do(f) }
