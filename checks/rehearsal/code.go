package rehearsal

import (
	"crypto/subtle"
	"strings"
	"time"
	"unicode"

	"github.com/pquerna/otp/hotp"
)

// How codes are made: RFC 6238 with its defaults, the only ones every
// authenticator knows.
const (
	Period = 30 // seconds a code is shown
	Digits = 6
	// Window is how many steps of time are looked at either side: ten minutes.
	// An account takes one at most (RFC 6238, 5.2); the others only serve to say
	// how far off a clock is.
	Window = 10 * 60 / Period
)

// Code tries a typed code. Accepted are that of now and, as most accounts do,
// the one before and the one after, each only once.
func (p Practice) Code(typed string, now time.Time) (Practice, Outcome) {
	if p.state != StateCode && p.state != StateNext {
		return p, Outcome{Kind: NotNow}
	}
	code, o := p.readCode(typed)
	if o.Kind != "" {
		return p, o
	}
	at := stepAt(now)
	off, found := p.find(code, at)
	switch {
	case !found:
		return p, Outcome{Kind: CodeWrong}
	case p.accepted && at+off == p.last:
		return p, Outcome{Kind: CodeUsed}
	case p.accepted && at+off < p.last:
		return p, Outcome{Kind: CodeOld}
	}
	o = Outcome{Kind: kindOf(off), Seconds: int(off) * Period}
	if o.Accepted() {
		p.accepted, p.last = true, at+off
		if p.state == StateCode {
			p.state = StateNext
		} else {
			p.state = StateCodes
		}
	}
	return p, o
}

func kindOf(off int64) Kind {
	switch {
	case off < -1:
		return CodeBehind
	case off == -1:
		return CodeLate
	case off == 1:
		return CodeEarly
	case off > 1:
		return CodeAhead
	}
	return CodeRight
}

// readCode takes the digits of what was typed; a kind says why it is no code.
func (p Practice) readCode(typed string) (string, Outcome) {
	code := clean(typed)
	switch {
	case code == "":
		return "", Outcome{Kind: CodeEmpty}
	case strings.EqualFold(code, p.secret):
		return "", Outcome{Kind: CodeKey}
	case strings.ContainsFunc(code, func(r rune) bool { return r < '0' || r > '9' }):
		return "", Outcome{Kind: CodeLetters}
	case len(code) != Digits:
		return "", Outcome{Kind: CodeLength, Count: len(code)}
	}
	return code, Outcome{}
}

// clean drops what people and apps put between the groups of a code.
func clean(typed string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || unicode.In(r, unicode.Pd, unicode.Cf) ||
			r == '\u2212' { // dashes, invisible marks of a paste, the minus sign
			return -1
		}
		return r
	}, typed)
}

// find looks for the step of time, counted from at, that a code belongs to: the
// nearest where two share it, and of two as near the earlier, because typing
// takes time. Every step is compared, in constant time, whichever it is.
func (p Practice) find(code string, at int64) (off int64, found bool) {
	best, same := 0, 0
	try := func(off int) {
		want, err := hotp.GenerateCode(p.secret, uint64(at+int64(off)))
		if err != nil {
			return // the key is not base32: then no code is right
		}
		hit := subtle.ConstantTimeCompare([]byte(want), []byte(code))
		best = subtle.ConstantTimeSelect(hit, off, best)
		same |= hit
	}
	for off := Window; off > 0; off-- {
		try(off)
		try(-off)
	}
	try(0)
	return int64(best), same == 1
}

// stepAt is the number of the step of time that now is in (RFC 6238, 4.2).
func stepAt(now time.Time) int64 {
	s := now.Unix()
	if s < 0 {
		s -= Period - 1 // rounded down, also before 1970
	}
	return s / Period
}
