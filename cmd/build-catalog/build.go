package main

import (
	"fmt"
	"io"
	"net/url"
	"slices"
	"strings"
	"time"

	"golang.org/x/net/publicsuffix"

	"unlisted/checks/catalog"
)

// builder merges records into platforms.
type builder struct {
	in        *inputs
	parent    map[string]string // union-find over registrable domains
	anchors   map[string]string // root -> id kept by a decision or a fact sheet
	platforms map[string]*catalog.Platform
	named     map[string]string // platform -> the input its name came from
	counts    []string          // one line an input, for the report
	conflicts []string
	lost      int
}

func build(in *inputs) *builder {
	b := &builder{
		in: in, parent: map[string]string{}, anchors: map[string]string{},
		platforms: map[string]*catalog.Platform{}, named: map[string]string{},
	}
	b.group()
	// The order is the order of trust: the first name and the first address win.
	b.facts()
	b.twoFA()
	b.passkeys()
	b.links("delete", in.delete, func(p *catalog.Platform) *catalog.Link { return &p.Delete })
	b.links("getdata", in.getData, func(p *catalog.Platform) *catalog.Link { return &p.GetData })
	b.verified()
	b.passwords()
	b.contacts()
	b.decide()
	return b
}

// registrable reduces a host to its registrable domain by the ICANN part of
// the Public Suffix List: a page at a hosting service is not a platform of its
// own, but a host is not dropped for having no such domain.
func registrable(host string) string {
	host = strings.TrimSuffix(strings.ToLower(strings.TrimPrefix(host, "www.")), ".")
	d, err := publicsuffix.EffectiveTLDPlusOne(host)
	if err != nil {
		return host
	}
	if suffix, icann := publicsuffix.PublicSuffix(host); !icann && strings.Contains(suffix, ".") {
		if up, err := publicsuffix.EffectiveTLDPlusOne(suffix); err == nil {
			return up
		}
		return suffix
	}
	return d
}

func (b *builder) root(d string) string {
	for b.parent[d] != "" && b.parent[d] != d {
		d = b.parent[d]
	}
	return d
}

// union joins two domains into one platform unless both were decided to be
// platforms of their own.
func (b *builder) union(a, c, why string) {
	ra, rc := b.root(a), b.root(c)
	if ra == rc {
		return
	}
	aa, ac := b.anchors[ra], b.anchors[rc]
	if aa != "" && ac != "" {
		b.conflict("%s and %s stay apart although %s joins them", aa, ac, why)
		return
	}
	b.parent[rc] = ra
	if aa == "" && ac != "" {
		b.anchors[ra] = ac
	}
	if aa == "" && ac == "" {
		b.anchors[ra] = ""
	}
}

func (b *builder) conflict(format string, args ...any) {
	b.conflicts = append(b.conflicts, fmt.Sprintf(format, args...))
}

// group decides which domains are one platform: fact sheets and our own
// decisions first, since they keep platforms apart as well as together.
func (b *builder) group() {
	for _, f := range b.in.facts.Platforms {
		b.anchors[registrable(f.Domain)] = f.Domain
	}
	for id := range b.in.decisions.Families {
		if b.anchors[b.root(registrable(id))] == "" {
			b.anchors[registrable(id)] = id
		}
	}
	for _, f := range b.in.facts.Platforms {
		for _, d := range f.Domains {
			b.union(registrable(f.Domain), registrable(d), "a fact sheet")
		}
	}
	for _, id := range sortedKeys(b.in.decisions.Families) {
		for _, d := range b.in.decisions.Families[id] {
			b.union(registrable(id), registrable(d), "a decision")
		}
	}
	for _, r := range b.in.twoFA {
		b.unionAll(r.Domain, r.AdditionalDomains, "2fa")
	}
	for _, r := range b.in.passkeys {
		b.unionAll(r.Domain, r.AdditionalDomains, "passkeys")
	}
	for _, r := range slices.Concat(b.in.delete, b.in.getData) {
		b.sameBrand(r)
	}
	for _, g := range b.in.shared.Shared {
		b.unionAll(g[0], g[1:], "shared credentials")
	}
	for _, r := range b.in.shared.Redirects {
		for _, to := range r.To {
			b.unionAll(to, r.From, "a redirect")
		}
	}
}

func (b *builder) unionAll(first string, rest []string, why string) {
	for _, d := range rest {
		b.union(registrable(first), registrable(d), why)
	}
}

// sameBrand joins the country sites of one record: brand.com and brand.fr named
// together are one platform, brand.com and other.com need not be.
func (b *builder) sameBrand(r recLink) {
	first := map[string]string{}
	for _, d := range r.Domains {
		d = registrable(d)
		label, _, _ := strings.Cut(d, ".")
		if f, ok := first[label]; ok {
			b.union(f, d, "the record "+r.Name)
		} else {
			first[label] = d
		}
	}
}

// platform returns the platform a host belongs to, made if need be.
func (b *builder) platform(host string) *catalog.Platform {
	d := registrable(host)
	if d == "" {
		b.lost++
		return &catalog.Platform{}
	}
	root := b.root(d)
	id := b.anchors[root]
	if id == "" { // nobody decided: the first input to name it, in the order of trust
		id = d
		b.anchors[root] = id
	}
	p := b.platforms[id]
	if p == nil {
		p = catalog.Unknown(id, "")
		p.Domains = []string{id}
		b.platforms[id] = p
	}
	if d != id && !slices.Contains(p.Domains, d) {
		p.Domains = append(p.Domains, d)
	}
	return p
}

// name gives a platform its name, or another one to be found by.
func (b *builder) name(p *catalog.Platform, name, input string) {
	if host := registrable(strings.ToLower(name)); strings.Contains(name, ".") && slices.Contains(p.Domains, host) {
		return // a host is found by its domain already
	}
	switch {
	case name == "" || name == p.Name:
	case p.Name == "":
		p.Name, b.named[p.ID] = name, input
	case !slices.Contains(p.Aliases, name):
		p.Aliases = append(p.Aliases, name)
		b.conflict("%s: %q (%s) kept as another name of %q (%s)", p.ID, name, input, p.Name, b.named[p.ID])
	}
}

func (b *builder) source(p *catalog.Platform, set, updated string) {
	ref := catalog.SourceRef{Title: set, Checked: month(updated)}
	if !slices.Contains(p.Sources, ref) {
		p.Sources = append(p.Sources, ref)
	}
}

func month(s string) time.Time {
	for _, layout := range []string{"2006-01-02", "2006-01", "2006"} {
		if t, err := time.Parse(layout, s); err == nil {
			return t
		}
	}
	return time.Time{}
}

func (b *builder) count(input string, n int) {
	b.counts = append(b.counts, fmt.Sprintf("%-20s %5d records", input, n))
}

// setOnce keeps the first of several values and reports the others.
func (b *builder) setOnce(p *catalog.Platform, what string, to *string, v string) {
	switch {
	case v == "" || *to == v:
	case *to == "":
		*to = v
	default:
		b.conflict("%s: second %s left out: %s", p.ID, what, v)
	}
}

func addAll(list *[]string, more []string) {
	for _, m := range more {
		if m != "" && !slices.Contains(*list, m) {
			*list = append(*list, m)
		}
	}
}

func hostOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return u.Hostname()
}

func (b *builder) print(w io.Writer) {
	for _, c := range b.counts {
		fmt.Fprintln(w, c)
	}
	fmt.Fprintf(w, "%-20s %5d platforms\n\n%d conflicts, decided as said:\n", "together", len(b.platforms), len(b.conflicts))
	slices.Sort(b.conflicts)
	for _, c := range b.conflicts {
		fmt.Fprintln(w, "-", c)
	}
}

func (b *builder) write(w io.Writer) error {
	list := make([]*catalog.Platform, 0, len(b.platforms))
	for _, id := range sortedKeys(b.platforms) {
		list = append(list, b.platforms[id])
	}
	apps := b.in.decisions.Apps
	for pkg, d := range apps {
		if p := b.platforms[b.platform(d).ID]; p != nil {
			apps[pkg] = p.ID
		}
	}
	return catalog.Encode(w, list, apps)
}

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
