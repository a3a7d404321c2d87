// Package logins reads saved logins: exports of browsers and password managers,
// their own files where they can be read, and browser profiles on this computer.
// It proves accounts, sign-in names, a second factor or passkey kept beside
// them, and reuse of passwords. It never keeps a password or a secret, takes
// nothing from notes, and leaves out what was thrown away, archived or replaced.
package logins

import (
	"io"
	"slices"
	"strings"
	"time"

	"unlisted/checks/evidence"
	"unlisted/checks/identifier"
)

// Importers lists the importers of this family, most specific first.
func Importers() []evidence.Importer {
	list := []evidence.Importer{
		bitwardenJSON{},
		onePUX{},
		onePIF{},
		protonJSON{},
		enpassJSON{},
		keeperJSON{},
		dashlaneJSON{},
		keepassXML{},
		kdbx{},
		chromiumProfile{},
		firefoxProfile{},
		samsungPass{},
	}
	for _, d := range dialects {
		list = append(list, table{d})
	}
	for _, s := range sheets {
		list = append(list, sheet{s})
	}
	return list
}

// login is one saved login, whatever it was saved by.
type login struct {
	title      string // what the person calls it
	site       string // as written
	user       string
	email      string   // an address to sign in with, kept beside the user name
	also       []string // further values kept with it; only the person's own count
	password   string
	totp       bool   // a secret of an authenticator app is kept with it
	passkey    bool   // a passkey is kept with it
	linked     string // the provider it signs in through
	created    time.Time
	used       time.Time
	weak       bool // HTTP basic authentication: a router, an intranet
	noPassword bool // the password cell is no password
}

// emit turns a login into findings, or counts it as passed over.
func emit(l login, out evidence.Sink) {
	switch {
	case l.emit(out):
	case l.site == "":
		out.Skip(evidence.NoSite, l.label())
	default:
		out.Skip(evidence.UnclearSite, l.label())
	}
}

// label is what a login that was passed over is called by. A title that is the
// password, as in a table whose cells have slipped, is none.
func (l login) label() string {
	if l.password != "" && strings.Contains(l.title, l.password) {
		return ""
	}
	if scheme, rest, ok := strings.Cut(l.title, "://"); ok { // an address: what is behind the host may be a token
		rest = rest[:len(rest)-len(strings.TrimLeftFunc(rest, func(r rune) bool { return !strings.ContainsRune("/?#", r) }))]
		return scheme + "://" + rest[strings.LastIndex(rest, "@")+1:]
	}
	return l.title
}

// emit turns a login into findings. It reports whether there was an account.
// Everything found about one login names the same user, so that two logins at
// one site stay apart.
func (l login) emit(out evidence.Sink) bool {
	host, app := place(l.site)
	if host == "" && app == "" {
		return false
	}
	base := evidence.Finding{Site: host, App: app, Confidence: evidence.Confirmed, Count: 1, First: l.created, Last: l.used}
	if l.weak {
		base.Confidence = evidence.Possible
	}
	l.name(&base, out.Region())
	add := func(fact evidence.Fact, purpose evidence.Purpose, detail string) {
		f := base
		f.Fact, f.Purpose, f.Detail = fact, purpose, detail
		out.Finding(f)
	}
	add(evidence.FactAccount, evidence.PurposeSignIn, "")
	if !base.Identifier.IsZero() {
		add(holds(base.Identifier), evidence.PurposeSignIn, "")
	}
	if l.totp {
		add(evidence.FactTOTPOn, evidence.PurposeUnknown, "")
	}
	if l.passkey {
		add(evidence.FactPasskey, evidence.PurposeUnknown, "")
	}
	if l.linked != "" {
		add(evidence.FactLinked, evidence.PurposeUnknown, l.linked)
	}
	l.emitAlso(base, out)
	if !l.noPassword {
		out.Secret(l.password, evidence.Finding{Site: host, App: app, Confidence: evidence.Confirmed})
	}
	return true
}

// name fills in who signs in: an identifier where the user name or the address
// beside it is one, and the user name where it is something else.
func (l login) name(f *evidence.Finding, region string) {
	id, err := parseUser(l.user, region)
	if err != nil {
		f.UserName = strings.TrimSpace(l.user)
		if id, err = parseUser(l.email, region); err != nil {
			return
		}
	}
	f.Identifier = id
}

// emitAlso reports addresses and numbers kept with a login. A number there may
// be the platform's hot line, so only the person's own are taken.
func (l login) emitAlso(base evidence.Finding, out evidence.Sink) {
	for _, s := range append(l.also, l.email) {
		id, err := identifier.Parse(s, out.Region())
		if err != nil || id == base.Identifier || !slices.ContainsFunc(out.Own(), func(own identifier.Identifier) bool { return identifier.Same(own, id) }) {
			continue
		}
		f := base
		f.Fact, f.Purpose, f.Identifier, f.UserName = holds(id), evidence.PurposeProfile, id, ""
		f.Confidence = min(f.Confidence, evidence.Likely)
		out.Finding(f)
	}
}

func holds(id identifier.Identifier) evidence.Fact {
	if id.Kind == identifier.KindPhone {
		return evidence.FactHoldsPhone
	}
	return evidence.FactHoldsEmail
}

// identity proposes the addresses and numbers of an entry about the person.
func identity(out evidence.Sink, title string, values ...string) {
	if !emitOwn(out, values...) {
		out.Skip(evidence.NoLogin, title)
	}
}

// emitOwn proposes the addresses and numbers of an identity entry as the
// person's own.
func emitOwn(out evidence.Sink, values ...string) bool {
	found := false
	for _, s := range values {
		id, err := identifier.Parse(s, out.Region())
		if err != nil {
			continue
		}
		found = true
		out.Finding(evidence.Finding{Fact: evidence.FactOwn, Identifier: id, Confidence: evidence.Likely, Count: 1})
	}
	return found
}

// parseUser reads a sign-in name as an identifier. A number without country
// code counts only where it could hardly be anything else: a customer number
// often has as many digits.
func parseUser(s, region string) (identifier.Identifier, error) {
	s = strings.TrimSpace(s)
	if strings.Contains(s, "@") {
		return identifier.ParseEmail(s)
	}
	if strings.HasPrefix(s, "+") || strings.HasPrefix(s, "00") {
		return identifier.ParsePhone(s, "")
	}
	if strings.HasPrefix(s, "0") && len(s) >= 9 {
		return identifier.ParsePhone(s, region)
	}
	return identifier.Identifier{}, identifier.ErrEmail
}

// first returns the first value that is not blank.
func first(values ...string) string {
	for _, v := range values {
		if strings.TrimSpace(v) != "" {
			return v
		}
	}
	return ""
}

// place is the host or app that a value names. An address of somebody is none,
// though it could be read as a user at a host.
func place(value string) (host, app string) {
	if strings.Contains(value, "@") && !strings.Contains(value, "://") {
		return "", ""
	}
	return evidence.Host(value)
}

// firstSite returns the first value that names a site or an app.
func firstSite(values ...string) string {
	for _, v := range values {
		if host, app := place(v); host != "" || app != "" {
			return v
		}
	}
	return ""
}

// filled reports whether a field holds anything.
func filled(s string) bool { return strings.TrimSpace(s) != "" }

// progress is an open file that tells how far it was read.
type progress struct {
	io.ReadCloser
	out evidence.Sink
}

func open(in evidence.Input, out evidence.Sink) (progress, error) {
	f, err := in.Open()
	return progress{f, out}, err
}

// Read implements io.Reader.
func (p progress) Read(b []byte) (int, error) {
	n, err := p.ReadCloser.Read(b)
	p.out.Advance(int64(n))
	return n, err
}
