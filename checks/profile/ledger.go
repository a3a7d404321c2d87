package profile

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"sync"
	"time"

	"filippo.io/age"
	"github.com/gofrs/flock"

	"unlisted/checks/atomicfile"
	"unlisted/checks/outbound"
)

// The ledger of a profile at PATH is PATH.ledger: records one after the other,
// each a line "record NNNNNNNN" with the number of bytes that follow, and an age
// message to the profile's own key. "age -d -i KEY" opens the bytes of a record
// by itself. Records are only ever added, under PATH.ledger.lock; a record that
// cannot be read is passed over and stays where it is.
const (
	recordHead = "record %08d\n"
	headSize   = len("record ") + 8 + 1
	ageIntro   = "age-encryption.org/v1\n"
	maxRecord  = 64 << 20
	manyLoose  = 256 // records from which on they are packed into one
	lockTime   = 5 * time.Second
)

// record is the content of one message.
type record struct {
	Entries []outbound.Entry       `json:"entries,omitempty"`
	Used    map[string][]time.Time `json:"used,omitempty"` // of requests that are no longer listed
}

// Ledger is what has left this computer, on disk. It implements outbound.Ledger
// and may be used from any goroutine.
type Ledger struct {
	path    string
	key     *age.X25519Identity
	mu      sync.Mutex
	entries []outbound.Entry
	place   map[string]int // of an entry, by its ID
	used    map[string][]time.Time
	damaged int   // runs of bytes that are no record
	closed  error // why the file, which is there, cannot be read
}

var _ outbound.Ledger = (*Ledger)(nil)

// openLedger reads the ledger of a profile. A missing one is empty. One that is
// there and cannot be read takes nothing in.
func openLedger(path string, key *age.X25519Identity) *Ledger {
	l := &Ledger{path: path + ".ledger", key: key, place: map[string]int{}, used: map[string][]time.Time{}}
	b, err := readFile(l.path, maxFile)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return l
	case err != nil:
		l.closed, l.damaged = err, 1
		return l
	}
	if records := l.read(b); l.damaged == 0 && records >= manyLoose {
		_ = l.rewrite(record{Entries: l.entries, Used: l.used}) // as it was, if that fails
	}
	return l
}

// read takes in every record that can be read, and tells how many there are.
func (l *Ledger) read(b []byte) (records int) {
	bad := false
	for len(b) > 0 {
		rec, n, ok := l.first(b)
		if !ok {
			if !bad {
				l.damaged++
			}
			bad = true
			b = b[nextRecord(b[1:])+1:]
			continue
		}
		bad = false
		records++
		l.take(rec)
		b = b[n:]
	}
	return records
}

// nextRecord is where the next record may begin.
func nextRecord(b []byte) int {
	for from := 0; ; {
		i := bytes.Index(b[from:], []byte(ageIntro))
		if i < 0 {
			return len(b)
		}
		if at := from + i - headSize; at >= 0 {
			return at
		}
		from += i + 1
	}
}

// first reads the record at the start of b and tells its size.
func (l *Ledger) first(b []byte) (rec record, size int, ok bool) {
	if len(b) < headSize || !bytes.HasPrefix(b, []byte("record ")) || b[headSize-1] != '\n' {
		return rec, 0, false
	}
	n, err := strconv.ParseUint(string(b[len("record "):headSize-1]), 10, 32)
	if err != nil || n > maxRecord || int(n) > len(b)-headSize {
		return rec, 0, false
	}
	r, err := age.Decrypt(bytes.NewReader(b[headSize:headSize+int(n)]), l.key)
	if err != nil {
		return rec, 0, false
	}
	plain, err := io.ReadAll(r)
	if err != nil || json.Unmarshal(plain, &rec) != nil {
		return rec, 0, false
	}
	return rec, headSize + int(n), true
}

// take adds what a record says.
func (l *Ledger) take(rec record) {
	for _, e := range rec.Entries {
		if i, known := l.place[e.ID]; known && e.ID != "" {
			l.entries[i] = e
			continue
		}
		l.place[e.ID] = len(l.entries)
		l.entries = append(l.entries, e)
		if e.ID != "" && e.Result != outbound.ResultRefused { // older ones have their times apart
			l.used[e.Purpose] = outbound.Spend(l.used[e.Purpose], e.Time)
		}
	}
	for purpose, times := range rec.Used {
		l.used[purpose] = outbound.Merge(l.used[purpose], times)
	}
}

// seal writes a record as it stands in the file.
func (l *Ledger) seal(rec record) ([]byte, error) {
	plain, err := json.Marshal(rec)
	if err != nil {
		return nil, err
	}
	var message bytes.Buffer
	w, err := age.Encrypt(&message, l.key.Recipient())
	if err != nil {
		return nil, err
	}
	if _, err = w.Write(plain); err == nil {
		err = w.Close()
	}
	return append(fmt.Appendf(nil, recordHead, message.Len()), message.Bytes()...), err
}

// Record implements outbound.Ledger. Error: ErrSave.
func (l *Ledger) Record(e outbound.Entry) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	rec := record{Entries: []outbound.Entry{e}}
	err := l.append(rec, e.Result == outbound.ResultSent)
	if err != nil && e.Result == outbound.ResultSent {
		return wrap(ErrSave, err)
	}
	l.take(rec)
	if err != nil {
		return wrap(ErrSave, err)
	}
	return nil
}

// append adds a record; durable ones are on disk when it returns. A record that
// could not be written whole is taken back.
func (l *Ledger) append(rec record, durable bool) (err error) {
	if l.closed != nil {
		return l.closed
	}
	b, err := l.seal(rec)
	if err != nil {
		return err
	}
	unlock, err := l.lock()
	if err != nil {
		return err
	}
	defer unlock()
	_, missing := os.Stat(l.path)
	f, err := os.OpenFile(l.path, os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o600)
	if err != nil {
		return err
	}
	info, err := f.Stat()
	if err == nil {
		_, err = f.Write(b)
		if err == nil && durable {
			err = f.Sync()
		}
		if err != nil {
			_ = f.Truncate(info.Size()) // else the reader passes over it
		}
	}
	if closing := f.Close(); err == nil {
		err = closing
	}
	if err == nil && missing != nil {
		err = atomicfile.SyncFolder(filepath.Dir(l.path))
	}
	return err
}

// rewrite puts one record in the place of the file.
func (l *Ledger) rewrite(rec record) error {
	b, err := l.seal(rec)
	if err != nil {
		return err
	}
	unlock, err := l.lock()
	if err != nil {
		return err
	}
	defer unlock()
	if err := atomicfile.WriteBytes(l.path, b); err != nil {
		return err
	}
	l.damaged = 0
	return nil
}

// lock keeps other processes from writing; it waits a while for them.
func (l *Ledger) lock() (unlock func(), err error) {
	f := flock.New(l.path + ".lock")
	for end := time.Now().Add(lockTime); ; <-time.After(5 * time.Millisecond) {
		ok, err := f.TryLock()
		switch {
		case err != nil:
			return nil, err
		case ok:
			return func() { _ = f.Unlock() }, nil
		case time.Now().After(end):
			return nil, ErrInUse
		}
	}
}

// Used implements outbound.Ledger.
func (l *Ledger) Used(purpose string) []time.Time {
	l.mu.Lock()
	defer l.mu.Unlock()
	return slices.Clone(l.used[purpose])
}

// Entries returns what is listed, in order.
func (l *Ledger) Entries() []outbound.Entry {
	l.mu.Lock()
	defer l.mu.Unlock()
	return slices.Clone(l.entries)
}

// Limits returns when sources were last asked, by purpose.
func (l *Ledger) Limits() map[string][]time.Time {
	l.mu.Lock()
	defer l.mu.Unlock()
	out := make(map[string][]time.Time, len(l.used))
	for purpose, times := range l.used {
		out[purpose] = slices.Clone(times)
	}
	return out
}

// Damaged is in how many places of the file something stands that cannot be
// read. What is lost there, if anything, is not known.
func (l *Ledger) Damaged() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.damaged
}

// Erase empties the list at the person's wish. When sources were last asked, of
// which nothing tells whom it was about, stays for their limits. Error: ErrSave.
func (l *Ledger) Erase() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if err := l.rewrite(record{Used: l.used}); err != nil {
		return wrap(ErrSave, err)
	}
	l.entries, l.place, l.closed = nil, map[string]int{}, nil
	return nil
}

// carry takes over what profiles of older versions hold themselves: each entry
// once, however often the profile is opened before it is saved again.
func (l *Ledger) carry(p *Profile) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	var rec record
	left := map[outbound.Entry]int{}
	for _, e := range l.entries {
		left[bare(e)]++
	}
	for _, e := range p.Ledger {
		if left[bare(e)]--; left[bare(e)] < 0 {
			rec.Entries = append(rec.Entries, e)
		}
	}
	for purpose, times := range p.Limits {
		known := l.used[purpose]
		if len(outbound.Merge(known, times)) > len(known) {
			rec.Used = p.Limits
		}
	}
	if rec.Entries == nil && rec.Used == nil {
		return nil
	}
	if err := l.append(rec, true); err != nil {
		return wrap(ErrSave, err)
	}
	l.take(rec)
	return nil
}

// bare is an entry whose time compares by the moment alone.
func bare(e outbound.Entry) outbound.Entry {
	e.Time = time.Unix(0, e.Time.UnixNano()).UTC()
	return e
}
