package archive

import (
	"context"
	"strings"
	"time"

	"unlisted/checks/evidence"
)

// netflixArchive imports Netflix's "Get my info": CSV files in folders by
// subject. Profiles stay closed: they may be other people of the household.
type netflixArchive struct{}

var _ evidence.Importer = netflixArchive{}

// Format implements evidence.Importer.
func (netflixArchive) Format() evidence.Format {
	return evidence.Format{ID: "netflix-archive", Family: "archive", Site: "netflix.com", Tree: true}
}

// netflixDetails finds the member that only this archive has.
func netflixDetails(in evidence.Input) []string {
	var out []string
	for _, f := range in.Find("accountdetails.csv") {
		if hasAll(opening(in, f), "first name", "email") {
			out = append(out, f)
		}
	}
	return out
}

// Recognise implements evidence.Importer.
func (netflixArchive) Recognise(_ context.Context, in evidence.Input) evidence.Certainty {
	if len(netflixDetails(in)) > 0 {
		return evidence.Sure
	}
	return evidence.No
}

// Read implements evidence.Importer.
func (netflixArchive) Read(ctx context.Context, in evidence.Input, out evidence.Sink) error {
	o := &owner{platform: platform{site: "netflix.com", out: out}}
	for _, f := range netflixDetails(in) {
		if err := table(ctx, in, f, out, func(r row) { netflixAccount(o, r) }); err != nil {
			return err
		}
	}
	for _, f := range in.Find("messages/messagessentbynetflix.csv") {
		if err := netflixMessages(ctx, in, f, o); err != nil {
			return err
		}
	}
	o.account("", o.since)
	return nil
}

func netflixAccount(o *owner, r row) {
	for _, column := range []string{"customer creation timestamp", "customer creation", "sign-up", "signup date", "creation"} {
		if t := when(r.find(column)); !t.IsZero() {
			o.since = t
			break
		}
	}
	o.contact(
		evidence.Confirmed,
		"email",
		r.find("email address", "e-mail", "email"),
		evidence.PurposeSignIn,
		time.Time{},
	)
	o.contact(
		evidence.Confirmed,
		"phone",
		r.find("phone number", "phone", "mobile"),
		evidence.PurposeProfile,
		time.Time{},
	)
}

// netflixMessages reads by which channels Netflix wrote: by SMS shows that it
// has a number, though not which.
func netflixMessages(ctx context.Context, in evidence.Input, name string, o *owner) error {
	f := evidence.Finding{Fact: evidence.FactHoldsPhone}
	err := table(ctx, in, name, o.out, func(r row) {
		if !strings.EqualFold(r.find("channel"), "sms") {
			return
		}
		f.Count++
		at := when(r.find("sent utc ts", "sent", "timestamp", "date"))
		if f.First.IsZero() || !at.IsZero() && at.Before(f.First) {
			f.First = at
		}
		if at.After(f.Last) {
			f.Last = at
		}
	})
	if f.Count > 0 {
		o.finding(f)
	}
	return err
}
