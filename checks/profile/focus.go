package profile

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/fsnotify/fsnotify"
)

// focusExt ends the name of the file by which a second window asks the one that
// has the profile open to come to the front. It holds nothing.
const focusExt = ".focus"

// RequestFocus asks the window that has the profile at path open to come to the
// front. Whether one does is not known. The file is always a new one: whatever
// had its name, a link to elsewhere too, is taken away and not written to.
func RequestFocus(path string) error {
	if err := os.Remove(path + focusExt); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return wrap(ErrSave, err)
	}
	f, err := os.OpenFile(path+focusExt, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return wrap(ErrSave, err)
	}
	return f.Close()
}

// WatchFocus calls asked at each RequestFocus for the profile at path, until ctx
// is done. It is called on a thread of its own. Where the system cannot watch a
// folder it returns its error, and requests are not seen.
func WatchFocus(ctx context.Context, path string, asked func()) error {
	w, err := fsnotify.NewWatcher()
	if err != nil {
		return err
	}
	defer w.Close()
	if err := w.Add(filepath.Dir(path)); err != nil {
		return err
	}
	name := filepath.Base(path) + focusExt
	for {
		select {
		case <-ctx.Done():
			return nil
		case err, open := <-w.Errors:
			if !open {
				return err
			}
		case e, open := <-w.Events:
			switch {
			case !open:
				return nil
			case filepath.Base(e.Name) == name && e.Has(fsnotify.Create|fsnotify.Write):
				_ = os.Remove(path + focusExt) // the next request makes it anew
				asked()
			}
		}
	}
}
