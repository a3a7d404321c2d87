package archive

import (
	"context"
	"strings"
	"time"

	"unlisted/checks/evidence"
	"unlisted/checks/identifier"
)

// whatsappArchive imports WhatsApp's account report: a small archive of a web
// page and JSON. Names of files and keys are not documented, so it is read by
// labels and nothing is surer than likely but the account. Contacts and groups
// in it are other people's; chats are exported by themselves and not read.
type whatsappArchive struct{}

var _ evidence.Importer = whatsappArchive{}

// Format implements evidence.Importer.
func (whatsappArchive) Format() evidence.Format {
	return evidence.Format{ID: "whatsapp-archive", Family: "archive", Site: "whatsapp.com", Tree: true}
}

// maxReport bounds how many files a report has; Meta's other archives mention
// WhatsApp too and have many more.
const maxReport = 60

// whatsappMarks are words beside the name by which the report is told.
var whatsappMarks = []string{
	"account information", "account info", "registration", "user information", "informations du compte", "infos du compte",
	"kontoinformationen", "account-info", "información de la cuenta", "informazioni account",
}

// Recognise implements evidence.Importer.
func (whatsappArchive) Recognise(_ context.Context, in evidence.Input) evidence.Certainty {
	if len(in.Files) > maxReport {
		return evidence.No
	}
	for _, f := range in.Files {
		if !isPage(f) && !isJSON(f) {
			continue
		}
		if head := mentioning(in, f); strings.Contains(head, "whatsapp") && hasAny(head, whatsappMarks...) {
			return evidence.Sure
		}
	}
	return evidence.No
}

// Read implements evidence.Importer.
func (whatsappArchive) Read(ctx context.Context, in evidence.Input, out evidence.Sink) error {
	w := &whatsappAccount{platform: platform{site: "whatsapp.com", out: out}}
	for _, f := range in.Files {
		if peopleFiles.MatchString(plain(base(f))) {
			continue
		}
		var err error
		switch {
		case isJSON(f):
			err = document(ctx, in, f, out, func(v any) { leaves(v, "", w.told) })
		case isPage(f):
			err = pairs(ctx, in, f, out, w.told)
		}
		if err != nil {
			return err
		}
	}
	w.account("", w.created)
	return nil
}

type whatsappAccount struct {
	platform
	created time.Time
}

// told reads one label. The number is what one signs in with; an address is
// given to reset the PIN of two-step verification.
func (w *whatsappAccount) told(label, value string) {
	label = plain(label)
	if peopleWords.MatchString(label) || nothing(value) {
		return
	}
	if w.created.IsZero() && createdWords.MatchString(label) {
		w.created = when(value)
	}
	p := w.likely()
	switch {
	case phoneWords.MatchString(label) && !thingWords.MatchString(label):
		p.holdsNumber(value, evidence.PurposeSignIn)
	case mailWords.MatchString(label):
		if id, err := identifier.ParseEmail(value); err == nil {
			p.holds(id.Value, evidence.PurposeRecovery, time.Time{})
		}
	}
}
