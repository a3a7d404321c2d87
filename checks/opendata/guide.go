package opendata

import "unlisted/checks/catalog"

type guideDoc struct {
	Reviewed      string             `json:"reviewed"`
	Draft         bool               `json:"draft,omitempty"`
	Facts         map[string]factDoc `json:"facts,omitempty"`
	Uses          map[string]factDoc `json:"uses,omitempty"`
	Channels      map[string]factDoc `json:"channels,omitempty"`
	Preconditions []preconditionDoc  `json:"preconditions,omitempty"`
	Ways          []wayDoc           `json:"ways,omitempty"`
	Risks         []riskDoc          `json:"risks,omitempty"`
	Help          string             `json:"help,omitempty"`
	Steps         []stepDoc          `json:"steps"`
	Absent        []absentDoc        `json:"absent,omitempty"`
	Leave         []stepDoc          `json:"leave,omitempty"`
}

type factDoc struct {
	Is          string      `json:"is"`
	For         []string    `json:"for,omitempty"`
	Since       string      `json:"since,omitempty"`
	Why         words       `json:"why,omitempty"`
	Unconfirmed bool        `json:"unconfirmed,omitempty"`
	Sources     []sourceDoc `json:"sources"`
}

type preconditionDoc struct {
	Before  string      `json:"before"`
	Needs   []string    `json:"needs,omitempty"`
	Days    int         `json:"days,omitempty"`
	Why     words       `json:"why,omitempty"`
	Sources []sourceDoc `json:"sources"`
}

type wayDoc struct {
	Needs    []string    `json:"needs"`
	Recovery bool        `json:"recovery,omitempty"`
	Sources  []sourceDoc `json:"sources"`
}

type riskDoc struct {
	Text    words       `json:"text"`
	Sources []sourceDoc `json:"sources"`
}

type absentDoc struct {
	Kind    string      `json:"kind"`
	Why     words       `json:"why,omitempty"`
	Sources []sourceDoc `json:"sources"`
}

type controlDoc struct {
	Say  words               `json:"say,omitempty"`
	Path map[string][]string `json:"path,omitempty"`
	Link string              `json:"link,omitempty"`
}

type wrongDoc struct {
	When words `json:"when"`
	Do   words `json:"do"`
}

type stepDoc struct {
	Kind  string `json:"kind"`
	Title words  `json:"title,omitempty"`
	controlDoc
	Web         *controlDoc `json:"web,omitempty"`
	App         *controlDoc `json:"app,omitempty"`
	Asks        []string    `json:"asks,omitempty"`
	See         words       `json:"see,omitempty"`
	Wrong       []wrongDoc  `json:"wrong,omitempty"`
	Back        words       `json:"back,omitempty"`
	Minutes     int         `json:"minutes,omitempty"`
	Ask         words       `json:"ask_person,omitempty"`
	Optional    bool        `json:"optional,omitempty"`
	Unconfirmed bool        `json:"unconfirmed,omitempty"`
	Sources     []sourceDoc `json:"sources"`
}

func (in Input) guideDoc(g *catalog.Guide) *guideDoc {
	if g == nil {
		return nil
	}
	doc := &guideDoc{
		Reviewed: day(
			g.Reviewed,
		), Draft: g.Draft, Help: g.Help, Facts: in.facts(g.Facts), Uses: in.facts(g.Uses), Channels: in.facts(g.Channels),
		Steps: in.steps(g.Steps), Leave: in.steps(g.Leave),
	}
	for _, x := range g.Preconditions {
		needs := []string{}
		for _, k := range x.Needs {
			needs = append(needs, string(k))
		}
		doc.Preconditions = append(
			doc.Preconditions,
			preconditionDoc{string(x.Before), needs, x.Days, x.Why, in.sources(x.Sources)},
		)
	}
	for _, x := range g.Ways {
		doc.Ways = append(doc.Ways, wayDoc{x.Needs, x.Recovery, in.sources(x.Sources)})
	}
	for _, x := range g.Risks {
		doc.Risks = append(doc.Risks, riskDoc{x.Text, in.sources(x.Sources)})
	}
	for _, x := range g.Absent {
		doc.Absent = append(doc.Absent, absentDoc{string(x.Kind), x.Why, in.sources(x.Sources)})
	}
	return doc
}

func (in Input) facts(facts map[string]catalog.Fact) map[string]factDoc {
	out := map[string]factDoc{}
	for name, f := range facts {
		out[name] = factDoc{
			f.Value,
			f.For,
			day(f.Since),
			f.Why,
			f.Confidence == "unverified",
			in.sources(f.Sources),
		}
	}
	return out
}

func (in Input) steps(steps []catalog.Step) []stepDoc {
	out := []stepDoc{}
	for _, s := range steps {
		doc := stepDoc{
			Kind: string(
				s.Kind,
			), Title: s.Title, controlDoc: *control(&s.Control), Web: control(s.Web), App: control(s.App), Asks: s.Asks,
			See: s.See, Back: s.Back, Minutes: s.Minutes, Ask: s.AskPerson, Optional: s.Optional,
			Unconfirmed: s.Confidence == "unverified", Sources: in.sources(s.Sources),
		}
		for _, w := range s.Wrong {
			doc.Wrong = append(doc.Wrong, wrongDoc{w.When, w.Do})
		}
		out = append(out, doc)
	}
	return out
}

func control(c *catalog.Control) *controlDoc {
	if c == nil {
		return nil
	}
	return &controlDoc{c.Say, c.Path, c.Link}
}
