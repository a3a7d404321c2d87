package start

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"unlisted/assets"
	"unlisted/checks/profile"
	"unlisted/checks/text"
	"unlisted/ui/kit"
)

func printer(t testing.TB, lang string) *text.Printer {
	t.Helper()
	c, err := text.Load(assets.Sub("text"))
	if err != nil {
		t.Fatal(err)
	}
	return c.Printer(lang)
}

// Every way in which opening can end has its own screen, with what went wrong in
// words and a way on.
func TestKinds(t *testing.T) {
	for _, x := range []struct {
		st    State
		kind  kind
		label bool
	}{
		{State{Opening: true, Err: profile.ErrLocked}, opening, false},
		{State{}, welcome, false},
		{State{Err: profile.ErrNone}, welcome, false},
		{State{Err: fmt.Errorf("keys: %w", profile.ErrKeyring)}, passphrase, true},
		{State{Err: profile.ErrNoSecret}, passphrase, true},
		{State{Err: profile.ErrLocked}, locked, true},
		{State{Err: profile.ErrPassphrase, HasPassphrase: true}, locked, true},
		{State{Err: profile.ErrRecoveryKey}, locked, true},
		{State{Err: profile.ErrDamaged}, broken, true},
		{State{Err: profile.ErrInUse}, busy, false},
		{State{Err: profile.ErrNewer}, failed, false},
		{State{Err: errors.New("anything")}, failed, false},
	} {
		for _, lang := range []string{"en", "fr"} {
			v := makeView(x.st, printer(t, lang))
			if v.kind != x.kind || (v.label != "") != x.label || v.title == "" || v.lead == "" {
				t.Errorf("%+v: %+v", x.st, v)
			}
			if wrong := v.kind > welcome; wrong != (v.notice.What != "") {
				t.Errorf("%v: says %q", x.st.Err, v.notice.What)
			}
		}
	}
	if a, b := makeView(State{Err: profile.ErrLocked}, printer(t, "en")), makeView(State{Err: profile.ErrLocked, HasPassphrase: true}, printer(t, "en")); a.label == b.label || a.why == b.why {
		t.Errorf("a profile without a passphrase asks for %q", a.label)
	}
}

// Of the versions of a damaged profile the newest whole one is proposed; where an
// older one holds much more the person chooses; one that is damaged too says so
// and cannot be taken.
func TestVersions(t *testing.T) {
	at := func(n int) time.Time { return time.Date(2026, 11, n, 9, 0, 0, 0, time.UTC) }
	whole := func(n, findings int) profile.Revision {
		return profile.Revision{N: n, Saved: at(20 - n), Contents: profile.Contents{Findings: findings}}
	}
	show := func(st State) view {
		st.Err = profile.ErrDamaged
		return makeView(st, printer(t, "en"))
	}
	if v := show(State{}); !v.looking || v.tone != kit.Danger || len(v.versions) > 0 {
		t.Errorf("%+v", v)
	}
	bad := profile.Revision{N: 3, Saved: at(1), Err: profile.ErrDamaged}
	v := show(State{Looked: true, Versions: []profile.Revision{whole(1, 40), whole(2, 41), bad}})
	if len(v.versions) != 3 || !v.versions[0].best || v.versions[1].best || v.versions[2].button != "" || v.choose != "" || !strings.Contains(v.versions[0].words, "40") {
		t.Errorf("%+v", v)
	}
	v = show(State{Looked: true, Versions: []profile.Revision{whole(1, 1), whole(2, 900)}})
	if v.choose == "" || v.versions[0].best || v.versions[1].best {
		t.Errorf("the newest holds next to nothing: %+v", v)
	}
	if v = show(State{Looked: true, Versions: []profile.Revision{bad}}); v.choose == "" || len(v.versions) > 0 {
		t.Errorf("%+v", v)
	}
	if v = show(State{Looked: true, LookErr: profile.ErrPassphrase}); v.found == "" || v.looking {
		t.Errorf("%+v", v)
	}
}
