package logins

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"strconv"
	"strings"
	"time"

	"unlisted/checks/evidence"
)

// errShape is JSON that is not laid out as its export is.
var errShape = errors.New("unexpected JSON value")

// maxDepth is deeper than any export nests.
const maxDepth = 64

// jsonHead is the head of a file as text where it may be JSON, else "".
func jsonHead(head []byte) string {
	start := bytes.TrimLeft(bytes.TrimPrefix(head, []byte("\xef\xbb\xbf")), " \t\r\n")
	utf16 := bytes.HasPrefix(head, []byte("\xff\xfe")) || bytes.HasPrefix(head, []byte("\xfe\xff"))
	if len(start) == 0 || start[0] != '{' && start[0] != '[' && !utf16 {
		return ""
	}
	return strings.TrimSpace(evidence.HeadText(head))
}

// hasKeys reports whether text holds all the names as JSON keys.
func hasKeys(text string, names ...string) bool {
	for _, n := range names {
		if !strings.Contains(text, `"`+n+`"`) {
			return false
		}
	}
	return true
}

// hasKey reports whether text holds one of the names as a JSON key.
func hasKey(text string, names ...string) bool {
	for _, n := range names {
		if hasKeys(text, n) {
			return true
		}
	}
	return false
}

// document reads a JSON file value by value: only one record is ever held.
type document struct {
	ctx   context.Context
	d     *json.Decoder
	limit *evidence.RecordLimit
}

func newDocument(ctx context.Context, r io.Reader) *document {
	limit := &evidence.RecordLimit{Reader: evidence.Text(r)}
	return &document{ctx, json.NewDecoder(limit), limit}
}

// enter reads the start of an object or list; false for null.
func (j *document) enter(start json.Delim) (bool, error) {
	j.limit.Reset()
	t, err := j.d.Token()
	switch {
	case err != nil:
		return false, err
	case t == nil:
		return false, nil
	case t != start:
		return false, errShape
	}
	return true, nil
}

// object calls f for each key; f reads the value.
func (j *document) object(f func(key string) error) error {
	if some, err := j.enter('{'); !some {
		return err
	}
	for j.d.More() {
		t, err := j.d.Token()
		if err != nil {
			return err
		}
		key, _ := t.(string)
		if err := f(key); err != nil {
			return err
		}
	}
	_, err := j.d.Token()
	return err
}

// list calls f for each element; f reads it.
func (j *document) list(f func() error) error {
	if some, err := j.enter('['); !some {
		return err
	}
	for j.d.More() {
		if err := j.ctx.Err(); err != nil {
			return err
		}
		j.limit.Reset()
		if err := f(); err != nil {
			return err
		}
	}
	_, err := j.d.Token()
	return err
}

// value reads the next value into v; false where it has another shape, in which
// case the next one may be fine.
func (j *document) value(v any) (bool, error) {
	err := j.d.Decode(v)
	var shape *json.UnmarshalTypeError
	if errors.As(err, &shape) {
		return false, nil
	}
	return err == nil, err
}

// records reads a list of records: emit says whether one was used. v makes the
// value a record is read into.
func records[T any](j *document, out evidence.Sink, emit func(T, evidence.Sink) bool) error {
	return j.list(func() error {
		var v T
		ok, err := j.value(&v)
		if err != nil {
			return err
		}
		out.Item()
		if !ok || !emit(v, out) {
			out.Skip()
		}
		return nil
	})
}

// skip passes over the next value without holding it.
func (j *document) skip() error {
	for depth := 0; ; {
		if err := j.ctx.Err(); err != nil {
			return err
		}
		j.limit.Reset()
		t, err := j.d.Token()
		if err != nil {
			return err
		}
		switch t {
		case json.Delim('{'), json.Delim('['):
			depth++
		case json.Delim('}'), json.Delim(']'):
			depth--
		}
		if depth > maxDepth {
			return errShape
		}
		if depth <= 0 {
			return nil
		}
	}
}

// text is a JSON string or number; anything else reads as "".
type text string

// UnmarshalJSON implements json.Unmarshaler.
func (t *text) UnmarshalJSON(b []byte) error {
	*t = ""
	switch {
	case b[0] == '"':
		var s string
		if json.Unmarshal(b, &s) == nil {
			*t = text(s)
		}
	case b[0] == '-' || b[0] >= '0' && b[0] <= '9':
		*t = text(b)
	}
	return nil
}

// flag is a JSON boolean, also written as a number or a string.
type flag bool

// UnmarshalJSON implements json.Unmarshaler.
func (f *flag) UnmarshalJSON(b []byte) error {
	s := strings.Trim(string(b), `"`)
	n, err := strconv.ParseFloat(s, 64)
	*f = flag(s == "true" || err == nil && n != 0)
	return nil
}

// moment is a date in any of the forms that exports write; see when.
type moment struct{ time.Time }

// UnmarshalJSON implements json.Unmarshaler.
func (m *moment) UnmarshalJSON(b []byte) error {
	m.Time = when(strings.Trim(string(b), `"`))
	return nil
}

// list is a JSON list of strings; what is not one is left out.
type list []string

// UnmarshalJSON implements json.Unmarshaler.
func (l *list) UnmarshalJSON(b []byte) error {
	*l = nil
	var all []text
	if json.Unmarshal(b, &all) == nil {
		for _, t := range all {
			*l = append(*l, string(t))
		}
	}
	return nil
}

// addresses reads a cell that holds a JSON list of addresses.
func addresses(cell string) (l list) {
	_ = l.UnmarshalJSON([]byte(cell))
	return l
}
