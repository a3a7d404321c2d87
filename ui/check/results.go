package check

import (
	"strings"

	"fyne.io/fyne/v2"

	"unlisted/checks/breach"
	"unlisted/checks/identifier"
	"unlisted/checks/profile"
	"unlisted/ui/kit"
)

// results is one row for every identifier and source, asked or not: a gap is
// shown as a gap.
func (p *Page) results(s *kit.Scope, pr *profile.Profile) fyne.CanvasObject {
	t := s.Text
	all := breach.Results(p.possible(pr, nil), pr.Lookups)
	rows := append([]fyne.CanvasObject{s.Heading(t.T("check.results"))}, summary(s, all)...)
	for _, own := range pr.Identifiers {
		rows = append(rows, s.Line(), s.Strong(s.Text.Identifier(own.ID, pr.Settings.ShowValues)))
		for _, r := range all {
			if r.Identifier == own.ID {
				rows = append(rows, p.result(s, r))
			}
		}
		if own.ID.Kind == identifier.KindPhone {
			rows = append(rows, s.Caption(t.T("check.results.phone")))
		}
	}
	rows = append(rows, s.Line())
	for _, src := range p.d.Sources() {
		if info := src.Info(); info.With == "" && asked(all, info.ID) {
			rows = append(rows, p.link(s, t.T("source."+info.ID+".credit"), info.Credit))
		}
	}
	return s.Card(rows...)
}

func asked(results []breach.Result, source string) bool {
	for _, r := range results {
		if r.Source == source && r.Outcome != breach.NotChecked {
			return true
		}
	}
	return false
}

// summary says how much was answered. Only where nothing is left open and every
// answer was "nothing" does it wear the colour of good news.
func summary(s *kit.Scope, all []breach.Result) []fyne.CanvasObject {
	t := s.Text
	sum := breach.Summarise(all)
	rows := []fyne.CanvasObject{s.Strong(t.T(sum.Key(), "answered", t.Number(int64(sum.Sources.Answered)), "asked", t.Number(int64(sum.Sources.Asked))))}
	if sum.AllClear() {
		rows = append(rows, s.Badge(t.T("check.summary.clear"), kit.Good))
	}
	if len(sum.Gaps) > 0 {
		rows = append(rows, s.Body(t.T("check.summary.gaps", "sources", names(t, sum.Gaps))))
	}
	if sum.Skipped > 0 {
		rows = append(rows, s.Body(t.N("check.summary.skipped", sum.Skipped)))
	}
	return rows
}

func (p *Page) result(s *kit.Scope, r breach.Result) fyne.CanvasObject {
	t := s.Text
	key := "outcome." + r.Outcome.String()
	head := s.SplitRow(s.Body(t.T("source."+r.Source+".name")), s.Badge(t.T(key), outcomeTone(r.Outcome)))
	if r.Outcome == breach.NotChecked {
		return head
	}
	at := r.At.Local()
	words := []string{t.T(key + ".means"), t.T("check.asked.on", "date", t.Date(at)+" "+at.Format("15:04"))}
	if r.RetryAt.After(p.d.Now()) {
		words = append(words, t.T("check.retry", "time", clock(t, r.RetryAt, p.d.Now())))
	}
	if r.Outcome.Answered() {
		words = append(words, t.T("source."+r.Source+".cannot"))
	}
	lines := []fyne.CanvasObject{head}
	if len(r.Hits) > 0 {
		titles := make([]string, len(r.Hits))
		for i, h := range r.Hits {
			titles[i] = h.Title
		}
		const few = 12
		if n := len(titles) - few; n > 0 {
			titles = append(titles[:few], t.N("check.results.more", n))
		}
		lines = append(lines, s.Body(strings.Join(titles, ", ")))
	}
	return kit.CompactColumn(append(lines, s.Caption(strings.Join(words, " ")))...)
}

func outcomeTone(o breach.Outcome) kit.Tone {
	switch {
	case o == breach.Found:
		return kit.Warning
	case o.Answered():
		return kit.Accent
	}
	return kit.Neutral
}
