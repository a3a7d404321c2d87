//go:build startup

// Command bare is the smallest window there is, for the start-up benchmark.
package main

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/app"
	"fyne.io/fyne/v2/widget"
)

func main() {
	w := app.NewWithID("app.bare.desktop").NewWindow("Bare")
	w.SetContent(widget.NewLabel("Bare"))
	w.Resize(fyne.NewSize(1024, 700))
	w.ShowAndRun()
}
