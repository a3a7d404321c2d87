package shell

import "sync"

// secrets are keys and passwords in memory. Jobs read them while the window
// changes them.
type secrets struct {
	mu   sync.RWMutex
	held map[string]string
}

func newSecrets(held map[string]string) *secrets {
	if held == nil {
		held = map[string]string{}
	}
	return &secrets{held: held}
}

func (s *secrets) get(name string) string {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.held[name]
}

// set keeps a secret; an empty one is forgotten.
func (s *secrets) set(name, value string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if value == "" {
		delete(s.held, name)
		return
	}
	s.held[name] = value
}
