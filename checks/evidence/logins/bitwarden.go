package logins

import (
	"context"

	"unlisted/checks/evidence"
)

// bitwardenJSON imports Bitwarden's and Vaultwarden's JSON export, of a person
// or of an organisation.
type bitwardenJSON struct{}

var _ evidence.Importer = bitwardenJSON{}

// Format implements evidence.Importer.
func (bitwardenJSON) Format() evidence.Format {
	return evidence.Format{ID: "bitwarden-json", Family: "logins"}
}

// Recognise implements evidence.Importer.
func (bitwardenJSON) Recognise(_ context.Context, in evidence.Input) evidence.Certainty {
	head := jsonHead(in)
	switch {
	case hasKeys(head, "encKeyValidation_DO_NOT_EDIT"), hasKeys(head, "encrypted", "folders"):
		return evidence.Sure
	case hasKeys(head, "items") && hasKey(head, "encrypted", "folderId", "collectionIds") && !hasKeys(head, "vaults"):
		return evidence.Sure
	}
	return evidence.No
}

type bitwardenItem struct {
	Type         int    `json:"type"`
	Name         text   `json:"name"`
	DeletedDate  text   `json:"deletedDate"`
	ArchivedDate text   `json:"archivedDate"`
	CreationDate moment `json:"creationDate"`
	RevisionDate moment `json:"revisionDate"`
	Login        *struct {
		URIs []struct {
			URI text `json:"uri"`
		} `json:"uris"`
		Username text `json:"username"`
		Password text `json:"password"`
		TOTP     text `json:"totp"`
		Passkeys []struct {
			RPID text `json:"rpId"`
		} `json:"fido2Credentials"`
	} `json:"login"`
	Fields []struct {
		Name  text `json:"name"`
		Value text `json:"value"`
	} `json:"fields"`
	Identity *struct {
		Email text `json:"email"`
		Phone text `json:"phone"`
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
	f, err := open(in, out)
	if err != nil {
		return err
	}
	defer f.Close()
	j := evidence.NewDocument(ctx, f)
	return j.Object(func(key string) error {
		switch key {
		case "encKeyValidation_DO_NOT_EDIT":
			return evidence.NewProblem(in.Label, "error.evidence.bitwarden_encrypted")
		case "encrypted":
			var yes flag
			if _, err := j.Value(&yes); err != nil {
				return err
			}
			if yes {
				return evidence.NewProblem(in.Label, "error.evidence.bitwarden_encrypted")
			}
			return nil
		case "items":
			return evidence.Records(j, out, bitwardenItem.emit)
		}
		return j.Skip()
	})
}

func (item bitwardenItem) emit(out evidence.Sink) {
	switch {
	case item.DeletedDate != "" || item.ArchivedDate != "":
		out.Skip(evidence.Discarded, string(item.Name))
		return
	case item.Type == itemIdentity && item.Identity != nil:
		identity(out, string(item.Name), string(item.Identity.Email), string(item.Identity.Phone))
		return
	case item.Type != itemLogin || item.Login == nil:
		out.Skip(evidence.NoLogin, string(item.Name))
		return
	}
	var sites []string
	for _, u := range item.Login.URIs {
		sites = append(sites, string(u.URI))
	}
	for _, k := range item.Login.Passkeys {
		sites = append(sites, string(k.RPID))
	}
	var names []string
	for _, f := range item.Fields {
		switch evidence.ColumnOf(string(f.Name)) {
		case evidence.ColumnSite:
			sites = append(sites, string(f.Value))
		case evidence.ColumnEmail:
			names = append(names, string(f.Value))
		}
	}
	emit(login{
		title: string(
			item.Name,
		), sites: sites, names: names, user: string(item.Login.Username), password: string(item.Login.Password),
		totp: filled(string(item.Login.TOTP)), passkey: len(item.Login.Passkeys) > 0,
		created: item.CreationDate.Time, used: item.RevisionDate.Time,
	}, out)
}
