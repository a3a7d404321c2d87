package text

import (
	"errors"
	"slices"
	"strings"
)

// Explained is an error meant for the person: a text key and its arguments
// instead of words. The key has the three parts .what, .means and .todo.
type Explained interface {
	error
	Explain() (key string, args map[string]any)
}

// Error is an error meant for the person that needs no type of its own. Two of
// them are the same (errors.Is) when their keys are.
type Error struct {
	Key   string         // of the sentences, such as "error.leaving.day"
	Args  map[string]any // what fills their placeholders
	Cause error          // what was behind it, for the log; may be nil
}

func (e *Error) Error() string {
	if e.Cause != nil {
		return e.Key + ": " + e.Cause.Error()
	}
	return e.Key
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Cause }

// Is reports whether the target is an Error of the same key.
func (e *Error) Is(target error) bool {
	t, ok := target.(*Error)
	return ok && t.Key == e.Key
}

// Explain gives the key and what fills it.
func (e *Error) Explain() (string, map[string]any) { return e.Key, e.Args }

// Message is an error in the person's words: what happened, what it means,
// what to do.
type Message struct{ What, Means, Todo string }

// String joins the parts into one paragraph.
func (m Message) String() string { return Join(m.What, m.Means, m.Todo) }

// Join puts sentences one after the other; empty ones leave no gap.
func Join(sentences ...string) string {
	return strings.Join(slices.DeleteFunc(sentences, func(s string) bool { return s == "" }), " ")
}

// Sentence is the one place where an error becomes words: the outermost
// Explained in its chain, else a general sentence.
func (p *Printer) Sentence(err error) Message {
	key, args := "error.unknown", map[string]any(nil)
	var e Explained
	if errors.As(err, &e) {
		if k, a := e.Explain(); p.Has(k + ".what") {
			key, args = k, a
		}
	}
	pairs := make([]any, 0, 2*len(args))
	for k, v := range args {
		pairs = append(pairs, k, v)
	}
	return p.Message(key, pairs...)
}

// Message is what a key says in three parts: what there is, what it means, what
// to do.
func (p *Printer) Message(key string, pairs ...any) Message {
	return Message{p.T(key+".what", pairs...), p.T(key+".means", pairs...), p.T(key+".todo", pairs...)}
}
