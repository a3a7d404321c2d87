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
	"unicode"

	"golang.org/x/net/publicsuffix"

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
	title      string   // what the person calls it
	site       string   // as written; may name several
	sites      []string // further addresses of the same login
	user       string
	email      string   // an address to sign in with, kept beside the user name
	names      []string // further names and addresses to sign in with
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
	case !filled(l.site + strings.Join(l.sites, "")):
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

// places are the sites and apps a login is for, each once.
func (l login) places() (places []evidence.Place) {
	for _, s := range append([]string{l.site}, l.sites...) {
		for _, p := range evidence.Places(s) {
			if !slices.Contains(places, p) {
				places = append(places, p)
			}
		}
	}
	if len(places) == 0 && !filled(l.site+strings.Join(l.sites, "")) && isHost(l.title) {
		return evidence.Places(l.title)
	}
	return places
}

// isHost reports whether what a person calls a login is the name of a website:
// "booking.com", but not "Node.js" or "Bank, the blue card".
func isHost(title string) bool {
	title = strings.ToLower(strings.TrimSpace(title))
	_, listed := publicsuffix.PublicSuffix(title)
	return listed && strings.Contains(title, ".") && !strings.ContainsAny(title, "@ ,;|")
}

// emit turns a login into findings, an account at each of its addresses. It
// reports whether there was one. Everything found about one login names the same
// user, so that two logins at one site stay apart.
func (l login) emit(out evidence.Sink) bool {
	places := l.places()
	if len(places) == 0 {
		return false
	}
	for _, p := range places {
		l.emitAt(p, out)
	}
	if !l.noPassword { // noted once: one login is no reuse, however many addresses it has
		out.Secret(
			l.password,
			evidence.Finding{Site: places[0].Host, App: places[0].App, Confidence: evidence.Confirmed},
		)
	}
	return true
}

func (l login) emitAt(at evidence.Place, out evidence.Sink) {
	base := evidence.Finding{
		Site:       at.Host,
		App:        at.App,
		Confidence: evidence.Confirmed,
		Count:      1,
		First:      l.created,
		Last:       l.used,
	}
	if l.weak {
		base.Confidence = evidence.Possible
	} else if !filled(l.site + strings.Join(l.sites, "")) {
		base.Confidence = evidence.Likely // the person's own words
	}
	others := l.name(&base, out.Region())
	add := func(fact evidence.Fact, purpose evidence.Purpose, detail string) {
		f := base
		f.Fact, f.Purpose, f.Detail = fact, purpose, detail
		out.Finding(f)
	}
	add(evidence.FactAccount, evidence.PurposeSignIn, "")
	if !base.Identifier.IsZero() {
		add(holds(base.Identifier), evidence.PurposeSignIn, "")
	}
	for _, id := range others {
		f := base
		f.Fact, f.Purpose, f.Identifier = holds(id), evidence.PurposeProfile, id
		f.Confidence = min(f.Confidence, evidence.Likely)
		out.Finding(f)
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
}

// name fills in who signs in: the first identifier among the user name and the
// names and addresses beside it, and the first name that is something else. It
// returns the identifiers that are left.
func (l login) name(f *evidence.Finding, region string) (others []identifier.Identifier) {
	for _, s := range append([]string{l.user, l.email}, l.names...) {
		id, err := parseUser(s, region)
		switch {
		case err != nil && f.UserName == "":
			f.UserName = strings.TrimSpace(s)
		case err != nil:
		case f.Identifier.IsZero():
			f.Identifier = id
		case id != f.Identifier && !slices.Contains(others, id):
			others = append(others, id)
		}
	}
	return others
}

// emitAlso reports addresses and numbers kept with a login. A number there may
// be the platform's hot line, so only the person's own are taken.
func (l login) emitAlso(base evidence.Finding, out evidence.Sink) {
	for _, s := range l.also {
		id, err := identifier.Parse(s, out.Region())
		if err != nil || id == base.Identifier ||
			!slices.ContainsFunc(
				out.Own(),
				func(own identifier.Identifier) bool { return identifier.Same(own, id) },
			) {
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
		id, err := identifier.ParseEmail(s)
		if words := strings.FieldsFunc(s, besideAddress); err != nil && len(words) > 1 {
			words = slices.DeleteFunc(words, func(w string) bool { return !strings.Contains(w, "@") })
			if len(words) == 1 {
				return identifier.ParseEmail(words[0])
			}
		}
		return id, err
	}
	if identifier.International(s) {
		return identifier.ParsePhone(s, "")
	}
	if strings.HasPrefix(s, "0") && len(s) >= 9 {
		return identifier.ParsePhone(s, region)
	}
	return identifier.Identifier{}, identifier.ErrEmail
}

// besideAddress are the signs between an address and what a person wrote beside
// it in one cell: "pat / pat@mail.example", "pat@mail.example (main)".
func besideAddress(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune(",;/|()[]<>", r) }

// first returns the first value that is not blank.
func first(values ...string) string {
	for _, v := range values {
		if strings.TrimSpace(v) != "" {
			return v
		}
	}
	return ""
}

// firstSite returns the first value that names a site or an app.
func firstSite(values ...string) string {
	for _, v := range values {
		if len(evidence.Places(v)) > 0 {
			return v
		}
	}
	return first(values...)
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
