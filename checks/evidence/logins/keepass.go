package logins

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/binary"
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"time"

	"unlisted/checks/evidence"
)

// keepassXML imports KeePass 2's XML export.
type keepassXML struct{}

var _ evidence.Importer = keepassXML{}

// Format implements evidence.Importer.
func (keepassXML) Format() evidence.Format {
	return evidence.Format{ID: "keepass-xml", Family: "logins"}
}

// Recognise implements evidence.Importer.
func (keepassXML) Recognise(_ context.Context, in evidence.Input) evidence.Certainty {
	if bytes.IndexByte(in.Head[:min(len(in.Head), 256)], '<') < 0 {
		return evidence.No
	}
	head := evidence.HeadText(in.Head[:min(len(in.Head), 4<<10)])
	if at := strings.Index(head, "<KeePassFile"); at >= 0 && strings.HasPrefix(strings.TrimSpace(head), "<") {
		return evidence.Sure
	}
	return evidence.No
}

// Read implements evidence.Importer.
func (keepassXML) Read(ctx context.Context, in evidence.Input, out evidence.Sink) error {
	f, err := open(in, out)
	if err != nil {
		return err
	}
	defer f.Close()
	return readKeepass(ctx, evidence.Text(f), nil, out)
}

// errXML is XML that no program of the KeePass family writes.
var errXML = errors.New("unexpected XML")

// maxTag is longer than any tag of the format, which has few short attributes.
const maxTag = 16 << 10

// tagLimit ends a stream with a tag of absurd length: the XML reader would hold
// all its attributes.
type tagLimit struct {
	r io.Reader
	n int // bytes since an unclosed "<"; 0 outside of tags
}

// Read implements io.Reader.
func (t *tagLimit) Read(p []byte) (int, error) {
	n, err := t.r.Read(p)
	for _, b := range p[:n] {
		switch {
		case b == '>':
			t.n = 0
		case b == '<', t.n > 0:
			t.n++
		}
		if t.n > maxTag {
			return 0, errXML
		}
	}
	return n, err
}

// keepassReader reads the XML of an export or of a decrypted database as a
// stream: one entry is held at a time.
type keepassReader struct {
	out     evidence.Sink
	unlock  func(string) []byte // undoes the inner encryption of protected values; nil in an export
	path    []string            // names of the open elements
	text    strings.Builder     // of the innermost open element
	sealed  bool                // its value is protected
	skipped int                 // depth of the element whose content is passed over; 0 for none
	bin     string              // identifies the recycle bin
	entry   map[string]string   // strings of the open entry; nil outside of one
	sites   []string            // addresses of the open entry
	names   []string            // addresses of mail of the open entry
	key     string              // of the open string
	created time.Time
	used    time.Time
}

// readKeepass reads a whole file. Protected values come out right only in the
// order in which they are written, so that those passed over are unlocked too.
func readKeepass(ctx context.Context, r io.Reader, unlock func(string) []byte, out evidence.Sink) error {
	limit := &evidence.RecordLimit{Reader: &tagLimit{r: r}}
	d := xml.NewDecoder(limit)
	d.CharsetReader = func(_ string, r io.Reader) (io.Reader, error) { return r, nil } // it is UTF-8 by now
	k := &keepassReader{out: out, unlock: unlock}
	for {
		if err := ctx.Err(); err != nil {
			return err
		}
		limit.Reset()
		t, err := d.Token()
		if err != nil {
			return err
		}
		switch t := t.(type) {
		case xml.StartElement:
			if err := k.start(t); err != nil {
				return err
			}
		case xml.CharData:
			if err := k.write(t); err != nil {
				return err
			}
		case xml.EndElement:
			if k.end(); len(k.path) == 0 {
				return nil // padding may follow
			}
		}
	}
}

// start opens an element.
func (k *keepassReader) start(t xml.StartElement) error {
	if len(k.path) == 0 && t.Name.Local != "KeePassFile" || len(k.path) >= evidence.MaxNesting {
		return errXML
	}
	k.path = append(k.path, t.Name.Local)
	k.text.Reset()
	k.sealed = false
	for _, a := range t.Attr {
		k.sealed = k.sealed || a.Name.Local == "Protected" && strings.EqualFold(a.Value, "true")
	}
	if k.skipped > 0 {
		return nil
	}
	switch t.Name.Local {
	case "History", "DeletedObjects", "Binaries", "Binary", "CustomIcons", "CustomData", "AutoType":
		k.skipped = len(k.path)
	case "Entry":
		k.entry, k.created, k.used = map[string]string{}, time.Time{}, time.Time{}
		k.sites, k.names = nil, nil
	}
	return nil
}

// maxSealed bounds one protected value, such as an attachment.
const maxSealed = 64 << 20

// write takes text of the innermost element.
func (k *keepassReader) write(t []byte) error {
	switch size := k.text.Len() + len(t); {
	case k.sealed && size > maxSealed:
		return errXML
	case k.sealed, k.skipped == 0 && size <= maxLine: // no field of a login is longer
		k.text.Write(t)
	}
	return nil
}

// end closes the innermost element.
func (k *keepassReader) end() {
	value := k.value()
	depth := len(k.path)
	name := k.path[depth-1]
	k.path = k.path[:depth-1]
	if k.skipped > 0 {
		if k.skipped == depth {
			k.skipped = 0
		}
		return
	}
	parent := ""
	if depth > 1 {
		parent = k.path[depth-2]
	}
	switch {
	case name == "Entry":
		k.finish()
	case parent == "Meta" && name == "RecycleBinUUID":
		k.bin = value
	case parent == "Group" && name == "UUID" && value == k.bin && strings.Trim(value, "A=") != "":
		k.skipped = depth - 1 // the rest of the recycle bin
	case k.entry == nil:
	case parent == "String" && name == "Key":
		k.key = value
	case parent == "String" && name == "Value":
		k.keep(k.key, value)
	case name == "CreationTime":
		k.created = keepassTime(value)
	case name == "LastModificationTime":
		k.used = keepassTime(value)
	}
}

// value is the text of the element that ends now.
func (k *keepassReader) value() string {
	s := k.text.String()
	k.text.Reset()
	if !k.sealed {
		return strings.TrimSpace(s)
	}
	k.sealed = false
	if k.unlock == nil {
		return ""
	}
	return string(k.unlock(strings.TrimSpace(s)))
}

// keep notes a string of the open entry, if it is one that is used. Names:
// https://keepass.info/help/base/placeholders.html#otp, and the documentation of
// KeePassXC and Keepass2Android.
func (k *keepassReader) keep(key, value string) {
	switch {
	case key == "TOTP Seed", strings.HasPrefix(key, "TimeOtp-Secret"), strings.HasPrefix(key, "HmacOtp-Secret"):
		key = "otp"
	case strings.HasPrefix(key, "KP2A_URL"),
		key == "KPEX_PASSKEY_RELYING_PARTY",
		evidence.ColumnOf(strings.TrimRight(key, "_0123456789")) == evidence.ColumnSite:
		k.sites = append(k.sites, value)
	case strings.HasPrefix(key, "AndroidApp"):
		k.sites = append(k.sites, "androidapp://"+value)
	case evidence.ColumnOf(key) == evidence.ColumnEmail:
		k.names = append(k.names, value)
	}
	switch key {
	case "Title", "UserName", "Password", "otp", "KPEX_PASSKEY_RELYING_PARTY", "KPEX_PASSKEY_USERNAME":
		k.entry[key] = first(k.entry[key], value)
	}
}

// finish hands out an entry.
func (k *keepassReader) finish() {
	e := k.entry
	k.entry = nil
	k.out.Item()
	l := login{
		title: e["Title"],
		sites: k.sites, names: k.names,
		user: first(e["UserName"], e["KPEX_PASSKEY_USERNAME"]), password: e["Password"],
		totp: filled(e["otp"]), passkey: filled(e["KPEX_PASSKEY_RELYING_PARTY"]), created: k.created, used: k.used,
	}
	l.references()
	emit(l, k.out)
}

// yearOne is 0001-01-01 in seconds before 1970; databases count from it.
const yearOne = 62135596800

// keepassTime reads ISO 8601, or base64 of seconds since the year 1.
func keepassTime(s string) time.Time {
	if b, err := base64.StdEncoding.DecodeString(s); err == nil && len(b) == 8 {
		n := int64(binary.LittleEndian.Uint64(b))
		if n <= yearOne || n > yearOne+1<<33 {
			return time.Time{}
		}
		return plausible(time.Unix(n-yearOne, 0))
	}
	return when(s)
}
