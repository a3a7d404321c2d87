package authenticator

import (
	"encoding/base64"
	"errors"
	"strconv"
	"strings"

	"google.golang.org/protobuf/encoding/protowire"

	"unlisted/checks/evidence"
)

// errMigration is a transfer link whose data is not what it should be.
var errMigration = errors.New("broken transfer data")

// maxParts bounds a batch; the app splits at ten accounts a code.
const maxParts = 100

// part says which part of how many a transfer code is.
type part struct {
	size, index int
	batch       int32
}

// batches remembers which parts of which batch were seen.
type batches struct {
	order []int32
	parts map[int32][]bool
}

func (b *batches) add(p part) {
	if p.size < 2 || p.size > maxParts || p.index < 0 || p.index >= p.size {
		return
	}
	if b.parts == nil {
		b.parts = map[int32][]bool{}
	}
	seen := b.parts[p.batch]
	if seen == nil {
		if len(b.order) >= maxParts {
			return
		}
		b.order = append(b.order, p.batch)
		seen = make([]bool, p.size)
		b.parts[p.batch] = seen
	}
	if p.index < len(seen) {
		seen[p.index] = true
	}
}

// report tells of every batch which of its codes are missing here.
func (b *batches) report(label string, out evidence.Sink) {
	for _, id := range b.order {
		var missing []string
		for i, seen := range b.parts[id] {
			if !seen {
				missing = append(missing, strconv.Itoa(i+1))
			}
		}
		if len(missing) == 0 {
			continue
		}
		p := evidence.NewProblem(label, "error.evidence.batch_incomplete")
		p.Args = map[string]any{"missing": strings.Join(missing, ", "), "total": len(b.parts[id])}
		out.Problem(*p)
	}
}

// readMigration reads a transfer link of Google Authenticator.
func readMigration(link string, parts *batches, out evidence.Sink) error {
	data, err := migrationData(link)
	if err != nil {
		return err
	}
	p, err := parseMigration(data, func(e entry) { record(out, e) })
	if err == nil {
		parts.add(p)
	}
	clear(data)
	return err
}

// migrationData takes the message out of a transfer link. In the wild its "+"
// stays as it is, is escaped or has become a space; the alphabet may be the
// URL-safe one and the padding may be missing.
func migrationData(link string) ([]byte, error) {
	_, query, _ := strings.Cut(link, "?")
	for p := range strings.SplitSeq(query, "&") {
		value, found := strings.CutPrefix(p, "data=")
		if !found {
			continue
		}
		value = strings.NewReplacer("-", "+", "_", "/", " ", "+", "=", "").Replace(unescape(value))
		b, err := base64.RawStdEncoding.DecodeString(value)
		if err != nil {
			return nil, errMigration
		}
		return b, nil
	}
	return nil, errMigration
}

// Fields of the transfer message and of one account in it, as the app's own
// protocol buffer numbers them.
const (
	fieldAccount    = 1
	fieldBatchSize  = 3
	fieldBatchIndex = 4
	fieldBatchID    = 5

	fieldName   = 2
	fieldIssuer = 3
)

// parseMigration hands each account of a transfer message to each. Accounts
// before the damage of a broken message are handed over too. The secret, field
// 1 of an account, is stepped over.
func parseMigration(b []byte, each func(entry)) (part, error) {
	p := part{size: 1}
	err := fields(b, func(num protowire.Number, v uint64, bytes []byte) error {
		switch {
		case num == fieldAccount && bytes != nil:
			e, err := parseAccountMessage(bytes)
			if err != nil {
				return err
			}
			each(e)
		case num == fieldBatchSize:
			p.size = int(int32(v))
		case num == fieldBatchIndex:
			p.index = int(int32(v))
		case num == fieldBatchID:
			p.batch = int32(v)
		}
		return nil
	})
	return p, err
}

func parseAccountMessage(b []byte) (e entry, err error) {
	name, issuer := "", ""
	err = fields(b, func(num protowire.Number, _ uint64, bytes []byte) error {
		switch {
		case num == fieldName && bytes != nil:
			name = string(bytes)
		case num == fieldIssuer && bytes != nil:
			issuer = string(bytes)
		}
		return nil
	})
	e.issuer, e.account = splitLabel(name)
	e.issuer = firstOf(tidy(issuer), e.issuer)
	return e, err
}

// fields walks through a protocol buffer message; bytes is nil but for fields
// with a length.
func fields(b []byte, each func(num protowire.Number, v uint64, bytes []byte) error) error {
	for len(b) > 0 {
		num, kind, n := protowire.ConsumeTag(b)
		if n < 0 {
			return errMigration
		}
		b = b[n:]
		var v uint64
		var bytes []byte
		switch kind {
		case protowire.VarintType:
			v, n = protowire.ConsumeVarint(b)
		case protowire.BytesType:
			bytes, n = protowire.ConsumeBytes(b)
		case protowire.Fixed32Type, protowire.Fixed64Type:
			n = protowire.ConsumeFieldValue(num, kind, b)
		default: // groups, which the app does not write, could nest without end
			return errMigration
		}
		if n < 0 {
			return errMigration
		}
		if err := each(num, v, bytes); err != nil {
			return err
		}
		b = b[n:]
	}
	return nil
}
