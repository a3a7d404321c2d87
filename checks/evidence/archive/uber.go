package archive

import (
	"context"
	"strings"
	"time"

	"unlisted/checks/evidence"
)

// uberTable imports the tables of privacy.uber.com: the profile's line. Trips
// only show that there is an account.
type uberTable struct{}

var _ evidence.Importer = uberTable{}

// Format implements evidence.Importer.
func (uberTable) Format() evidence.Format {
	return evidence.Format{ID: "uber-archive", Family: "archive", Site: "uber.com"}
}

// header is the names of the columns of a table, lower case.
func header(in evidence.Input) string {
	return strings.Join(columns(evidence.HeadText(in.Head[:min(len(in.Head), maxOpening)])), "\n")
}

func uberProfile(header string) bool {
	return hasAll(header, "email", "mobile", "rating") && strings.Contains(header, "\n")
}

func uberTrips(header string) bool { return hasAll(header, "product type", "request time", "fare") }

// Recognise implements evidence.Importer.
func (uberTable) Recognise(_ context.Context, in evidence.Input) evidence.Certainty {
	if h := header(in); uberProfile(h) || uberTrips(h) {
		return evidence.Sure
	}
	return evidence.No
}

// Read implements evidence.Importer.
func (uberTable) Read(ctx context.Context, in evidence.Input, out evidence.Sink) error {
	p := platform{site: "uber.com", out: out}
	var first time.Time
	if uberProfile(header(in)) {
		err := table(ctx, in, in.Name, out, func(r row) {
			first = when(r.find("sign-up", "signup", "sign up", "created"))
			r.each(p.told)
		})
		if err != nil {
			return err
		}
	}
	p.account("", first)
	return nil
}
