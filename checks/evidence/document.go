package evidence

import (
	"context"
	"encoding/json"
	"errors"
	"io"
)

// errShape is JSON that is not laid out as its export is.
var errShape = errors.New("unexpected JSON value")

// MaxNesting is deeper than any export nests.
const MaxNesting = 64

// Document reads JSON value by value: only one record is ever held, and a record
// beyond reason ends it. Its errors are those of the reader, of the decoder, and
// of the context.
type Document struct {
	*json.Decoder
	ctx   context.Context
	limit *RecordLimit
}

// NewDocument reads r as text, whatever its encoding.
func NewDocument(ctx context.Context, r io.Reader) *Document {
	limit := &RecordLimit{Reader: Text(r)}
	return &Document{json.NewDecoder(limit), ctx, limit}
}

// Enter reads the start of an object or list; false for null, which has nothing
// to enter.
func (d *Document) Enter(start json.Delim) (bool, error) {
	d.limit.Reset()
	t, err := d.Token()
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

// Rest calls f for each value of an object or list that was entered, and reads
// its end. f reads the value, in an object its key too.
func (d *Document) Rest(f func() error) error {
	for d.More() {
		if err := d.ctx.Err(); err != nil {
			return err
		}
		d.limit.Reset()
		if err := f(); err != nil {
			return err
		}
	}
	_, err := d.Token()
	return err
}

// Object calls f for each key of the object that comes next; f reads the value.
func (d *Document) Object(f func(key string) error) error {
	if some, err := d.Enter('{'); !some {
		return err
	}
	return d.Rest(func() error {
		t, err := d.Token()
		if err != nil {
			return err
		}
		key, _ := t.(string)
		return f(key)
	})
}

// List calls f for each element of the list that comes next; f reads it.
func (d *Document) List(f func() error) error {
	if some, err := d.Enter('['); !some {
		return err
	}
	return d.Rest(f)
}

// Value reads the next value into v; false where it has another shape, in which
// case the next one may be fine.
func (d *Document) Value(v any) (bool, error) {
	err := d.Decode(v)
	var shape *json.UnmarshalTypeError
	if errors.As(err, &shape) {
		return false, nil
	}
	return err == nil, err
}

// Skip passes over the next value without holding it.
func (d *Document) Skip() error {
	return PassOver(d.Decoder, 0, MaxNesting, func() error {
		d.limit.Reset()
		return d.ctx.Err()
	})
}

// PassOver reads past the JSON value that comes next, where depth is 0, or past
// the rest of as many values that were entered. Its errors are those of the
// decoder and of step, which is called before each token, and that of a value
// nested deeper than most.
func PassOver(d *json.Decoder, depth, most int, step func() error) error {
	for {
		if err := step(); err != nil {
			return err
		}
		t, err := d.Token()
		if err != nil {
			return err
		}
		switch t {
		case json.Delim('{'), json.Delim('['):
			depth++
		case json.Delim('}'), json.Delim(']'):
			depth--
		}
		if depth > most {
			return errShape
		}
		if depth <= 0 {
			return nil
		}
	}
}

// Records reads the list that comes next, record by record, and hands each to
// emit. One of an unexpected shape is passed over.
func Records[T any](d *Document, out Sink, emit func(T, Sink)) error {
	return d.List(func() error {
		var v T
		ok, err := d.Value(&v)
		if err != nil {
			return err
		}
		out.Item()
		if ok {
			emit(v, out)
		} else {
			out.Skip(Broken, "")
		}
		return nil
	})
}

// Counted reads r and tells out how far; it ends with the context.
func Counted(ctx context.Context, r io.Reader, out Sink) io.Reader { return &counted{ctx, r, out} }

type counted struct {
	ctx context.Context
	r   io.Reader
	out Sink
}

func (c *counted) Read(p []byte) (int, error) {
	if err := c.ctx.Err(); err != nil {
		return 0, err
	}
	n, err := c.r.Read(p)
	c.out.Advance(int64(n))
	return n, err
}
