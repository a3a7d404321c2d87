package shell_test

import (
	"bytes"
	"errors"
	"io"
	"testing"

	"unlisted/checks/profile/keystore"
	"unlisted/checks/text"
)

// file is one that was chosen to write to.
type file struct {
	bytes.Buffer
	closed bool
}

func (f *file) Close() error { f.closed = true; return nil }

// A file is written away from the window's thread, which goes on meanwhile; one
// that cannot be made is told, and nothing half is left in it.
func TestWritingDoesNotHoldTheWindow(t *testing.T) {
	w := open(t, "en", empty())
	f, begin := &file{}, make(chan struct{})
	w.shell.WriteTo(f, func(to io.Writer) error {
		<-begin // held until the window was used
		_, err := io.WriteString(to, "the whole of it")
		return err
	})
	w.shell.Go("report", "")
	w.looksRight("report")
	w.says("Writing the file")
	close(begin)
	w.idle()
	if f.String() != "the whole of it" || !f.closed {
		t.Errorf("%q, closed %v", f.String(), f.closed)
	}
	half := &file{}
	w.shell.WriteTo(half, func(to io.Writer) error {
		_, _ = io.WriteString(to, "half")
		return errors.Join(&text.Error{Key: "error.page.gone"}, io.ErrUnexpectedEOF)
	})
	w.idle()
	if half.Len() != 0 || !half.closed {
		t.Errorf("left %q, closed %v", half.String(), half.closed)
	}
	if want := "That page is no longer there."; !w.shell.Kit().Contains(want) {
		t.Errorf("does not say %q but %q", want, w.names())
	}
}

// What is chosen in the settings holds at once: when to lock, and whether the
// window stays out of screenshots.
func TestSettingsHold(t *testing.T) {
	var keys keystore.Memory
	path, _ := saved(t, &keys, "pat@mail.example")
	w := openPath(t, path, &keys)
	w.wait("p•••@mail.example")
	w.shell.Go("settings", "profile")
	w.typeInto("Lock automatically", "After 15 minutes without use")
	w.shell.Go("settings", "look")
	w.press("Keep this window out of screenshots")
	if set := w.shell.Session().Snapshot().Settings; set.AutoLock != 15 || !set.Shielded {
		t.Errorf("%+v", set)
	}
	w.shell.Go("settings", "profile")
	if v := w.shell.Kit().Find("select", "Lock automatically").Value(); v != "After 15 minutes without use" {
		t.Errorf("shows %q", v)
	}
}
