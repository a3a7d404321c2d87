package authenticator_test

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/pbkdf2"
	"crypto/sha1"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"testing"

	"golang.org/x/crypto/argon2"
	"golang.org/x/crypto/scrypt"

	. "unlisted/checks/evidence/evidencetest"
)

// enteFile was written by libsodium 1.0.18 itself, for the passphrase.
const enteFile = `{"version":1,"kdfParams":{"memLimit":65536,"opsLimit":3,"salt":"MDEyMzQ1Njc4OWFiY2RlZg=="},"encryptedData":"` +
	"FxkbwrHZigNnDDDzweJ+C/3SNiST2Mqun74lK2AURJnh/6p0NogccBqY54+6Y84N05r8qZHoO4TqCchC13HjZD68H5tTRU3AKkp/EVaVbESYYnbocIUD2lSKKumpO9cukjKmSB/U8qJ3" +
	`vQm2AvSd9qvLa660OESpXOY9X+sifwXiEZQUjM7eanYi36lx1ITSvOw918hVWV/KU9KcfnK/8zlD4nKIdXTzZzxwblbUpdSSQA==","encryptionNonce":"p4tAKHv96dxVbWn3FHEVdwen8vguOBcl"}`

var (
	nonce = []byte("nonce-twelve")
	salt  = []byte("salt-of-16-bytes")
)

func gcm(t testing.TB, key []byte, plain, additional string) []byte {
	t.Helper()
	block, err := aes.NewCipher(key)
	if err != nil {
		t.Fatal(err)
	}
	g, err := cipher.NewGCM(block)
	if err != nil {
		t.Fatal(err)
	}
	return g.Seal(nil, nonce, []byte(plain), []byte(additional))
}

func pbkdf(t testing.TB, salt []byte, rounds int) []byte {
	t.Helper()
	key, err := pbkdf2.Key(sha1.New, passphrase, salt, rounds, 32)
	if err != nil {
		t.Fatal(err)
	}
	return key
}

func base(b []byte) string { return base64.StdEncoding.EncodeToString(b) }

// aegisFile is a vault with a fingerprint's slot and a password's slot.
func aegisFile(t testing.TB, n int64) string {
	t.Helper()
	master := bytes.Repeat([]byte{7}, 32)
	key, err := scrypt.Key([]byte(passphrase), salt, 1024, 8, 1, 32)
	if err != nil {
		t.Fatal(err)
	}
	split := func(b []byte) (string, string) {
		return hex.EncodeToString(b[:len(b)-16]), hex.EncodeToString(b[len(b)-16:])
	}
	sealedKey, keyTag := split(gcm(t, key, string(master), ""))
	db := gcm(t, master, `{"version":2,"entries":[{"type":"totp","name":"pat@mail.example","issuer":"Shop","info":{"secret":"`+seed+`"}}],"groups":[]}`, "")
	_, tag := split(db)
	return fmt.Sprintf(`{"version":1,"header":{"slots":[{"type":2,"key":"00","key_params":{"nonce":"00","tag":"00"}},
		{"type":1,"uuid":"u","key":"%s","key_params":{"nonce":"%x","tag":"%s"},"n":%d,"r":8,"p":1,"salt":"%x"}],"params":{"nonce":"%x","tag":"%s"}},"db":"%s"}`,
		sealedKey, nonce, keyTag, n, salt, nonce, tag, strings.ReplaceAll(base(db[:len(db)-16]), "/", `\/`))
}

func twoFASFile(t testing.TB) string {
	t.Helper()
	key, err := pbkdf2.Key(sha256.New, passphrase, salt, 10_000, 32)
	if err != nil {
		t.Fatal(err)
	}
	services := `[{"name":"Shop","secret":"` + seed + `","otp":{"account":"pat@mail.example","issuer":"Shop","tokenType":"TOTP"}}]`
	return `{"services":[],"groups":[],"schemaVersion":4,"appOrigin":"ios","servicesEncrypted":"` +
		base(gcm(t, key, services, "")) + ":" + base(salt) + ":" + base(nonce) + `","reference":"AA==:AA==:AA=="}`
}

func protonFile(t testing.TB) string {
	t.Helper()
	key := argon2.IDKey([]byte(passphrase), salt, 2, 19<<10, 1, 32)
	plain := `{"version":1,"entries":[{"id":"1","content":{"uri":"otpauth://totp/Shop:pat%40mail.example?secret=` + seed + `","entry_type":"Totp","name":"pat"}}]}`
	return `{"version":1,"salt":"` + base(salt) + `","content":"` + base(append(bytes.Clone(nonce), gcm(t, key, plain, "proton.authenticator.export.v1")...)) + `"}`
}

const stratumPlain = `{"Authenticators":[{"Type":2,"Issuer":"Shop","Username":"pat@mail.example","Secret":"` + seed + `"}]}`

func stratumFile(t testing.TB) string {
	t.Helper()
	key := argon2.IDKey([]byte(passphrase), salt, 3, 64<<10, 4, 32)
	return "AUTHENTICATORPRO" + string(salt) + string(nonce) + string(gcm(t, key, stratumPlain, ""))
}

func stratumOldFile(t testing.TB) string {
	t.Helper()
	salt, iv := []byte("salt-of-twenty-bytes"), []byte("iv-of-16-bytes--")
	block, err := aes.NewCipher(pbkdf(t, salt, 64_000))
	if err != nil {
		t.Fatal(err)
	}
	pad := 16 - len(stratumPlain)%16
	b := append([]byte(stratumPlain), bytes.Repeat([]byte{byte(pad)}, pad)...)
	cipher.NewCBCEncrypter(block, iv).CryptBlocks(b, b)
	return "AuthenticatorPro" + string(salt) + string(iv) + string(b)
}

func andOTPFile(t testing.TB) string {
	t.Helper()
	rounds := binary.BigEndian.AppendUint32(nil, 140_001)
	plain := `[{"secret":"` + seed + `","issuer":"Shop","label":"pat@mail.example","digits":6,"type":"TOTP"}]`
	return string(rounds) + string(nonce) + string(nonce) + string(gcm(t, pbkdf(t, nonce, 140_001), plain, ""))
}

// Encrypted backups open with the right password among several, and say what is
// missing without it.
func TestEncrypted(t *testing.T) {
	for name, c := range map[string]struct{ file, format string }{
		"aegis.json":        {aegisFile(t, 1024), "aegis"},
		"backup.2fas":       {twoFASFile(t), "2fas"},
		"ente.txt":          {enteFile, "ente-auth"},
		"proton.json":       {protonFile(t), "proton-authenticator"},
		"stratum.authpro":   {stratumFile(t), "stratum"},
		"old.authpro":       {stratumOldFile(t), "stratum"},
		"otp.json.aes":      {andOTPFile(t), "andotp"},
		"pretty aegis.json": {strings.ReplaceAll(aegisFile(t, 1024), ",", ",\n  "), "aegis"},
	} {
		t.Run(name, func(t *testing.T) {
			r := read(t, name, c.file, "wrong", "", passphrase)
			if format(r) != c.format {
				t.Errorf("read as %q", format(r))
			}
			Equal(t, Lines(r), shop)
			Equal(t, Problems(r), []string{})
			r = read(t, name, c.file)
			Equal(t, Lines(r), []string{})
			Equal(t, Problems(r), []string{"locked"})
			r = read(t, name, c.file, "wrong")
			Equal(t, Lines(r), []string{})
			Equal(t, Problems(r), []string{"wrong_password"})
			r = read(t, name, c.file[:len(c.file)-40], "wrong", passphrase)
			Equal(t, Lines(r), []string{})
			if p := Problems(r); len(p) != 1 || !slices.Contains([]string{"damaged", "wrong_password"}, p[0]) {
				t.Errorf("cut off: %q", p)
			}
		})
	}
}

// A vault without a password's slot, and vaults whose key would take the
// machine's memory or all day, are refused in words that name the app.
func TestRefused(t *testing.T) {
	aegis := aegisFile(t, 1024)
	for name, c := range map[string]struct{ file, want string }{
		"fingerprint only":   {strings.Replace(aegis, `"type":1`, `"type":2`, 1), "authenticator_encrypted"},
		"much memory":        {aegisFile(t, 1<<22), "authenticator_heavy"},
		"endless memory":     {aegisFile(t, 1<<62), "authenticator_heavy"},
		"a product too far":  {strings.Replace(aegis, `"r":8,"p":1`, `"r":4294967296,"p":4294967296`, 1), "authenticator_heavy"},
		"no memory":          {aegisFile(t, 0), "authenticator_heavy"},
		"negative memory":    {aegisFile(t, -8), "authenticator_heavy"},
		"ente, a GiB":        {strings.Replace(enteFile, `"memLimit":65536`, `"memLimit":1073741824`, 1), "authenticator_heavy"},
		"ente, many passes":  {strings.Replace(enteFile, `"opsLimit":3`, `"opsLimit":400000000`, 1), "authenticator_heavy"},
		"ente, no pass":      {strings.Replace(enteFile, `"opsLimit":3`, `"opsLimit":0`, 1), "authenticator_heavy"},
		"ente, no numbers":   {strings.Replace(enteFile, `"opsLimit":3`, `"opsLimit":"x"`, 1), "damaged"},
		"aegis, odd N":       {aegisFile(t, 1000), "wrong_password"},
		"aegis, no base64":   {strings.Replace(aegis, `"db":"`, `"db":"*`, 1), "damaged"},
		"2fas, no parts":     {`{"services":[],"servicesEncrypted":"AAAA"}`, "damaged"},
		"proton, too short":  {`{"version":1,"salt":"AAAA","content":"AAAA"}`, "damaged"},
		"stratum, too short": {"AUTHENTICATORPRO", "damaged"},
		"stratum, bare":      {"AUTHENTICATORPRO" + strings.Repeat("x", 36), "wrong_password"},
	} {
		r := read(t, "backup", c.file, passphrase)
		Equal(t, Lines(r), []string{})
		Equal(t, Problems(r), []string{c.want})
		for _, p := range r.Sources[0].Problems {
			if app, _ := p.Args["app"].(string); strings.HasPrefix(c.want, "authenticator") && app == "" {
				t.Errorf("%s: no app named", name)
			}
		}
	}
}

// Encrypting is not a mark: a file that is only called so is nobody's.
func TestAndOTPNeedsBoth(t *testing.T) {
	for name, file := range map[string]string{"otp.json": andOTPFile(t), "otp.aes": strings.Repeat("x", 100), "short.aes": "\x00\x02\x30\x00"} {
		want := "encrypted" // by its name
		if name == "otp.json" {
			want = "unknown"
		}
		Equal(t, Problems(read(t, name, file, passphrase)), []string{want})
	}
}
