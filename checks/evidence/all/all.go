// Package all lists every importer: the one place where a new one is added.
package all

import (
	"slices"

	"unlisted/checks/evidence"
	"unlisted/checks/evidence/archive"
	"unlisted/checks/evidence/logins"
	"unlisted/checks/evidence/mailbox"
)

// Importers returns every importer, in a fixed order.
func Importers() []evidence.Importer {
	return slices.Concat(archive.Importers(), logins.Importers(), mailbox.Importers())
}
