package logins

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"strings"
	"time"

	"unlisted/checks/evidence"
	"unlisted/checks/identifier"
)

// bitwardenJSON imports Bitwarden's and Vaultwarden's JSON export.
type bitwardenJSON struct{}

var _ evidence.Importer = bitwardenJSON{}

// Format implements evidence.Importer.
func (bitwardenJSON) Format() evidence.Format {
	return evidence.Format{ID: "bitwarden-json", Family: "logins"}
}

// Recognise implements evidence.Importer.
func (bitwardenJSON) Recognise(_ context.Context, in evidence.Input) evidence.Certainty {
	head := strings.TrimSpace(evidence.HeadText(in.Head))
	switch {
	case !strings.HasPrefix(head, "{"):
		return evidence.No
	case strings.Contains(head, `"encKeyValidation_DO_NOT_EDIT"`):
		return evidence.Sure
	case strings.Contains(head, `"items"`) && (strings.Contains(head, `"encrypted"`) || strings.Contains(head, `"folderId"`) || strings.Contains(head, `"collectionIds"`)):
		return evidence.Sure
	}
	return evidence.No
}

type bitwardenItem struct {
	Type         int    `json:"type"`
	Name         string `json:"name"`
	DeletedDate  string `json:"deletedDate"`
	CreationDate string `json:"creationDate"`
	RevisionDate string `json:"revisionDate"`
	Login        *struct {
		URIs []struct {
			URI string `json:"uri"`
		} `json:"uris"`
		Username string `json:"username"`
		Password string `json:"password"`
		TOTP     string `json:"totp"`
		Passkeys []struct {
			RPID string `json:"rpId"`
		} `json:"fido2Credentials"`
	} `json:"login"`
	Identity *struct {
		Email string `json:"email"`
		Phone string `json:"phone"`
	} `json:"identity"`
}

// Kinds of item.
const (
	itemLogin    = 1
	itemIdentity = 4
)

// Read implements evidence.Importer. Items are read one by one, so a large
// vault does not have to fit in memory.
func (bitwardenJSON) Read(ctx context.Context, in evidence.Input, out evidence.Sink) error {
	f, err := in.Open()
	if err != nil {
		return err
	}
	defer f.Close()
	limit := &evidence.RecordLimit{Reader: evidence.Text(f)}
	d := json.NewDecoder(limit)
	if t, err := d.Token(); err != nil || t != json.Delim('{') {
		return damaged(err)
	}
	for d.More() {
		key, err := d.Token()
		if err != nil {
			return damaged(err)
		}
		switch key {
		case "encKeyValidation_DO_NOT_EDIT":
			return evidence.NewProblem(in.Label, "error.evidence.bitwarden_encrypted")
		case "encrypted":
			var yes bool
			if err := d.Decode(&yes); err != nil {
				return damaged(err)
			}
			if yes {
				return evidence.NewProblem(in.Label, "error.evidence.bitwarden_encrypted")
			}
		case "items":
			if err := readItems(ctx, d, limit, out); err != nil {
				return damaged(err)
			}
		default:
			var skip json.RawMessage
			if err := d.Decode(&skip); err != nil {
				return damaged(err)
			}
		}
	}
	return nil
}

// damaged is err, or what a wrong token without an error is.
func damaged(err error) error {
	if err == nil {
		return io.ErrUnexpectedEOF
	}
	return err
}

func readItems(ctx context.Context, d *json.Decoder, limit *evidence.RecordLimit, out evidence.Sink) error {
	if t, err := d.Token(); err != nil || t != json.Delim('[') {
		return errors.Join(err, io.ErrUnexpectedEOF)
	}
	for d.More() {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		limit.Reset()
		var item bitwardenItem
		if err := d.Decode(&item); err != nil {
			var shape *json.UnmarshalTypeError
			if !errors.As(err, &shape) {
				return err
			}
			out.Item() // one item of an unexpected shape; the next may be fine
			out.Skip()
			continue
		}
		out.Item()
		if !emitItem(item, out) {
			out.Skip()
		}
	}
	_, err := d.Token()
	return err
}

func emitItem(item bitwardenItem, out evidence.Sink) bool {
	switch {
	case item.DeletedDate != "":
		return false
	case item.Type == itemIdentity && item.Identity != nil:
		return emitOwn(out, item.Identity.Email, item.Identity.Phone)
	case item.Type != itemLogin || item.Login == nil:
		return false
	}
	l := login{
		user: item.Login.Username, password: item.Login.Password, totp: item.Login.TOTP, title: item.Name,
		created: day(item.CreationDate), used: day(item.RevisionDate),
	}
	for _, u := range item.Login.URIs {
		if h, a := evidence.Host(u.URI); h != "" || a != "" {
			l.site = u.URI
			break
		}
	}
	for _, k := range item.Login.Passkeys {
		l.passkey = k.RPID
		if l.site == "" {
			l.site = k.RPID
		}
	}
	return emit(l, out)
}

// emitOwn proposes the addresses and numbers of an identity entry as the
// person's own.
func emitOwn(out evidence.Sink, email, phone string) bool {
	found := false
	for _, s := range []string{email, phone} {
		id, err := identifier.Parse(s, out.Region())
		if err != nil {
			continue
		}
		found = true
		out.Finding(evidence.Finding{Fact: evidence.FactOwn, Identifier: id, Confidence: evidence.Likely, Count: 1})
	}
	return found
}

func day(s string) time.Time {
	t, err := time.Parse(time.RFC3339, s)
	if err != nil {
		return time.Time{}
	}
	return t.UTC().Truncate(time.Second)
}
