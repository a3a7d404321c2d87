package rehearsal

import (
	"crypto/subtle"
	"strings"
)

// Recover tries a typed recovery code, each of which works once. Case does not
// matter, nor do o for 0 and i or l for 1.
func (p Practice) Recover(typed string) (Practice, Outcome) {
	if p.state != StateRecover && p.state != StateReturn {
		return p, Outcome{Kind: NotNow}
	}
	code := strings.NewReplacer("o", "0", "i", "1", "l", "1").Replace(strings.ToLower(clean(typed)))
	switch {
	case code == "":
		return p, Outcome{Kind: RecoveryEmpty}
	case len(code) == Digits && !strings.ContainsFunc(code, func(r rune) bool { return r < '0' || r > '9' }):
		return p, Outcome{Kind: RecoveryApp}
	}
	at := -1
	for i, c := range p.codes {
		at = subtle.ConstantTimeSelect(subtle.ConstantTimeCompare([]byte(c.text), []byte(code)), i, at)
	}
	switch {
	case at < 0:
		return p, Outcome{Kind: RecoveryWrong}
	case p.codes[at].used:
		return p, Outcome{Kind: RecoveryUsed}
	}
	p.codes[at].used = true
	o := Outcome{Kind: RecoveryRight, Count: p.left()}
	if p.state == StateRecover {
		p.state = StateLoss
	} else {
		p.state = StateDone
	}
	return p, o
}

func (p Practice) left() int {
	n := 0
	for _, c := range p.codes {
		if !c.used {
			n++
		}
	}
	return n
}

// Way is something a person may count on when the phone is gone;
// "rehearsal.way.<way>" is its name.
type Way string

// The ways. The practice account has a password, an authenticator and recovery
// codes, as a real one has after the switch.
const (
	WayCodes    Way = "codes"    // a recovery code on paper
	WayBackup   Way = "backup"   // the key in a second authenticator, or in the app's backup
	WaySMS      Way = "sms"      // an SMS to the number
	WayPhone    Way = "phone"    // the app on the phone that is gone
	WayPassword Way = "password" // the password alone
	WaySupport  Way = "support"  // asking the platform
)

// ways are all of them, as they are offered, with whether they open the account.
var ways = []struct {
	way   Way
	opens bool
}{
	{WaySMS, false}, {WayCodes, true}, {WayPassword, false}, {WayPhone, false}, {WayBackup, true}, {WaySupport, false},
}

// Ways lists the ways to choose from.
func Ways() []Way {
	var out []Way
	for _, w := range ways {
		out = append(out, w.way)
	}
	return out
}

// Answer is what is true of one way; "rehearsal.loss.<way>" is why.
type Answer struct {
	Way    Way
	Opens  bool
	Chosen bool
}

// Right reports whether the person had it right.
func (a Answer) Right() bool { return a.Opens == a.Chosen }

// Lose answers what the person chose for the day the phone is gone, way by way.
// All must be right to go on.
func (p Practice) Lose(chosen ...Way) (Practice, Outcome) {
	if p.state != StateLoss {
		return p, Outcome{Kind: NotNow}
	}
	o := Outcome{Kind: LossRight}
	for _, w := range ways {
		a := Answer{Way: w.way, Opens: w.opens}
		for _, c := range chosen {
			a.Chosen = a.Chosen || c == w.way
		}
		if !a.Right() {
			o.Kind = LossWrong
			o.Count++
		}
		o.Answers = append(o.Answers, a)
	}
	if o.Accepted() {
		p.state = StateReturn
	}
	return p, o
}
