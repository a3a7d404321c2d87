package archive

import (
	"context"
	"encoding/xml"
	"errors"
	"io"
	"path"
	"strconv"
	"strings"
	"time"

	"unlisted/checks/evidence"
)

// airbnbArchive imports Airbnb's data. As Excel it is a workbook with a sheet a
// category, itself an archive; as web pages or JSON its layout is not
// documented. Only the profile is read, without the emergency contact in it.
type airbnbArchive struct{}

var _ evidence.Importer = airbnbArchive{}

// Format implements evidence.Importer.
func (airbnbArchive) Format() evidence.Format {
	return evidence.Format{ID: "airbnb-archive", Family: "archive", Site: "airbnb.com", Tree: true}
}

// airbnbParts are words in the names of members about the account holder.
var airbnbParts = []string{"user_data", "personal_data", "profile", "account"}

// airbnbMember reports a page or document about the account holder.
func airbnbMember(in evidence.Input, name string) bool {
	return (isJSON(name) || isPage(name)) && hasAny(base(name), airbnbParts...) &&
		strings.Contains(opening(in, name), "airbnb")
}

// airbnbBook reports a workbook of Airbnb's: its first sheet says whose it is.
func airbnbBook(in evidence.Input) bool {
	if len(in.Find("xl/workbook.xml")) == 0 {
		return false
	}
	for _, f := range in.Find("xl/sharedStrings.xml", "xl/worksheets/sheet1.xml") {
		if strings.Contains(opening(in, f), "airbnb") {
			return true
		}
	}
	return false
}

// Recognise implements evidence.Importer.
func (airbnbArchive) Recognise(_ context.Context, in evidence.Input) evidence.Certainty {
	if airbnbBook(in) {
		return evidence.Sure
	}
	looked := 0
	for _, f := range in.Files {
		if !isJSON(f) && !isPage(f) || !hasAny(base(f), airbnbParts...) || looked >= maxLooks {
			continue
		}
		looked++
		if airbnbMember(in, f) {
			return evidence.Maybe
		}
	}
	return evidence.No
}

// Read implements evidence.Importer.
func (airbnbArchive) Read(ctx context.Context, in evidence.Input, out evidence.Sink) error {
	p := platform{site: "airbnb.com", out: out}
	p.account("", time.Time{})
	if airbnbBook(in) {
		return workbook{ctx: ctx, in: in, out: out}.profile(p)
	}
	for _, f := range in.Files {
		if !airbnbMember(in, f) {
			continue
		}
		if err := told(ctx, in, f, p.likely()); err != nil {
			return err
		}
	}
	return nil
}

// Limits of the one sheet that is held whole.
const (
	maxRows    = 500
	maxColumns = 200
	maxXML     = 64 << 20
)

// workbook reads sheets of an Excel file (ECMA-376, part 1, chapter 18).
type workbook struct {
	ctx context.Context
	in  evidence.Input
	out evidence.Sink
}

// profile hands the profile sheet to p: a line of labels above lines of values,
// or a label and a value a line, with headings of one cell.
func (w workbook) profile(p platform) error {
	names, err := w.sheets()
	if err != nil {
		return err
	}
	for _, name := range names {
		sheet, err := w.sheet(name)
		if err != nil {
			return err
		}
		if wide(sheet) {
			for _, cells := range sheet[1:] {
				row{lower(sheet[0]), cells}.each(p.told)
			}
			continue
		}
		heading := ""
		for _, cells := range sheet {
			if cells = filled(cells); len(cells) == 1 {
				heading = cells[0]
			} else if len(cells) > 1 {
				p.told(heading+" "+cells[0], cells[1])
			}
		}
	}
	return nil
}

func wide(sheet [][]string) bool { return len(sheet) > 1 && len(filled(sheet[0])) > 2 }

func filled(cells []string) []string {
	var out []string
	for _, c := range cells {
		if strings.TrimSpace(c) != "" {
			out = append(out, c)
		}
	}
	return out
}

// sheets returns the members that hold a sheet named like a profile.
func (w workbook) sheets() ([]string, error) {
	wanted := map[string]bool{}
	err := w.tokens("xl/workbook.xml", func(t xml.Token) {
		e, ok := t.(xml.StartElement)
		if title := plain(attribute(e, "name")); ok && e.Name.Local == "sheet" &&
			hasAny(title, "profil", "perfil", "account", "user") &&
			!peopleWords.MatchString(title) {
			wanted[attribute(e, "id")] = true
		}
	})
	if err != nil {
		return nil, err
	}
	var out []string
	err = w.tokens("xl/_rels/workbook.xml.rels", func(t xml.Token) {
		if e, ok := t.(xml.StartElement); ok && e.Name.Local == "Relationship" && wanted[attribute(e, "Id")] {
			out = append(out, path.Join("xl", "worksheets", path.Base(attribute(e, "Target"))))
		}
	})
	return out, err
}

// sheet reads the lines of a sheet. Texts stand in a list of their own, of which
// only those in use are held.
func (w workbook) sheet(name string) ([][]string, error) {
	var rows [][]string
	shared := map[int][][2]int{} // place in the list -> cells
	column, kind, inside := 0, "", false
	err := w.tokens(name, func(t xml.Token) {
		switch t := t.(type) {
		case xml.StartElement:
			switch t.Name.Local {
			case "row":
				if len(rows) < maxRows {
					rows = append(rows, nil)
				}
				column = -1
			case "c":
				column, kind = columnOf(attribute(t, "r"), column), attribute(t, "t")
			}
			inside = t.Name.Local == "v" || t.Name.Local == "t"
		case xml.EndElement:
			inside = false
		case xml.CharData:
			if !inside || len(rows) == 0 || column < 0 || column >= maxColumns || len(t) > maxBlock {
				return
			}
			last := len(rows) - 1
			for len(rows[last]) <= column {
				rows[last] = append(rows[last], "")
			}
			if n, err := strconv.Atoi(string(t)); kind == "s" && err == nil {
				shared[n] = append(shared[n], [2]int{last, column})
				return
			}
			rows[last][column] += string(t)
		}
	})
	if err != nil {
		return nil, err
	}
	return rows, w.texts(shared, rows)
}

// texts fills in the texts of the list of shared ones.
func (w workbook) texts(shared map[int][][2]int, rows [][]string) error {
	at, inside := -1, false
	return w.tokens("xl/sharedStrings.xml", func(t xml.Token) {
		switch t := t.(type) {
		case xml.StartElement:
			if t.Name.Local == "si" {
				at++
			}
			inside = t.Name.Local == "t"
		case xml.EndElement:
			inside = false
		case xml.CharData:
			if inside && len(t) <= maxBlock {
				for _, c := range shared[at] {
					rows[c[0]][c[1]] += string(t)
				}
			}
		}
	})
}

// columnOf is the place of a cell such as "B7"; one without a name follows the
// last.
func columnOf(cell string, last int) int {
	n := 0
	for _, r := range cell {
		if r < 'A' || r > 'Z' || n > maxColumns {
			break
		}
		n = n*26 + int(r-'A') + 1
	}
	if n == 0 {
		return last + 1
	}
	return n - 1
}

func attribute(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// tokens streams an XML member, if it is there.
func (w workbook) tokens(name string, f func(xml.Token)) error {
	for _, m := range w.in.Find(name) {
		err := openMember(w.ctx, w.in, m, w.out, func(r *evidence.RecordLimit) error {
			d := xml.NewDecoder(io.LimitReader(r, maxXML))
			for {
				if err := w.ctx.Err(); err != nil {
					return err
				}
				r.Reset()
				t, err := d.Token()
				if errors.Is(err, io.EOF) {
					return nil
				}
				if err != nil {
					return err
				}
				f(t)
			}
		})
		if err != nil {
			return err
		}
	}
	return nil
}
