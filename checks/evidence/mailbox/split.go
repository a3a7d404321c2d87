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
	bufferSize = 256 << 10
	maxHeader  = 128 << 10 // top-level header; real ones stay below 64 KiB
	maxBody    = 128 << 10 // raw body kept for the few kinds of mail whose body is read
)

// raw is one message as far as it is kept. Both slices are reused.
type raw struct {
	header []byte // as in the file, folded lines and all
	body   []byte // the first maxBody bytes
	size   int64
}

// splitter streams messages out of an mbox of any dialect: mboxo, mboxrd,
// mboxcl and Thunderbird's unquoted one. Content-Length is not trusted. A line
// of any length costs one buffer.
type splitter struct {
	r      *bufio.Reader
	msg    raw
	offset int64
}

func newSplitter(r io.Reader) *splitter {
	s := &splitter{r: bufio.NewReaderSize(r, bufferSize)}
	if b, _ := s.r.Peek(3); bytes.Equal(b, []byte("\xef\xbb\xbf")) {
		_, _ = s.r.Discard(3)
		s.offset = 3
	}
	return s
}

// next returns the next message; it is valid until the next call. io.EOF ends
// the file; a file that ends within a message gives that message first.
func (s *splitter) next(ctx context.Context) (*raw, error) {
	s.msg = raw{header: s.msg.header[:0], body: s.msg.body[:0]}
	inHeader, blank, any := true, false, false
	for {
		line, whole, err := s.line()
		if len(line) == 0 && err != nil {
			if any && errors.Is(err, io.EOF) {
				return &s.msg, nil
			}
			return nil, err
		}
		if !any && isSeparator(line) {
			any = true
			continue // the separator that opens this message
		}
		any = true
		empty := len(bytes.TrimRight(line, "\r\n")) == 0
		if inHeader {
			if empty {
				inHeader = false
			} else if len(s.msg.header)+len(line) <= maxHeader {
				s.msg.header = append(s.msg.header, line...)
			}
		} else if len(s.msg.body)+len(line) <= maxBody {
			s.msg.body = append(s.msg.body, line...)
		}
		s.msg.size += int64(len(line))
		if !whole {
			if err := s.skipLine(ctx); err != nil {
				return &s.msg, nil
			}
		}
		blank = empty
		if s.atSeparator(blank || inHeader) {
			return &s.msg, nil
		}
	}
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
		s.msg.size += int64(len(b))
		if !errors.Is(err, bufio.ErrBufferFull) {
			return err
		}
	}
}

// atSeparator looks ahead: is the next line the start of another message? After
// an empty line its looks are enough; elsewhere (Thunderbird) a header line has
// to follow. In both cases the line after it must look like a header, since
// bodies hold "From " too.
func (s *splitter) atSeparator(afterBlank bool) bool {
	b, _ := s.r.Peek(5)
	if !bytes.Equal(b, []byte("From ")) {
		return false
	}
	b, _ = s.r.Peek(1024)
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
