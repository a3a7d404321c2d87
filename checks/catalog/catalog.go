// Package catalog knows the platforms: domains, sign-in methods, number
// policy, links, guides. It knows nothing of the person.
package catalog

import (
	"time"

	"unlisted/checks/text"
)

// ExitRating says whether a number can be taken out of an account.
type ExitRating string

// The exit ratings.
const (
	ExitRemovable      ExitRating = "removable"       // can be taken out as it is
	ExitAfterApp       ExitRating = "after-app"       // can be taken out once another method is on
	ExitReplaceOnly    ExitRating = "replace-only"    // another number must take its place
	ExitForced         ExitRating = "forced"          // the account needs a number
	ExitForcedFallback ExitRating = "forced-fallback" // stays as a way in although others are on
	ExitUnknown        ExitRating = "unknown"
)

// SourceRef is where a fact comes from and when it was last checked.
type SourceRef struct {
	URL        string    `json:"url"`
	Title      string    `json:"title,omitempty"`
	Checked    time.Time `json:"checked,omitzero"`     // stated date only, never an estimate
	Confidence string    `json:"confidence,omitempty"` // "official", "secondary", "unverified"
}

// Words names the source, with its date or that it has none, and how official it
// is.
func (s SourceRef) Words(t *text.Printer) string {
	date, name := t.T("source.undated"), s.Title
	if !s.Checked.IsZero() {
		date = t.Month(s.Checked)
	}
	if name == "" {
		name = s.URL
	}
	return name + " · " + date + " · " + t.T("confidence.source."+s.Confidence)
}

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

// Guide is the way through one platform, written once for all languages.
type Guide struct {
	Reviewed time.Time       // when somebody last went through it
	Checked  time.Time       // the oldest date among what its steps rest on
	Uses     map[string]Fact // how the number is used there, by purpose; value "yes"
	Facts    map[string]Fact // the facts of FactNames
	Ways     []Way           // how an account there opens unless the person changed it; none: by the general rule
	Risks    []Risk          // how people have locked themselves out there
	Help     string          // where to ask a human; "" where nobody knows
	Steps    []Step
}

// Way is a set of means that together open an account.
type Way struct {
	Needs      []string // see Needs
	Recovery   bool     // for who has lost a means, rather than the usual sign-in
	Sources    []SourceRef
	Confidence string // weakest of its sources
}

// Needs lists the means a way may need; "means.<name>" is the word.
func Needs() []string {
	return []string{"password", "number", "mailbox", "device", "app", "passkey", "codes", "pin", "identity", "another-account"}
}

// Risk is one way in which people have lost an account while changing it.
type Risk struct {
	Text       map[string]string // language -> text; English always
	Sources    []SourceRef
	Confidence string // weakest of its sources
}

// Fact is one thing known of a platform, with where it comes from.
type Fact struct {
	Value      string
	Sources    []SourceRef
	Confidence string // weakest of its sources
}

// factValues are the facts a guide may state and the values they may have;
// "fact.<name>.<value>" is the sentence.
var factValues = map[string][]string{
	"number-required":          {"yes", "no", "phone-or-email", "sometimes"},
	"recovery-codes":           {"yes", "no"},
	"sms-limited":              {"yes", "no"},
	"number-for-second-factor": {"yes", "no"},
}

// FactNames lists the facts a guide may state, in the order they are told.
func FactNames() []string {
	return []string{"number-required", "number-for-second-factor", "sms-limited", "recovery-codes"}
}

// Purposes lists the uses of a number a guide may state, in the order they are
// told.
func Purposes() []string {
	return []string{"sign-in", "second-factor", "recovery", "profile", "contact-look-up", "advertising", "delivery"}
}

// StepKind names what a step does; "guide.step.<kind>" is its sentence
// pattern, with the placeholders {platform}, {path}.
type StepKind string

// The kinds of step. Their order here is the safe order: a guide may leave
// kinds out but never swaps them.
const (
	StepSee        StepKind = "see"           // look at what they hold
	StepEmail      StepKind = "check-email"   // make sure the mailbox on file is reachable
	StepAddApp     StepKind = "add-app"       // add an authenticator app
	StepAddPasskey StepKind = "add-passkey"   // add a passkey or security key
	StepAddPIN     StepKind = "add-pin"       // set the platform's own PIN (number-is-the-account platforms)
	StepCodes      StepKind = "save-codes"    // save recovery codes
	StepSecond     StepKind = "second-device" // have the app or a passkey on a second device too
	StepTest       StepKind = "test"          // sign in elsewhere with the new method, old session open
	StepRemove2FA  StepKind = "remove-2fa"    // take SMS out of the second factor
	StepRemove     StepKind = "remove-phone"  // take the number out of recovery and profile
	StepChange     StepKind = "change-number" // number-is-the-account: move while the old SIM works
	StepLookup     StepKind = "close-look-up"
	StepContacts   StepKind = "delete-contacts"
	StepAds        StepKind = "close-ads"
	StepVerify     StepKind = "verify"   // open the page again and look
	StepDownload   StepKind = "download" // get the archive, as proof
	StepDelete     StepKind = "delete"   // the account itself
	StepWrite      StepKind = "write"    // to the data protection contact

	StepPassword StepKind = "change-password" // a tick that belongs to no guide: the password was changed
)

// Aside reports kinds that are no part of the switch: what else a person can do
// at a platform, at any time.
func (k StepKind) Aside() bool { return k == StepDelete || k == StepWrite }

// Step is one step of a guide.
type Step struct {
	Kind       StepKind
	Path       []string          // the platform's own menu labels, outermost first
	Link       string            // deep link, where one exists
	Notes      map[string]string // language -> what to watch for; "en" always when any
	Hint       string            // text key of a general remark; "" where there is none
	Sources    []SourceRef
	Confidence string // weakest of what it rests on: "official", "secondary", "unverified" (shown as a question)
	Optional   bool
}
