package breach

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"
)

// maxDepth bounds the nesting of an answer: real ones have four levels.
const maxDepth = 64

var (
	errTwice = errors.New("a key stands twice")
	errDeep  = errors.New("nested deeper than any real answer")
	errAfter = errors.New("something follows the answer")
	errText  = errors.New("not UTF-8")
)

// readStrict reads exactly one JSON value and nothing else: no mark before it,
// nothing after it, and no key twice in an object, which readers would settle
// each in their own way. Keys that differ only in case count as the same, since
// Go reads them so. Numbers stay as they are written.
func readStrict(body []byte) (any, error) {
	if !utf8.Valid(body) {
		return nil, errText
	}
	d := json.NewDecoder(bytes.NewReader(body))
	d.UseNumber()
	v, err := readValue(d, 0)
	if err != nil {
		return nil, err
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return nil, errAfter
	}
	return v, nil
}

func readValue(d *json.Decoder, depth int) (any, error) {
	t, err := d.Token()
	if err != nil {
		return nil, err
	}
	if depth > maxDepth {
		return nil, errDeep
	}
	switch t {
	case json.Delim('{'):
		return readObject(d, depth)
	case json.Delim('['):
		list := []any{}
		for d.More() {
			v, err := readValue(d, depth+1)
			if err != nil {
				return nil, err
			}
			list = append(list, v)
		}
		_, err := d.Token()
		return list, err
	}
	return t, nil
}

func readObject(d *json.Decoder, depth int) (any, error) {
	out, seen := map[string]any{}, map[string]bool{}
	for d.More() {
		t, err := d.Token()
		if err != nil {
			return nil, err
		}
		key, _ := t.(string) // the decoder lets nothing else be a key
		folded := strings.ToLower(strings.ToUpper(key))
		if seen[folded] {
			return nil, errTwice
		}
		seen[folded] = true
		if out[key], err = readValue(d, depth+1); err != nil {
			return nil, err
		}
	}
	_, err := d.Token()
	return out, err
}

// Is tells whether a value of an answer is the one documented.
type Is func(v any) bool

// Exactly is a value as JSON writes it, such as `0`, `[]`, `null` or `"none"`.
func Exactly(text string) Is {
	want, err := readStrict([]byte(text))
	return func(v any) bool { return err == nil && equal(v, want) }
}

// equal compares scalars and empty lists: a documented "nothing" has no others.
func equal(a, b any) bool {
	switch b := b.(type) {
	case []any:
		list, ok := a.([]any)
		return ok && len(list) == 0 && len(b) == 0
	case map[string]any:
		return false
	}
	switch a.(type) {
	case []any, map[string]any:
		return false
	}
	return a == b
}

// Said is a text, in capitals or not.
func Said(words string) Is {
	return func(v any) bool {
		s, ok := v.(string)
		return ok && strings.EqualFold(s, words)
	}
}

// Nothing is one documented way of a source to say that it knows nothing: the
// status and every key of the body. A key that is not listed here is not part of
// it: such an answer says something else, and is no all-clear.
type Nothing struct {
	Status int
	Must   map[string]Is // keys that are there, with their values
	May    map[string]Is // keys that may be there, with their values if so
}

// says reports whether an answer is exactly this.
func (n Nothing) says(status int, doc any) bool {
	body, ok := doc.(map[string]any)
	if !ok || status != n.Status {
		return false
	}
	for key := range n.Must {
		if _, there := body[key]; !there {
			return false
		}
	}
	for key, v := range body {
		is := n.Must[key]
		if is == nil {
			is = n.May[key]
		}
		if is == nil || !is(v) {
			return false
		}
	}
	return true
}

// HoldsData reports whether a body that should be without content, such as that
// of a "not found", has some: a page, a list or an object within it, or JSON that
// cannot be read strictly. An empty body and a sentence hold none.
func HoldsData(body []byte) bool {
	body = bytes.TrimSpace(body)
	if len(body) == 0 || !bytes.ContainsAny(body, "{[<") {
		return false
	}
	doc, err := readStrict(body)
	object, ok := doc.(map[string]any)
	if err != nil || !ok {
		return true
	}
	for _, v := range object {
		switch v.(type) {
		case []any, map[string]any:
			return true
		}
	}
	return false
}

// CountOf reads a whole number of records, not below zero, written as a number
// or as a text of digits with or without commas; false for anything else.
func CountOf(raw json.RawMessage) (int64, bool) {
	s := bare(raw)
	if strings.Contains(s, ",") {
		for i, group := range strings.Split(s, ",") {
			if len(group) > 3 || i > 0 && len(group) < 3 {
				return 0, false
			}
		}
		s = strings.ReplaceAll(s, ",", "")
	}
	if s == "" || strings.Trim(s, "0123456789") != "" {
		return 0, false
	}
	n, err := strconv.ParseInt(s, 10, 64)
	return n, err == nil
}
