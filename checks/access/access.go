// Package access is the access graph: what opens which account, who can get in
// with what, and what is lost with what. It follows Hammann, Radomirović,
// Sasse and Basin, "User Account Access Graphs", ACM CCS 2019: accounts and
// means are nodes, a way into a node is an AND of other nodes, and a node is
// opened by any one of its ways.
//
// It computes and nothing else: it knows no person, no platform, no text and no
// file, and it does not say what to do. Equal input gives equal output,
// whatever the order it was told in.
package access

// Node is the caller's own name of an account or of a means, such as
// "number:+33639980001" or "account:google.com". Any string will do.
type Node string

// Kind says what a node is. Only the grades and the lists by kind look at it.
type Kind uint8

// The kinds of node.
const (
	KindUnknown        Kind = iota // needed by some way and never declared
	KindPassword                   // a secret somebody knows
	KindNumber                     // a phone number: SMS and calls reach its holder
	KindMailbox                    // what is sent to an address can be read
	KindDevice                     // a phone or computer, locked
	KindDeviceUnlocked             // the same with its lock open
	KindApp                        // an authenticator app
	KindPasskey                    // a passkey
	KindKey                        // a hardware key
	KindCodes                      // printed or stored recovery codes
	KindAccount                    // an account, which may open others ("sign in with")
	KindSession                    // a browser or app that stays signed in
)

var kindNames = [...]string{
	"", "password", "number", "mailbox", "device", "device-unlocked", "app", "passkey", "key", "codes", "account", "session",
}

// String returns the stable name used in files and on the command line.
func (k Kind) String() string {
	if int(k) < len(kindNames) {
		return kindNames[k]
	}
	return ""
}

// MarshalText writes the stable name.
func (k Kind) MarshalText() ([]byte, error) { return []byte(k.String()), nil }

// Way is one way into a node: whoever has all it needs opens the node. A way
// that needs nothing would be open to everybody, and one that needs the very
// node it opens leads nowhere: both are dropped when the graph is built, as the
// paper's rule for access asks for a set that is not empty.
type Way struct {
	Needs    []Node
	Recovery bool // a way back in, not the everyday sign-in
	Assumed  bool // nobody confirmed that this way exists
	Planned  bool // does not exist yet: counts only after Graph.With
}

// Using picks the ways that need at least one of the means, for Graph.Without
// and Graph.With.
func Using(means ...Node) func(Node, Way) bool {
	want := make(map[Node]bool, len(means))
	for _, m := range means {
		want[m] = true
	}
	return func(_ Node, w Way) bool {
		for _, n := range w.Needs {
			if want[n] {
				return true
			}
		}
		return false
	}
}

// Step is one link of a chain: with these nodes in hand, that one opens.
type Step struct {
	Opens    Node   `json:"opens"`
	With     []Node `json:"with"` // sorted
	Recovery bool   `json:"recovery,omitempty"`
	Assumed  bool   `json:"assumed"`
}
