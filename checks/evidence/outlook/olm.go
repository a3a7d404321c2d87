package outlook

import (
	"context"
	"encoding/xml"
	"errors"
	"hash/maphash"
	"io"
	"path"
	"strings"
	"time"

	"unlisted/checks/evidence"
	"unlisted/checks/evidence/foldername"
	"unlisted/checks/evidence/mailbox"
	"unlisted/checks/evidence/mapi"
)

// macArchive reads the archives of Outlook for Mac: a zip of XML files that
// nobody has described officially; libratom and other readers of them show how
// they are laid out.
type macArchive struct{}

var _ evidence.Importer = macArchive{}

// Format implements evidence.Importer.
func (macArchive) Format() evidence.Format {
	return evidence.Format{ID: "olm", Family: evidence.FamilyMail, Tree: true, Whole: true}
}

// The folders of an archive that hold messages and what is attached to them.
const (
	macMessages    = "com.microsoft.__Messages/"
	macAttachments = "com.microsoft.__Attachments/"
)

func isMacMessage(name string) bool {
	return strings.Contains(name, macMessages) && !strings.Contains(name, macAttachments) && hasExt(name, ".xml")
}

// Recognise implements evidence.Importer.
func (macArchive) Recognise(_ context.Context, in evidence.Input) evidence.Certainty {
	for _, name := range in.Files {
		if isMacMessage(name) {
			return evidence.Sure
		}
	}
	return evidence.No
}

// Read implements evidence.Importer. Archives repeat their messages under
// "Local"; each is read once.
func (macArchive) Read(ctx context.Context, in evidence.Input, out evidence.Sink) error {
	mails := mailbox.NewMails(out)
	defer mails.Flush()
	seen, seed := map[uint64]bool{}, maphash.MakeSeed()
	var damage error
	for _, name := range in.Files {
		if !isMacMessage(name) {
			continue
		}
		_, folder, _ := strings.Cut(name, macMessages)
		kind := foldername.OfPath(path.Dir(folder))
		err := readMac(ctx, in, name, out, func(m mapi.Bag) {
			key := maphash.String(seed, m.Key())
			if seen[key] {
				return
			}
			if len(seen) < maxSeen {
				seen[key] = true
			}
			judge(m, kind, mails, out)
		})
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err != nil {
			out.Item()
			out.Skip(evidence.Broken, name)
			if damage == nil {
				damage = err
			}
		}
	}
	return problemOf(in.Label, damage)
}

// Limits of an archive of Outlook for Mac.
const (
	maxSeen    = 500_000  // messages that are remembered, to read none twice
	maxMacFile = 32 << 20 // bytes of one file
	maxDepth   = 64       // elements in elements
)

// readMac reads the messages of one file.
func readMac(ctx context.Context, in evidence.Input, name string, out evidence.Sink, each func(mapi.Bag)) error {
	f, err := in.FS.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	d := xml.NewDecoder(&legal{r: evidence.Text(&told{r: io.LimitReader(f, maxMacFile), out: out, ctx: ctx})})
	d.Strict, d.Entity = false, xml.HTMLEntity
	d.CharsetReader = func(_ string, r io.Reader) (io.Reader, error) { return r, nil } // it is UTF-8 by now
	m := macReader{each: each}
	for {
		t, err := d.RawToken()
		if errors.Is(err, io.EOF) && m.depth == 0 {
			return nil
		}
		if err != nil {
			return errors.Join(errDamaged, err)
		}
		switch t := t.(type) {
		case xml.StartElement:
			m.open(t)
		case xml.EndElement:
			m.shut(t.Name.Local)
		case xml.CharData:
			m.add(t)
		}
		if m.depth > maxDepth || m.depth < 0 {
			return errDamaged
		}
	}
}

// told tells the sink of each byte that was read, and stops with the scan.
type told struct {
	r   io.Reader
	out evidence.Sink
	ctx context.Context
}

func (t *told) Read(p []byte) (int, error) {
	if err := t.ctx.Err(); err != nil {
		return 0, err
	}
	n, err := t.r.Read(p)
	t.out.Advance(int64(n))
	return n, err
}

// legal makes blanks of the control characters that these files have and XML
// does not allow.
type legal struct{ r io.Reader }

func (l *legal) Read(p []byte) (int, error) {
	n, err := l.r.Read(p)
	for i, c := range p[:n] {
		if c < ' ' && c != '\n' && c != '\r' && c != '\t' {
			p[i] = ' '
		}
	}
	return n, err
}

// macReader collects the message that is being read.
type macReader struct {
	each  func(mapi.Bag)
	depth int
	bag   mapi.Bag // nil outside of a message
	name  string   // of the element whose text is wanted
	text  []byte
	whose string // the field whose addresses are being read
	addr  [2]string
}

// macTexts are the elements whose text is a property of its own.
var macTexts = map[string]uint16{
	"OPFMessageCopyMessageID": mapi.MessageID, "OPFMessageCopySubject": mapi.Subject,
	"OPFMessageCopySource": mapi.Headers, "OPFMessageCopyHTMLBody": mapi.BodyHTML, "OPFMessageCopyBody": mapi.BodyText,
	"OPFMessageCopySentTime": mapi.SubmitTime, "OPFMessageCopyReceivedTime": mapi.DeliveryTime,
	"OPFContactEmailAddressAddress": 1, "OPFContactEmailAddressName": 2,
}

// macLists are the elements that list addresses: the properties of the address
// and of the name.
var macLists = map[string][2]uint16{
	"OPFMessageCopyFromAddresses": {mapi.FromSMTP, mapi.FromName},
	"OPFMessageCopySenderAddress": {mapi.SenderSMTP, mapi.SenderName},
	"OPFMessageCopyToAddresses":   {mapi.DisplayTo, 0},
}

func (m *macReader) open(t xml.StartElement) {
	m.depth++
	name := t.Name.Local
	switch _, list := macLists[name]; {
	case name == "email":
		m.bag = mapi.Bag{}
	case m.bag == nil:
	case list:
		m.whose = name
	case name == "emailAddress":
		m.addr = [2]string{}
		for _, a := range t.Attr {
			if at := macTexts[a.Name.Local]; at == 1 || at == 2 {
				m.addr[at-1] = a.Value
			}
		}
	case macTexts[name] != 0:
		m.name, m.text = name, nil
	}
}

func (m *macReader) add(text []byte) {
	if m.name != "" && len(m.text) < maxValue {
		m.text = append(m.text, text[:min(len(text), maxValue-len(m.text))]...)
	}
}

func (m *macReader) shut(name string) {
	m.depth--
	switch {
	case m.bag == nil:
	case name == "email":
		m.each(m.bag)
		m.bag, m.whose, m.name = nil, "", ""
	case name == m.whose:
		m.whose = ""
	case name == "emailAddress" && m.whose != "":
		m.address(macLists[m.whose])
	case name == m.name:
		m.set(macTexts[name], string(m.text))
		m.name, m.text = "", nil
	}
}

// address notes an address: the first of those who sent, all of those who got.
func (m *macReader) address(ids [2]uint16) {
	have := string(m.bag[ids[0]].Data)
	switch {
	case m.addr[0] == "" || len(have) > maxAddresses:
	case have == "":
		m.bag[ids[0]] = mapi.UTF8(m.addr[0])
		if ids[1] != 0 {
			m.bag[ids[1]] = mapi.UTF8(m.addr[1])
		}
	case ids[1] == 0:
		m.bag[ids[0]] = mapi.UTF8(have + "; " + m.addr[0])
	}
}

// maxAddresses bounds a list of addresses, in bytes.
const maxAddresses = 1000

// set notes the text of an element. Bodies are HTML as often as not, whatever
// the element is called.
func (m *macReader) set(id uint16, text string) {
	switch id {
	case 1, 2:
		m.addr[id-1] = text
		return
	case mapi.SubmitTime, mapi.DeliveryTime:
		if at, err := time.Parse("2006-01-02T15:04:05", strings.TrimSuffix(strings.TrimSpace(text), "Z")); err == nil {
			m.bag[id] = mapi.Time(at)
		}
		return
	case mapi.BodyText:
		if strings.HasPrefix(strings.TrimSpace(text), "<") {
			id = mapi.BodyHTML
		}
	}
	m.bag[id] = mapi.UTF8(text)
}
