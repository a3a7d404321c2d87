package catalog

import (
	"slices"
	"strings"
	"time"
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

// Freshen takes newer records of one public list, titled set, as of a day. What
// a sourced fact sheet says of a platform stays; what the list no longer names
// stays too, since lists lose records by accident. It is for the time before
// the catalogue is used.
func (c *Catalog) Freshen(set string, at time.Time, records []Fresh) {
	for _, r := range records {
		i, ok := c.find(r)
		if !ok {
			c.platforms = append(c.platforms, Platform{ID: r.Domain, Name: r.Domain, Domains: []string{r.Domain}, Exit: ExitUnknown})
			i = int32(len(c.platforms) - 1)
			if r.Name != "" {
				c.platforms[i].Name = r.Name
			}
			c.index(i)
		}
		c.platforms[i].freshen(r, SourceRef{Title: set, Checked: at})
		for _, d := range r.Domains {
			if _, taken := c.byDomain[d]; !taken {
				c.platforms[i].Domains = append(c.platforms[i].Domains, d)
				c.byDomain[d] = i
			}
		}
	}
}

// find ties a record to a platform: by its host, or by that of its main domain.
func (c *Catalog) find(r Fresh) (int32, bool) {
	id, _, known := c.Resolve(r.Domain)
	if !known {
		return 0, false
	}
	return c.byDomain[id], true
}

func (p *Platform) freshen(r Fresh, ref SourceRef) {
	sheet := slices.ContainsFunc(p.Sources, func(s SourceRef) bool { return s.Title == "platform-facts" })
	if r.MethodsKnown && !sheet {
		methods := slices.Clone(r.Methods)
		if slices.Contains(p.Methods, "passkey") {
			methods = append(methods, "passkey") // another list's
		}
		slices.Sort(methods)
		p.Methods, p.MethodsKnown = methods, true
	}
	if r.Passwordless != "" || r.MFA != "" {
		p.Passkey.Passwordless, p.Passkey.MFA = r.Passwordless, r.MFA
		if !slices.Contains(p.Methods, "passkey") {
			p.Methods = append(slices.Clone(p.Methods), "passkey")
			slices.Sort(p.Methods)
		}
	}
	for to, v := range map[*string]string{&p.TwoFactorDoc: r.Documentation, &p.RecoveryDoc: r.Recovery} {
		if v != "" && (!sheet || *to == "") && strings.HasPrefix(v, "https://") {
			*to = v
		}
	}
	p.Sources = slices.DeleteFunc(slices.Clone(p.Sources), func(s SourceRef) bool { return s.Title == ref.Title })
	p.Sources = append(p.Sources, ref)
}
