package imapbox

import (
	"context"
	"errors"
	"io"
	"math"
	"strings"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapclient"
	"github.com/emersion/go-sasl"

	"unlisted/checks/evidence"
	"unlisted/checks/outbound"
)

// Bounds of one answer; real ones stay far below.
const (
	patience  = 2 * time.Minute
	smallTalk = 1 << 20  // greeting, sign-in, folders
	maxUIDs   = 32 << 20 // the numbers of all mails of a folder
)

// session is one connection, signed in.
type session struct {
	ctx    context.Context
	host   string
	meter  *meter
	client *imapclient.Client
	stop   func() bool
}

// start speaks IMAP on a connection. The end of ctx closes it, which ends
// whatever waits.
func start(ctx context.Context, c outbound.Conn, host string) *session {
	s := &session{ctx: ctx, host: host, meter: &meter{Conn: c}}
	s.meter.allow(smallTalk, patience)
	s.stop = context.AfterFunc(ctx, func() { _ = c.Close() }) // the reader then says why
	s.client = imapclient.New(s.meter, nil)
	return s
}

// end takes leave and closes.
func (s *session) end() {
	if s.ctx.Err() == nil && s.meter.why() == nil {
		s.meter.allow(smallTalk, patience/8)
		_ = s.client.Logout().Wait() // a courtesy
	}
	s.stop()
	_ = s.client.Close() // nothing was written
}

// login signs in. What the server says is not repeated: it may name the person.
func (s *session) login(a Account) error {
	if err := s.client.WaitGreeting(); err != nil {
		return s.explain(err)
	}
	caps := s.client.Caps()
	var err error
	switch {
	case s.client.State() == imap.ConnStateAuthenticated:
		return nil // vouched for without a password: somebody's own server
	case caps.Has(imap.AuthCap(sasl.Plain)):
		err = s.client.Authenticate(sasl.NewPlainClient("", a.User, a.Password))
	case caps.Has(imap.CapLoginDisabled) || strings.ContainsAny(a.User+a.Password, "\r\n\x00"):
		return s.problem("error.imap.no_password")
	default:
		err = s.client.Login(a.User, a.Password).Wait()
	}
	var no *imap.Error
	if !errors.As(err, &no) || no.Type == imap.StatusResponseTypeBye {
		return s.explain(err)
	}
	return s.problem(refusal(no))
}

// refusal tells why a sign-in failed, by the response code (RFC 5530) or, where
// providers give none, by their wording.
func refusal(no *imap.Error) string {
	said := strings.ToLower(no.Text)
	switch {
	case strings.Contains(said, "application-specific password") || strings.Contains(said, "app password"):
		return "error.imap.app_password"
	case strings.Contains(said, "imap access is disabled") || strings.Contains(said, "not enabled for imap"):
		return "error.imap.disabled"
	case busy(no):
		return "error.imap.busy"
	}
	return "error.imap.login"
}

// busy reports a refusal that time heals.
func busy(no *imap.Error) bool {
	switch no.Code {
	case imap.ResponseCodeUnavailable,
		imap.ResponseCodeInUse,
		imap.ResponseCodeLimit,
		imap.ResponseCodeOverQuota,
		"THROTTLED":
		return true
	}
	return strings.Contains(strings.ToLower(no.Text), "too many simultaneous connections")
}

func (s *session) problem(key string) error { return evidence.NewProblem(s.host, key) }

// explain turns what went wrong into a sentence for the person. Nothing of the
// server's words is in it.
func (s *session) explain(err error) error {
	if err == nil {
		return nil
	}
	if s.ctx.Err() != nil {
		return s.ctx.Err()
	}
	var no *imap.Error
	if errors.As(err, &no) {
		if no.Type == imap.StatusResponseTypeBye || busy(no) {
			return s.problem("error.imap.busy")
		}
		return s.problem("error.imap.answer")
	}
	cause := s.meter.why()
	switch {
	case errors.Is(cause, outbound.ErrCut):
		return outbound.ErrCut
	case errors.Is(cause, outbound.ErrTooLarge):
		return s.problem("error.imap.day")
	case cause != nil && !errors.Is(cause, errTooMuch):
		return s.problem("error.imap.lost")
	}
	return s.problem("error.imap.answer")
}

// box is a folder and the mails in it that are new.
type box struct {
	name     string
	validity uint32
	uids     imap.UIDSet
	count    int64
	last     uint32 // highest UID read before
}

// survey opens a folder and asks for the numbers of its new mails.
func (s *session) survey(name string, m Mark) (*box, error) {
	s.meter.allow(smallTalk, patience)
	data, err := s.client.Select(name, &imap.SelectOptions{ReadOnly: true}).Wait()
	var no *imap.Error
	if errors.As(err, &no) && !busy(no) {
		return nil, s.problem("error.imap.folder")
	}
	if err != nil {
		return nil, s.explain(err)
	}
	b := &box{name: name, validity: data.UIDValidity}
	if data.UIDValidity == m.Validity {
		b.last = m.Last
	}
	if data.NumMessages == 0 || b.last == math.MaxUint32 || data.UIDNext != 0 && uint32(data.UIDNext) <= b.last+1 {
		return b, nil
	}
	s.meter.allow(maxUIDs, patience)
	found, err := s.client.UIDSearch(&imap.SearchCriteria{UID: []imap.UIDSet{{{Start: imap.UID(b.last + 1)}}}}, nil).
		Wait()
	if errors.As(err, &no) && !busy(no) {
		return nil, s.problem("error.imap.folder")
	}
	if err != nil {
		return nil, s.explain(err)
	}
	set, _ := found.All.(imap.UIDSet)
	b.uids = after(set, b.last, data.NumMessages)
	for _, r := range b.uids {
		b.count += int64(r.Stop-r.Start) + 1
	}
	return b, nil
}

// after keeps the numbers above last ("n:*" always holds the highest, however
// low), no more than the folder claims to have.
func after(set imap.UIDSet, last, most uint32) (out imap.UIDSet) {
	for _, r := range set {
		r.Start = max(r.Start, imap.UID(last)+1)
		if r.Stop < r.Start || most == 0 {
			continue // done, or "*"
		}
		r.Stop = imap.UID(min(uint64(r.Stop), uint64(r.Start)+uint64(most)-1))
		most -= uint32(r.Stop-r.Start) + 1
		out = append(out, r)
	}
	return out
}

// examine opens a folder for reading only (RFC 9051, 6.3.3).
func (s *session) examine(name string) error {
	s.meter.allow(smallTalk, patience)
	_, err := s.client.Select(name, &imap.SelectOptions{ReadOnly: true}).Wait()
	return s.explain(err)
}

// part is what was fetched of one mail.
type part struct {
	uid   imap.UID
	flags []imap.Flag
	text  []byte
}

// fetch asks for a section of each mail of a set. Mails that the server leaves
// out are missing; what it sends besides is not taken.
func (s *session) fetch(set imap.UIDSet, section *imap.FetchItemBodySection, flags bool) (parts []part, err error) {
	limit := section.Partial.Size
	s.meter.allow(int64(batch)*(limit+1<<10)+smallTalk, patience)
	cmd := s.client.Fetch(
		set,
		&imap.FetchOptions{UID: true, Flags: flags, BodySection: []*imap.FetchItemBodySection{section}},
	)
	for m := cmd.Next(); m != nil; m = cmd.Next() {
		var p part
		for item := m.Next(); item != nil; item = m.Next() {
			switch item := item.(type) {
			case imapclient.FetchItemDataUID:
				p.uid = item.UID
			case imapclient.FetchItemDataFlags:
				p.flags = item.Flags
			case imapclient.FetchItemDataBodySection:
				whole := true
				if p.text, whole = literal(item.Literal, limit); !whole {
					return parts, s.explain(io.ErrUnexpectedEOF) // nothing may be read after that
				}
			}
		}
		if set.Contains(p.uid) && len(parts) < batch {
			parts = append(parts, p)
		}
	}
	err = cmd.Close()
	var no *imap.Error
	if errors.As(err, &no) && no.Type == imap.StatusResponseTypeNo && !busy(no) {
		return parts, errPartly
	}
	return parts, s.explain(err)
}

// literal reads a text up to a limit and passes over the rest of it; false where
// the connection ended before the text did. The library then reads on by itself:
// touching the text again would get in its way.
func literal(l imap.LiteralReader, limit int64) (text []byte, whole bool) {
	if l == nil {
		return nil, true
	}
	size := l.Size()
	text, _ = io.ReadAll(io.LimitReader(l, limit)) // every end is io.EOF; see meter
	n := int64(len(text))
	if n == limit && n < size {
		rest, _ := io.Copy(io.Discard, l)
		n += rest
	}
	return text, n == size
}

// errPartly says that the server could not give some of the mails.
var errPartly = errors.New("some mails were not given")
