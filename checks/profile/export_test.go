package profile

import (
	"bytes"
	"encoding/json"

	"filippo.io/age"
)

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
func (s *Store) Reread() (*Profile, error) { return s.read(s.path) }

// SecondLedger is the ledger as another process opens it.
func (s *Store) SecondLedger() *Ledger { return openLedger(s.path, s.key) }
