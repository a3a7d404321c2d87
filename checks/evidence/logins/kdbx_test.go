package logins_test

import (
	"bytes"
	"encoding/binary"
	"strings"
	"testing"
	"time"

	"github.com/tobischo/gokeepasslib/v3"

	"unlisted/checks/evidence"
	. "unlisted/checks/evidence/evidencetest"
)

// Every version, cipher and way to derive a key that programs write, opened
// with what belongs to it and with nothing else.
func TestDatabases(t *testing.T) {
	cipher := func(id []byte, iv int) func(*gokeepasslib.Database) {
		return func(db *gokeepasslib.Database) {
			db.Header.FileHeaders.CipherID, db.Header.FileHeaders.EncryptionIV = id, make([]byte, iv)
		}
	}
	plain := func(db *gokeepasslib.Database) {
		db.Header.FileHeaders.CompressionFlags = gokeepasslib.NoCompressionFlag
	}
	aesKDF := func(db *gokeepasslib.Database) {
		db.Header.FileHeaders.KdfParameters.UUID, db.Header.FileHeaders.KdfParameters.Rounds = gokeepasslib.KdfAES4, 1000
	}
	for name, c := range map[string]struct {
		version int
		change  func(*gokeepasslib.Database)
	}{
		"3.1": {3, nil}, "4": {4, nil}, "3.1 Twofish": {3, cipher(gokeepasslib.CipherTwoFish, 16)}, "4 AES": {4, cipher(gokeepasslib.CipherAES, 16)},
		"4 Twofish": {4, cipher(gokeepasslib.CipherTwoFish, 16)}, "3.1 plain": {3, plain}, "4 plain": {4, plain}, "4 AES-KDF": {4, aesKDF},
	} {
		t.Run(name, func(t *testing.T) {
			p := Write(t, "vault", string(newKDBX(c.version, keyed(), c.change)))
			r := scanWith(t, offers, nil, p)
			same(t, r, []string{account, holding, code})
			Equal(t, Problems(r), []string{})
			for offer, problem := range map[*evidence.Unlock]string{
				nil: "locked", {Passphrase: secret}: "wrong_password", {KeyFile: keyFile}: "wrong_password", {Passphrase: "x", KeyFile: keyFile}: "wrong_password",
			} {
				var unlock []evidence.Unlock
				if offer != nil {
					unlock = append(unlock, *offer)
				}
				r := scanWith(t, unlock, nil, p)
				Equal(t, Lines(r), []string{})
				Equal(t, Problems(r), []string{problem})
			}
		})
	}
}

// A key file alone opens a database made with it alone.
func TestKeyFileAlone(t *testing.T) {
	c := keyed()
	c.Passphrase = nil
	r := scanWith(t, []evidence.Unlock{{KeyFile: keyFile}}, nil, Write(t, "vault", string(newKDBX(4, c, nil))))
	same(t, r, []string{account, holding, code})
}

// Equal passwords inside a database are found, though they are protected.
func TestDatabaseReuse(t *testing.T) {
	c := gokeepasslib.NewPasswordCredentials(secret)
	b := newKDBX(4, c, func(db *gokeepasslib.Database) {
		root := &db.Content.Root.Groups[0]
		other := gokeepasslib.NewEntry()
		for _, v := range root.Entries[1].Values {
			if v.Key == "URL" {
				v.Value.Content = "https://other.example"
			}
			other.Values = append(other.Values, v)
		}
		root.Entries = append(root.Entries, other)
	})
	Equal(t, reused(scanWith(t, offers, nil, Write(t, "vault", string(b)))), []string{"other.example 1", "shop.example 1"})
}

// A database that asks for absurd memory or time is refused before anything is
// computed, as is one that lies about its lengths.
func TestHostileDatabases(t *testing.T) {
	// variant finds the value of a parameter of 4 or 8 bytes.
	variant := func(b []byte, name string, size byte) []byte {
		at := bytes.Index(b, append([]byte{1, 0, 0, 0}, append([]byte(name), size, 0, 0, 0)...))
		return b[at+4+len(name)+4:]
	}
	four, three := []byte(kdbxSample(4)), []byte(kdbxSample(3))
	put := func(name string, v uint64) []byte {
		b := bytes.Clone(four)
		binary.LittleEndian.PutUint64(variant(b, name, 8), v)
		return b
	}
	rounds := bytes.Clone(three)
	binary.LittleEndian.PutUint64(rounds[bytes.Index(rounds, []byte{6, 8, 0})+3:], 1<<40)
	threads := bytes.Clone(four)
	binary.LittleEndian.PutUint32(variant(threads, "P", 4), 1<<20)
	length := bytes.Clone(four)
	binary.LittleEndian.PutUint32(length[13:], 1<<32-1)
	cipher := bytes.Clone(four)
	cipher[bytes.Index(cipher, gokeepasslib.CipherChaCha20)] ^= 1
	kdf := bytes.Clone(four)
	kdf[bytes.Index(kdf, gokeepasslib.KdfArgon2)] ^= 1
	future := bytes.Clone(four)
	future[10] = 9
	content := bytes.Clone(four)
	content[len(content)-100] ^= 1

	for name, c := range map[string]struct {
		file    []byte
		problem string
	}{
		"8 GiB of memory":        {put("M", 8<<30), "keepass_costly"},
		"all memory there is":    {put("M", 1<<63), "keepass_costly"},
		"endless passes":         {put("I", 1<<40), "keepass_costly"},
		"no pass":                {put("I", 0), "damaged"},
		"no memory":              {put("M", 0), "damaged"},
		"endless rounds":         {rounds, "keepass_costly"},
		"endless threads":        {threads, "keepass_costly"},
		"endless header":         {length, "damaged"},
		"too large":              {append(bytes.Clone(four), make([]byte, 65<<20)...), "keepass_costly"},
		"unknown cipher":         {cipher, "keepass_unknown"},
		"unknown key derivation": {kdf, "keepass_unknown"},
		"unknown version":        {future, "keepass_unknown"},
		"changed content":        {content, "damaged"},
		"cut off in the header":  {four[:100], "damaged"},
		"cut off":                {four[:len(four)-50], "damaged"},
		"cut off, 3.1":           {three[:len(three)-64], "damaged"},
		"signature only":         {four[:12], "damaged"},
	} {
		t.Run(name, func(t *testing.T) {
			start := time.Now()
			r := scanWith(t, offers, nil, Write(t, "vault", string(c.file)))
			Equal(t, Lines(r), []string{})
			Equal(t, Problems(r), []string{c.problem})
			if took := time.Since(start); took > 5*time.Second {
				t.Errorf("took %s", took)
			}
		})
	}
}

// A few KiB that unfold to more than any entry holds are given up.
func TestUnfoldingDatabase(t *testing.T) {
	b := newKDBX(4, gokeepasslib.NewPasswordCredentials(secret), func(db *gokeepasslib.Database) {
		db.Content.Meta.DatabaseDescription = strings.Repeat("x", 40<<20)
	})
	r := scanWith(t, offers, nil, Write(t, "vault", string(b)))
	Equal(t, Lines(r), []string{})
	Equal(t, Problems(r), []string{"damaged"})
}
