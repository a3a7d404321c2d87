package authenticator_test

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"unlisted/checks/evidence"
	"unlisted/checks/evidence/authenticator"
	. "unlisted/checks/evidence/evidencetest"
)

// samples is one file of each form.
func samples(t testing.TB) map[string]string {
	return map[string]string{
		"list.txt":  "otpauth://totp/Shop:pat?secret=" + seed + "&issuer=Shop\n" + transfer(message(1, 0, 1, account("Hello!", "Shop:pat", ""))),
		"aegis":     `{"version":1,"header":{"slots":null,"params":null},"db":{"version":2,"entries":[{"type":"totp","name":"pat","issuer":"Shop","info":{"secret":"` + seed + `"}},{"type":"totp","name":"pat","issuer":"Boat"}]}}`,
		"aegis 2":   aegisFile(t, 1024),
		"2fas":      `{"services":[{"name":"Shop","secret":"` + seed + `","otp":{"account":"pat"}},{"name":"Boat","otp":{}}],"schemaVersion":4}`,
		"2fas 2":    twoFASFile(t),
		"ente":      enteFile,
		"proton":    `{"version":1,"entries":[{"content":{"uri":"otpauth://totp/Shop:pat?secret=` + seed + `","entry_type":"Totp","name":"pat"}}]}`,
		"proton 2":  protonFile(t),
		"lastpass":  `{"accounts":[{"issuerName":"Shop","userName":"pat","secret":"` + seed + `","timeStep":30}]}`,
		"freeotp+":  `{"tokenOrder":[],"tokens":[{"issuerExt":"Shop","label":"pat","secret":[1,2]}]}`,
		"freeotp":   unbase64(t, javaMap),
		"stratum":   stratumPlain,
		"raivo":     `[{"issuer":"Shop","account":"pat","secret":"` + seed + `","kind":"TOTP","timer":"30"}]`,
		"andotp":    `[{"secret":"` + seed + `","issuer":"Shop","label":"pat","digits":6,"type":"TOTP"}]`,
		"bitwarden": `{"encrypted":false,"items":[{"name":"Shop","login":{"totp":"` + seed + `","username":"pat"}}]}`,
		"csv":       "folder,favorite,type,name,login_uri,login_totp\n,,1,Shop,,otpauth://totp/Shop:pat?secret=" + seed + ",Shop,30,6\n",
		"old":       stratumOldFile(t),
		"otp.aes":   andOTPFile(t),
		"code.png":  asPNG(t, code(t, "otpauth://totp/Shop:pat?secret="+seed, 200)),
		"code.jpg":  asJPEG(t, code(t, "otpauth://totp/Shop:pat?secret="+seed, 200)),
	}
}

// collect is a sink of a test, without the safety net of a scan; what these
// importers do not use it lacks.
type collect struct {
	evidence.Sink
	findings []evidence.Finding
	unlock   []evidence.Unlock
	items    int
}

func (c *collect) Finding(f evidence.Finding)   { c.findings = append(c.findings, f) }
func (c *collect) Problem(evidence.Problem)     {}
func (c *collect) Item()                        { c.items++ }
func (c *collect) Skip(evidence.Reason, string) {}
func (c *collect) Advance(int64)                {}
func (c *collect) Unlock() []evidence.Unlock    { return c.unlock }

// tryAll lets every importer look at a file and read it, its own or not, if it
// is small: none may panic.
func tryAll(ctx context.Context, name, content string) (claimed int) {
	head := content[:min(len(content), 64<<10)]
	in := evidence.Input{Label: name, Name: name, FS: fstest.MapFS{name: {Data: []byte(content)}}, Size: int64(len(content)), Head: []byte(head)}
	for _, imp := range authenticator.Importers() {
		mine := imp.Recognise(ctx, in) > evidence.No
		if mine {
			claimed++
		}
		if mine || len(content) < 1<<20 {
			_ = imp.Read(ctx, in, &collect{})
		}
	}
	return claimed
}

// Every sample is claimed by one importer, cut off anywhere it is no panic, and
// what is left is never a secret.
func TestCutOff(t *testing.T) {
	dir := t.TempDir()
	var paths []string
	for name, content := range samples(t) {
		if n := tryAll(t.Context(), name, content); n != 1 {
			t.Errorf("%s: claimed %d times", name, n)
		}
		for i := range 12 {
			cut := content[:len(content)*i/12]
			tryAll(t.Context(), name, cut)
			p := filepath.Join(dir, strings.Repeat("x", i)+name)
			if err := os.WriteFile(p, []byte(cut), 0o600); err != nil {
				t.Fatal(err)
			}
			paths = append(paths, p)
		}
	}
	scan(t, nil, paths...)
}

// What stood before the damage is kept, and said to be damaged.
func TestKeptBeforeDamage(t *testing.T) {
	for name, c := range map[string]struct{ file, want string }{
		"aegis":  {`{"header":{"slots":null,"params":null},"db":{"entries":[{"name":"pat","issuer":"Shop"},{"name":"p`, "Shop totp-on likely pat"},
		"2fas":   {`{"schemaVersion":4,"services":[{"name":"Shop","otp":{"account":"pat"}},`, "Shop totp-on likely pat"},
		"raivo":  {`[{"issuer":"Shop","account":"pat","kind":"TOTP","timer":"30"},{"iss`, "Shop totp-on likely pat"},
		"java":   {unbase64(t, javaMap)[:len(unbase64(t, javaMap))-1], shop[1]},
		"a line": {"otpauth://totp/Shop:pat?secret=X\notpauth://totp/" + strings.Repeat("x", 2<<20), "Shop totp-on likely pat"},
	} {
		r := read(t, name, c.file)
		if got := Lines(r); len(got) == 0 || got[len(got)-1] != c.want {
			t.Errorf("%s: %q", name, got)
		}
		Equal(t, Problems(r), []string{"damaged"})
	}
}

// Bytes at random, alone and inside real files, are no panic.
func TestRandomBytes(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	noise := func(n int) string {
		b := make([]byte, n)
		for i := range b {
			b[i] = byte(r.Uint32())
		}
		return string(b)
	}
	for name, content := range samples(t) {
		for range 20 {
			b := []byte(content)
			for range 1 + r.IntN(8) {
				b[r.IntN(len(b))] = byte(r.Uint32())
			}
			tryAll(t.Context(), name, string(b))
		}
	}
	for _, start := range []string{"", "{", "[", "otpauth://", "otpauth-migration://offline?data=", "\x89PNG\r\n\x1a\n", "\xff\xd8\xff", "AUTHENTICATORPRO", "AuthenticatorPro", unbase64(t, javaMap)[:90]} {
		for range 20 {
			tryAll(t.Context(), "noise.png", start+noise(500))
		}
	}
}

// Brackets without end, values without end and lists without end are read to
// no harm.
func TestDeepAndLong(t *testing.T) {
	deep := strings.Repeat("[", 200_000)
	for name, content := range map[string]string{
		"deep":       deep,
		"deep db":    `{"header":{"slots":null,"params":null},"db":{"entries":[` + deep,
		"deep entry": `{"header":{"slots":null,"params":null},"x":` + deep + `,"db":{"entries":[]}}`,
		"objects":    `{"tokens":` + strings.Repeat(`{"tokens":`, 100_000),
		"long":       `{"services":[],"servicesEncrypted":"` + strings.Repeat("A", 40<<20),
		"keys":       "{" + strings.Repeat(`"a":1,`, 20_000),
		"java":       unbase64(t, javaMap)[:104] + "|\xff\xff\xff\xff\xff\xff\xff\xff",
		"empties":    transfer(bytes.Repeat([]byte{0x0a, 0}, 200_000)),
	} {
		tryAll(t.Context(), name, content)
	}
	var b strings.Builder
	b.WriteString(`{"header":{"slots":null,"params":null},"db":{"entries":[`)
	for range 3500 {
		b.WriteString(`{"name":"pat","issuer":"Shop","icon":"` + strings.Repeat("A", 10_000) + `"},`)
	}
	b.WriteString(`{}]}}`)
	r := read(t, "many.json", b.String())
	Equal(t, Lines(r), []string{"Shop totp-on likely pat x3500"})
	Equal(t, Problems(r), []string{})
}

// A stop is heard.
func TestCancel(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for name, content := range samples(t) {
		in := evidence.Input{Label: name, Name: name, FS: fstest.MapFS{name: {Data: []byte(content)}}, Size: int64(len(content)), Head: []byte(content)}
		for _, imp := range authenticator.Importers() {
			if imp.Recognise(t.Context(), in) == evidence.No {
				continue
			}
			out := &collect{unlock: []evidence.Unlock{{Passphrase: passphrase}}}
			if err := imp.Read(ctx, in, out); !errors.Is(err, context.Canceled) {
				t.Errorf("%s: %v", name, err)
			}
			if len(out.findings) > 0 {
				t.Errorf("%s: read on", name)
			}
		}
	}
}

// broken is a file that cannot be opened.
type broken struct{}

// Open implements fs.FS.
func (broken) Open(string) (fs.File, error) { return nil, fs.ErrPermission }

// A file that cannot be opened is an error, not a crash.
func TestUnreadable(t *testing.T) {
	for name, content := range samples(t) {
		in := evidence.Input{Label: name, Name: name, FS: broken{}, Head: []byte(content)}
		for _, imp := range authenticator.Importers() {
			if err := imp.Read(t.Context(), in, &collect{}); !errors.Is(err, fs.ErrPermission) {
				t.Errorf("%s: %v", name, err)
			}
		}
	}
}
