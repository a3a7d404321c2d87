package main

import "golang.org/x/sys/windows"

func restart() error { return errRestart }

// say shows a sentence without the toolkit.
func say(sentence string) {
	words, err := windows.UTF16PtrFromString(sentence)
	if err != nil {
		return
	}
	title, _ := windows.UTF16PtrFromString("Unlisted")
	_, _ = windows.MessageBox(0, words, title, windows.MB_OK|windows.MB_ICONERROR)
}
