package breach

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Breach is one entry of the local catalogue; facts only, from Have I Been
// Pwned (CC BY 4.0).
type Breach struct {
	Name   string // stable key
	Title  string
	Domain string    // "" where HIBP names none
	Date   time.Time // of the incident, approximate
	Added  time.Time // when HIBP could search it
	Count  int64     // accounts
	Data   []string  // HIBP's data classes, "Phone numbers" first where it is among them
	Flags  Flags
}

// Flags qualify a breach.
type Flags uint8

// The flags of HIBP's breach model.
const (
	Unverified Flags = 1 << iota
	Fabricated
	Sensitive
	Retired
	SpamList
	Malware
	StealerLog
)

const flagLetters = "ufsrpml"

// Has reports whether all of f are set.
func (b Flags) Has(f Flags) bool { return b&f == f }

// The data classes this program gives advice for.
const (
	DataPhones    = "Phone numbers"
	DataPasswords = "Passwords"
	DataEmails    = "Email addresses"
)

// Catalogue is the set of known breaches, read-only after loading.
type Catalogue struct {
	breaches []Breach
	byName   map[string]int
	byDomain map[string][]int
	newest   time.Time
}

const catalogueFormat = "unlisted breaches 1"

// EncodeCatalogue writes breaches, one a line; equal input gives equal bytes.
func EncodeCatalogue(w io.Writer, list []Breach) error {
	out := bufio.NewWriter(w)
	fmt.Fprintln(out, catalogueFormat)
	for _, b := range list {
		var flags strings.Builder
		for i, l := range flagLetters {
			if b.Flags&(1<<i) != 0 {
				flags.WriteRune(l)
			}
		}
		line := strings.Join([]string{
			b.Name, b.Title, b.Domain, b.Date.Format(time.DateOnly), b.Added.Format(time.DateOnly),
			strconv.FormatInt(b.Count, 10), strings.Join(b.Data, "|"), flags.String(),
		}, "\t")
		if strings.Count(line, "\t") != 7 || strings.ContainsAny(line, "\r\n") {
			return fmt.Errorf("%s: a value holds a separator", b.Name)
		}
		fmt.Fprintln(out, line)
	}
	return out.Flush()
}

// LoadCatalogue reads breaches.tsv.
func LoadCatalogue(fsys fs.FS) (*Catalogue, error) {
	raw, err := fs.ReadFile(fsys, "breaches.tsv")
	if err != nil {
		return nil, err
	}
	return ParseCatalogue(raw)
}

// ParseCatalogue reads what EncodeCatalogue wrote.
func ParseCatalogue(raw []byte) (*Catalogue, error) {
	first, rest, _ := strings.Cut(string(raw), "\n")
	if first != catalogueFormat {
		return nil, fmt.Errorf("breach catalogue: not in the format this program reads")
	}
	c := &Catalogue{byName: map[string]int{}, byDomain: map[string][]int{}}
	for line := range strings.SplitSeq(strings.TrimSuffix(rest, "\n"), "\n") {
		b, err := decodeBreach(line)
		if err != nil {
			return nil, fmt.Errorf("breach catalogue: line %d: %w", len(c.breaches)+2, err)
		}
		c.byName[b.Name] = len(c.breaches)
		if b.Domain != "" {
			c.byDomain[b.Domain] = append(c.byDomain[b.Domain], len(c.breaches))
		}
		if b.Added.After(c.newest) {
			c.newest = b.Added
		}
		c.breaches = append(c.breaches, b)
	}
	return c, nil
}

func decodeBreach(line string) (b Breach, err error) {
	f := strings.Split(line, "\t")
	if len(f) != 8 {
		return b, fmt.Errorf("%d fields", len(f))
	}
	b = Breach{Name: f[0], Title: f[1], Domain: f[2], Data: strings.Split(f[6], "|")}
	if b.Date, err = time.Parse(time.DateOnly, f[3]); err != nil {
		return b, err
	}
	if b.Added, err = time.Parse(time.DateOnly, f[4]); err != nil {
		return b, err
	}
	if b.Count, err = strconv.ParseInt(f[5], 10, 64); err != nil {
		return b, err
	}
	for _, l := range f[7] {
		if i := strings.IndexRune(flagLetters, l); i >= 0 {
			b.Flags |= 1 << i
		}
	}
	return b, nil
}

// Len is the number of breaches.
func (c *Catalogue) Len() int { return len(c.breaches) }

// Newest is the day of the newest breach: what happened later is not in the
// catalogue.
func (c *Catalogue) Newest() time.Time { return c.newest }

// ByName returns a breach by its stable key.
func (c *Catalogue) ByName(name string) (Breach, bool) {
	i, ok := c.byName[name]
	if !ok {
		return Breach{}, false
	}
	return c.breaches[i], true
}

// Had says whether the person had the account when a breach happened.
type Had string

// The answers.
const (
	HadYes     Had = "yes"     // evidence from before the breach
	HadLater   Had = "later"   // all evidence is from after it: perhaps not affected
	HadUnknown Had = "unknown" // the evidence has no dates
)

// Candidate is an account as far as the match needs it.
type Candidate struct {
	Platform string
	Domains  []string
	First    time.Time // earliest evidence of the account; zero if undated
}

// Leak is a breach of a platform where the person has an account. Whether the
// person is in it, only a look-up or the platform can say.
type Leak struct {
	Platform string
	Breach   Breach
	Had      Had
}

// Match finds the known breaches of the platforms the person has accounts at.
// It sends nothing. What the person surely had comes before what they perhaps
// had; within that phones come first, then passwords, then the newest. Retired
// breaches are left out; fabricated ones too, since they are not what they claim.
func (c *Catalogue) Match(accounts []Candidate) []Leak {
	var out []Leak
	for _, a := range accounts {
		for _, d := range a.Domains {
			for _, i := range c.byDomain[d] {
				b := c.breaches[i]
				if b.Flags&(Retired|Fabricated) == 0 {
					out = append(out, Leak{a.Platform, b, had(a.First, b.Date)})
				}
			}
		}
	}
	slices.SortFunc(out, func(a, b Leak) int {
		return cmp.Or(-cmp.Compare(weight(a), weight(b)), -a.Breach.Date.Compare(b.Breach.Date),
			strings.Compare(a.Breach.Name, b.Breach.Name), strings.Compare(a.Platform, b.Platform))
	})
	return out
}

func weight(l Leak) (w int) {
	if slices.Contains(l.Breach.Data, DataPhones) {
		w += 2
	}
	if slices.Contains(l.Breach.Data, DataPasswords) {
		w++
	}
	if l.Had == HadYes {
		w += 4
	}
	if l.Had == HadLater {
		w -= 4
	}
	return w
}

func had(first, breach time.Time) Had {
	switch {
	case first.IsZero():
		return HadUnknown
	case !first.Before(breach.AddDate(0, 0, 1)): // a breach has a day, not an hour
		return HadLater
	}
	return HadYes
}
