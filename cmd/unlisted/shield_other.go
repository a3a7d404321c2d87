//go:build !windows

package main

import "fyne.io/fyne/v2"

// shield is nil: a window cannot keep itself out of screenshots on Linux, and on
// macOS only by a call the toolkit has no way to.
func shield(fyne.Window) func(on bool) { return nil }
