package datafile

import (
	"bytes"
	"encoding/json"
	"fmt"
)

// Lines gives the line of every value of a JSON document, by its place, such as
// "steps[2].say.en"; "" is the document itself. A document with a mistake gives
// the lines up to it.
func Lines(raw []byte) map[string]int {
	l := lines{raw: raw, dec: json.NewDecoder(bytes.NewReader(raw)), at: map[string]int{}}
	_ = l.value("") // Decode tells mistakes
	return l.at
}

type lines struct {
	raw []byte
	dec *json.Decoder
	at  map[string]int
}

// value reads one value and all within it. The decoder bounds how deep it goes.
func (l lines) value(place string) error {
	tok, err := l.dec.Token()
	if err != nil {
		return err
	}
	if _, known := l.at[place]; !known {
		l.at[place] = Line(l.raw, l.dec.InputOffset()-1)
	}
	delim, nested := tok.(json.Delim)
	if !nested {
		return nil
	}
	for i := 0; l.dec.More(); i++ {
		inner := fmt.Sprintf("%s[%d]", place, i)
		if delim == '{' {
			key, err := l.dec.Token()
			if err != nil {
				return err
			}
			if inner = fmt.Sprint(key); place != "" {
				inner = place + "." + inner
			}
			l.at[inner] = Line(l.raw, l.dec.InputOffset()-1)
		}
		if err := l.value(inner); err != nil {
			return err
		}
	}
	_, err = l.dec.Token()
	return err
}
