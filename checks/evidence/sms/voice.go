package sms

import (
	"bytes"
	"context"
	"errors"
	"io"
	"path"
	"regexp"
	"strings"
	"time"

	"golang.org/x/net/html"

	"unlisted/checks/evidence"
)

// voiceTakeout imports the conversations of a Google Voice number from Google
// Takeout: one HTML page each, with a number of its own (section B.2).
type voiceTakeout struct{ rules *classifier }

var _ evidence.Importer = voiceTakeout{}

// Format implements evidence.Importer.
func (voiceTakeout) Format() evidence.Format {
	return evidence.Format{ID: "google-voice", Family: "messages", Tree: true}
}

// voicePage is how the pages are named in every language: they end in the time.
var voicePage = regexp.MustCompile(`\d{4}-\d\d-\d\dT\d\d_\d\d_\d\dZ(-\d+)*\.html$`)

// voiceHead is how much of a page shows what it is: its style comes first.
const voiceHead = 16 << 10

// maxVoiceToken bounds one tag or text of a page.
const maxVoiceToken = 1 << 20

// voiceLooks bounds how many pages are opened for recognising: the first ones
// may all be calls.
const voiceLooks = 50

func voicePages(in evidence.Input) (out []string) {
	for _, f := range in.Files {
		if voicePage.MatchString(path.Base(f)) {
			out = append(out, f)
		}
	}
	return out
}

// Recognise implements evidence.Importer.
func (voiceTakeout) Recognise(_ context.Context, in evidence.Input) evidence.Certainty {
	for i, f := range voicePages(in) {
		if i >= voiceLooks {
			break
		}
		if isVoice(in, f, "hChatLog", "haudio", "sender vcard") {
			return evidence.Sure
		}
	}
	return evidence.No
}

func isVoice(in evidence.Input, name string, marks ...string) bool {
	f, err := in.FS.Open(name)
	if err != nil {
		return false
	}
	defer f.Close()
	head, _ := io.ReadAll(io.LimitReader(f, voiceHead))
	for _, m := range marks {
		if bytes.Contains(head, []byte(m)) {
			return true
		}
	}
	return false
}

// Read implements evidence.Importer.
func (v voiceTakeout) Read(ctx context.Context, in evidence.Input, out evidence.Sink) error {
	c := newCollector(v.rules, out)
	defer c.flush()
	for _, name := range voicePages(in) {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err := readVoice(ctx, in, name, c); err != nil {
			if ctx.Err() != nil {
				return ctx.Err()
			}
			out.Problem(*evidence.NewProblem(name, "error.evidence.damaged_member"))
		}
	}
	return nil
}

func readVoice(ctx context.Context, in evidence.Input, name string, c *collector) error {
	f, err := in.FS.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	z := html.NewTokenizer(&source{ctx, f, c.out})
	z.SetMaxBuf(maxVoiceToken)
	var m voiceMessage
	for {
		switch z.Next() {
		case html.ErrorToken:
			m.finish(c)
			if err := z.Err(); !errors.Is(err, io.EOF) {
				return err
			}
			return nil
		case html.StartTagToken, html.SelfClosingTagToken:
			m.tag(z, c)
		case html.EndTagToken:
			if n, _ := z.TagName(); string(n) == "q" || string(n) == "cite" {
				m.quoting, m.citing = false, false
			}
		case html.TextToken:
			if m.quoting && len(m.body) < maxBody {
				m.body += string(z.Text())
			}
		}
	}
}

// voiceMessage gathers one message of a page.
type voiceMessage struct {
	message
	open, mine, quoting, citing bool
	wrote                       bool   // the person wrote something on this page
	partner                     string // the last other number on it
}

func (m *voiceMessage) tag(z *html.Tokenizer, c *collector) {
	b, more := z.TagName()
	name := string(b)
	attrs := map[string]string{}
	for more && len(attrs) < 8 {
		var k, v []byte
		k, v, more = z.TagAttr()
		attrs[string(k)] = string(v)
	}
	classes := " " + attrs["class"] + " "
	is := func(class string) bool { return strings.Contains(classes, " "+class+" ") }
	switch {
	case name == "div" && is("message"):
		m.finish(c)
		m.message, m.open, m.mine, m.quoting, m.citing = message{}, true, false, false, false
	case !m.open:
	case name == "abbr" && is("dt"):
		m.at = voiceTime(attrs["title"])
	case name == "cite":
		m.citing = true
	case name == "a" && m.citing:
		m.sender = strings.TrimPrefix(attrs["href"], "tel:")
	case name == "abbr" && is("fn") && m.citing:
		m.mine = true // others stand in a <span>
	case name == "q":
		m.quoting = true
	case name == "br" && m.quoting:
		m.body += "\n"
	}
}

// finish hands the message over.
func (m *voiceMessage) finish(c *collector) {
	if !m.open {
		return
	}
	m.open = false
	c.out.Item()
	if m.mine {
		c.owner(m.sender, "")
		m.wrote = true
		c.out.Skip(evidence.Sent, "")
	} else {
		m.partner = m.sender
		c.message(m.message)
	}
	if m.wrote {
		c.sent(m.partner)
	}
}

func voiceTime(s string) time.Time {
	t, err := time.Parse(time.RFC3339Nano, s)
	if err != nil {
		return time.Time{}
	}
	return t.UTC()
}
