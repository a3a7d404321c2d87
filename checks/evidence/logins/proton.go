package logins

import (
	"bytes"
	"context"
	"encoding/json"
	"path"

	"unlisted/checks/evidence"
)

// protonJSON imports data.json of Proton Pass's zip export, and refuses its
// encrypted twin data.pgp with a sentence of its own.
type protonJSON struct{}

var _ evidence.Importer = protonJSON{}

// Format implements evidence.Importer.
func (protonJSON) Format() evidence.Format {
	return evidence.Format{ID: "proton-json", Family: "logins"}
}

// pgpMark starts an armoured PGP message.
const pgpMark = "-----BEGIN PGP MESSAGE-----"

// Recognise implements evidence.Importer.
func (protonJSON) Recognise(_ context.Context, in evidence.Input) evidence.Certainty {
	if bytes.HasPrefix(in.Head, []byte(pgpMark)) && path.Base(in.Name) == "data.pgp" {
		return evidence.Sure
	}
	if head := jsonHead(in); hasKeys(head, "vaults", "userId") && !hasKeys(head, "attrs") {
		return evidence.Sure
	}
	return evidence.No
}

// protonIdentity is the content of an identity, as JSON or in a CSV's note.
type protonIdentity struct {
	Email text `json:"email"`
	Phone text `json:"phoneNumber"`
}

func (p protonIdentity) values() []string { return []string{string(p.Email), string(p.Phone)} }

type protonItem struct {
	Data struct {
		Metadata struct {
			Name text `json:"name"`
		} `json:"metadata"`
		Type    text `json:"type"`
		Content struct {
			protonIdentity
			ItemEmail text              `json:"itemEmail"`
			ItemUser  text              `json:"itemUsername"`
			User      text              `json:"username"` // before 2024: the address or the name
			Password  text              `json:"password"`
			URLs      list              `json:"urls"`
			TOTP      text              `json:"totpUri"`
			Passkeys  []json.RawMessage `json:"passkeys"`
		} `json:"content"`
		Extra []struct {
			Type text `json:"type"`
			Data struct {
				TOTP text `json:"totpUri"`
			} `json:"data"`
		} `json:"extraFields"`
	} `json:"data"`
	State  int    `json:"state"`
	Alias  text   `json:"aliasEmail"`
	Create moment `json:"createTime"`
	Modify moment `json:"modifyTime"`
}

// protonTrashed is the state of an item in the bin.
const protonTrashed = 2

// Read implements evidence.Importer.
func (protonJSON) Read(ctx context.Context, in evidence.Input, out evidence.Sink) error {
	sealed := evidence.NewProblem(in.Label, "error.evidence.proton_encrypted")
	if bytes.HasPrefix(in.Head, []byte(pgpMark)) {
		return sealed
	}
	f, err := open(in, out)
	if err != nil {
		return err
	}
	defer f.Close()
	j := evidence.NewDocument(ctx, f)
	vault := func(string) error {
		return j.Object(func(key string) error {
			if key == "items" {
				return evidence.Records(j, out, protonItem.emit)
			}
			return j.Skip()
		})
	}
	return j.Object(func(key string) error {
		switch key {
		case "encrypted":
			var yes flag
			if _, err := j.Value(&yes); err != nil || !bool(yes) {
				return err
			}
			return sealed
		case "vaults":
			return j.Object(vault)
		}
		return j.Skip()
	})
}

func (item protonItem) emit(out evidence.Sink) {
	c, name := item.Data.Content, string(item.Data.Metadata.Name)
	if item.State == protonTrashed {
		out.Skip(evidence.Discarded, name)
		return
	}
	switch item.Data.Type {
	case "identity":
		identity(out, name, c.values()...)
		return
	case "alias":
		identity(out, name, string(item.Alias))
		return
	case "login":
	default:
		out.Skip(evidence.NoLogin, name)
		return
	}
	l := login{
		title: name,
		sites: c.URLs, user: first(string(c.ItemUser), string(c.User)), email: string(c.ItemEmail),
		password: string(c.Password), totp: filled(string(c.TOTP)), passkey: len(c.Passkeys) > 0,
		created: item.Create.Time, used: item.Modify.Time,
	}
	for _, x := range item.Data.Extra {
		l.totp = l.totp || x.Type == "totp" && filled(string(x.Data.TOTP))
	}
	if item.Alias != "" {
		emitOwn(out, string(item.Alias))
	}
	emit(l, out)
}
