package rehearsal

import (
	"errors"
	"slices"

	"unlisted/checks/text"
)

// Kind names what came of a try; "rehearsal.<kind>.what", ".means" and, where
// something is to be done, ".todo" are its words.
type Kind string

// What may come of a try.
const (
	NotNow Kind = "not_now" // the try belongs to another state

	CodeRight   Kind = "code.right"
	CodeLate    Kind = "code.late"    // of the step before; accepted
	CodeEarly   Kind = "code.early"   // of the step to come; accepted
	CodeBehind  Kind = "code.behind"  // right by a clock that is slow
	CodeAhead   Kind = "code.ahead"   // right by a clock that is fast
	CodeUsed    Kind = "code.used"    // accepted before
	CodeOld     Kind = "code.old"     // older than one that was accepted
	CodeWrong   Kind = "code.wrong"   // of no step within the window
	CodeEmpty   Kind = "code.empty"   // nothing was typed
	CodeLength  Kind = "code.length"  // digits, but not six
	CodeLetters Kind = "code.letters" // something else than digits
	CodeKey     Kind = "code.key"     // the key itself

	RecoveryRight Kind = "recovery.right"
	RecoveryWrong Kind = "recovery.wrong"
	RecoveryUsed  Kind = "recovery.used"
	RecoveryEmpty Kind = "recovery.empty"
	RecoveryApp   Kind = "recovery.app" // a code of the authenticator

	LossRight Kind = "loss.right"
	LossWrong Kind = "loss.wrong"
)

// Kinds lists what may come of a try.
func Kinds() []Kind {
	return []Kind{
		NotNow, CodeRight, CodeLate, CodeEarly, CodeBehind, CodeAhead, CodeUsed, CodeOld, CodeWrong, CodeEmpty, CodeLength,
		CodeLetters, CodeKey, RecoveryRight, RecoveryWrong, RecoveryUsed, RecoveryEmpty, RecoveryApp, LossRight, LossWrong,
	}
}

// Outcome is what came of a try.
type Outcome struct {
	Kind Kind
	// Seconds is by how much the clock of the authenticator is fast (above zero)
	// or slow (below), as the step of the code tells: a multiple of Period.
	Seconds int
	// Count is the number that the words speak of: digits typed, recovery codes
	// left, answers that are wrong.
	Count int
	// Answers are the answers to a loss, one for each of Ways.
	Answers []Answer
}

// Accepted reports whether the practice went on.
func (o Outcome) Accepted() bool {
	return slices.Contains([]Kind{CodeRight, CodeLate, CodeEarly, RecoveryRight, LossRight}, o.Kind)
}

// Key is the text key that .what, .means and .todo are added to.
func (o Outcome) Key() string { return "rehearsal." + string(o.Kind) }

// Message is the outcome in the person's words; Todo is empty where nothing is
// to be done but to go on.
func (o Outcome) Message(t *text.Printer) text.Message {
	say := func(part string) string {
		if !t.Has(o.Key() + part) {
			return ""
		}
		return t.N(o.Key()+part, o.Count, "seconds", t.Number(int64(max(o.Seconds, -o.Seconds))))
	}
	return text.Message{What: say(".what"), Means: say(".means"), Todo: say(".todo")}
}

// errRepeats is a random source that is none.
var errRepeats = errors.New("the random source repeats itself")

// problem is why there is no practice account; its cause is the random source's
// or the picture's.
func problem(cause error) error { return &text.Error{Key: "error.rehearsal.start", Cause: cause} }
