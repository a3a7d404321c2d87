package main

import (
	"path/filepath"
	"strings"
	"testing"
)

// Nothing is sent to a mail server without --consent; providers that let no
// program in are named before anything is sent; a server that does not answer
// is told, and neither address nor password is said.
func TestMailbox(t *testing.T) {
	w := newWorld(t)
	secret := filepath.Join(w.dir, "secret")
	write(t, secret, "sesame-of-pat\n")
	mail := []string{"--mail-base", "imap://127.0.0.1:1", "mailbox", "pat@gmail.com", "--password-file", secret}
	code, out, errs := w.run(mail...)
	if code != exitConsent || !strings.Contains(errs, "imap.gmail.com") {
		t.Errorf("without consent: %d %s %s", code, out, errs)
	}
	code, out, errs = w.run(append(mail, "--consent")...)
	if code != exitFailed || !strings.Contains(errs, "does not answer") || strings.Contains(out+errs, "sesame") || strings.Contains(out+errs, "pat@") {
		t.Errorf("no server: %d %s %s", code, out, errs)
	}
	code, _, errs = w.run("mailbox", "pat@hotmail.com", "--password-file", secret, "--consent")
	if code != exitFailed || !strings.Contains(errs, "September 2024") {
		t.Errorf("Microsoft: %d %s", code, errs)
	}
	if len(w.server.Requests()) != 0 {
		t.Errorf("the breach sources were asked: %q", w.server.Requests())
	}
	if code, _, _ := w.run("mailbox", "pat@gmail.com"); code != exitUsage {
		t.Errorf("without a password: %d", code)
	}
}
