package logins

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/aes"
	"crypto/hmac"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/binary"
	"io"

	"github.com/tobischo/gokeepasslib/v3"

	"unlisted/checks/evidence"
)

// read decrypts the body and reads its XML.
func (db *database) read(ctx context.Context, key []byte, out evidence.Sink) error {
	sealed := db.body
	if db.version4 {
		blocks, err := db.authentic(key)
		if err != nil {
			return err
		}
		sealed = blocks
	}
	content, err := db.decrypt(sealed, key)
	if err != nil {
		return err
	}
	if !db.version4 {
		start := db.fields[fieldStart]
		if !bytes.HasPrefix(content, start) {
			return errWrongKey
		}
		if content, err = hashed(content[len(start):]); err != nil {
			return err
		}
	}
	var r io.Reader = bytes.NewReader(content)
	if binary.LittleEndian.Uint32(db.fields[fieldCompression]) == gokeepasslib.GzipCompressionFlag {
		z, err := gzip.NewReader(r)
		if err != nil {
			return errKDBX
		}
		z.Multistream(false) // padding may follow
		r = z
	}
	r = &io.LimitedReader{R: r, N: maxUnpacked}
	stream, err := db.stream(r)
	if err != nil {
		return err
	}
	return readKeepass(ctx, r, stream, out)
}

func (db *database) decrypt(sealed, key []byte) ([]byte, error) {
	master := sha256.Sum256(append(bytes.Clone(db.fields[fieldSeed]), key...))
	cipher, err := gokeepasslib.NewEncrypterManager(db.fields[fieldCipher], master[:], db.fields[fieldIV])
	if err != nil {
		return nil, errKDBX
	}
	if !bytes.Equal(db.fields[fieldCipher], gokeepasslib.CipherChaCha20) &&
		(len(sealed) == 0 || len(sealed)%aes.BlockSize != 0) {
		return nil, errKDBX
	}
	return cipher.Decrypt(sealed), nil
}

// authentic checks the header and every block of version 4 against the key and
// returns the blocks joined. A wrong key shows in the header.
func (db *database) authentic(key []byte) ([]byte, error) {
	b := db.body
	if len(b) < 2*sha256.Size {
		return nil, errKDBX
	}
	if sum := sha256.Sum256(db.head); !bytes.Equal(sum[:], b[:sha256.Size]) {
		return nil, errKDBX
	}
	base := sha512.Sum512(append(append(bytes.Clone(db.fields[fieldSeed]), key...), 1))
	mac := func(index uint64, parts ...[]byte) []byte {
		k := sha512.Sum512(append(binary.LittleEndian.AppendUint64(nil, index), base[:]...))
		h := hmac.New(sha256.New, k[:])
		for _, p := range parts {
			h.Write(p)
		}
		return h.Sum(nil)
	}
	const headerIndex = 1<<64 - 1
	if !hmac.Equal(mac(headerIndex, db.head), b[sha256.Size:2*sha256.Size]) {
		return nil, errWrongKey
	}
	b = b[2*sha256.Size:]
	out := make([]byte, 0, len(b)) // in one piece: growing would take twice as much
	for i := uint64(0); ; i++ {
		if len(b) < sha256.Size+4 {
			return nil, errKDBX
		}
		sum, size := b[:sha256.Size], b[sha256.Size:sha256.Size+4]
		b = b[sha256.Size+4:]
		n := uint64(binary.LittleEndian.Uint32(size))
		if n > uint64(len(b)) || !hmac.Equal(mac(i, binary.LittleEndian.AppendUint64(nil, i), size, b[:n]), sum) {
			return nil, errKDBX
		}
		if n == 0 {
			return out, nil
		}
		out, b = append(out, b[:n]...), b[n:]
	}
}

// hashed checks the blocks of version 3.1 and returns them joined.
func hashed(b []byte) ([]byte, error) {
	const head = 4 + sha256.Size + 4
	var out []byte
	for {
		if len(b) < head {
			return nil, errKDBX
		}
		sum, n := b[4:4+sha256.Size], uint64(binary.LittleEndian.Uint32(b[head-4:]))
		b = b[head:]
		if n == 0 {
			return out, nil
		}
		if n > uint64(len(b)) {
			return nil, errKDBX
		}
		if real := sha256.Sum256(b[:n]); !bytes.Equal(real[:], sum) {
			return nil, errKDBX
		}
		out, b = append(out, b[:n]...), b[n:]
	}
}

// stream makes what undoes the encryption of protected values. Version 4 says
// how in a second header, before the XML.
func (db *database) stream(r io.Reader) (func(string) []byte, error) {
	key, id := db.fields[fieldStreamKey], db.fields[fieldStreamID]
	if db.version4 {
		var err error
		if key, id, err = innerHeader(r); err != nil {
			return nil, err
		}
	}
	if len(id) != 4 {
		return nil, errKDBX
	}
	m, err := gokeepasslib.NewStreamManager(binary.LittleEndian.Uint32(id), key)
	if err != nil {
		return nil, errNotKnown
	}
	return m.Unpack, nil
}

// innerHeader reads the second header of version 4. Attachments stand in it;
// they are passed over unread.
func innerHeader(r io.Reader) (key, id []byte, err error) {
	for {
		var head [5]byte
		if _, err := io.ReadFull(r, head[:]); err != nil {
			return nil, nil, err
		}
		size := int64(binary.LittleEndian.Uint32(head[1:]))
		if head[0] != 1 && head[0] != 2 {
			if _, err := io.CopyN(io.Discard, r, size); err != nil || head[0] == 0 {
				return key, id, err
			}
			continue
		}
		v := make([]byte, min(size, maxHeader))
		if _, err := io.ReadFull(r, v); err != nil || size > maxHeader {
			return nil, nil, errKDBX
		}
		if head[0] == 1 {
			id = v
		} else {
			key = v
		}
	}
}
