// Package plan turns accounts into ordered, lock-out-safe actions, and holds
// the guided switch as a state machine. It does not draw.
package plan

// State is where an action or step stands.
type State string

// The states.
const (
	StateOpen    State = "open"
	StateBlocked State = "blocked" // a step before it must be done first
	StateDone    State = "done"
	StateSkipped State = "skipped"
)

// Action is one thing to do, in its place in the plan.
type Action struct {
	ID       string   `json:"id"` // "<platform>/<kind>", stable
	Platform string   `json:"platform"`
	Kind     string   `json:"action"` // "secure", "remove-number", "close-ads", "change-password", ...
	Minutes  int      `json:"minutes"`
	Worth    int      `json:"worth"` // 0 to 100
	Why      string   `json:"why"`   // text key "plan.why.*"; filled with Args
	Args     []string `json:"args,omitempty"`
	After    []string `json:"after"` // ids that must be done first
	State    State    `json:"state"`
}
