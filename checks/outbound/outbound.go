// Package outbound is the only door to the network: consent, ledger, limits,
// proxy. Nothing else in the program opens a connection. It does not know what
// an answer means.
package outbound

import (
	"net/http"
	"time"
)

// Purpose is one named reason to go out. A request that does not fit is refused.
type Purpose struct {
	ID    string   // stable, such as "hibp"; consent is given to it
	Hosts []string // the hosts it may reach, exact
	// About says in plain words, without the identifier, what a request sends;
	// a text key: "ledger.<id>".
	About string
}

// Entry is one request that left this computer, or was refused at the door.
type Entry struct {
	Time    time.Time `json:"time"`
	Purpose string    `json:"purpose"`
	Host    string    `json:"host"`
	About   string    `json:"about"`             // text key
	Subject string    `json:"subject,omitempty"` // masked identifier or hash prefix length; never the value
	Bytes   int64     `json:"bytes"`             // size of the answer read
	Status  int       `json:"status"`            // HTTP status; 0 when no answer came
	Result  string    `json:"result"`            // "answered", "failed", "refused"
}

// Door hands out HTTP clients and keeps the ledger.
type Door interface {
	// Client returns a client bound to one purpose: it refuses any host not
	// allowed, any request without consent, and redirects to another host.
	Client(Purpose) *http.Client
	// Ledger returns every entry, oldest first.
	Ledger() []Entry
}
