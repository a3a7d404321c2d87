package catalog

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"time"

	"unlisted/checks/datafile"
	"unlisted/checks/text"
)

// Authenticators compares what makes codes or takes their place: apps, keys,
// passkeys. Nothing is ranked: the list is in the order of the names.
type Authenticators struct {
	Reviewed time.Time
	List     []Authenticator
}

// Authenticator is one of them, with what is known of it.
type Authenticator struct {
	ID    string
	Name  string
	Note  map[string]string            // language -> text; English always
	Facts map[string]AuthenticatorFact // by name, each of AuthenticatorFacts
}

// AuthenticatorFact is one thing known of an authenticator, with where it comes
// from.
type AuthenticatorFact struct {
	Values     []string          // one or several of AuthenticatorValues, in their order
	Licence    string            // as its makers state it; "" where that was not found
	How        map[string]string // language -> how, or on what it depends; nil where the values say all
	Sources    []SourceRef
	Confidence string // weakest of its sources; "unverified" is put as a question
}

// AuthenticatorFacts lists what is compared, in the order it is told;
// "authenticators.fact.<name>" is its title.
func AuthenticatorFacts() []string {
	return []string{"systems", "backup", "account", "export", "open-source"}
}

// AuthenticatorValues lists the values a fact may have;
// "authenticators.<fact>.<value>" is the word.
func AuthenticatorValues(fact string) []string {
	switch fact {
	case "systems":
		return []string{"android", "ios", "windows", "macos", "linux", "web"}
	case "backup":
		return []string{"file", "cloud", "device", "none"}
	case "account":
		return []string{"no", "optional", "yes", "depends"}
	case "export":
		return []string{"yes", "partly", "no"}
	case "open-source":
		return []string{"yes", "no", "depends"}
	}
	return nil
}

// explained are the values that leave open what it depends on: these, and how a
// backup or an export is made, are told in words.
var explained = []string{"optional", "depends", "partly"}

type authenticatorFile struct {
	ID    string                           `json:"id"`
	Name  string                           `json:"name"`
	Note  map[string]string                `json:"note"`
	Facts map[string]authenticatorFactFile `json:"facts"`
}

type authenticatorFactFile struct {
	Values  []string          `json:"values"`
	Licence string            `json:"licence"`
	How     map[string]string `json:"how"`
	Sources []sourceFile      `json:"sources"`
}

// loadAuthenticators reads authenticators.json. Lists from before there was one
// know none.
func loadAuthenticators(facts fs.FS) (Authenticators, error) {
	const name = "authenticators.json"
	var f struct {
		Reviewed       string              `json:"reviewed"`
		Authenticators []authenticatorFile `json:"authenticators"`
	}
	raw, err := fs.ReadFile(facts, name)
	if errors.Is(err, fs.ErrNotExist) {
		return Authenticators{}, nil
	}
	if err != nil {
		return Authenticators{}, err
	}
	if err := datafile.Decode(name, raw, &f); err != nil {
		return Authenticators{}, err
	}
	out := Authenticators{Reviewed: statedDate(f.Reviewed)}
	if out.Reviewed.IsZero() {
		return Authenticators{}, fmt.Errorf("%s: the day of the review is missing", name)
	}
	seen := map[string]bool{}
	for _, a := range f.Authenticators {
		if a.ID == "" || seen[a.ID] || a.Name == "" || !said(a.Note) {
			return Authenticators{}, fmt.Errorf(
				"%s: line %d: %q: it needs an id of its own, a name and a note in English",
				name,
				lineOf(raw, a.ID),
				a.ID,
			)
		}
		seen[a.ID] = true
		one := Authenticator{ID: a.ID, Name: a.Name, Note: a.Note}
		var at string
		if one.Facts, at, err = authenticatorFacts(a.Facts); err != nil {
			return Authenticators{}, fmt.Errorf(
				"%s: line %d: %s: %s: %w",
				name,
				lineOf(raw, a.ID, at),
				a.ID,
				at,
				err,
			)
		}
		out.List = append(out.List, one)
	}
	slices.SortFunc(out.List, func(a, b Authenticator) int { return cmp.Compare(Fold(a.Name), Fold(b.Name)) })
	return out, nil
}

// authenticatorFacts reads the facts of one authenticator; with an error, at is
// the one that is wrong.
func authenticatorFacts(
	in map[string]authenticatorFactFile,
) (out map[string]AuthenticatorFact, at string, err error) {
	out = map[string]AuthenticatorFact{}
	for _, name := range AuthenticatorFacts() {
		if out[name], err = authenticatorFact(name, in[name]); err != nil {
			return nil, name, err
		}
	}
	for name := range in {
		if _, known := out[name]; !known {
			return nil, name, errors.New("unknown fact")
		}
	}
	return out, "", nil
}

func authenticatorFact(name string, in authenticatorFactFile) (AuthenticatorFact, error) {
	order := AuthenticatorValues(name)
	values := slices.Clone(in.Values)
	slices.SortFunc(
		values,
		func(a, b string) int { return cmp.Compare(slices.Index(order, a), slices.Index(order, b)) },
	)
	several := name == "systems" || name == "backup"
	switch {
	case len(values) == 0 || slices.Index(order, values[0]) < 0:
		return AuthenticatorFact{}, fmt.Errorf("%q: unknown value, or none", in.Values)
	case len(slices.Compact(slices.Clone(values))) < len(values),
		len(values) > 1 && (!several || slices.Contains(values, "none")):
		return AuthenticatorFact{}, fmt.Errorf("%q: values that do not go together", in.Values)
	case in.Licence != "" && (name != "open-source" || values[0] != "yes"):
		return AuthenticatorFact{}, errors.New("a licence of what is not open source")
	case in.How != nil && !said(in.How):
		return AuthenticatorFact{}, errors.New("how: it needs English")
	case in.How == nil && (name == "backup" || name == "export" || slices.Contains(explained, values[0])):
		return AuthenticatorFact{}, errors.New("how is missing")
	}
	refs, weakest, err := sourcesOf(in.Sources)
	if err != nil {
		return AuthenticatorFact{}, err
	}
	return AuthenticatorFact{values, in.Licence, in.How, refs, weakest}, nil
}

// said reports whether a text that comes with data is there in the language that
// every other falls back to, and no translation of it is left empty.
func said(texts map[string]string) bool {
	return texts[text.Fallback] != "" && !slices.Contains(slices.Collect(maps.Values(texts)), "")
}
