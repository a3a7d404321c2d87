package rehearsal_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"unlisted/checks/rehearsal"
)

// The test values of RFC 6238, appendix B (SHA-1), of which an authenticator
// shows the last six digits.
func TestRFC6238(t *testing.T) {
	key := append([]byte("12345678901234567890"), "recovery codes that are of no interest here."...)
	for at, want := range map[int64]string{
		59: "94287082", 1111111109: "07081804", 1111111111: "14050471", 1234567890: "89005924", 2000000000: "69279037", 20000000000: "65353130",
	} {
		p := start(t, bytes.NewReader(key)).Scanned()
		if s := p.Secret(); s != "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ" {
			t.Fatalf("secret %s", s)
		}
		if _, o := p.Code(want[2:], time.Unix(at, 0)); o.Kind != rehearsal.CodeRight || o.Seconds != 0 {
			t.Errorf("%d: %+v", at, o)
		}
	}
}

// What is typed, and what it is taken for.
func TestTypedCodes(t *testing.T) {
	p := at(t, rehearsal.StateCode)
	code := app(t, p, now, 0)
	for typed, want := range map[string]rehearsal.Outcome{
		code:                                   {Kind: rehearsal.CodeRight},
		" " + code[:3] + " " + code[3:] + "\n": {Kind: rehearsal.CodeRight},
		code[:3] + "-" + code[3:]:              {Kind: rehearsal.CodeRight},
		code[:2] + "\u2013" + code[2:4] + "\u2212" + code[4:]: {Kind: rehearsal.CodeRight},
		code[:3] + "\u00a0" + code[3:] + "\u202f":             {Kind: rehearsal.CodeRight},
		"\u200e" + code + "\ufeff":                            {Kind: rehearsal.CodeRight},
		"":                                                    {Kind: rehearsal.CodeEmpty},
		" - \t":                                               {Kind: rehearsal.CodeEmpty},
		code[:5]:                                              {Kind: rehearsal.CodeLength, Count: 5},
		code + "0":                                            {Kind: rehearsal.CodeLength, Count: 7},
		strings.Repeat("1", 1<<20):                            {Kind: rehearsal.CodeLength, Count: 1 << 20},
		"12345O":                                              {Kind: rehearsal.CodeLetters},
		"code " + code:                                        {Kind: rehearsal.CodeLetters},
		"+12345":                                              {Kind: rehearsal.CodeLetters},
		"\xff\xfe":                                            {Kind: rehearsal.CodeLetters},
		"\u0661\u0662\u0663\u0664\u0665\u0666":                {Kind: rehearsal.CodeLetters},
		p.Secret():                                            {Kind: rehearsal.CodeKey},
		strings.ToLower(p.Secret()):                           {Kind: rehearsal.CodeKey},
		strings.ReplaceAll(p.Secret(), " ", ""):               {Kind: rehearsal.CodeKey},
	} {
		if _, got := p.Code(typed, now); got.Kind != want.Kind || got.Count != want.Count {
			t.Errorf("%.40q: %+v, want %+v", typed, got, want)
		}
	}
}

// Each distance of a clock, and what is said of it.
func TestClock(t *testing.T) {
	p := at(t, rehearsal.StateCode)
	for seconds, want := range map[int]rehearsal.Kind{
		-600: rehearsal.CodeBehind, -300: rehearsal.CodeBehind, -60: rehearsal.CodeBehind, -30: rehearsal.CodeLate, 0: rehearsal.CodeRight,
		30: rehearsal.CodeEarly, 60: rehearsal.CodeAhead, 570: rehearsal.CodeAhead, 600: rehearsal.CodeAhead,
	} {
		next, o := p.Code(app(t, p, now, seconds), now)
		if o.Kind != want || o.Seconds != seconds {
			t.Errorf("%d: %+v", seconds, o)
		}
		if (next.State() == rehearsal.StateNext) != o.Accepted() {
			t.Errorf("%d: %s leads to %s", seconds, o.Kind, next.State())
		}
	}
	for _, seconds := range []int{-630, 630, 7200} {
		if _, o := p.Code(app(t, p, now, seconds), now); o.Kind != rehearsal.CodeWrong || o.Seconds != 0 {
			t.Errorf("%d: %+v", seconds, o)
		}
	}
}

// A code counts once, and none before it counts after it.
func TestCodesCountOnce(t *testing.T) {
	p := at(t, rehearsal.StateCode)
	first := app(t, p, now, 0)
	p, _ = p.Code(first, now)
	for _, wait := range []time.Duration{0, 19 * time.Second, 20 * time.Second, time.Minute, 9 * time.Minute} {
		if next, o := p.Code(first, now.Add(wait)); o.Kind != rehearsal.CodeUsed || next != p {
			t.Errorf("the same code after %s: %+v", wait, o)
		}
	}
	if _, o := p.Code(app(t, p, now, -30), now); o.Kind != rehearsal.CodeOld {
		t.Errorf("the code before: %+v", o)
	}
	if next, o := p.Code(app(t, p, now, 30), now); o.Kind != rehearsal.CodeEarly || next.State() != rehearsal.StateCodes {
		t.Errorf("the code after: %+v", o)
	}
	if next, o := p.Code(app(t, p, now, 30), now.Add(30*time.Second)); o.Kind != rehearsal.CodeRight || next.State() != rehearsal.StateCodes {
		t.Errorf("the next code in its time: %+v", o)
	}
}

// One that was taken before or after its time is used up as well.
func TestCodesTakenOffTime(t *testing.T) {
	for _, off := range []int{-30, 30} {
		p := at(t, rehearsal.StateCode)
		code := app(t, p, now, off)
		p, _ = p.Code(code, now)
		if _, o := p.Code(code, now); o.Kind != rehearsal.CodeUsed {
			t.Errorf("%d: %+v", off, o)
		}
		next := app(t, p, now, off+30)
		if _, o := p.Code(next, now.Add(30*time.Second)); !o.Accepted() || o.Seconds != off {
			t.Errorf("%d: the one after it: %+v", off, o)
		}
	}
}

// Six steps before this moment and six after it the code is the same (found by
// trying): it is taken for a late one rather than for one of a fast clock.
func TestTwoStepsShareACode(t *testing.T) {
	p := at(t, rehearsal.StateCode)
	when := now.Add(8637 * rehearsal.Period * time.Second)
	if app(t, p, when, -180) != app(t, p, when, 180) {
		t.Fatal("the steps share no code any more")
	}
	if _, o := p.Code(app(t, p, when, 180), when); o.Kind != rehearsal.CodeBehind || o.Seconds != -180 {
		t.Errorf("%+v", o)
	}
}

// Whatever key, time and distance: a code that is off by k steps says so, to
// the second, unless a nearer step has the same code.
func TestOffByExactlySo(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := start(t, random(rapid.Uint64().Draw(t, "seed"))).Scanned()
		when := time.Unix(rapid.Int64Range(-1<<33, 1<<36).Draw(t, "time"), rapid.Int64Range(0, 999_999_999).Draw(t, "ns"))
		k := rapid.IntRange(-rehearsal.Window-3, rehearsal.Window+3).Draw(t, "steps")
		if when.Unix() < 0 && when.Unix()+int64(k)*30 >= 0 {
			t.Skip("the step counter starts in 1970")
		}
		code := app(t, p, when, 30*k)
		for near := -rehearsal.Window; near <= rehearsal.Window; near++ {
			if near != k && app(t, p, when, 30*near) == code {
				t.Skip("two steps share a code")
			}
		}
		_, o := p.Code(code, when)
		switch far := k < -rehearsal.Window || k > rehearsal.Window; {
		case far && (o.Kind != rehearsal.CodeWrong || o.Seconds != 0):
			t.Fatalf("%d steps: %+v", k, o)
		case !far && o.Seconds != 30*k:
			t.Fatalf("%d steps: %+v", k, o)
		case !far && o.Accepted() != (k >= -1 && k <= 1):
			t.Fatalf("%d steps: %+v", k, o)
		}
	})
}

// Whatever is tried, in whatever order: nothing but the right thing leads on,
// no code is taken twice, a used recovery code stays used, and the value that
// was tried on stays as it was.
func TestAnyOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := start(t, random(rapid.Uint64().Draw(t, "seed")))
		clock, taken := now, map[string]bool{}
		order := rehearsal.States()
		typed := rapid.OneOf(rapid.String(), rapid.StringMatching(`[0-9]{5,7}`), rapid.Custom(func(t *rapid.T) string {
			return app(t, p, clock, 30*rapid.IntRange(-25, 25).Draw(t, "off"))
		}), rapid.Custom(func(t *rapid.T) string { return rapid.SampledFrom(p.Codes()).Draw(t, "code").Text }))
		for range rapid.IntRange(1, 40).Draw(t, "tries") {
			clock = clock.Add(time.Duration(rapid.IntRange(0, 45).Draw(t, "wait")) * time.Second)
			kept, next, o, s := p, p, rehearsal.Outcome{}, typed.Draw(t, "typed")
			switch rapid.IntRange(0, 5).Draw(t, "action") {
			case 0:
				next = p.Scanned()
			case 1:
				next = p.Saved()
			case 2:
				next = p.Back()
			case 3:
				if next, o = p.Code(s, clock); o.Accepted() {
					if s = strings.TrimSpace(s); taken[s] {
						t.Fatalf("%s was taken twice", s)
					}
					taken[s] = true
				}
			case 4:
				if next, o = p.Recover(s); o.Accepted() && o.Count != unused(next) {
					t.Fatalf("%d left, says %d", unused(next), o.Count)
				}
			case 5:
				next, o = p.Lose(rapid.SliceOf(rapid.SampledFrom(rehearsal.Ways())).Draw(t, "ways")...)
			}
			if p != kept {
				t.Fatal("the value that was tried on has changed")
			}
			if o.Kind != "" && !o.Accepted() && next != p {
				t.Fatalf("%s leaves a trace", o.Kind)
			}
			if step := slices.Index(order, next.State()) - slices.Index(order, p.State()); step > 1 || step < -1 {
				t.Fatalf("from %s to %s", p.State(), next.State())
			}
			if unused(next) > unused(p) || unused(next) < unused(p)-1 || o.Kind != rehearsal.RecoveryRight && unused(next) != unused(p) {
				t.Fatalf("%s: %d recovery codes, then %d", o.Kind, unused(p), unused(next))
			}
			p = next
		}
		if unused(p) < rehearsal.CodeCount-2 {
			t.Fatalf("%d recovery codes are left", unused(p))
		}
	})
}

func unused(p rehearsal.Practice) int {
	n := 0
	for _, c := range p.Codes() {
		if !c.Used {
			n++
		}
	}
	return n
}

// Spaces and dashes anywhere change nothing.
func TestSpacesAnywhere(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := start(t, random(rapid.Uint64().Draw(t, "seed"))).Scanned()
		code := app(t, p, now, 0)
		var typed strings.Builder
		for _, r := range code {
			typed.WriteString(rapid.StringOf(rapid.SampledFrom([]rune(" -\t\n\u00a0\u2009\u202f\u2010\u2013\u2014\u2212\u200b\ufeff"))).Draw(t, "gap"))
			typed.WriteRune(r)
		}
		if _, o := p.Code(typed.String(), now); o.Kind != rehearsal.CodeRight {
			t.Fatalf("%q: %s", typed.String(), o.Kind)
		}
	})
}
