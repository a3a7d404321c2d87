package breach

import (
	"cmp"
	"slices"
	"strings"
	"time"
	"unicode"

	"unlisted/checks/identifier"
)

// Certainty says how sure it is that a leak holds the person's own data.
type Certainty string

// The certainties, the surest first.
const (
	Confirmed Certainty = "confirmed" // a source knows the person's identifier from it
	Reported  Certainty = "reported"  // a source says so, but whether the leak is real is not verified
	Possible  Certainty = "possible"  // the platform leaked and the person has an account; nobody was asked
)

// Named is one leak, however many sources name it.
type Named struct {
	ID          string // catalogue name, or what the sources agree on; stable
	Kind        HitKind
	Title       string
	Domain      string
	Date        time.Time
	Data        []string // of all sources, phone numbers first
	Count       int64
	Device      string
	Certainty   Certainty
	Sources     []string // that name it, in order of name; none where only the account says so
	Identifiers []identifier.Identifier
	Account     string // platform id of the person's account there, or ""
	Had         Had    // had the account then?
	Breach      Breach // the catalogue's entry; zero where it knows none
}

// Leaks merges what sources found and what the accounts alone let fear, so that
// each leak is there once. It sends nothing. Two hits are the same leak if
//
//  1. their names are the same but for case and punctuation, or the name of one
//     is the title of the other, and neither domain nor year speaks against it; or
//  2. domain and year are the same and only one leak known so far fits.
//
// The catalogue's entry, if there is one, gives title, date and domain. A hit
// that fits none stays a leak of its own; pastes and infected devices are never
// taken for a platform's leak. The surest leaks come first, then those with
// phone numbers, then passwords, then the newest.
func Leaks(results []Result, c *Catalogue, accounts ...Candidate) []Named {
	m := merger{
		catalogue: c,
		byName:    map[string][]int{},
		byDomain:  map[string][]int{},
		owner:     map[string]Candidate{},
	}
	for _, a := range accounts {
		for _, d := range a.Domains {
			if _, taken := m.owner[d]; !taken {
				m.owner[d] = a
			}
		}
	}
	for _, b := range c.breaches {
		m.index(
			Named{
				ID:     b.Name,
				Title:  b.Title,
				Domain: b.Domain,
				Date:   b.Date,
				Data:   slices.Clone(b.Data),
				Count:  b.Count,
				Breach: b,
			},
			b.Name,
			b.Title,
		)
	}
	for _, l := range c.Match(accounts) {
		m.list[c.byName[l.Breach.Name]].Certainty = Possible
	}
	for _, s := range sayings(results) {
		m.add(s)
	}
	return m.leaks()
}

// saying is one hit of one source about one identifier.
type saying struct {
	source string
	about  identifier.Identifier
	hit    Hit
}

// sayings puts those first that know the most, so that the order in which the
// sources were asked changes nothing.
func sayings(results []Result) (out []saying) {
	for _, r := range results {
		if r.Outcome != Found {
			continue
		}
		for _, h := range r.Hits {
			out = append(out, saying{r.Source, r.Identifier, h})
		}
	}
	facts := func(h Hit) (n int) {
		if h.Domain != "" {
			n++
		}
		if !h.Date.IsZero() {
			n++
		}
		return n
	}
	slices.SortStableFunc(out, func(a, b saying) int {
		return cmp.Or(
			-cmp.Compare(facts(a.hit), facts(b.hit)),
			strings.Compare(a.source, b.source),
			strings.Compare(a.hit.Name, b.hit.Name),
			strings.Compare(a.about.Value, b.about.Value),
		)
	})
	return out
}

type merger struct {
	catalogue *Catalogue
	list      []Named // the catalogue, then what it does not know
	byName    map[string][]int
	byDomain  map[string][]int
	owner     map[string]Candidate // domain to account
}

func (m *merger) index(n Named, names ...string) int {
	i := len(m.list)
	m.list = append(m.list, n)
	m.alias(i, names...)
	if n.Domain != "" && n.Kind == HitBreach {
		m.byDomain[n.Domain] = append(m.byDomain[n.Domain], i)
	}
	return i
}

// alias makes a leak known by more names.
func (m *merger) alias(i int, names ...string) {
	for _, name := range names {
		if k := m.list[i].Kind.key(name); k != "" && !slices.Contains(m.byName[k], i) {
			m.byName[k] = append(m.byName[k], i)
		}
	}
}

// key is what a name is indexed by; "" for a name that says nothing.
func (k HitKind) key(name string) string {
	if name = fold(name); name == "" {
		return ""
	}
	return string(k) + "/" + name
}

// add joins a hit to its leak, or makes one.
func (m *merger) add(s saying) {
	h := s.hit
	i, known := m.find(h)
	if !known {
		id := cmp.Or(fold(h.Name), fold(h.Title), "unnamed")
		i = m.index(
			Named{
				ID:     id,
				Kind:   h.Kind,
				Title:  cmp.Or(h.Title, h.Name),
				Domain: h.Domain,
				Date:   h.Date,
				Device: h.Device,
			},
		)
	}
	m.alias(i, h.Name, h.Title)
	n := &m.list[i]
	n.Domain = cmp.Or(n.Domain, h.Domain)
	if n.Date.IsZero() {
		n.Date = h.Date
	}
	n.Count = max(n.Count, h.Count)
	n.Data = union(n.Data, h.Data)
	if !slices.Contains(n.Sources, s.source) {
		n.Sources = append(n.Sources, s.source)
	}
	if !slices.Contains(n.Identifiers, s.about) {
		n.Identifiers = append(n.Identifiers, s.about)
	}
	doubtful := h.Unverified || n.Breach.Flags&(Unverified|Fabricated) != 0
	if !doubtful {
		n.Certainty = Confirmed
	} else if n.Certainty != Confirmed {
		n.Certainty = Reported
	}
}

func (m *merger) find(h Hit) (int, bool) {
	if i, ok := m.catalogue.byName[h.Name]; ok && m.fits(m.list[i], h) {
		return i, true
	}
	for _, name := range []string{h.Name, h.Title} {
		for _, i := range m.byName[h.Kind.key(name)] {
			if m.fits(m.list[i], h) {
				return i, true
			}
		}
	}
	if h.Kind != HitBreach || h.Domain == "" || h.Date.IsZero() {
		return 0, false
	}
	found, count := 0, 0
	for _, i := range m.byDomain[h.Domain] {
		if !m.list[i].Date.IsZero() && m.list[i].Date.Year() == h.Date.Year() {
			found, count = i, count+1
		}
	}
	return found, count == 1
}

// fits reports whether nothing speaks against one name being one leak. Devices
// and pastes are the same only on the same day.
func (m *merger) fits(n Named, h Hit) bool {
	switch {
	case n.Kind != h.Kind, n.Domain != "" && h.Domain != "" && n.Domain != h.Domain:
		return false
	case h.Kind != HitBreach:
		return n.Device == h.Device && n.Date.Equal(h.Date)
	}
	return n.Date.IsZero() || h.Date.IsZero() || n.Date.Year() == h.Date.Year()
}

// leaks are those that concern the person, in order.
func (m *merger) leaks() []Named {
	var out []Named
	for _, n := range m.list {
		if n.Certainty == "" {
			continue
		}
		n.Had = HadUnknown
		if a, ok := m.owner[n.Domain]; ok && n.Domain != "" {
			n.Account = a.Platform
			if !n.Date.IsZero() {
				n.Had = had(a.First, n.Date)
			}
		}
		slices.Sort(n.Sources)
		out = append(out, n)
	}
	slices.SortStableFunc(out, func(a, b Named) int {
		return cmp.Or(
			cmp.Compare(rank(a.Certainty), rank(b.Certainty)),
			-cmp.Compare(weight(a.leak()), weight(b.leak())),
			-a.Date.Compare(b.Date), strings.Compare(a.ID, b.ID),
		)
	})
	return out
}

func (n Named) leak() Leak { return Leak{n.Account, Breach{Data: n.Data}, n.Had} }

func rank(c Certainty) int { return slices.Index([]Certainty{Confirmed, Reported, Possible}, c) }

// union adds what is new, phone numbers first.
func union(have, more []string) []string {
	for _, d := range more {
		same := func(s string) bool { return strings.EqualFold(s, d) }
		switch {
		case slices.ContainsFunc(have, same):
		case strings.EqualFold(d, DataPhones):
			have = slices.Insert(have, 0, DataPhones)
		default:
			have = append(have, d)
		}
	}
	return have
}

// fold is what is left of a name without case and punctuation.
func fold(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsNumber(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, s)
}
