// Package identifier holds what a person wants to protect: email addresses and
// phone numbers. It parses, normalises, masks and compares them. It looks
// nothing up and knows no platform.
package identifier

import (
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"unicode"
)

// Kind says what an identifier is.
type Kind uint8

// The kinds of identifier.
const (
	KindNone  Kind = iota // the zero value: no identifier
	KindEmail             // an email address
	KindPhone             // a phone number in E.164

	// KindUnplaced is a number that is there but is no number of any country as
	// it is written: of a former numbering plan, without its country, cut off.
	// It proves that a number is held; whose line it is, nobody can tell.
	KindUnplaced
)

// String returns the stable name used in files and on the command line.
func (k Kind) String() string {
	switch k {
	case KindEmail:
		return "email"
	case KindPhone:
		return "phone"
	case KindUnplaced:
		return "unplaced"
	default:
		return ""
	}
}

// Identifier is one normalised email address or phone number. It is comparable
// and so usable as a map key; use Same to compare by the provider's own rules.
type Identifier struct {
	Kind Kind
	// Value is an address with its local part as given and its domain lower-case in
	// Unicode; a phone number in E.164; an unplaced one's digits, "•" for hidden ones.
	Value string
}

// IsNumber reports a phone number, placed or not.
func (id Identifier) IsNumber() bool { return id.Kind == KindPhone || id.Kind == KindUnplaced }

// IsZero reports whether there is no identifier.
func (id Identifier) IsZero() bool { return id.Kind == KindNone }

// Same reports whether two identifiers reach the same person by the rules of
// the provider where they are known (Gmail ignores dots and plus-tags) and of
// the country (one line in two spellings is one).
func Same(a, b Identifier) bool { return a.Kind == b.Kind && a.Canonical() == b.Canonical() }

// SameLine reports whether two identifiers are the same address as written, or
// the same telephone line in any spelling.
func SameLine(a, b Identifier) bool { return a == b || a.Kind == KindPhone && a.Line() == b.Line() }

// Line is the form that identifiers have in common which are one by SameLine: a
// key for lists too long to compare each with each.
func (id Identifier) Line() Identifier {
	if id.Kind == KindPhone {
		id.Value = id.Canonical()
	}
	return id
}

// Spelled gives a number as the person's list spells it, and everything else
// as it is, so that equal lines have equal values.
func Spelled(id Identifier, own []Identifier) Identifier {
	if id.Kind == KindPhone {
		for _, o := range own {
			if SameLine(o, id) {
				return o
			}
		}
	}
	return id
}

// Among reports whether an identifier is one of a list, by the rule of Same.
func Among(list []Identifier, id Identifier) bool {
	return slices.ContainsFunc(list, func(x Identifier) bool { return Same(x, id) })
}

// Canonical returns the form two equal identifiers share. It is for comparing,
// never for showing or sending.
func (id Identifier) Canonical() string {
	switch id.Kind {
	case KindEmail:
		return canonicalEmail(id.Value)
	case KindPhone:
		return canonicalPhone(id.Value)
	default:
		return id.Value
	}
}

// Masked returns the form a screen shows, such as "+33 6 •• •• •• 12" or
// "p•••@mail.example".
func (id Identifier) Masked() string {
	switch id.Kind {
	case KindEmail:
		return maskEmail(id.Value)
	case KindPhone:
		return maskPhone(id.Value)
	case KindUnplaced:
		return "•••• " + id.End()
	default:
		return ""
	}
}

// Display returns the full, readable form: the address, or the number in
// international form with spaces.
func (id Identifier) Display() string {
	if id.Kind == KindPhone {
		return displayPhone(id.Value)
	}
	return id.Value
}

// LogValue is always masked, so that a log cannot leak by mistake.
func (id Identifier) LogValue() slog.Value { return slog.StringValue(id.Masked()) }

// String is the masked form, so that formatting with %v cannot leak either.
func (id Identifier) String() string { return id.Masked() }

type wire struct {
	Kind  string `json:"kind"`
	Value string `json:"value"`
}

// MarshalJSON writes {"kind","value"} with the full value: it is for the
// encrypted profile and for the command line's own answers.
func (id Identifier) MarshalJSON() ([]byte, error) {
	return json.Marshal(wire{id.Kind.String(), id.Value})
}

// UnmarshalJSON reads what MarshalJSON wrote.
func (id *Identifier) UnmarshalJSON(b []byte) error {
	var w wire
	if err := json.Unmarshal(b, &w); err != nil {
		return err
	}
	switch w.Kind {
	case "":
		*id = Identifier{}
	case "email":
		*id = Identifier{KindEmail, w.Value}
	case "phone":
		*id = Identifier{KindPhone, w.Value}
	case "unplaced":
		*id = Identifier{KindUnplaced, w.Value}
	default:
		return fmt.Errorf("unknown kind of identifier %q", w.Kind)
	}
	return nil
}

// Problem is a refused identifier: it explains itself to the person and never
// repeats what was typed.
type Problem struct{ key string }

func (p *Problem) Error() string { return "identifier refused: " + p.key }

// Explain gives the text key of the sentence for the person.
func (p *Problem) Explain() (string, map[string]any) { return "error.identifier." + p.key, nil }

// The reasons an identifier is refused.
var (
	ErrEmpty       = &Problem{"empty"}
	ErrEmail       = &Problem{"email"}
	ErrEmailDomain = &Problem{"email_domain"}
	ErrPhone       = &Problem{"phone"}
	ErrPhoneRegion = &Problem{"phone_region"} // national form without a region
	ErrPhoneLength = &Problem{"phone_length"}

	ErrPhoneLetters = &Problem{"phone_letters"} // letters in place of digits
	ErrSeveral      = &Problem{"several"}       // more than one on the line
)

// Parse guesses the kind: whatever holds an "@" is an address, all else a
// number read in the region given (ISO 3166-1, may be empty).
func Parse(s, region string) (Identifier, error) {
	s = strings.TrimSpace(s)
	if s == "" {
		return Identifier{}, ErrEmpty
	}
	if strings.ContainsAny(s, "@＠﹫") || len(s) > 7 && strings.EqualFold(s[:7], "mailto:") {
		return ParseEmail(s)
	}
	id, err := ParsePhone(s, region)
	if errors.Is(err, ErrPhoneLetters) && !startsLikeNumber(s) {
		return Identifier{}, ErrEmail
	}
	return id, err
}

// startsLikeNumber tells a number with letters in it from an address whose "@"
// is missing.
func startsLikeNumber(s string) bool {
	digits, letters := 0, 0
	for _, r := range legible(s) {
		if digits+letters == 0 && (isDigit(r) || strings.ContainsRune("+(", r)) {
			return true
		}
		switch {
		case isDigit(r):
			digits++
		case unicode.IsLetter(r):
			letters++
		}
	}
	return digits >= 6 && digits > letters || digits >= 8
}
