package logins

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"testing"

	"golang.org/x/crypto/argon2"
)

// Argon2id, which gokeepasslib does not write, agrees with Go's own.
func TestArgon2id(t *testing.T) {
	number := func(n uint64) []byte { return binary.LittleEndian.AppendUint64(nil, n) }
	salt := bytes.Repeat([]byte{7}, 32)
	db := &database{version4: true, kdf: map[string][]byte{
		"$UUID": []byte(argon2id), "S": salt, "M": number(256 << 10), "I": number(3), "P": {2, 0, 0, 0}, "V": {0x13, 0, 0, 0},
	}}
	got, err := db.transform(context.Background(), []byte("composite"))
	if want := argon2.IDKey([]byte("composite"), salt, 3, 256, 2, 32); err != nil || !bytes.Equal(got, want) {
		t.Errorf("%x, %v, want %x", got, err, want)
	}
}

// The rounds of the old derivation can be stopped.
func TestRoundsStop(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := aesRounds(ctx, make([]byte, 32), make([]byte, 32), maxKDFRounds); !errors.Is(err, context.Canceled) {
		t.Errorf("the error is %v", err)
	}
}
