package archive

import (
	"context"
	"time"

	"unlisted/checks/evidence"
)

// openaiUser imports user.json of ChatGPT's export. Conversations, which lie
// beside it, are never read.
type openaiUser struct{}

var _ evidence.Importer = openaiUser{}

// Format implements evidence.Importer.
func (openaiUser) Format() evidence.Format {
	return evidence.Format{ID: "openai-archive", Family: "archive", Site: "openai.com"}
}

// Recognise implements evidence.Importer.
func (openaiUser) Recognise(_ context.Context, in evidence.Input) evidence.Certainty {
	if holdsJSON(in) &&
		(mentions(in, `"chatgpt_plus_user"`) || mentions(in, `"id"`, `"user-`, `"email"`, `"phone_number"`) && in.Size < maxOpening) {
		return evidence.Sure
	}
	return evidence.No
}

// Read implements evidence.Importer.
func (openaiUser) Read(ctx context.Context, in evidence.Input, out evidence.Sink) error {
	p := platform{site: "openai.com", out: out}
	p.account("", time.Time{})
	return document(ctx, in, in.Name, out, func(v any) {
		if list := items(v); len(list) > 0 {
			v = list[0]
		}
		o := object(v)
		if inner := object(o["user"]); inner != nil {
			o = inner
		}
		p.holds(text(o["email"]), evidence.PurposeSignIn, time.Time{})
		p.holdsNumber(scalar(o["phone_number"]), evidence.PurposeProfile)
	})
}
