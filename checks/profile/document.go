package profile

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"maps"
	"slices"
	"time"

	"unlisted/checks/account"
	"unlisted/checks/evidence"
	"unlisted/checks/identifier"
)

// With returns a copy of s with v at its end.
func With[T any](s []T, v ...T) []T { return slices.Concat(s, v) }

// Without returns a copy of s less what drop says, or s itself where nothing
// goes.
func Without[T any](s []T, drop func(T) bool) []T {
	if !slices.ContainsFunc(s, drop) {
		return s
	}
	return slices.DeleteFunc(slices.Clone(s), drop)
}

// Put returns a copy of m with v under k.
func Put[K comparable, V any](m map[K]V, k K, v V) map[K]V {
	out := maps.Clone(m)
	if out == nil {
		out = map[K]V{}
	}
	out[k] = v
	return out
}

// Drop returns a copy of m less k, or m itself where k is not in it.
func Drop[K comparable, V any](m map[K]V, k K) map[K]V {
	if _, ok := m[k]; !ok {
		return m
	}
	out := maps.Clone(m)
	delete(out, k)
	return out
}

// Has reports whether an identifier is on the person's list, however written.
func (d *Document) Has(id identifier.Identifier) bool {
	return slices.ContainsFunc(d.Identifiers, func(o Own) bool { return identifier.Same(o.ID, id) })
}

// Add puts an identifier on the person's list; it is no longer dismissed.
func (d *Document) Add(id identifier.Identifier, now time.Time) {
	d.Identifiers = With(d.Identifiers, Own{ID: id, Added: now})
	d.Dismissed = Without(d.Dismissed, func(x identifier.Identifier) bool { return identifier.Same(x, id) })
}

// Remove takes an identifier off the list, with the last day of a number;
// findings stay.
func (d *Document) Remove(id identifier.Identifier) {
	for _, o := range d.Identifiers {
		if identifier.SameLine(o.ID, id) {
			d.Leaving = Drop(d.Leaving, o.ID.Value)
		}
	}
	d.Identifiers = Without(d.Identifiers, func(o Own) bool { return identifier.SameLine(o.ID, id) })
}

// AcceptReport stores what a scan found. Findings of a source that was read
// before are replaced, so reading the same files again changes nothing; so is
// what was read under the same label by a version that gave sources no ID.
func (d *Document) AcceptReport(r evidence.Report, now time.Time) {
	read, at := map[sourceKey]bool{}, map[sourceKey]int{}
	var scans []Scan
	for _, x := range r.Sources {
		if x.Format == "" {
			continue
		}
		k := keyOf(x)
		read[k], read[sourceKey{"", x.Path, x.Format}] = true, true // the latter before sources had IDs
		if i, twice := at[k]; twice {
			scans[i] = Scan{Source: x.WithoutNames(), At: now}
			continue
		}
		at[k] = len(scans)
		scans = append(scans, Scan{Source: x.WithoutNames(), At: now})
	}
	d.Scans = With(Without(d.Scans, func(x Scan) bool { return read[keyOf(x.Source)] }), scans...)
	d.Findings = With(Without(d.Findings, func(f evidence.Finding) bool { return read[keyOfFinding(f)] }), r.Findings...)
}

// RemoveSource forgets a source and everything it showed.
func (d *Document) RemoveSource(s evidence.Source) {
	d.Scans = Without(d.Scans, func(x Scan) bool { return keyOf(x.Source) == keyOf(s) })
	d.Findings = Without(d.Findings, func(f evidence.Finding) bool {
		return keyOfFinding(f) == keyOf(s)
	})
}

// sourceKey tells sources apart: by ID or, where there is none, by label; and by
// format, since one file may be read in two ways.
type sourceKey struct{ id, label, format string }

func keyOf(s evidence.Source) sourceKey {
	return keyOfFinding(evidence.Finding{SourceID: s.ID, Source: s.Path, Format: s.Format})
}

func keyOfFinding(f evidence.Finding) sourceKey {
	if f.SourceID != "" {
		f.Source = ""
	}
	return sourceKey{f.SourceID, f.Source, f.Format}
}

// Tick marks a step of the guided switch of an account as done.
func (d *Document) Tick(accountKey, step string, now time.Time) {
	d.Steps = Put(d.Steps, accountKey, Put(d.Steps[accountKey], step, Ticked{At: now}))
}

// Untick takes a tick back.
func (d *Document) Untick(accountKey, step string) {
	if _, ok := d.Steps[accountKey][step]; ok {
		d.Steps = Put(d.Steps, accountKey, Drop(d.Steps[accountKey], step))
	}
}

// Claim stores what the person says of one account.
func (d *Document) Claim(c account.Claim) { d.Claims = account.SetClaim(d.Claims, c) }

// SourceID is what a source is known by that lies at origin, for
// evidence.Options: a hash under the profile's own key.
func (p *Profile) SourceID(origin string) string {
	h := hmac.New(sha256.New, p.SourceKey)
	h.Write([]byte(origin))
	return hex.EncodeToString(h.Sum(nil)[:16])
}

// newSourceKey is the key of a profile that has none yet.
func newSourceKey() []byte {
	key := make([]byte, 32)
	rand.Read(key)
	return key
}

// Mailbox is what is known of a mailbox; one never read gets a new id, which
// says nothing of the person and names its password in the keyring.
func (p *Profile) Mailbox(host, user string) Mailbox {
	for _, x := range p.Mailboxes {
		if x.Host == host && x.User == user {
			return x
		}
	}
	var id [8]byte
	rand.Read(id[:])
	return Mailbox{ID: hex.EncodeToString(id[:]), Host: host, User: user}
}

// KeepMailbox stores how far a mailbox was read, in place of what was known of it.
func (p *Profile) KeepMailbox(box Mailbox) {
	p.Mailboxes = With(Without(p.Mailboxes, func(x Mailbox) bool { return x.ID == box.ID }), box)
}

// Normalised keeps the settings within what they may be.
func (s Settings) Normalised() Settings {
	if s.TextPct != 0 {
		s.TextPct = min(200, max(100, s.TextPct))
	}
	return s
}

// Note adds a line to the history.
func (p *Profile) Note(now time.Time, event string, args ...string) {
	p.History = With(p.History, Event{At: now, What: "history." + event, Args: args})
}
