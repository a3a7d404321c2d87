package logins

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"strings"

	"unlisted/checks/evidence"
)

// onePUX imports export.data, the JSON inside 1Password's 1PUX archive. The
// scan opens the archive and offers its members one by one
// (https://support.1password.com/1pux-format/).
type onePUX struct{}

var _ evidence.Importer = onePUX{}

// Format implements evidence.Importer.
func (onePUX) Format() evidence.Format {
	return evidence.Format{ID: "1password-1pux", Family: "logins"}
}

// Recognise implements evidence.Importer.
func (onePUX) Recognise(_ context.Context, in evidence.Input) evidence.Certainty {
	if head := jsonHead(in); strings.HasPrefix(head, "{") && hasKeys(head, "accounts", "attrs", "vaults") {
		return evidence.Sure
	}
	return evidence.No
}

// Categories of 1PUX items that are read; all others hold no sign-in.
const (
	categoryLogin    = "001"
	categoryIdentity = "004"
	categoryPassword = "005"
)

type pux struct {
	State     text   `json:"state"`
	Trashed   flag   `json:"trashed"`
	Category  text   `json:"categoryUuid"`
	CreatedAt moment `json:"createdAt"`
	UpdatedAt moment `json:"updatedAt"`
	Overview  struct {
		Title text `json:"title"`
		URL   text `json:"url"`
		URLs  []struct {
			URL text `json:"url"`
		} `json:"urls"`
	} `json:"overview"`
	Details struct {
		LoginFields []struct {
			Designation text `json:"designation"`
			Value       text `json:"value"`
		} `json:"loginFields"`
		Password text `json:"password"`
		Sections []struct {
			Fields []struct {
				Value map[string]json.RawMessage `json:"value"`
			} `json:"fields"`
		} `json:"sections"`
	} `json:"details"`
}

// puxItem is an item as it stands, or wrapped in another object as old versions
// wrote it.
type puxItem struct {
	pux
	Item *pux `json:"item"`
}

// Read implements evidence.Importer.
func (onePUX) Read(ctx context.Context, in evidence.Input, out evidence.Sink) error {
	f, err := open(in, out)
	if err != nil {
		return err
	}
	defer f.Close()
	j := evidence.NewDocument(ctx, f)
	vault := func() error {
		return j.Object(func(key string) error {
			if key == "items" {
				return evidence.Records(j, out, puxItem.emit)
			}
			return j.Skip()
		})
	}
	account := func() error {
		return j.Object(func(key string) error {
			switch key {
			case "attrs":
				return puxAccount(j, out)
			case "vaults":
				return j.List(vault)
			}
			return j.Skip()
		})
	}
	return j.Object(func(key string) error {
		if key == "accounts" {
			return j.List(account)
		}
		return j.Skip()
	})
}

// puxAccount reads whose export it is: the person's own address, which is also
// how they sign in to 1Password.
func puxAccount(j *evidence.Document, out evidence.Sink) error {
	var attrs struct {
		Email  text `json:"email"`
		Domain text `json:"domain"`
	}
	if ok, err := j.Value(&attrs); !ok {
		return err
	}
	out.Item()
	own := emitOwn(out, string(attrs.Email))
	if !(login{site: string(attrs.Domain), user: string(attrs.Email), noPassword: true}).emit(out) && !own {
		out.Skip(evidence.NoSite, "1Password")
	}
	return nil
}

func (item puxItem) emit(out evidence.Sink) {
	p := item.pux
	if item.Item != nil {
		p = *item.Item
	}
	if bool(p.Trashed) || p.State != "" && p.State != "active" {
		out.Skip(evidence.Discarded, string(p.Overview.Title))
		return
	}
	switch p.Category {
	case categoryIdentity:
		identity(out, string(p.Overview.Title), p.also()...)
	case categoryLogin, categoryPassword:
		emit(p.login(), out)
	default:
		out.Skip(evidence.NoLogin, string(p.Overview.Title))
	}
}

func (p pux) login() login {
	l := login{
		title:    string(p.Overview.Title),
		password: string(p.Details.Password),
		also:     p.also(),
		created:  p.CreatedAt.Time,
		used:     p.UpdatedAt.Time,
	}
	sites := []string{string(p.Overview.URL)}
	for _, u := range p.Overview.URLs {
		sites = append(sites, string(u.URL))
	}
	l.sites = sites
	for _, f := range p.Details.LoginFields { // terms boxes and the like have no designation
		switch f.Designation {
		case "username":
			l.user = first(l.user, string(f.Value))
		case "password":
			l.password = first(l.password, string(f.Value))
		}
	}
	for _, s := range p.Details.Sections {
		for _, f := range s.Fields {
			l.totp = l.totp || filled(stringOf(f.Value["totp"]))
		}
	}
	return l
}

// also lists the addresses and numbers in an item's sections.
func (p pux) also() (values []string) {
	for _, s := range p.Details.Sections {
		for _, f := range s.Fields {
			var wrapped struct {
				Address text `json:"email_address"`
			}
			_ = json.Unmarshal(f.Value["email"], &wrapped)
			values = append(values, stringOf(f.Value["email"]), string(wrapped.Address), stringOf(f.Value["phone"]))
		}
	}
	return values
}

// stringOf reads a JSON string or number; anything else is "".
func stringOf(m json.RawMessage) string {
	var t text
	_ = json.Unmarshal(m, &t)
	return string(t)
}

// pifSeparator stands between the items of a 1PIF file.
const pifSeparator = "***5642bee8-a5ff-11dc-8314-0800200c9a66***"

// onePIF imports data.1pif, the export of 1Password 4 to 7: one JSON object a
// line.
type onePIF struct{}

var _ evidence.Importer = onePIF{}

// Format implements evidence.Importer.
func (onePIF) Format() evidence.Format {
	return evidence.Format{ID: "1password-1pif", Family: "logins"}
}

// Recognise implements evidence.Importer.
func (onePIF) Recognise(_ context.Context, in evidence.Input) evidence.Certainty {
	head := jsonHead(in)
	if strings.HasPrefix(head, "{") &&
		(strings.Contains(head, pifSeparator) || hasKeys(head, "typeName", "secureContents")) {
		return evidence.Sure
	}
	return evidence.No
}

// pifIdentity names the fields of an identity that are the person's own.
type pifIdentity struct {
	Email text `json:"email"`
	Phone text `json:"defphone"`
	Cell  text `json:"cellphone"`
	Home  text `json:"homephone"`
	Work  text `json:"busphone"`
}

type pif struct {
	Title     text   `json:"title"`
	TypeName  text   `json:"typeName"`
	Location  text   `json:"location"`
	Trashed   flag   `json:"trashed"`
	CreatedAt moment `json:"createdAt"`
	UpdatedAt moment `json:"updatedAt"`
	Contents  struct {
		pifIdentity
		Password text `json:"password"`
		URLs     []struct {
			URL text `json:"url"`
		} `json:"URLs"`
		Fields []struct {
			Designation text `json:"designation"`
			Value       text `json:"value"`
		} `json:"fields"`
		Sections []struct {
			Fields []struct {
				Name  text `json:"n"`
				Value text `json:"v"`
			} `json:"fields"`
		} `json:"sections"`
	} `json:"secureContents"`
}

// maxLine bounds one item of a 1PIF file.
const maxLine = 4 << 20

// Read implements evidence.Importer.
func (onePIF) Read(ctx context.Context, in evidence.Input, out evidence.Sink) error {
	f, err := open(in, out)
	if err != nil {
		return err
	}
	defer f.Close()
	lines := bufio.NewScanner(evidence.Text(f))
	lines.Buffer(nil, maxLine)
	broken := false
	for lines.Scan() {
		if err := ctx.Err(); err != nil {
			return err
		}
		line := bytes.TrimSpace(lines.Bytes())
		if len(line) == 0 || line[0] != '{' {
			continue
		}
		out.Item()
		var item pif
		err := json.Unmarshal(line, &item)
		var syntax *json.SyntaxError
		broken = broken || errors.As(err, &syntax)
		if err != nil {
			out.Skip(evidence.Broken, "")
			continue
		}
		item.emit(out)
	}
	if broken {
		return evidence.NewProblem(in.Label, "error.evidence.damaged")
	}
	return lines.Err()
}

func (p pif) emit(out evidence.Sink) {
	c := p.Contents
	switch {
	case bool(p.Trashed):
		out.Skip(evidence.Discarded, string(p.Title))
		return
	case strings.HasPrefix(string(p.TypeName), "identities."):
		identity(
			out,
			string(p.Title),
			string(c.Email),
			string(c.Phone),
			string(c.Cell),
			string(c.Home),
			string(c.Work),
		)
		return
	case p.TypeName != "webforms.WebForm" && p.TypeName != "passwords.Password":
		out.Skip(evidence.NoLogin, string(p.Title))
		return
	}
	sites := []string{string(p.Location)}
	for _, u := range c.URLs {
		sites = append(sites, string(u.URL))
	}
	l := login{
		title:    string(p.Title),
		sites:    sites,
		password: string(c.Password),
		created:  p.CreatedAt.Time,
		used:     p.UpdatedAt.Time,
	}
	for _, f := range c.Fields {
		switch f.Designation {
		case "username":
			l.user = first(l.user, string(f.Value))
		case "password":
			l.password = first(l.password, string(f.Value))
		}
	}
	for _, s := range c.Sections {
		for _, f := range s.Fields {
			l.totp = l.totp || strings.HasPrefix(string(f.Name), "TOTP_") && filled(string(f.Value))
		}
	}
	emit(l, out)
}
