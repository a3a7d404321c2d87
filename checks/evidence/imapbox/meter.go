package imapbox

import (
	"errors"
	"io"
	"sync"
	"time"

	"unlisted/checks/outbound"
)

// errTooMuch is an answer longer or slower than any real one.
var errTooMuch = errors.New("the server's answer does not end")

// meter is a connection that bounds each answer in bytes and time: what a
// server sends is held in memory by the IMAP library, line by line. Every end
// reads as io.EOF, which that library takes best; cause tells which it was.
type meter struct {
	outbound.Conn
	mu    sync.Mutex
	left  int64
	until time.Time
	cause error
}

// allow grants the next answer so many bytes and so much time.
func (m *meter) allow(bytes int64, d time.Duration) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.left, m.until = bytes, time.Now().Add(d)
}

// Read implements net.Conn.
func (m *meter) Read(b []byte) (int, error) {
	n, err := m.Conn.Read(b)
	m.mu.Lock()
	defer m.mu.Unlock()
	m.left -= int64(n)
	if err == nil && (m.left < 0 || time.Now().After(m.until)) {
		err = errTooMuch
	}
	if err == nil {
		return n, nil
	}
	m.ended(err)
	return 0, io.EOF
}

// Write implements net.Conn. A connection that ends may show at a question before it shows at an answer.
func (m *meter) Write(b []byte) (int, error) {
	n, err := m.Conn.Write(b)
	if err != nil {
		m.mu.Lock()
		defer m.mu.Unlock()
		m.ended(err)
	}
	return n, err
}

// ended keeps the first cause; the lock is held.
func (m *meter) ended(err error) {
	if m.cause == nil {
		m.cause = err
	}
}

func (m *meter) why() error {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.cause
}
