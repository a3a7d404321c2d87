package rehearsal_test

import (
	"bytes"
	"errors"
	"image"
	"io"
	"math/rand/v2"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/qrcode"
	"github.com/pquerna/otp/totp"

	"unlisted/assets"
	"unlisted/checks/rehearsal"
	"unlisted/checks/text"
)

var now = time.Date(2026, 11, 25, 9, 0, 10, 0, time.UTC) // ten seconds into a step

func random(seed uint64) io.Reader {
	var key [32]byte
	key[0], key[1], key[2] = byte(seed), byte(seed>>8), byte(seed>>16)
	return rand.NewChaCha8(key)
}

type fatal interface{ Fatal(args ...any) }

func start(t fatal, source io.Reader) rehearsal.Practice {
	p, err := rehearsal.New(source)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// app is an authenticator that holds the key, its clock off by the seconds.
func app(t fatal, p rehearsal.Practice, at time.Time, off int) string {
	code, err := totp.GenerateCode(strings.ReplaceAll(p.Secret(), " ", ""), at.Add(time.Duration(off)*time.Second))
	if err != nil {
		t.Fatal(err)
	}
	return code
}

// at brings a fresh practice to a state by the shortest way.
func at(t fatal, state rehearsal.State) rehearsal.Practice {
	p := start(t, random(7))
	codes := p.Codes()
	for _, s := range rehearsal.States() {
		if p.State() != s {
			t.Fatal("at " + p.State() + " instead of " + s)
		}
		if s == state {
			return p
		}
		switch s {
		case rehearsal.StateScan:
			p = p.Scanned()
		case rehearsal.StateCode:
			p, _ = p.Code(app(t, p, now, 0), now)
		case rehearsal.StateNext:
			p, _ = p.Code(app(t, p, now, 30), now.Add(30*time.Second))
		case rehearsal.StateCodes:
			p = p.Saved()
		case rehearsal.StateRecover:
			p, _ = p.Recover(codes[2].Text)
		case rehearsal.StateLoss:
			p, _ = p.Lose(rehearsal.WayCodes, rehearsal.WayBackup)
		case rehearsal.StateReturn:
			p, _ = p.Recover(codes[5].Text)
		}
	}
	return p
}

// A fresh account: a key that authenticators read, and eight codes.
func TestNew(t *testing.T) {
	p, other := start(t, random(1)), start(t, random(2))
	if p.State() != rehearsal.StateScan || p.URL() == other.URL() || p.Secret() == other.Secret() {
		t.Errorf("%s, %s", p.URL(), other.URL())
	}
	u, err := url.Parse(p.URL())
	if err != nil {
		t.Fatal(err)
	}
	secret := strings.ReplaceAll(p.Secret(), " ", "")
	q := u.Query()
	if u.Scheme != "otpauth" || u.Host != "totp" || u.Path != "/Unlisted (practice):practice" || q.Get("issuer") != "Unlisted (practice)" ||
		q.Get("secret") != secret || q.Get("digits") != "6" || q.Get("period") != "30" || q.Get("algorithm") != "SHA1" || len(secret) != 32 {
		t.Errorf("%s", p.URL())
	}
	if !regexp.MustCompile(`^([A-Z2-7]{4} ){7}[A-Z2-7]{4}$`).MatchString(p.Secret()) {
		t.Errorf("secret %q", p.Secret())
	}
	seen := map[string]bool{}
	for _, c := range p.Codes() {
		if !regexp.MustCompile(`^[0-9a-hjkmnp-tv-z]{4}-[0-9a-hjkmnp-tv-z]{4}$`).MatchString(c.Text) || c.Used || seen[c.Text] {
			t.Errorf("recovery code %+v", c)
		}
		seen[c.Text] = true
	}
	if len(seen) != rehearsal.CodeCount {
		t.Errorf("%d codes", len(seen))
	}
}

// A source that fails or repeats itself gives no account, and a sentence.
func TestNewWithoutRandomness(t *testing.T) {
	for name, source := range map[string]io.Reader{
		"fails": iotest.ErrReader(io.ErrClosedPipe), "ends in the key": bytes.NewReader(make([]byte, 19)), "ends in the codes": io.LimitReader(random(1), 59),
		"repeats": bytes.NewReader(make([]byte, 100)),
	} {
		p, err := rehearsal.New(source)
		var e text.Explained
		if !errors.As(err, &e) || p != (rehearsal.Practice{}) {
			t.Errorf("%s: %+v, %v", name, p, err)
			continue
		}
		if key, _ := e.Explain(); key != "error.rehearsal.start" {
			t.Errorf("%s: %s", name, key)
		}
	}
}

// The picture says the key, at any size a window may ask for.
func TestQR(t *testing.T) {
	p := start(t, random(3))
	for _, side := range []int{-1, 0, 160, 240, 333, 1024, 1 << 30} {
		img, err := p.QR(side)
		if err != nil {
			t.Fatal(err)
		}
		if b := img.Bounds(); b.Dx() != b.Dy() || b.Dx() < 160 || b.Dx() > 2048 || img.At(0, 0) != img.At(b.Dx()-1, b.Dy()-1) {
			t.Errorf("%d: %v", side, b)
		}
		if got := read(t, img); got != p.URL() {
			t.Errorf("%d: reads %q", side, got)
		}
	}
}

func read(t *testing.T, img image.Image) string {
	t.Helper()
	bits, err := gozxing.NewBinaryBitmapFromImage(img)
	if err != nil {
		t.Fatal(err)
	}
	res, err := qrcode.NewQRCodeReader().Decode(bits, nil)
	if err != nil {
		t.Fatal(err)
	}
	return res.GetText()
}

// The way through, end to end.
func TestAllTheWay(t *testing.T) {
	p := at(t, rehearsal.StateDone)
	used := 0
	for _, c := range p.Codes() {
		if c.Used {
			used++
		}
	}
	if used != 2 || p.CanGoBack() {
		t.Errorf("%d codes used", used)
	}
}

// Every state against everything that can be done in it.
func TestTransitions(t *testing.T) {
	later := now.Add(time.Minute)
	actions := []struct {
		name string
		do   func(rehearsal.Practice) (rehearsal.Practice, rehearsal.Outcome)
		goes map[rehearsal.State]rehearsal.State // the states it leads on from
	}{
		{
			"scanned", func(p rehearsal.Practice) (rehearsal.Practice, rehearsal.Outcome) {
				return p.Scanned(), rehearsal.Outcome{}
			},
			map[rehearsal.State]rehearsal.State{"scan": "code"},
		},
		{
			"saved", func(p rehearsal.Practice) (rehearsal.Practice, rehearsal.Outcome) {
				return p.Saved(), rehearsal.Outcome{}
			},
			map[rehearsal.State]rehearsal.State{"codes": "recover"},
		},
		{
			"back", func(p rehearsal.Practice) (rehearsal.Practice, rehearsal.Outcome) {
				return p.Back(), rehearsal.Outcome{}
			},
			map[rehearsal.State]rehearsal.State{"code": "scan", "recover": "codes", "return": "loss"},
		},
		{
			"right code", func(p rehearsal.Practice) (rehearsal.Practice, rehearsal.Outcome) {
				return p.Code(app(t, p, later, 0), later)
			},
			map[rehearsal.State]rehearsal.State{"code": "next", "next": "codes"},
		},
		{
			"unused recovery code", func(p rehearsal.Practice) (rehearsal.Practice, rehearsal.Outcome) {
				return p.Recover(p.Codes()[0].Text)
			},
			map[rehearsal.State]rehearsal.State{"recover": "loss", "return": "done"},
		},
		{
			"right answers", func(p rehearsal.Practice) (rehearsal.Practice, rehearsal.Outcome) {
				return p.Lose(rehearsal.WayBackup, rehearsal.WayCodes)
			},
			map[rehearsal.State]rehearsal.State{"loss": "return"},
		},
		{"wrong code", func(p rehearsal.Practice) (rehearsal.Practice, rehearsal.Outcome) { return p.Code("12345", later) }, nil},
		{"wrong recovery code", func(p rehearsal.Practice) (rehearsal.Practice, rehearsal.Outcome) { return p.Recover("abcd-efgh") }, nil},
		{"wrong answers", func(p rehearsal.Practice) (rehearsal.Practice, rehearsal.Outcome) { return p.Lose(rehearsal.WaySMS) }, nil},
	}
	for _, state := range rehearsal.States() {
		for _, a := range actions {
			p := at(t, state)
			kept := p
			next, o := a.do(p)
			want := a.goes[state]
			if want == "" {
				want = state
			}
			if next.State() != want {
				t.Errorf("%s in %s leads to %s, not %s", a.name, state, next.State(), want)
			}
			if o.Kind != "" && o.Accepted() != (want != state) {
				t.Errorf("%s in %s: %s", a.name, state, o.Kind)
			}
			if p != kept {
				t.Errorf("%s in %s changed what it was given", a.name, state)
			}
			if want == state && next != p {
				t.Errorf("%s in %s leaves a trace", a.name, state)
			}
		}
		if p := at(t, state); p.CanGoBack() != (p.Back().State() != state) {
			t.Errorf("%s: a way back is promised and not there, or there and not promised", state)
		}
	}
	var none rehearsal.Practice
	if p, o := none.Code("123456", now); p != none || o.Kind != rehearsal.NotNow || none.Scanned() != none || none.Back() != none || none.Codes() != nil {
		t.Errorf("the zero value does something: %+v, %+v", p, o)
	}
}

// How long a code is still shown.
func TestRemaining(t *testing.T) {
	for at, want := range map[time.Time]time.Duration{
		now: 20 * time.Second, now.Add(20 * time.Second): 30 * time.Second, now.Add(19*time.Second + time.Millisecond): time.Second - time.Millisecond,
		time.Unix(-1, 0): time.Second, time.Unix(-30, 0): 30 * time.Second,
	} {
		if got := rehearsal.Remaining(at); got != want {
			t.Errorf("%s: %s, want %s", at, got, want)
		}
	}
}

// Every state, way and outcome has its words in every language, none of them
// with a gap.
func TestWords(t *testing.T) {
	texts, err := text.Load(assets.Sub("text"))
	if err != nil {
		t.Fatal(err)
	}
	for _, lang := range texts.Languages() {
		p := texts.Printer(lang)
		for _, s := range rehearsal.States() {
			for _, part := range []string{".title", ".text"} {
				if key := "rehearsal.state." + string(s) + part; !p.Has(key) {
					t.Errorf("%s: no text for %s", lang, key)
				}
			}
		}
		for _, w := range rehearsal.Ways() {
			if !p.Has("rehearsal.way."+string(w)) || !p.Has("rehearsal.loss."+string(w)) {
				t.Errorf("%s: no text for the way %s", lang, w)
			}
		}
		goesOn := []rehearsal.Kind{rehearsal.CodeRight, rehearsal.RecoveryRight, rehearsal.LossRight}
		for _, k := range rehearsal.Kinds() {
			m := rehearsal.Outcome{Kind: k, Seconds: -90, Count: 3}.Message(p)
			if m.What == "" || m.Means == "" || (m.Todo == "") != slices.Contains(goesOn, k) || strings.ContainsAny(m.String(), "{}[]") {
				t.Errorf("%s: %s: %+v", lang, k, m)
			}
		}
		if m := (rehearsal.Outcome{Kind: rehearsal.CodeBehind, Seconds: -90}).Message(p); !strings.Contains(m.What, " 90 ") {
			t.Errorf("%s: %q does not say by how much", lang, m.What)
		}
	}
}
