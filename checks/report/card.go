package report

import (
	"html/template"
	"io"
	"slices"
	"strings"
	"time"

	"unlisted/checks/identifier"
	"unlisted/checks/reach"
	"unlisted/checks/text"
)

// CardInput is everything the emergency card is made from.
type CardInput struct {
	Card    reach.Card
	Numbers []identifier.Identifier
	Carrier string // number of the phone company; "" leaves a line to fill in by hand
	Text    *text.Printer
	Masked  bool // the numbers; names of accounts are always written out
	Now     time.Time
}

// Card writes the emergency card, "my phone has no network and I did not do
// that": one page to print, that needs neither network nor this program.
func Card(w io.Writer, in CardInput) error {
	return cardPage.Execute(text.Writer(w), in.page())
}

// CardDo is the text key of what to do at an account once the number is in other
// hands.
func CardDo(h reach.NumberChange) string {
	if !h.Account.HoldsPhone() && !slices.Contains(h.Account.SecondFactor, "phone") {
		return "card.do.follows"
	}
	return "card.do." + string(h.Change)
}

type cardRow struct{ Name, Where, Do string }

func (in CardInput) rows() []cardRow {
	rows := make([]cardRow, 0, len(in.Card.Accounts))
	for _, h := range in.Card.Accounts {
		row := cardRow{Name: h.Account.Label(in.shown), Do: in.Text.T(CardDo(h))}
		if h.Account.Name != h.Account.Platform {
			row.Where = h.Account.Platform
		}
		rows = append(rows, row)
	}
	return rows
}

func (in CardInput) shown(id identifier.Identifier) string {
	if in.Masked && id.Kind == identifier.KindPhone {
		return id.Masked()
	}
	return id.Display()
}

type cardContent struct {
	T                       *text.Printer
	Title, Carrier, Numbers string
	More, Day               string
	Say                     []string
	Rows                    []cardRow
}

func (in CardInput) page() cardContent {
	t := in.Text
	numbers := make([]string, len(in.Numbers))
	for i, id := range in.Numbers {
		numbers[i] = in.shown(id)
	}
	c := cardContent{
		T: t, Title: t.T("reach.card.title"), Carrier: strings.TrimSpace(in.Carrier), Numbers: strings.Join(numbers, ", "),
		Rows: in.rows(), Day: t.T("card.made", "date", t.Date(in.Now)),
	}
	for _, key := range in.Card.Say {
		c.Say = append(c.Say, t.T(key))
	}
	if in.Card.More > 0 {
		c.More = t.N("card.more", in.Card.More)
	}
	return c
}

var cardPage = template.Must(template.New("card").Parse(cardHTML))

// paperHead begins every page that is made to be printed: A4, black on white, nothing
// loaded from elsewhere.
const paperHead = `<!DOCTYPE html>
<html lang="{{.T.Lang}}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>{{.Title}}</title>
<style>
@page{size:A4;margin:16mm}
body{font:12pt/1.4 system-ui,sans-serif;color:#000;background:#fff;max-width:44rem;margin:1.5rem auto;padding:0 1rem}
`

// cardHTML is the card: black on white, no script, nothing loaded from
// elsewhere; the blank lines are for a pen.
const cardHTML = paperHead + `h1{font-size:20pt;line-height:1.2;margin:0 0 .6rem;border:3px solid #000;padding:.5rem .7rem}
h2{font-size:13pt;margin:1.1rem 0 .2rem}
ol{margin:.2rem 0;padding-left:1.4rem}li{margin:.25rem 0;overflow-wrap:anywhere}
.pen{display:flex;gap:.6rem;margin:.7rem 0}.pen i{flex:1;border-bottom:1px solid #000;min-width:6rem}
small{color:#333}footer{margin-top:1rem;font-size:10pt;color:#333}
@media print{body{margin:0;padding:0;max-width:none}h2{break-after:avoid}li,.pen{break-inside:avoid}}
</style>
</head>
<body>
<h1>{{.Title}}</h1>
<ol>{{range .Say}}<li>{{.}}</li>
{{end}}</ol>
{{if .Carrier}}<p class="pen"><b>{{.T.T "card.carrier"}}</b> <span>{{.Carrier}}</span></p>{{else}}<p class="pen"><b>{{.T.T "card.carrier"}}</b><i></i></p>{{end}}
<p class="pen"><b>{{.T.T "card.bank"}}</b><i></i></p>
{{if .Numbers}}<p class="pen"><b>{{.T.T "card.numbers"}}</b> <span>{{.Numbers}}</span></p>{{end}}
<h2>{{.T.T "card.accounts"}}</h2>
{{if .Rows}}<ol>{{range .Rows}}<li><b>{{.Name}}</b>{{if .Where}} <small>({{.Where}})</small>{{end}}<br>{{.Do}}</li>
{{end}}</ol>{{if .More}}<p>{{.More}}</p>{{end}}{{else}}<p>{{.T.T "card.none"}}</p>{{end}}
<h2>{{.T.T "card.notes"}}</h2>
<p class="pen">{{.T.T "card.notes.when"}}<i></i>{{.T.T "card.notes.who"}}<i></i></p>
<p class="pen">{{.T.T "card.notes.file"}}<i></i></p>
<footer>{{.Day}}</footer>
</body>
</html>
`
