package archive

import (
	_ "embed" // the table of services
	"regexp"
	"strings"
	"sync"
	"time"

	"golang.org/x/net/publicsuffix"

	"unlisted/checks/evidence"
)

// linked reports an app or service that the archive lists as connected: a link of this account, and a likely account
// there, found by name or host. A name that nobody knows is listed among what could not be tied to any site.
func (p platform) linked(name string, first time.Time) { p.linkedAt(name, "", first) }

// linkedAt is linked where the archive tells the address of the other site.
func (p platform) linkedAt(name, address string, first time.Time) {
	if name = evidence.Clean(name); nothing(name) {
		return
	}
	p.part(name, first)
	there := elsewhere(name)
	if site := ownSite(address); site != "" && there.Site == "" && there.App == "" {
		there.Site, there.Name = site, ""
	}
	if own, _, _ := strings.Cut(p.site, "."); there.Site == p.site || strings.HasSuffix(there.Site, "."+p.site) ||
		strings.EqualFold(there.Name, own) {
		return // the platform's own
	}
	there.Fact, there.Detail, there.First, there.Last = evidence.FactLinked, p.site, first, p.at
	p.out.Finding(there)
}

// part reports a connection that is no account elsewhere, such as one of the platform's own services.
func (p platform) part(name string, first time.Time) {
	p.finding(evidence.Finding{Fact: evidence.FactLinked, Detail: name, First: first})
}

// bundle is the form of an app's identifier, such as com.example.recipes.
var bundle = regexp.MustCompile(
	`^(com|org|net|io|de|fr|me|app|co|tv|us|eu|uk|ru|jp|cn|nl|it|es|se|ch)(\.[A-Za-z0-9_-]+){2,}$`,
)

// elsewhere is another site or app as an archive names it: by host, by bundle, or by a name.
func elsewhere(name string) evidence.Finding {
	f := evidence.Finding{Confidence: evidence.Likely, Count: 1}
	host, _ := evidence.Host(name)
	switch {
	case bundle.MatchString(name):
		f.App = name
	case host != "" && !strings.Contains(name, " "):
		f.Site = host
	default:
		if f.Name = decoration.ReplaceAllString(name, ""); serviceSite(f.Name) != "" {
			f.Name, f.Site = "", serviceSite(f.Name)
		}
	}
	return f
}

//go:embed services.tsv
var serviceTable string

// services reads the table of names of services and of hosts where many have their pages, which have the site "-".
var serviceSites = sync.OnceValue(func() map[string]string {
	out := map[string]string{}
	for line := range strings.Lines(serviceTable) {
		if name, site, ok := strings.Cut(strings.TrimSpace(line), "\t"); ok && !strings.HasPrefix(line, "#") {
			out[name] = site
		}
	}
	return out
})

// decoration is what stands behind the name of a service in the name of its app.
var decoration = regexp.MustCompile(
	`(?i)( for (ios|android|iphone|ipad|mac|macos|windows|web|websites|desktop|mobile|apple watch)|(,| ) ?(inc\.?|llc|ltd\.?|gmbh|ag|s\.a\.|ab|b\.v\.|corp\.?))$`,
)

// serviceSite is the site of a service that has one word of its own for it, or "".
func serviceSite(name string) string {
	site := serviceSites()[strings.ToLower(strings.Map(func(r rune) rune {
		if r == ' ' || r == '-' || r == '_' || r == '.' {
			return -1
		}
		return r
	}, name))]
	return strings.TrimPrefix(site, "-")
}

// ownSite is the host of an address, unless it is one where many have their pages.
func ownSite(address string) string {
	host, _ := evidence.Host(address)
	host = strings.TrimPrefix(host, "www.")
	suffix, icann := publicsuffix.PublicSuffix(host)
	if !icann && strings.Contains(suffix, ".") || serviceSites()[host] == "-" {
		return ""
	}
	return host
}
