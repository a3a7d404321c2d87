package logins

import (
	"bytes"
	"context"
	"errors"
	"path"
	"strings"

	"unlisted/checks/evidence"
	"unlisted/checks/evidence/sqlite"
)

// chromiumProfile imports the password store of Chrome and its relatives as it
// stands in a browser's profile ("Login Data"). Sites, user names and dates are
// plain in it; passwords are encrypted and never asked for.
type chromiumProfile struct{}

var _ evidence.Importer = chromiumProfile{}

// Format implements evidence.Importer.
func (chromiumProfile) Format() evidence.Format {
	return evidence.Format{ID: "chromium-profile", Family: "logins"}
}

// Recognise implements evidence.Importer: no other database keeps an
// "origin_url" in a table of logins. One whose tables cannot be listed is told by its name.
func (chromiumProfile) Recognise(_ context.Context, in evidence.Input) evidence.Certainty {
	if !bytes.HasPrefix(in.Head, []byte(sqlite.Magic)) {
		return evidence.No
	}
	if in.HasTable("logins", "origin_url") || strings.HasPrefix(path.Base(in.Name), "Login Data") {
		return evidence.Maybe
	}
	return evidence.No
}

// maxLoginData is larger than any browser's password store.
const maxLoginData = 256 << 20

// chromiumColumns are read; "password_value" is not among them on purpose.
var chromiumColumns = []string{
	"origin_url", "signon_realm", "username_value", "date_created", "date_last_used", "date_password_modified",
	"blacklisted_by_user", "federation_url", "scheme",
}

// Read implements evidence.Importer.
func (chromiumProfile) Read(ctx context.Context, in evidence.Input, out evidence.Sink) error {
	if in.Size > maxLoginData {
		return evidence.NewProblem(in.Label, "error.evidence.sqlite")
	}
	db, err := sqlite.Open(ctx, in.FS, in.Name)
	if err != nil {
		return err
	}
	have, err := db.Columns(ctx, "logins")
	if err == nil {
		err = evidence.NewProblem(in.Label, "error.evidence.sqlite")
		if have["origin_url"] && have["username_value"] {
			err = readChromium(ctx, db, have, out)
		}
	}
	return errors.Join(err, db.Close())
}

func readChromium(ctx context.Context, db *sqlite.DB, have map[string]bool, out evidence.Sink) error {
	rows, err := db.QueryContext(ctx, sqlite.Select(have, "logins", chromiumColumns...))
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := ctx.Err(); err != nil {
			return err
		}
		v := make([]any, len(chromiumColumns))
		to := make([]any, len(v))
		for i := range v {
			to[i] = &v[i]
		}
		if err := rows.Scan(to...); err != nil {
			return err
		}
		out.Item()
		emitChromium(v, out)
	}
	return rows.Err()
}

// Chromium's schemes of a login that are no page of a site
// (components/password_manager/core/browser/password_form.h).
const (
	schemeBasic  = 1
	schemeDigest = 2
)

// emitChromium hands out one row, in the order of chromiumColumns.
func emitChromium(v []any, out evidence.Sink) {
	str := func(i int) string {
		switch s := v[i].(type) {
		case string:
			return s
		case []byte:
			return string(s)
		}
		return ""
	}
	num := func(i int) int64 {
		n, _ := v[i].(int64)
		return n
	}
	if num(6) != 0 { // "never save a password here"
		out.Skip(evidence.Discarded, str(0))
		return
	}
	used := chromium(num(4))
	if used.IsZero() {
		used = chromium(num(5))
	}
	provider, _ := evidence.Host(str(7))
	emit(login{
		title: str(0),
		site:  firstSite(str(0), str(1)), user: str(2), created: chromium(num(3)), used: used, linked: provider,
		weak: num(8) == schemeBasic || num(8) == schemeDigest, noPassword: true,
	}, out)
}

// firefoxProfile imports Firefox's logins.json as it stands in a profile, where
// sites and dates are plain and all else is encrypted, and the JSON of the
// add-on FF Password Exporter, where user names are plain too.
type firefoxProfile struct{}

var _ evidence.Importer = firefoxProfile{}

// Format implements evidence.Importer.
func (firefoxProfile) Format() evidence.Format {
	return evidence.Format{ID: "firefox-profile", Family: "logins"}
}

// Recognise implements evidence.Importer.
func (firefoxProfile) Recognise(_ context.Context, in evidence.Input) evidence.Certainty {
	head := jsonHead(in)
	if hasKeys(head, "hostname", "httpRealm") && hasKey(head, "encryptedUsername", "username") ||
		hasKeys(head, "logins", "nextId") {
		return evidence.Sure
	}
	return evidence.No
}

type firefoxLogin struct {
	Hostname text `json:"hostname"`
	Realm    text `json:"httpRealm"`
	User     text `json:"username"`
	Password text `json:"password"`
	Created  text `json:"timeCreated"`
	Used     text `json:"timeLastUsed"`
	Deleted  flag `json:"deleted"`
}

// Read implements evidence.Importer.
func (firefoxProfile) Read(ctx context.Context, in evidence.Input, out evidence.Sink) error {
	if !strings.HasPrefix(jsonHead(in), "[") {
		return readLists(ctx, in, out, func(j *evidence.Document, key string) (bool, error) {
			if key != "logins" {
				return false, nil
			}
			return true, evidence.Records(j, out, firefoxLogin.emit)
		})
	}
	f, err := open(in, out)
	if err != nil {
		return err
	}
	defer f.Close()
	return evidence.Records(evidence.NewDocument(ctx, f), out, firefoxLogin.emit)
}

func (f firefoxLogin) emit(out evidence.Sink) {
	if f.Deleted {
		out.Skip(evidence.Discarded, string(f.Hostname))
		return
	}
	l := login{
		title:    string(f.Hostname),
		site:     string(f.Hostname),
		user:     string(f.User),
		password: string(f.Password),
		created:  millis(string(f.Created)),
		used:     millis(string(f.Used)),
	}
	l.realm(string(f.Realm))
	emit(l, out)
}
