package imapbox

import (
	"slices"
	"strings"

	"github.com/emersion/go-imap/v2"

	"unlisted/checks/evidence"
	"unlisted/checks/evidence/foldername"
)

// Bounds of a list of folders.
const (
	maxFolders    = 2000
	maxFolderName = 500
	maxFolderList = 4 << 20
)

// passedOver are the special uses (RFC 6154) of folders that hold what was not
// written to the person, is not wanted, or shows other folders' mail again.
var passedOver = []imap.MailboxAttr{
	imap.MailboxAttrDrafts, imap.MailboxAttrJunk, imap.MailboxAttrTrash, imap.MailboxAttrSent,
	imap.MailboxAttrFlagged, imap.MailboxAttrImportant, imap.MailboxAttrAll,
}

// closed are the attributes of folders that cannot be opened.
var closed = []imap.MailboxAttr{imap.MailboxAttrNoSelect, imap.MailboxAttrNonExistent}

// folders lists what is to be read: of Gmail, where labels show one mail
// several times, the folder of all mail; of others each folder of the person's
// own. What a folder is for says the server, since its name may be in any
// language; where it says nothing, the names of many languages are known.
func (s *session) folders() ([]string, error) {
	others, err := s.namespaces()
	if err != nil {
		return nil, err
	}
	list, err := s.list()
	if err != nil {
		return nil, err
	}
	gmail := s.client.Caps().Has("X-GM-EXT-1")
	var out []string
	for _, d := range list {
		foreign := slices.ContainsFunc(others, func(prefix string) bool { return strings.HasPrefix(d.Mailbox, prefix) })
		switch {
		case has(d, closed) || foreign || d.Mailbox == "" || len(d.Mailbox) > maxFolderName:
		case gmail && has(d, []imap.MailboxAttr{imap.MailboxAttrAll}):
			return []string{d.Mailbox}, nil
		case has(d, passedOver) || foldername.OfPath(steps(d)) != foldername.Ordinary:
		default:
			out = append(out, d.Mailbox)
		}
	}
	slices.Sort(out)
	return slices.Compact(out), nil
}

// steps is the path of a folder with slashes, whatever the server writes.
func steps(d *imap.ListData) string {
	if d.Delim == 0 {
		return d.Mailbox
	}
	return strings.ReplaceAll(d.Mailbox, string(d.Delim), "/")
}

func has(d *imap.ListData, attrs []imap.MailboxAttr) bool {
	return slices.ContainsFunc(d.Attrs, func(a imap.MailboxAttr) bool {
		return slices.ContainsFunc(attrs, func(b imap.MailboxAttr) bool { return strings.EqualFold(string(a), string(b)) })
	})
}

// list asks for all folders.
func (s *session) list() ([]*imap.ListData, error) {
	s.meter.allow(maxFolderList, patience)
	caps := s.client.Caps()
	var o *imap.ListOptions
	if caps.Has(imap.CapSpecialUse) && caps.Has(imap.CapListExtended) {
		o = &imap.ListOptions{ReturnSpecialUse: true}
	}
	cmd := s.client.List("", "*", o)
	var out []*imap.ListData
	for d := cmd.Next(); d != nil; d = cmd.Next() {
		if len(out) < maxFolders {
			out = append(out, d)
		}
	}
	return out, s.explain(cmd.Close())
}

// namespaces are the starts of names of what others share with the person
// (RFC 2342): mail of theirs, not read.
func (s *session) namespaces() (out []string, err error) {
	if !s.client.Caps().Has(imap.CapNamespace) {
		return nil, nil
	}
	s.meter.allow(smallTalk, patience)
	data, err := s.client.Namespace().Wait()
	if err != nil {
		return nil, s.explain(err)
	}
	for _, n := range append(data.Other, data.Shared...) {
		if n.Prefix != "" {
			out = append(out, n.Prefix)
		}
	}
	return out, nil
}

// fileName is a folder's name as the name of a file.
func fileName(folder string) string {
	name := strings.ReplaceAll(evidence.Clean(folder), "/", " › ")
	if name == "" || name == "." || name == ".." {
		return "-"
	}
	return name
}

// source is how findings name a folder.
func (s *session) source(folder string) string { return s.host + "!" + fileName(folder) }
