package authenticator

import (
	"encoding/json"
	"slices"
	"strings"

	"unlisted/checks/evidence"
)

// outline lists the keys found in the beginning of a JSON file as paths, such
// as "db.entries[].info", each with the first letter of its value: {, [, ",
// n(umber), b(oolean), 0 for null, ? where the file was cut off.
type outline map[string]byte

// Limits of an outline: what tells one format from another stands on top.
const (
	outlineDepth = 4
	outlineKeys  = 400
)

// outlineOf reads the outline of a head; nil where it is no JSON.
func outlineOf(head string) outline {
	head = strings.TrimSpace(head)
	if !strings.HasPrefix(head, "{") && !strings.HasPrefix(head, "[") {
		return nil
	}
	o := outline{}
	d := json.NewDecoder(strings.NewReader(head))
	d.UseNumber()
	_ = o.value(d, "", 0)
	return o
}

// value reads one value at path. The end of the head is an error that ends it all.
func (o outline) value(d *json.Decoder, path string, depth int) error {
	t, err := d.Token()
	if err != nil {
		return err
	}
	if path != "" && len(o) < outlineKeys {
		o[path] = letter(t)
	}
	open, ok := t.(json.Delim)
	if !ok {
		return nil
	}
	if depth >= outlineDepth {
		return evidence.PassOver(d, 1, evidence.MaxNesting, func() error { return nil })
	}
	for d.More() {
		child := path + "[]"
		if open == '{' {
			key, err := d.Token()
			if err != nil {
				return err
			}
			name, _ := key.(string)
			child = strings.TrimPrefix(path+"."+name, ".")
			if _, have := o[child]; !have && len(o) < outlineKeys {
				o[child] = '?'
			}
		}
		if err := o.value(d, child, depth+1); err != nil {
			return err
		}
	}
	_, err = d.Token()
	return err
}

func letter(t json.Token) byte {
	switch v := t.(type) {
	case json.Delim:
		return byte(v)
	case string:
		return '"'
	case json.Number:
		return 'n'
	case bool:
		return 'b'
	}
	return '0'
}

// has reports whether all paths are there.
func (o outline) has(paths []string) bool {
	return !slices.ContainsFunc(paths, func(p string) bool { return o[p] == 0 })
}

// entries reads an array of entries of an app. One of an unexpected shape is
// passed over; the next may be fine.
func entries[T interface{ entry() entry }](doc *evidence.Document, out evidence.Sink) error {
	return doc.List(func() error {
		var v T
		ok, err := doc.Value(&v)
		if err != nil {
			return err
		}
		if !ok {
			out.Item()
			out.Skip(evidence.Broken, "")
			return nil
		}
		record(out, v.entry())
		return nil
	})
}
