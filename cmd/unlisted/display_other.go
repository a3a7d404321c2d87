//go:build !windows

package main

import (
	"fmt"
	"os"
	"os/exec"
	"syscall"
)

// restart puts a new run of the program in the place of this one.
func restart() error {
	self, err := os.Executable()
	if err != nil {
		return err
	}
	return syscall.Exec(self, os.Args, os.Environ())
}

// dialogs are the programs that show a sentence without OpenGL, one of which
// most desktops have.
var dialogs = [][]string{
	{"zenity", "--error", "--no-markup", "--text"},
	{"kdialog", "--error"},
	{"xmessage", "-center"},
	{"osascript", "-e", "on run argv", "-e", "display alert \"Unlisted\" message (item 1 of argv)", "-e", "end run"},
}

// say shows a sentence without the toolkit, and writes it for who started the
// program from a terminal.
func say(sentence string) {
	fmt.Fprintln(os.Stderr, "unlisted:", sentence)
	for _, d := range dialogs {
		if path, err := exec.LookPath(d[0]); err == nil && exec.Command(path, append(d[1:], sentence)...).Run() == nil {
			return
		}
	}
}
