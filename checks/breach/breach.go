// Package breach asks public breach sources about the person's own
// identifiers, and matches the person's accounts against the local catalogue.
// A look-up never answers "nothing found" by accident: the zero outcome is
// NotChecked. It opens no connection itself: outbound is the only client.
package breach

import (
	"cmp"
	"context"
	"time"

	"unlisted/checks/identifier"
	"unlisted/checks/outbound"
)

// Outcome is how a look-up ended.
type Outcome uint8

// The outcomes. Only NotFound may ever be told as "nothing found here".
const (
	NotChecked Outcome = iota
	Found
	NotFound
	Partial // answered, but the source hides some categories
	InvalidInput
	Unauthorized
	Forbidden
	Blocked
	RateLimited
	Unavailable
	Malformed
)

var outcomeNames = [...]string{
	"not-checked", "found", "not-found", "partial", "invalid-input", "unauthorized",
	"forbidden", "blocked", "rate-limited", "unavailable", "malformed",
}

// String returns the stable name used in files and on the command line.
func (o Outcome) String() string {
	if int(o) < len(outcomeNames) {
		return outcomeNames[o]
	}
	return outcomeNames[NotChecked]
}

// MarshalText writes the stable name.
func (o Outcome) MarshalText() ([]byte, error) { return []byte(o.String()), nil }

// UnmarshalText reads the stable name; anything unknown is NotChecked.
func (o *Outcome) UnmarshalText(b []byte) error {
	*o = NotChecked
	for i, n := range outcomeNames {
		if n == string(b) {
			*o = Outcome(i)
		}
	}
	return nil
}

// Answered reports whether the source gave a usable answer.
func (o Outcome) Answered() bool { return o == Found || o == NotFound || o == Partial }

// Level says what a look-up reveals about the person.
type Level string

// The consent levels of the reference.
const (
	LevelNothing    Level = "A" // nothing about the person
	LevelPrefix     Level = "B" // a hash prefix shared by hundreds of others
	LevelPseudonym  Level = "C" // a stable pseudonym
	LevelIdentifier Level = "D" // the identifier itself
)

// Info is what a person must know before saying yes to a source. Texts are
// keys: "source.<id>.name", ".who", ".sends", ".cost", ".limits", ".cannot",
// ".credit"; "ledger.<id>" is the sentence of the ledger.
type Info struct {
	ID      string            // stable, such as "hibp"
	With    string            // the source whose key and limits it shares; "" for its own
	Host    string            // the one host it asks
	Level   Level             // what it learns
	Kinds   []identifier.Kind // what it can search
	Limits  []outbound.Limit  // how often it may be asked
	Key     *Key              // the person's own key that it needs, or nil
	Credit  string            // address to link where results are shown
	CanHide bool              // its "nothing found" hides categories, so NotFound is told as Partial
	// Sends is exactly what leaves of an identifier: itself, a fragment of its hash
	// or a pseudonym, as the level says.
	Sends func(id identifier.Identifier) string
}

// Key is a key that the person gets from a source, and how. "source.<id>.key.how",
// ".without" and ".check" are its texts: how to get it and what it costs, what
// there is without it, and what checking it sends.
type Key struct {
	ID   string // what it is kept under: the source's purpose
	Page string // where the person gets it
}

// Whole reports whether the identifier itself leaves, rather than something made
// from it.
func (i Info) Whole() bool { return i.Level == LevelIdentifier }

// Purpose is the name its requests leave under: the key, the limits and the
// consent go by it.
func (i Info) Purpose() string { return cmp.Or(i.With, i.ID) }

// HitKind says what a source names.
type HitKind string

// The kinds of hit.
const (
	HitBreach  HitKind = ""        // data taken from a platform
	HitPaste   HitKind = "paste"   // a text somebody published
	HitStealer HitKind = "stealer" // taken from an infected device: clean the device first
)

// Hit is one breach a source names.
type Hit struct {
	Kind       HitKind   `json:"kind,omitempty"`
	Name       string    `json:"name"`            // the source's stable key
	Title      string    `json:"title,omitempty"` // plain text, control characters removed
	Domain     string    `json:"domain,omitempty"`
	Date       time.Time `json:"date,omitzero"`
	Data       []string  `json:"data,omitempty"`   // data classes, HIBP vocabulary where known
	Count      int64     `json:"count,omitempty"`  // accounts concerned, as the source counts them
	Device     string    `json:"device,omitempty"` // the infected device, so that the person knows it again
	Unverified bool      `json:"unverified,omitempty"`
}

// maxHits bounds what one answer may add to the profile: no address is in so
// many leaks.
const maxHits = 2000

// Hits drops what a source names twice, and what no real answer holds.
func Hits(list []Hit) []Hit {
	type key struct {
		kind         HitKind
		name, device string
		date         time.Time
	}
	seen := map[key]bool{}
	out := make([]Hit, 0, min(len(list), maxHits))
	for _, h := range list {
		if k := (key{h.Kind, h.Name, h.Device, h.Date}); !seen[k] && len(out) < maxHits {
			seen[k] = true
			out = append(out, h)
		}
	}
	return out
}

// Result is one identifier asked of one source.
type Result struct {
	Source     string                `json:"source"`
	Identifier identifier.Identifier `json:"identifier"`
	Outcome    Outcome               `json:"outcome"`
	Hits       []Hit                 `json:"hits,omitempty"`
	At         time.Time             `json:"at"`
	RetryAt    time.Time             `json:"retry_at,omitzero"` // when to ask again, if the source said so
	Refused    error                 `json:"-"`                 // why it did not leave, or was cut off: of outbound's
}

// AllClear is true for NotFound only and is the only way a screen may say
// "nothing found".
func (r Result) AllClear() bool { return r.Outcome == NotFound }

// Plan is what the person's key at a source may do.
type Plan struct {
	Name        string
	Until       time.Time // paid until; zero where the source does not say
	PerMinute   int64     // questions
	StealerLogs bool
	KAnonymity  bool // addresses can be searched by a prefix of their hash
}

// Planner is a source that can tell what the person's key may do, without
// looking anybody up.
type Planner interface {
	Source
	// Plan asks it. The outcome is Found where the source said it.
	Plan(ctx context.Context) (Plan, Outcome)
}

// Detailer is a source that can say more of what it found, at the price of one
// more request to the same host.
type Detailer interface {
	// Detail returns the result with richer hits, or as it was.
	Detail(ctx context.Context, yes outbound.Consent, r Result) Result
}

// Source is one public breach service that searches identifiers.
type Source interface {
	Info() Info
	// LookUp asks with the person's yes. It has no error: the outcome says it. It never panics on any answer.
	LookUp(ctx context.Context, yes outbound.Consent, id identifier.Identifier) Result
}
