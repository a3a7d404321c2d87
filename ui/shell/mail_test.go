package shell_test

import (
	"strings"
	"testing"

	"unlisted/ui/shell"
)

// The page of the mailbox asks before anything is sent, naming the one host; it
// tells at once of providers that let no program in; a server that does not
// answer is told, and the password is nowhere on the screen.
func TestMail(t *testing.T) {
	w := openWith(t, "en", empty(), func(o *shell.Options) { o.MailBase = "imap://127.0.0.1:1" })
	w.shell.Go("find", "sources")
	w.press("Your mailbox, read at its provider (IMAP)")
	w.looksRight("mail")
	form := func(user string) {
		w.typeInto("Your email address", user)
		w.typeInto("App password, or the mailbox’s password", "sesame-of-pat")
		w.press("Go on")
	}
	form("pat@hotmail.com")
	w.says("Outlook.com, Hotmail and Live cannot be read this way.")
	form("pat@gmail.com")
	w.says("Sign in to imap.gmail.com and read your mail?")
	w.press("No")
	form("pat@gmail.com")
	w.press("Yes, read at imap.gmail.com")
	w.wait("The mail server does not answer.")
	for _, n := range w.shell.Kit().Nodes() {
		if strings.Contains(n.Name, "sesame") {
			t.Error("the password is on the screen")
		}
	}
}
