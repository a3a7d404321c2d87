package mailbox

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"io"
	"slices"
)

// Bounds of what is held of one message.
const (
	bufferSize   = 256 << 10
	refill       = 64 << 10  // less than this in the buffer is filled up; moving it costs
	maxHeader    = 128 << 10 // top-level header; real ones stay below 64 KiB
	maxBody      = 256 << 10 // raw body kept of the mails whose body is read
	maxSeparator = 1 << 10   // a separator and the start of the header after it
	lookBehind   = 16        // bytes that tell whether the line before was empty
)

// newLine is what a separator looks like from within a body.
var newLine = []byte("\nFrom ")

// splitter streams messages out of an mbox of any dialect: mboxo, mboxrd,
// mboxcl and Thunderbird's unquoted one; or, if single, the one message of a
// file. Content-Length is not trusted. A line of any length costs one buffer.
// header and body are called in turn; a body that was not asked for is passed
// over without being copied.
type splitter struct {
	r      *bufio.Reader
	single bool
	head   []byte // as in the file, folded lines and all; reused
	text   []byte // the first maxBody bytes of a body; reused
	offset int64
	inBody bool
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
	s.r.Reset(r)
	s.offset, s.inBody = 0, false
	s.mark()
}

// mark passes over a byte order mark.
func (s *splitter) mark() {
	if b, _ := s.r.Peek(3); bytes.Equal(b, []byte("\xef\xbb\xbf")) {
		s.discard(3)
	}
}

func (s *splitter) discard(n int) {
	n, _ = s.r.Discard(n)
	s.offset += int64(n)
}

// header returns the next message's header; it is valid until the next call.
// io.EOF ends the file; one that ends within a header gives that header first.
func (s *splitter) header(ctx context.Context) ([]byte, error) {
	if s.inBody {
		if _, err := s.body(ctx, false); err != nil {
			return nil, err
		}
	}
	s.head = s.head[:0]
	for some := false; ; {
		line, whole, err := s.line()
		if len(line) == 0 && err != nil {
			if some && errors.Is(err, io.EOF) {
				return s.head, nil
			}
			return nil, err
		}
		if !some && !s.single && isSeparator(line) {
			some = true
			continue // the separator that opens this message
		}
		some = true
		if len(bytes.TrimRight(line, "\r\n")) == 0 {
			s.inBody = true
			return s.head, nil
		}
		if len(s.head)+len(line) <= maxHeader {
			s.head = append(s.head, line...)
		}
		if !whole {
			if err := s.skipLine(ctx); err != nil && !errors.Is(err, io.EOF) {
				return nil, err
			}
		}
		if b, _ := s.r.Peek(5); bytes.Equal(b, newLine[1:]) && !s.single {
			if b, _ := s.r.Peek(maxSeparator); separates(b, true) {
				return s.head, nil
			}
		}
	}
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
			n, found = cut(w, start, last)
		}
		if keep && len(s.text) < maxBody {
			s.text = append(s.text, w[:min(n, maxBody-len(s.text))]...)
		}
		s.discard(n)
		if found || last && n == len(w) {
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
func cut(w []byte, start, last bool) (n int, found bool) {
	if start && bytes.HasPrefix(w, newLine[1:]) && separates(w[:min(len(w), maxSeparator)], true) {
		return 0, true
	}
	for at := 0; ; at++ {
		i := bytes.Index(w[at:], newLine)
		if i < 0 {
			break
		}
		at += i
		if !last && len(w)-at < maxSeparator+1 && at > lookBehind {
			return at - lookBehind, false // look again with more behind it
		}
		before := bytes.TrimRight(w[:at], "\r")
		blank := len(before) == 0 && start || bytes.HasSuffix(before, []byte("\n"))
		if separates(w[at+1:min(len(w), at+1+maxSeparator)], blank) {
			return at + 1, true
		}
	}
	if last {
		return len(w), false
	}
	return max(len(w)-lookBehind-len(newLine), 1), false
}

// line reads a line up to the size of the buffer.
func (s *splitter) line() (line []byte, whole bool, err error) {
	line, err = s.r.ReadSlice('\n')
	s.offset += int64(len(line))
	if errors.Is(err, bufio.ErrBufferFull) {
		return line, false, nil
	}
	return line, true, err
}

func (s *splitter) skipLine(ctx context.Context) error {
	for {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		b, err := s.r.ReadSlice('\n')
		s.offset += int64(len(b))
		if !errors.Is(err, bufio.ErrBufferFull) {
			return err
		}
	}
}

// separates tells whether b starts another message. After an empty line the
// looks of its first line are enough; elsewhere it must be Thunderbird's or
// Takeout's. In both cases the line after it must look like a header, since
// bodies hold "From " too.
func separates(b []byte, afterBlank bool) bool {
	line, rest, found := bytes.Cut(b, []byte("\n"))
	return found && isSeparator(line) && looksLikeHeader(rest) && (afterBlank || bytes.Contains(line, []byte("@xxx")) || bytes.HasPrefix(line, []byte("From - ")))
}

// isSeparator accepts "From <address or -> <date>": at least a sender and
// something that holds a time of day or a year.
func isSeparator(line []byte) bool {
	if !bytes.HasPrefix(line, []byte("From ")) {
		return false
	}
	rest := bytes.TrimSpace(line[5:])
	if bytes.Equal(rest, []byte("-")) {
		return true
	}
	sender, date, found := bytes.Cut(rest, []byte(" "))
	if !found || len(sender) == 0 {
		return false
	}
	return bytes.Count(date, []byte(":")) >= 1 && hasYear(date)
}

func hasYear(b []byte) bool {
	return slices.ContainsFunc(bytes.FieldsFunc(b, func(r rune) bool { return r < '0' || r > '9' }), func(digits []byte) bool {
		return len(digits) == 4
	})
}

func looksLikeHeader(b []byte) bool {
	for i, c := range b {
		switch {
		case c == ':':
			return i > 0
		case c == '-', c == '_', c >= '0' && c <= '9', c >= 'A' && c <= 'Z', c >= 'a' && c <= 'z':
		case c == '>' && i == 0: // ">From - " that Thunderbird puts into headers
			return true
		default:
			return false
		}
	}
	return false
}
