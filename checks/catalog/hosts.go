package catalog

import (
	_ "embed"
	"fmt"
	"strings"
	"sync"

	"golang.org/x/net/publicsuffix"

	"unlisted/checks/datafile"
)

//go:embed sharedhosts.json
var sharedHostsJSON []byte

// SharedHost is a domain below which each customer has a site of its own. It
// adds to the private part of the Public Suffix List, which lists only those
// that asked for it.
type SharedHost struct {
	Hosts    []string `json:"hosts"`
	Operator string   `json:"operator"` // catalogue id of who runs it; "" where that is no platform of the catalogue
	Regions  []string `json:"regions"`  // labels between host and customer; "#" stands for digits
	Why      string   `json:"why"`      // what customers have there
}

// sharedHosts is sharedhosts.json, made for look-up.
type sharedHosts struct {
	own        map[string]bool // labels that the operator itself uses for the service
	published  map[string]bool // labels that it uses for what it publishes
	registries map[string]bool // labels below a country under which anybody may have a domain
	byHost     map[string]*SharedHost
}

var sharedHostList = sync.OnceValue(func() *sharedHosts {
	return datafile.Must(readSharedHosts("sharedhosts.json", sharedHostsJSON))
})

// readSharedHosts reads the table; a mistake names file, host and field.
func readSharedHosts(file string, raw []byte) (*sharedHosts, error) {
	var f struct {
		Own        []string     `json:"own"`
		Published  []string     `json:"published"`
		Registries []string     `json:"registries"`
		Shared     []SharedHost `json:"shared"`
	}
	if err := datafile.Decode(file, raw, &f); err != nil {
		return nil, err
	}
	out := &sharedHosts{
		own:        set(f.Own),
		published:  set(f.Published),
		registries: set(f.Registries),
		byHost:     map[string]*SharedHost{},
	}
	for i := range f.Shared {
		s := &f.Shared[i]
		if s.Why == "" || len(s.Hosts) == 0 {
			return nil, fmt.Errorf("%s: entry %d: why and hosts are needed", file, i+1)
		}
		for _, h := range s.Hosts {
			if !IsSite(h) || h != strings.ToLower(h) || out.byHost[h] != nil {
				return nil, fmt.Errorf("%s: %s: hosts: no host, or twice", file, h)
			}
			out.byHost[h] = s
		}
	}
	return out, nil
}

func set(words []string) map[string]bool {
	out := map[string]bool{}
	for _, w := range words {
		out[w] = true
	}
	return out
}

// operators reports whether the operator of a shared host uses a label itself.
func (h *sharedHosts) operators(label string) bool { return h.own[label] || h.published[label] }

// ServiceLabel reports whether a label in front of a domain names a part of the
// service (mail, login, help) rather than another service.
func ServiceLabel(label string) bool { return sharedHostList().own[label] }

// SharedHosts lists the hosts of the table with their operators; "" where the
// operator is no platform.
func SharedHosts() map[string]string {
	out := map[string]string{}
	for h, s := range sharedHostList().byHost {
		out[h] = s.Operator
	}
	return out
}

// Site reduces a host, in ASCII and lower case, to the domain that says whose
// site it is: the registrable domain, or where many customers share a domain,
// that of the customer. The operator's own hosts there are the operator's.
func Site(host string) string {
	registrable, err := publicsuffix.EffectiveTLDPlusOne(host)
	if err != nil {
		return host
	}
	label, suffix, _ := strings.Cut(registrable, ".")
	if privateSuffix(registrable) {
		if sharedHostList().operators(label) {
			return suffix
		}
		return registrable
	}
	if sharedHostList().registries[label] && len(suffix) == 2 {
		return (&SharedHost{}).customer(host, registrable, registrable)
	}
	for h := host; len(h) >= len(registrable); {
		if s := sharedHostList().byHost[h]; s != nil {
			return s.customer(host, h, registrable)
		}
		_, rest, found := strings.Cut(h, ".")
		if !found {
			break
		}
		h = rest
	}
	return registrable
}

// Shared reports whether a domain is that of one customer below a host that
// many share.
func Shared(domain string) bool {
	registrable, err := publicsuffix.EffectiveTLDPlusOne(domain)
	if err != nil || registrable == domain {
		return err == nil && privateSuffix(domain)
	}
	return Site(domain) == domain
}

// privateSuffix reports whether a registrable domain stands below a suffix that
// somebody registered for others to use.
func privateSuffix(registrable string) bool {
	suffix, icann := publicsuffix.PublicSuffix(registrable)
	return !icann && strings.Contains(suffix, ".")
}

// customer is the domain of the customer whose host stands below shared.
func (s *SharedHost) customer(host, shared, registrable string) string {
	labels := strings.TrimSuffix(strings.TrimSuffix(host, shared), ".")
	site := shared
	for labels != "" {
		at := strings.LastIndexByte(labels, '.') + 1
		label := labels[at:]
		labels = strings.TrimSuffix(labels[:at], ".")
		if sharedHostList().operators(label) {
			return registrable
		}
		site = label + "." + site
		if !s.region(label) {
			return site
		}
	}
	return registrable
}

// region reports whether a label names a part of the operator's machines.
func (s *SharedHost) region(label string) bool {
	for _, pattern := range s.Regions {
		before, after, digits := strings.Cut(pattern, "#")
		if !digits && label == pattern {
			return true
		}
		rest, ok := strings.CutPrefix(label, before)
		if ok && digits {
			rest, ok = strings.CutSuffix(rest, after)
			if ok && rest != "" && strings.Trim(rest, "0123456789") == "" {
				return true
			}
		}
	}
	return false
}
