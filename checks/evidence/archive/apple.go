package archive

import (
	"context"
	"strings"
	"time"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"

	"unlisted/checks/evidence"
)

// appleArchive imports the copy of one's data from privacy.apple.com: account,
// apps that use Sign in with Apple, forwarding addresses and passkeys. The names
// of most columns are not documented, so nothing is surer than likely but the
// account. Installed apps prove no account and are not read.
type appleArchive struct{}

var _ evidence.Importer = appleArchive{}

// Format implements evidence.Importer.
func (appleArchive) Format() evidence.Format {
	return evidence.Format{ID: "apple-archive", Family: "archive", Site: "apple.com", Tree: true}
}

// appleFiles are the members that are read; their names stay English in every
// language, those of the folders do not. The account was renamed from Apple ID
// to Apple Account.
var appleFiles = map[string]func(platform, row){
	"apple id account information.csv":      appleAccount,
	"apple account information.csv":         appleAccount,
	"apps using sign in with apple.csv":     appleSignIn,
	"hide my email information.csv":         appleAlias,
	"passkeys information.csv":              applePasskey,
	"apple id device information.csv":       nil,
	"apple account device information.csv":  nil,
	"apple id signon information.csv":       nil,
	"data & privacy request history.csv":    nil,
	"marketing communications delivery.csv": nil,
	"app install activity.csv":              nil,
}

// appleColumns are words of the columns of those members.
var appleColumns = []string{
	"apple",
	"app name",
	"application",
	"device",
	"e-mail",
	"email",
	"name",
	"passkey",
	"request",
	"relying",
	"website",
	"domain",
	"date",
}

// Recognise implements evidence.Importer.
func (appleArchive) Recognise(_ context.Context, in evidence.Input) evidence.Certainty {
	for _, f := range in.Files {
		if _, ok := appleFiles[base(f)]; !ok {
			continue
		}
		if head := opening(in, f); len(columns(head)) > 1 && hasAny(head, appleColumns...) {
			return evidence.Sure
		}
	}
	return evidence.No
}

// Read implements evidence.Importer.
func (appleArchive) Read(ctx context.Context, in evidence.Input, out evidence.Sink) error {
	p := platform{site: "apple.com", out: out}
	p.account("", time.Time{})
	for _, f := range in.Files {
		read := appleFiles[base(f)]
		if read == nil {
			continue
		}
		if err := table(ctx, in, f, out, func(r row) { read(p.likely(), r) }); err != nil {
			return err
		}
	}
	return nil
}

// appleAccount takes every address and number of the account's own line.
func appleAccount(p platform, r row) { r.each(p.told) }

// appleSignIn reads one app: an account there that hangs on the Apple account.
func appleSignIn(p platform, r row) {
	name := mend(
		r.find("app name", "application name", "application", "bundle", "client", "app", "name", "website"),
	)
	if nothing(name) {
		return
	}
	first := when(r.find("created", "first use", "date"))
	p.linked(name, first)
	there := elsewhere(name)
	there.First, there.Purpose = first, evidence.PurposeSignIn
	r.each(func(_, value string) {
		for _, id := range identifiers(value, p.number, false) {
			there.Fact, there.Identifier = evidence.FactHoldsEmail, id
			p.out.Finding(there)
		}
	})
}

// appleAlias reads one forwarding address and the site it was made for.
func appleAlias(p platform, r row) {
	name := mend(r.find("app", "website", "site", "domain", "label", "origin", "note"))
	if nothing(name) || strings.Contains(name, "@") {
		return
	}
	there := elsewhere(name)
	there.Fact, there.Purpose = evidence.FactHoldsEmail, evidence.PurposeProfile
	r.each(func(label, value string) {
		for _, id := range identifiers(value, p.number, false) {
			if hasAny(label, "forward") { // where the mail goes on to, which the site never sees
				continue
			}
			there.Identifier = id
			p.out.Finding(there)
		}
	})
}

func applePasskey(p platform, r row) {
	host, _ := evidence.Host(r.find("relying", "website", "domain", "site", "rp"))
	if host == "" {
		return
	}
	p.out.Finding(evidence.Finding{Fact: evidence.FactPasskey, Site: host, Confidence: evidence.Likely, Count: 1})
}

// mend undoes text that was encoded twice, such as "Evanâ€™s".
func mend(s string) string {
	once, err := charmap.Windows1252.NewEncoder().String(s)
	if err != nil || !utf8.ValidString(once) {
		return s
	}
	return once
}
