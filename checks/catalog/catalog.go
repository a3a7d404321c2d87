// Package catalog knows the platforms: domains, sign-in methods, number
// policy, links, guides. It knows nothing of the person.
package catalog

// ExitRating says whether a number can be taken out of an account.
type ExitRating string

// The exit ratings.
const (
	ExitRemovable      ExitRating = "removable"       // can be taken out as it is
	ExitAfterApp       ExitRating = "after-app"       // can be taken out once another method is on
	ExitReplaceOnly    ExitRating = "replace-only"    // another number must take its place
	ExitForced         ExitRating = "forced"          // the account needs a number
	ExitForcedFallback ExitRating = "forced-fallback" // stays as a way in although others are on
	ExitNoNumber       ExitRating = "no-number"       // none is held there at all
	ExitUnknown        ExitRating = "unknown"
)

// Platform is one online service with accounts.
type Platform struct {
	ID         string // main registrable domain
	Name       string
	Domains    []string // all hosts that belong to it, ID first
	Aliases    []string // other names it is searched by
	Categories []string
	Regions    []string // ISO 3166-1, "-us" means everywhere but there; empty means the world
	Methods    []string // "sms","call","email","totp","u2f","passkey","custom-software","custom-hardware"; see MethodsKnown
	// MethodsKnown is false where nothing is known: an empty Methods then does not mean "none".
	MethodsKnown  bool
	TwoFactorDoc  string
	RecoveryDoc   string
	Passkey       Passkey
	Delete        Link
	GetData       Link
	ChangePassURL string
	Contact       Contact
	Exit          ExitRating
	ExitSources   []SourceRef
	NumberIsID    bool        // the account is the number (WhatsApp, Signal, Telegram, ...)
	Sources       []SourceRef // the data sets that know it, with the record's own date
	Guide         *Guide      // nil where there is none yet
}

// Passkey says what is known of passkeys at a platform.
type Passkey struct {
	Passwordless string // "", "allowed", "required"
	MFA          string // "", "allowed", "required"
	Tested       string // "", "available", "mobile-app", "hardware-only", "not-found"
	Manage       string // address
}

// Link is an address with how hard what it leads to is.
type Link struct {
	URL        string
	Difficulty string // "easy","medium","hard","limited","impossible", or ""
	Email      string
}

// Contact is where to send a privacy request.
type Contact struct {
	Name, Email, Webform, Address string
}
