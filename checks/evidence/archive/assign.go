package archive

import (
	"io"
	"io/fs"

	"unlisted/checks/evidence"
)

// assignments opens the files of an archive behind their "name =".
type assignments struct{ in evidence.Input }

// Open implements fs.FS.
func (a assignments) Open(name string) (fs.File, error) {
	f, err := a.in.FS.Open(name)
	if err != nil {
		return nil, err
	}
	return &assigned{f, skipAssignment(f)}, nil
}

type assigned struct {
	fs.File
	r io.Reader
}

func (a *assigned) Read(p []byte) (int, error) { return a.r.Read(p) }
