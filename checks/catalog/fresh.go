package catalog

import (
	"net/url"
	"slices"
	"strings"
	"time"

	"golang.org/x/net/publicsuffix"
)

// Fresh is what a newer public list says of one platform.
type Fresh struct {
	Domain        string   `json:"domain"` // a host; the platform is found by it
	Domains       []string `json:"domains,omitempty"`
	Name          string   `json:"name,omitempty"`
	Methods       []string `json:"methods,omitempty"`
	MethodsKnown  bool     `json:"methods_known,omitempty"` // an empty Methods then means "none"
	Passwordless  string   `json:"passwordless,omitempty"`
	MFA           string   `json:"mfa,omitempty"`
	Documentation string   `json:"documentation,omitempty"`
	Recovery      string   `json:"recovery,omitempty"`
}

// FreshMethods lists the sign-in methods that the public lists name, and the
// catalogue with them.
func FreshMethods() []string {
	return []string{"sms", "call", "email", "totp", "u2f", "custom-software", "custom-hardware"}
}

// Freshen takes newer records of one public list, titled set, as of a day. Such
// a list is signed by nobody, so it only adds: methods that were not known, and
// pages of the platform's own where there was none, see Withheld. What a sourced
// fact sheet says of a platform stays; what the list no longer names stays too,
// since lists lose records by accident. It is for the time before the catalogue
// is used.
func (c *Catalog) Freshen(set string, at time.Time, records []Fresh) {
	for _, r := range records {
		i, ok := c.find(r)
		if !ok {
			c.platforms = append(
				c.platforms,
				Platform{ID: r.Domain, Name: r.Domain, Domains: []string{r.Domain}, Exit: ExitUnknown},
			)
			i = int32(len(c.platforms) - 1)
			if !NoName(r.Name) {
				c.platforms[i].Name = r.Name
			}
			c.index(i)
		}
		r, _ = c.platforms[i].admit(r)
		c.platforms[i].freshen(r, SourceRef{Title: set, Checked: at})
		for _, d := range r.Domains {
			if c.free(d) {
				c.platforms[i].Domains = append(c.platforms[i].Domains, d)
				c.byDomain[d] = i
			}
		}
	}
}

// find ties a record to a platform: by its host, or by the domain that this is a
// part of. A host in front of somebody's domain with a name that does not fit it
// is another service: a forum is not the bank it is about.
func (c *Catalog) find(r Fresh) (int32, bool) {
	if i, ok := c.byDomain[r.Domain]; ok {
		return i, true
	}
	id, name, known := c.Resolve(r.Domain)
	if !known {
		return 0, false
	}
	label, _, _ := strings.Cut(r.Domain, ".")
	if !NoName(r.Name) && r.Name != name && !Fits(r.Name, Site(r.Domain)) && !ServiceLabel(label) {
		return 0, false
	}
	return c.byDomain[id], true
}

// free reports whether a list may add a domain to a platform: nobody has it, and
// it is not one below which others have their sites.
func (c *Catalog) free(d string) bool {
	if _, _, known := c.Resolve(d); known || !IsSite(d) {
		return false
	}
	_, shared := sharedHostList().byHost[d]
	_, err := publicsuffix.EffectiveTLDPlusOne(d) // an error where d is a suffix itself
	return !shared && err == nil
}

// Withheld is what a record of an unsigned list would have changed at a platform
// that is known already, and did not: methods it no longer names, and pages that
// would have been shown as instructions.
type Withheld struct {
	Platform string // catalogue id, or the record's own domain
	Methods  []string
	Links    []string
}

// Withhold lists what Freshen would withhold of these records, in their order.
func (c *Catalog) Withhold(records []Fresh) []Withheld {
	var out []Withheld
	for _, r := range records {
		p := Platform{ID: r.Domain, Domains: []string{r.Domain}}
		if i, ok := c.find(r); ok {
			p = c.platforms[i]
		}
		if _, w := p.admit(r); len(w.Methods)+len(w.Links) > 0 {
			out = append(out, w)
		}
	}
	return out
}

// sheet reports whether a sourced fact sheet tells of the platform.
func (p *Platform) sheet() bool {
	return slices.ContainsFunc(p.Sources, func(s SourceRef) bool { return s.Title == "platform-facts" })
}

// admit gives what of a record is taken, and what is not. Methods are added and
// never taken away. A page is taken where none is known, and only at a host of
// the platform itself.
func (p *Platform) admit(r Fresh) (Fresh, Withheld) {
	w := Withheld{Platform: p.ID}
	if r.MethodsKnown && !p.sheet() {
		for _, m := range p.Methods {
			if m != "passkey" && !slices.Contains(r.Methods, m) { // passkeys are another list's
				w.Methods = append(w.Methods, m)
			}
		}
		r.Methods = slices.Concat(r.Methods, w.Methods)
	}
	for _, l := range []struct {
		known string
		new   *string
	}{{p.TwoFactorDoc, &r.Documentation}, {p.RecoveryDoc, &r.Recovery}} {
		if *l.new == "" || *l.new == l.known {
			continue
		}
		if l.known != "" || !p.owns(*l.new) {
			w.Links = append(w.Links, *l.new)
			*l.new = ""
		}
	}
	return r, w
}

// owns reports whether a link is https and leads to a host of the platform.
func (p *Platform) owns(link string) bool {
	u, err := url.Parse(link)
	if err != nil || u.Scheme != "https" {
		return false
	}
	host := strings.ToLower(u.Hostname())
	return slices.ContainsFunc(
		p.Domains,
		func(d string) bool { return host == d || strings.HasSuffix(host, "."+d) },
	)
}

// freshen takes what was admitted of a record.
func (p *Platform) freshen(r Fresh, ref SourceRef) {
	if r.MethodsKnown && !p.sheet() {
		methods := slices.Clone(r.Methods)
		if slices.Contains(p.Methods, "passkey") {
			methods = append(methods, "passkey")
		}
		slices.Sort(methods)
		p.Methods, p.MethodsKnown = slices.Compact(methods), true
	}
	if r.Passwordless != "" || r.MFA != "" {
		p.Passkey.Passwordless, p.Passkey.MFA = r.Passwordless, r.MFA
		if !slices.Contains(p.Methods, "passkey") {
			p.Methods = append(slices.Clone(p.Methods), "passkey")
			slices.Sort(p.Methods)
		}
	}
	for to, v := range map[*string]string{&p.TwoFactorDoc: r.Documentation, &p.RecoveryDoc: r.Recovery} {
		if v != "" {
			*to = v
		}
	}
	p.Sources = slices.DeleteFunc(slices.Clone(p.Sources), func(s SourceRef) bool { return s.Title == ref.Title })
	p.Sources = append(p.Sources, ref)
}
