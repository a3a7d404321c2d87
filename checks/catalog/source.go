package catalog

import (
	_ "embed"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"

	"unlisted/checks/datafile"
	"unlisted/checks/text"
)

// SourceRef is where a fact comes from and when it was last checked.
type SourceRef struct {
	URL        string    `json:"url"`
	Title      string    `json:"title,omitempty"`
	Checked    time.Time `json:"checked,omitzero"`     // stated date only, never an estimate
	Confidence string    `json:"confidence,omitempty"` // "official", "secondary", "unverified"
	Quote      string    `json:"quote,omitempty"`      // the sentence relied on, in the language of the page
	Class      Class     `json:"class,omitempty"`      // computed from the host; "" where a record is older than the classes
	Recheck    time.Time `json:"recheck,omitzero"`     // the day by which somebody should look again
}

// Class says who speaks in a source. It is computed from the host and never
// written by hand: nobody's page about a platform is that platform's own.
type Class string

// The classes of source.
const (
	ClassOfficial  Class = "official"  // the platform itself, or who runs it
	ClassAuthority Class = "authority" // a public authority, a regulator or a court
	ClassDirectory Class = "directory" // a collection kept by volunteers
	ClassPress     Class = "press"
	ClassOther     Class = "other"
)

// confidence is how much a claim that rests on this class is worth.
func (c Class) confidence() string {
	if c == ClassOfficial || c == ClassAuthority {
		return "official"
	}
	return "secondary"
}

// Menus move often, policies seldom: how long a look at one holds.
const (
	menuMonths   = 6
	policyMonths = 18
)

// Stale reports whether the source should have been looked at again by now. One
// without a date is.
func (s SourceRef) Stale(now time.Time) bool { return !now.Before(s.Recheck) }

// Name is what the source is called: its title, the name of a public list, or
// its address.
func (s SourceRef) Name(t *text.Printer) string {
	switch key := "source.set." + s.Title; {
	case s.URL == "" && t.Has(key):
		return t.T(key)
	case s.Title != "":
		return s.Title
	}
	return s.URL
}

// Words names the source, with its date or that it has none, and who speaks in
// it.
func (s SourceRef) Words(t *text.Printer) string {
	date, who := t.T("source.undated"), "confidence.source."+s.Confidence
	if !s.Checked.IsZero() {
		date = t.Month(s.Checked)
	}
	switch {
	case s.Class != "":
		who = "source.class." + string(s.Class)
	case s.URL == "": // a record of a public list, without a page of its own
		who = "source.class." + string(ClassDirectory)
	}
	return s.Name(t) + " · " + date + " · " + t.T(who)
}

//go:embed hosts.json
var hostsJSON []byte

// hosts are the places by which sources are told apart, see under. Authorities,
// directories and press are meant with all hosts below them.
type hosts struct {
	Authority   []string `json:"authority"`
	Directory   []string `json:"directory"`
	Press       []string `json:"press"`
	Users       []string `json:"users"`        // pages that anybody writes, whoever runs the site
	UsersExcept []string `json:"users-except"` // pages of the site's own among them
}

var knownHosts = sync.OnceValue(func() hosts {
	var h hosts
	err := datafile.Decode("hosts.json", hostsJSON, &h)
	return datafile.Must(h, err)
})

// classOf tells who speaks at an address, for a platform that owns some
// domains. A page that users write at the platform's own site is not its own.
func classOf(address string, own []string) Class {
	if _, copied, ok := strings.Cut(address, "web.archive.org/web/"); ok { // speaks for the page it is a copy of
		_, address, _ = strings.Cut(copied, "/")
	}
	u, err := url.Parse(address)
	if err != nil {
		return ClassOther
	}
	at := func(list []string) bool {
		return slices.ContainsFunc(list, func(p string) bool { return under(u, "*."+p) || under(u, p) })
	}
	exactly := func(list []string) bool { return slices.ContainsFunc(list, func(p string) bool { return under(u, p) }) }
	h := knownHosts()
	users := exactly(h.Users) && !exactly(h.UsersExcept) || strings.Contains(u.Path, "/thread/") ||
		strings.Contains(u.Path, "/discussions/")
	switch {
	case at(own) && !users:
		return ClassOfficial
	case at(h.Authority):
		return ClassAuthority
	case at(h.Directory):
		return ClassDirectory
	case at(h.Press):
		return ClassPress
	}
	return ClassOther
}

// under reports whether an address lies at a place: a host, with the beginning
// of a path where there is one; "*." before it stands for all hosts below.
func under(u *url.URL, place string) bool {
	domain, path, _ := strings.Cut(place, "/")
	host := strings.TrimPrefix(strings.ToLower(u.Hostname()), "www.")
	if below, ok := strings.CutPrefix(domain, "*"); ok {
		if !strings.HasSuffix(host, below) {
			return false
		}
	} else if host != domain {
		return false
	}
	p := strings.TrimPrefix(u.Path, "/")
	return path == "" || p == path || strings.HasPrefix(p, path+"/")
}
