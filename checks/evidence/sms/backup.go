package sms

import (
	"context"
	"errors"
	"io"
	"strconv"
	"strings"

	"unlisted/checks/evidence"
)

// backupXML imports the backups of SMS Backup & Restore for Android, and of its
// older relatives: one <sms> or <mms> per message (section B.1).
type backupXML struct{ rules *classifier }

var _ evidence.Importer = backupXML{}

// Format implements evidence.Importer.
func (backupXML) Format() evidence.Format {
	return evidence.Format{ID: "sms-backup-xml", Family: "messages"}
}

// Recognise implements evidence.Importer.
func (backupXML) Recognise(_ context.Context, in evidence.Input) evidence.Certainty {
	t := newTagReader(strings.NewReader(evidence.HeadText(in.Head)), 0)
	root, err := t.next()
	switch {
	case err != nil:
		return evidence.No
	case root.name == "smses", root.name == "allsms":
		return evidence.Sure
	case root.name == "calls":
		if call, err := t.next(); err == nil && call.name == "call" {
			return evidence.Sure
		}
	}
	return evidence.No
}

// Attributes of messages, in the order the reader knows them by.
const (
	attrAddress = iota
	attrDate
	attrType
	attrBody
	attrContact
	attrSIM
	attrCentre
	attrBox
	attrContent
	attrText
)

var attributes = []string{
	"address",
	"date",
	"type",
	"body",
	"contact_name",
	"sub_id",
	"service_center",
	"msg_box",
	"ct",
	"text",
}

// received is the type of an SMS, and the box of an MMS, that came in.
const received = "1"

// Kinds of address in an MMS (OMA MMS encapsulation, as Android stores them).
const (
	addrFrom = "137"
	addrTo   = "151"
	addrCopy = "130"
)

// Read implements evidence.Importer.
func (b backupXML) Read(ctx context.Context, in evidence.Input, out evidence.Sink) error {
	f, err := in.Open()
	if err != nil {
		return err
	}
	defer f.Close()
	c := newCollector(b.rules, out)
	defer c.flush()
	t := newTagReader(evidence.Text(&source{ctx, f, out}), maxBody, attributes...)
	var m multimedia
	for {
		x, err := t.next()
		if errors.Is(err, io.EOF) {
			err = io.ErrUnexpectedEOF // the root was never closed: the file is cut off
		}
		switch {
		case err != nil:
			return err
		case ctx.Err() != nil:
			return ctx.Err()
		case x.end && (x.name == "smses" || x.name == "allsms"):
			return nil
		case !x.end && x.name == "calls":
			return evidence.NewProblem(in.Label, "error.evidence.sms_calls")
		case !x.end && (x.name == "smses" || x.name == "allsms") && x.empty:
			return nil
		}
		m.take(c, t, x)
	}
}

// multimedia gathers the parts of an MMS, since its text and the numbers stand
// in tags of their own.
type multimedia struct {
	message
	open bool
	in   bool     // it was received
	to   []string // everybody it went to
}

// take reads one tag.
func (m *multimedia) take(c *collector, t *tagReader, x tag) {
	switch {
	case x.name == "sms" && !x.end:
		c.out.Item()
		if string(t.raw(attrType)) != received {
			c.sent(string(t.raw(attrAddress)))
			c.out.Skip(evidence.Sent, "")
			return
		}
		c.message(message{
			sender: given(
				t.text(attrAddress),
			), contact: t.text(attrContact), body: t.text(attrBody), at: millis(number(t.raw(attrDate))),
			slot: slot(string(t.raw(attrSIM))), network: given(string(t.raw(attrCentre))),
		})
	case x.name == "mms" && !x.end:
		*m = multimedia{open: true, in: string(t.raw(attrBox)) == received}
		m.sender, m.contact = given(t.text(attrAddress)), t.text(attrContact)
		m.at, m.slot = millis(number(t.raw(attrDate))), slot(string(t.raw(attrSIM)))
		if x.empty {
			m.finish(c)
		}
	case x.name == "mms":
		m.finish(c)
	case !m.open || !m.in || x.end:
	case x.name == "part" && strings.HasPrefix(string(t.raw(attrContent)), "text/plain") && len(m.body) < maxBody:
		m.body += given(t.text(attrText))
	case x.name == "addr":
		m.address(string(t.raw(attrType)), given(t.text(attrAddress)))
	}
}

// address notes one address of the message.
func (m *multimedia) address(kind, number string) {
	switch {
	case number == "" || len(number) > maxSender:
	case kind == addrFrom:
		m.sender = number
	case kind == addrTo, kind == addrCopy:
		if len(m.to) < 4 {
			m.to = append(m.to, number)
		}
	}
}

// finish hands the message over. Only what went to one number alone tells the
// person's own: others in a group are not ours to list.
func (m *multimedia) finish(c *collector) {
	if !m.open {
		return
	}
	m.open = false
	c.out.Item()
	if !m.in {
		c.sent(m.sender)
		c.out.Skip(evidence.Sent, "")
		return
	}
	if len(m.to) == 1 && m.to[0] != m.sender {
		m.own = m.to[0]
	}
	m.group = len(m.to) > 1
	c.message(m.message)
}

// slot is the name of a SIM card; "" where the record does not say.
func slot(s string) string {
	if s = given(s); strings.HasPrefix(s, "-") || len(s) > maxSender {
		return ""
	}
	return s
}

func number(b []byte) int64 {
	n, _ := strconv.ParseInt(string(b), 10, 64)
	return n
}
