package sms

import (
	"context"
	"encoding/binary"
	"io/fs"
	"maps"
	"runtime"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"golang.org/x/text/unicode/norm"

	"unlisted/checks/evidence"
	"unlisted/checks/identifier"
)

// uberSMS is one received message, with a reference for half a character.
const uberSMS = `<sms address="Uber" date="1" type="1" body="Your Uber code is 4821 &#55357;&#56846;"/>`

// huge is a backup with a picture of the given size in one attribute, which is
// made while it is read.
type huge struct {
	head, tail string
	middle     int64
	at         int64
}

func (h *huge) Read(b []byte) (int, error) {
	n := 0
	for n < len(b) {
		switch at := h.at; {
		case at < int64(len(h.head)):
			b[n] = h.head[at]
		case at < int64(len(h.head))+h.middle:
			end := min(int64(len(b)-n), int64(len(h.head))+h.middle-at)
			for i := range end {
				b[n+int(i)] = 'A'
			}
			n += int(end)
			h.at += end
			continue
		case at < int64(len(h.head))+h.middle+int64(len(h.tail)):
			b[n] = h.tail[at-int64(len(h.head))-h.middle]
		default:
			return n, fs.ErrClosed
		}
		n++
		h.at++
	}
	return n, nil
}

func (h *huge) Stat() (fs.FileInfo, error) { return nil, fs.ErrInvalid }
func (h *huge) Close() error               { return nil }

type oneFile struct{ f fs.File }

func (o oneFile) Open(string) (fs.File, error) { return o.f, nil }

// notes collects what an importer says, without a scan.
type notes struct {
	evidence.Sink
	findings []evidence.Finding
	items    int
}

func (n *notes) Finding(f evidence.Finding)   { n.findings = append(n.findings, f) }
func (n *notes) Item()                        { n.items++ }
func (n *notes) Skip(evidence.Reason, string) {}
func (n *notes) Advance(int64)                {}
func (n *notes) Region() string               { return "FR" }

func (n *notes) Own() []identifier.Identifier { return nil }

func TestHugeAttributeBoundedMemory(t *testing.T) {
	for name, attribute := range map[string]string{"data": "data", "body": "text"} {
		t.Run(name, func(t *testing.T) {
			h := &huge{
				head:   `<smses><mms msg_box="1" date="1"><parts><part ct="text/plain" ` + attribute + `="`,
				middle: 200 << 20,
				tail:   `"/></parts></mms>` + uberSMS + "</smses>",
			}
			var before, after runtime.MemStats
			runtime.GC()
			runtime.ReadMemStats(&before)
			out := &notes{}
			if err := (backupXML{newClassifier()}).Read(context.Background(), evidence.Input{FS: oneFile{h}, Name: "a.xml"}, out); err != nil {
				t.Fatal(err)
			}
			runtime.ReadMemStats(&after)
			if got := after.TotalAlloc - before.TotalAlloc; got > 8<<20 {
				t.Errorf("%d KiB allocated for 200 MiB", got>>10)
			}
			if len(out.findings) != 1 || out.items != 2 {
				t.Errorf("%d findings, %d items", len(out.findings), out.items)
			}
		})
	}
}

func TestCancelInsideAnAttribute(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	h := &huge{head: `<smses><part data="`, middle: 1 << 40}
	if err := (backupXML{newClassifier()}).Read(ctx, evidence.Input{FS: oneFile{h}, Name: "a.xml"}, &notes{}); err == nil {
		t.Error("reads on")
	}
}

// Typed makes an attributed text as Apple's systems keep it.
func Typed(s string) []byte {
	b := []byte("\x04\x0bstreamtyped\x81\xe8\x03\x84\x01@\x84\x84\x84\x12NSAttributedString\x00\x84\x84\x08NSObject\x00\x85\x92\x84\x84\x84\x08NSString\x01\x94\x84\x01+")
	switch {
	case len(s) < 0x80:
		b = append(b, byte(len(s)))
	case len(s) < 1<<16:
		b = binary.LittleEndian.AppendUint16(append(b, 0x81), uint16(len(s)))
	default:
		b = binary.LittleEndian.AppendUint32(append(b, 0x82), uint32(len(s)))
	}
	return append(append(b, s...), "\x86\x84\x02iI\x01\x05"...)
}

func TestTypedText(t *testing.T) {
	for _, n := range []int{0, 1, 127, 128, 300, 65_535, 65_536, 100_000} {
		if want := strings.Repeat("é", n/2); typedText(Typed(want)) != want {
			t.Errorf("%d bytes do not come back", len(want))
		}
	}
	whole := Typed(strings.Repeat("a", 300))
	for n := range whole {
		if s := typedText(whole[:n]); s != "" && len(s) != 300 {
			t.Errorf("%d bytes of a text cut at %d", len(s), n)
		}
	}
}

// MessagesFile and CarrierFile are for the tests outside.
const (
	MessagesFile = messagesFile
	CarrierFile  = carrierFile
)

func FuzzBackupXML(f *testing.F) {
	f.Add("<smses>" + uberSMS + "</smses>")
	f.Add("<smses>" + `<mms msg_box="1"><parts><part ct="text/plain" text="a"/></parts><addrs><addr address="+33639981234" type="151"/></addrs></mms></smses>`)
	f.Add(`<smses><sms address='`)
	f.Add(`<sms type="1" body="&#; &#x; &; &#55357; &#1114112;">`)
	f.Add("<smses><!----><!-- a --><!DOCTYPE x><?x?><sms a=b c = \"d\" / ><//><>")
	c := newClassifier()
	f.Fuzz(func(t *testing.T, s string) {
		out := &notes{}
		_ = (backupXML{c}).Read(context.Background(), evidence.Input{FS: fstest.MapFS{"a": {Data: []byte(s)}}, Name: "a"}, out)
		for _, x := range out.findings {
			if x.Fact != evidence.FactOwn && x.Site == "" && x.Name == "" {
				t.Errorf("a finding about nobody: %v", x)
			}
		}
	})
}

func FuzzTypedText(f *testing.F) {
	f.Add(Typed("short"))
	f.Add(Typed(strings.Repeat("long ", 100)))
	f.Add([]byte("NSString\x84\x01+\x82\xff\xff\xff\xff"))
	f.Fuzz(func(t *testing.T, b []byte) {
		if s := typedText(b); len(s) > len(b) {
			t.Errorf("%d bytes out of %d", len(s), len(b))
		}
	})
}

func FuzzClassify(f *testing.F) {
	for _, m := range Messages {
		f.Add(m.Sender, m.Body)
	}
	f.Add("0", "code 4829 \u0300")
	c := newClassifier()
	f.Fuzz(func(t *testing.T, sender, body string) {
		v, ok := c.classify(message{sender: sender, body: body}, true)
		if ok && v.brand == (brand{}) {
			t.Error("a verdict about nobody")
		}
	})
}

// Every section of the words is read by somebody, and every section that is read
// is there: a word whose section is misspelt counts for nothing.
func TestVocabulary(t *testing.T) {
	read := []string{"two step", "words code marks"}
	for _, s := range []string{
		"code nouns", "other codes", "qualifiers", "joiners", "for words", "leading", "owners", "articles", "links", "account nouns", "never", "counted", "money", "units",
		"anonymous", "bare endings", "toward", "products",
	} {
		read = append(read, "words "+s)
	}
	for s := range themeSections {
		read = append(read, "words theme "+s)
	}
	slices.Sort(read)
	if got := slices.Sorted(maps.Keys(vocabulary)); !slices.Equal(got, read) {
		t.Errorf("sections\n%q, read are\n%q", got, read)
	}
	for section, words := range vocabulary {
		for _, w := range words {
			if norm.NFKC.String(fold(w)) != norm.NFKC.String(w) { // marks of other scripts come apart
				t.Errorf("%s: %q is not folded", section, w)
			}
		}
	}
}
