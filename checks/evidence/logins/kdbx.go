package logins

import (
	"bytes"
	"context"
	"crypto/aes"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"io"
	"runtime/debug"

	"github.com/tobischo/argon2"
	"github.com/tobischo/gokeepasslib/v3"

	"unlisted/checks/evidence"
	"unlisted/checks/job"
)

// Signatures of KeePass databases: of version 2, of a trial before it, and of
// version 1.
const (
	kdbxMagic  = "\x03\xd9\xa2\x9a\x67\xfb\x4b\xb5"
	trialMagic = "\x03\xd9\xa2\x9a\x66\xfb\x4b\xb5"
	kdbMagic   = "\x03\xd9\xa2\x9a\x65\xfb\x4b\xb5"
)

// versionEnd is where the signature and version end and the header begins.
const versionEnd = 12

// Limits of a database, known before anything is computed: a file can ask for
// any amount of memory and time. KeePassXC suggests 64 MiB of memory and at most
// five seconds of work; these bounds are above.
const (
	maxKDBX       = 40 << 20
	maxHeader     = 1 << 20
	maxKDFMemory  = 192 << 20
	maxKDFWork    = 12 << 30 // bytes of memory times passes
	maxKDFRounds  = 1 << 29  // of AES
	maxKDFThreads = 64
	maxUnpacked   = 512 << 20
)

var (
	errKDBX      = errors.New("damaged database")
	errKDF       = errors.New("database asks for too much")
	errWrongKey  = errors.New("wrong password or key file")
	errNotKnown  = errors.New("unknown kind of encryption")
	errKDBXLarge = errors.New("database too large")
)

// kdbx imports KeePass databases of the versions 3.1 and 4
// (https://keepass.info/help/kb/kdbx.html). The container is read here, so that
// what it asks for is known before it is given; ciphers and the inner stream
// are gokeepasslib's.
type kdbx struct{}

var _ evidence.Importer = kdbx{}

// Format implements evidence.Importer.
func (kdbx) Format() evidence.Format { return evidence.Format{ID: "keepass-kdbx", Family: "logins"} }

// Recognise implements evidence.Importer.
func (kdbx) Recognise(_ context.Context, in evidence.Input) evidence.Certainty {
	for _, magic := range []string{kdbxMagic, trialMagic, kdbMagic} {
		if bytes.HasPrefix(in.Head, []byte(magic)) && len(in.Head) >= versionEnd {
			return evidence.Sure
		}
	}
	return evidence.No
}

// Read implements evidence.Importer.
func (kdbx) Read(ctx context.Context, in evidence.Input, out evidence.Sink) error {
	if !bytes.HasPrefix(in.Head, []byte(kdbxMagic)) {
		return evidence.NewProblem(in.Label, "error.evidence.keepass_old")
	}
	db, err := readKDBX(in, out)
	if err == nil {
		err = db.unlock(ctx, out)
	}
	for known, key := range map[error]string{
		errWrongKey: "error.evidence.wrong_password", errKDF: "error.evidence.keepass_costly",
		errKDBXLarge: "error.evidence.keepass_costly", errNotKnown: "error.evidence.keepass_unknown",
	} {
		if errors.Is(err, known) {
			return evidence.NewProblem(in.Label, key)
		}
	}
	if err == nil && len(out.Unlock()) == 0 {
		return evidence.NewProblem(in.Label, "error.evidence.locked")
	}
	return err
}

// database is a KeePass database as it stands in the file.
type database struct {
	version4 bool
	head     []byte            // header as written, authenticated by version 4
	fields   map[byte][]byte   // of the header
	kdf      map[string][]byte // parameters of version 4
	body     []byte            // all after the header
}

// Fields of the header.
const (
	fieldCipher      = 2
	fieldCompression = 3
	fieldSeed        = 4
	fieldKDFSeed     = 5
	fieldKDFRounds   = 6
	fieldIV          = 7
	fieldStreamKey   = 8
	fieldStart       = 9
	fieldStreamID    = 10
	fieldKDF         = 11
)

func readKDBX(in evidence.Input, out evidence.Sink) (*database, error) {
	if in.Size > maxKDBX {
		return nil, errKDBXLarge
	}
	f, err := open(in, out)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	b, err := io.ReadAll(io.LimitReader(f, maxKDBX+1))
	switch {
	case err != nil:
		return nil, err
	case len(b) > maxKDBX:
		return nil, errKDBXLarge
	case len(b) < versionEnd:
		return nil, errKDBX
	}
	db := &database{fields: map[byte][]byte{}}
	switch binary.LittleEndian.Uint16(b[10:]) { // the major version
	case 3:
	case 4:
		db.version4 = true
	default:
		return nil, errNotKnown
	}
	if err := db.header(b); err != nil {
		return nil, err
	}
	return db, db.check()
}

// header reads the fields up to the one that ends them.
func (db *database) header(b []byte) error {
	for at := versionEnd; ; {
		size, skip := 0, 3
		if db.version4 {
			skip = 5
		}
		if len(b)-at < skip {
			return errKDBX
		}
		id := b[at]
		if db.version4 {
			size = int(binary.LittleEndian.Uint32(b[at+1:]))
		} else {
			size = int(binary.LittleEndian.Uint16(b[at+1:]))
		}
		at += skip
		if size > maxHeader || size > len(b)-at {
			return errKDBX
		}
		db.fields[id] = b[at : at+size]
		at += size
		if id == 0 {
			db.head, db.body = b[:at], b[at:]
			return nil
		}
	}
}

// check refuses what cannot or must not be computed.
func (db *database) check() error {
	iv := 16
	switch cipher := db.fields[fieldCipher]; {
	case bytes.Equal(cipher, gokeepasslib.CipherChaCha20):
		iv = 12
	case !bytes.Equal(cipher, gokeepasslib.CipherAES) && !bytes.Equal(cipher, gokeepasslib.CipherTwoFish):
		return errNotKnown
	}
	if len(db.fields[fieldIV]) != iv || len(db.fields[fieldSeed]) != 32 || len(db.fields[fieldCompression]) != 4 {
		return errKDBX
	}
	if db.version4 {
		return db.checkKDF()
	}
	if len(db.fields[fieldKDFSeed]) != 32 || len(db.fields[fieldKDFRounds]) != 8 || len(db.fields[fieldStart]) != 32 {
		return errKDBX
	}
	if binary.LittleEndian.Uint64(db.fields[fieldKDFRounds]) > maxKDFRounds {
		return errKDF
	}
	return nil
}

// argon2id is the key derivation that newer programs offer besides Argon2d.
const argon2id = "\x9e\x29\x8b\x19\x56\xdb\x47\x73\xb2\x3d\xfc\x3e\xc6\xf0\xa1\xe6"

// argon2Version is the only version of Argon2 in use, 1.3.
const argon2Version = 0x13

func (db *database) checkKDF() (err error) {
	if db.kdf, err = variants(db.fields[fieldKDF]); err != nil {
		return err
	}
	switch id := string(db.kdf["$UUID"]); id {
	case string(gokeepasslib.KdfAES3), string(gokeepasslib.KdfAES4):
		if len(db.kdf["S"]) != 32 {
			return errKDBX
		}
		if db.number("R") > maxKDFRounds {
			return errKDF
		}
	case string(gokeepasslib.KdfArgon2), argon2id:
		memory, passes, threads := db.number("M"), db.number("I"), db.number("P")
		switch {
		case db.number("V") != argon2Version || len(db.kdf["K"]) > 0 || len(db.kdf["A"]) > 0:
			return errNotKnown
		case memory < 8<<10 || passes < 1 || threads < 1 || len(db.kdf["S"]) < 8:
			return errKDBX
		case memory > maxKDFMemory || threads > maxKDFThreads || passes > maxKDFWork/memory:
			return errKDF
		}
	default:
		return errNotKnown
	}
	return nil
}

// number reads an integer parameter of 4 or 8 bytes.
func (db *database) number(name string) uint64 {
	var b [8]byte
	copy(b[:], db.kdf[name])
	return binary.LittleEndian.Uint64(b[:])
}

// variants reads a dictionary of typed values.
func variants(b []byte) (map[string][]byte, error) {
	out := map[string][]byte{}
	take := func(n uint32) []byte {
		if uint64(n) > uint64(len(b)) {
			b = nil
			return nil
		}
		v := b[:n]
		b = b[n:]
		return v
	}
	length := func() uint32 {
		if v := take(4); len(v) == 4 {
			return binary.LittleEndian.Uint32(v)
		}
		return 0
	}
	take(2) // the version
	for len(b) > 0 {
		if kind := take(1); kind[0] == 0 {
			return out, nil
		}
		name := string(take(length()))
		out[name] = take(length())
	}
	return nil, errKDBX
}

// unlock tries everything the person offers until one opens the database.
func (db *database) unlock(ctx context.Context, out evidence.Sink) error {
	for _, u := range out.Unlock() {
		composite, err := compositeKey(u)
		if err != nil {
			continue // no key file
		}
		key, err := db.transform(ctx, composite)
		if err != nil {
			return err
		}
		err = db.read(ctx, key, out)
		if !errors.Is(err, errWrongKey) {
			return err
		}
	}
	if len(out.Unlock()) > 0 {
		return errWrongKey
	}
	return nil
}

func compositeKey(u evidence.Unlock) ([]byte, error) {
	h := sha256.New()
	if u.Passphrase != "" || u.KeyFile == nil {
		sum := sha256.Sum256([]byte(u.Passphrase))
		h.Write(sum[:])
	}
	if u.KeyFile != nil {
		key, err := gokeepasslib.ParseKeyData(u.KeyFile)
		if err != nil {
			return nil, err
		}
		h.Write(key)
	}
	return h.Sum(nil), nil
}

// transform is the slow step; its cost was checked before.
func (db *database) transform(ctx context.Context, composite []byte) ([]byte, error) {
	if !db.version4 {
		return aesRounds(ctx, composite, db.fields[fieldKDFSeed], binary.LittleEndian.Uint64(db.fields[fieldKDFRounds]))
	}
	derive := argon2.DKey
	switch string(db.kdf["$UUID"]) {
	case string(gokeepasslib.KdfAES3), string(gokeepasslib.KdfAES4):
		return aesRounds(ctx, composite, db.kdf["S"], db.number("R"))
	case argon2id:
		derive = argon2.IDKey
	}
	debug.FreeOSMemory() // the key may take most of what the program may have
	return job.Await(ctx, func() []byte {
		return derive(composite, db.kdf["S"], uint32(db.number("I")), uint32(db.number("M")/1024), uint8(db.number("P")), 32)
	})
}

// aesRounds is the key derivation of version 3.1.
func aesRounds(ctx context.Context, key, seed []byte, rounds uint64) ([]byte, error) {
	block, err := aes.NewCipher(seed)
	if err != nil {
		return nil, errKDBX
	}
	k := bytes.Clone(key)
	for i := range rounds {
		if i%(1<<20) == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		block.Encrypt(k[:16], k[:16])
		block.Encrypt(k[16:], k[16:])
	}
	sum := sha256.Sum256(k)
	return sum[:], nil
}
