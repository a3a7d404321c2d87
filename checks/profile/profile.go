// Package profile is the person's data on disk: the model, its encryption, the
// key store, the lock against a second window, previous versions. It decides
// nothing.
package profile

import (
	"time"

	"unlisted/checks/account"
	"unlisted/checks/breach"
	"unlisted/checks/evidence"
	"unlisted/checks/evidence/imapbox"
	"unlisted/checks/identifier"
	"unlisted/checks/outbound"
)

// Version is the newest schema this program writes. A file with a larger one is
// refused, never changed. Version 2 gave sources an identity; files of version 1
// are read as they are.
const Version = 2

// Document is what undo and redo bring back: what is known of the person's
// accounts, and how far they have come.
type Document struct {
	Identifiers []Own                        `json:"identifiers,omitempty"`
	Scans       []Scan                       `json:"scans,omitempty"`
	Findings    []evidence.Finding           `json:"findings,omitempty"`
	Claims      []account.Claim              `json:"claims,omitempty"`
	Dismissed   []identifier.Identifier      `json:"dismissed,omitempty"` // proposed as own, and refused
	Lookups     []breach.Result              `json:"lookups,omitempty"`
	Steps       map[string]map[string]Ticked `json:"steps,omitempty"`    // account key -> step kind -> when
	Skipped     []string                     `json:"skipped,omitempty"`  // plan action ids
	Answers     map[string]string            `json:"answers,omitempty"`  // question about ways in -> yes, no or unknown
	Practised   time.Time                    `json:"practised,omitzero"` // when the practice account was finished
	Leaving     map[string]time.Time         `json:"leaving,omitempty"`  // number that is given up -> its last day
	Asked       map[string]time.Time         `json:"asked,omitempty"`    // format of a file asked of a platform -> when
	Uses        map[string]bool              `json:"uses,omitempty"`     // platform, kind of mail or phone -> whether it is used
}

// Profile is everything one person stores. The zero value is an empty profile.
// Undo and redo change the Document and nothing else.
//
// A Profile in use is never altered: a change copies the struct and, of its
// slices and maps, those it alters (With, Without, Put, Drop), so that an earlier
// copy stays what it was and costs nothing to keep.
type Profile struct {
	Version int       `json:"version"`
	Created time.Time `json:"created,omitzero"`
	// SourceKey is random and keys the IDs of sources, so that they say nothing of
	// a path to whoever does not have the profile.
	SourceKey []byte `json:"source_key,omitempty"`
	Document
	Mailboxes []Mailbox              `json:"mailboxes,omitempty"`
	Ledger    []outbound.Entry       `json:"ledger,omitempty"`
	Consents  map[string]bool        `json:"consents,omitempty"` // purpose id -> standing yes
	Limits    map[string][]time.Time `json:"limits,omitempty"`   // purpose id -> times of its last requests
	Seen      map[string]Seen        `json:"seen,omitempty"`     // platform -> its state at the last look
	History   []Event                `json:"history,omitempty"`
	Settings  Settings               `json:"settings"`
	Sample    bool                   `json:"sample,omitempty"` // the invented person; never saved
}

// Own is one identifier of the person.
type Own struct {
	ID    identifier.Identifier `json:"id"`
	Added time.Time             `json:"added,omitzero"`
}

// Scan is one file that was read.
type Scan struct {
	Source evidence.Source `json:"source"`
	At     time.Time       `json:"at"`
}

// Mailbox is a mailbox that was read at its provider. Its password is not here.
type Mailbox struct {
	ID    string        `json:"id"` // random; names its password in the keyring
	Host  string        `json:"host"`
	User  string        `json:"user"`
	State imapbox.State `json:"state,omitzero"`
	Read  time.Time     `json:"read,omitzero"`
}

// Ticked is a step the person has done.
type Ticked struct {
	At time.Time `json:"at"`
}

// Seen is what was known of a platform when the person last looked, to tell
// what is new.
type Seen struct {
	Exit      string    `json:"exit,omitempty"`
	Reviewed  time.Time `json:"reviewed,omitzero"` // of its guide
	Incidents []string  `json:"incidents,omitempty"`
}

// Event is one line of the history, in text keys.
type Event struct {
	At   time.Time `json:"at"`
	What string    `json:"what"` // text key "history.<change>"
	Args []string  `json:"args,omitempty"`
}

// Settings are the person's choices. The zero value is the default of each.
type Settings struct {
	Language     string `json:"language,omitempty"`    // "" follows the system
	Region       string `json:"region,omitempty"`      // ISO 3166-1 for national numbers; "" follows the system
	Theme        string `json:"theme,omitempty"`       // "", "light", "dark", "contrast"
	TextPct      int    `json:"text_pct,omitempty"`    // 100 to 200; 0 means 100
	ShowValues   bool   `json:"show_values,omitempty"` // do not mask
	Place        string `json:"place,omitempty"`       // the route last shown
	Offline      bool   `json:"offline,omitempty"`     // nothing leaves, whatever was agreed to
	ProxyMode    string `json:"out,omitempty"`         // "" as the system does, ProxyOwn, ProxyTor
	ProxyAddress string `json:"proxy,omitempty"`       // for ProxyOwn
	AutoLock     int    `json:"auto_lock,omitempty"`   // minutes without use after which to lock; 0: never
	Shielded     bool   `json:"shielded,omitempty"`    // the window is kept out of screenshots
	Window       [2]int `json:"window,omitzero"`       // its width and height; 0: as it comes
}

// The proxy modes beside "", the system's.
const (
	ProxyOwn = "proxy"
	ProxyTor = "tor"
)

// torProxy is where the Tor service listens; Tor Browser uses 9150 instead
// (https://support.torproject.org, "Tor Browser: ports").
const torProxy = "socks5h://127.0.0.1:9050"

// Proxy is the address to go through, "" for the system's, and whether each person
// and host gets a circuit of its own.
func (s Settings) Proxy() (proxy string, isolate bool) {
	switch s.ProxyMode {
	case ProxyOwn:
		return s.ProxyAddress, false
	case ProxyTor:
		if s.ProxyAddress != "" {
			return s.ProxyAddress, true
		}
		return torProxy, true
	}
	return "", false
}
