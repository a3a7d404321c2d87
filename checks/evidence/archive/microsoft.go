package archive

import (
	"context"
	"strings"
	"time"

	"unlisted/checks/evidence"
)

// microsoftArchive imports the archive of the Microsoft privacy dashboard. It
// holds activity only: that there is an account, no address and no number.
type microsoftArchive struct{}

var _ evidence.Importer = microsoftArchive{}

// Format implements evidence.Importer.
func (microsoftArchive) Format() evidence.Format {
	return evidence.Format{ID: "microsoft-archive", Family: "archive", Site: "microsoft.com", Tree: true}
}

// microsoftData are Microsoft's names for kinds of activity that nobody else
// uses for a file.
var microsoftData = []string{
	"searchrequestsandquery", "productandserviceusage", "productandserviceperformance", "preciseuserlocation",
	"inkingtypingandspeechutterance", "contentconsumption", "edgebrowsinghistory", "softwaresetupandinventory",
}

// Recognise implements evidence.Importer.
func (microsoftArchive) Recognise(_ context.Context, in evidence.Input) evidence.Certainty {
	for _, f := range in.Files {
		b := base(f)
		if !hasAny(b, microsoftData...) || !strings.HasSuffix(b, ".json") && !strings.HasSuffix(b, ".csv") {
			continue
		}
		// Every record says when it was made, whatever else is in it.
		if head := opening(in, f); hasAny(head, "time", "date") || strings.TrimSpace(head) == "[]" {
			return evidence.Sure
		}
	}
	return evidence.No
}

// Read implements evidence.Importer.
func (microsoftArchive) Read(_ context.Context, _ evidence.Input, out evidence.Sink) error {
	out.Item()
	platform{site: "microsoft.com", out: out}.likely().account("", time.Time{})
	return nil
}
