package main

import (
	"errors"
	"os"
	"reflect"
	"runtime"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver"

	"unlisted/checks/text"
)

// errNoDisplay says that the system could not draw a window.
var errNoDisplay = &text.Error{Key: "error.display"}

// softwareGL makes Mesa, the usual OpenGL of Linux, draw without a graphics card
// (https://docs.mesa3d.org/envvars.html).
const softwareGL = "LIBGL_ALWAYS_SOFTWARE"

// shown reports whether the system made the window: the toolkit does not say.
func shown(win fyne.Window) bool {
	native, can := win.(driver.NativeWindow)
	made := !can
	if can {
		native.RunNative(func(context any) {
			// Each system's context has one field, the handle of the window.
			v := reflect.ValueOf(context)
			made = v.Kind() != reflect.Struct || v.NumField() == 0 || !v.Field(0).IsZero()
		})
	}
	return made
}

// withoutWindow tries once more without the graphics card, where that can help,
// and else says why there is no window and what to do.
func withoutWindow(t *text.Printer) {
	if runtime.GOOS == "linux" && os.Getenv(softwareGL) == "" {
		if err := os.Setenv(softwareGL, "1"); err == nil {
			_ = restart() // comes back only where it failed
		}
	}
	say(t.Sentence(errNoDisplay).String())
	os.Exit(1)
}

var errRestart = errors.New("this system does not restart programs in place")
