// Package sample makes the invented person: an in-memory profile filled by
// reading the person's invented files exactly as real ones are read.
package sample

import (
	"context"
	"io/fs"
	"time"

	"unlisted/checks/evidence"
	"unlisted/checks/identifier"
	"unlisted/checks/profile"
)

// identifiers of the invented person; the number is from a range kept for
// fiction.
var identifiers = []string{"camille.martin.exemple@gmail.com", "camille.martin@posteo.example", "+33639980142"}

// Profile reads the embedded files of the invented person.
func Profile(ctx context.Context, files fs.FS, importers []evidence.Importer, now time.Time) (*profile.Profile, error) {
	p := &profile.Profile{Version: profile.Version, Created: now, Sample: true}
	for _, s := range identifiers {
		id, err := identifier.Parse(s, "FR")
		if err != nil {
			return nil, err
		}
		p.Identifiers = append(p.Identifiers, profile.Own{ID: id, Added: now})
	}
	own := make([]identifier.Identifier, len(p.Identifiers))
	for i, o := range p.Identifiers {
		own[i] = o.ID
	}
	report, err := evidence.ScanFS(ctx, "sample", files, evidence.Options{Importers: importers, Region: "FR", Own: own}, nil)
	if err != nil {
		return nil, err
	}
	for _, s := range report.Sources {
		p.Scans = append(p.Scans, profile.Scan{Source: s, At: now})
	}
	p.Findings = report.Findings
	return p, nil
}
