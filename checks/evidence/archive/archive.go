// Package archive reads the archives people request from platforms: what the
// platform itself says it holds, and who matched the person by an uploaded
// list. People listed in an archive other than its owner are never read.
package archive

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"time"

	"unlisted/checks/evidence"
	"unlisted/checks/identifier"
)

// Importers lists the importers of this family.
func Importers() []evidence.Importer {
	return slices.Concat([]evidence.Importer{xArchive{}, facebookArchive{}}, social(), services())
}

// maxAdvertisers bounds how many companies one archive may name.
const maxAdvertisers = 5000

// platform is where findings of one archive go.
type platform struct {
	site string
	out  evidence.Sink
	at   time.Time // as of when the archive speaks; zero if it does not say
}

// finding completes a finding: of an archive it is confirmed where nothing else
// is said.
func (p platform) finding(f evidence.Finding) {
	f.Site, f.Confidence, f.Count = p.site, cmp.Or(f.Confidence, evidence.Confirmed), max(1, f.Count)
	if f.Last.IsZero() {
		f.Last = p.at
	}
	p.out.Finding(f)
}

// holds reports an address or number that the archive shows.
func (p platform) holds(value string, purpose evidence.Purpose, first time.Time) bool {
	return p.holdsAs(evidence.Confirmed, value, purpose, first)
}

// holdsAs is holds for what a platform shows but does not vouch for: what it
// only guesses, or what was never confirmed. What holds no "@" is a number.
func (p platform) holdsAs(c evidence.Confidence, value string, purpose evidence.Purpose, first time.Time) bool {
	var id identifier.Identifier
	if strings.ContainsAny(value, "@＠") {
		id, _ = identifier.ParseEmail(value)
	} else {
		id = p.number(value)
	}
	if id.IsZero() {
		return false
	}
	p.shows(c, id, purpose, first)
	return true
}

// shows reports an address or number that was read. One that could not be placed
// is told by its end.
func (p platform) shows(
	c evidence.Confidence,
	id identifier.Identifier,
	purpose evidence.Purpose,
	first time.Time,
) {
	f := evidence.Finding{
		Fact:       evidence.FactHoldsEmail,
		Identifier: id,
		Purpose:    purpose,
		Confidence: c,
		First:      first,
	}
	if id.IsNumber() {
		f.Fact = evidence.FactHoldsPhone
	}
	if id.Kind == identifier.KindUnplaced {
		f.Detail = id.Masked()
	}
	p.finding(f)
}

func (p platform) advertiser(name string) {
	if name = evidence.Clean(name); !nothing(name) {
		p.finding(evidence.Finding{Fact: evidence.FactAdvertiserList, Purpose: evidence.PurposeAds, Detail: name})
	}
}

// codes reports that sign-in codes go by phone, to a number where one is told.
func (p platform) codes(number string, first time.Time) {
	p.finding(
		evidence.Finding{
			Fact:       evidence.FactPhone2FA,
			Identifier: p.number(number),
			Purpose:    evidence.PurposeSecondFactor,
			First:      first,
		},
	)
}

// owner is a platform with what an archive tells once, however many of its
// members say so.
type owner struct {
	platform
	user       string    // the name the person signs in with
	since      time.Time // when the account was opened
	ads        bool      // the profile is used for advertising
	paged      bool      // the platform's own page of numbers was read, in a layout that is known
	contacts   int       // entries of an uploaded address book: only how many
	advertised int       // companies named so far
}

// advertiser is bounded: no real list is longer than maxAdvertisers.
func (o *owner) advertiser(name string) {
	if o.advertised < maxAdvertisers {
		o.advertised++
		o.platform.advertiser(name)
	}
}

// named notes the sign-in name; a second one in the same place is a second account.
func (o *owner) named(user string) {
	if o.user != "" && o.user != user {
		o.account(o.user, o.since)
		o.since = time.Time{}
	}
	o.user = user
}

// rest reports what was gathered beside the name.
func (o *owner) rest() {
	if o.ads {
		o.finding(evidence.Finding{Fact: evidence.FactAdsUse, Purpose: evidence.PurposeAds})
	}
	o.uploaded(o.contacts)
}

// member hands each element of the outermost list of a JSON file to f, one at a
// time. A damaged member is told and passed over.
func member(ctx context.Context, in evidence.Input, name string, out evidence.Sink, f func(json.RawMessage)) error {
	return streamed(ctx, in, name, out, func(d *evidence.Document) error {
		return d.List(func() error {
			var m json.RawMessage
			if err := d.Decode(&m); err != nil {
				return err
			}
			out.Item()
			f(m)
			return nil
		})
	})
}

// entries streams a JSON file of any size: what stands under the keys of its
// outermost object, a list there element by element, or the elements of its
// outermost list, which have no key.
func entries(
	ctx context.Context,
	in evidence.Input,
	name string,
	out evidence.Sink,
	f func(key string, v any),
) error {
	return streamed(ctx, in, name, out, func(d *evidence.Document) error {
		one := func(key string, t json.Token) error {
			left := maxTokens
			v, err := value(d.Decoder, t, 0, &left)
			if err == nil {
				out.Item()
				f(key, v)
			}
			return err
		}
		each := func(key string) error {
			return d.Rest(func() error {
				t, err := d.Token()
				if err != nil {
					return err
				}
				return one(key, t)
			})
		}
		t, err := d.Token()
		switch {
		case err != nil:
			return err
		case t == json.Delim('['):
			return each("")
		case t != json.Delim('{'):
			return errShape
		}
		return d.Rest(func() error {
			key, err := d.Token()
			if err != nil {
				return err
			}
			if t, err = d.Token(); err != nil {
				return err
			}
			if t == json.Delim('[') {
				return each(text(key))
			}
			return one(text(key), t)
		})
	})
}

// maxTokens bounds what one value may hold in memory: an address book of a
// hundred thousand people stays below.
const maxTokens = 1 << 20

func next(d *json.Decoder, depth int, left *int) (any, error) {
	t, err := d.Token()
	if err != nil {
		return nil, err
	}
	return value(d, t, depth, left)
}

// value builds the value that begins with the token t.
func value(d *json.Decoder, t json.Token, depth int, left *int) (any, error) {
	if *left--; *left < 0 || depth > maxDepth {
		return nil, errShape
	}
	switch t {
	case json.Delim('['):
		list := []any{}
		for d.More() {
			v, err := next(d, depth+1, left)
			if err != nil {
				return nil, err
			}
			list = append(list, v)
		}
		_, err := d.Token()
		return list, err
	case json.Delim('{'):
		m := map[string]any{}
		for d.More() {
			key, err := d.Token()
			if err != nil {
				return nil, err
			}
			if m[text(key)], err = next(d, depth+1, left); err != nil {
				return nil, err
			}
		}
		_, err := d.Token()
		return m, err
	}
	return t, nil
}

// foldersWith are the folders that hold an archive: where a member lies that is
// known by its name and by all the words it begins with.
func foldersWith(in evidence.Input, marks map[string][]string) map[string]bool {
	dirs := map[string]bool{}
	for _, f := range in.Files {
		if words, ok := marks[base(f)]; ok && !dirs[folder(f)] && hasAll(deepOpening(in, f), words...) {
			dirs[folder(f)] = true
		}
	}
	return dirs
}

// folder is the folders of a file, "" or with a slash at the end.
func folder(name string) string { return name[:strings.LastIndexByte(name, '/')+1] }

// errShape is a member that is not the list it should be.
var errShape = errors.New("not a list")

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

// stamps are the ways archives write dates; LinkedIn writes as in the United States.
var stamps = []string{
	time.RFC3339Nano, "2006-01-02T15:04:05", "2006.01.02", time.DateTime, "2006-01-02 15:04:05 UTC", "2006-01-02 15:04:05 -0700",
	"2006-01-02T15:04:05.000-0700", time.DateOnly, "1/2/06, 3:04 PM", "1/2/2006, 3:04 PM",
}

// stamp reads the dates archives write.
func stamp(s string) time.Time {
	s = strings.ReplaceAll(strings.TrimSpace(s), "\u202f", " ")
	for _, layout := range stamps {
		if t, err := time.Parse(layout, s); err == nil {
			return t.UTC()
		}
	}
	return time.Time{}
}
