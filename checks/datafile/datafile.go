// Package datafile reads the data files of the project, strictly: a mistake
// names the file, the line and the field, so that a test of the build finds it.
package datafile

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

// Decode reads a whole JSON file into out. A field that out does not have, a
// value of another type and anything behind the document are errors.
func Decode(file string, raw []byte, out any) error {
	d := json.NewDecoder(bytes.NewReader(raw))
	d.DisallowUnknownFields()
	err := d.Decode(out)
	if err == nil {
		if _, more := d.Token(); more == io.EOF {
			return nil
		}
		err = errors.New("more than one document")
	}
	return fmt.Errorf("%s: line %d: %w", file, Line(raw, d.InputOffset()), err)
}

// Line is the line of a place in a file, for people who edit it.
func Line(raw []byte, offset int64) int {
	return 1 + bytes.Count(raw[:min(int64(len(raw)), max(0, offset))], []byte("\n"))
}

// Must returns what was read from an embedded file. It panics on an error: the
// file is checked by a test, so only a broken build can bring this about.
func Must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}
