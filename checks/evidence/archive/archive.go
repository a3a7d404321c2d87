// Package archive reads the archives people request from platforms: what the
// platform itself says it holds, and who matched the person by an uploaded
// list. People listed in an archive other than its owner are never read.
package archive

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"strings"
	"time"

	"unlisted/checks/evidence"
	"unlisted/checks/identifier"
)

// Importers lists the importers of this family.
func Importers() []evidence.Importer { return []evidence.Importer{xArchive{}, facebookArchive{}} }

// maxAdvertisers bounds how many companies one archive may name.
const maxAdvertisers = 5000

// platform is where findings of one archive go.
type platform struct {
	site string
	out  evidence.Sink
	at   time.Time // as of when the archive speaks; zero if it does not say
}

func (p platform) finding(f evidence.Finding) {
	f.Site, f.Confidence, f.Count = p.site, evidence.Confirmed, 1
	if f.Last.IsZero() {
		f.Last = p.at
	}
	p.out.Finding(f)
}

// holds reports an address or number that the archive shows.
func (p platform) holds(value string, purpose evidence.Purpose, first time.Time) bool {
	id, err := identifier.Parse(value, p.out.Region())
	if err != nil {
		return false
	}
	fact := evidence.FactHoldsEmail
	if id.Kind == identifier.KindPhone {
		fact = evidence.FactHoldsPhone
	}
	p.finding(evidence.Finding{Fact: fact, Identifier: id, Purpose: purpose, First: first})
	return true
}

func (p platform) advertiser(name string) {
	if name = evidence.Clean(name); name != "" {
		p.finding(evidence.Finding{Fact: evidence.FactAdvertiserList, Purpose: evidence.PurposeAds, Detail: name})
	}
}

// member opens one file of the archive and hands each element of its outermost
// list to f, one at a time. A damaged member is told and passed over.
func member(ctx context.Context, in evidence.Input, name string, out evidence.Sink, f func(json.RawMessage)) error {
	file, err := in.FS.Open(name)
	if err != nil {
		out.Problem(*evidence.NewProblem(name, "error.evidence.damaged_member"))
		return nil
	}
	defer file.Close()
	limit := &evidence.RecordLimit{Reader: evidence.Text(&progress{r: file, out: out})}
	err = elements(ctx, limit, func(m json.RawMessage) {
		out.Item()
		f(m)
	})
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if err != nil {
		out.Problem(*evidence.NewProblem(name, "error.evidence.damaged_member"))
	}
	return nil
}

type progress struct {
	r   io.Reader
	out evidence.Sink
}

func (p *progress) Read(b []byte) (int, error) {
	n, err := p.r.Read(b)
	p.out.Advance(int64(n))
	return n, err
}

// errShape is a member that is not the list it should be.
var errShape = errors.New("not a list")

// elements streams the elements of a JSON list, or gives a single object as
// the only element.
func elements(ctx context.Context, limit *evidence.RecordLimit, f func(json.RawMessage)) error {
	d := json.NewDecoder(limit)
	t, err := d.Token()
	if err != nil {
		return err
	}
	if t != json.Delim('[') {
		return errShape
	}
	for d.More() {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		limit.Reset()
		var m json.RawMessage
		if err := d.Decode(&m); err != nil {
			return err
		}
		f(m)
	}
	_, err = d.Token()
	return err
}

// text reads a JSON value as a string, or "".
func text(v any) string {
	s, _ := v.(string)
	return strings.TrimSpace(s)
}

// unix reads seconds since 1970, or the zero time.
func unix(v any) time.Time {
	n, ok := v.(float64)
	if !ok || n <= 0 || n > 1e11 {
		return time.Time{}
	}
	return time.Unix(int64(n), 0).UTC()
}

// stamp reads the dates archives write.
func stamp(s string) time.Time {
	for _, layout := range []string{time.RFC3339Nano, "2006-01-02T15:04:05.000Z", "2006.01.02", "2006-01-02 15:04:05", time.DateOnly} {
		if t, err := time.Parse(layout, s); err == nil {
			return t.UTC()
		}
	}
	return time.Time{}
}
