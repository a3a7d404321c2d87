package profile

import (
	"bytes"
	"encoding/json"

	"filippo.io/age"
)

// CheapPassphrases makes passphrases cost next to nothing, for tests.
func CheapPassphrases() { workFactor = 4 }

// Seal is a profile as a version wrote it that kept the ledger in it.
func Seal(p *Profile, to age.Recipient) ([]byte, error) {
	plain, err := json.Marshal(p)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	w, err := age.Encrypt(&b, to)
	if err != nil {
		return nil, err
	}
	if _, err := w.Write(plain); err != nil {
		return nil, err
	}
	err = w.Close()
	return b.Bytes(), err
}

// Reread is the profile as it stands on disk.
func (s *Store) Reread() (*Profile, error) { return read(s.target, s.key) }

// SecondLedger is the ledger as another process opens it.
func (s *Store) SecondLedger() *Ledger { return openLedger(s.target, s.key) }
