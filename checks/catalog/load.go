package catalog

import (
	"fmt"
	"io/fs"
	"net/netip"
	"slices"
	"strings"
	"sync"
	"unicode"

	"golang.org/x/net/idna"
	"golang.org/x/text/unicode/norm"
)

// Catalog is the whole set, read-only after Load and safe for concurrent use.
type Catalog struct {
	platforms []Platform
	byDomain  map[string]int32
	byApp     map[string]string
	byName    map[string]int32
	names     func() []searchName   // made at the first search
	incidents map[string][]Incident // by platform, what became known last first
	told      []Incident            // all of them, in the same order
	carriers  Carriers

	authenticators Authenticators
}

// Carriers returns what protects the number itself.
func (c *Catalog) Carriers() Carriers { return c.carriers }

// Authenticators returns the comparison of authenticators.
func (c *Catalog) Authenticators() Authenticators { return c.authenticators }

// Incidents returns what is documented of a platform, what became known last
// first.
func (c *Catalog) Incidents(platform string) []Incident { return slices.Clone(c.incidents[platform]) }

// tell sorts incidents by the platform they are of, under the name they give it
// and under its id.
func (c *Catalog) tell(list []Incident) {
	c.incidents = map[string][]Incident{}
	c.told = slices.Clone(list)
	slices.SortStableFunc(c.told, func(a, b Incident) int { return -a.Known().Last.Compare(b.Known().Last) })
	for _, i := range c.told {
		id, _, known := c.Resolve(i.Platform)
		c.incidents[i.Platform] = append(c.incidents[i.Platform], i)
		if known && id != i.Platform {
			c.incidents[id] = append(c.incidents[id], i)
		}
	}
}

// AllIncidents returns every documented incident, also at platforms of which
// nothing else is known, in the same order.
func (c *Catalog) AllIncidents() []Incident { return slices.Clone(c.told) }

// Load reads the embedded set: catalog/platforms.tsv made by build-catalog, the
// guides/<id>.json, incidents.json and carriers.json written by hand. Without
// facts (nil) the catalogue knows no incidents and no phone companies.
func Load(data, guides, facts fs.FS) (*Catalog, error) {
	raw, err := fs.ReadFile(data, "platforms.tsv")
	if err != nil {
		return nil, err
	}
	platforms, apps, err := decode(string(raw))
	if err != nil {
		return nil, err
	}
	c := &Catalog{
		platforms: platforms,
		byApp:     apps,
		byDomain:  make(map[string]int32, len(platforms)*5/4),
		byName:    make(map[string]int32, len(platforms)*2),
	}
	c.names = sync.OnceValue(c.searchNames)
	for i := range platforms {
		c.index(int32(i))
	}
	if err := c.loadGuides(guides); err != nil {
		return nil, err
	}
	if facts == nil {
		return c, nil
	}
	incidents, err := LoadIncidents(facts)
	if err != nil {
		return nil, err
	}
	c.tell(incidents)
	if c.carriers, err = loadCarriers(facts); err != nil {
		return nil, err
	}
	if c.authenticators, err = loadAuthenticators(facts); err != nil {
		return nil, err
	}
	return c, nil
}

func (c *Catalog) index(i int32) {
	p := &c.platforms[i]
	for _, d := range p.Domains {
		c.byDomain[d] = i
	}
	add := func(name string, main bool) {
		f := Fold(name)
		if f == "" {
			return
		}
		if j, taken := c.byName[f]; !taken || main && c.rank(i) > c.rank(j) {
			c.byName[f] = i
		}
	}
	add(p.Name, true)
	for _, a := range p.Aliases {
		add(a, false)
	}
}

// rank says how well a platform is known: the more data sets, the likelier it
// is the one that is meant.
func (c *Catalog) rank(i int32) int { return len(c.platforms[i].Sources) }

// Fold makes names comparable: lower case, no accents, no punctuation, single
// spaces.
func Fold(s string) string {
	if isPlain(s) {
		return s
	}
	var b strings.Builder
	space := false
	for _, r := range norm.NFKD.String(s) {
		switch {
		case unicode.Is(unicode.Mn, r):
		case unicode.IsLetter(r) || unicode.IsDigit(r) || r == '.':
			if space && b.Len() > 0 {
				b.WriteByte(' ')
			}
			space = false
			b.WriteRune(unicode.ToLower(r))
		default:
			space = true
		}
	}
	return b.String()
}

func isPlain(s string) bool {
	for i := range len(s) {
		if c := s[i]; c != '.' && (c < '0' || c > '9') && (c < 'a' || c > 'z') {
			return false
		}
	}
	return true
}

// Len is the number of platforms.
func (c *Catalog) Len() int { return len(c.platforms) }

// At returns one platform by position, sorted by id.
func (c *Catalog) At(i int) *Platform { return &c.platforms[i] }

// ByID returns the platform with an id.
func (c *Catalog) ByID(id string) (*Platform, bool) {
	i, ok := c.byDomain[id]
	if !ok || c.platforms[i].ID != id {
		return nil, false
	}
	return &c.platforms[i], true
}

// Get returns the platform with an id; where the catalogue has none, one of
// which nothing but its name is known.
func (c *Catalog) Get(id, name string) *Platform {
	if p, ok := c.ByID(id); ok {
		return p
	}
	return Unknown(id, name)
}

// Unknown is a platform of which nothing but its id and name is known.
func Unknown(id, name string) *Platform { return &Platform{ID: id, Name: name, Exit: ExitUnknown} }

// ByApp returns the platform of an Android package.
func (c *Catalog) ByApp(pkg string) (*Platform, bool) {
	id, ok := c.byApp[pkg]
	if !ok {
		return nil, false
	}
	return c.ByID(id)
}

// ByName returns the platform whose name or alias is exactly this, case,
// accents and punctuation aside.
func (c *Catalog) ByName(name string) (*Platform, bool) {
	i, ok := c.byName[Fold(name)]
	if !ok {
		return nil, false
	}
	return &c.platforms[i], true
}

// Resolve ties a host to a platform by its longest known suffix, but never to
// the host that a site shares with those of others. An unknown host keeps the
// domain of its site as id and name; an address, a single label or a local name
// is no site: id "".
func (c *Catalog) Resolve(host string) (id, name string, known bool) {
	host = strings.TrimSuffix(strings.ToLower(host), ".")
	if ascii, err := idna.Lookup.ToASCII(host); err == nil {
		host = ascii
	}
	if !IsSite(host) {
		return "", "", false
	}
	site := Site(host)
	for h := host; ; {
		if i, ok := c.byDomain[h]; ok {
			return c.platforms[i].ID, c.platforms[i].Name, true
		}
		_, rest, found := strings.Cut(h, ".")
		if h == site || !found {
			return site, site, false
		}
		h = rest
	}
}

// IsSite refuses what no public platform answers at.
func IsSite(host string) bool {
	if len(host) > 253 || !strings.Contains(host, ".") || strings.ContainsAny(host, " /@:\x00") {
		return false
	}
	if _, err := netip.ParseAddr(host); err == nil {
		return false
	}
	for _, local := range []string{".local", ".lan", ".localhost", ".internal", ".home", ".home.arpa", ".localdomain", ".onion"} {
		if strings.HasSuffix(host, local) {
			return false
		}
	}
	return true
}

// guideError names the file and what is wrong with it.
func guideError(file, format string, args ...any) error {
	return fmt.Errorf("guides/%s: %s", file, fmt.Sprintf(format, args...))
}
