package sms

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"unlisted/checks/evidence"
)

// messagesJSON imports what Android apps export as JSON: SMS Import/Export (a
// list, or one message a line), Fossify and Simple SMS Messenger (a list, or a
// list with lists inside), QUIK and QKSMS (an object with a list). Their field
// names differ little (section B.2).
type messagesJSON struct{ rules *classifier }

var _ evidence.Importer = messagesJSON{}

// Format implements evidence.Importer.
func (messagesJSON) Format() evidence.Format {
	return evidence.Format{ID: "sms-json", Family: "messages"}
}

// Recognise implements evidence.Importer.
func (messagesJSON) Recognise(_ context.Context, in evidence.Input) evidence.Certainty {
	head := strings.TrimSpace(in.HeadText())
	if !strings.HasPrefix(head, "[") && !strings.HasPrefix(head, "{") {
		return evidence.No
	}
	has := func(keys ...string) bool {
		return !slices.ContainsFunc(keys, func(k string) bool { return !strings.Contains(head, `"`+k+`"`) })
	}
	switch {
	case has("address", "body", "date", "type") && (has("read") || has("backupType") || has("sub_id") || has("subId")),
		has("__parts", "msg_box"), has("messageBox", "addresses", "parts"):
		return evidence.Sure
	}
	return evidence.No
}

// loose is a value that some exports write as a string and others as a number.
type loose string

// UnmarshalJSON implements json.Unmarshaler; lists and objects read as nothing.
func (l *loose) UnmarshalJSON(b []byte) error {
	*l = ""
	switch {
	case len(b) == 0 || b[0] == '{' || b[0] == '[' || string(b) == "null":
	case b[0] == '"':
		var s string
		if err := json.Unmarshal(b, &s); err != nil {
			return err
		}
		*l = loose(cut(given(s), maxBody))
	default:
		*l = loose(cut(string(b), maxSender))
	}
	return nil
}

// UnmarshalJSON reads an address, which in very old exports is no object.
func (a *addressJSON) UnmarshalJSON(b []byte) error {
	type plain addressJSON
	if len(b) > 0 && b[0] == '{' {
		return json.Unmarshal(b, (*plain)(a))
	}
	return json.Unmarshal(b, &a.Address)
}

type addressJSON struct {
	Address loose `json:"address"`
	Type    loose `json:"type"`
}

type partJSON struct {
	CT          loose `json:"ct"`
	ContentType loose `json:"contentType"`
	Text        loose `json:"text"`
}

// recordJSON is one message of any of the apps.
type recordJSON struct {
	Address      loose         `json:"address"`
	Body         loose         `json:"body"`
	Date         loose         `json:"date"`
	Type         loose         `json:"type"`
	Name         loose         `json:"__display_name"`
	SubID        loose         `json:"sub_id"`
	SubID2       loose         `json:"subId"`
	Subscription loose         `json:"subscriptionId"`
	Centre       loose         `json:"service_center"`
	Centre2      loose         `json:"serviceCenter"`
	Box          loose         `json:"msg_box"`
	Box2         loose         `json:"messageBox"`
	Parts        []partJSON    `json:"__parts"`
	Parts2       []partJSON    `json:"parts"`
	Sender       *addressJSON  `json:"__sender_address"`
	Recipients   []addressJSON `json:"__recipient_addresses"`
	Addresses    []addressJSON `json:"addresses"`
	OldAddresses []addressJSON `json:"__addresses"`
}

// Read implements evidence.Importer.
func (j messagesJSON) Read(ctx context.Context, in evidence.Input, out evidence.Sink) error {
	f, err := in.Open()
	if err != nil {
		return err
	}
	defer f.Close()
	c := newCollector(j.rules, out)
	defer c.flush()
	limit := &evidence.RecordLimit{Reader: evidence.Text(&source{ctx, f, out})}
	r := recordReader{ctx: ctx, d: json.NewDecoder(limit), limit: limit, c: c}
	for r.d.More() {
		if err := r.element(); err != nil {
			return err
		}
	}
	_, err = r.d.Token()
	if errors.Is(err, io.EOF) {
		return nil
	}
	return cutOff(err)
}

// recordReader streams the messages of a file, whatever stands around them.
type recordReader struct {
	ctx   context.Context
	d     *json.Decoder
	limit *evidence.RecordLimit
	c     *collector
	flat  bool // objects are messages: the first one was
}

// element reads a list of elements, a message, or an object with lists inside.
func (r *recordReader) element() error {
	if err := r.ctx.Err(); err != nil {
		return err
	}
	r.limit.Reset()
	if r.flat {
		var x recordJSON
		err := r.d.Decode(&x)
		return r.message(&x, err)
	}
	t, err := r.d.Token()
	if err != nil {
		return cutOff(err)
	}
	switch t {
	case json.Delim('['):
		return cutOff(r.list())
	case json.Delim('{'):
		return cutOff(r.object())
	}
	return nil // a value that is no message
}

func (r *recordReader) list() error {
	for r.d.More() {
		if err := r.element(); err != nil {
			return err
		}
	}
	r.flat = false
	_, err := r.d.Token()
	return err
}

// object reads an object that is a message or holds lists of them. Its other
// values are gathered, the lists are streamed.
func (r *recordReader) object() error {
	var record bytes.Buffer
	lists := false
	for r.d.More() {
		k, err := r.d.Token()
		if err != nil {
			return err
		}
		name, _ := k.(string)
		if name == "messages" || name == "sms" || name == "mms" {
			lists = true
			if err := r.element(); err != nil {
				return err
			}
			continue
		}
		var raw json.RawMessage
		if err := r.d.Decode(&raw); err != nil {
			return err
		}
		quoted, _ := json.Marshal(name)
		fmt.Fprintf(&record, ",%s:%s", quoted, raw)
	}
	if _, err := r.d.Token(); err != nil {
		return err
	}
	if lists || record.Len() == 0 {
		return nil
	}
	r.flat = true
	record.Bytes()[0] = '{'
	record.WriteByte('}')
	var x recordJSON
	return r.message(&x, json.Unmarshal(record.Bytes(), &x))
}

// message hands on what was decoded; a message of an unexpected shape is passed
// over, since the next may be fine.
func (r *recordReader) message(x *recordJSON, err error) error {
	var shape *json.UnmarshalTypeError
	if err != nil && !errors.As(err, &shape) {
		return cutOff(err)
	}
	r.c.out.Item()
	if err != nil {
		r.c.out.Skip(evidence.Broken, "")
		return nil
	}
	x.hand(r.c)
	return nil
}

// hand gives a received message to the collector.
func (x *recordJSON) hand(c *collector) {
	box := either(x.Type, x.Box, x.Box2)
	if box != received {
		c.sent(string(x.Address))
		c.out.Skip(evidence.Sent, "")
		return
	}
	date, _ := strconv.ParseFloat(string(x.Date), 64)
	m := multimedia{message: message{
		sender: string(x.Address), contact: string(x.Name), body: string(x.Body), at: millis(int64(min(max(date, 0), 1e15))),
		slot: slot(either(x.SubID, x.SubID2, x.Subscription)), network: either(x.Centre, x.Centre2),
	}, in: true, open: true}
	for _, p := range append(x.Parts, x.Parts2...) {
		if strings.HasPrefix(either(p.CT, p.ContentType), "text/plain") && len(m.body) < maxBody {
			m.body += string(p.Text)
		}
	}
	if x.Sender != nil {
		m.address(addrFrom, string(x.Sender.Address))
	}
	for _, a := range slices.Concat(x.Recipients, x.Addresses, x.OldAddresses) {
		m.address(string(a.Type), string(a.Address))
	}
	if len(m.to) == 1 && m.to[0] != m.sender {
		m.own = m.to[0]
	}
	m.group = len(m.to) > 1
	c.message(m.message)
}

func either(values ...loose) string {
	for _, v := range values {
		if v != "" {
			return string(v)
		}
	}
	return ""
}
