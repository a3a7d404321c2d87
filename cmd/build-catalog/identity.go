package main

import (
	"fmt"
	"slices"
	"strings"

	"golang.org/x/net/publicsuffix"

	"unlisted/checks/catalog"
)

// A record's name is that of a domain only where it says so of this very
// domain: by fitting it, or by naming no other brand. Whoever runs a site, the
// software it runs on, and a sign-in it shares with others name it not.

// mention is what one record says of one domain.
type mention struct {
	name      string // "" where the record has none for this domain
	alias     string // another name that it is searched by
	input     string
	directory bool // made for readers, so its names are those people know; else a register of companies
	fits      bool // the name fits the domain
}

// record is what an input says who stands behind some hosts.
type record struct {
	input     string
	names     []string // the record's own first, then the services it names
	hosts     []string
	directory bool
	main      bool // the first host is what the record is about, the others are more domains of it
}

// survey notes what every record says of its domains.
func (b *builder) survey() {
	for _, f := range b.in.facts.Platforms {
		b.decided[catalog.Site(f.Domain)] = true
		for _, d := range f.Domains {
			b.decided[catalog.Site(d)] = true
		}
	}
	for id, hosts := range b.in.decisions.Families {
		for _, d := range append([]string{id}, hosts...) {
			b.decided[catalog.Site(d)] = true
		}
	}
	for _, r := range b.in.facts.Platforms {
		b.mention(
			record{"platform-facts", []string{factName(r)}, append([]string{r.Domain}, r.Domains...), true, true},
		)
	}
	for _, r := range b.in.decisions.Platforms {
		b.mention(r.record())
	}
	for _, r := range b.in.twoFA {
		b.mention(r.record())
	}
	for _, r := range b.in.passkeys {
		b.mention(r.record())
	}
	for _, r := range b.in.delete {
		b.mention(r.record("delete"))
	}
	for _, r := range b.in.getData {
		b.mention(r.record("getdata"))
	}
	for _, r := range b.in.verified {
		if rec := r.record(); rec.fits(catalog.Site(clean(r.Domain))) != "" {
			b.mention(rec)
		}
	}
	for _, r := range b.in.contacts {
		b.mention(b.contactRecord(r))
	}
}

func (r recPlatform) record() record {
	return record{"decisions", []string{r.Name}, append([]string{r.Domain}, r.Domains...), true, true}
}

func (r rec2FA) record() record {
	return record{"2fa", []string{r.Name}, append([]string{r.Domain}, r.AdditionalDomains...), true, true}
}

func (r recPasskey) record() record {
	return record{"passkeys", []string{r.Name}, append([]string{r.Domain}, r.AdditionalDomains...), true, true}
}

func (r recVerified) record() record {
	return record{"passkeys-verified", []string{r.Name}, []string{r.Domain}, true, true}
}

func (r recLink) record(input string) record {
	hosts := r.Domains
	if len(hosts) == 0 {
		hosts = []string{hostOf(r.URL)}
	}
	return record{input, []string{r.Name}, hosts, true, false}
}

// factName is a fact sheet's name; what stands in brackets there is
// explanation.
func factName(f recFact) string {
	name, _, _ := strings.Cut(f.Name, " (")
	return name
}

// contactRecord names a company as people do, and the services it runs. The
// host of its site or of its mail is its own only where a name says so: many
// write from the address of a parent company or a law firm.
func (b *builder) contactRecord(r recContact) record {
	out := record{input: "gdpr-contacts", names: []string{b.brand(r.Name)}, hosts: r.Domains}
	for _, run := range r.Runs {
		name, _, _ := strings.Cut(run, " (")
		name, _, _ = strings.Cut(name, " | ")
		if former := strings.Contains(run, "(formerly)") || strings.Contains(run, "(ehem"); !former {
			out.names = append(out.names, b.brand(name))
		}
	}
	if len(out.hosts) == 0 {
		for _, host := range []string{hostOf(r.Web), r.Email[strings.LastIndexByte(r.Email, '@')+1:]} {
			host = clean(host)
			if host != "" &&
				slices.ContainsFunc(
					append(out.names, r.Name),
					func(n string) bool { return catalog.Fits(n, catalog.Site(host)) },
				) {
				out.hosts = []string{host}
				break
			}
		}
	}
	return out
}

// brand takes the legal form off the end of a company's name.
func (b *builder) brand(name string) string {
	words := strings.Fields(strings.TrimSpace(name))
	for len(words) > 1 && slices.Contains(b.in.decisions.LegalForms, strings.Trim(words[len(words)-1], ",")) {
		words = words[:len(words)-1]
	}
	return strings.Trim(strings.Join(words, " "), ",& ")
}

func clean(host string) string {
	host = strings.TrimSuffix(strings.ToLower(strings.TrimSpace(host)), ".")
	return strings.TrimPrefix(host, "www.")
}

// domains reduces the hosts of a record to the domains it speaks of, its first
// first and without repetition. A host in front of which the name of the
// service does not fit the domain stands for itself: a forum or a sub-site of
// somebody is not somebody.
func (b *builder) domains(r record) []string {
	var out []string
	for _, host := range r.hosts {
		if d := b.domain(r, clean(host)); d != "" && !slices.Contains(out, d) {
			out = append(out, d)
		}
	}
	// What a service has at a shared host is no name for it.
	slices.SortStableFunc(out, func(a, c string) int { return rank(a) - rank(c) })
	return out
}

func rank(d string) int {
	if catalog.Shared(d) {
		return 1
	}
	return 0
}

func (b *builder) domain(r record, host string) string {
	if suffix, icann := publicsuffix.PublicSuffix(host); icann && suffix == host && strings.Contains(host, ".") {
		b.conflict("%s (%s): %s is of no single site: left out", r.names[0], r.input, host)
		return ""
	}
	d := catalog.Site(host)
	front := strings.TrimSuffix(strings.TrimSuffix(host, d), ".")
	switch {
	case front == "" || b.decided[d] || r.fits(d) != "" || serviceHost(front):
	default:
		d = host
	}
	why, software := b.in.decisions.Software[r.names[0]]
	if software && r.fits(catalog.Site(host)) == "" {
		b.conflict("%s (%s): %s left out: %s", d, r.input, r.names[0], why)
		return ""
	}
	return d
}

func serviceHost(front string) bool {
	return !slices.ContainsFunc(strings.Split(front, "."), func(l string) bool { return !catalog.ServiceLabel(l) })
}

// fits returns the name of a record that fits a domain, the shortest that is
// the domain's own label first; "" where none does.
func (r record) fits(d string) string {
	best := ""
	for i, n := range r.names {
		switch {
		case catalog.NoName(n) || !catalog.Fits(n, d):
		case i == 0:
			return n
		case len(n) < len(brandLabel(d)): // a part of the domain's name: perhaps that of a sister
		case strings.Contains(n, ".") && !strings.Contains(n, " ") && clean(n) != d: // another host
		case best == "" || len(n) < len(best):
			best = n
		}
	}
	return best
}

// brands counts the brands among domains: brand.com and brand.fr are one.
func (r record) brands(domains []string) int {
	labels := map[string]bool{}
	for _, d := range domains {
		if !catalog.Shared(d) {
			labels[brandLabel(d)] = true
		}
	}
	return len(labels)
}

// mention notes what a record says of each of its domains.
func (b *builder) mention(r record) {
	domains := b.domains(r)
	alone := r.brands(domains) <= 1
	for i, d := range domains {
		m := mention{input: r.input, directory: r.directory}
		if m.name = r.fits(d); m.name != "" {
			m.fits = true
		} else if (alone || r.main && i == 0) && !catalog.NoName(r.names[0]) {
			if m.alias = r.names[0]; r.directory {
				m.name, m.alias = m.alias, ""
			}
		}
		b.mentions[d] = append(b.mentions[d], m)
	}
}

// ownName is the name that a directory gives a domain in a record of its own;
// "" where there is none.
func (b *builder) ownName(d string) string {
	for _, m := range b.mentions[d] {
		if m.directory && m.fits {
			return m.name
		}
	}
	return ""
}

// join makes the domains of a record one platform with its first, except those
// that a record of their own knows by another name, and except a list of
// everything a group owns.
func (b *builder) join(r record, why string) {
	const group = 5 // so many foreign brands are a group of companies
	domains := b.domains(r)
	if len(domains) == 0 {
		return
	}
	foreign := slices.DeleteFunc(
		slices.Clone(domains[1:]),
		func(d string) bool { return r.fits(d) != "" || sameLabel(d, domains[0]) },
	)
	for _, d := range domains[1:] {
		if !slices.Contains(foreign, d) {
			b.union(domains[0], d, why)
			continue
		}
		switch own := b.ownName(d); {
		case own != "":
			b.conflict("%s: stays %q although %s of %q names it too", d, own, why, r.names[0])
		case len(foreign) >= group:
			b.conflict(
				"%s: stays apart from %q, whose record (%s) lists %d other brands",
				d,
				r.names[0],
				why,
				len(foreign),
			)
		default:
			b.union(domains[0], d, why)
		}
	}
}

// sameBrand joins the country sites of one record: brand.com and brand.fr named
// together are one platform, brand.com and other.com need not be. What a
// service has at a shared host belongs to it.
func (b *builder) sameBrand(r record) {
	domains := b.domains(r)
	alone := r.brands(domains) == 1
	first := map[string]string{}
	for _, d := range domains {
		if catalog.Shared(d) && domains[0] != d && (alone || r.fits(domains[0]) != "") {
			b.union(domains[0], d, "the record "+r.names[0])
			continue
		}
		label := brandLabel(d)
		if f, ok := first[label]; ok {
			b.union(f, d, "the record "+r.names[0])
		} else {
			first[label] = d
		}
	}
}

func sameLabel(a, c string) bool { return brandLabel(a) == brandLabel(c) }

// brandLabel is what a brand's domains have in common: the label in front of
// the public suffix. A host that stands for itself has no other.
func brandLabel(d string) string {
	if catalog.Site(d) != d {
		return d
	}
	label, _, _ := strings.Cut(d, ".")
	return label
}

// signIns joins domains that share a sign-in only where they are one brand.
func (b *builder) signIns(hosts []string) {
	for i, h := range hosts {
		for _, other := range hosts[:i] {
			if a, c := catalog.Site(other), catalog.Site(h); sameLabel(a, c) {
				b.union(a, c, "shared credentials")
				break
			}
		}
	}
}

// redirect joins a domain that another has taken the place of; a sign-in that
// only happens elsewhere joins nothing but one brand.
func (b *builder) redirect(from, to string, obsolete bool) {
	from, to = catalog.Site(from), catalog.Site(to)
	r := record{names: []string{to}}
	if own := b.ownName(to); own != "" {
		r.names = append(r.names, own)
	}
	own := b.ownName(from)
	switch {
	case sameLabel(from, to) || r.fits(from) != "" || own != "" && catalog.Fits(own, to) || obsolete && own == "":
		b.union(to, from, "a redirect")
	default:
		b.conflict("%s: stays apart from %s, where its sign-in leads", from, to)
	}
}

// nameIt gives a platform the name that a record has for one of its domains.
func (b *builder) nameIt(p *catalog.Platform, r record) {
	domains := b.domains(r)
	alone := r.brands(domains) <= 1
	for _, d := range domains {
		if !slices.Contains(p.Domains, d) {
			continue
		}
		if n := r.fits(d); n != "" {
			b.name(p, n, r.input)
			return
		}
	}
	switch {
	case catalog.NoName(r.names[0]):
		b.conflict("%s: %q (%s) is no name", p.ID, r.names[0], r.input)
	case r.directory && (alone || r.main && slices.Contains(p.Domains, domains[0])):
		b.name(p, r.names[0], r.input)
	case alone:
		b.alias(p, r.names[0], r.input)
	default:
		b.conflict("%s: not called %q, as a record (%s) of %d domains is", p.ID, r.names[0], r.input, len(domains))
	}
}

// strangers lists the domains whose platform has a name that no record of
// theirs says.
func (b *builder) strangers() []string {
	var out []string
	for _, id := range sortedKeys(b.platforms) {
		p := b.platforms[id]
		for _, d := range p.Domains {
			own := slices.ContainsFunc(b.mentions[d], func(m mention) bool {
				return m.name != "" && (strings.Contains(p.Name, m.name) || strings.Contains(m.name, p.Name))
			})
			if !own && p.Name != d && p.Name != brandLabel(d) {
				out = append(
					out,
					fmt.Sprintf(
						"%s is called %q by the record (%s) of %s; joined by %s",
						d,
						p.Name,
						b.named[id],
						id,
						b.why(d),
					),
				)
			}
		}
	}
	return out
}

func (b *builder) why(d string) string {
	if why := b.joined[d]; why != "" {
		return why
	}
	return "its platform"
}
