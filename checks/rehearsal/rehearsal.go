// Package rehearsal is the practice account: an account that exists nowhere,
// with which a person learns to scan a key, type codes, keep recovery codes and
// get back in without the phone, before a real account is touched. It keeps
// nothing, sends nothing and opens nothing; time and randomness are handed in.
package rehearsal

import (
	"encoding/base32"
	"image"
	"image/color"
	"image/draw"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/pquerna/otp"
	"github.com/pquerna/otp/totp"
)

// What the authenticator shows as the name of the entry.
const (
	Issuer  = "Unlisted (practice)"
	account = "practice"
)

// State is where a practice stands; "rehearsal.state.<state>.title" and ".text"
// are its words.
type State string

// The states, in their order.
const (
	StateScan    State = "scan"    // the key is shown, to be scanned or typed into an app
	StateCode    State = "code"    // the first code is asked for
	StateNext    State = "next"    // a second one, to see that a code counts only once
	StateCodes   State = "codes"   // the recovery codes are shown
	StateRecover State = "recover" // one of them is asked for
	StateLoss    State = "loss"    // the phone is gone: what still opens the account?
	StateReturn  State = "return"  // back in without the phone, with a fresh recovery code
	StateDone    State = "done"
)

// States lists the states in their order.
func States() []State {
	return []State{StateScan, StateCode, StateNext, StateCodes, StateRecover, StateLoss, StateReturn, StateDone}
}

// CodeCount is how many recovery codes there are.
const CodeCount = 8

// Practice is one run through the practice account. It is a plain value: every
// step returns a new one and leaves the old one as it was. The zero value is
// none; New makes one.
type Practice struct {
	state    State
	url      string // otpauth address: the key, as an app scans it
	secret   string // base32, without padding
	codes    [CodeCount]recoveryCode
	accepted bool  // a code was accepted already
	last     int64 // time step of the code accepted last
}

type recoveryCode struct {
	text string // eight characters of codeAlphabet
	used bool
}

// codeAlphabet leaves out i, l, o and u, so that nothing in a handwritten code
// can be mistaken for a digit: Douglas Crockford's base 32
// (https://www.crockford.com/base32.html).
var codeAlphabet = base32.NewEncoding("0123456789abcdefghjkmnpqrstvwxyz").WithPadding(base32.NoPadding)

// New starts a practice with a fresh key and fresh recovery codes, both from
// the random source. The error is the source's, or it gave the same code twice.
func New(random io.Reader) (Practice, error) {
	key, err := totp.Generate(totp.GenerateOpts{Issuer: Issuer, AccountName: account, Rand: random})
	if err != nil {
		return Practice{}, problem(err)
	}
	p := Practice{state: StateScan, url: key.URL(), secret: key.Secret()}
	seen := map[string]bool{}
	for i := range p.codes {
		raw := make([]byte, 5) // 40 bits are eight characters
		if _, err := io.ReadFull(random, raw); err != nil {
			return Practice{}, problem(err)
		}
		text := codeAlphabet.EncodeToString(raw)
		if seen[text] {
			return Practice{}, problem(errRepeats)
		}
		seen[text] = true
		p.codes[i].text = text
	}
	return p, nil
}

// State returns where the practice stands.
func (p Practice) State() State { return p.state }

// URL is the key as an otpauth address: what the QR code says.
func (p Practice) URL() string { return p.url }

// Secret is the key for typing, in groups of four.
func (p Practice) Secret() string {
	var groups []string
	for part := range slices.Chunk([]byte(p.secret), 4) {
		groups = append(groups, string(part))
	}
	return strings.Join(groups, " ")
}

// Sides of the picture of the QR code, in pixels.
const (
	minQR = 160
	maxQR = 2048
)

// QR draws the key as a square picture for the camera, black on white with the
// empty margin that a scanner needs whatever is around it (four modules, ISO
// 18004). A side out of range is brought into it.
func (p Practice) QR(side int) (image.Image, error) {
	key, err := otp.NewKeyFromURL(p.url)
	if err != nil {
		return nil, problem(err)
	}
	side = min(max(side, minQR), maxQR)
	margin := side / 10 // the code has more than 40 modules
	code, err := key.Image(side-2*margin, side-2*margin)
	if err != nil {
		return nil, problem(err)
	}
	out := image.NewGray(image.Rect(0, 0, side, side))
	draw.Draw(out, out.Bounds(), image.NewUniform(color.White), image.Point{}, draw.Src)
	draw.Draw(out, code.Bounds().Add(image.Pt(margin, margin)), code, code.Bounds().Min, draw.Src)
	return out, nil
}

// RecoveryCode is one practice recovery code.
type RecoveryCode struct {
	Text string // in two groups of four
	Used bool
}

// Codes lists the recovery codes.
func (p Practice) Codes() []RecoveryCode {
	var out []RecoveryCode
	for _, c := range p.codes {
		if c.text != "" {
			out = append(out, RecoveryCode{c.text[:4] + "-" + c.text[4:], c.used})
		}
	}
	return out
}

// Scanned says that the key is in the person's app: the first code is next.
func (p Practice) Scanned() Practice { return p.move(StateScan, StateCode) }

// Saved says that the recovery codes are written down: using one is next.
func (p Practice) Saved() Practice { return p.move(StateCodes, StateRecover) }

// before is where Back leads: to look at the key or the codes again, or to
// think again about the loss. Nothing that was done is undone.
var before = map[State]State{StateCode: StateScan, StateRecover: StateCodes, StateReturn: StateLoss}

// CanGoBack reports whether Back leads anywhere.
func (p Practice) CanGoBack() bool { return before[p.state] != "" }

// Back returns to the state before, where there is a way back.
func (p Practice) Back() Practice { return p.move(p.state, before[p.state]) }

func (p Practice) move(from, to State) Practice {
	if p.state == from && to != "" {
		p.state = to
	}
	return p
}

// Remaining is how long the code of this moment is still shown by an
// authenticator whose clock is right.
func Remaining(now time.Time) time.Duration {
	return time.Unix((stepAt(now)+1)*Period, 0).Sub(now)
}
