// Package foldername tells what a folder or label is for by its name, in the
// languages of the programs that named it. It knows nothing of mails and logins,
// and a name it does not know is an ordinary one.
package foldername

import (
	_ "embed"
	"encoding/base64"
	"net/url"
	"strings"
	"sync"
	"unicode"
	"unicode/utf16"

	"golang.org/x/text/unicode/norm"
)

// Kind is what a folder is for.
type Kind uint8

// The kinds. Outbox and Chats hold what the person wrote or said elsewhere.
const (
	Ordinary Kind = iota
	Spam
	Trash
	Drafts
	Sent
	Outbox
	Chats
)

var kindNames = map[string]Kind{
	"spam":   Spam,
	"trash":  Trash,
	"drafts": Drafts,
	"sent":   Sent,
	"outbox": Outbox,
	"chats":  Chats,
}

//go:embed names.tsv
var names string

// table is every known name, folded, with its kind.
var table = sync.OnceValue(func() map[string]Kind {
	out := map[string]Kind{}
	for line := range strings.Lines(names) {
		kind, rest, _ := strings.Cut(strings.TrimSpace(line), "\t")
		_, list, ok := strings.Cut(rest, "\t")
		if !ok || kindNames[kind] == Ordinary {
			continue // a comment
		}
		for name := range strings.SplitSeq(list, "|") {
			if key := fold(name); out[key] == Ordinary {
				out[key] = kindNames[kind]
			}
		}
	}
	return out
})

// maxName bounds a name that is looked at.
const maxName = 200

// Of tells the kind of one folder or label by its name, without a path. The name
// may be encoded as IMAP does it (modified UTF-7, RFC 3501, 5.1.3).
func Of(name string) Kind {
	if len(name) > maxName {
		return Ordinary
	}
	if k := table()[fold(name)]; k != Ordinary {
		return k
	}
	if plain := decode(name); plain != name {
		return table()[fold(plain)]
	}
	return Ordinary
}

// OfPath tells the kind of a folder by the first name on its path that has one:
// what lies in a bin is in the bin. It knows the folders and files that mail
// programs make of names: "Junk.mbox", "Drafts.sbd", ".INBOX.Sent".
func OfPath(path string) Kind {
	for part := range strings.FieldsFuncSeq(path, func(r rune) bool { return r == '/' || r == '\\' }) {
		if k := ofFile(part); k != Ordinary {
			return k
		}
	}
	return Ordinary
}

// ofFile tells the kind of a folder by the name of its file.
func ofFile(name string) Kind {
	name = strings.TrimSpace(name)
	for _, ext := range []string{".mbox", ".mbx", ".sbd", ".imapmbox", ".mailbox"} {
		if n := len(name) - len(ext); n > 0 && strings.EqualFold(name[n:], ext) {
			name = name[:n]
		}
	}
	if k := Of(name); k != Ordinary {
		return k
	}
	if k := Of(strings.TrimRight(name, " -_()0123456789")); k != Ordinary {
		return k // "Spam (1)", "Junk-002"
	}
	low := strings.ToLower(name)
	if !strings.HasPrefix(low, ".") && !strings.HasPrefix(low, "inbox.") && !strings.HasPrefix(low, "[g") {
		return Ordinary
	}
	for part := range strings.SplitSeq(name, ".") { // Maildir++, and servers whose names have dots
		if k := Of(part); k != Ordinary {
			return k
		}
	}
	return Ordinary
}

// decode undoes the encodings of names: modified UTF-7, and the percent signs of
// names that were made files.
func decode(name string) string {
	if strings.Contains(name, "%") {
		if plain, err := url.PathUnescape(name); err == nil {
			name = plain
		}
	}
	var out strings.Builder
	for {
		before, rest, found := strings.Cut(name, "&")
		out.WriteString(before)
		if !found {
			return out.String()
		}
		code, after, closed := strings.Cut(rest, "-")
		raw, err := base64.RawStdEncoding.DecodeString(strings.ReplaceAll(code, ",", "/"))
		switch {
		case !closed || err != nil || len(raw)%2 != 0:
			out.WriteByte('&')
			name = rest
			continue
		case code == "":
			out.WriteByte('&')
		}
		units := make([]uint16, len(raw)/2)
		for i := range units {
			units[i] = uint16(raw[2*i])<<8 | uint16(raw[2*i+1])
		}
		out.WriteString(string(utf16.Decode(units)))
		name = after
	}
}

// fold makes names comparable: one form, small letters, no accents and hidden
// characters, one kind of apostrophe, hyphen and space.
func fold(s string) string {
	var out strings.Builder
	space := false
	for _, r := range norm.NFKD.String(s) {
		switch {
		case unicode.Is(unicode.Mn, r), unicode.Is(unicode.Cf, r):
			continue
		case r == '’' || r == '‘' || r == '`' || r == 'ʼ':
			r = '\''
		case unicode.Is(unicode.Pd, r):
			r = '-'
		case unicode.IsSpace(r):
			space = out.Len() > 0
			continue
		}
		if space {
			out.WriteByte(' ')
			space = false
		}
		out.WriteRune(unicode.ToLower(r))
	}
	return strings.Trim(out.String(), `"'`)
}
