package outbound

import (
	"crypto/rand"
	"encoding/hex"
	"maps"
	"slices"
	"sync"
	"time"
)

// Results of a ledger entry.
const (
	ResultSent     = "sent" // left, or was about to: the answer is not known
	ResultAnswered = "answered"
	ResultFailed   = "failed"
	ResultCut      = "cut"     // ended by the person while it was under way
	ResultRefused  = "refused" // stopped by the client: nothing left this computer
)

// Entry is one request that left this computer, or was refused by the client.
// "ledger.<purpose>" is its sentence.
type Entry struct {
	ID      string    `json:"id,omitempty"` // random; ties an outcome to what was sent
	Time    time.Time `json:"time"`
	Purpose string    `json:"purpose"`
	Host    string    `json:"host"`
	Subject string    `json:"subject,omitempty"` // masked identifier; never the value
	Bytes   int64     `json:"bytes"`             // size of the answer read
	Status  int       `json:"status"`            // HTTP status; 0 when no answer came
	Result  string    `json:"result"`
}

// Ledger keeps what leaves this computer. It may be used from any goroutine.
type Ledger interface {
	// Record keeps an entry. One with ResultSent is kept for good before Record
	// returns; where it cannot be, the error says so and nothing may be sent. A
	// later entry with the same ID takes its place.
	Record(e Entry) error
	// Used are the times of requests that left for a purpose lately, for its
	// limits, in any order.
	Used(purpose string) []time.Time
}

// NewID returns a random name for an entry.
func NewID() string {
	var b [8]byte
	rand.Read(b[:])
	return hex.EncodeToString(b[:])
}

// Put adds an entry to a list, or puts an outcome in the place of what was sent.
// The list given is not changed.
func Put(list []Entry, e Entry) []Entry {
	if e.ID != "" && e.Result != ResultSent {
		for i, x := range slices.Backward(list) {
			if x.ID == e.ID {
				list = slices.Clone(list)
				list[i] = e
				return list
			}
		}
	}
	return append(list, e)
}

// Times of requests that count for limits: no source has a longer one, and none
// allows more within it.
const (
	keptFor  = 8 * 24 * time.Hour
	keptMost = 1000
)

// Spend adds the time of a request to those of earlier ones, in order, and drops
// what no longer counts: what is too old, and what lies ahead of it, which is
// from a clock since set right. It may write to the list given.
func Spend(used []time.Time, at time.Time) []time.Time {
	for len(used) > 0 && used[len(used)-1].After(at) {
		used = used[:len(used)-1]
	}
	used = append(used, at)
	for len(used) > keptMost || at.Sub(used[0]) > keptFor {
		used = used[1:]
	}
	return used
}

// Merge are the times of two lists of the same requests, of which either may know
// some that the other does not, in order.
func Merge(a, b []time.Time) []time.Time {
	left := map[int64]int{}
	for _, t := range a {
		left[t.UnixNano()]++
	}
	out := slices.Clone(a)
	for _, t := range b {
		if left[t.UnixNano()]--; left[t.UnixNano()] < 0 {
			out = append(out, t)
		}
	}
	slices.SortFunc(out, time.Time.Compare)
	return out[max(0, len(out)-keptMost):]
}

// WithSpent returns the times by purpose with that of an entry which is about to
// leave. The map given is not changed.
func WithSpent(used map[string][]time.Time, e Entry) map[string][]time.Time {
	if e.Result != ResultSent {
		return used
	}
	used = maps.Clone(used)
	if used == nil {
		used = map[string][]time.Time{}
	}
	used[e.Purpose] = Spend(slices.Clone(used[e.Purpose]), e.Time)
	return used
}

// Memory is a ledger that is gone with the program.
type Memory struct {
	mu      sync.Mutex
	entries []Entry
	used    map[string][]time.Time
}

// Record implements Ledger; it never fails.
func (m *Memory) Record(e Entry) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.entries, m.used = Put(m.entries, e), WithSpent(m.used, e)
	return nil
}

// Used implements Ledger.
func (m *Memory) Used(purpose string) []time.Time {
	m.mu.Lock()
	defer m.mu.Unlock()
	return slices.Clone(m.used[purpose])
}

// Entries returns what was recorded, in order.
func (m *Memory) Entries() []Entry {
	m.mu.Lock()
	defer m.mu.Unlock()
	return slices.Clone(m.entries)
}
