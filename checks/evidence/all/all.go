// Package all lists every importer: the one place where a new one is added.
package all

import (
	"slices"

	"unlisted/checks/evidence"
	"unlisted/checks/evidence/archive"
	"unlisted/checks/evidence/authenticator"
	"unlisted/checks/evidence/logins"
	"unlisted/checks/evidence/mailbox"
	"unlisted/checks/evidence/outlook"
	"unlisted/checks/evidence/sms"
)

// Importers returns every importer, in a fixed order: where two are equally
// sure of a file, the first reads it.
func Importers() []evidence.Importer {
	known := slices.Concat(
		archive.Importers(),
		authenticator.Importers(),
		logins.Importers(),
		sms.Importers(),
		mailbox.Importers(), outlook.Importers(),
	)
	return append(known, archive.Generic(slices.Clone(known)))
}
