package sms

import (
	"bytes"
	"context"
	"encoding/binary"

	"unlisted/checks/evidence"
)

// signalBackup knows the backups of Signal for Android and says why they are
// not read: they are encrypted, and hold no text messages since 2023.
type signalBackup struct{}

var _ evidence.Importer = signalBackup{}

// Format implements evidence.Importer.
func (signalBackup) Format() evidence.Format {
	return evidence.Format{ID: "signal-backup", Family: "messages"}
}

// Recognise implements evidence.Importer. A backup starts with the length of
// its first frame, a header of 16 and of 32 random bytes, each in its envelope.
func (signalBackup) Recognise(_ context.Context, in evidence.Input) evidence.Certainty {
	h := in.Head
	if len(h) < 60 || h[4] != 0x0a || !bytes.Equal(h[6:8], []byte{0x0a, 16}) || !bytes.Equal(h[24:26], []byte{0x12, 32}) {
		return evidence.No
	}
	if frame := binary.BigEndian.Uint32(h); frame != uint32(h[5])+2 || frame < 54 || frame > 60 {
		return evidence.No
	}
	return evidence.Sure
}

// Read implements evidence.Importer.
func (signalBackup) Read(_ context.Context, in evidence.Input, _ evidence.Sink) error {
	return evidence.NewProblem(in.Label, "error.evidence.signal_backup")
}
