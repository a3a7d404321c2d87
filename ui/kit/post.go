package kit

import "fyne.io/fyne/v2"

// Post runs f on the window's thread; the one place that does.
func Post(f func()) { fyne.Do(f) }

// Still reports whether nothing may move by itself: the person asked the toolkit
// for that.
func (k *Kit) Still() bool { return !fyne.CurrentApp().Settings().ShowAnimations() }

// Driver is what draws the window; the one place that asks the toolkit for it.
func Driver() fyne.Driver { return fyne.CurrentApp().Driver() }
