package authenticator

import (
	"context"
	"crypto/aes"
	"crypto/cipher"
	"encoding/binary"
	"math"
	"runtime/debug"

	"golang.org/x/crypto/chacha20"
	//lint:ignore SA1019 libsodium's secretstream builds on the bare authenticator
	"golang.org/x/crypto/poly1305"

	"unlisted/checks/evidence"
	"unlisted/checks/job"
)

// Bounds of what a key derivation may take: a hostile file asks for all there
// is. The apps' own defaults lie at or below them; Ente's is the highest, and
// with it the program comes to 300 MB.
const (
	maxMemory    = 256 << 20 // of Argon2, as Ente Auth uses it
	scryptMemory = 128 << 20 // of scrypt; Aegis asks for 32 MB
)

// unlock opens an encrypted backup with the first passphrase that fits.
func unlock(
	ctx context.Context,
	label string,
	out evidence.Sink,
	open func(passphrase string) ([]byte, bool),
) ([]byte, error) {
	key := "error.evidence.locked"
	for _, u := range out.Unlock() {
		if u.Passphrase == "" {
			continue
		}
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		key = "error.evidence.wrong_password"
		debug.FreeOSMemory() // the key may take most of what the program may have
		plain, err := job.Await(ctx, func() opened { b, ok := open(u.Passphrase); return opened{b, ok} })
		if err != nil {
			return nil, err
		}
		if plain.ok {
			return plain.b, nil
		}
	}
	return nil, evidence.NewProblem(label, key)
}

// opened is what a passphrase led to.
type opened struct {
	b  []byte
	ok bool
}

// sealedProblem refuses an encrypted backup that cannot be opened here.
func sealedProblem(label, app string) error {
	p := evidence.NewProblem(label, "error.evidence.authenticator_encrypted")
	p.Args = map[string]any{"app": app}
	return p
}

// heavyProblem refuses a backup whose key takes too much memory to derive.
func heavyProblem(label, app string) error {
	p := evidence.NewProblem(label, "error.evidence.authenticator_heavy")
	p.Args = map[string]any{"app": app}
	return p
}

// openGCM opens AES-GCM; sealed ends in the tag.
func openGCM(key, nonce, sealed, additional []byte) ([]byte, bool) {
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, false
	}
	gcm, err := cipher.NewGCM(block)
	if err != nil || len(nonce) != gcm.NonceSize() {
		return nil, false
	}
	plain, err := gcm.Open(nil, nonce, sealed, additional)
	return plain, err == nil
}

// streamHeader is the size of a secretstream's header.
const streamHeader = 24

// openStream opens a libsodium secretstream of a single message. Its scheme: a
// subkey from the key and 16 bytes of the header, a nonce of the counter 1 and
// the other 8; block 0 of the key stream keys the authenticator, block 1 hides
// the tag, the message starts at block 2. The padding is the documented one of
// the library, not the one of RFC 8439.
func openStream(key, header, sealed []byte) ([]byte, bool) {
	if len(header) != streamHeader || len(sealed) < 1+poly1305.TagSize {
		return nil, false
	}
	sub, err := chacha20.HChaCha20(key, header[:16])
	if err != nil {
		return nil, false
	}
	nonce := append([]byte{1, 0, 0, 0}, header[16:]...)
	stream, err := chacha20.NewUnauthenticatedCipher(sub, nonce)
	if err != nil {
		return nil, false
	}
	var first, tag [64]byte
	stream.XORKeyStream(first[:], first[:])
	stream.XORKeyStream(tag[:], tag[:])
	tag[0] = sealed[0]
	message, mac := sealed[1:len(sealed)-poly1305.TagSize], sealed[len(sealed)-poly1305.TagSize:]
	auth := poly1305.New((*[32]byte)(first[:32]))
	_, _ = auth.Write(tag[:])
	_, _ = auth.Write(message)
	_, _ = auth.Write(make([]byte, len(message)%16))
	var lengths [16]byte
	binary.LittleEndian.PutUint64(lengths[8:], uint64(len(tag)+len(message)))
	_, _ = auth.Write(lengths[:])
	if !auth.Verify(mac) {
		return nil, false
	}
	plain := make([]byte, len(message))
	stream.XORKeyStream(plain, message)
	return plain, true
}

// fitsMemory reports whether the product of the factors, all positive, stays
// within the limit.
func fitsMemory(limit int64, factors ...int64) bool {
	product := int64(1)
	for _, f := range factors {
		if f < 1 || f > math.MaxInt32*64 || product > limit/f {
			return false
		}
		product *= f
	}
	return product <= limit
}
