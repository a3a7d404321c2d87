package logins

import (
	"encoding/json"
	"html"
	"io"
	"slices"
	"strings"

	"golang.org/x/text/language"

	"unlisted/checks/evidence"
	"unlisted/checks/evidence/foldername"
	"unlisted/checks/identifier"
)

// dialect is one CSV export, told by its columns.
type dialect struct {
	id       string
	must     []string // columns that have to be there
	mustNot  []string
	lower    bool                       // the header is written in small letters only
	needs    func(*evidence.Table) bool // what the columns have to be, where no program is known; else nil
	surety   evidence.Certainty
	site     []string
	user     []string
	password []string
	totp     []string
	created  []string
	used     []string
	row      func(*evidence.Table, *login, evidence.Sink) outcome // nil: every row is a login
	decode   func(io.Reader) io.Reader                            // undoes quoting that CSV does not know; may be nil
}

// outcome is what a row turned out to be.
type outcome uint8

const (
	isLogin outcome = iota
	isOther         // no login, but something else was found in it
	isNothing
)

// dialects, most specific first.
var dialects = []dialect{
	{
		id: "firefox-csv", must: []string{"url", "username", "password", "httprealm", "guid"}, surety: evidence.Sure,
		site: []string{"url"}, user: []string{"username"}, password: []string{"password"}, row: firefoxRow,
	},
	{
		id: "bitwarden-csv", must: []string{"login_uri", "login_username", "login_password", "type"}, surety: evidence.Sure,
		site: []string{
			"login_uri",
		}, user: []string{"login_username"}, password: []string{"login_password"}, totp: []string{"login_totp"},
		row: typeRow("type", "login", ""),
	},
	{
		id: "1password-csv", must: []string{"title", "url", "username", "password", "otpauth", "archived"}, surety: evidence.Sure,
		site: []string{
			"url",
		}, user: []string{"username"}, password: []string{"password"}, totp: []string{"otpauth"},
		row: typeRow("archived", "false", ""),
	},
	{
		id: "lastpass-csv", must: []string{"url", "username", "password", "extra", "grouping"}, surety: evidence.Sure,
		site: []string{
			"url",
		}, user: []string{"username"}, password: []string{"password"}, totp: []string{"totp"}, row: lastPassRow,
	},
	{
		id: "dashlane-csv", must: []string{"username", "username2", "username3", "title", "password", "url"}, surety: evidence.Sure,
		site: []string{
			"url",
		}, user: []string{"username", "username2", "username3"}, password: []string{"password"}, totp: []string{"otpsecret", "otpurl"},
	},
	{
		id: "dashlane-personal-csv", must: []string{"type", "login", "email", "email_type", "phone_number"}, surety: evidence.Sure,
		site: []string{"url"}, user: []string{"login"}, row: dashlanePersonalRow,
	},
	{
		id: "proton-csv", must: []string{"type", "name", "url", "username", "password", "totp", "createtime", "modifytime"}, surety: evidence.Sure,
		site: []string{
			"url",
		}, user: []string{"username", "email"}, password: []string{"password"}, totp: []string{"totp"},
		created: []string{"createtime"}, used: []string{"modifytime"}, row: protonRow,
	},
	{
		id: "nordpass-csv", must: []string{"name", "url", "username", "password", "cardnumber", "full_name", "phone_number", "email"}, surety: evidence.Sure,
		site: []string{"url"}, user: []string{"username"}, password: []string{"password"}, row: nordPassRow,
	},
	{
		id: "keepassxc-csv", must: []string{"group", "title", "username", "password", "url", "notes"}, surety: evidence.Sure,
		site: []string{"url"}, user: []string{"username"}, password: []string{"password"}, totp: []string{"totp"},
		created: []string{"created"}, used: []string{"last modified"}, row: keepassXCRow,
	},
	{
		id: "keepass-csv", must: []string{"account", "login name", "password", "web site", "comments"}, surety: evidence.Sure,
		site: []string{"web site"}, user: []string{"login name"}, password: []string{"password"}, decode: unescaped,
	},
	{
		id: "1password-old-csv", must: []string{"title", "notes", "username", "password", "url"}, mustNot: []string{"group", "favorite", "otpauth", "type"}, lower: true, surety: evidence.Sure,
		site: []string{"url"}, user: []string{"username"}, password: []string{"password"},
	},
	{
		id: "apple-csv", must: []string{"title", "url", "username", "password"}, mustNot: []string{"favorite", "group", "login", "type", "username2"}, surety: evidence.Sure,
		site: []string{
			"url",
		}, user: []string{"username"}, password: []string{"password"}, totp: []string{"otpauth"},
	},
	{
		id: "chrome-csv", must: []string{"name", "url", "username", "password"}, mustNot: []string{"type", "grouping", "vault", "folder"}, surety: evidence.Sure,
		site: []string{"url"}, user: []string{"username"}, password: []string{"password"},
	},
	{
		id: "generic-csv", surety: evidence.Maybe,
		needs: signsIn,
	},
}

// signsIn tells a list of logins from an address book, which also has names,
// sites and addresses: there is a password, or what is called a user name.
func signsIn(t *evidence.Table) bool {
	named := t.Holds(evidence.ColumnUser) || t.Holds(evidence.ColumnEmail) || t.Has("account")
	switch {
	case t.Holds(evidence.ColumnSite) && t.Holds(evidence.ColumnFields):
		return true
	case t.Holds(evidence.ColumnPassword):
		return named && (t.Holds(evidence.ColumnSite) || t.Holds(evidence.ColumnTitle))
	}
	return t.Holds(evidence.ColumnSite) && t.Holds(evidence.ColumnUser)
}

// typeRow makes a row function for exports with a column that says what a row is.
func typeRow(column string, logins ...string) func(*evidence.Table, *login, evidence.Sink) outcome {
	return func(t *evidence.Table, _ *login, _ evidence.Sink) outcome {
		if slices.Contains(logins, strings.ToLower(strings.TrimSpace(t.Get(column)))) {
			return isLogin
		}
		return isNothing
	}
}

// other is the outcome of a row that is no login.
func other(found bool) outcome {
	if found {
		return isOther
	}
	return isNothing
}

// firefoxRow adds dates and tells the Mozilla account's key bundle and basic
// authentication from real logins.
func firefoxRow(t *evidence.Table, l *login, _ evidence.Sink) outcome {
	l.created, l.used = millis(t.Get("timecreated")), millis(t.Get("timelastused"))
	l.realm(t.Get("httprealm"))
	return isLogin
}

// realm notes the realm of a login in Firefox.
func (l *login) realm(realm string) {
	l.noPassword = strings.HasPrefix(l.site, "chrome://")
	l.weak = realm != "" && !l.noPassword
}

// lastPassRow undoes what copying the export from a web page does, and reads
// the person's own addresses and numbers out of address notes.
func lastPassRow(t *evidence.Table, l *login, out evidence.Sink) outcome {
	if strings.EqualFold(strings.TrimSpace(l.site), "http://sn") {
		return other(lastPassNote(html.UnescapeString(t.Get("extra")), out))
	}
	l.site, l.user, l.password = html.UnescapeString(
		l.site,
	), html.UnescapeString(
		l.user,
	), html.UnescapeString(
		l.password,
	)
	return isLogin
}

func lastPassNote(note string, out evidence.Sink) (found bool) {
	lines := strings.Split(note, "\n")
	if strings.TrimSpace(lines[0]) != "NoteType:Address" {
		return false
	}
	for _, line := range lines[1:] {
		key, value, _ := strings.Cut(strings.TrimSpace(line), ":")
		switch key {
		case "Email Address":
			found = emitOwn(out, value) || found
		case "Phone", "Evening Phone", "Mobile Phone":
			found = emitOwn(out, lastPassPhone(value)) || found
		}
	}
	return found
}

// lastPassPhone reads a number that LastPass keeps with its country's three
// letters; it stands with or without the country's code.
func lastPassPhone(value string) string {
	var p struct {
		Number  text `json:"num"`
		Country text `json:"cc3l"`
	}
	if json.Unmarshal([]byte(value), &p) != nil {
		return value
	}
	country, err := language.ParseRegion(string(p.Country))
	if err == nil {
		if id, err := identifier.ParsePhone(string(p.Number), country.String()); err == nil {
			return id.Value
		}
	}
	return "+" + strings.TrimPrefix(string(p.Number), "+")
}

func dashlanePersonalRow(t *evidence.Table, _ *login, out evidence.Sink) outcome {
	switch strings.ToLower(t.Get("type")) {
	case "email":
		return other(emitOwn(out, t.Get("email")))
	case "number", "phone":
		return other(emitOwn(out, t.Get("phone_number")))
	}
	return isNothing
}

func protonRow(t *evidence.Table, l *login, out evidence.Sink) outcome {
	switch t.Get("type") {
	case "login":
		l.sites = addresses(t.Get("autofillurls"))
		return isLogin
	case "alias":
		return other(emitOwn(out, t.Get("email")))
	case "identity":
		var id protonIdentity
		return other(json.Unmarshal([]byte(t.Get("note")), &id) == nil && emitOwn(out, id.values()...))
	}
	return isNothing
}

// nordPassRow tells the kinds of rows apart; before there was a column for it,
// an identity was a row with a full name and no site.
func nordPassRow(t *evidence.Table, l *login, out evidence.Sink) outcome {
	kind := t.Get("type")
	if !t.Has("type") && t.Get("full_name") != "" && l.site == "" {
		kind = "identity"
	}
	switch kind {
	case "password", "":
		l.sites = addresses(t.Get("additional_urls"))
		return isLogin
	case "identity":
		return other(emitOwn(out, t.Get("email"), t.Get("phone_number")))
	}
	return isNothing
}

func keepassXCRow(t *evidence.Table, l *login, _ evidence.Sink) outcome {
	for group := range strings.SplitSeq(t.Get("group"), "/") {
		if foldername.Of(group) == foldername.Trash {
			return isNothing
		}
	}
	l.references()
	return isLogin
}

// references leaves out pointers to other entries ("{REF:P@I:…}"): they are no
// passwords and no names (https://keepass.info/help/base/fieldrefs.html).
func (l *login) references() {
	l.noPassword = strings.Contains(strings.ToUpper(l.password), "{REF:")
	if strings.Contains(strings.ToUpper(l.user), "{REF:") {
		l.user = ""
	}
	l.names = slices.DeleteFunc(
		l.names,
		func(n string) bool { return strings.Contains(strings.ToUpper(n), "{REF:") },
	)
}
