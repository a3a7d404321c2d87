// Command unlisted is the desktop app.
package main

import "fyne.io/fyne/v2/app"

func main() { app.NewWithID("app.unlisted.desktop").NewWindow("Unlisted").ShowAndRun() }
