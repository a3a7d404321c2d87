package catalog

import (
	"slices"
	"time"
)

// Guide is the way through one platform, written once for all languages.
type Guide struct {
	Reviewed      time.Time       // when somebody last went through it
	Checked       time.Time       // the oldest date among what its steps rest on
	Draft         bool            // carried over and not yet written to the full standard
	Uses          map[string]Fact // what the number is there for and where it stands, by purpose; value "yes"
	Channels      map[string]Fact // what rides on the number, of Channels(); value "yes"
	Facts         map[string]Fact // the facts of FactNames
	Preconditions []Precondition
	Ways          []Way    // how an account there opens unless the person changed it; none: by the general rule
	Risks         []Risk   // how people have locked themselves out there
	Help          string   // where to ask a human; "" where nobody knows
	Steps         []Step   // in the safe order; the numbered way, and a letter to write
	Absent        []Absent // what has been looked for and is not there
	Leave         []Step   // how to leave altogether, apart from the way
}

// Way returns the numbered steps: what a person does one after the other to get
// the number out. Letters and leaving are no part of it.
func (g *Guide) Way() []Step {
	return slices.DeleteFunc(slices.Clone(g.Steps), func(s Step) bool { return s.Kind.Aside() })
}

// Away returns what the guide states not to exist, if it does.
func (g *Guide) Away(kind StepKind) (Absent, bool) {
	i := slices.IndexFunc(g.Absent, func(a Absent) bool { return a.Kind == kind })
	if i < 0 {
		return Absent{}, false
	}
	return g.Absent[i], true
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
	return []string{
		"password",
		"number",
		"mailbox",
		"device",
		"app",
		"passkey",
		"codes",
		"pin",
		"identity",
		"another-account",
	}
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
	For        []string          // what alone needs a number, where that is the value
	Since      time.Time         // of SMS codes that are withdrawn
	Why        map[string]string // condition or reason; "en" always when any
	Sources    []SourceRef
	Confidence string // weakest of its sources
}

// factValues are the facts a guide may state and the values they may have;
// "fact.<name>.<value>" is the sentence.
var factValues = map[string][]string{
	"number-held":              {"never", "optional", "phone-or-email", "sometimes", "required-for", "required"},
	"number-removable":         {"yes", "once-app-is-on", "only-replaced", "no"},
	"number-for-second-factor": {"yes", "to-set-up", "no"},
	"sms":                      {"offered", "limited", "paid-only", "closed-to-new", "withdrawn-since", "never"},
	"passkey":                  {"replaces-password", "replaces-code", "both", "never"},
	"recovery-codes":           {"yes", "no"},
}

// FactNames lists the facts a guide may state, in the order they are told.
func FactNames() []string {
	return []string{
		"number-held",
		"number-removable",
		"number-for-second-factor",
		"sms",
		"passkey",
		"recovery-codes",
	}
}

// Channels lists what may ride on a number, beside the number itself; "channel.<name>"
// is the word.
func Channels() []string { return []string{"sms", "call", "whatsapp", "rcs"} }

// Purposes lists the uses of a number a guide may state, in the order they are
// told.
func Purposes() []string {
	return []string{
		"sign-in", "second-factor", "recovery", "profile", "billing", "sister-accounts", "contact-look-up", "advertising", "delivery",
	}
}

// Exit is the rating that the facts of a guide come to, with the fact it rests
// on: no number held before anything else, then whether one can be taken out.
func (g *Guide) Exit() (ExitRating, Fact) {
	held, out := g.Facts["number-held"], g.Facts["number-removable"]
	switch {
	case held.Value == "never" && held.Confidence != "unverified":
		return ExitNoNumber, held
	case out.Confidence == "unverified":
		return ExitUnknown, out
	}
	rating, ok := map[string]ExitRating{
		"yes": ExitRemovable, "once-app-is-on": ExitAfterApp, "only-replaced": ExitReplaceOnly, "no": ExitForcedFallback,
	}[out.Value]
	switch {
	case !ok:
		return ExitUnknown, out
	case rating == ExitForcedFallback && held.Value == "required":
		return ExitForced, out
	}
	return rating, out
}

// Precondition is what a platform asks for before it allows a step: other steps,
// and days to wait after the last of them.
type Precondition struct {
	Before     StepKind
	Needs      []StepKind
	Days       int
	Why        map[string]string
	Sources    []SourceRef
	Confidence string
}

// Absent says that something does not exist at a platform.
type Absent struct {
	Kind       StepKind
	Why        map[string]string
	Sources    []SourceRef
	Confidence string
}

// StepKind names what a step does. "guide.step.<kind>.title" is its usual title,
// "guide.step.<kind>.do" its sentence where the guide has none of its own, with
// the placeholders {platform}, {path}.
type StepKind string

// The kinds of step.
const (
	StepSee        StepKind = "see"             // look at what they hold
	StepEmail      StepKind = "check-email"     // make sure the mailbox on file is reachable
	StepAddApp     StepKind = "add-app"         // add an authenticator app
	StepAddPasskey StepKind = "add-passkey"     // add a passkey or security key
	StepAddPIN     StepKind = "add-pin"         // set the platform's own PIN (number-is-the-account platforms)
	StepCodes      StepKind = "save-codes"      // save recovery codes
	StepSecond     StepKind = "second-device"   // have the app or a passkey on a second device too
	StepTest       StepKind = "test"            // sign in elsewhere with the new method, old session open
	StepRemove2FA  StepKind = "remove-2fa"      // take SMS out of the second factor
	StepChannels   StepKind = "remove-channels" // calls, WhatsApp, RCS: what else brings codes to the number
	StepRecovery   StepKind = "remove-recovery" // take the number out of recovery, where that is a place of its own
	StepRemove     StepKind = "remove-phone"    // take the number out of the account
	StepProfile    StepKind = "remove-profile"  // take the number out of what others see
	StepBilling    StepKind = "remove-billing"  // take the number out of billing and delivery
	StepSister     StepKind = "sister-accounts" // the same number at the operator's other accounts
	StepChange     StepKind = "change-number"   // number-is-the-account: move while the old SIM works
	StepLookup     StepKind = "close-look-up"
	StepContacts   StepKind = "delete-contacts"
	StepAds        StepKind = "close-ads"
	StepVerify     StepKind = "verify"   // open the page again and look
	StepDownload   StepKind = "download" // get the archive, as proof
	StepDelete     StepKind = "delete"   // the account itself
	StepWrite      StepKind = "write"    // to the data protection contact

	StepPassword StepKind = "change-password" // a tick that belongs to no guide: the password was changed
)

// order is the safe order of step kinds; a guide may leave kinds out but never
// swaps them.
var order = []StepKind{
	StepSee, StepEmail, StepAddApp, StepAddPasskey, StepAddPIN, StepCodes, StepSecond, StepTest, StepRemove2FA, StepChannels,
	StepRecovery, StepRemove, StepProfile, StepBilling, StepSister, StepChange, StepLookup, StepContacts, StepAds, StepVerify,
	StepDownload, StepDelete, StepWrite,
}

// Kinds lists the kinds of step in the safe order.
func Kinds() []StepKind { return slices.Clone(order) }

// Aside reports kinds that are no part of the switch: what else a person can do
// at a platform, at any time.
func (k StepKind) Aside() bool { return k == StepDelete || k == StepWrite }

// Removals lists the kinds of step that take the number out of a place, in the
// safe order. The number has left when all that a guide has are done.
func Removals() []StepKind { return append(SignInRemovals(), StepProfile, StepBilling) }

// SignInRemovals lists those of Removals after which the number opens nothing.
func SignInRemovals() []StepKind {
	return []StepKind{StepRemove2FA, StepChannels, StepRecovery, StepRemove}
}

// Removes reports whether a step of this kind alone can end what a number opens:
// one in the profile or on a bill opens nothing.
func (k StepKind) Removes() bool { return k == StepRemove2FA || k == StepRecovery || k == StepRemove }

// Control is where a thing is done and how: the same on the web and in the app,
// or of one of the two.
type Control struct {
	Say  map[string]string   // what to do, with the platform's own words; language -> text
	Path map[string][]string // the platform's own menu labels, outermost first; language -> labels
	Link string              // deep link, where one exists
}

// Wrong is one thing that may happen at a step, and what to do then.
type Wrong struct {
	When, Do map[string]string
}

// Step is one step of a guide. Texts are by language, English always.
type Step struct {
	Kind       StepKind
	Title      map[string]string // where the usual title of the kind does not fit
	Control                      // for web and app alike
	Web, App   *Control          // where they differ
	Asks       []string          // what is asked for next, of Asks()
	See        map[string]string // what the person should see then
	Wrong      []Wrong
	Back       map[string]string // the way back
	Minutes    int               // how long it takes; 0 where nobody knows
	AskPerson  map[string]string // the one question to the person where nothing could be sourced
	Hint       string            // text key of a general remark; "" where there is none
	Sources    []SourceRef
	Confidence string // weakest of what it rests on: "official", "secondary", "unverified" (shown as a question)
	Optional   bool
}

// Asks lists what a platform may ask for at a step; "asks.<name>" is the
// sentence.
func Asks() []string {
	return []string{
		"password", "passkey", "pin", "code-sms", "code-call", "code-whatsapp", "code-email", "code-app", "device", "codes", "identity",
	}
}

// Labels are the menu labels of a control in a language, else in English.
func (c Control) Labels(lang string) []string {
	if p := c.Path[lang]; len(p) > 0 {
		return p
	}
	return c.Path["en"]
}
