// Package all lists every breach source: the one place where a new one is added.
package all

import (
	"time"

	"unlisted/checks/breach"
	"unlisted/checks/breach/hibp"
	"unlisted/checks/breach/hudsonrock"
	"unlisted/checks/breach/leakcheck"
	"unlisted/checks/breach/xposedornot"
	"unlisted/checks/outbound"
)

// Sources returns every source that searches identifiers, in the order they are
// best asked. key gives the person's key for a source, or "".
func Sources(
	client *outbound.Client, key func(source string) string, c *breach.Catalogue, now func() time.Time,
) []breach.Source {
	own := hibp.New(client, func() string { return key(hibp.ID) }, c, now)
	return []breach.Source{
		own, own.Pastes(), own.StealerLogs(),
		xposedornot.New(client, now),
		leakcheck.New(client, now),
		hudsonrock.New(client, now),
	}
}

// Keys are the keys of the person's own that sources need, each once.
func Keys() []breach.Key { return []breach.Key{hibp.Key} }
