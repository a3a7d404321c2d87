package mailbox

import (
	"bytes"
	"context"
	"strings"

	"unlisted/checks/evidence"
)

// Outlook's single messages are not read, only told apart, so that the person
// learns what to do instead.
const (
	compound = "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" // .msg, and old office documents
)

type outlook struct{}

var _ evidence.Importer = outlook{}

// Format implements evidence.Importer.
func (outlook) Format() evidence.Format {
	return evidence.Format{ID: "outlook-message", Family: "mailbox"}
}

// Recognise implements evidence.Importer.
func (outlook) Recognise(_ context.Context, in evidence.Input) evidence.Certainty {
	if alone(in) && isMsg(in.Head) {
		return evidence.Sure
	}
	return evidence.No
}

// Read implements evidence.Importer.
func (outlook) Read(_ context.Context, in evidence.Input, _ evidence.Sink) error {
	return evidence.NewProblem(in.Label, "error.evidence.msg")
}

// isMsg reports a compound file with one of the streams that every message has.
func isMsg(head []byte) bool {
	if !bytes.HasPrefix(head, []byte(compound)) {
		return false
	}
	for _, stream := range []string{"__properties_version1.0", "__nameid_version1.0", "__substg1.0_"} {
		if bytes.Contains(head, wide(stream)) {
			return true
		}
	}
	return false
}

// wide is ASCII as UTF-16.
func wide(s string) []byte {
	b := make([]byte, 0, 2*len(s))
	for i := range len(s) {
		b = append(b, s[i], 0)
	}
	return b
}

// outlookFolder tells once of all messages of a folder, and of the archives of
// Outlook for Mac, which are zips.
type outlookFolder struct{}

// Format implements evidence.Importer.
func (outlookFolder) Format() evidence.Format {
	return evidence.Format{ID: "outlook-folder", Family: "mailbox", Tree: true}
}

// Recognise implements evidence.Importer.
func (outlookFolder) Recognise(_ context.Context, in evidence.Input) evidence.Certainty {
	if outlookKey(in) != "" {
		return evidence.Sure
	}
	return evidence.No
}

// Read implements evidence.Importer.
func (outlookFolder) Read(_ context.Context, in evidence.Input, _ evidence.Sink) error {
	return evidence.NewProblem(in.Label, outlookKey(in))
}

func outlookKey(in evidence.Input) string {
	tried := 0
	for _, name := range in.Files {
		if strings.Contains(name, "com.microsoft.__Messages/") && hasExt(name, ".xml") {
			return "error.evidence.olm"
		}
		if hasExt(name, ".msg") && tried < maxTried {
			tried++
			if bytes.HasPrefix(peek(in, name), []byte(compound)) {
				return "error.evidence.msg"
			}
		}
	}
	return ""
}
