package mailbox

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"io"
	"strconv"
	"strings"

	"unlisted/checks/evidence"
)

// Bounds of what is held of one message.
const (
	bufferSize   = 256 << 10
	refill       = 64 << 10  // less than this in the buffer is filled up; moving it costs
	maxHeader    = 128 << 10 // top-level header; real ones stay below 64 KiB
	maxBody      = 256 << 10 // raw body kept of the mails whose body is read
	maxSeparator = 4 << 10   // a separator and the start of the header after it
	lookBehind   = 256       // bytes that tell what stands before a separator
	lookAhead    = 1 << 20   // how far the end of an open part is looked for
	maxJunk      = 1 << 10   // before the first separator
)

// What opens a message in the other formats of many messages in one file.
var (
	mmdfMark  = []byte("\x01\x01\x01\x01")
	babylMark = []byte("\x1f\x0c")
	babylHead = []byte("BABYL OPTIONS:")
)

// splitter streams messages out of an mbox of any dialect, out of MMDF and Babyl
// files; or, if single, the one message of a file. It learns from the first
// separator what those of the file look like, and never splits inside an open
// multipart. Content-Length counts where a separator stands at its end. A line
// of any length costs one buffer. header and body are called in turn; a body
// that was not asked for is passed over without being copied.
type splitter struct {
	r        *bufio.Reader
	src      *source
	single   bool
	mark     []byte // what opens a message
	lineMark []byte // the same behind a line feed
	style    style  // of the first separator
	words    int    // of the first separator
	cr       bool   // lines of this message end in CR alone
	head     []byte // as in the file, folded lines and all; reused
	text     []byte // the first maxBody bytes of a body; reused
	offset   int64
	inBody   bool
	start    int64 // of the body
	within   int64 // separators before this offset stand inside a message
	sep      opening
	found    fromLine // the separator that was looked at last
}

// opening is what is known of the place where a message begins.
type opening struct {
	fromLine
	first      bool // of the file
	introduced bool // the line before announces a quotation
	foreign    bool // of another style than the file's first
}

// source is a file of which more can be looked at than the buffer holds.
type source struct {
	r     io.Reader
	ahead []byte
	err   error
}

// Read implements io.Reader.
func (s *source) Read(p []byte) (int, error) {
	if len(s.ahead) > 0 {
		n := copy(p, s.ahead)
		s.ahead = s.ahead[n:]
		return n, nil
	}
	if s.err != nil {
		return 0, s.err
	}
	return s.r.Read(p)
}

// peek reads on, without taking anything away.
func (s *source) peek(n int) []byte {
	for len(s.ahead) < n && s.err == nil {
		chunk := make([]byte, min(n-len(s.ahead), 64<<10))
		m, err := io.ReadFull(s.r, chunk)
		s.ahead = append(s.ahead, chunk[:m]...)
		if errors.Is(err, io.ErrUnexpectedEOF) {
			err = io.EOF
		}
		s.err = err
	}
	return s.ahead
}

func newSplitter(r io.Reader) *splitter {
	s := &splitter{}
	s.open(r)
	return s
}

// open starts on another file.
func (s *splitter) open(r io.Reader) {
	if s.r == nil {
		s.r = bufio.NewReaderSize(nil, bufferSize)
	}
	s.src = &source{r: r}
	if inUnits(s.src.peek(4)) {
		s.src = &source{r: evidence.Text(s.src)}
	}
	s.r.Reset(s.src)
	s.offset, s.start, s.within, s.inBody, s.cr = 0, 0, 0, false, false
	s.style, s.words, s.mark, s.sep, s.found = styleNone, 0, fromMark, opening{}, fromLine{}
	b, _ := s.r.Peek(maxJunk + maxSeparator)
	if s.single {
		s.discard(len(b) - len(unmarked(b)))
		s.cr = bareCR(unmarked(b))
		return
	}
	at := 0
	if s.mark, at = firstMark(b); s.mark == nil {
		s.mark, at = fromMark, 0
	}
	s.lineMark = append([]byte{'\n'}, s.mark...)
	s.discard(at)
}

// inUnits reports text in UTF-16: by its mark, or by the zeros of its first letters.
// Editors and shells save mail so; mail itself never is.
func inUnits(b []byte) bool {
	if len(b) < 4 {
		return false
	}
	return b[0] == 0xff && b[1] == 0xfe || b[0] == 0xfe && b[1] == 0xff ||
		b[0] != 0 && b[1] == 0 && b[2] != 0 && b[3] == 0 || b[0] == 0 && b[1] != 0 && b[2] == 0 && b[3] != 0
}

// narrow is the head of a file that may be a mail, in bytes as mail has them.
func narrow(head []byte) []byte {
	if !inUnits(head) {
		return head
	}
	return []byte(evidence.HeadText(head))
}

// firstMark finds where the first message of a file is opened, and by what; nil
// where the file is none of messages.
func firstMark(b []byte) (mark []byte, at int) {
	start := len(b) - len(unmarked(b))
	switch rest := b[start:]; {
	case bytes.HasPrefix(rest, mmdfMark):
		return mmdfMark, start
	case bytes.HasPrefix(rest, babylHead):
		if i := bytes.Index(rest, babylMark); i >= 0 {
			return babylMark, start + i
		}
		return babylMark, start
	}
	for at = start; at <= start+maxJunk && at < len(b); {
		line, rest, whole := cutLine(b[at:])
		if whole && opensFile(parseSeparator(line), rest, at == start) {
			return fromMark, at
		}
		if !whole {
			break
		}
		at = len(b) - len(rest)
	}
	return nil, 0
}

// opensFile reports the first separator of an mbox: the less its own look proves,
// the more the header behind it has to.
func opensFile(sep fromLine, rest []byte, atStart bool) bool {
	strength := headerStrength(rest)
	switch {
	case sep.style == styleNone:
		return false
	case strength > 1:
		return true
	case !looksLikeHeader(rest):
		return false
	}
	return sep.full && atStart || sep.style == styleDated && strength > 0
}

// unmarked is text without a byte order mark, blank lines and NUL bytes in front.
func unmarked(b []byte) []byte {
	return bytes.TrimLeft(bytes.TrimPrefix(bytes.TrimLeft(b, "\x00"), []byte("\xef\xbb\xbf")), "\x00\r\n")
}

func (s *splitter) discard(n int) {
	n, _ = s.r.Discard(n)
	s.offset += int64(n)
}

// header returns the next message's header without the lines that only frame it;
// it is valid until the next call. io.EOF ends the file; one that ends within a
// header gives that header first.
func (s *splitter) header(ctx context.Context) ([]byte, error) {
	if s.inBody {
		if _, err := s.body(ctx, false); err != nil {
			return nil, err
		}
	}
	s.head = s.head[:0]
	s.opened()
	var seen fieldsSeen
	above := 0 // bytes before the first field
	for some := false; ; {
		line, whole, err := s.line()
		if len(line) == 0 && err != nil {
			if some && errors.Is(err, io.EOF) {
				return s.tidy(), nil
			}
			return nil, err
		}
		if len(bytes.TrimRight(line, "\r\n")) == 0 || !seen.any && len(bytes.TrimSpace(line)) == 0 {
			if above += len(line); !seen.any && above+len(s.head) <= maxJunk {
				continue // above the header
			}
			if s.strayBlank(&seen) {
				continue
			}
			s.inBody, s.start = true, s.offset
			return s.tidy(), nil
		}
		some = true
		seen.add(line)
		if len(s.head)+len(line) <= maxHeader {
			s.head = append(s.head, line...)
		}
		if !whole {
			if err := s.skipLine(ctx); err != nil && !errors.Is(err, io.EOF) {
				return nil, err
			}
		}
		if b, _ := s.r.Peek(len(s.mark)); !s.single && bytes.Equal(b, s.mark) {
			if b, _ := s.r.Peek(maxSeparator); s.separates(b, true, nil) {
				s.sep.introduced = false
				return s.tidy(), nil
			}
		}
	}
}

// opened passes over the line that opens a message and learns from it.
func (s *splitter) opened() {
	b, _ := s.r.Peek(maxSeparator)
	if s.single || !bytes.HasPrefix(b, s.mark) {
		if !s.single {
			s.sep.fromLine = fromLine{}
		}
		return
	}
	line, rest, whole := cutLine(b)
	if s.mark[0] != 'F' {
		for whole && bytes.HasPrefix(rest, s.mark) { // MMDF closes each message, too
			line, rest, whole = cutLine(rest)
		}
	}
	if s.sep.fromLine = s.found; s.found.style == styleNone {
		s.sep.fromLine = parseSeparator(line)
	}
	s.found = fromLine{}
	if s.sep.first = s.style == styleNone; s.sep.first {
		s.style, s.words = s.sep.style, s.sep.words
		s.sep.introduced, s.sep.foreign = false, false
	}
	s.cr = whole && bareCR(b)
	if whole {
		s.discard(len(b) - len(rest))
		return
	}
	_, _, _ = s.line()
}

// tidy makes a header of lines that end in LF, without NUL bytes.
func (s *splitter) tidy() []byte {
	if s.cr {
		for i, c := range s.head {
			if c == '\r' {
				s.head[i] = '\n'
			}
		}
	}
	if bytes.IndexByte(s.head, 0) >= 0 {
		kept := s.head[:0]
		for _, c := range s.head {
			if c != 0 {
				kept = append(kept, c)
			}
		}
		s.head = kept
	}
	return s.head
}

// fieldsSeen is what a header has had so far.
type fieldsSeen struct {
	any                                bool
	from, to, subject, date, messageID bool
}

func (f *fieldsSeen) add(line []byte) {
	switch line[0] | 0x20 {
	case ' ', '\t' | 0x20:
		return // folded
	case 'f', 't', 's', 'd', 'm':
	default:
		if f.any {
			return // no field that counts
		}
	}
	name := fieldName(line)
	if name == "" {
		return
	}
	f.any = true
	if at := f.of(name); at != nil {
		*at = true
	}
}

// of returns the place of a field that stands once in a header, or nil.
func (f *fieldsSeen) of(name string) *bool {
	switch name {
	case "from":
		return &f.from
	case "to":
		return &f.to
	case "subject":
		return &f.subject
	case "date":
		return &f.date
	case "message-id":
		return &f.messageID
	}
	return nil
}

// strayBlank reports an empty line in the middle of a header: the header is not
// complete, and all up to the next empty line are fields that it lacks.
func (s *splitter) strayBlank(seen *fieldsSeen) bool {
	if seen.from && seen.subject && seen.date {
		return false
	}
	b, _ := s.r.Peek(2 * maxSeparator)
	mail := false
	for first := true; len(b) > 0; first = false {
		line, rest, whole := cutLine(b)
		if len(line) == 0 {
			break
		}
		b = rest
		if line[0] == ' ' || line[0] == '\t' {
			if first && len(bytes.TrimSpace(line)) == 0 {
				return false
			}
			continue
		}
		name := fieldName(line)
		if name == "" && whole || !looksLikeHeader(line) {
			return false
		}
		if at := seen.of(name); at != nil && *at {
			return false // the header of another mail
		}
		mail = mail || mailFields[name] || !seen.from
	}
	return mail
}

// body reads up to the next message. Kept bytes are valid until the next call.
func (s *splitter) body(ctx context.Context, keep bool) ([]byte, error) {
	s.text = s.text[:0]
	if !s.inBody {
		return s.text, nil
	}
	s.inBody = false
	for start := true; ; start = false {
		if err := ctx.Err(); err != nil {
			return s.text, err
		}
		size := s.r.Buffered()
		if size < refill {
			size = bufferSize
		}
		w, err := s.r.Peek(size)
		last := err != nil
		n, found := len(w), false
		if !s.single {
			n, found = s.cut(w, start, last)
		}
		if keep && len(s.text) < maxBody {
			s.text = append(s.text, w[:min(n, maxBody-len(s.text))]...)
		}
		s.discard(n)
		if found || last && n == len(w) {
			if s.cr {
				s.text = bytes.ReplaceAll(s.text, []byte("\r"), []byte("\n"))
			}
			if err != nil && !found && !errors.Is(err, io.EOF) {
				return s.text, err
			}
			return s.text, nil
		}
	}
}

// cut tells how much of a window of a body belongs to it for certain, and
// whether a separator follows. start is set on the body's first window, last on
// the file's last.
func (s *splitter) cut(w []byte, start, last bool) (n int, found bool) {
	for at := s.nextLine(w, 0, start); at >= 0; at = s.nextLine(w, at+1, false) {
		if !last && len(w)-at < maxSeparator && at > lookBehind {
			return at - lookBehind, false // look again with more behind it
		}
		before := bytes.TrimRight(w[:at], "\r\n")
		ends := bytes.Count(w[len(before):at], []byte("\n"))
		if s.cr || ends == 0 {
			ends = at - len(before)
		}
		blank := ends > 1 || len(before) == 0 && start
		s.sep.introduced = introduces(before)
		if s.separates(w[at:], blank, before) && !s.inside(w, at) {
			return at, true
		}
	}
	if last {
		return len(w), false
	}
	return max(len(w)-lookBehind-len(s.mark), 1), false
}

// nextLine finds the next line, from an offset on, that begins as a separator
// does; -1 where there is none. start is set where the window begins a line.
func (s *splitter) nextLine(w []byte, from int, start bool) int {
	if start && bytes.HasPrefix(w, s.mark) {
		return 0
	}
	if !s.cr { // the line feed is rarer than the mark's first letter in encoded text
		from = max(from, 1)
		i := bytes.Index(w[min(from-1, len(w)):], s.lineMark)
		if i < 0 {
			return -1
		}
		return from + i
	}
	for at := from; ; at++ {
		i := bytes.Index(w[min(at, len(w)):], s.mark)
		if i < 0 {
			return -1
		}
		if at += i; at > 0 && (w[at-1] == '\n' || w[at-1] == '\r') {
			return at
		}
	}
}

// line reads a line up to the size of the buffer.
func (s *splitter) line() (line []byte, whole bool, err error) {
	line, err = s.r.ReadSlice(s.lineEnd())
	s.offset += int64(len(line))
	if errors.Is(err, bufio.ErrBufferFull) {
		return line, false, nil
	}
	return line, true, err
}

func (s *splitter) lineEnd() byte {
	if s.cr {
		return '\r'
	}
	return '\n'
}

func (s *splitter) skipLine(ctx context.Context) error {
	for {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		b, err := s.r.ReadSlice(s.lineEnd())
		s.offset += int64(len(b))
		if !errors.Is(err, bufio.ErrBufferFull) {
			return err
		}
	}
}

// separates tells whether b, at the start of a line, opens another message: a
// separator of the file's style, and behind it a header, since bodies hold
// "From " too.
func (s *splitter) separates(b []byte, afterBlank bool, before []byte) bool {
	if s.mark[0] != 'F' {
		return true
	}
	b = b[:min(len(b), maxSeparator)]
	line, rest, whole := cutLine(b)
	sep := parseSeparator(line)
	s.found = sep
	if sep.style == styleNone || !whole || sep.patch && s.style != styleNone {
		return false
	}
	s.sep.foreign = sep.style != s.style && s.style != styleNone
	if s.sep.foreign && s.style == styleTakeout {
		return false
	}
	fields := looksLikeHeader(rest)
	switch {
	case sep.style == styleOther && (s.style != styleOther || sep.words != s.words),
		sep.style == styleBare && s.sep.foreign:
		return false
	case !s.sep.foreign && (sep.style == styleDash || sep.style == styleTakeout || sep.style == styleEudora):
		return fields || headerStrength(rest) > 1
	case sep.full && afterBlank && fields && !s.sep.foreign:
		return true
	}
	return (afterBlank || sep.full || endsPart(before)) && headerStrength(rest) > 1
}

// endsPart reports text that ends with the line that closes a multipart.
func endsPart(before []byte) bool {
	line := lastLine(before)
	return bytes.HasPrefix(line, []byte("--")) && bytes.HasSuffix(line, []byte("--"))
}

func lastLine(b []byte) []byte {
	b = b[max(0, len(b)-lookBehind):]
	return bytes.TrimSpace(b[bytes.LastIndexAny(b, "\r\n")+1:])
}

// introduces reports text whose last line announces what somebody else wrote.
func introduces(before []byte) bool {
	line := lastLine(before)
	switch {
	case len(line) == 0 || endsPart(before):
		return false
	case line[len(line)-1] == ':', line[0] == '>', bytes.HasPrefix(line, []byte("```")):
		return true
	}
	return bytes.HasPrefix(line, []byte("---")) && bytes.IndexByte(line, ' ') > 0 ||
		bytes.Equal(line, []byte("---"))
}

// inside reports a separator that stands within the message: before the end that
// Content-Length tells, where another separator stands, or in a multipart whose
// boundary comes again.
func (s *splitter) inside(w []byte, at int) bool {
	here := s.offset + int64(at)
	if here < s.within {
		return true
	}
	if s.mark[0] != 'F' {
		return false
	}
	if end := s.start + contentLength(s.head); end > here && end-here < lookAhead {
		if rest := s.after(w, at, int(end-here)+maxSeparator); len(rest) >= int(end-here) &&
			s.endsAt(rest[end-here:]) {
			s.within = end
			return true
		}
	}
	if endsPart(bytes.TrimRight(w[:at], "\r\n")) || !bytes.Contains(s.head, []byte("ultipart/")) {
		return false
	}
	boundary := boundaryOf(s.head)
	if boundary == "" || bytes.Contains(w[:at], []byte("--"+boundary+"--")) {
		return false
	}
	rest := s.after(w, at, lookAhead)
	i := bytes.Index(rest, []byte(boundary))
	if i < 3 || string(rest[i-2:i]) != "--" || rest[i-3] != '\n' && rest[i-3] != '\r' {
		return false // it never comes again, or belongs to a mail that has the same
	}
	s.within = here + int64(i)
	return true
}

// after is what follows in the file, n bytes of it where there are so many.
func (s *splitter) after(w []byte, at, n int) []byte {
	have := w[at:]
	if buffered, _ := s.r.Peek(s.r.Buffered()); len(buffered) > len(w) {
		have = buffered[at:]
	}
	if len(have) >= n {
		return have[:n]
	}
	more := s.src.peek(n - len(have))
	return append(have[:len(have):len(have)], more[:min(len(more), n-len(have))]...)
}

// endsAt reports the end of a message: of the file, or a separator.
func (s *splitter) endsAt(b []byte) bool {
	b = bytes.TrimLeft(b, "\r\n")
	if len(b) == 0 {
		return true
	}
	line, rest, _ := cutLine(b)
	return parseSeparator(line).style != styleNone && looksLikeHeader(rest)
}

// contentLength is what a header says of the length of its body, or 0.
func contentLength(head []byte) int64 {
	_, rest, found := bytes.Cut(head, []byte("Content-Length:"))
	if !found {
		return 0
	}
	line, _, _ := cutLine(rest)
	n, err := strconv.ParseInt(strings.TrimSpace(string(line)), 10, 64)
	if err != nil || n < 0 {
		return 0
	}
	return n
}
