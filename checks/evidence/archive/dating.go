package archive

import (
	"context"
	"strings"
	"time"

	"unlisted/checks/evidence"
)

// tinderData imports Tinder's data.json: the part about the person. Matches and
// messages are passed over, and phone_id is a device, no number.
type tinderData struct{}

var _ evidence.Importer = tinderData{}

// Format implements evidence.Importer.
func (tinderData) Format() evidence.Format {
	return evidence.Format{ID: "tinder-archive", Family: "archive", Site: "tinder.com"}
}

// Recognise implements evidence.Importer.
func (tinderData) Recognise(_ context.Context, in evidence.Input) evidence.Certainty {
	if holdsJSON(in) &&
		(mentions(in, `"Usage"`, `"app_opens"`) || mentions(in, `"User"`, `"create_date"`, `"Messages"`)) {
		return evidence.Sure
	}
	return evidence.No
}

// Read implements evidence.Importer.
func (tinderData) Read(ctx context.Context, in evidence.Input, out evidence.Sink) error {
	p := platform{site: "tinder.com", out: out}
	var first time.Time
	err := properties(ctx, in, in.Name, out, map[string]func(any){"User": func(v any) {
		o := object(v)
		first = when(text(o["create_date"]))
		p.holds(text(o["email"]), evidence.PurposeProfile, time.Time{})
		p.holdsNumber(scalar(pick(o, "phone_number", "phone")), evidence.PurposeSignIn)
	}})
	if err != nil {
		return err
	}
	p.account("", first)
	return nil
}

// hingeUser imports Hinge's user.json, whose keys are not all documented.
type hingeUser struct{}

var _ evidence.Importer = hingeUser{}

// Format implements evidence.Importer.
func (hingeUser) Format() evidence.Format {
	return evidence.Format{ID: "hinge-archive", Family: "archive", Site: "hinge.co"}
}

// Recognise implements evidence.Importer.
func (hingeUser) Recognise(_ context.Context, in evidence.Input) evidence.Certainty {
	if holdsJSON(in) && mentions(in, `"signup_time"`, `"preferences"`) &&
		(mentions(in, `"identity"`) || mentions(in, `"profile"`)) {
		return evidence.Sure
	}
	return evidence.No
}

// Read implements evidence.Importer.
func (hingeUser) Read(ctx context.Context, in evidence.Input, out evidence.Sink) error {
	p := platform{site: "hinge.co", out: out}
	var first time.Time
	err := document(ctx, in, in.Name, out, func(v any) {
		leaves(v, "", func(keys, value string) {
			if strings.HasSuffix(keys, "/signup_time") {
				first = when(value)
			}
			p.likely().told(keys, value)
		})
	})
	if err != nil {
		return err
	}
	p.account("", first)
	return nil
}
