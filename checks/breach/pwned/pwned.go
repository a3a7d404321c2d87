// Package pwned asks Pwned Passwords how often a password has leaked. Only the
// first five characters of its SHA-1 leave this computer, shared by about a
// thousand other passwords; a password is never kept or shown.
package pwned

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha1" //nolint:gosec // the service's own index, not protection
	"encoding/hex"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"unlisted/checks/breach"
	"unlisted/checks/job"
	"unlisted/checks/outbound"
)

// ID is the source's stable name.
const ID = "pwned-passwords"

const (
	host      = "api.pwnedpasswords.com"
	prefixLen = 5
	suffixLen = 35
)

// Source is Pwned Passwords.
type Source struct {
	client *outbound.Client
	now    func() time.Time

	mu    sync.Mutex
	known map[string]string // ranges by prefix, for the session and in memory only
}

// maxKnown bounds the memory of ranges: some 60 KB each.
const maxKnown = 500

// New returns the source.
func New(c *outbound.Client, now func() time.Time) *Source {
	return &Source{client: c, now: now, known: map[string]string{}}
}

var purpose = outbound.Purpose{ID: ID, Host: host, MaxBody: 2 << 20}

// Info says what the source learns.
func (s *Source) Info() breach.Info {
	return breach.Info{
		ID:     ID,
		Host:   host,
		Level:  breach.LevelPrefix,
		Credit: "https://haveibeenpwned.com/Passwords",
	}
}

// Batch collects the passwords of an export as hashes, with the sites that use
// them.
type Batch struct {
	sites map[[sha1.Size]byte][]string
}

// Add notes that a site has a password. Empty passwords are passed over.
func (b *Batch) Add(password, site string) {
	if password == "" {
		return
	}
	if b.sites == nil {
		b.sites = map[[sha1.Size]byte][]string{}
	}
	sum := sha1.Sum([]byte(password))
	if !slices.Contains(b.sites[sum], site) {
		b.sites[sum] = append(b.sites[sum], site)
	}
}

// Len is the number of different passwords.
func (b *Batch) Len() int { return len(b.sites) }

// Site is the answer for one password of one site.
type Site struct {
	Site    string         `json:"site"`
	Outcome breach.Outcome `json:"outcome"`
	Count   int64          `json:"count"` // how often it has leaked
}

// Check asks for every password of the batch, one request for each prefix not
// yet asked about, and returns an answer for every site, sorted by site. What
// could not be asked is NotChecked or says why.
func (s *Source) Check(ctx context.Context, yes outbound.Consent, b *Batch, progress func(job.Progress)) []Site {
	byPrefix := map[string][][sha1.Size]byte{}
	for sum := range b.sites {
		p := prefix(sum)
		byPrefix[p] = append(byPrefix[p], sum)
	}
	prefixes := slices.Sorted(maps.Keys(byPrefix))
	var out []Site
	var counts map[string]int64
	var outcome breach.Outcome
	for i, p := range prefixes {
		// The source may have said no to all of us: asking on would only prolong it.
		if ctx.Err() != nil || outcome != breach.RateLimited && outcome != breach.Blocked {
			counts, outcome = s.counts(ctx, yes, p)
		}
		for _, sum := range byPrefix[p] {
			out = b.answer(out, sum, outcome, counts[suffix(sum)])
		}
		progress(job.Progress{Step: "check.passwords", Done: int64(i + 1), Total: int64(len(prefixes))})
	}
	sortSites(out)
	return out
}

// answer adds what is known of one password to each of its sites. Found with a
// count of 0 is not found: it is padding.
func (b *Batch) answer(out []Site, sum [sha1.Size]byte, o breach.Outcome, n int64) []Site {
	if o == breach.Found && n == 0 {
		o = breach.NotFound
	}
	for _, site := range b.sites[sum] {
		out = append(out, Site{site, o, n})
	}
	return out
}

func sortSites(out []Site) {
	slices.SortFunc(out, func(a, b Site) int {
		return cmp.Or(
			strings.Compare(a.Site, b.Site),
			cmp.Compare(a.Outcome, b.Outcome),
			cmp.Compare(a.Count, b.Count),
		)
	})
}

// Counter is a copy of the data on this computer.
type Counter interface {
	// Count is how often a password has leaked, 0 for never, by its SHA-1.
	Count(sum [sha1.Size]byte) (int64, error)
}

// CheckOffline answers like Check from a copy; nothing leaves the computer. A
// copy that shows itself to be damaged ends the check with its error, and no
// "not found" of it stands; what it found has leaked all the same.
func CheckOffline(ctx context.Context, c Counter, b *Batch, progress func(job.Progress)) ([]Site, error) {
	sums := slices.SortedFunc(
		maps.Keys(b.sites),
		func(a, b [sha1.Size]byte) int { return bytes.Compare(a[:], b[:]) },
	)
	var out []Site
	var bad error
	for i, sum := range sums {
		n, o := int64(0), breach.NotChecked
		if bad == nil && ctx.Err() == nil {
			if n, bad = c.Count(sum); bad == nil {
				o = breach.Found
			}
		}
		out = b.answer(out, sum, o, n)
		progress(job.Progress{Step: "check.passwords", Done: int64(i + 1), Total: int64(len(sums))})
	}
	for i := range out {
		if bad != nil && out[i].Outcome == breach.NotFound {
			out[i].Outcome = breach.NotChecked
		}
	}
	sortSites(out)
	if bad == nil {
		bad = ctx.Err()
	}
	return out, bad
}

func prefix(sum [sha1.Size]byte) string {
	return strings.ToUpper(hex.EncodeToString(sum[:]))[:prefixLen]
}

func suffix(sum [sha1.Size]byte) string {
	return strings.ToUpper(hex.EncodeToString(sum[:]))[prefixLen:]
}

// counts returns the counts under a prefix, from an earlier answer if there is
// one; the outcome is Found where the answer could be read.
func (s *Source) counts(
	ctx context.Context,
	yes outbound.Consent,
	prefix string,
) (map[string]int64, breach.Outcome) {
	if ctx.Err() != nil {
		return nil, breach.NotChecked
	}
	s.mu.Lock()
	body, known := s.known[prefix]
	s.mu.Unlock()
	if known {
		return parse(body)
	}
	a := breach.Ask(
		ctx,
		s.client.Bind(purpose, yes),
		"https://"+host+"/range/"+prefix,
		http.Header{"Add-Padding": {"true"}},
		s.now,
	)
	switch {
	case a.Outcome != breach.NotChecked || a.Status < 0:
		return nil, a.Outcome
	case a.Status != http.StatusOK:
		return nil, breach.Malformed
	}
	counts, outcome := parse(string(a.Body))
	s.mu.Lock()
	defer s.mu.Unlock()
	if outcome == breach.Found && len(s.known) < maxKnown {
		s.known[prefix] = string(a.Body)
	}
	return counts, outcome
}

// parse reads a range. Count 0 is padding, not a match.
func parse(body string) (map[string]int64, breach.Outcome) {
	counts, all := map[string]int64{}, int64(0)
	for line := range strings.Lines(strings.TrimSpace(body)) {
		suffix, n, _ := strings.Cut(strings.TrimSpace(line), ":")
		count, err := strconv.ParseInt(n, 10, 64)
		if err != nil || strings.Trim(n, "0123456789") != "" || len(suffix) != suffixLen || !isHex(suffix) {
			return nil, breach.Malformed // cut off or of another shape: the rest proves nothing
		}
		suffix = strings.ToUpper(suffix)
		counts[suffix] = max(counts[suffix], count) // padding takes nothing back
		all = max(all, count)
	}
	if all == 0 {
		return nil, breach.Malformed // every prefix has data besides padding
	}
	return counts, breach.Found
}

func isHex(s string) bool { _, err := hex.DecodeString(s + "0"); return err == nil }
