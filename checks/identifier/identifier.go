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
)

// Kind says what an identifier is.
type Kind uint8

// The kinds of identifier.
const (
	KindNone  Kind = iota // the zero value: no identifier
	KindEmail             // an email address
	KindPhone             // a phone number in E.164
)

// String returns the stable name used in files and on the command line.
func (k Kind) String() string {
	switch k {
	case KindEmail:
		return "email"
	case KindPhone:
		return "phone"
	default:
		return ""
	}
}

// Identifier is one normalised email address or phone number. It is comparable
// and so usable as a map key; use Same to compare by the provider's own rules.
type Identifier struct {
	Kind  Kind
	Value string // email: local part as given, domain lower-case in its Unicode form; phone: E.164
}

// IsZero reports whether there is no identifier.
func (id Identifier) IsZero() bool { return id.Kind == KindNone }

// Same reports whether two identifiers reach the same person by the rules of
// the provider where they are known (Gmail ignores dots and plus-tags).
func Same(a, b Identifier) bool { return a.Kind == b.Kind && a.Canonical() == b.Canonical() }

// Among reports whether an identifier is one of a list, by the rule of Same.
func Among(list []Identifier, id Identifier) bool {
	return slices.ContainsFunc(list, func(x Identifier) bool { return Same(x, id) })
}

// Canonical returns the form two equal identifiers share. It is for comparing,
// never for showing or sending.
func (id Identifier) Canonical() string {
	if id.Kind == KindEmail {
		return canonicalEmail(id.Value)
	}
	return id.Value
}

// Masked returns the form a screen shows, such as "+33 6 •• •• •• 12" or
// "p•••@mail.example".
func (id Identifier) Masked() string {
	switch id.Kind {
	case KindEmail:
		return maskEmail(id.Value)
	case KindPhone:
		return maskPhone(id.Value)
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
)

// Parse guesses the kind: whatever holds an "@" is an address, all else a
// number read in the region given (ISO 3166-1, may be empty).
func Parse(s, region string) (Identifier, error) {
	s = strings.TrimSpace(s)
	if s == "" {
		return Identifier{}, ErrEmpty
	}
	if strings.ContainsAny(s, "@＠") {
		return ParseEmail(s)
	}
	id, err := ParsePhone(s, region)
	if errors.Is(err, ErrPhone) && strings.ContainsFunc(s, func(r rune) bool { return r >= 'a' && r <= 'z' }) {
		return Identifier{}, ErrEmail
	}
	return id, err
}
