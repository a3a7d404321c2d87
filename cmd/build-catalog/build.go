package main

import (
	"fmt"
	"io"
	"net/url"
	"slices"
	"strings"
	"time"

	"unlisted/checks/catalog"
)

// builder merges records into platforms.
type builder struct {
	in        *inputs
	parent    map[string]string // union-find over registrable domains
	anchors   map[string]string // root -> id kept by a decision or a fact sheet
	platforms map[string]*catalog.Platform
	named     map[string]string // platform -> the input its name came from
	mentions  map[string][]mention
	decided   map[string]bool   // domains that a fact sheet or a decision speaks of
	joined    map[string]string // domain -> what made it a part of another platform
	counts    []string          // one line an input, for the report
	conflicts []string
	lost      int
}

func build(in *inputs) *builder {
	b := &builder{
		in: in, parent: map[string]string{}, anchors: map[string]string{},
		platforms: map[string]*catalog.Platform{}, named: map[string]string{},
		mentions: map[string][]mention{}, decided: map[string]bool{}, joined: map[string]string{},
	}
	b.survey()
	b.conflicts = nil // told again, once, where the records are merged
	b.group()
	b.conflicts = unique(b.conflicts)
	// The order is the order of trust: the first name and the first address win.
	b.facts()
	b.added()
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
	if nc, na := b.ownName(rc), b.ownName(ra); aa == "" && ac == "" && nc != "" && na != "" &&
		!catalog.Fits(nc, ra) &&
		!catalog.Fits(na, rc) {
		b.conflict("%s (%s) and %s (%s) stay apart although %s joins them", ra, na, rc, nc, why)
		return
	}
	b.parent[rc] = ra
	b.joined[c] = why
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
		b.anchors[catalog.Site(f.Domain)] = f.Domain
	}
	for id := range b.in.decisions.Families {
		if b.anchors[b.root(catalog.Site(id))] == "" {
			b.anchors[catalog.Site(id)] = id
		}
	}
	for _, f := range b.in.facts.Platforms {
		for _, d := range f.Domains {
			b.union(catalog.Site(f.Domain), catalog.Site(d), "a fact sheet")
		}
	}
	for _, id := range sortedKeys(b.in.decisions.Families) {
		for _, d := range b.in.decisions.Families[id] {
			b.union(catalog.Site(id), catalog.Site(d), "a decision")
		}
	}
	for _, host := range sortedKeys(catalog.SharedHosts()) {
		if operator := catalog.SharedHosts()[host]; operator != "" {
			b.union(catalog.Site(operator), catalog.Site(clean(host)), "who runs it")
			b.union(catalog.Site(operator), host, "who runs it")
		}
	}
	for _, r := range b.in.decisions.Platforms {
		b.join(r.record(), "a decision")
	}
	for _, r := range b.in.twoFA {
		b.join(r.record(), "2fa")
	}
	for _, r := range b.in.passkeys {
		b.join(r.record(), "passkeys")
	}
	for _, r := range b.in.delete {
		b.sameBrand(r.record("delete"))
	}
	for _, r := range b.in.getData {
		b.sameBrand(r.record("getdata"))
	}
	for _, r := range b.in.contacts {
		b.sameBrand(b.contactRecord(r))
	}
	for _, g := range b.in.shared.Shared {
		b.signIns(g)
	}
	for _, r := range b.in.shared.Redirects {
		for _, to := range r.To {
			for _, from := range r.From {
				b.redirect(clean(from), clean(to), r.Obsolete)
			}
		}
	}
}

// of returns the platforms of a record, by its domains. A record without any
// host is lost, which ends the build.
func (b *builder) of(r record) []*catalog.Platform {
	var out []*catalog.Platform
	if !slices.ContainsFunc(r.hosts, func(h string) bool { return clean(h) != "" }) {
		b.lost++
	}
	for _, d := range b.domains(r) {
		if p := b.platform(d); !slices.Contains(out, p) {
			out = append(out, p)
		}
	}
	return out
}

// platform returns the platform a domain belongs to, made if need be.
func (b *builder) platform(d string) *catalog.Platform {
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
	if catalog.NoName(name) {
		return
	}
	if host := clean(name); strings.Contains(name, ".") && slices.Contains(p.Domains, host) {
		if p.Name != "" {
			return // a host is found by its domain already
		}
		name = name[len(name)-len(host):] // without "www."
	}
	switch {
	case name == p.Name:
	case p.Name == "":
		p.Name, b.named[p.ID] = name, input
	default:
		b.alias(p, name, input)
	}
}

// alias gives a platform another name to be found by.
func (b *builder) alias(p *catalog.Platform, name, input string) {
	if name == p.Name || slices.Contains(p.Aliases, name) {
		return
	}
	p.Aliases = append(p.Aliases, name)
	b.conflict("%s: %q (%s) kept as another name of %q (%s)", p.ID, name, input, p.Name, b.named[p.ID])
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

func unique(list []string) []string {
	slices.Sort(list)
	return slices.Compact(list)
}

func (b *builder) print(w io.Writer) {
	for _, c := range b.counts {
		fmt.Fprintln(w, c)
	}
	fmt.Fprintf(
		w,
		"%-20s %5d platforms\n\n%d conflicts, decided as said:\n",
		"together",
		len(b.platforms),
		len(b.conflicts),
	)
	b.conflicts = unique(b.conflicts)
	for _, c := range b.conflicts {
		fmt.Fprintln(w, "-", c)
	}
	strangers := b.strangers()
	fmt.Fprintf(w, "\n%d domains whose name is not of a record of their own:\n", len(strangers))
	for _, s := range strangers {
		fmt.Fprintln(w, "-", s)
	}
}

func (b *builder) write(w io.Writer) error {
	list := make([]*catalog.Platform, 0, len(b.platforms))
	for _, id := range sortedKeys(b.platforms) {
		list = append(list, b.platforms[id])
	}
	apps := b.in.decisions.Apps
	for pkg, d := range apps {
		apps[pkg] = b.platform(catalog.Site(d)).ID
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
