// Package account holds the person's accounts: findings fused with the
// catalogue, with their purposes, their confidence and the proof. It does not
// plan.
package account

import (
	"time"

	"unlisted/checks/evidence"
	"unlisted/checks/identifier"
)

// Account is one account of the person at one platform.
type Account struct {
	Platform     string                  // catalogue id: the main registrable domain
	Name         string                  // the platform's name
	Known        bool                    // in the catalogue
	Confidence   evidence.Confidence     // surest of its findings
	Identifiers  []identifier.Identifier // what the platform holds, sorted: phones first
	UserNames    []string                // other sign-in names, sorted
	Purposes     []evidence.Purpose      // why, sorted, without unknown
	SecondFactor []string                // "phone", "totp", "passkey": what evidence or the person says is on, sorted
	Advertisers  []string                // companies that matched the person by an uploaded list, sorted
	ReusedWith   []string                // platforms that share this account's password, sorted
	Findings     []evidence.Finding      // the proof, sorted
	First, Last  time.Time               // earliest and latest date of the proof
	NumberGone   time.Time               // the day the person took the number out; zero while it is held
}

// HoldsPhone reports whether the platform holds one of the person's numbers.
func (a Account) HoldsPhone() bool {
	return len(a.Identifiers) > 0 && a.Identifiers[0].Kind == identifier.KindPhone
}

// Mailed is a sender that only ever mailed.
type Mailed struct {
	Platform string `json:"platform"`
	Count    int    `json:"count"`
}

// Unmatched is a site that could not be tied to any platform.
type Unmatched struct {
	Domain string `json:"domain"`
	Count  int    `json:"count"`
}

// Claim is the person's own word that they have an account, and what they say
// of it.
type Claim struct {
	Platform     string                  `json:"platform"`
	Identifiers  []identifier.Identifier `json:"identifiers,omitempty"`
	SecondFactor []string                `json:"second_factor,omitempty"` // nil: not said; "none" alone: said to have none
	Gone         bool                    `json:"gone,omitempty"`          // the account was deleted, or is not theirs
	NumberGone   time.Time               `json:"number_gone,omitzero"`    // the day the person took the number out
}

// Set is what the evidence adds up to.
type Set struct {
	Accounts  []Account
	Mailed    []Mailed
	Own       []identifier.Identifier // candidates for the person's own identifiers that are not on the list yet
	Unmatched []Unmatched
}
