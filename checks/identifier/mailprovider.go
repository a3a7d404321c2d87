package identifier

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"
	"sync"

	"unlisted/checks/datafile"
)

//go:embed mailproviders.json
var mailProvidersJSON []byte

// MailProvider is who keeps mailboxes that anybody can have, and by which rules.
type MailProvider struct {
	ID         string   `json:"id"`         // one of its domains
	Mail       []string `json:"mail"`       // domains behind the "@" of people
	Machines   []string `json:"machines"`   // domains of its machines alone
	Plus       bool     `json:"plus"`       // "pat+tag" is delivered to "pat"
	Dots       bool     `json:"dots"`       // dots in the local part do not count
	Same       bool     `json:"same"`       // its domains are one: the same name is the same mailbox
	Source     string   `json:"source"`     // of the rules
	Confidence string   `json:"confidence"` // "official" or "secondary"
}

// mailProviders are the known providers by their domains.
var mailProviders = sync.OnceValue(func() map[string]*MailProvider {
	return datafile.Must(readMailProviders("mailproviders.json", mailProvidersJSON))
})

// readMailProviders reads the table; a mistake names file, provider and field.
func readMailProviders(file string, raw []byte) (map[string]*MailProvider, error) {
	var list []MailProvider
	if err := datafile.Decode(file, raw, &list); err != nil {
		return nil, err
	}
	out := map[string]*MailProvider{}
	for i := range list {
		p := &list[i]
		all := slices.Concat(p.Mail, p.Machines)
		wrong := p.wrong()
		for _, d := range all {
			if d != strings.ToLower(d) || !strings.Contains(d, ".") || out[d] != nil {
				wrong = d + ": no domain, or twice"
			}
			out[d] = p
		}
		if wrong != "" {
			return nil, fmt.Errorf("%s: provider %d, %q: %s", file, i+1, p.ID, wrong)
		}
	}
	return out, nil
}

// wrong is what a provider of the file lacks, "" where it is whole.
func (p *MailProvider) wrong() string {
	if !slices.Contains(p.Mail, p.ID) && !slices.Contains(p.Machines, p.ID) {
		return "id: none of its domains"
	}
	if len(p.Mail) == 0 {
		return "mail: no domain"
	}
	if !p.Plus && !p.Dots && !p.Same {
		return ""
	}
	if !strings.HasPrefix(p.Source, "https://") {
		return "source: a rule needs an https address"
	}
	if p.Confidence != "official" && p.Confidence != "secondary" {
		return "confidence: official or secondary"
	}
	return ""
}

// MailProviderOf returns the provider that a domain belongs to, be it behind the
// "@" of people or of a machine.
func MailProviderOf(domain string) (MailProvider, bool) {
	if p, ok := mailProviders()[domain]; ok {
		return *p, true
	}
	return MailProvider{}, false
}

// FreeMail reports a domain where anybody can have an address.
func FreeMail(domain string) bool {
	p, ok := mailProviders()[domain]
	return ok && slices.Contains(p.Mail, domain)
}
