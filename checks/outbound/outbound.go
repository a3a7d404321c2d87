// Package outbound is the only client of the network: consent, ledger, limits,
// proxy. Nothing else in the program opens a connection. It does not know what
// an answer means.
package outbound

import (
	"slices"
	"time"
)

// Purpose is one named reason to go out. A request that does not fit is refused.
type Purpose struct {
	ID      string  // stable, such as "hibp"; consent is given to it
	Host    string  // the one host it may reach
	MaxBody int64   // bytes of an answer, after decompression
	Limits  []Limit // the source's own limits, kept by us
}

// Policy is how the person wants to go out. The client reads it at each request
// and at each connection.
type Policy struct {
	Offline bool   // nothing leaves, whatever was agreed to; what is under way ends
	Proxy   string // address of an HTTP or SOCKS5 proxy, which also looks up the names; "" follows the environment
	// Isolate gives a SOCKS5 proxy another user name for each host and each person
	// asked about: Tor takes another circuit for each.
	Isolate bool
}

// Consent is the person's yes to some purposes, for the requests made with it,
// and whom they are about. The zero Consent is a no.
type Consent struct {
	purposes []string
	subject  string
	who      string
}

// Yes is the person's yes to these purposes and no other.
func Yes(purposes ...string) Consent { return Consent{purposes: slices.Clone(purposes)} }

// About names whom the requests are about: masked for the ledger, and in full to
// keep people apart on the way (see Policy.Isolate), which stays here.
func (c Consent) About(masked, who string) Consent {
	c.subject, c.who = masked, who
	return c
}

func (c Consent) to(purpose string) bool { return slices.Contains(c.purposes, purpose) }

// Refused is a request the client did not let out, or ended.
type Refused struct{ Reason string }

func (r *Refused) Error() string { return "not sent: " + r.Reason }

// Explain gives the text key of the sentence for the person.
func (r *Refused) Explain() (string, map[string]any) { return "error.outbound." + r.Reason, nil }

// The reasons to refuse.
const (
	ReasonConsent  = "consent"
	ReasonHost     = "host"
	ReasonRedirect = "redirect"
	ReasonOffline  = "offline"
	ReasonProxy    = "proxy"  // the proxy is of a kind that is not supported: never around it
	ReasonLedger   = "ledger" // what leaves could not be written down first
	ReasonCut      = "cut"    // it had begun when the person went offline
)

// Limited says that a source's limit is used up until a time.
type Limited struct{ Until time.Time }

func (l *Limited) Error() string { return "not sent: the source's limit is used up" }

// TooLarge is an answer above the purpose's bound.
type TooLarge struct{}

func (TooLarge) Error() string { return "the answer is larger than any real one" }
