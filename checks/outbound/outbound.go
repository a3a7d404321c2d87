// Package outbound is the only client of the network: consent, ledger, limits,
// proxy. Nothing else in the program opens a connection. It does not know what
// an answer means.
package outbound

import (
	"errors"
	"slices"
	"time"

	"unlisted/checks/text"
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

// The refusals: why the client did not let a request out, or ended it.
var (
	ErrConsent  = &text.Error{Key: "error.outbound.consent"}
	ErrHost     = &text.Error{Key: "error.outbound.host"}
	ErrRedirect = &text.Error{Key: "error.outbound.redirect"}
	ErrOffline  = &text.Error{Key: "error.outbound.offline"}
	ErrProxy    = &text.Error{Key: "error.outbound.proxy"}  // no proxy's address, or no kind we know: never around it
	ErrLedger   = &text.Error{Key: "error.outbound.ledger"} // what leaves could not be written down first
	ErrCut      = &text.Error{Key: "error.outbound.cut"}    // it had begun when the person went offline
)

// Refusal returns the refusal in an error's chain, or nil.
func Refusal(err error) error {
	for _, r := range []*text.Error{ErrConsent, ErrHost, ErrRedirect, ErrOffline, ErrProxy, ErrLedger, ErrCut} {
		if errors.Is(err, r) {
			return r
		}
	}
	return nil
}

// Limited says that a source's limit is used up until a time.
type Limited struct{ Until time.Time }

func (l *Limited) Error() string { return "not sent: the source's limit is used up" }

// ErrTooLarge is an answer above the purpose's bound.
var ErrTooLarge = errors.New("the answer is larger than any real one")
