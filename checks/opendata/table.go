package opendata

import (
	"encoding/csv"
	"io"
	"strconv"
	"strings"

	"unlisted/checks/catalog"
	"unlisted/checks/text"
)

// columns are the head of the table: one row a platform, lists with blanks
// between their items.
var columns = []string{
	"id", "name", "domains", "categories", "methods", "exit_rating", "exit_sources", "second_factor_page", "passkey_page", "delete_page",
	"delete_mail", "delete_difficulty", "get_data_page", "change_password_page", "privacy_mail", "privacy_form", "guide_reviewed", "steps",
	"incidents", "sources",
}

// table writes the platforms as one table.
func (in Input) table(w io.Writer) error {
	c := csv.NewWriter(w)
	if err := c.Write(columns); err != nil {
		return err
	}
	for i := range in.Catalog.Len() {
		cells := in.row(in.Catalog.At(i))
		for n := range cells {
			cells[n] = text.Cell(cells[n])
		}
		if err := c.Write(cells); err != nil {
			return err
		}
	}
	c.Flush()
	return c.Error()
}

func (in Input) row(p *catalog.Platform) []string {
	methods := "?" // not known; empty would be none
	if p.MethodsKnown {
		methods = strings.Join(p.Methods, " ")
	}
	reviewed, steps, incidents := "", "", []string{}
	if p.Guide != nil {
		reviewed, steps = day(p.Guide.Reviewed), strconv.Itoa(len(p.Guide.Steps))
	}
	for _, x := range in.Catalog.Incidents(p.ID) {
		incidents = append(incidents, x.ID)
	}
	return []string{
		p.ID, p.Name, strings.Join(p.Domains, " "), strings.Join(p.Categories, "; "), methods, string(p.Exit), in.sourceCell(p.ExitSources),
		p.TwoFactorDoc, p.Passkey.Manage, p.Delete.URL, p.Delete.Email, p.Delete.Difficulty, p.GetData.URL, p.ChangePassURL, p.Contact.Email,
		p.Contact.Webform, reviewed, steps, strings.Join(incidents, " "), in.sourceCell(p.Sources),
	}
}

// sourceCell names sources in one cell, each with its address and day.
func (in Input) sourceCell(refs []catalog.SourceRef) string {
	var out []string
	for _, s := range in.sources(refs) {
		out = append(out, strings.Join(strings.Fields(s.Name+" "+s.URL+" "+s.Seen), " "))
	}
	return strings.Join(out, "; ")
}
