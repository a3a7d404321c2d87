package authenticator

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"strings"

	"unlisted/checks/evidence"
)

// link is an otpauth link, read at once into what it says beside its secret.
type link struct {
	entry
	there bool
}

// UnmarshalJSON implements json.Unmarshaler.
func (l *link) UnmarshalJSON(b []byte) error {
	var s string
	if err := json.Unmarshal(b, &s); err != nil {
		return err
	}
	l.there = strings.TrimSpace(s) != ""
	l.entry, _ = parseURI(s)
	if hasScheme(s, "steam://") {
		l.kind = "steam"
	}
	return nil
}

// present notes that a value is there without keeping it.
type present bool

// UnmarshalJSON implements json.Unmarshaler.
func (p *present) UnmarshalJSON(b []byte) error {
	switch string(bytes.TrimSpace(b)) {
	case "null", `""`, "[]":
		return nil
	}
	*p = true
	return nil
}

// bitwardenItem is an item of Bitwarden Authenticator, in the shape of the
// password manager's.
type bitwardenItem struct {
	Name  string `json:"name"`
	Login *struct {
		URIs     present `json:"uris"`
		Password present `json:"password"`
		Passkeys present `json:"fido2Credentials"`
		Username string  `json:"username"`
		TOTP     link    `json:"totp"`
	} `json:"login"`
}

// only reports whether the item is an authenticator's and no saved login.
func (v bitwardenItem) only() bool {
	return v.Login != nil && v.Login.TOTP.there && !bool(v.Login.URIs || v.Login.Password || v.Login.Passkeys)
}

// entry names the entry by its link, else by the item.
func (v bitwardenItem) entry() entry {
	if !v.only() {
		return entry{}
	}
	e := v.Login.TOTP.entry
	e.issuer, e.account = firstOf(e.issuer, v.Name), firstOf(e.account, v.Login.Username)
	return e
}

// bitwardenJSON imports Bitwarden Authenticator's JSON export.
type bitwardenJSON struct{}

var _ evidence.Importer = bitwardenJSON{}

// Format implements evidence.Importer.
func (bitwardenJSON) Format() evidence.Format {
	return evidence.Format{ID: "bitwarden-authenticator-json", Family: family}
}

// errNotOnly ends the look at a file that holds more than an authenticator's
// items.
var errNotOnly = errors.New("saved logins")

// Recognise implements evidence.Importer. A password manager's export looks the
// same but for what its items hold, so every item in the head is looked at.
func (bitwardenJSON) Recognise(ctx context.Context, in evidence.Input) evidence.Certainty {
	head := narrow(in.Head)
	if !mentions(head, []string{"items", "login", "totp"}) || mentions(head, []string{"encKeyValidation_DO_NOT_EDIT"}) {
		return evidence.No
	}
	seen := 0
	doc := evidence.NewDocument(ctx, strings.NewReader(evidence.HeadText(head)))
	err := doc.Object(func(key string) error {
		switch key {
		case "encrypted":
			var yes bool
			if err := doc.Decode(&yes); err != nil || yes {
				return errNotOnly
			}
			return nil
		case "items":
			return doc.List(func() error {
				var v bitwardenItem
				if err := doc.Decode(&v); err != nil {
					return err
				}
				if !v.only() {
					return errNotOnly
				}
				seen++
				return nil
			})
		}
		return doc.Skip()
	})
	cut := err == nil || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF)
	if seen == 0 || !cut {
		return evidence.No
	}
	return evidence.Sure
}

// Read implements evidence.Importer.
func (bitwardenJSON) Read(ctx context.Context, in evidence.Input, out evidence.Sink) error {
	f, err := in.Open()
	if err != nil {
		return err
	}
	defer f.Close()
	return within[bitwardenItem](evidence.NewDocument(ctx, evidence.Counted(ctx, f, out)), "items", out)
}

// bitwardenCSV imports Bitwarden Authenticator's CSV export, whose rows have
// more cells than its header.
type bitwardenCSV struct{}

var _ evidence.Importer = bitwardenCSV{}

// Format implements evidence.Importer.
func (bitwardenCSV) Format() evidence.Format {
	return evidence.Format{ID: "bitwarden-authenticator-csv", Family: family}
}

// Recognise implements evidence.Importer.
func (bitwardenCSV) Recognise(_ context.Context, in evidence.Input) evidence.Certainty {
	if !strings.Contains(evidence.HeadText(in.Head), "login_totp") {
		return evidence.No
	}
	t, err := evidence.OpenTable(bytes.NewReader(in.Head))
	if err != nil || !t.Has("name", "login_uri", "login_totp") || t.Has("login_password") || t.Has("login_username") {
		return evidence.No
	}
	return evidence.Sure
}

// Read implements evidence.Importer.
func (bitwardenCSV) Read(ctx context.Context, in evidence.Input, out evidence.Sink) error {
	f, err := in.Open()
	if err != nil {
		return err
	}
	defer f.Close()
	t, err := evidence.OpenTable(evidence.Counted(ctx, f, out))
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if err != nil {
		return evidence.NewProblem(in.Label, "error.evidence.damaged")
	}
	for {
		switch err := t.Next(ctx); {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return err
		}
		if t.Empty() || t.IsHeader() {
			continue
		}
		uri := t.Get("login_totp")
		e, _ := parseURI(uri)
		if hasScheme(uri, "steam://") {
			e.kind = "steam"
		}
		e.issuer = firstOf(e.issuer, t.Get("name"))
		record(out, e)
	}
}
