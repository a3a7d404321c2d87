package authenticator

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"io"

	"golang.org/x/crypto/scrypt"

	"unlisted/checks/evidence"
)

// Aegis keeps its database in the clear or, under a key of its own, encrypted;
// that key is kept once for each slot, a slot being a password or a fingerprint.
// Source: docs/vault.md of the app.
type aegisHeader struct {
	Slots  []aegisSlot `json:"slots"`
	Params aegisParams `json:"params"`
}

type aegisParams struct {
	Nonce string `json:"nonce"`
	Tag   string `json:"tag"`
}

type aegisSlot struct {
	Type   int         `json:"type"`
	Key    string      `json:"key"`
	Params aegisParams `json:"key_params"`
	N      int64       `json:"n"`
	R      int64       `json:"r"`
	P      int64       `json:"p"`
	Salt   string      `json:"salt"`
}

const (
	aegisPassword = 1 // type of a slot
	maxSlots      = 8 // password slots tried; each costs a second
)

type aegisEntry struct {
	Type   string `json:"type"`
	Name   string `json:"name"`
	Issuer string `json:"issuer"`
}

func (v aegisEntry) entry() entry {
	return entry{issuer: v.Issuer, account: v.Name, kind: v.Type}
}

func readAegis(ctx context.Context, doc *evidence.Document, label string, out evidence.Sink) error {
	var header aegisHeader
	var sealed string
	err := doc.Object(func(key string) error {
		switch key {
		case "header":
			return doc.Decode(&header)
		case "db":
			t, err := doc.Token()
			if text, ok := t.(string); ok {
				sealed = text
				return nil
			}
			if err == nil && t != json.Delim('{') {
				err = io.ErrUnexpectedEOF
			}
			if err != nil {
				return err
			}
			return readAegisDatabase(doc, out)
		}
		return doc.Skip()
	})
	if err != nil || sealed == "" {
		return err
	}
	plain, err := header.open(ctx, sealed, label, out)
	if err != nil {
		return err
	}
	inner := evidence.NewDocument(ctx, bytes.NewReader(plain))
	if some, err := inner.Enter('{'); !some {
		return err
	}
	return readAegisDatabase(inner, out)
}

// readAegisDatabase reads the database, its opening brace aside.
func readAegisDatabase(doc *evidence.Document, out evidence.Sink) error {
	return doc.Rest(func() error {
		key, err := doc.Token()
		switch {
		case err != nil:
			return err
		case key == "entries":
			return entries[aegisEntry](doc, out)
		}
		return doc.Skip()
	})
}

// open decrypts the database with a passphrase of the person's.
func (h aegisHeader) open(ctx context.Context, sealed, label string, out evidence.Sink) ([]byte, error) {
	db, err := base64.StdEncoding.DecodeString(sealed)
	if err != nil {
		return nil, io.ErrUnexpectedEOF
	}
	var slots []aegisSlot
	for _, s := range h.Slots {
		if s.Type != aegisPassword {
			continue
		}
		if !fitsMemory(scryptMemory, 128, s.N, s.R, s.P) {
			return nil, heavyProblem(label, "Aegis")
		}
		slots = append(slots, s)
	}
	if len(slots) == 0 {
		return nil, sealedProblem(label, "Aegis")
	}
	return unlock(ctx, label, out, func(passphrase string) ([]byte, bool) {
		for _, s := range slots[:min(len(slots), maxSlots)] {
			if ctx.Err() != nil {
				return nil, false
			}
			if master, ok := s.master(passphrase); ok {
				return h.Params.open(master, db)
			}
		}
		return nil, false
	})
}

// master decrypts the key of the database.
func (s aegisSlot) master(passphrase string) ([]byte, bool) {
	salt, err := hex.DecodeString(s.Salt)
	if err != nil {
		return nil, false
	}
	sealed, err := hex.DecodeString(s.Key)
	if err != nil {
		return nil, false
	}
	key, err := scrypt.Key([]byte(passphrase), salt, int(s.N), int(s.R), int(s.P), 32)
	if err != nil {
		return nil, false
	}
	return s.Params.open(key, sealed)
}

func (p aegisParams) open(key, sealed []byte) ([]byte, bool) {
	nonce, err := hex.DecodeString(p.Nonce)
	if err != nil {
		return nil, false
	}
	tag, err := hex.DecodeString(p.Tag)
	if err != nil {
		return nil, false
	}
	return openGCM(key, nonce, append(sealed[:len(sealed):len(sealed)], tag...), nil)
}
