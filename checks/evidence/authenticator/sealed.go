package authenticator

import (
	"bytes"
	"context"
	"crypto/aes"
	"crypto/cipher"
	"crypto/pbkdf2"
	"crypto/sha1"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"io"
	"path"
	"strings"

	"golang.org/x/crypto/argon2"

	"unlisted/checks/evidence"
)

const keySize = 32 // of every app's AES-256 or ChaCha20 key

type twoFASEntry struct {
	Name    string `json:"name"`
	Updated int64  `json:"updatedAt"`
	OTP     struct {
		Issuer  string `json:"issuer"`
		Account string `json:"account"`
		Label   string `json:"label"`
		Type    string `json:"tokenType"`
	} `json:"otp"`
}

// entry falls back to the entry's name: entries typed by hand have no issuer.
func (v twoFASEntry) entry() entry {
	return entry{
		issuer:  firstOf(v.OTP.Issuer, v.Name),
		account: firstOf(v.OTP.Account, v.OTP.Label),
		kind:    v.OTP.Type,
		used:    millis(v.Updated),
	}
}

// twoFASRounds is the work of 2FAS's key derivation, PBKDF2 with SHA-256.
const twoFASRounds = 10_000

func readTwoFAS(ctx context.Context, doc *evidence.Document, label string, out evidence.Sink) error {
	sealed := ""
	err := doc.Object(func(key string) error {
		switch key {
		case "services":
			return entries[twoFASEntry](doc, out)
		case "servicesEncrypted":
			t, err := doc.Token()
			if text, ok := t.(string); ok {
				sealed = text
			}
			return err
		}
		return doc.Skip()
	})
	if err != nil || sealed == "" {
		return err
	}
	// The parts are the data with its tag, the salt and the nonce.
	parts, err := decodeAll(strings.Split(sealed, ":"))
	if err != nil || len(parts) != 3 {
		return io.ErrUnexpectedEOF
	}
	plain, err := unlock(ctx, label, out, func(passphrase string) ([]byte, bool) {
		key, err := pbkdf2.Key(sha256.New, passphrase, parts[1], twoFASRounds, keySize)
		if err != nil {
			return nil, false
		}
		return openGCM(key, parts[2], parts[0], nil)
	})
	if err != nil {
		return err
	}
	return entries[twoFASEntry](evidence.NewDocument(ctx, bytes.NewReader(plain)), out)
}

// decodeAll decodes base64 in its usual alphabet.
func decodeAll(texts []string) (out [][]byte, err error) {
	for _, s := range texts {
		b, err := base64.StdEncoding.DecodeString(s)
		if err != nil {
			return nil, err
		}
		out = append(out, b)
	}
	return out, nil
}

// protonEntry is an entry of Proton Authenticator: a link, and a name where
// the link has none.
type protonEntry struct {
	Content struct {
		URI  link   `json:"uri"`
		Kind string `json:"entry_type"`
		Name string `json:"name"`
	} `json:"content"`
}

func (v protonEntry) entry() entry {
	e := v.Content.URI.entry
	e.account, e.kind = firstOf(e.account, v.Content.Name), firstOf(v.Content.Kind, e.kind)
	return e
}

// Proton derives its key with Argon2id by fixed numbers and binds the data to
// its purpose.
const (
	protonPasses  = 2
	protonMemory  = 19 << 10 // KiB
	protonPurpose = "proton.authenticator.export.v1"
	gcmNonce      = 12
)

func readProton(ctx context.Context, doc *evidence.Document, label string, out evidence.Sink) error {
	salt, content := "", ""
	err := doc.Object(func(key string) error {
		switch key {
		case "entries":
			return entries[protonEntry](doc, out)
		case "salt":
			return doc.Decode(&salt)
		case "content":
			return doc.Decode(&content)
		}
		return doc.Skip()
	})
	if err != nil || content == "" {
		return err
	}
	parts, err := decodeAll([]string{salt, content})
	if err != nil || len(parts[1]) < gcmNonce {
		return io.ErrUnexpectedEOF
	}
	plain, err := unlock(ctx, label, out, func(passphrase string) ([]byte, bool) {
		key := argon2.IDKey([]byte(passphrase), parts[0], protonPasses, protonMemory, 1, keySize)
		return openGCM(key, parts[1][:gcmNonce], parts[1][gcmNonce:], []byte(protonPurpose))
	})
	if err != nil {
		return err
	}
	return within[protonEntry](evidence.NewDocument(ctx, bytes.NewReader(plain)), "entries", out)
}

// enteSealed is Ente Auth's encrypted export; inside is a list of links.
// Source: docs/auth/migration/export.md of the app.
type enteSealed struct {
	KDF struct {
		Memory int64  `json:"memLimit"` // bytes
		Passes int64  `json:"opsLimit"`
		Salt   string `json:"salt"`
	}
	data, nonce string
}

// enteWork bounds passes times memory: what the app itself asks for.
const enteWork = 4 << 30

func readEnte(ctx context.Context, doc *evidence.Document, label string, out evidence.Sink) error {
	var v enteSealed
	err := doc.Object(func(key string) error {
		switch key {
		case "kdfParams":
			return doc.Decode(&v.KDF)
		case "encryptedData":
			return doc.Decode(&v.data)
		case "encryptionNonce":
			return doc.Decode(&v.nonce)
		}
		return doc.Skip()
	})
	if err != nil {
		return err
	}
	parts, err := decodeAll([]string{v.KDF.Salt, v.data, v.nonce})
	if err != nil {
		return io.ErrUnexpectedEOF
	}
	if !fitsMemory(maxMemory, v.KDF.Memory) || !fitsMemory(enteWork, v.KDF.Memory, v.KDF.Passes) {
		return heavyProblem(label, "Ente Auth")
	}
	plain, err := unlock(ctx, label, out, func(passphrase string) ([]byte, bool) {
		key := argon2.IDKey(
			[]byte(passphrase),
			parts[0],
			uint32(v.KDF.Passes),
			uint32(v.KDF.Memory>>10),
			1,
			keySize,
		)
		return openStream(key, parts[2], parts[1])
	})
	if err != nil {
		return err
	}
	var codes batches
	for line := range strings.Lines(string(plain)) {
		readLine(strings.Trim(strings.TrimSpace(line), `"`), label, &codes, out)
	}
	codes.report(label, out)
	return nil
}

// Stratum, formerly Authenticator Pro, writes a word, the salt, the nonce and
// the data. Source: doc/BACKUP_FORMAT.md of the app.
const (
	stratumMark   = "AUTHENTICATORPRO"
	stratumOld    = "AuthenticatorPro" // versions before 2022
	stratumPasses = 3
	stratumMemory = 64 << 10 // KiB
	stratumLanes  = 4
	stratumSalt   = 16
	oldRounds     = 64_000
	oldSalt       = 20
)

func fitsStratum(in evidence.Input) evidence.Certainty {
	if bytes.HasPrefix(in.Head, []byte(stratumMark)) || bytes.HasPrefix(in.Head, []byte(stratumOld)) {
		return evidence.Sure
	}
	return evidence.No
}

func readStratumSealed(ctx context.Context, b []byte, label string, out evidence.Sink) error {
	if len(b) < len(stratumMark)+oldSalt+aes.BlockSize {
		return io.ErrUnexpectedEOF
	}
	open, body := openStratum, b[len(stratumMark):]
	if bytes.HasPrefix(b, []byte(stratumOld)) {
		open = openStratumOld
	}
	plain, err := unlock(ctx, label, out, func(passphrase string) ([]byte, bool) { return open(passphrase, body) })
	if err != nil {
		return err
	}
	return within[stratumEntry](evidence.NewDocument(ctx, bytes.NewReader(plain)), "Authenticators", out)
}

func openStratum(passphrase string, b []byte) ([]byte, bool) {
	salt, b := b[:stratumSalt], b[stratumSalt:]
	key := argon2.IDKey([]byte(passphrase), salt, stratumPasses, stratumMemory, stratumLanes, keySize)
	return openGCM(key, b[:gcmNonce], b[gcmNonce:], nil)
}

// openStratumOld opens AES-CBC, which has no tag: that the end is well padded
// and an object opens says that the password fits.
func openStratumOld(passphrase string, b []byte) ([]byte, bool) {
	salt, iv, b := b[:oldSalt], b[oldSalt:oldSalt+aes.BlockSize], b[oldSalt+aes.BlockSize:]
	if len(b) == 0 || len(b)%aes.BlockSize != 0 {
		return nil, false
	}
	key, err := pbkdf2.Key(sha1.New, passphrase, salt, oldRounds, keySize)
	if err != nil {
		return nil, false
	}
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, false
	}
	plain := make([]byte, len(b))
	cipher.NewCBCDecrypter(block, iv).CryptBlocks(plain, b)
	pad := int(plain[len(plain)-1])
	if pad < 1 || pad > aes.BlockSize {
		return nil, false
	}
	plain = plain[:len(plain)-pad]
	return plain, bytes.HasPrefix(plain, []byte("{"))
}

// andOTP writes the rounds of its key derivation, picked at random in this
// range, the salt, the nonce and the data. Nothing marks the form, so the name
// has to say it too: .json.aes.
const (
	andOTPLeast = 140_000
	andOTPMost  = 160_000
	andOTPSalt  = 12
	andOTPHead  = 4 + andOTPSalt + gcmNonce
)

func fitsAndOTP(in evidence.Input) evidence.Certainty {
	if path.Ext(strings.ToLower(in.Name)) != ".aes" || len(in.Head) <= andOTPHead {
		return evidence.No
	}
	if n := binary.BigEndian.Uint32(in.Head); n < andOTPLeast || n > andOTPMost {
		return evidence.No
	}
	return evidence.Maybe
}

func readAndOTPSealed(ctx context.Context, b []byte, label string, out evidence.Sink) error {
	if len(b) <= andOTPHead {
		return io.ErrUnexpectedEOF
	}
	rounds := min(int(binary.BigEndian.Uint32(b)), andOTPMost)
	plain, err := unlock(ctx, label, out, func(passphrase string) ([]byte, bool) {
		key, err := pbkdf2.Key(sha1.New, passphrase, b[4:4+andOTPSalt], rounds, keySize)
		if err != nil {
			return nil, false
		}
		return openGCM(key, b[4+andOTPSalt:andOTPHead], b[andOTPHead:], nil)
	})
	if err != nil {
		return err
	}
	return entries[andOTPEntry](evidence.NewDocument(ctx, bytes.NewReader(plain)), out)
}
