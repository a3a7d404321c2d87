package archive

import (
	"context"
	"time"

	"unlisted/checks/evidence"
)

// telegramResult imports what Telegram Desktop exports as JSON: result.json. Of
// it only the person's own entry, the sites signed in to with Telegram and the
// size of the address book are read; chats follow last and are never read. An
// export of a single chat has no entry of the person's.
type telegramResult struct{}

var _ evidence.Importer = telegramResult{}

// Format implements evidence.Importer.
func (telegramResult) Format() evidence.Format {
	return evidence.Format{ID: "telegram-archive", Family: "archive", Site: "telegram.org"}
}

// Recognise implements evidence.Importer.
func (telegramResult) Recognise(_ context.Context, in evidence.Input) evidence.Certainty {
	if holdsJSON(in) && mentions(in, `"personal_information"`, `"phone_number"`) || telegramPage(in) {
		return evidence.Sure
	}
	return evidence.No
}

// telegramPage reports the first page of an export made as web pages; the many
// pages of chats look much the same.
func telegramPage(in evidence.Input) bool {
	return base(in.Name) == "export_results.html" && begins(in, "<") && mentions(in, "Exported Data")
}

// Read implements evidence.Importer.
func (telegramResult) Read(ctx context.Context, in evidence.Input, out evidence.Sink) error {
	t := &telegramAccount{platform: platform{site: "telegram.org", out: out}}
	if telegramPage(in) {
		t.account("", time.Time{})
		return evidence.NewProblem(in.Label, "error.evidence.telegram_html")
	}
	err := properties(ctx, in, in.Name, out, map[string]func(any){
		"personal_information": t.personal,
		"contacts":             t.contacts,
		"web_sessions":         t.sites,
		"chats":                nil,
		"left_chats":           nil,
	})
	if err != nil {
		return err
	}
	t.account(t.user, time.Time{})
	return nil
}

type telegramAccount struct {
	platform
	user string
}

func (t *telegramAccount) personal(v any) {
	o := object(v)
	t.user = text(o["username"])
	t.holdsNumber(scalar(o["phone_number"]), evidence.PurposeSignIn)
}

func (t *telegramAccount) contacts(v any) { t.uploaded(len(items(object(v)["list"]))) }

// sites reads the sites signed in to with Telegram: accounts that hang on it.
func (t *telegramAccount) sites(v any) {
	for _, s := range items(object(v)["list"]) {
		name := text(pick(object(s), "domain_url", "domain", "app_name"))
		if nothing(name) {
			continue
		}
		t.linked(name, time.Time{})
	}
}
