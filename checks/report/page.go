package report

// pageHTML is the report: one file, no script, nothing loaded from elsewhere,
// readable on paper.
const pageHTML = `<!DOCTYPE html>
<html lang="{{.T.Lang}}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>{{.T.T "report.title"}} · Unlisted</title>
<style>
body{font:16px/1.5 system-ui,sans-serif;color:#1b2421;background:#fff;max-width:60rem;margin:2rem auto;padding:0 1rem}
h1{font-size:1.9rem;margin-bottom:0}h2{font-size:1.25rem;margin-top:2.2rem;border-bottom:1px solid #d5dad6;padding-bottom:.3rem}
table{border-collapse:collapse;width:100%;font-size:.92rem}th,td{text-align:left;padding:.4rem .6rem;border-bottom:1px solid #e4e8e5;vertical-align:top;overflow-wrap:anywhere}
th{color:#55615c}small,.quiet{color:#55615c}.state{font-weight:600;white-space:nowrap}
.wide{overflow-x:auto}.wide svg{max-width:100%;height:auto}
@media print{body{margin:0}h2{break-after:avoid}tr{break-inside:avoid}}
</style>
</head>
<body>
<h1>{{.T.T "report.title"}}</h1>
<p class="quiet">{{.Date}} · Unlisted {{.Version}}</p>
<p>{{.Accounts}} {{.Phones}}</p>

<h2>{{.T.T "report.accounts"}}</h2>
<table>
<thead><tr><th scope="col">{{.T.T "report.col.name"}}</th><th scope="col">{{.T.T "report.col.holds"}}</th><th scope="col">{{.T.T "report.col.factor"}}</th><th scope="col">{{.T.T "report.col.exit"}}</th><th scope="col">{{.T.T "report.col.sure"}}</th></tr></thead>
<tbody>
{{range .Rows}}<tr><th scope="row">{{.Name}}<br><small>{{.Platform}}</small></th><td>{{.Holds}}{{if .Advertisers}}<br><small>{{$.T.T "report.lists"}} {{.Advertisers}}</small>{{end}}</td><td>{{.Factor}}</td><td>{{.Exit}}</td><td>{{.Sure}}</td></tr>
{{end}}</tbody>
</table>

{{with .Reach}}<h2>{{$.T.T "report.reach"}}</h2>
{{range .}}<p>{{.Says}}</p>
<div class="wide">{{.SVG}}</div>
{{end}}{{end}}
<h2>{{.T.T "report.leaks"}}</h2>
{{with .Found}}<p>{{$.T.T "check.report.found"}}</p>
<ul>{{range .}}<li>{{.}}</li>{{end}}</ul>
{{end}}<p>{{.T.T "check.local.why"}} {{.Upto}}</p>
<ul>{{range .Leaks}}<li>{{.}}</li>{{end}}</ul>
<h2>{{.T.T "report.incidents"}}</h2>
<p>{{.T.T "check.incidents.why"}}</p>
<ul>{{range .Incidents}}<li>{{.}}</li>{{else}}<li>{{$.T.T "check.incidents.none"}}</li>{{end}}</ul>
<h2>{{.T.T "report.checked"}}</h2>
<ul>{{range .Checked}}<li>{{.}}</li>{{end}}{{range .Unchecked}}<li>{{.}}</li>{{end}}</ul>
<p class="quiet">{{.T.T "report.checked.why"}}</p>

<h2>{{.T.T "report.plan"}}</h2>
<table><tbody>
{{range .Actions}}<tr><th scope="row">{{.Title}}<br><small>{{.Why}}</small></th><td class="state">{{.State}}</td></tr>
{{end}}</tbody></table>

<h2>{{.T.T "report.history"}}</h2>
<ul>{{range .History}}<li>{{.}}</li>{{else}}<li>{{.T.T "report.history.none"}}</li>{{end}}</ul>

<h2>{{.T.T "settings.ledger"}}</h2>
<p>{{.Requests}}</p>
<ul>{{range .Ledger}}<li>{{.}}</li>{{end}}</ul>

<h2>{{.T.T "settings.credits"}}</h2>
<ul>{{range .Credits}}<li>{{.Name}} · {{.URL}} · {{.Licence}}</li>{{end}}</ul>
</body>
</html>
`
