package mailbox

import (
	"strings"
	"time"

	"unlisted/checks/identifier"
)

// quotes tells the mails of a file from those that stand quoted whole in the
// text of one: nothing in the file's form sets them apart, so it goes by what
// the file's mails have in common.
type quotes struct {
	own      []identifier.Identifier
	known    map[string]string // addresses as written -> read; most mail goes to a few
	starts   map[string]int    // first field of the header -> weight
	to       map[string]int    // addresses mails went to -> weight
	mails    int
	withID   int
	latest   time.Time
	unsorted bool
}

// Weights of what is known: of a mail, and of one that was taken for a quotation
// though no words announce it: what comes again and again is none in the end.
const (
	ofMail      = 3
	ofQuotation = 1
	maxCommon   = 10_000
)

func newQuotes(own []identifier.Identifier) *quotes {
	return &quotes{own: own, known: map[string]string{}, starts: map[string]int{}, to: map[string]int{}}
}

// quoted reports a mail that stands in the text of the one before it: it is
// announced there, or addressed to somebody the file has not seen, and differs
// in form from all mails before it.
func (q *quotes) quoted(head []byte, h header, o opening) bool {
	start := firstField(head)
	to := q.addressees(h)
	if o.first || q.mails == 0 {
		q.learn(start, to, h, o, ofMail)
		return false
	}
	signs := 0
	add := func(sign bool, weight int) {
		if sign {
			signs += weight
		}
	}
	add(o.introduced, 2)
	add(o.foreign, 1)
	add(q.starts[start] < ofMail, 1)
	add(q.withID == q.mails && h.first("message-id") == "", 1)
	add(!q.unsorted && !o.date.IsZero() && o.date.Before(q.latest.Add(-24*time.Hour)), 1)
	stranger := true
	for _, a := range to {
		stranger = stranger && q.to[a] < ofMail && !q.isOwn(a)
	}
	if signs > 3 || stranger && signs > 2 {
		if !o.introduced {
			q.learn(start, to, h, o, ofQuotation)
		}
		return true
	}
	q.learn(start, to, h, o, ofMail)
	return false
}

func (q *quotes) learn(start string, to []string, h header, o opening, weight int) {
	if len(q.starts) < maxCommon {
		q.starts[start] += weight
	}
	for _, a := range to {
		if len(q.to) < maxCommon {
			q.to[a] += weight
		}
	}
	if weight < ofMail {
		return
	}
	q.mails++
	if h.first("message-id") != "" {
		q.withID++
	}
	if !o.date.IsZero() {
		q.unsorted = q.unsorted || o.date.Before(q.latest)
		q.latest = o.date
	}
}

func (q *quotes) isOwn(addr string) bool {
	for _, id := range q.own {
		if id.Kind == identifier.KindEmail &&
			identifier.Same(id, identifier.Identifier{Kind: identifier.KindEmail, Value: addr}) {
			return true
		}
	}
	return false
}

// firstField is the name of the field with which a header begins.
func firstField(head []byte) string {
	for len(head) > 0 {
		line, rest, _ := cutLine(head)
		if name := fieldName(line); name != "" {
			return name
		}
		head = rest
	}
	return ""
}

// addresseeFields name everybody a mail went to.
var addresseeFields = append([]string{"cc"}, recipientFields...)

// addressees are all to whom a mail went.
func (q *quotes) addressees(h header) (out []string) {
	for _, field := range addresseeFields {
		for _, v := range h[field] {
			for part := range strings.SplitSeq(v, ",") {
				if a := q.address(strings.TrimSpace(part)); a != "" && len(out) < maxValues {
					out = append(out, a)
				}
			}
		}
	}
	return out
}

func (q *quotes) address(s string) string {
	a, seen := q.known[s]
	if !seen {
		a, _ = address(s)
		if len(q.known) < maxKnown && len(s) < 200 {
			q.known[s] = a
		}
	}
	return a
}
