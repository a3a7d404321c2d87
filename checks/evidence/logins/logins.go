// Package logins reads saved logins: exports of browsers and password managers.
// It proves accounts, sign-in names, a second factor or passkey kept beside
// them, and reuse of passwords. It never keeps a password or a secret.
package logins

import (
	"context"
	"errors"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"unlisted/checks/evidence"
	"unlisted/checks/identifier"
)

// Importers lists the importers of this family, most specific first.
func Importers() []evidence.Importer {
	list := []evidence.Importer{bitwardenJSON{}}
	for _, d := range dialects {
		list = append(list, table{d})
	}
	return list
}

// login is one saved login, whatever it was saved by.
type login struct {
	site       string // as written
	user       string
	password   string
	totp       string
	passkey    string // the site of a stored passkey
	title      string
	created    time.Time
	used       time.Time
	weak       bool // HTTP basic authentication: a router, an intranet
	noPassword bool // the password cell is no password
}

// emit turns a login into findings. It reports whether there was an account.
func emit(l login, out evidence.Sink) bool {
	host, app := evidence.Host(l.site)
	if host == "" && app == "" {
		return false
	}
	base := evidence.Finding{Site: host, App: app, Confidence: evidence.Confirmed, Count: 1, First: l.created, Last: l.used}
	if l.weak {
		base.Confidence = evidence.Possible
	}
	acc := base
	acc.Fact, acc.Purpose = evidence.FactAccount, evidence.PurposeSignIn
	id, err := parseUser(l.user, out.Region())
	if err == nil {
		acc.Identifier = id
	} else {
		acc.UserName = strings.TrimSpace(l.user)
	}
	out.Finding(acc)
	if err == nil {
		holds := acc
		holds.Fact = evidence.FactHoldsEmail
		if id.Kind == identifier.KindPhone {
			holds.Fact = evidence.FactHoldsPhone
		}
		out.Finding(holds)
	}
	if strings.TrimSpace(l.totp) != "" {
		f := base
		f.Fact = evidence.FactTOTPOn
		out.Finding(f)
	}
	if l.passkey != "" {
		f := base
		f.Fact = evidence.FactPasskey
		out.Finding(f)
	}
	if !l.noPassword {
		out.Secret(l.password, evidence.Finding{Site: host, App: app, Confidence: evidence.Confirmed})
	}
	return true
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

// dialect is one CSV export, told by its columns.
type dialect struct {
	id       string
	must     []string // columns that have to be there
	mustNot  []string
	surety   evidence.Certainty
	url      []string
	user     []string
	password []string
	totp     []string
	title    []string
	row      func(*evidence.Table, *login) bool // false: not a login
}

// dialects, most specific first.
var dialects = []dialect{
	{
		id: "firefox-csv", must: []string{"url", "username", "password", "httprealm", "guid"}, surety: evidence.Sure,
		url: []string{"url"}, user: []string{"username"}, password: []string{"password"}, row: firefoxRow,
	},
	{
		id: "bitwarden-csv", must: []string{"login_uri", "login_username", "login_password", "type"}, surety: evidence.Sure,
		url: []string{"login_uri"}, user: []string{"login_username"}, password: []string{"login_password"}, totp: []string{"login_totp"}, title: []string{"name"},
		row: func(t *evidence.Table, _ *login) bool { return t.Get("type") == "login" || t.Get("type") == "" },
	},
	{
		id: "apple-csv", must: []string{"title", "url", "username", "password"}, mustNot: []string{"favorite", "group", "login"}, surety: evidence.Sure,
		url: []string{"url"}, user: []string{"username"}, password: []string{"password"}, totp: []string{"otpauth"}, title: []string{"title"},
	},
	{
		id: "chrome-csv", must: []string{"name", "url", "username", "password"}, mustNot: []string{"type", "grouping", "vault", "folder"}, surety: evidence.Sure,
		url: []string{"url"}, user: []string{"username"}, password: []string{"password"}, title: []string{"name"},
	},
	{
		id: "generic-csv", surety: evidence.Maybe,
		url:      []string{"url", "login_uri", "website", "web site", "hostname", "site", "uri", "login_url"},
		user:     []string{"username", "user", "login", "login name", "login_username", "email", "e-mail", "account", "user name"},
		password: []string{"password", "pwd", "login_password"}, totp: []string{"totp", "otp", "otpauth", "otpsecret"}, title: []string{"name", "title"},
	},
}

// firefoxRow adds dates and tells the Mozilla account's key bundle and basic
// authentication from real logins.
func firefoxRow(t *evidence.Table, l *login) bool {
	l.created, l.used = millis(t.Get("timecreated")), millis(t.Get("timelastused"))
	realm := t.Get("httprealm")
	l.noPassword = strings.HasPrefix(l.site, "chrome://")
	l.weak = realm != "" && !l.noPassword
	return true
}

func millis(s string) time.Time {
	n, err := strconv.ParseInt(strings.TrimSpace(s), 10, 64)
	if err != nil || n <= 0 || n > 1<<43 {
		return time.Time{}
	}
	return time.UnixMilli(n).UTC()
}

// table imports one CSV dialect.
type table struct{ dialect }

var _ evidence.Importer = table{}

// Format implements evidence.Importer.
func (t table) Format() evidence.Format { return evidence.Format{ID: t.id, Family: "logins"} }

// Recognise implements evidence.Importer.
func (t table) Recognise(_ context.Context, in evidence.Input) evidence.Certainty {
	head := evidence.HeadText(in.Head)
	if strings.ContainsRune(head, 0) || strings.HasPrefix(strings.TrimSpace(head), "{") {
		return evidence.No
	}
	tab, err := evidence.OpenTable(strings.NewReader(head))
	if err != nil || !t.fits(tab) {
		return evidence.No
	}
	return t.surety
}

func (t table) fits(tab *evidence.Table) bool {
	if !tab.Has(t.must...) || slices.ContainsFunc(t.mustNot, func(c string) bool { return tab.Has(c) }) {
		return false
	}
	one := func(names []string) bool {
		return slices.ContainsFunc(names, func(n string) bool { return tab.Has(n) })
	}
	return one(t.url) && one(t.user)
}

// Read implements evidence.Importer.
func (t table) Read(ctx context.Context, in evidence.Input, out evidence.Sink) error {
	f, err := in.Open()
	if err != nil {
		return err
	}
	defer f.Close()
	tab, err := evidence.OpenTable(f)
	if err != nil {
		return evidence.NewProblem(in.Label, "error.evidence.damaged")
	}
	for {
		switch err := tab.Next(ctx); {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return err // the scan knows how to say it
		}
		if tab.Empty() || tab.IsHeader() {
			continue
		}
		out.Item()
		l := login{site: tab.Get(t.url...), user: tab.Get(t.user...), password: tab.Get(t.password...), totp: tab.Get(t.totp...), title: tab.Get(t.title...)}
		if t.row != nil && !t.row(tab, &l) || !emit(l, out) {
			out.Skip()
		}
	}
}
