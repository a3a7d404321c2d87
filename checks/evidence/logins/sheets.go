package logins

import (
	"context"
	"errors"
	"io"
	"slices"
	"strings"

	"unlisted/checks/evidence"
)

// layout is a CSV export whose cells are told by their place, or by labels
// beside them, rather than by a header.
type layout struct {
	id string
	// reader looks at the first rows and returns what reads a row; nil where
	// they are not of this layout.
	reader func(rows [][]string) rowReader
}

// rowReader makes a login of a row; false where it is none.
type rowReader func(cells []string) (login, bool)

// sheets, most specific first.
var sheets = []layout{
	{"roboform-csv", roboForm},
	{"enpass-csv", enpass},
	{"keeper-csv", placed(keeperRow)},
	{"dashlane-old-csv", placed(dashlaneOldRow)},
}

// maxCells is more than any entry has fields; what is beyond is not read.
const maxCells = 128

// sheet imports one layout.
type sheet struct{ layout }

var _ evidence.Importer = sheet{}

// Format implements evidence.Importer.
func (s sheet) Format() evidence.Format { return evidence.Format{ID: s.id, Family: "logins"} }

// Recognise implements evidence.Importer.
func (s sheet) Recognise(ctx context.Context, in evidence.Input) evidence.Certainty {
	if _, read := s.look(ctx, in); read != nil {
		return evidence.Sure
	}
	return evidence.No
}

// How much of a file is looked at to tell its layout.
const (
	lookBytes = 16 << 10
	lookRows  = 50
)

// look returns what separates the cells and what reads a row, if this is the
// layout.
func (s sheet) look(ctx context.Context, in evidence.Input) (separator rune, read rowReader) {
	if !tabular(in.Head) {
		return 0, nil
	}
	head := evidence.HeadText(in.Head[:min(len(in.Head), lookBytes)])
	line, _, _ := strings.Cut(head, "\n")
	for _, sep := range ",;\t|" {
		if strings.Count(line, string(sep)) < 2 {
			continue
		}
		var rows [][]string
		_ = eachCells(ctx, strings.NewReader(head), sep, func(cells []string) {
			if len(rows) < lookRows {
				rows = append(rows, cells)
			}
		})
		if len(in.Head) > lookBytes && len(rows) > 1 && len(rows) < lookRows {
			rows = rows[:len(rows)-1] // cut off where looking ends
		}
		if len(rows) > 0 {
			if read := s.reader(rows); read != nil {
				return sep, read
			}
		}
	}
	return 0, nil
}

// eachCells calls f with the cells of each row that holds something, up to the
// last that does.
func eachCells(ctx context.Context, r io.Reader, sep rune, f func([]string)) error {
	rows := evidence.NewRows(r, sep, 0)
	for {
		cells, err := rows.Next(ctx)
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return err
		}
		cells = cells[:min(len(cells), maxCells)]
		for len(cells) > 0 && cells[len(cells)-1] == "" {
			cells = cells[:len(cells)-1]
		}
		if len(cells) > 0 {
			f(cells)
		}
	}
}

// Read implements evidence.Importer.
func (s sheet) Read(ctx context.Context, in evidence.Input, out evidence.Sink) error {
	f, err := open(in, out)
	if err != nil {
		return err
	}
	defer f.Close()
	sep, read := s.look(ctx, in)
	if read == nil {
		return evidence.NewProblem(in.Label, "error.evidence.damaged")
	}
	return eachCells(ctx, evidence.Text(f), sep, func(cells []string) {
		if headed(cells) {
			return
		}
		out.Item()
		if l, ok := read(cells); ok {
			emit(l, out)
		} else {
			out.Skip(evidence.NoLogin, "")
		}
	})
}

// headed reports whether a row names columns rather than holding values.
func headed(cells []string) bool {
	names := 0
	for _, c := range cells {
		if strings.ContainsAny(c, "@/") {
			return false
		}
		switch strings.ToLower(strings.TrimSpace(c)) {
		case "name",
			"title",
			"field",
			"value",
			"url",
			"website",
			"username",
			"login",
			"password",
			"pwd",
			"note",
			"notes",
			"folder",
			"group":
			names++
		}
	}
	return names >= 3
}

func startsWith(cells []string, names ...string) bool {
	return len(cells) >= len(names) &&
		slices.EqualFunc(
			cells[:len(names)],
			names,
			func(c, n string) bool { return strings.EqualFold(strings.TrimSpace(c), n) },
		)
}

// at returns a cell, or "" where the row is shorter.
func at(cells []string, i int) string {
	if i < len(cells) {
		return cells[i]
	}
	return ""
}

// placed makes the reader of a layout without header: most rows name a site,
// those have a password and no blanks where a login has none, and one at least
// signs in with an address. Anything less could be any table.
func placed(row rowReader) func([][]string) rowReader {
	return func(rows [][]string) rowReader {
		logins, addressed, hard := 0, 0, 0
		for _, cells := range rows {
			l, ok := row(cells)
			if !ok || len(l.places()) == 0 {
				continue
			}
			if l.password == "" || strings.ContainsAny(l.user+l.password, " \n") {
				return nil
			}
			logins++
			if _, err := parseUser(l.user, ""); err == nil {
				addressed++
			}
			if len(l.password) >= 6 && strings.Trim(l.password, "0123456789-/.:") != "" {
				hard++ // no number, no date
			}
		}
		if headed(rows[0]) || addressed == 0 || 2*logins <= len(rows) || 2*hard <= logins {
			return nil
		}
		return row
	}
}

// keeperRow reads folder, title, login, password, site, notes, shared folder,
// then pairs of name and value.
func keeperRow(c []string) (login, bool) {
	if len(c) < 5 || strings.Contains(at(c, 1), "://") {
		return login{}, false
	}
	l := login{site: c[4], user: c[2], password: c[3]}
	for i := 7; i+1 < len(c); i += 2 {
		l.totp = l.totp || isOTP(c[i+1])
		l.also = append(l.also, c[i+1])
	}
	return l, true
}

// dashlaneOldRow reads title, site, login, further logins, password, note: five
// to seven cells, the last of which may be missing where it is empty.
func dashlaneOldRow(c []string) (login, bool) {
	if len(c) < 4 || len(c) > 7 {
		return login{}, false
	}
	if len(c) == 4 {
		c = append(c, "")
	}
	n := len(c)
	return login{site: c[1], user: first(c[2 : n-2]...), also: c[3 : n-2], password: c[n-2]}, true
}

// roboForm tells RoboForm's export by its header; the newer one has one column
// more before the login.
func roboForm(rows [][]string) rowReader {
	switch {
	case startsWith(rows[0], "name", "url", "matchurl", "login", "pwd"):
		return func(c []string) (login, bool) { return roboFormRow(c, 3) }
	case startsWith(rows[0], "name", "url", "login", "pwd"):
		return func(c []string) (login, bool) { return roboFormRow(c, 2) }
	}
	return nil
}

// roboFormRow reads a row of RoboForm: the columns of its header, the login at
// user, then one cell for each further field of the form ("Label$,,,type,value"
// or "Label$:type:value"). A row with a site alone is a bookmark.
func roboFormRow(c []string, user int) (login, bool) {
	l := login{site: plain(at(c, 1)), user: plain(at(c, user)), password: plain(at(c, user+1))}
	for _, field := range c[min(len(c), user+4):] {
		name, value, _ := strings.Cut(field, "$")
		if strings.EqualFold(strings.TrimSpace(name), "totp key") {
			l.totp = l.totp || filled(value[strings.LastIndexAny(value, ",:")+1:])
		}
	}
	return l, l.user != "" || l.password != ""
}

// plain takes away the apostrophe that RoboForm puts before a value a
// spreadsheet would compute.
func plain(s string) string {
	if rest, ok := strings.CutPrefix(s, "'"); ok && strings.IndexAny(rest, "=+-@'") == 0 {
		return rest
	}
	return s
}

// Labels of Enpass's fields in its users' languages; a person may have changed
// them, in which case the field is not read.
var (
	labelsSite = []string{
		"url",
		"website",
		"web site",
		"site",
		"site web",
		"webseite",
		"internetseite",
		"sitio web",
		"sito web",
		"sito",
		"página web",
	}
	labelsUser = []string{
		"username",
		"user name",
		"login",
		"nom d'utilisateur",
		"nom d’utilisateur",
		"identifiant",
		"benutzername",
		"nombre de usuario",
		"usuario",
		"nome utente",
		"gebruikersnaam",
		"nome de usuário",
	}
	labelsEmail    = []string{"e-mail", "email", "adresse e-mail", "correo electrónico", "e-mailadres"}
	labelsPassword = []string{
		"password",
		"mot de passe",
		"passwort",
		"kennwort",
		"contraseña",
		"wachtwoord",
		"senha",
	}
	labelsCode = []string{"totp", "one-time code", "one time code", "code à usage unique", "einmalcode", "otp"}
)

// enpass tells Enpass's CSV by its labels: it has a header of "Title, Field,
// Value" or none.
func enpass(rows [][]string) rowReader {
	labelled := func(c []string) bool {
		l, ok := enpassRow(c)
		return ok && len(l.places()) > 0 && l.password != ""
	}
	if startsWith(rows[0], "title", "field", "value") || slices.ContainsFunc(rows, labelled) {
		return enpassRow
	}
	return nil
}

// enpassRow reads a title, then pairs of label and value, then a note.
func enpassRow(c []string) (l login, ok bool) {
	for i := 1; i+1 < len(c); i += 2 {
		label := strings.ToLower(strings.TrimPrefix(strings.TrimSpace(c[i]), "*"))
		value := c[i+1]
		switch {
		case slices.Contains(labelsSite, label):
			l.sites = append(l.sites, value)
		case slices.Contains(labelsUser, label):
			l.user = first(l.user, value)
		case slices.Contains(labelsEmail, label):
			l.email = first(l.email, value)
		case slices.Contains(labelsPassword, label):
			l.password = first(l.password, value)
		case slices.Contains(labelsCode, label):
			l.totp = l.totp || filled(value)
		default:
			continue
		}
		ok = true
	}
	l.user = first(l.user, l.email)
	return l, ok
}
