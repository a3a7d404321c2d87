package archive

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"golang.org/x/net/html"

	"unlisted/checks/evidence"
	"unlisted/checks/identifier"
)

// Limits of the members that are read here: account files are small, lists of
// names are not endless.
const (
	maxDocument = 8 << 20  // bytes of a JSON document held whole
	maxOpening  = 4 << 10  // bytes a member is recognised by
	maxStyle    = 16 << 10 // the same of a web page, which begins with its style
	maxMentions = 1 << 20  // the same of a small document that is known by a word anywhere in it
	maxLine     = 1 << 20  // bytes of a line of a table
	maxBlock    = 4 << 10  // bytes of one text of a web page
	maxDepth    = 200      // nesting of JSON that is passed over
	maxValues   = 50       // identifiers in one cell
)

// atMost passes findings on with no more than a confidence: layouts that no one
// has seen a real sample of prove less.
type atMost struct {
	evidence.Sink
	limit evidence.Confidence
}

// Finding implements evidence.Sink.
func (a atMost) Finding(f evidence.Finding) {
	f.Confidence = min(f.Confidence, a.limit)
	a.Sink.Finding(f)
}

// likely is the platform where nothing is surer than likely.
func (p platform) likely() platform {
	p.out = atMost{p.out, evidence.Likely}
	return p
}

// account reports the account itself.
func (p platform) account(user string, first time.Time) {
	f := evidence.Finding{Fact: evidence.FactAccount, First: first}
	if user = strings.TrimPrefix(evidence.Clean(user), "@"); !nothing(user) && !strings.Contains(user, "@") {
		f.UserName, f.Purpose = user, evidence.PurposeSignIn
	}
	p.finding(f)
}

// secondFactor reports a number that receives sign-in codes.
func (p platform) secondFactor(id identifier.Identifier) {
	p.finding(evidence.Finding{Fact: evidence.FactPhone2FA, Identifier: id, Purpose: evidence.PurposeSecondFactor})
}

// own proposes an identifier as the person's.
func (p platform) own(id identifier.Identifier, c evidence.Confidence) {
	p.out.Finding(evidence.Finding{Fact: evidence.FactOwn, Identifier: id, Confidence: c, Count: 1})
}

// uploaded reports that the address book is there, by its size only: the people
// in it are not ours to list.
func (p platform) uploaded(n int) {
	if n > 0 {
		p.out.Finding(evidence.Finding{
			Fact: evidence.FactContactUpload, Site: p.site, Purpose: evidence.PurposeLookup,
			Confidence: evidence.Confirmed, Count: n, Last: p.at,
		})
	}
}

// nothings are the ways archives write that there is no value.
var nothings = []string{
	"",
	"null",
	"none",
	"n/a",
	"-",
	"not available",
	"not applicable",
	"(unknown)",
	"unknown",
	"0",
	"redacted",
	"[]",
}

func nothing(s string) bool {
	return slices.Contains(nothings, strings.ToLower(strings.TrimSpace(s)))
}

// peopleNames are names for other people, in the languages seen.
const peopleNames = `contacts?|connections|friends?|messages?|messaging|chats?|conversations?|address ?books?|followers?|participants?|matches|senders?|` +
	`recipients?|kontakte?|freunde?|absender|empfänger|amis?|expéditeurs?|destinataires?|contactos?|amigos?|remitentes?|destinatarios?`

// Words of labels, matched against what plain makes of them. Platforms
// translate some of their labels and column names.
var (
	mailWords  = regexp.MustCompile(`e ?mail|courriel|correo|mail address|adresse`)
	phoneWords = regexp.MustCompile(
		`phone|mobile|msisdn|telefon|telefoon|téléphone|teléfono|handy|portable|\bsms\b|\btel\b|\bcell`,
	)
	recoveryWords = regexp.MustCompile(`recover|rescue|récup|recuper|wiederherstell|herstel|backup`)
	twoStepWords  = regexp.MustCompile(
		`(2|two|deux|zwei|dos|due|duas|dois|twee) ?(step|étapes|schritt|pasos|passaggi|etapas|staps)|(2|two) ?factor|\b[2m]fa\b|trusted`,
	)
	adsWords      = regexp.MustCompile(`\bads?\b|advertis|marketing|publicit|werb`)
	deliveryWords = regexp.MustCompile(`deliver|shipping|livraison|liefer|envío`)
	signInWords   = regexp.MustCompile(`log ?in|sign ?in|user ?name|primary|apple id\b|connexion|anmelde`)
	createdWords  = regexp.MustCompile(`creat|sign ?up|registr|inscri|erstellt|joined|member since`)
	// thingWords are labels of devices and settings, whose numbers reach nobody.
	thingWords = regexp.MustCompile(
		`\b(id|ids|imei|imsi|device|model|type|brand|make|carrier|operator|country|code|verified|os|ip|hash)\b`,
	)
	// peopleFiles are words of paths and labels behind which other people stand,
	// who are never read; peopleWords are those and the ones of labels alone.
	peopleFiles = regexp.MustCompile(`\b(` + peopleNames + `)\b`)
	peopleWords = regexp.MustCompile(
		`\b(` + peopleNames + `|following|emergency|authors?|maintainers?|sellers?|merchants?|drivers?|hosts?|` +
			`invit\w*|attendees?|guests?|pay(er|ee)s?|buyers?|support|groups?|blocked|refer\w*|from|to|cc|bcc|notfall\w*|urgence|emergencia)\b`,
	)
)

// plain lowers a label and takes it apart into words: "phoneNumber",
// "phone_number" and "Phone-number" are the same.
func plain(label string) string {
	var b strings.Builder
	last := ' '
	for _, r := range label[:min(len(label), 2*maxBlock)] {
		switch {
		case unicode.IsUpper(r) && unicode.IsLower(last):
			b.WriteRune(' ')
			b.WriteRune(unicode.ToLower(r))
		case unicode.IsLetter(r), unicode.IsDigit(r):
			b.WriteRune(unicode.ToLower(r))
		default:
			r = ' '
			if last != ' ' {
				b.WriteRune(r)
			}
		}
		last = r
	}
	return strings.TrimSpace(b.String())
}

// purpose reads from a label why a platform has what stands beside it.
func purpose(label string) evidence.Purpose {
	switch {
	case recoveryWords.MatchString(label):
		return evidence.PurposeRecovery
	case twoStepWords.MatchString(label):
		return evidence.PurposeSecondFactor
	case adsWords.MatchString(label):
		return evidence.PurposeAds
	case deliveryWords.MatchString(label):
		return evidence.PurposeDelivery
	case signInWords.MatchString(label):
		return evidence.PurposeSignIn
	}
	return evidence.PurposeProfile
}

// told reports what stands beside a label nobody has documented: addresses, and
// numbers where the label or a country code says that they are some.
func (p platform) told(label, value string) {
	label = plain(label)
	if peopleWords.MatchString(label) || thingWords.MatchString(label) && !signInWords.MatchString(label) {
		return
	}
	why := purpose(label)
	for _, id := range identifiers(value, p.number, phoneWords.MatchString(label)) {
		if id.IsNumber() && why == evidence.PurposeSecondFactor {
			p.secondFactor(id)
		}
		p.shows(evidence.Confirmed, id, why, time.Time{})
	}
}

// identifiers reads the addresses and numbers of a cell, which may hold several,
// each with a remark in brackets; number reads a number. One in national form
// counts only where it is expected: a customer number often has as many digits.
func identifiers(cell string, number func(string) identifier.Identifier, national bool) []identifier.Identifier {
	var out []identifier.Identifier
	for v := range strings.FieldsFuncSeq(cell[:min(len(cell), maxBlock)], func(r rune) bool { return strings.ContainsRune(",;|\n", r) }) {
		v, _, _ = strings.Cut(strings.TrimSpace(v), " [")
		if nothing(v) || len(out) >= maxValues {
			continue
		}
		if !strings.Contains(v, "@") && !national && !identifier.International(v) {
			continue
		}
		var id identifier.Identifier
		if strings.Contains(v, "@") {
			id, _ = identifier.ParseEmail(v)
		} else {
			id = number(v)
		}
		if !id.IsZero() && (national || id.Kind != identifier.KindUnplaced) {
			out = append(out, id)
		}
	}
	return out
}

// when reads the dates archives write, those of stamp included.
func when(s string) time.Time {
	s = strings.TrimSpace(s)
	if t := stamp(s); !t.IsZero() {
		return t
	}
	for _, layout := range []string{
		"2006-01-02 15:04:05 Z", "2006-01-02 15:04:05 UTC", "2006-01-02 15:04:05 -0700 UTC", "2006-01-02 15:04:05.999",
		"2006-01-02T15:04:05", "01-02-2006 15:04:05", "01/02/2006 15:04:05", time.ANSIC,
	} {
		if t, err := time.Parse(layout, s); err == nil {
			return t.UTC()
		}
	}
	return time.Time{}
}

// base is the last part of a path, lower case.
func base(name string) string { return strings.ToLower(path.Base(name)) }

func isJSON(name string) bool { return strings.HasSuffix(base(name), ".json") }
func isCSV(name string) bool  { return strings.HasSuffix(base(name), ".csv") }

func isPage(name string) bool {
	return strings.HasSuffix(base(name), ".html") || strings.HasSuffix(base(name), ".htm")
}

// opening is the beginning of a member as lower-case text, or "".
func opening(in evidence.Input, name string) string {
	if isPage(name) {
		return start(in, name, maxStyle)
	}
	return start(in, name, maxOpening)
}

// start is the beginning of a member as lower-case text, of so many bytes, or "".
func start(in evidence.Input, name string, size int) string {
	f, err := in.FS.Open(name)
	if err != nil {
		return ""
	}
	defer f.Close()
	b := make([]byte, size)
	n, _ := io.ReadFull(f, b)
	return strings.ToLower(evidence.HeadText(b[:n]))
}

// mentioning is opening, of a document a longer one: the word that tells whose it is may stand anywhere.
func mentioning(in evidence.Input, name string) string {
	if isJSON(name) {
		return start(in, name, maxMentions)
	}
	return opening(in, name)
}

// deepOpening is opening with the keys of a JSON member that only come later.
func deepOpening(in evidence.Input, name string) string {
	head := opening(in, name)
	if !isJSON(name) || len(head) < maxOpening/2 {
		return head
	}
	f, err := in.FS.Open(name)
	if err != nil {
		return head
	}
	defer f.Close()
	for _, k := range evidence.Keys(evidence.Text(f)) {
		head += "\n\"" + strings.ToLower(k) + "\":"
	}
	return head
}

// begins reports whether the first character of a file, white space aside, is
// one of those given.
func begins(in evidence.Input, characters string) bool {
	head := bytes.TrimLeft(bytes.TrimPrefix(in.Head, []byte("\ufeff")), " \t\r\n")
	return len(head) > 0 && strings.IndexByte(characters, head[0]) >= 0
}

// holdsJSON reports whether a file begins like a JSON document.
func holdsJSON(in evidence.Input) bool { return begins(in, "{[") }

// mentions reports whether every one of the parts is in the first bytes of a file, or
// is one of its later keys. It converts nothing: archives have thousands of members to look at.
func mentions(in evidence.Input, parts ...string) bool {
	return !slices.ContainsFunc(parts, func(p string) bool {
		return !bytes.Contains(in.Head, []byte(p)) && !slices.Contains(in.Keys, strings.Trim(p, `"`))
	})
}

// hasAll reports whether s contains every one of the parts.
func hasAll(s string, parts ...string) bool {
	return !slices.ContainsFunc(parts, func(p string) bool { return !strings.Contains(s, p) })
}

// hasAny reports whether s contains one of the parts.
func hasAny(s string, parts ...string) bool {
	return slices.ContainsFunc(parts, func(p string) bool { return strings.Contains(s, p) })
}

// openMember hands the text of a member to f. A member that f cannot read to its end
// is told and passed over; the error is the context's only.
func openMember(
	ctx context.Context,
	in evidence.Input,
	name string,
	out evidence.Sink,
	f func(*evidence.RecordLimit) error,
) error {
	return readMember(
		ctx,
		in,
		name,
		out,
		func(r io.Reader) error { return f(&evidence.RecordLimit{Reader: evidence.Text(r)}) },
	)
}

// readMember is openMember for the bytes of a member.
func readMember(
	ctx context.Context,
	in evidence.Input,
	name string,
	out evidence.Sink,
	f func(io.Reader) error,
) error {
	file, err := in.FS.Open(name)
	if err == nil {
		defer file.Close()
		err = f(evidence.Counted(ctx, file, out))
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if err != nil {
		out.Problem(*evidence.NewProblem(name, "error.evidence.damaged_member"))
	}
	return nil
}

// streamed hands a JSON member to f, value by value.
func streamed(
	ctx context.Context,
	in evidence.Input,
	name string,
	out evidence.Sink,
	f func(*evidence.Document) error,
) error {
	return readMember(ctx, in, name, out, func(r io.Reader) error {
		if err := f(evidence.NewDocument(ctx, r)); !errors.Is(err, errEnough) {
			return err
		}
		return nil
	})
}

// document reads a small JSON member whole and hands it to f.
func document(ctx context.Context, in evidence.Input, name string, out evidence.Sink, f func(any)) error {
	return openMember(ctx, in, name, out, func(r *evidence.RecordLimit) error {
		left := maxTokens
		v, err := next(json.NewDecoder(io.LimitReader(r, maxDocument)), 0, &left)
		if err != nil {
			return err
		}
		out.Item()
		f(v)
		return nil
	})
}

// errEnough ends a document of which all that is wanted was read.
var errEnough = errors.New("read enough")

// properties streams a JSON object and hands the wanted properties to their
// functions; the others are never held. Reading ends when all are read, or,
// once one is, at one whose function is nil: what follows may be huge.
func properties(
	ctx context.Context,
	in evidence.Input,
	name string,
	out evidence.Sink,
	wanted map[string]func(any),
) error {
	read := map[string]bool{}
	return streamed(ctx, in, name, out, func(d *evidence.Document) error {
		return d.Object(func(key string) error {
			f, want := wanted[key]
			switch {
			case want && f == nil && len(read) > 0:
				return errEnough
			case !want || f == nil:
				return d.Skip()
			}
			left := maxTokens
			v, err := next(d.Decoder, 0, &left)
			if err != nil {
				return err
			}
			out.Item()
			f(v)
			if read[key] = true; len(read) == len(wanted) {
				return errEnough
			}
			return nil
		})
	})
}

// scalar writes a JSON string or number as text.
func scalar(v any) string {
	switch v := v.(type) {
	case string:
		return strings.TrimSpace(v)
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	}
	return ""
}

// leaves hands every string and number below v to f, with the keys that lead
// there; the places in lists have no name.
func leaves(v any, keys string, f func(keys, value string)) {
	switch v := v.(type) {
	case map[string]any:
		for k, x := range v {
			leaves(x, keys+"/"+k, f)
		}
	case []any:
		for _, x := range v {
			leaves(x, keys, f)
		}
	default:
		if s := scalar(v); s != "" {
			f(keys, s)
		}
	}
}

// row is one line of a table.
type row struct{ header, cells []string }

// find returns the first cell with a value below a column whose name contains
// one of the words; earlier words win.
func (r row) find(words ...string) string {
	for _, w := range words {
		for i, h := range r.header {
			if i < len(r.cells) && strings.Contains(h, w) && !nothing(r.cells[i]) {
				return strings.TrimSpace(r.cells[i])
			}
		}
	}
	return ""
}

// each hands every cell with a value to f. A table of two columns, named field
// and value or the like, is read across.
func (r row) each(f func(label, value string)) {
	if len(r.header) == 2 && len(r.cells) == 2 && hasAny(r.header[1], "value", "valeur", "valor", "wert") {
		f(r.cells[0], r.cells[1])
		return
	}
	for i, c := range r.cells {
		if i < len(r.header) && !nothing(c) {
			f(r.header[i], c)
		}
	}
}

// columns are the names of the columns of the table that a text begins with, lower
// case; of another text its first line.
func columns(head string) []string {
	t, err := evidence.OpenSheet(strings.NewReader(head), maxLine)
	if err != nil {
		return nil
	}
	return t.Header
}

// table streams the rows of a CSV member below its header.
func table(ctx context.Context, in evidence.Input, name string, out evidence.Sink, f func(row)) error {
	return openMember(ctx, in, name, out, func(r *evidence.RecordLimit) error {
		t, err := evidence.OpenSheet(r, maxLine)
		if err != nil {
			return err
		}
		for first := true; ; first = false {
			r.Reset()
			switch err := t.Next(ctx); {
			case errors.Is(err, io.EOF):
				return nil
			case err != nil:
				return err
			case first && t.IsHeader() && !t.Slipped(): // Apple writes the header twice
				continue
			}
			cells := t.Cells()
			for i, c := range cells {
				if strings.Count(c, `"`) == 1 { // nobody closed it
					cells[i] = strings.Trim(c, `" `)
				}
			}
			out.Item()
			f(row{t.Header, cells})
		}
	})
}

func lower(cells []string) []string {
	out := make([]string, len(cells))
	for i, c := range cells {
		out[i] = strings.ToLower(strings.TrimSpace(c))
	}
	return out
}

// block is one text of a web page, and the table row or list item it stands in.
type block struct {
	text string
	row  int
}

// inline are the elements that do not end a text.
var inline = map[string]bool{
	"a":      true,
	"b":      true,
	"i":      true,
	"em":     true,
	"strong": true,
	"span":   true,
	"u":      true,
	"small":  true,
	"font":   true,
	"code":   true,
}

// blocks streams the texts of a web page. An empty cell is a text too.
func blocks(ctx context.Context, in evidence.Input, name string, out evidence.Sink, f func(block)) error {
	return openMember(ctx, in, name, out, func(r *evidence.RecordLimit) error {
		z := html.NewTokenizer(r)
		z.SetMaxBuf(1 << 20)
		var b strings.Builder
		rows, hidden := 0, false
		flush := func(cell bool) {
			if t := strings.Join(strings.Fields(b.String()), " "); t != "" || cell {
				f(block{t, rows})
			}
			b.Reset()
		}
		for {
			if err := ctx.Err(); err != nil {
				return err
			}
			r.Reset()
			switch kind := z.Next(); kind {
			case html.ErrorToken:
				flush(false)
				if err := z.Err(); !errors.Is(err, io.EOF) {
					return err
				}
				return nil
			case html.TextToken:
				if t := z.Text(); !hidden && b.Len()+len(t) < maxBlock {
					b.Write(t)
				}
			case html.StartTagToken, html.EndTagToken, html.SelfClosingTagToken:
				n, _ := z.TagName()
				tag := string(n)
				hidden = kind == html.StartTagToken && (tag == "script" || tag == "style")
				if inline[tag] {
					b.WriteByte(' ')
					continue
				}
				flush(kind == html.EndTagToken && (tag == "td" || tag == "dd"))
				if kind == html.StartTagToken && (tag == "tr" || tag == "li" || tag == "dt") {
					rows++
				}
			}
		}
	})
}

// pairs streams the labels of a web page with what stands beside them: "Label:
// value" in one text, or the label in one and the value in the next.
func pairs(
	ctx context.Context,
	in evidence.Input,
	name string,
	out evidence.Sink,
	f func(label, value string),
) error {
	last := ""
	return blocks(ctx, in, name, out, func(b block) {
		label, value, ok := strings.Cut(b.text, ": ")
		switch {
		case ok:
			out.Item()
			f(label, value)
			last = ""
		case last != "" && b.text != "":
			out.Item()
			f(last, b.text)
			last = strings.TrimSuffix(b.text, ":")
		default:
			last = strings.TrimSuffix(b.text, ":")
		}
	})
}
