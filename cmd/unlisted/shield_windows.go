package main

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver"
	"golang.org/x/sys/windows"
)

// Values of SetWindowDisplayAffinity; leaving a window out of captures takes
// Windows 10 of 2004
// (https://learn.microsoft.com/windows/win32/api/winuser/nf-winuser-setwindowdisplayaffinity).
const (
	affinityNone    = 0x0
	affinityExclude = 0x11
)

// shield returns what keeps the window out of screenshots.
func shield(win fyne.Window) func(on bool) {
	native, can := win.(driver.NativeWindow)
	set := windows.NewLazySystemDLL("user32.dll").NewProc("SetWindowDisplayAffinity")
	if !can || set.Find() != nil {
		return nil
	}
	return func(on bool) {
		native.RunNative(func(context any) {
			if c, ours := context.(driver.WindowsWindowContext); ours && c.HWND != 0 {
				affinity := uintptr(affinityNone)
				if on {
					affinity = affinityExclude
				}
				_, _, _ = set.Call(c.HWND, affinity)
			}
		})
	}
}
