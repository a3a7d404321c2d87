package logins

import (
	"bytes"
	"encoding/json"
	"strconv"
	"strings"
	"time"

	"unlisted/checks/evidence"
)

// jsonHead is the head of a file as text with its later keys where it may be JSON, else "".
func jsonHead(in evidence.Input) string {
	head := in.Head
	start := bytes.TrimLeft(bytes.TrimPrefix(head, []byte("\xef\xbb\xbf")), " \t\r\n")
	utf16 := bytes.HasPrefix(head, []byte("\xff\xfe")) || bytes.HasPrefix(head, []byte("\xfe\xff"))
	if len(start) == 0 || start[0] != '{' && start[0] != '[' && !utf16 {
		return ""
	}
	return strings.TrimSpace(in.HeadText())
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
