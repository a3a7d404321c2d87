package mailbox

import (
	"encoding/json"
	"io"
	"io/fs"
	"path"
	"strconv"
	"strings"

	"unlisted/checks/evidence"
	"unlisted/checks/evidence/foldername"
)

// Bits of the flags that mail programs write into the header.
const (
	mozillaDeleted     = 0x0008     // X-Mozilla-Status: expunged
	mozillaQueued      = 0x0800     // X-Mozilla-Status: to be sent later
	mozillaImapDeleted = 0x00200000 // X-Mozilla-Status2: deleted on the server
	evolutionDeleted   = 1 << 1     // X-Evolution, behind the number
	evolutionDraft     = 1 << 2
	evolutionJunk      = 1 << 7
)

// passedOver tells why a mail is not looked into: its flags or labels, or the
// folder it lies in, say that it is spam, thrown away or a draft; "" for all
// other mail. sent is set where a label or folder says that the person wrote it:
// rules and people put mail of others there as well.
func passedOver(h header, folder foldername.Kind) (why evidence.Reason, sent bool) {
	kind := folder
	if kind == foldername.Ordinary {
		kind = flagKind(h)
	}
	if kind == foldername.Ordinary {
		kind = labelKind(h)
	}
	switch {
	case kind == foldername.Sent:
		return "", true
	case kind != foldername.Ordinary, h.first("x-google-groups") != "":
		return evidence.Unwanted, false
	}
	return "", false
}

// flagKind reads the flags that programs keep in the header: Thunderbird,
// Evolution, KMail, Outlook, Apple's, and IMAP servers and mutt in an mbox.
func flagKind(h header) foldername.Kind {
	status := hexNumber(h.first("x-mozilla-status"))
	_, evolution, _ := strings.Cut(h.first("x-evolution"), "-")
	camel := hexNumber(evolution)
	letters := h.first("x-status")
	switch {
	case status&mozillaDeleted != 0, hexNumber(h.first("x-mozilla-status2"))&mozillaImapDeleted != 0,
		camel&evolutionDeleted != 0, strings.Contains(letters, "D"):
		return foldername.Trash
	case camel&evolutionJunk != 0, strings.Contains(letters, "P"),
		junkKeyword(h.first("x-keywords")), junkKeyword(h.first("x-mozilla-keys")):
		return foldername.Spam
	case status&mozillaQueued != 0, camel&evolutionDraft != 0, strings.Contains(letters, "T"),
		h.first("x-mozilla-draft-info") != "", h.first("x-unsent") == "1", h.first("x-uniform-type-identifier") == "com.apple.mail-draft":
		return foldername.Drafts
	}
	return foldername.Ordinary
}

func hexNumber(s string) uint64 {
	n, err := strconv.ParseUint(strings.TrimSpace(s), 16, 64)
	if err != nil {
		return 0
	}
	return n
}

// junkKeyword reports the keywords by which servers and programs mark spam
// (registered with IANA), unless it was marked as none.
func junkKeyword(list string) bool {
	junk := false
	for word := range strings.FieldsSeq(strings.ToLower(list)) {
		switch strings.TrimPrefix(word, "$") {
		case "junk", "phishing":
			junk = true
		case "notjunk", "nonjunk":
			return false
		}
	}
	return junk
}

// labelKind reads Gmail's labels: spam and waste before sent mail.
func labelKind(h header) foldername.Kind {
	kind := foldername.Ordinary
	for _, field := range h["x-gmail-labels"] {
		for label := range strings.SplitSeq(decode(field), ",") {
			switch k := foldername.Of(label); {
			case k == foldername.Ordinary, k == foldername.Sent && kind != foldername.Ordinary:
			default:
				kind = k
			}
		}
	}
	return kind
}

// maxSidecar bounds a file beside a mail.
const maxSidecar = 1 << 20

// protonLabels are the fixed numbers of Proton Mail's folders, as its export
// writes them beside each mail.
var protonLabels = map[string]foldername.Kind{
	"1": foldername.Drafts, "8": foldername.Drafts, "9": foldername.Outbox,
	"2": foldername.Sent, "7": foldername.Sent, "3": foldername.Trash, "4": foldername.Spam,
}

// sidecarKind reads "x.metadata.json" beside "x.eml", which says what folder the
// mail was in.
func sidecarKind(tree fs.FS, name string) foldername.Kind {
	f, err := tree.Open(strings.TrimSuffix(name, path.Ext(name)) + ".metadata.json")
	if err != nil {
		return foldername.Ordinary
	}
	defer f.Close()
	var beside struct {
		LabelIDs []any
		Payload  struct{ LabelIDs []any }
	}
	b, _ := io.ReadAll(io.LimitReader(f, maxSidecar))
	if json.Unmarshal(b, &beside) != nil {
		return foldername.Ordinary
	}
	kind := foldername.Ordinary
	for _, id := range append(beside.LabelIDs, beside.Payload.LabelIDs...) {
		n, isNumber := id.(float64)
		s, _ := id.(string)
		if isNumber {
			s = strconv.Itoa(int(n))
		}
		if k := protonLabels[s]; k != foldername.Ordinary && (kind == foldername.Ordinary || k != foldername.Sent) {
			kind = k
		}
	}
	return kind
}
