package update

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"golang.org/x/net/idna"

	"unlisted/checks/breach"
	"unlisted/checks/catalog"
	"unlisted/checks/outbound"
	"unlisted/checks/text"
)

// List is one public list that can be taken fresh. Fetching it whole tells
// nobody which accounts the person has.
type List struct {
	ID      string // also its purpose: "list-2fa", ...
	Set     string // what the catalogue calls it; "" for breaches
	Address string
}

// Lists are the public lists, in a fixed order.
func Lists() []List {
	return []List{
		{"list-2fa", "2fa", "https://api.2fa.directory/v3/all.json"},
		{"list-passkeys", "passkeys", "https://passkeys-api.2fa.directory/v1/all.json"},
		{"list-breaches", "", "https://haveibeenpwned.com/api/v3/breaches"},
	}
}

// Purposes are the purposes of all lists.
func Purposes() []string {
	var out []string
	for _, l := range Lists() {
		out = append(out, l.ID)
	}
	return out
}

// Host is the one host a list comes from.
func (l List) Host() string {
	u, err := url.Parse(l.Address)
	if err != nil {
		return ""
	}
	return u.Hostname()
}

// Taken is what became of one list.
type Taken struct {
	List    List
	Records int
	Skipped []breach.Skipped

	Withheld []catalog.Withheld // what an unsigned list must not change, and did not
}

// ErrUnknown is a file that is neither a signed set nor a list we know.
var ErrUnknown = &text.Error{Key: "error.update.unknown"}

// ErrShrunk is a list with less than half of what is known already: cut off on
// the way, or not the list it claims to be.
var ErrShrunk = &text.Error{Key: "error.update.shrunk"}

// ErrFetch is a list that could not be fetched.
var ErrFetch = &text.Error{Key: "error.update.fetch"}

// fresh is one list as it is stored beside the profile.
type fresh struct {
	Taken   time.Time       `json:"taken"`
	Records []catalog.Fresh `json:"records"`
}

// known is what is there before a list is taken.
type known struct {
	catalog  *catalog.Catalog
	breaches *breach.Catalogue
}

// TakeFile takes newer data from a file: a signed set, or a public list as its
// maker gives it. A list of platforms or breaches is taken record by record; a
// record with missing or absurd values is skipped and named. Errors: ErrUnknown,
// ErrShrunk, ErrOlder, ErrSave and those of Install.
func TakeFile(file, folder string, d Data, now time.Time) (Taken, error) {
	head := make([]byte, 4)
	f, err := os.Open(file)
	if err != nil {
		return Taken{}, ErrDamaged
	}
	defer f.Close()
	if n, _ := f.Read(head); bytes.HasPrefix(head[:n], []byte("PK")) {
		_, err := Install(file, folder, d.Key, d.Serial)
		return Taken{}, err
	}
	if info, err := f.Stat(); err != nil || info.Size() > maxSet {
		return Taken{}, ErrDamaged
	}
	raw, err := os.ReadFile(file)
	if err != nil {
		return Taken{}, ErrDamaged
	}
	return take(raw, folder, known{d.Catalog, d.Breaches}, now)
}

// Fetch asks each list's host for it, with the person's yes, and takes
// what comes. What could not be fetched or taken changes nothing; its error
// stands beside it in the result, the rest goes on.
func Fetch(
	ctx context.Context, c *outbound.Client, yes outbound.Consent, folder string, d Data,
	now func() time.Time, step func(done, all int),
) ([]Taken, error) {
	var out []Taken
	var errs []error
	for i, l := range Lists() {
		step(i, len(Lists()))
		client := c.Bind(outbound.Purpose{ID: l.ID, Host: l.Host(), MaxBody: 32 << 20}, yes)
		a := breach.Ask(ctx, client, l.Address, http.Header{"Accept": {"application/json"}}, now)
		if ctx.Err() != nil {
			return out, ctx.Err()
		}
		if a.Outcome != breach.NotChecked || a.Status != http.StatusOK {
			errs = append(errs, fmt.Errorf("%s: %s: %w", l.ID, a.Outcome, ErrFetch))
			continue
		}
		t, err := take(a.Body, folder, known{d.Catalog, d.Breaches}, now())
		if err == nil {
			out = append(out, t)
		} else if !errors.Is(err, ErrOlder) { // nothing newer is no mistake
			errs = append(errs, fmt.Errorf("%s: %w", l.ID, err))
		}
	}
	return out, errors.Join(errs...)
}

// take recognises a list by its content and stores what is good in it.
func take(raw []byte, folder string, have known, now time.Time) (Taken, error) {
	raw = bytes.TrimPrefix(raw, []byte("\xef\xbb\xbf"))
	var list []json.RawMessage
	if json.Unmarshal(raw, &list) == nil && len(list) > 0 {
		if bytes.HasPrefix(bytes.TrimSpace(list[0]), []byte("[")) {
			records, skipped := twoFA3(list)
			return store(Lists()[0], records, skipped, folder, have, now)
		}
		if bytes.Contains(list[0], []byte(`"BreachDate"`)) {
			return takeBreaches(raw, folder, have, now)
		}
	}
	var object map[string]json.RawMessage
	if json.Unmarshal(raw, &object) != nil {
		return Taken{}, ErrUnknown
	}
	return takeByDomain(object, folder, have, now)
}

func takeBreaches(raw []byte, folder string, have known, now time.Time) (Taken, error) {
	t := Taken{List: Lists()[2]}
	list, skipped, err := breach.ReadHIBP(raw, now)
	if err != nil {
		return t, ErrDamaged
	}
	t.Records, t.Skipped = len(list), skipped
	if len(list) < have.breaches.Len()/2 {
		return t, ErrShrunk
	}
	newest := time.Time{}
	for _, b := range list {
		if b.Added.After(newest) {
			newest = b.Added
		}
	}
	if day := newest.Truncate(24 * time.Hour); !day.After(have.breaches.Newest()) {
		return t, ErrOlder
	}
	var b bytes.Buffer
	if err := breach.EncodeCatalogue(&b, list); err != nil {
		return t, errors.Join(ErrDamaged, err)
	}
	if err := write(filepath.Join(folder, listFile(t.List)), b.Bytes()); err != nil {
		return t, errors.Join(ErrSave, err)
	}
	return t, nil
}

// record is one record of the lists of 2fa.directory, in any of their versions
// (https://2fa.directory/api, https://passkeys.2fa.directory/api).
type record struct {
	Domain       string   `json:"domain"`
	Additional   []string `json:"additional-domains"`
	TFA          []string `json:"tfa"`     // version 3
	Methods      []string `json:"methods"` // version 4
	Passwordless string   `json:"passwordless"`
	MFA          string   `json:"mfa"`
	Doc          string   `json:"documentation"`
	Recovery     string   `json:"recovery"`
}

// twoFA3 reads [name, record] pairs.
func twoFA3(list []json.RawMessage) (out []catalog.Fresh, skipped []breach.Skipped) {
	for i, raw := range list {
		var pair []json.RawMessage
		var name string
		var r record
		err := json.Unmarshal(raw, &pair)
		if err == nil && len(pair) != 2 {
			err = errors.New("no pair of name and record")
		}
		if err == nil {
			err = errors.Join(json.Unmarshal(pair[0], &name), json.Unmarshal(pair[1], &r))
		}
		f, bad := catalog.Fresh{}, errors.New("not a record")
		if err == nil {
			f, bad = r.fresh(name, r.TFA, true)
		}
		if bad != nil {
			skipped = append(skipped, breach.Skipped{Record: label(name, r.Domain, i), Reason: bad.Error()})
			continue
		}
		out = append(out, f)
	}
	return out, skipped
}

// takeByDomain reads records under their domain: 2FA version 4, or passkeys.
func takeByDomain(object map[string]json.RawMessage, folder string, have known, now time.Time) (Taken, error) {
	var out []catalog.Fresh
	var skipped []breach.Skipped
	passkeys, twoFA := 0, 0
	for i, domain := range slices.Sorted(maps.Keys(object)) {
		var r record
		if err := json.Unmarshal(object[domain], &r); err != nil {
			skipped = append(skipped, breach.Skipped{Record: label(domain, "", i), Reason: "not a record"})
			continue
		}
		r.Domain = domain
		if r.Methods != nil {
			twoFA++
		} else if r.Passwordless != "" || r.MFA != "" {
			passkeys++
		}
		f, err := r.fresh("", r.Methods, r.Methods != nil)
		if err != nil {
			skipped = append(skipped, breach.Skipped{Record: label(domain, "", i), Reason: err.Error()})
			continue
		}
		out = append(out, f)
	}
	if passkeys == 0 && twoFA == 0 {
		return Taken{}, ErrUnknown
	}
	l := Lists()[0]
	if passkeys > twoFA {
		l = Lists()[1]
	}
	return store(l, out, skipped, folder, have, now)
}

func label(name, domain string, at int) string {
	for _, s := range []string{name, domain} {
		if s = breach.Plain(s); s != "" {
			return s
		}
	}
	return fmt.Sprintf("record %d", at+1)
}

// fresh checks one record.
func (r record) fresh(name string, methods []string, known bool) (catalog.Fresh, error) {
	f := catalog.Fresh{Domain: host(r.Domain), Name: breach.Plain(strings.TrimSpace(name)), MethodsKnown: known}
	if f.Domain == "" {
		return f, errors.New("no usable domain")
	}
	for _, d := range r.Additional {
		if d = host(d); d != "" && d != f.Domain {
			f.Domains = append(f.Domains, d)
		}
	}
	for _, m := range methods {
		if !slices.Contains(catalog.FreshMethods(), m) {
			return f, errors.New("a method nobody knows")
		}
		if !slices.Contains(f.Methods, m) {
			f.Methods = append(f.Methods, m)
		}
	}
	for to, v := range map[*string]string{&f.Passwordless: r.Passwordless, &f.MFA: r.MFA} {
		if v != "" && v != "allowed" && v != "required" {
			return f, errors.New("a passkey state nobody knows")
		}
		*to = v
	}
	for to, v := range map[*string]string{&f.Documentation: r.Doc, &f.Recovery: r.Recovery} {
		if u, err := url.Parse(v); err == nil && u.Scheme == "https" && u.Host != "" && len(v) < 2000 {
			*to = v // a page that is not https is no reason to lose the rest
		}
	}
	return f, nil
}

// host gives a domain in its plain form, or "" where it is none.
func host(d string) string {
	d = strings.TrimSuffix(strings.ToLower(strings.TrimSpace(d)), ".")
	if ascii, err := idna.Lookup.ToASCII(d); err == nil && catalog.IsSite(ascii) {
		return ascii
	}
	return ""
}

func store(
	l List, records []catalog.Fresh, skipped []breach.Skipped, folder string, have known, now time.Time,
) (Taken, error) {
	t := Taken{List: l, Records: len(records), Skipped: skipped, Withheld: have.catalog.Withhold(records)}
	before := 0
	for i := range have.catalog.Len() {
		if slices.ContainsFunc(have.catalog.At(i).Sources, func(s catalog.SourceRef) bool { return s.Title == l.Set }) {
			before++
		}
	}
	if len(records) < before/2 {
		return t, ErrShrunk
	}
	b, err := json.Marshal(fresh{now.UTC().Truncate(24 * time.Hour), records})
	if err == nil {
		err = write(filepath.Join(folder, listFile(l)), b)
	}
	if err != nil {
		return t, errors.Join(ErrSave, err)
	}
	return t, nil
}

func listFile(l List) string { return l.ID + ".unlisted" }
