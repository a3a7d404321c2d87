package authenticator_test

import (
	"encoding/base64"
	"fmt"
	"net/url"
	"strings"
	"testing"

	"google.golang.org/protobuf/encoding/protowire"

	. "unlisted/checks/evidence/evidencetest"
)

// account is an account of a transfer message.
func account(secret, name, issuer string) []byte {
	var b []byte
	for i, s := range []string{secret, name, issuer} {
		b = protowire.AppendTag(b, protowire.Number(i+1), protowire.BytesType)
		b = protowire.AppendString(b, s)
	}
	for i, v := range []uint64{1, 1, 2} {
		b = protowire.AppendTag(b, protowire.Number(i+4), protowire.VarintType)
		b = protowire.AppendVarint(b, v)
	}
	return b
}

// message is a transfer message: part index of size of a batch.
func message(size, index, batch int, accounts ...[]byte) []byte {
	var b []byte
	for _, a := range accounts {
		b = protowire.AppendTag(b, 1, protowire.BytesType)
		b = protowire.AppendBytes(b, a)
	}
	for i, v := range []int{1, size, index, batch} {
		b = protowire.AppendTag(b, protowire.Number(i+2), protowire.VarintType)
		b = protowire.AppendVarint(b, uint64(int64(v)))
	}
	return b
}

func transfer(m []byte) string {
	return "otpauth-migration://offline?data=" + url.QueryEscape(base64.StdEncoding.EncodeToString(m))
}

// However the data was written down, it is read.
func TestMigrationSpellings(t *testing.T) {
	// The first bytes of the secret make "+" and "/" appear in the base64.
	m := message(1, 0, -5, account("ab\xfb\xef\xbe\xff\xff\xffHello!", "Shop:pat@mail.example", "Shop"))
	plain := base64.StdEncoding.EncodeToString(m)
	if !strings.Contains(plain, "+") || !strings.Contains(plain, "/") || !strings.HasSuffix(plain, "=") {
		t.Fatalf("the sample lacks what it is for: %s", plain)
	}
	for name, data := range map[string]string{
		"escaped":          url.QueryEscape(plain),
		"raw":              plain,
		"plus as a space":  strings.ReplaceAll(plain, "+", " "),
		"URL-safe":         base64.URLEncoding.EncodeToString(m),
		"URL-safe, no pad": base64.RawURLEncoding.EncodeToString(m),
		"no padding":       strings.TrimRight(plain, "="),
		"and more":         url.QueryEscape(plain) + "&utm=1",
	} {
		r := read(t, "codes.txt", "otpauth-migration://offline?data="+data+"\n")
		if got := Lines(r); len(got) != 2 || got[0] != shop[0] || got[1] != shop[1] {
			t.Errorf("%s: %q", name, got)
		}
		if len(Problems(r)) > 0 {
			t.Errorf("%s: %q", name, Problems(r))
		}
	}
}

// Names in other scripts, issuers that are only in the name, no issuer at all.
func TestMigrationNames(t *testing.T) {
	r := read(t, "codes.txt", transfer(message(1, 0, 1,
		account("Hello!", "zoë@mail.example", "Café"), account("Hello!", "東京:花子", ""), account("Hello!", "Boat:pat", "Ship"),
		account("Hello!", "Dropbox", ""), account("Hello!", "bad\xff:pat", ""))))
	Equal(t, Lines(r), []string{
		"Café holds-email likely zoë@mail.example sign-in", "Café totp-on likely zoë@mail.example",
		"Dropbox totp-on possible", "Ship totp-on likely pat", "bad� totp-on likely pat", "東京 totp-on likely 花子",
	})
}

// Several codes make one batch; the missing ones are named.
func TestBatches(t *testing.T) {
	part := func(size, index, batch int) string {
		return transfer(message(size, index, batch, account("Hello!", fmt.Sprintf("Shop%d:pat", index), "")))
	}
	r := read(t, "codes.txt", part(2, 1, 77))
	Equal(t, Lines(r), []string{"Shop1 totp-on likely pat"})
	Equal(t, Problems(r), []string{"batch_incomplete"})
	if a := r.Sources[0].Problems[0].Args; a["missing"] != "1" || a["total"] != 2 {
		t.Errorf("%v", a)
	}
	r = read(t, "codes.txt", part(2, 1, 77)+"\n"+part(2, 0, 77)+"\n"+part(4, 2, -1)+"\n"+part(1, 0, 5))
	Equal(t, Problems(r), []string{"batch_incomplete"})
	if a := r.Sources[0].Problems[0].Args; a["missing"] != "1, 2, 4" || a["total"] != 4 {
		t.Errorf("%v", a)
	}
	r = read(t, "codes.txt", part(2, 1, 77)+"\n"+part(2, 0, 77)+"\n")
	Equal(t, Problems(r), []string{})
	for _, odd := range []string{part(1<<30, 0, 1), part(-2, 0, 1), part(2, -1, 1), part(2, 9, 1)} {
		Equal(t, Problems(read(t, "codes.txt", odd)), []string{})
	}
}

// What was before the damage is kept.
func TestMigrationDamage(t *testing.T) {
	good := message(1, 0, 1, account("Hello!", "Shop:pat", "Shop"))
	r := read(t, "codes.txt", transfer(append(good, 0x0a, 0xff, 0xff, 0xff, 0xff, 0x7f))+"\n"+transfer(message(1, 0, 1, account("Hello!", "Boat:pat", ""))))
	Equal(t, Lines(r), []string{"Boat totp-on likely pat", "Shop totp-on likely pat"})
	Equal(t, Problems(r), []string{"damaged"})
	for _, bad := range []string{"data=", "", "data=*", "data=" + base64.StdEncoding.EncodeToString([]byte{0x0a}), "data=%%%"} {
		r := read(t, "codes.txt", "otpauth-migration://offline?"+bad)
		Equal(t, Lines(r), []string{})
	}
}
