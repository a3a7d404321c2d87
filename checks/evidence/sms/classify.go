package sms

import (
	"slices"
	"strings"

	"unlisted/checks/evidence"
)

// kind is what a message is; it is all that is kept of one.
type kind string

// The kinds of message.
const (
	kindCode     kind = "code"         // a one-time code
	kindOff      kind = "two-step-off" // the second step was switched off
	kindAlert    kind = "alert"        // something happened to an account
	kindDelivery kind = "delivery"     // a parcel: carriers get numbers from shops
	kindNotice   kind = "notice"       // anything else from a named sender
)

// verdict is what a message proves.
type verdict struct {
	brand      brand
	kind       kind
	confidence evidence.Confidence
	anybody    bool // it came from a number that may be a person's
}

// classifier holds the tables that messages are read by.
type classifier struct {
	brands brands
	stems  *stemIndex
}

func newClassifier() *classifier { return &classifier{newBrands(), newStemIndex()} }

// origin is what sort of sender a message has.
type origin uint8

const (
	originPerson origin = iota // somebody in the address book, or a mail address
	originLong                 // a full number, which services rent by the thousand
	originShort                // a short code, or a business chat
	originName                 // a sender name
)

func (c *classifier) origin(m message) origin {
	digits, letters := 0, 0
	for _, r := range m.sender {
		switch {
		case r >= '0' && r <= '9':
			digits++
		case r == '@':
			if strings.HasSuffix(m.sender, "@rbm.goog") { // RCS for businesses
				return originShort
			}
			return originPerson
		case strings.ContainsRune("~;,", r): // several numbers: a group
			return originPerson
		case r > ' ' && !strings.ContainsRune("+-.()/", r):
			letters++
		}
	}
	switch {
	case strings.HasPrefix(m.sender, "urn:"):
		return originShort
	case letters > 0:
		return originName
	case m.group:
		return originPerson
	case digits > 0 && digits <= 8 && !m.subscriber && !strings.HasPrefix(m.sender, "+"):
		return originShort
	}
	if contact := given(m.contact); contact != "" && strings.IndexFunc(contact, isLetter) >= 0 {
		if _, known := c.brands.names[key(contact)]; !known {
			return originPerson
		}
	}
	return originLong
}

// classify reads one message in the decision order of section B.4: a code bound
// to a host, a sender named in the body, a sender name, an exclusive short code.
// Nothing else shows who wrote it.
func (c *classifier) classify(m message, american bool) (verdict, bool) {
	from := c.origin(m)
	if from == originPerson || from == originLong && !strings.ContainsAny(m.body, "0123456789") {
		return verdict{}, false
	}
	body := cut(m.body, maxBody)
	hosts := c.hosts(body)
	if host := c.boundHost(body); host != "" {
		b := brand{site: host}
		return verdict{brand: b, kind: kindCode, confidence: evidence.Confirmed}, !c.foreign(b, hosts)
	}
	r := c.read(tokenise(body))
	if from == originLong && r.personal(body) {
		return verdict{}, false
	}
	v := verdict{kind: r.kind(), anybody: from == originLong}
	switch {
	case v.kind == kindCode:
		v.brand, v.confidence = c.named(r, from), evidence.Likely
		if v.brand == (brand{}) && len(hosts) == 1 && r.code >= 0 && strings.Contains(body, "/"+r.tokens[r.code].text) {
			v.brand.site = c.brands.hosts[c.brands.site(hosts[0])] // a link with the code in it
		}
	case v.kind == kindOff:
		v.brand, v.confidence = c.named(r, from), evidence.Likely
	case from != originLong:
		v.brand, v.confidence = c.prefix(r, from), evidence.Possible
	}
	if v.brand == (brand{}) {
		v.brand, v.confidence = c.sender(m.sender, from, american), evidence.Possible
		if v.kind == kindCode && v.brand.site != "" && c.mentions(r, v.brand.site) {
			v.confidence = evidence.Likely
		}
	}
	if from == originLong && !r.official(body) {
		v.confidence = min(v.confidence, evidence.Possible) // anybody may have written it
	}
	return v, v.brand != (brand{}) && c.plausible(v, r, hosts)
}

// sender is who a sender name or an exclusive short code stands for.
func (c *classifier) sender(s string, from origin, american bool) brand {
	switch {
	case from == originName:
		b, _ := c.brands.ofSender(strings.TrimSpace(s))
		return b
	case from == originShort && american:
		return brand{site: shortCodes[s]}
	}
	return brand{}
}

// plausible drops smishing: a code with a link to somebody else, or bait with
// one. Real notices often carry foreign short links.
func (c *classifier) plausible(v verdict, r reading, hosts []string) bool {
	if !c.foreign(v.brand, hosts) {
		return true
	}
	return v.kind != kindCode && v.kind != kindOff && v.kind != kindDelivery && r.themes&themeLure == 0
}

func (c *classifier) foreign(b brand, hosts []string) bool {
	return slices.ContainsFunc(hosts, func(h string) bool { return !c.brands.owns(b, h) })
}

// boundHost reads the last line of an origin-bound one-time code, "@host #code"
// with anything behind it (wicg.github.io/sms-one-time-codes), and returns the
// site of the host. Apple puts its own domain behind a percent sign.
func (c *classifier) boundHost(body string) string {
	body = strings.TrimRight(body, "\r\n \t")
	line := strings.TrimLeft(body[max(0, strings.LastIndexAny(body, "\r\n\u2028")):], "\r\n\u2028")
	host, rest, ok := strings.Cut(line, " ")
	if !ok || len(host) < 4 || host[0] != '@' || len(rest) < 2 || rest[0] != '#' || rest[1] == ' ' {
		return ""
	}
	return c.brands.site(host[1:])
}

// hosts lists the hosts a message links to.
func (c *classifier) hosts(body string) (out []string) {
	if !strings.Contains(body, ".") {
		return nil
	}
	for f := range strings.FieldsSeq(body) {
		if !strings.Contains(f, ".") || len(out) >= 8 {
			continue
		}
		if host := c.linked(f); host != "" {
			out = append(out, host)
		}
	}
	return out
}

// linked is the host of a link; links that hide theirs have one that is
// nobody's.
func (c *classifier) linked(field string) string {
	low := strings.ToLower(field)
	if i := strings.LastIndex(low, "://"); i > 0 {
		host, _, _ := strings.Cut(low[i+3:], "/")
		host = strings.TrimRight(host, ".,;:!?)>]\"'")
		if _, real, hidden := strings.Cut(host, "@"); hidden {
			host = real
		}
		host, _, _ = strings.Cut(host, ":")
		return host
	}
	low = strings.Trim(low, ".,;:!?()<>[]\"'«»“”…")
	if i := strings.LastIndexAny(low, ":(<["); i >= 0 {
		low = low[i+1:]
	}
	host, path, slash := strings.Cut(low, "/")
	host, _, _ = strings.Cut(host, "?")
	if strings.ContainsAny(host, "@%#") || c.brands.site(host) == "" {
		return ""
	}
	if slash && path != "" || strings.HasPrefix(host, "www.") || bareEndings[host[strings.LastIndexByte(host, '.')+1:]] {
		return host
	}
	return ""
}
