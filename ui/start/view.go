package start

import (
	"errors"

	"unlisted/checks/profile"
	"unlisted/checks/text"
	"unlisted/ui/kit"
)

// kind is which screen it is.
type kind uint8

const (
	opening    kind = iota // a keyring may ask something
	welcome                // there is no profile yet
	passphrase             // there is none, and no keyring would keep its key
	locked                 // a secret opens it
	broken                 // older versions are looked for
	busy                   // another window has it open
	failed                 // it may work later
)

// version is one older version of a damaged profile.
type version struct {
	n             int
	words, button string // no button: it cannot be read
	best          bool
}

// view is the whole screen, in words.
type view struct {
	kind        kind
	title, lead string
	notice      text.Message // what went wrong
	tone        kit.Tone
	label, why  string // of the field for the secret
	looking     bool   // for versions
	found       string // what the list of versions is, or why there is none
	choose      string // why the person has to choose
	versions    []version
}

// makeView works the screen out.
func makeView(st State, t *text.Printer) view {
	v := view{kind: kindOf(st), title: t.T("start.title"), lead: t.T("start.intro"), tone: kit.Warning}
	if v.kind == opening || v.kind == welcome {
		return v
	}
	v.notice = t.Sentence(st.Err)
	switch v.kind {
	case passphrase:
		v.label = t.T("start.passphrase")
	case locked:
		v.label, v.why = t.T("start.secret"), t.T("start.secret.why")
		if !st.HasPassphrase {
			v.label, v.why = t.T("start.recovery"), t.T("start.nopassphrase")
		}
	case broken:
		v.tone, v.label, v.why = kit.Danger, t.T("start.secret"), t.T("start.look.why")
		v.look(st, t)
	}
	return v
}

func kindOf(st State) kind {
	is := func(errs ...error) bool {
		for _, err := range errs {
			if errors.Is(st.Err, err) {
				return true
			}
		}
		return false
	}
	switch {
	case st.Opening:
		return opening
	case st.Err == nil, is(profile.ErrNone):
		return welcome
	case is(profile.ErrKeyring, profile.ErrNoSecret):
		return passphrase
	case is(profile.ErrLocked, profile.ErrPassphrase, profile.ErrRecoveryKey):
		return locked
	case is(profile.ErrDamaged):
		return broken
	case is(profile.ErrInUse):
		return busy
	}
	return failed
}

// look tells which older versions there are. The newest good one is the first
// choice, unless an older one holds much more: then the person chooses.
func (v *view) look(st State, t *text.Printer) {
	if v.looking = !st.Looked; v.looking {
		v.found = t.T("start.looking")
		return
	}
	if st.LookErr != nil {
		m := t.Sentence(st.LookErr)
		v.found, v.choose = m.What, m.Means
		return
	}
	best, sure := profile.Newest(st.Versions)
	if best == 0 {
		v.found, v.choose = t.T("start.versions.none"), t.T("start.versions.none.why")
		return
	}
	if v.found = t.T("start.versions"); !sure {
		v.choose = text.Join(t.T("error.profile.choose.what"), t.T("error.profile.choose.means"))
	}
	for _, r := range st.Versions {
		saved := t.Date(r.Saved.Local()) + ", " + r.Saved.Local().Format("15:04")
		if r.Err != nil {
			v.versions = append(v.versions, version{n: r.N, words: t.T("profile.version.bad", "saved", saved)})
			continue
		}
		if r.N == 0 {
			continue
		}
		c := r.Contents
		n := func(i int) string { return t.Number(int64(i)) }
		v.versions = append(v.versions, version{
			n: r.N, best: r.N == best && sure, button: t.T("start.restore", "saved", saved),
			words: t.T("profile.version", "saved", saved, "identifiers", n(c.Identifiers), "findings", n(c.Findings),
				"claims", n(c.Claims), "lookups", n(c.Lookups), "steps", n(c.Steps)),
		})
	}
}
