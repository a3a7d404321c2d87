package catalog

import (
	"strings"
	"time"

	"unlisted/checks/text"
)

// Words writes a step for a person: its title, what to do, and why. What nobody
// has confirmed is put as a question.
func (s Step) Words(t *text.Printer, platform string) (title, do, why string) {
	key := "guide.step." + string(s.Kind)
	if title = t.In(s.Title); title == "" {
		title = t.T(key+".title", "platform", platform)
	}
	if s.Optional && !s.Kind.Aside() {
		title = t.T("fix.optional", "title", title)
	}
	do = s.Control.words(t)
	if s.Say == nil && s.AskPerson == nil {
		path := t.T("guide.path.unknown")
		if s.Kind == StepWrite {
			path = t.T("guide.write.unknown")
		}
		if known := s.place(t); known != "" {
			path = known
		}
		do = t.T(key+".do", "platform", platform, "path", path)
		if address := s.mail(t); address != "" && t.Has(key+".mail") {
			do = t.T(key+".mail", "platform", platform, "address", address)
		}
	}
	switch {
	case s.AskPerson != nil:
		do = joined(t.In(s.AskPerson), do)
	case s.Confidence == "unverified":
		do = t.T("guide.ask", "platform", platform) + " " + do
	}
	if s.Hint != "" {
		do += " " + t.T(s.Hint)
	}
	return title, do, t.T(key + ".why")
}

// place writes the menu path for a sentence; "" where none is known.
func (c Control) place(t *text.Printer) string {
	if address := c.mail(t); address != "" {
		return address // is no menu
	}
	if labels := c.Labels(t.Lang()); len(labels) > 0 {
		return t.T("guide.path.wrap", "path", strings.Join(labels, " › "))
	}
	return ""
}

// mail is the address to write to; "" where a step is not done by email.
func (c Control) mail(t *text.Printer) string {
	if labels := c.Labels(t.Lang()); len(labels) == 1 && strings.Contains(labels[0], "@") {
		return labels[0]
	}
	return ""
}

// words writes where and what to do.
func (c Control) words(t *text.Printer) string {
	place := c.place(t)
	if place != "" {
		place = t.T("guide.open", "path", place)
	}
	return joined(place, t.In(c.Say))
}

func joined(a, b string) string { return strings.TrimSpace(a + " " + b) }

// More writes what else there is to know of a step, one sentence a line: where
// web and app differ, what is asked for, what to see, what may go wrong, the way
// back, how long it takes.
func (s Step) More(t *text.Printer) []string {
	var out []string
	add := func(key, name, value string) {
		if value != "" {
			out = append(out, t.T(key, name, value))
		}
	}
	if s.Web != nil {
		add("guide.web", "do", s.Web.words(t))
	}
	if s.App != nil {
		add("guide.app", "do", s.App.words(t))
	}
	for _, a := range s.Asks {
		out = append(out, t.T("asks."+a))
	}
	add("guide.see", "see", t.In(s.See))
	for _, w := range s.Wrong {
		out = append(out, t.T("guide.wrong", "when", t.In(w.When), "do", t.In(w.Do)))
	}
	add("guide.back", "back", t.In(s.Back))
	if s.Minutes > 0 {
		out = append(out, t.N("guide.minutes", s.Minutes))
	}
	return out
}

// Words writes a risk for a person; what nobody has confirmed says so.
func (r Risk) Words(t *text.Printer) string {
	s := t.In(r.Text)
	if r.Confidence == "unverified" {
		s += " " + t.T("facts.ask")
	}
	return s
}

// Words writes a way in for a person, such as "password and number".
func (w Way) Words(t *text.Printer) string {
	names := make([]string, len(w.Needs))
	for i, n := range w.Needs {
		names[i] = t.T("means." + n)
	}
	key := "guide.way"
	if w.Recovery {
		key = "guide.way.recovery"
	}
	s := t.T(key, "means", strings.Join(names, " + "))
	if w.Confidence == "unverified" {
		s += ". " + t.T("facts.ask")
	}
	return s
}

// staleAfter is the age at which a guide says that it is old: menus move.
const staleAfter = 365 * 24 * time.Hour

// Stale reports whether nobody has gone through the guide for a year.
func (g *Guide) Stale(now time.Time) bool { return now.Sub(g.Reviewed) > staleAfter }

// About writes what is known of a platform, one sentence a line: facts, uses of
// the number, methods. What nobody has confirmed says so.
func (p *Platform) About(t *text.Printer) []string {
	var out []string
	if g := p.Guide; g != nil {
		for _, name := range FactNames() {
			if f, ok := g.Facts[name]; ok {
				out = append(out, f.Words(t, name))
			}
		}
		var uses []string
		for _, u := range Purposes() {
			if _, ok := g.Uses[u]; ok {
				uses = append(uses, t.T("purpose."+u))
			}
		}
		if len(uses) > 0 {
			out = append(out, t.T("facts.uses", "list", strings.Join(uses, ", ")))
		}
	}
	if len(p.Methods) > 0 {
		names := make([]string, len(p.Methods))
		for i, m := range p.Methods {
			names[i] = t.T("method." + m)
		}
		out = append(out, t.T("facts.methods", "list", strings.Join(names, ", ")))
	}
	return out
}

// Words writes the fact of a name, with its condition.
func (f Fact) Words(t *text.Printer, name string) string {
	purposes := make([]string, len(f.For))
	for i, p := range f.For {
		purposes[i] = t.T("required." + p)
	}
	since := ""
	if !f.Since.IsZero() {
		since = t.Month(f.Since)
	}
	line := t.T("fact."+name+"."+f.Value, "list", strings.Join(purposes, ", "), "since", since)
	if why := t.In(f.Why); why != "" {
		line += " " + why
	}
	if f.Confidence == "unverified" {
		line += " " + t.T("facts.ask")
	}
	return line
}
