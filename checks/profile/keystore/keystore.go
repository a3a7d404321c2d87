// Package keystore keeps small secrets, the profile's key and the person's API
// keys, in the system keyring. go-keyring waits for ever on a prompt nobody
// sees, so every call here has a deadline and only one is under way at a time.
// Names carry no personal data: labels and attributes of a keyring can be read
// while it is locked.
package keystore

import (
	"context"
	"errors"
	"sync"
	"time"

	"github.com/zalando/go-keyring"
)

// Deadlines for one call.
const (
	Silent = 3 * time.Second  // a probe the person does not know of
	Told   = 60 * time.Second // after the person was told that the system may ask
)

// service is the name all entries stand under.
const service = "unlisted"

// Errors of a key store.
var (
	ErrNotFound    = errors.New("no such entry in the keyring")
	ErrUnavailable = errors.New("no usable keyring")   // none, locked, or refused
	ErrBusy        = errors.New("the keyring is busy") // an earlier call never came back
)

// Store keeps small secrets under a name.
type Store interface {
	Get(ctx context.Context, name string) (string, error)
	Set(ctx context.Context, name, value string) error
	Delete(ctx context.Context, name string) error
}

// System is the keyring of the operating system.
type System struct {
	mu   sync.Mutex
	busy bool
}

var _ Store = (*System)(nil)

// Get reads an entry. Errors: ErrNotFound, ErrUnavailable, ErrBusy.
func (s *System) Get(ctx context.Context, name string) (string, error) {
	return s.ask(ctx, func() (string, error) { return keyring.Get(service, name) })
}

// Set writes an entry. Errors: ErrUnavailable, ErrBusy.
func (s *System) Set(ctx context.Context, name, value string) error {
	_, err := s.ask(ctx, func() (string, error) { return "", keyring.Set(service, name, value) })
	return err
}

// Delete removes an entry; one that is not there is no error.
func (s *System) Delete(ctx context.Context, name string) error {
	_, err := s.ask(ctx, func() (string, error) { return "", keyring.Delete(service, name) })
	if errors.Is(err, ErrNotFound) {
		return nil
	}
	return err
}

// ask calls the keyring where there is one to call.
func (s *System) ask(ctx context.Context, f func() (string, error)) (string, error) {
	if !Reachable() {
		return "", ErrUnavailable
	}
	return s.call(ctx, f)
}

func (s *System) call(ctx context.Context, f func() (string, error)) (string, error) {
	s.mu.Lock()
	if s.busy {
		s.mu.Unlock()
		return "", ErrBusy
	}
	s.busy = true
	s.mu.Unlock()
	if _, ok := ctx.Deadline(); !ok {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, Silent)
		defer cancel()
	}
	type answer struct {
		value string
		err   error
	}
	done := make(chan answer, 1)
	go func() {
		v, err := f()
		s.mu.Lock()
		s.busy = false // only a call that came back frees the keyring for the next
		s.mu.Unlock()
		done <- answer{v, err}
	}()
	select {
	case a := <-done:
		return a.value, translate(a.err)
	case <-ctx.Done():
		return "", ErrUnavailable
	}
}

// translate keeps the one sentinel go-keyring has. Its other texts differ by
// system and may name what should not be shown.
func translate(err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, keyring.ErrNotFound):
		return ErrNotFound
	default:
		return ErrUnavailable
	}
}

// Memory keeps secrets until the program ends; for temporary profiles, for
// machines without a keyring, and for tests. The zero value is ready.
type Memory struct {
	mu sync.Mutex
	m  map[string]string
}

var _ Store = (*Memory)(nil)

// Get reads an entry, or ErrNotFound.
func (s *Memory) Get(_ context.Context, name string) (string, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if v, ok := s.m[name]; ok {
		return v, nil
	}
	return "", ErrNotFound
}

// Set writes an entry.
func (s *Memory) Set(_ context.Context, name, value string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.m == nil {
		s.m = map[string]string{}
	}
	s.m[name] = value
	return nil
}

// Delete removes an entry.
func (s *Memory) Delete(_ context.Context, name string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.m, name)
	return nil
}

// None keeps nothing: a portable program leaves no trace in the keyring of the
// computer it runs on, and its key must come along with it.
type None struct{}

var _ Store = None{}

// Get is always ErrUnavailable.
func (None) Get(context.Context, string) (string, error) { return "", ErrUnavailable }

// Set is always ErrUnavailable.
func (None) Set(context.Context, string, string) error { return ErrUnavailable }

// Delete has nothing to remove.
func (None) Delete(context.Context, string) error { return nil }
