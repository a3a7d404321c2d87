// Package watch looks once a day whether there is a new leak, if the person has
// switched that on: the list of leaks is asked for, which sends nothing about
// the person, and compared here. Sources that need an identifier are asked only
// with a standing yes. It decides nothing about what is shown and starts nothing
// by itself.
package watch

import (
	"bytes"
	"context"
	"errors"
	"net/http"
	"os"
	"slices"
	"time"

	"unlisted/checks/breach"
	"unlisted/checks/breach/hibp"
	"unlisted/checks/outbound"
	"unlisted/checks/overview"
	"unlisted/checks/profile"
	"unlisted/checks/update"
)

// Consent is the name of the person's standing yes to watching.
const Consent = "watch"

// Pauses between two looks.
const (
	day  = 24 * time.Hour
	week = 7 * day // between two questions about an identifier
)

// Due says whether it is time to look at the list of leaks: watching is on and
// it was not asked about within a day. A time that lies ahead is from a clock
// since set right.
func Due(p *profile.Profile, now time.Time) bool {
	if p.Sample || !p.Consents[Consent] {
		return false
	}
	return !slices.ContainsFunc(
		p.Limits[hibp.LatestID],
		func(t time.Time) bool { return !t.After(now) && now.Sub(t) < day },
	)
}

// Questions are those with a standing yes whose answer is older than a week, or
// that have none.
func Questions(p *profile.Profile, sources []breach.Source, now time.Time) []breach.Question {
	all := overview.Standing(p, breach.Questions(sources, overview.Own(p)))
	return slices.DeleteFunc(all, func(q breach.Question) bool {
		return slices.ContainsFunc(p.Lookups, func(r breach.Result) bool {
			return r.Source == q.Source && r.Identifier == q.Identifier && now.Sub(r.At) < week
		})
	})
}

// Hosts are those the list is asked of.
func Hosts() []string { return []string{list().Host()} }

// list is the public list of leaks.
func list() update.List {
	all := update.Lists()
	return all[slices.IndexFunc(all, func(l update.List) bool { return l.Set == "" })]
}

// Refresh asks for the newest leak and, where it is not known yet, for the whole
// list. It returns the list to use from now on: the one known where there is no
// newer one or none could be had. folder, where it is not "", keeps the list for
// the next start.
func Refresh(
	ctx context.Context,
	c *outbound.Client,
	folder string,
	d update.Data,
	now func() time.Time,
) (*breach.Catalogue, error) {
	yes := outbound.Yes(hibp.LatestID, list().ID)
	newest, o := hibp.Latest(ctx, c, yes, now)
	if o != breach.Found {
		return d.Breaches, update.ErrFetch
	}
	if _, known := d.Breaches.ByName(newest.Name); known {
		return d.Breaches, nil
	}
	client := c.Bind(outbound.Purpose{ID: list().ID, Host: list().Host(), MaxBody: 32 << 20}, yes)
	a := breach.Ask(ctx, client, list().Address, http.Header{"Accept": {"application/json"}}, now)
	if a.Outcome != breach.NotChecked || a.Status != http.StatusOK {
		return d.Breaches, update.ErrFetch
	}
	fresh, err := read(a.Body, d.Breaches, now())
	if err != nil {
		return d.Breaches, err
	}
	if folder == "" {
		return fresh, nil
	}
	return fresh, keep(a.Body, folder, d, now())
}

// read makes a list ready for use; one that has shrunk is cut off or not what it
// claims to be.
func read(raw []byte, known *breach.Catalogue, now time.Time) (*breach.Catalogue, error) {
	breaches, _, err := breach.ReadHIBP(raw, now)
	if err != nil {
		return nil, update.ErrFetch
	}
	if len(breaches) < known.Len()/2 {
		return nil, update.ErrShrunk
	}
	var b bytes.Buffer
	if err := breach.EncodeCatalogue(&b, breaches); err != nil {
		return nil, update.ErrFetch
	}
	return breach.ParseCatalogue(b.Bytes())
}

// keep stores a list as one brought by hand is stored.
func keep(raw []byte, folder string, d update.Data, now time.Time) error {
	f, err := os.CreateTemp(folder, "list-*")
	if err != nil {
		return update.ErrSave
	}
	defer os.Remove(f.Name())
	if _, err = f.Write(raw); errors.Join(err, f.Close()) != nil {
		return update.ErrSave
	}
	if _, err = update.TakeFile(f.Name(), folder, d, now); errors.Is(err, update.ErrOlder) {
		return nil // a leak added to the past
	}
	return err
}
