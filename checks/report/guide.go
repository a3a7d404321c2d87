package report

import (
	"html/template"
	"io"
	"time"

	"unlisted/checks/plan"
	"unlisted/checks/text"
)

// GuideInput is everything the guided switch of one account is printed from.
type GuideInput struct {
	Switch plan.Switch
	Text   *text.Printer
	Now    time.Time
}

// Guide writes the guided switch of one platform as a page to print, with a box
// to tick for each step: for who works through it at another computer, or with
// somebody who helps. It names the platform and nothing of the person. What is
// locked stands in its place in the order, with what comes first.
func Guide(w io.Writer, in GuideInput) error {
	return guidePage.Execute(text.Writer(w), in.page())
}

type guideStep struct {
	Title, Do, Why, Link, Locked, Done string
	More, Sources                      []string
}

type guideContent struct {
	T                *text.Printer
	Title, Exit, Day string
	Steps, Beside    []guideStep
}

func (in GuideInput) page() guideContent {
	t, pl := in.Text, in.Switch.Platform
	exit := "exit." + string(pl.Exit)
	c := guideContent{
		T: t, Title: t.T("fix.print.title", "platform", pl.Name), Exit: t.T(exit+".name") + ". " + t.T(exit+".why"),
		Day: t.T("fix.print.made", "date", t.Date(in.Now)),
	}
	for _, st := range in.Switch.Steps {
		c.Steps = append(c.Steps, in.step(st))
	}
	for _, st := range pl.Steps() {
		if st.Kind.Aside() {
			c.Beside = append(c.Beside, in.step(plan.SwitchStep{Step: st}))
		}
	}
	return c
}

func (in GuideInput) step(st plan.SwitchStep) guideStep {
	t := in.Text
	title, do, why := st.Words(t, in.Switch.Platform.Name)
	out := guideStep{Title: title, Do: do, Why: why, Link: st.Link, More: st.More(t)}
	if st.State == plan.StateDone && !st.DoneAt.IsZero() {
		out.Done = t.T("fix.print.done", "date", t.Date(st.DoneAt))
	}
	if len(st.Missing) > 0 {
		out.Locked = t.T("fix.blocked", "steps", in.Switch.Titles(t, st.Missing))
	}
	for _, src := range st.Sources {
		out.Sources = append(out.Sources, src.Words(t))
	}
	return out
}

var guidePage = template.Must(template.New("guide").Parse(guideHTML))

// guideHTML is the guide on paper: black on white, no script, nothing loaded
// from elsewhere; the boxes are for a pen.
const guideHTML = paperHead + `h1{font-size:20pt;line-height:1.2;margin:0 0 .3rem}
h2{font-size:13pt;margin:1.3rem 0 .3rem}h3{font-size:12pt;margin:0}
ol,ul{list-style:none;margin:.4rem 0;padding:0}
li{margin:.8rem 0;padding-left:2rem;position:relative;overflow-wrap:anywhere}
li p{margin:.2rem 0}.box{position:absolute;left:0;top:.1rem;width:1rem;height:1rem;border:2px solid #000}
.box.done::after{content:"✓";position:absolute;left:.1rem;top:-.35rem;font-size:14pt}
small,.quiet{color:#333}footer{margin-top:1rem;font-size:10pt;color:#333}
@media print{body{margin:0;padding:0;max-width:none}h2{break-after:avoid}li{break-inside:avoid}}
</style>
</head>
<body>
<h1>{{.Title}}</h1>
<p>{{.Exit}}</p>
{{define "step"}}<h3>{{.Title}}{{if .Done}} <small>({{.Done}})</small>{{end}}</h3>
{{if .Locked}}<p><b>{{.Locked}}</b></p>{{end}}<p>{{.Do}}</p>
{{if .Link}}<p class="quiet">{{.Link}}</p>{{end}}{{range .More}}<p>{{.}}</p>
{{end}}<p><small>{{.Why}}{{range .Sources}}<br>{{.}}{{end}}</small></p>{{end}}
<ol>{{range .Steps}}<li><span class="box{{if .Done}} done{{end}}"></span>{{template "step" .}}</li>
{{end}}</ol>
{{if .Beside}}<h2>{{.T.T "fix.beside"}}</h2>
<ul>{{range .Beside}}<li>{{template "step" .}}</li>
{{end}}</ul>{{end}}
<footer>{{.Day}}</footer>
</body>
</html>
`
