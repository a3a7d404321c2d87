package update_test

import (
	"archive/zip"
	"bytes"
	"context"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"unlisted/assets"
	"unlisted/checks/outbound"
	"unlisted/checks/text"
	"unlisted/checks/update"
)

// part is one file of a set made by hand.
type part struct {
	name string
	data []byte
}

// zipped is a zip of these parts, whatever they are.
func zipped(t *testing.T, parts ...part) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, p := range parts {
		f, err := w.Create(p.name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.Write(p.data); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// signed is a set made by hand, after the description of its format, with a
// manifest of one's own making.
func signed(t *testing.T, key ed25519.PrivateKey, manifest any, parts ...part) []byte {
	t.Helper()
	text, ok := manifest.([]byte)
	if !ok {
		var err error
		if text, err = json.Marshal(manifest); err != nil {
			t.Fatal(err)
		}
	}
	return zipped(t, append(slices.Clone(parts), part{"manifest.json", text}, part{"manifest.sig", ed25519.Sign(key, text)})...)
}

// parts are the files of a small set, and what its manifest says of them.
func parts() (out []part, sums map[string]string) {
	sums = map[string]string{}
	for name, f := range small() {
		sum := sha256.Sum256(f.Data)
		sums[name] = hex.EncodeToString(sum[:])
		out = append(out, part{name, f.Data})
	}
	return out, sums
}

// A set made by hand after the description of the format is taken, and each way
// in which it can lie about itself is refused, though the signature is good.
func TestSetsMadeByHand(t *testing.T) {
	pub, priv := keys(t)
	files, sums := parts()
	manifest := func(change func(map[string]any, map[string]string)) map[string]any {
		copied := map[string]string{}
		for k, v := range sums {
			copied[k] = v
		}
		m := map[string]any{"format": 1, "serial": 20270101, "created": "2027-01-01T10:00:00Z", "files": copied}
		if change != nil {
			change(m, copied)
		}
		return m
	}
	s, err := update.Verify(signed(t, priv, manifest(nil), files...), pub, 20270100)
	if err != nil || s.Serial != 20270101 || !s.Created.Equal(time.Date(2027, 1, 1, 10, 0, 0, 0, time.UTC)) {
		t.Fatalf("%+v, %v", s, err)
	}
	if b, err := fs.ReadFile(s.FS("guides"), "x.com.json"); err != nil || !bytes.Equal(b, small()["guides/x.com.json"].Data) {
		t.Errorf("the guide: %v", err)
	}
	zeros := strings.Repeat("0", 64)
	for name, c := range map[string]struct {
		set  []byte
		want error
	}{
		"a file that is missing":   {signed(t, priv, manifest(func(_ map[string]any, f map[string]string) { f["guides/y.com.json"] = zeros }), files...), update.ErrDamaged},
		"a file nobody signed":     {signed(t, priv, manifest(func(_ map[string]any, f map[string]string) { delete(f, "guides/x.com.json") }), files...), update.ErrDamaged},
		"one for another":          {signed(t, priv, manifest(func(_ map[string]any, f map[string]string) { f["guides/x.com.json"] = zeros }), files...), update.ErrDamaged},
		"another format":           {signed(t, priv, manifest(func(m map[string]any, _ map[string]string) { m["format"] = 2 }), files...), update.ErrDamaged},
		"no manifest to speak of":  {signed(t, priv, []byte("[]"), files...), update.ErrDamaged},
		"no newer":                 {signed(t, priv, manifest(func(m map[string]any, _ map[string]string) { m["serial"] = 20270100 }), files...), update.ErrOlder},
		"a file twice":             {signed(t, priv, manifest(nil), append(slices.Clone(files), part{"guides/x.com.json", small()["guides/x.com.json"].Data})...), update.ErrDamaged},
		"another folder":           {signed(t, priv, manifest(nil), append(slices.Clone(files), part{"text/en.json", nil})...), update.ErrDamaged},
		"no folder":                {signed(t, priv, manifest(nil), append(slices.Clone(files), part{"readme", nil})...), update.ErrDamaged},
		"a way out of it":          {signed(t, priv, manifest(nil), append(slices.Clone(files), part{"guides/../../x", nil})...), update.ErrDamaged},
		"a way that is not plain":  {signed(t, priv, manifest(nil), append(slices.Clone(files), part{"guides//x", nil})...), update.ErrDamaged},
		"from the root":            {signed(t, priv, manifest(nil), append(slices.Clone(files), part{"/guides/x", nil})...), update.ErrDamaged},
		"breaches that are broken": {sign(t, 20270101, priv, func(m fstest.MapFS) { m["breaches/breaches.tsv"].Data = []byte("?") }), update.ErrDamaged},
		"no manifest":              {zipped(t, files...), update.ErrDamaged},
	} {
		if _, err := update.Verify(c.set, pub, 20270100); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
	}
}

// A set may hold so many files and, unpacked, so many bytes, and not one more.
func TestSetBounds(t *testing.T) {
	pub, _ := keys(t)
	many := func(n int) []byte {
		list := []part{{"manifest.json", []byte("{}")}, {"manifest.sig", []byte("x")}}
		for i := range n - 2 {
			list = append(list, part{fmt.Sprint("guides/", i), nil})
		}
		return zipped(t, list...)
	}
	large := func(n int) []byte {
		return zipped(t, part{"manifest.json", []byte("{}")}, part{"manifest.sig", []byte("x")}, part{"guides/x", make([]byte, n-3)})
	}
	for name, c := range map[string]struct {
		set  []byte
		want error
	}{
		"5000 files": {many(5000), update.ErrSignature}, "5001 files": {many(5001), update.ErrDamaged},
		"64 MiB": {large(64 << 20), update.ErrSignature}, "64 MiB and a byte": {large(64<<20 + 1), update.ErrDamaged},
	} {
		if _, err := update.Verify(c.set, pub, 0); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
	}
	folder := t.TempDir()
	for size, want := range map[int64]error{64 << 20: update.ErrUnknown, 64<<20 + 1: update.ErrDamaged} {
		name := filepath.Join(folder, fmt.Sprint(size))
		if err := errors.Join(os.WriteFile(name, nil, 0o600), os.Truncate(name, size)); err != nil {
			t.Fatal(err)
		}
		if _, err := update.TakeFile(name, folder, embedded(t), now); !errors.Is(err, want) {
			t.Errorf("a file of %d bytes: %v, want %v", size, err, want)
		}
		if _, err := update.Install(name, folder, pub, 0); !errors.Is(err, update.ErrDamaged) {
			t.Errorf("a set of %d bytes: %v", size, err)
		}
	}
}

// Only a key of ed25519, as sign-data writes it, is a key.
func TestParseKey(t *testing.T) {
	pub, _ := keys(t)
	text := base64.StdEncoding.EncodeToString(pub)
	for _, good := range []string{text, " " + text + "\n"} {
		if got, err := update.ParseKey(good); err != nil || !got.Equal(pub) {
			t.Errorf("%q: %v", good, err)
		}
	}
	for _, bad := range []string{"", "?", base64.StdEncoding.EncodeToString(pub[:31]), base64.StdEncoding.EncodeToString(append(pub[:32:32], 0)), text[:len(text)-2]} {
		if got, err := update.ParseKey(bad); !errors.Is(err, update.ErrNoKey) || got != nil {
			t.Errorf("%q: %v", bad, err)
		}
	}
}

// The serial that is installed is that of a good set, and 0 of any other.
func TestInstalled(t *testing.T) {
	pub, priv := keys(t)
	other, _ := keys(t)
	folder := t.TempDir()
	if _, err := update.Install(file(t, sign(t, 7, priv, nil)), folder, pub, 0); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		folder string
		key    ed25519.PublicKey
		want   int64
	}{"there": {folder, pub, 7}, "another's": {folder, other, 0}, "no key": {folder, nil, 0}, "no folder": {"", pub, 0}, "empty": {t.TempDir(), pub, 0}} {
		if got := update.Installed(c.folder, c.key); got != c.want {
			t.Errorf("%s: %d, want %d", name, got, c.want)
		}
	}
	if _, err := update.Install(file(t, sign(t, 7, priv, nil)), folder, pub, 0); !errors.Is(err, update.ErrOlder) {
		t.Errorf("the same again: %v", err)
	}
	if _, err := update.Install(file(t, sign(t, 8, priv, nil)), folder, pub, 8); !errors.Is(err, update.ErrOlder) {
		t.Errorf("what is in use again: %v", err)
	}
	if err := os.Truncate(filepath.Join(folder, "data.unlisted"), 64<<20+1); err != nil || update.Installed(folder, pub) != 0 {
		t.Errorf("larger than any set: %d, %v", update.Installed(folder, pub), err)
	}
}

// What is good and cannot be stored is told, sets and lists alike.
func TestCannotBeStored(t *testing.T) {
	pub, priv := keys(t)
	d := embedded(t)
	blocked := filepath.Join(file(t, []byte("a file")), "folder")
	if _, err := update.Install(file(t, sign(t, 7, priv, nil)), blocked, pub, 0); !errors.Is(err, update.ErrSave) {
		t.Errorf("a set: %v", err)
	}
	for name, list := range map[string]string{"platforms": twoFA(d), "breaches": breaches(d, "2026-12-24")} {
		if _, err := take(t, blocked, list); !errors.Is(err, update.ErrSave) {
			t.Errorf("%s: %v", name, err)
		}
	}
	for _, none := range []string{filepath.Join(t.TempDir(), "gone"), t.TempDir()} {
		if _, err := update.TakeFile(none, t.TempDir(), d, now); !errors.Is(err, update.ErrDamaged) {
			t.Errorf("no file: %v", err)
		}
	}
}

// Equal input gives equal bytes; what is hidden stays at home; a folder that is
// missing is told.
func TestSign(t *testing.T) {
	pub, priv := keys(t)
	hidden := func(m fstest.MapFS) { m["guides/.draft.json"] = &fstest.MapFile{Data: []byte("?")} }
	a, b := sign(t, 9, priv, nil), sign(t, 9, priv, hidden)
	if !bytes.Equal(a, b) || bytes.Equal(a, sign(t, 10, priv, nil)) {
		t.Error("equal input gives other bytes, or a draft went along")
	}
	s, err := update.Verify(a, pub, 0)
	if err != nil || !s.Created.Equal(time.Date(2026, 11, 24, 0, 0, 0, 0, time.UTC)) {
		t.Errorf("%+v, %v", s, err)
	}
	var out bytes.Buffer
	if err := update.Sign(&out, fstest.MapFS{"catalog/a": {}}, 1, now, priv); err == nil {
		t.Error("half of the folders were signed")
	}
	if err := update.Sign(full{}, tree(t, nil), 1, now, priv); err == nil {
		t.Error("nothing was written, and nothing told")
	}
}

type full struct{}

func (full) Write([]byte) (int, error) { return 0, errors.New("no room") }

// Data that ships broken is told at the start, whatever of it is.
func TestShippedBroken(t *testing.T) {
	for _, broken := range []string{"keys/serial", "catalog/platforms.tsv", "breaches/breaches.tsv"} {
		sub := func(folder string) fs.FS {
			out := fstest.MapFS{}
			_ = fs.WalkDir(assets.Sub(folder), ".", func(name string, d fs.DirEntry, err error) error {
				if err == nil && !d.IsDir() {
					b, _ := fs.ReadFile(assets.Sub(folder), name)
					if folder+"/"+name == broken {
						b = []byte("?")
					}
					out[name] = &fstest.MapFile{Data: b}
				}
				return err
			})
			return out
		}
		if _, err := update.Load("", nil, sub); err == nil {
			t.Errorf("%s is broken, and nothing told", broken)
		}
	}
	if _, err := update.Load("", nil, func(string) fs.FS { return fstest.MapFS{} }); err == nil {
		t.Error("nothing ships, and nothing told")
	}
}

// known is how many platforms the list of two-factor methods has already.
func listed(d update.Data, set string) (out []string) {
	for i := range d.Catalog.Len() {
		p := d.Catalog.At(i)
		for _, s := range p.Sources {
			if s.Title == set {
				out = append(out, p.ID)
				break
			}
		}
	}
	return out
}

// A list may be half as long as what is known, and no shorter.
func TestHalfAList(t *testing.T) {
	d := embedded(t)
	have := listed(d, "2fa")
	half := len(have) / 2
	fresh := func(n int) string {
		var list []string
		for _, id := range have[:n] {
			list = append(list, fmt.Sprintf(`[%q,{"domain":%q,"tfa":["totp"]}]`, id, id))
		}
		return "[" + strings.Join(list, ",") + "]"
	}
	leaks := func(n int) string {
		var list []string
		for i := range n {
			list = append(list, fmt.Sprintf(`{"Name":"B%d","Title":"B","Domain":"b%d.example","BreachDate":"2020-01-01","AddedDate":"2026-12-%02dT00:00:00Z","PwnCount":5,"DataClasses":["Passwords"],"IsVerified":true}`, i, i, 24-i%2))
		}
		return "[" + strings.Join(list, ",") + "]"
	}
	for name, c := range map[string]struct {
		list string
		want error
	}{
		"half of the platforms": {fresh(half), nil}, "one less": {fresh(half - 1), update.ErrShrunk},
		"half of the breaches": {leaks(d.Breaches.Len() / 2), nil}, "one breach less": {leaks(d.Breaches.Len()/2 - 1), update.ErrShrunk},
	} {
		got, err := take(t, t.TempDir(), c.list)
		if !errors.Is(err, c.want) || c.want == nil && (len(got.Skipped) != 0 || got.Records != strings.Count(c.list, `omain":`)) {
			t.Errorf("%s: %d, %v, want %v", name, got.Records, err, c.want)
		}
	}
}

// Lists of version 4, records under their domain, are told from passkeys by what
// most of them say.
func TestListsByDomain(t *testing.T) {
	d := embedded(t)
	lists := map[string][]string{}
	for _, id := range listed(d, "2fa") {
		lists["list-2fa"] = append(lists["list-2fa"], fmt.Sprintf(`%q:{"methods":["totp","totp"]}`, id))
	}
	for _, id := range listed(d, "passkeys") {
		lists["list-passkeys"] = append(lists["list-passkeys"], fmt.Sprintf(`%q:{"mfa":"required"}`, id))
	}
	for want, list := range lists {
		more := append(list, `"brand-new-shop.com":{"methods":["totp","sms"],"additional-domains":["Other-Shop.com.","brand-new-shop.com","not a domain"]}`,
			`"odd-shop.com":{"mfa":"perhaps"}`, `"types.com":5`, `"../etc":{"methods":["sms"]}`)
		folder := t.TempDir()
		got, err := take(t, folder, "\xef\xbb\xbf{"+strings.Join(more, ",")+"}")
		if err != nil || got.List.ID != want || len(got.Skipped) != 3 || got.Records != len(list)+1 {
			t.Fatalf("%s: %s, %+v, %v", want, got.List.ID, got.Skipped, err)
		}
		c := loaded(t, folder).Catalog
		p, ok := c.ByID("brand-new-shop.com")
		if !ok || !slices.Contains(p.Domains, "other-shop.com") || len(p.Domains) != 2 || !slices.Equal(p.Methods, []string{"sms", "totp"}) && !slices.Equal(p.Methods, []string{"totp", "sms"}) {
			t.Errorf("%+v", p)
		}
		if day := p.Sources[0].Checked; !day.Equal(now.Truncate(24 * time.Hour)) {
			t.Errorf("taken on %s", day)
		}
	}
	if _, err := take(t, t.TempDir(), `{"a-shop.com":{"mfa":"allowed"},"b-shop.com":{"methods":["sms"]}}`); !errors.Is(err, update.ErrShrunk) {
		t.Errorf("as many of each: %v", err)
	}
}

// A record that cannot be taken is named by what it says of itself, or by its
// place; an address longer than any page's is left out.
func TestRecordsAreNamed(t *testing.T) {
	d := embedded(t)
	page := "https://long-page.com/" + strings.Repeat("x", 2000-1-len("https://long-page.com/"))
	folder := t.TempDir()
	have := listed(d, "2fa")
	got, err := take(t, folder, twoFA(d, `["",{"domain":"","tfa":["sms"]}]`, `["","no record"]`, `[1,{}]`, `["Named",{"tfa":[]}]`, `["",{"domain":"odd-method.com","tfa":["x"]}]`,
		`["Three",{"domain":"three.com"},1]`,
		fmt.Sprintf(`["Long",{"domain":"long-page.com","tfa":["totp"],"documentation":%q}]`, page),
		fmt.Sprintf(`["Longer",{"domain":"longer-page.com","tfa":["totp"],"documentation":%q}]`, strings.Replace(page, "long", "longer", 1))))
	var names []string
	for _, s := range got.Skipped {
		names = append(names, s.Record)
	}
	n := len(have)
	want := []string{fmt.Sprint("record ", n+1), fmt.Sprint("record ", n+2), fmt.Sprint("record ", n+3), "Named", "odd-method.com", fmt.Sprint("record ", n+6)}
	if err != nil || !slices.Equal(names, want) {
		t.Errorf("%q, want %q (%v)", names, want, err)
	}
	c := loaded(t, folder).Catalog
	long, _ := c.ByID("long-page.com")
	longer, ok := c.ByID("longer-page.com")
	if long.TwoFactorDoc != page || !ok || longer.TwoFactorDoc != "" {
		t.Errorf("%d and %d characters are linked", len(long.TwoFactorDoc), len(longer.TwoFactorDoc))
	}
}

// Fetching shows how far it is, ends when it is stopped, and does not call "no
// news" an error; a list that is none is told with its name.
func TestFetchEnds(t *testing.T) {
	d := embedded(t)
	ctx, cancel := context.WithCancel(t.Context())
	stop := false
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		switch {
		case strings.Contains(r.URL.Path, "v3/breaches"):
			_, _ = w.Write([]byte(breaches(d, d.Breaches.Newest().Format(time.DateOnly))))
		case strings.Contains(r.URL.Path, "passkeys"):
			if stop {
				cancel()
			}
			_, _ = w.Write([]byte(`[]`))
		default:
			_, _ = w.Write([]byte(twoFA(d)))
		}
	}))
	defer server.Close()
	client, err := outbound.New(outbound.Config{Base: server.URL, Now: time.Now, Ledger: &outbound.Memory{}})
	if err != nil {
		t.Fatal(err)
	}
	fetch := func() (taken []update.Taken, steps []int, err error) {
		taken, err = update.Fetch(ctx, client, outbound.Yes(update.Purposes()...), t.TempDir(), d, time.Now, func(done, all int) { steps = append(steps, done, all) })
		return taken, steps, err
	}
	taken, steps, err := fetch()
	if len(taken) != 1 || taken[0].List.ID != "list-2fa" || !slices.Equal(steps, []int{0, 3, 1, 3, 2, 3}) {
		t.Errorf("%d taken, steps %v", len(taken), steps)
	}
	if !errors.Is(err, update.ErrUnknown) || errors.Is(err, update.ErrOlder) || !strings.Contains(fmt.Sprint(err), "list-passkeys") {
		t.Errorf("told %v", err)
	}
	stop = true
	if taken, _, err := fetch(); !errors.Is(err, context.Canceled) || len(taken) != 1 {
		t.Errorf("stopped: %d taken, %v", len(taken), err)
	}
}

// Every list is asked of the host of its own address, and every reason has a
// sentence of its own.
func TestListsAndReasons(t *testing.T) {
	hosts := map[string]string{"list-2fa": "api.2fa.directory", "list-passkeys": "passkeys-api.2fa.directory", "list-breaches": "haveibeenpwned.com"}
	for _, l := range update.Lists() {
		if l.Host() != hosts[l.ID] {
			t.Errorf("%s is of %q", l.ID, l.Host())
		}
	}
	if (update.List{Address: "%"}).Host() != "" || len(update.Purposes()) != len(hosts) {
		t.Errorf("purposes %q", update.Purposes())
	}
	seen := map[string]bool{}
	for _, e := range []*text.Error{
		update.ErrNoKey, update.ErrDamaged, update.ErrSignature, update.ErrOlder, update.ErrSave, update.ErrUnknown, update.ErrShrunk, update.ErrFetch,
	} {
		if key, _ := e.Explain(); !strings.HasPrefix(key, "error.update.") || seen[key] || !strings.Contains(e.Error(), strings.TrimPrefix(key, "error.update.")) {
			t.Errorf("%q", key)
		} else {
			seen[key] = true
		}
	}
}
