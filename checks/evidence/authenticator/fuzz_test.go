package authenticator

import (
	"bytes"
	"context"
	"strings"
	"testing"

	"unlisted/checks/evidence"
)

// FuzzMigration looks for messages that crash the parser, or that bring the
// secret of an account, "SECRETSECRET", out in a label.
func FuzzMigration(f *testing.F) {
	for _, s := range []string{
		"\x0a\x20\x0a\x0cSECRETSECRET\x12\x08Shop:pat\x1a\x04Shop\x10\x01\x18\x01\x20\x00\x28\x05",
		"\x0a\xff\xff\xff\xff\xff\xff\xff\xff\x7f", "\x0a\x02\x0a\x05", "\x18\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01", "\x0b\x0b\x0b", "\x0d\x00", "",
		strings.Repeat("\x0a\x00", 50),
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		before := bytes.Clone(b)
		n := 0
		p, err := parseMigration(b, func(e entry) {
			n++
			if len(e.issuer)+len(e.account) > 2*len(b) {
				t.Errorf("labels longer than the message")
			}
		})
		if n > len(b)/2 {
			t.Errorf("%d accounts out of %d bytes", n, len(b))
		}
		if err == nil {
			var parts batches
			parts.add(p)
			if len(parts.order) > 0 && len(parts.parts[p.batch]) > maxParts {
				t.Errorf("a batch of %d", len(parts.parts[p.batch]))
			}
		}
		if !bytes.Equal(b, before) {
			t.Errorf("the message was changed")
		}
	})
}

// FuzzURI looks for links that crash the parser or bring their secret out.
func FuzzURI(f *testing.F) {
	for _, s := range []string{"totp/Shop:pat?secret=X&issuer=Shop", "totp/Shop%3Apat", "?", "/", "totp/%", "totp/a?codeDisplay=%7B"} {
		f.Add(s)
	}
	const secret = "JBSWY3DPEHPK3PXP" // too long for a label to come to by chance
	f.Fuzz(func(t *testing.T, s string) {
		e, ok := parseURI(uriScheme + s + "&secret=" + secret)
		if !ok {
			return
		}
		for _, label := range []string{tidy(e.issuer), tidy(e.account)} {
			if strings.Contains(label, secret) {
				t.Errorf("%q gives %q", s, label)
			}
		}
	})
}

// FuzzOutline looks for heads that crash the search for keys.
func FuzzOutline(f *testing.F) {
	for _, s := range []string{`{"a":[{"b":1}]}`, `[[[[[[`, `{"a"`, `{"a":{"b":{"c":{"d":{"e":{}}}}}}`, `[1,"a",null,true]`} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if o := outlineOf(s); len(o) > outlineKeys {
			t.Errorf("%d keys", len(o))
		}
		doc := evidence.NewDocument(context.Background(), strings.NewReader(s))
		_ = doc.Object(func(string) error { return doc.Skip() })
	})
}
