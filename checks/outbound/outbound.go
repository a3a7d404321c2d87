// Package outbound is the only door to the network: consent, ledger, limits,
// proxy. Nothing else in the program opens a connection. It does not know what
// an answer means.
package outbound

import (
	"context"
	"net/http"
	"time"
)

// Purpose is one named reason to go out. A request that does not fit is refused.
type Purpose struct {
	ID      string  // stable, such as "hibp"; consent is given to it
	Host    string  // the one host it may reach
	MaxBody int64   // bytes of an answer, after decompression
	Limits  []Limit // the source's own limits, kept by us
}

// Limit allows so many requests within a time.
type Limit struct {
	N   int
	Per time.Duration
}

// Results of a ledger entry.
const (
	ResultAnswered = "answered"
	ResultFailed   = "failed"
	ResultRefused  = "refused" // stopped at the door: nothing left this computer
)

// Entry is one request that left this computer, or was refused at the door.
// "ledger.<purpose>" is its sentence.
type Entry struct {
	Time    time.Time `json:"time"`
	Purpose string    `json:"purpose"`
	Host    string    `json:"host"`
	Subject string    `json:"subject,omitempty"` // masked identifier; never the value
	Bytes   int64     `json:"bytes"`             // size of the answer read
	Status  int       `json:"status"`            // HTTP status; 0 when no answer came
	Result  string    `json:"result"`
}

// Door hands out HTTP clients bound to one purpose: they refuse any other host,
// any request without consent, and redirects to another host.
type Door interface {
	Client(p Purpose) *http.Client
}

type (
	subjectKey struct{}
	whoKey     struct{}
	consentKey struct{}
)

// WithSubject names, masked, whom the requests of ctx are about, for the ledger.
func WithSubject(ctx context.Context, masked string) context.Context {
	return context.WithValue(ctx, subjectKey{}, masked)
}

// About names whom the requests of ctx are about: masked for the ledger, and in
// full to keep people apart on the way (see Config.Isolate), which stays here.
func About(ctx context.Context, masked, who string) context.Context {
	return context.WithValue(WithSubject(ctx, masked), whoKey{}, who)
}

// WithConsent carries the person's yes to one purpose for the requests of ctx.
func WithConsent(ctx context.Context, purposes ...string) context.Context {
	yes := map[string]bool{}
	for _, p := range purposes {
		yes[p] = true
	}
	return context.WithValue(ctx, consentKey{}, yes)
}

// Refused is a request the door did not let out.
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
	ReasonProxy    = "proxy" // the proxy is of a kind that is not supported: never around it
)

// Limited says that a source's limit is used up until a time.
type Limited struct{ Until time.Time }

func (l *Limited) Error() string { return "not sent: the source's limit is used up" }

// TooLarge is an answer above the purpose's bound.
type TooLarge struct{}

func (TooLarge) Error() string { return "the answer is larger than any real one" }
