package logins

import (
	"bytes"
	"context"
	"encoding/json"
	"maps"
	"path"
	"slices"
	"strings"

	"unlisted/checks/evidence"
)

// enpassJSON imports Enpass's JSON export. Labels of fields are the person's
// own words, so only their types count.
type enpassJSON struct{}

var _ evidence.Importer = enpassJSON{}

// Format implements evidence.Importer.
func (enpassJSON) Format() evidence.Format {
	return evidence.Format{ID: "enpass-json", Family: "logins"}
}

// Recognise implements evidence.Importer.
func (enpassJSON) Recognise(_ context.Context, in evidence.Input) evidence.Certainty {
	if head := jsonHead(in); hasKeys(head, "items", "category", "fields") &&
		hasKey(head, "trashed", "sensitive", "template_type") {
		return evidence.Sure
	}
	return evidence.No
}

type enpassItem struct {
	Title    text   `json:"title"`
	Category text   `json:"category"`
	Trashed  flag   `json:"trashed"`
	Archived flag   `json:"archived"`
	Created  moment `json:"createdAt"`
	Updated  moment `json:"updated_at"`
	Fields   []struct {
		Type    text `json:"type"`
		Value   text `json:"value"`
		Deleted flag `json:"deleted"`
	} `json:"fields"`
}

// Read implements evidence.Importer.
func (enpassJSON) Read(ctx context.Context, in evidence.Input, out evidence.Sink) error {
	return readLists(ctx, in, out, func(j *evidence.Document, key string) (bool, error) {
		if key != "items" {
			return false, nil
		}
		return true, evidence.Records(j, out, enpassItem.emit)
	})
}

func (item enpassItem) emit(out evidence.Sink) {
	switch {
	case bool(item.Trashed || item.Archived):
		out.Skip(evidence.Discarded, string(item.Title))
		return
	case item.Category == "note" || item.Category == "creditcard":
		out.Skip(evidence.NoLogin, string(item.Title))
		return
	}
	l := login{title: string(item.Title), created: item.Created.Time, used: item.Updated.Time}
	var phones []string
	for _, f := range item.Fields {
		v := string(f.Value)
		if bool(f.Deleted) || !filled(v) {
			continue
		}
		switch f.Type {
		case "url":
			l.sites = append(l.sites, v)
		case "username":
			l.user = first(l.user, v)
		case "email":
			l.names = append(l.names, v)
		case "phone":
			phones = append(phones, v)
		case "password":
			l.password = first(l.password, v)
		case "totp":
			l.totp = true
		}
	}
	l.also = phones
	if item.Category == "identity" {
		identity(out, string(item.Title), slices.Concat(l.names, l.also)...)
		return
	}
	emit(l, out)
}

// keeperJSON imports Keeper's JSON export.
type keeperJSON struct{}

var _ evidence.Importer = keeperJSON{}

// Format implements evidence.Importer.
func (keeperJSON) Format() evidence.Format {
	return evidence.Format{ID: "keeper-json", Family: "logins"}
}

// Recognise implements evidence.Importer.
func (keeperJSON) Recognise(_ context.Context, in evidence.Input) evidence.Certainty {
	if head := jsonHead(in); hasKeys(head, "records") &&
		hasKey(head, "login_url", "custom_fields", "shared_folders") {
		return evidence.Sure
	}
	return evidence.No
}

type keeperRecord struct {
	Type     text                       `json:"$type"`
	Title    text                       `json:"title"`
	Login    text                       `json:"login"`
	Password text                       `json:"password"`
	URL      text                       `json:"login_url"`
	Custom   map[string]json.RawMessage `json:"custom_fields"`
}

// Read implements evidence.Importer.
func (keeperJSON) Read(ctx context.Context, in evidence.Input, out evidence.Sink) error {
	return readLists(ctx, in, out, func(j *evidence.Document, key string) (bool, error) {
		if key != "records" {
			return false, nil
		}
		return true, evidence.Records(j, out, keeperRecord.emit)
	})
}

func (r keeperRecord) emit(out evidence.Sink) {
	if r.Type != "" && r.Type != "login" && r.Type != "general" {
		out.Skip(evidence.NoLogin, string(r.Title)) // a card, a note, or a contact, who is somebody else
		return
	}
	l := login{title: string(r.Title), site: string(r.URL), user: string(r.Login), password: string(r.Password)}
	for _, name := range slices.Sorted(maps.Keys(r.Custom)) {
		s := stringOf(r.Custom[name])
		switch {
		case strings.HasPrefix(name, "$oneTimeCode") || isOTP(s):
			l.totp = l.totp || filled(s)
		case strings.HasPrefix(name, "$url"), evidence.ColumnOf(name) == evidence.ColumnSite:
			l.sites = append(l.sites, s)
		case strings.HasPrefix(name, "$email"), evidence.ColumnOf(name) == evidence.ColumnEmail:
			l.names = append(l.names, s)
		case strings.HasPrefix(name, "$phone"):
			l.also = append(l.also, s)
		}
	}
	emit(l, out)
}

// isOTP reports whether a value sets up an authenticator app.
func isOTP(s string) bool {
	return strings.HasPrefix(strings.ToLower(strings.TrimSpace(s)), "otpauth://")
}

// dashlaneJSON imports Dashlane's former JSON export, and refuses its encrypted
// .dash file with a sentence of its own.
type dashlaneJSON struct{}

var _ evidence.Importer = dashlaneJSON{}

// Format implements evidence.Importer.
func (dashlaneJSON) Format() evidence.Format {
	return evidence.Format{ID: "dashlane-json", Family: "logins"}
}

// Recognise implements evidence.Importer.
func (dashlaneJSON) Recognise(_ context.Context, in evidence.Input) evidence.Certainty {
	if hasKeys(jsonHead(in), "AUTHENTIFIANT") || isDash(in) {
		return evidence.Sure
	}
	return evidence.No
}

func isDash(in evidence.Input) bool {
	return strings.EqualFold(path.Ext(in.Name), ".dash") &&
		(onlyBase64(in.Head) || bytes.HasPrefix(in.Head, []byte("$1$")))
}

type dashlaneLogin struct {
	Title     text `json:"title"`
	Domain    text `json:"domain"`
	Login     text `json:"login"`
	Secondary text `json:"secondaryLogin"`
	Email     text `json:"email"`
	Password  text `json:"password"`
}

// Read implements evidence.Importer.
func (dashlaneJSON) Read(ctx context.Context, in evidence.Input, out evidence.Sink) error {
	if isDash(in) {
		return evidence.NewProblem(in.Label, "error.evidence.dashlane_encrypted")
	}
	return readLists(ctx, in, out, func(j *evidence.Document, key string) (bool, error) {
		switch key {
		case "AUTHENTIFIANT":
			return true, evidence.Records(j, out, dashlaneLogin.emit)
		case "EMAIL", "PHONE":
			return true, evidence.Records(j, out, dashlaneOwn.emit)
		}
		return false, nil
	})
}

func (d dashlaneLogin) emit(out evidence.Sink) {
	emit(login{
		title: string(
			d.Title,
		), site: string(d.Domain), user: first(string(d.Login), string(d.Email), string(d.Secondary)), email: string(d.Email),
		also: []string{string(d.Secondary)}, password: string(d.Password),
	}, out)
}

// dashlaneOwn is an address or number the person fills forms with.
type dashlaneOwn struct {
	Email  text `json:"email"`
	Number text `json:"number"`
}

func (d dashlaneOwn) emit(out evidence.Sink) {
	identity(out, "", string(d.Email), string(d.Number))
}

// readLists reads an object of lists: f reads the value of a key it knows.
func readLists(
	ctx context.Context,
	in evidence.Input,
	out evidence.Sink,
	f func(j *evidence.Document, key string) (bool, error),
) error {
	r, err := open(in, out)
	if err != nil {
		return err
	}
	defer r.Close()
	j := evidence.NewDocument(ctx, r)
	return j.Object(func(key string) error {
		if known, err := f(j, key); known || err != nil {
			return err
		}
		return j.Skip()
	})
}

// samsungPass refuses Samsung Pass's export, which is always encrypted.
type samsungPass struct{}

var _ evidence.Importer = samsungPass{}

// Format implements evidence.Importer.
func (samsungPass) Format() evidence.Format {
	return evidence.Format{ID: "samsung-pass", Family: "logins"}
}

// Recognise implements evidence.Importer.
func (samsungPass) Recognise(_ context.Context, in evidence.Input) evidence.Certainty {
	if strings.EqualFold(path.Ext(in.Name), ".spass") && onlyBase64(in.Head) {
		return evidence.Sure
	}
	return evidence.No
}

// Read implements evidence.Importer.
func (samsungPass) Read(_ context.Context, in evidence.Input, _ evidence.Sink) error {
	return evidence.NewProblem(in.Label, "error.evidence.samsung_pass")
}

// onlyBase64 reports whether a file starts as encrypted exports do.
func onlyBase64(head []byte) bool {
	return len(head) > 0 && !bytes.ContainsFunc(head, func(r rune) bool {
		return !(r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || strings.ContainsRune("+/=-_\r\n", r))
	})
}
