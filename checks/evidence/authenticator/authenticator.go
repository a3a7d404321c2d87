// Package authenticator reads the backups of authenticator apps: where a second
// factor is already on. It proves that, and the sign-in name the entry carries.
// It never keeps a secret that codes are made from, makes no codes, and does
// not decide which platform a free-text issuer is: the catalogue does.
package authenticator

import (
	"context"
	"errors"
	"io"
	"strings"
	"time"

	"golang.org/x/net/publicsuffix"

	"unlisted/checks/evidence"
	"unlisted/checks/identifier"
)

// family groups the formats of this package.
const family = "authenticator"

// Importers lists the importers of this family. They stand before the logins:
// Bitwarden's two exports look alike, and this one is the more specific.
func Importers() []evidence.Importer {
	list := []evidence.Importer{uriList{}, picture{}, bitwardenJSON{}, bitwardenCSV{}}
	for _, b := range backups {
		list = append(list, b)
	}
	return list
}

// entry is one entry of an authenticator, its secret left behind.
type entry struct {
	issuer  string // free text: a brand, a host, sometimes nothing
	account string // often the sign-in name
	kind    string // totp, hotp, steam, ...
	trashed bool
	created time.Time
	used    time.Time
}

// emit turns an entry into findings, where it says where the second factor is
// on.
func (e entry) emit(out evidence.Sink) {
	if e.trashed {
		out.Skip(evidence.Discarded, tidy(e.issuer))
		return
	}
	f := evidence.Finding{Fact: evidence.FactTOTPOn, Confidence: evidence.Likely, Count: 1, First: e.created, Last: e.used}
	issuer, account := tidy(e.issuer), tidy(e.account)
	if _, err := parseAccount(issuer); err == nil { // some sites write the sign-in name twice
		issuer, account = "", firstOf(account, issuer)
	}
	if issuer == "" && strings.EqualFold(e.kind, "steam") {
		issuer = "Steam"
	}
	id, err := parseAccount(account)
	switch {
	case err == nil:
		f.Identifier = id
	case strings.TrimSpace(e.issuer) == "" && issuer == "": // entries of old: the label alone, which may be the brand
		issuer, f.Confidence = account, evidence.Possible
	default:
		f.UserName = account
	}
	if f.Site = site(issuer); f.Site == "" {
		f.Name = issuer
	}
	if f.Site == "" && f.Name == "" {
		out.Skip(evidence.NoIssuer, account)
		return
	}
	out.Finding(f)
	if err == nil {
		f.Fact, f.Purpose, f.Confidence = evidence.FactHoldsEmail, evidence.PurposeSignIn, evidence.Likely
		if id.Kind == identifier.KindPhone {
			f.Fact = evidence.FactHoldsPhone
		}
		out.Finding(f)
	}
}

func firstOf(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

// tidy makes a label safe to keep. One that holds a link, as broken exports
// have, is dropped whole: the secret may be in it.
func tidy(s string) string {
	s = strings.TrimSpace(evidence.Clean(s))
	low := strings.ToLower(s)
	for _, mark := range []string{"secret=", "secret%3d", "otpauth", "steam://"} {
		if strings.Contains(low, mark) {
			return ""
		}
	}
	switch low {
	case "null", "none", "n/a", "-", "unknown", "(unknown)":
		return ""
	}
	return s
}

// parseAccount reads a label as an identifier. A number counts only with its
// country code: many labels are customer numbers.
func parseAccount(s string) (identifier.Identifier, error) {
	if strings.Contains(s, "@") {
		return identifier.ParseEmail(s)
	}
	if identifier.International(s) {
		return identifier.ParsePhone(s, "")
	}
	return identifier.Identifier{}, identifier.ErrEmail
}

// site returns the host an issuer is, if it is one: "github.com", but not
// "Node.js" or "Acme Inc.".
func site(issuer string) string {
	host, _ := evidence.Host(issuer)
	if strings.Contains(issuer, ",") || host == "" {
		return ""
	}
	suffix, public := publicsuffix.PublicSuffix(host)
	if host == suffix || !public && !strings.Contains(suffix, ".") {
		return ""
	}
	return host
}

// splitLabel takes the issuer off a label "issuer:account".
func splitLabel(label string) (issuer, account string) {
	before, after, found := strings.Cut(label, ":")
	if !found || strings.HasPrefix(after, "//") {
		return "", strings.TrimSpace(label)
	}
	return strings.TrimSpace(before), strings.TrimSpace(after)
}

// record counts an entry and hands on what it shows.
func record(out evidence.Sink, e entry) {
	out.Item()
	e.emit(out)
}

// maxSealed bounds an encrypted backup, which has to be held whole to be
// opened; real ones have a few KiB, pictures of brands included a few MiB.
const maxSealed = 32 << 20

// errLarge is an encrypted backup larger than any real one.
var errLarge = errors.New("larger than any backup of an authenticator")

// whole reads a bounded file whole.
func whole(ctx context.Context, in evidence.Input, out evidence.Sink) ([]byte, error) {
	f, err := in.Open()
	if err != nil {
		return nil, err
	}
	defer f.Close()
	b, err := io.ReadAll(io.LimitReader(evidence.Counted(ctx, f, out), maxSealed+1))
	if err == nil && len(b) > maxSealed {
		err = errLarge
	}
	return b, err
}

// millis reads the milliseconds since 1970 that backups hold.
func millis(n int64) time.Time {
	if n <= 0 || n > 1<<43 {
		return time.Time{}
	}
	return time.UnixMilli(n).UTC()
}
