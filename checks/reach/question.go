package reach

import (
	"cmp"
	"slices"
	"strings"

	"unlisted/checks/access"
	"unlisted/checks/identifier"
	"unlisted/checks/text"
)

// askKind is what a question is about; "reach.ask.<kind>" is its sentence.
type askKind string

// The kinds of question. All are answered with yes or no, and always so that a
// yes says the assumed way is there; only for askFactor it says the opposite.
const (
	askLocked       askKind = "locked-phone"   // a locked phone shows codes, or gives up its SIM card
	askMailOnPhone  askKind = "mail-on-phone"  // the mail is open on the unlocked phone
	askAppCopy      askKind = "app-copy"       // the authenticator app is elsewhere too
	askPasskeyCopy  askKind = "passkey-copy"   // the passkeys are
	askCarrier      askKind = "carrier"        // this is the number's phone company
	askHolds        askKind = "holds-number"   // this account has the number
	askNumberResets askKind = "number-resets"  // a code to the number gets one in
	askMailResets   askKind = "mailbox-resets" // a mail gets one in
	askFactor       askKind = "second-factor"  // something besides the password is asked for
	askLinked       askKind = "linked"         // one can sign in with that account
	askWay          askKind = "way"            // the way an unconfirmed guide states is there
)

// Copied reports whether the person said that what is on, the authenticator app
// or the passkeys, is on something else than the phone too.
func Copied(answers map[string]string, app, passkey bool) bool {
	return app && answers[string(askAppCopy)] == Yes || passkey && answers[string(askPasskeyCopy)] == Yes
}

// nobody and noID stand for a question about no account, or no identifier.
const nobody = -1

var noID identifier.Identifier

// ask is one question with the ways that wait for it.
type ask struct {
	kind    askKind
	tail    string // of the key, after the account
	account int
	id      identifier.Identifier
	other   access.Node // the account one signs in with
	needs   []string    // of a stated way
	adds    bool        // a yes adds the ways, rather than a no taking them out
	ways    []opening
}

type opening struct {
	node  access.Node
	needs []access.Node // sorted
}

// ask gives the question of this kind about an account and an identifier, the
// same one each time.
func (b *builder) ask(kind askKind, account int, id identifier.Identifier, more ...string) *ask {
	tail := ""
	if !id.IsZero() {
		tail = ":" + id.Canonical()
	}
	for _, m := range more {
		tail += ":" + m
	}
	of := ""
	if account != nobody {
		of = string(b.accounts[account].node)
	}
	key := string(kind) + of + tail
	if q, ok := b.asks[key]; ok {
		return q
	}
	q := &ask{kind: kind, tail: tail, account: account, id: id}
	b.asks[key] = q
	return q
}

// keys are what an answer may be stored under: that of each name of the
// account, the current one first.
func (m *Model) keys(q *ask) (out []string) {
	if q.account == nobody {
		return []string{string(q.kind) + q.tail}
	}
	a := m.accounts[q.account].Account
	for _, k := range append([]string{a.Key()}, a.Keys()...) {
		out = append(out, string(q.kind)+":"+k+q.tail)
	}
	return out
}

// answer is what the person said: Yes, No or nothing.
func (m *Model) answer(q *ask) string {
	if len(m.in.Answers) == 0 {
		return ""
	}
	for _, k := range m.keys(q) {
		if a := m.in.Answers[k]; a == Yes || a == No {
			return a
		}
	}
	return ""
}

// Question is something worth asking the person; Yes or No is stored under Key.
type Question struct {
	Key     string
	Account string // id of the account it is about; "" where it is about none
	Text    string // text key
	Worth   int    // how much an answer can change, see Questions

	ask *ask
}

// Questions lists the open questions whose answer changes the most, the most
// first. The worth of one is the weight of the accounts (mailbox and money
// weigh most) that come or go with the ways it is about, added up over what
// can happen: the number stolen, the phone stolen locked or unlocked, a mailbox
// taken over, the phone lost. Of equal ones the one that matters more for the
// number comes first. What changes nothing is not asked. A limit under one
// means all.
//
// All questions about accounts that open nothing else are weighed; of the
// others the maxWeighed that most hangs on.
func (m *Model) Questions(limit int) []Question {
	w := newWeighing(m)
	var out []weighed
	var deep []*ask
	for _, key := range sortedKeys(m.asks) {
		q := m.asks[key]
		if len(q.ways) == 0 || m.answer(q) != "" {
			continue
		}
		if !w.leaf(q) {
			deep = append(deep, q)
		} else if x := w.leafWorth(q); x.worth > 0 {
			out = append(out, x)
		}
	}
	slices.SortStableFunc(deep, func(a, b *ask) int { return -cmp.Compare(m.hangs(a), m.hangs(b)) })
	for _, q := range deep[:min(len(deep), maxWeighed)] {
		if x := w.worth(q); x.worth > 0 {
			out = append(out, x)
		}
	}
	slices.SortFunc(out, func(a, b weighed) int {
		return cmp.Or(-cmp.Compare(a.worth, b.worth), -cmp.Compare(a.number, b.number),
			strings.Compare(m.keys(a.ask)[0], m.keys(b.ask)[0]))
	})
	if limit > 0 {
		out = out[:min(len(out), limit)]
	}
	questions := make([]Question, len(out))
	for i, x := range out {
		questions[i] = m.question(x)
	}
	return questions
}

func sortedKeys(asks map[string]*ask) []string {
	keys := make([]string, 0, len(asks))
	for k := range asks {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

// maxWeighed bounds the questions that take a takeover each to weigh.
const maxWeighed = 128

// hangs is how many ways need what the ways of a question open; what is no
// account comes first.
func (m *Model) hangs(q *ask) (n int) {
	for _, o := range q.ways {
		if _, is := m.at[o.node]; !is {
			return len(m.accounts) + len(q.ways)
		}
		n = max(n, m.uses[o.node])
	}
	return n
}

func (m *Model) question(x weighed) Question {
	q := Question{Key: m.keys(x.ask)[0], Text: "reach.ask." + string(x.ask.kind), Worth: x.worth, ask: x.ask}
	if x.ask.account != nobody {
		q.Account = m.accounts[x.ask.account].ID
	}
	return q
}

// QuestionWords writes a question for the person.
func (m *Model) QuestionWords(t *text.Printer, q Question, show bool) string {
	pairs := []any{"id", shown(q.ask.id, show)}
	if q.ask.account != nobody {
		pairs = append(pairs, "platform", m.Name(m.accounts[q.ask.account].node).Words(t, show))
	}
	if q.ask.other != "" {
		pairs = append(pairs, "other", m.Name(q.ask.other).Words(t, show))
	}
	if len(q.ask.needs) > 0 {
		names := make([]string, len(q.ask.needs))
		for i, n := range q.ask.needs {
			names[i] = t.T("means." + n)
		}
		pairs = append(pairs, "means", strings.Join(names, " + "))
	}
	return t.T(q.Text, pairs...)
}
