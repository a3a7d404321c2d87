package opendata

import (
	"html/template"
	"io"
	"slices"
	"strconv"
	"strings"

	"unlisted/checks/catalog"
	"unlisted/checks/text"
)

// style is that of all pages; nothing is loaded from elsewhere and nothing runs.
const style = `<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<style>
body{font:16px/1.5 system-ui,sans-serif;color:#1b2421;background:#fff;max-width:46rem;margin:2rem auto;padding:0 1rem}
h1{font-size:1.9rem}h2{font-size:1.25rem;margin-top:2rem;border-bottom:1px solid #d5dad6;padding-bottom:.3rem}h3{font-size:1rem;margin-bottom:.2rem}
p,ul{margin:.3rem 0}small,.quiet{color:#55615c}article+article{border-top:4px solid #d5dad6;margin-top:3rem}a{color:#0b5d4b;overflow-wrap:anywhere}
q{font-style:italic}
@media print{body{margin:0}h2,h3{break-after:avoid}}
</style>`

const pageHTML = `<!DOCTYPE html>
<html lang="{{.Lang}}">
<head>
` + style + `
<title>{{.Name}} · Unlisted</title>
</head>
<body>
<nav><a href="../index.html">{{.Index}}</a>{{range .Parts}} · <a href="#{{.Lang}}" lang="{{.Lang}}">{{.Language}}</a>{{end}}</nav>
<h1>{{.Name}}</h1>
<p class="quiet">{{.ID}}</p>
{{range .Parts}}<article id="{{.Lang}}" lang="{{.Lang}}">
{{range .Sections}}<section>
<h2>{{.Title}}</h2>
{{range .Items}}{{with .Title}}<h3>{{.}}</h3>
{{end}}{{range .Lines}}<p>{{.}}</p>
{{end}}{{with .Link}}<p><a href="{{.}}" rel="noreferrer">{{.}}</a></p>
{{end}}{{with .Sources}}<ul>{{range .}}<li><small>{{if .URL}}<a href="{{.URL}}" rel="noreferrer">{{.Words}}</a>{{else}}{{.Words}}{{end}}{{with .Quote}} <q>{{.}}</q>{{end}}</small></li>{{end}}</ul>
{{end}}{{end}}</section>
{{end}}<p class="quiet">{{.Made}} {{.Licence}}</p>
</article>
{{end}}</body>
</html>
`

const indexHTML = `<!DOCTYPE html>
<html lang="{{.Lang}}">
<head>
` + style + `
<title>Unlisted</title>
</head>
<body>
<h1>Unlisted</h1>
{{range .Intro}}<p lang="{{.Lang}}">{{range .Lines}}{{.}} {{end}}</p>
{{end}}<ul>{{range .Rows}}<li><a href="{{.File}}">{{.Name}}</a> <small>{{.Detail}}</small></li>
{{end}}</ul>
<h2>{{.Credits}}</h2>
<ul>{{range .Named}}<li><small><a href="{{.URL}}" rel="noreferrer">{{.Name}}</a> · {{.Licence}}{{with .Changed}} · {{.}}{{end}}</small></li>{{end}}</ul>
</body>
</html>
`

var (
	pageTemplate  = template.Must(template.New("page").Parse(pageHTML))
	indexTemplate = template.Must(template.New("index").Parse(indexHTML))
)

// part is a page in one language.
type part struct {
	Lang, Language, Made, Licence string
	Sections                      []section
}

type section struct {
	Title string
	Items []item
}

type item struct {
	Title   string
	Lines   []string
	Link    string
	Sources []sourceItem
}

type sourceItem struct{ URL, Words, Quote string }

// page writes what is known of a platform, in all languages one below the other.
func (in Input) page(w io.Writer, p *catalog.Platform) error {
	first := in.Printers[0]
	parts := make([]part, len(in.Printers))
	for i, t := range in.Printers {
		parts[i] = part{
			Lang: t.Lang(), Language: t.T("opendata.language"), Sections: in.sections(t, p),
			Made: t.T("opendata.made", "date", t.Date(in.Now)), Licence: t.T("opendata.licence"),
		}
	}
	return pageTemplate.Execute(text.Writer(w), struct {
		Lang, Name, ID, Index string
		Parts                 []part
	}{first.Lang(), p.Name, p.ID, first.T("opendata.all"), parts})
}

// sections are the parts of a page that have anything to say.
func (in Input) sections(t *text.Printer, p *catalog.Platform) []section {
	exit := "exit." + string(p.Exit)
	known := []item{
		{Title: t.T(exit + ".name"), Lines: []string{t.T(exit + ".why")}, Sources: items(t, p.ExitSources)},
		{Lines: p.About(t), Sources: items(t, p.Sources)},
	}
	all := []section{
		{t.T("opendata.known"), known},
		{t.T("opendata.links"), in.links(t, p)},
		{t.T("incident.heading"), in.incidents(t, p)},
	}
	if g := p.Guide; g != nil {
		all = append(all, section{t.T("find.part.guide"), in.guide(t, p)})
		var ways []item
		for _, x := range g.Ways {
			ways = append(ways, item{Lines: []string{x.Words(t)}, Sources: items(t, x.Sources)})
		}
		for _, x := range g.Risks {
			ways = append(ways, item{Lines: []string{x.Words(t)}, Sources: items(t, x.Sources)})
		}
		all = append(all, section{t.T("opendata.ways"), ways})
	}
	return slices.DeleteFunc(all, func(s section) bool { return len(s.Items) == 0 })
}

// links are the pages of the platform's own and the mails to write.
func (in Input) links(t *text.Printer, p *catalog.Platform) []item {
	var out []item
	for _, l := range []struct{ key, url string }{
		{"second-factor", p.TwoFactorDoc},
		{"recovery", p.RecoveryDoc},
		{"passkey", p.Passkey.Manage},
		{"password", p.ChangePassURL},
		{"get-data", p.GetData.URL},
		{"delete", p.Delete.URL},
		{"contact", p.Contact.Webform},
	} {
		if l.url != "" {
			out = append(out, item{Lines: []string{t.T("opendata.link." + l.key)}, Link: l.url})
		}
	}
	for _, m := range []struct{ key, address string }{
		{"get-data", p.GetData.Email},
		{"delete", p.Delete.Email},
		{"contact", p.Contact.Email},
	} {
		if m.address != "" {
			out = append(out, item{Lines: []string{t.T("opendata.link."+m.key) + " " + m.address}})
		}
	}
	return out
}

func (in Input) incidents(t *text.Printer, p *catalog.Platform) []item {
	var out []item
	for _, i := range in.Catalog.Incidents(p.ID) {
		status := "incident.status." + string(i.Status)
		x := item{
			Title: t.T(
				"incident.line",
				"date",
				i.Known().Words(t),
				"title",
				t.In(i.Title),
				"status",
				t.T(status),
			),
			Lines:   []string{t.In(i.Text), t.T(status + ".why")},
			Sources: items(t, i.Sources),
		}
		if period := i.Period(t); period != "" {
			x.Lines = append(x.Lines, period)
		}
		for _, a := range i.DealtWith {
			x.Lines = append(x.Lines, a.Words(t))
		}
		out = append(out, x)
	}
	return out
}

// guide are the steps, numbered where they are the way, and what the guide says
// does not exist.
func (in Input) guide(t *text.Printer, p *catalog.Platform) []item {
	var out []item
	number := 0
	for _, s := range p.Steps() {
		title, do, why := s.Words(t, p.Name)
		if !s.Kind.Aside() {
			number++
			title = strconv.Itoa(number) + ". " + title
		}
		lines := append([]string{do}, s.More(t)...)
		out = append(out, item{Title: title, Lines: append(lines, why), Link: s.Link, Sources: items(t, s.Sources)})
	}
	title := func(k catalog.StepKind) string {
		name, _, _ := catalog.Step{Kind: k}.Words(t, p.Name)
		return name
	}
	for _, x := range p.Guide.Preconditions {
		line := t.T("guide.precondition", "step", title(x.Before), "why", t.In(x.Why))
		out = append(out, item{Lines: []string{line}, Sources: items(t, x.Sources)})
	}
	for _, x := range p.Guide.Absent {
		line := t.T("guide.absent", "title", title(x.Kind), "why", t.In(x.Why))
		out = append(out, item{Lines: []string{line}, Sources: items(t, x.Sources)})
	}
	return out
}

func items(t *text.Printer, refs []catalog.SourceRef) []sourceItem {
	out := make([]sourceItem, len(refs))
	for i, r := range refs {
		out[i] = sourceItem{r.URL, r.Words(t), r.Quote}
	}
	return out
}

// index writes the list of all pages, by name.
func (in Input) index(w io.Writer, shown []*catalog.Platform, files map[string]string) error {
	type row struct{ File, Name, Detail string }
	type intro struct {
		Lang  string
		Lines []string
	}
	var rows []row
	for _, p := range shown {
		var detail []string
		for _, t := range in.Printers {
			detail = append(detail, t.T("exit."+string(p.Exit)+".name"))
		}
		rows = append(
			rows,
			row{pageFolder + "/" + files[p.ID], p.Name, p.ID + " · " + strings.Join(slices.Compact(detail), " · ")},
		)
	}
	slices.SortStableFunc(
		rows,
		func(a, b row) int { return strings.Compare(catalog.Fold(a.Name), catalog.Fold(b.Name)) },
	)
	var intros []intro
	for _, t := range in.Printers {
		intros = append(intros, intro{t.Lang(), in.about(t, len(shown))})
	}
	first := in.Printers[0]
	return indexTemplate.Execute(text.Writer(w), struct {
		Lang, Credits string
		Intro         []intro
		Rows          []row
		Named         []catalog.Credit
	}{first.Lang(), first.T("settings.credits"), intros, rows, in.Credits})
}

// about says what the export is, when it was made and on which terms.
func (in Input) about(t *text.Printer, pages int) []string {
	return []string{
		t.N(
			"opendata.about",
			pages,
			"all",
			t.Number(int64(in.Catalog.Len())),
		), t.T("opendata.made", "date", t.Date(in.Now)), t.T("opendata.licence"),
		t.T("opendata.correct"),
	}
}

// readme says in a plain file what the others are.
func (in Input) readme(w io.Writer) error {
	lines := []string{mark, ""}
	for _, t := range in.Printers {
		lines = append(
			lines,
			strings.Join(in.about(t, 0)[1:], "\n"),
			t.T("opendata.files", "json", jsonFile, "table", tableFile, "index", indexFile),
			"",
		)
	}
	for _, c := range in.Credits {
		lines = append(lines, strings.TrimSpace(c.Name+" · "+c.URL+" · "+c.Licence+" "+c.Changed))
	}
	_, err := io.WriteString(text.Writer(w), strings.Join(lines, "\n")+"\n")
	return err
}
