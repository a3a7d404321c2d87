// Package account holds the person's accounts: findings fused with the
// catalogue, with their purposes, their confidence and the proof. It does not
// plan.
package account

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"unlisted/checks/evidence"
	"unlisted/checks/identifier"
	"unlisted/checks/text"
)

// Account is one account of the person at one platform.
type Account struct {
	ID           string                  // the platform's, with "#" and the sign-in where the person has several there
	SignIn       string                  // the name that tells it from others there; "" where none is known
	Names        []string                // every sign-in name it is known by, as Key writes them
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
	NumberProved time.Time               // the day of the platform's archive that shows no number any more, or zero
}

// Key is what the person's answers and steps are kept under: unlike ID it does
// not change when a second account turns up.
func (a Account) Key() string { return key(a.Platform, a.SignIn) }

// Keys are all keys that answers and steps of this account may stand under: that
// of each of its names, and the platform's own where it is the only account.
func (a Account) Keys() []string {
	var out []string
	if a.ID == a.Platform {
		out = append(out, a.Platform)
	}
	for _, n := range a.Names {
		out = append(out, key(a.Platform, n))
		if strings.HasPrefix(n, byPhone) {
			out = append(out, key(a.Platform, byPhone+n)) // as earlier versions wrote it
		}
	}
	return out
}

// Label names the account as a screen may: the platform, and where there are
// several, the sign-in as shown writes it.
func (a Account) Label(shown func(identifier.Identifier) string) string {
	if a.ID == a.Platform || a.SignIn == "" {
		return a.Name
	}
	sign := a.SignIn
	if id, err := identifier.Parse(sign, ""); err == nil {
		sign = shown(id)
	}
	return a.Name + " · " + sign
}

// Joinable are the account's sign-in names as Claim.Together takes them.
func (a Account) Joinable() []string {
	var out []string
	for _, f := range a.Findings {
		if opens(f) {
			out = append(out, names(f)...)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

func key(platform, name string) string {
	if name == "" {
		return platform
	}
	return platform + "#" + name
}

// HoldsPhone reports whether the platform holds one of the person's numbers, be
// it one that could not be placed.
func (a Account) HoldsPhone() bool {
	return slices.ContainsFunc(a.Identifiers, identifier.Identifier.IsNumber)
}

// Unplaced lists the numbers the platform holds that could not be placed.
func (a Account) Unplaced() []identifier.Identifier {
	return slices.DeleteFunc(slices.Clone(a.Identifiers), func(id identifier.Identifier) bool {
		return id.Kind != identifier.KindUnplaced
	})
}

// Mailed is a sender that only ever mailed.
type Mailed struct {
	Platform string   `json:"platform"`
	Count    int      `json:"count"`
	Why      []string `json:"why,omitempty"` // text keys of the reasons why this shows no account, sorted
}

// MailedWhy counts senders by the reason why their mail shows no account, the
// commonest first.
func MailedWhy(list []Mailed) (out []WhyCount) {
	n := map[string]int{}
	for _, m := range list {
		for _, why := range m.Why {
			n[why]++
		}
	}
	for why, senders := range n {
		out = append(out, WhyCount{why, senders})
	}
	slices.SortFunc(out, func(a, b WhyCount) int {
		return cmp.Or(-cmp.Compare(a.Senders, b.Senders), strings.Compare(a.Why, b.Why))
	})
	return out
}

// WhyCount is how many senders there are for one reason.
type WhyCount struct {
	Why     string // text key
	Senders int
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
	Account      string                  `json:"account,omitempty"`  // an Account's Key; "" where it is of the platform
	Together     []string                `json:"together,omitempty"` // sign-in names that are one account
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

// Factors are the second factors a claim may name; "none" alone says that none
// is on.
func Factors() []string { return []string{"phone", "totp", "passkey", "none"} }

// Check refuses a claim whose second factors are none of Factors, or "none"
// beside another.
func (c Claim) Check() error {
	for _, f := range c.SecondFactor {
		if !slices.Contains(Factors(), f) || f == "none" && len(c.SecondFactor) > 1 {
			args := map[string]any{"value": f, "known": strings.Join(Factors(), ", ")}
			return &text.Error{Key: "error.account.factor", Args: args}
		}
	}
	return nil
}
