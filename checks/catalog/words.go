package catalog

import (
	"strings"
	"time"

	"unlisted/checks/text"
)

// Words writes a step for a person: its title, what to do and what to watch
// for, and why. A step nobody has confirmed is put as a question.
func (s Step) Words(t *text.Printer, platform string) (title, do, why string) {
	key := "guide.step." + string(s.Kind)
	title = t.T(key+".title", "platform", platform)
	if s.Optional && !s.Kind.Aside() {
		title = t.T("fix.optional", "title", title)
	}
	path := t.T("guide.path.unknown")
	if s.Kind == StepWrite {
		path = t.T("guide.write.unknown")
	}
	switch {
	case len(s.Path) == 1 && strings.Contains(s.Path[0], "@"):
		path = s.Path[0] // an address is no menu
	case len(s.Path) > 0:
		path = t.T("guide.path.wrap", "path", strings.Join(s.Path, " › "))
	}
	do = t.T(key+".do", "platform", platform, "path", path)
	if s.Confidence == "unverified" {
		do = t.T("guide.ask", "platform", platform) + " " + do
	}
	if note := t.In(s.Notes); note != "" {
		do += " " + note
	}
	if s.Hint != "" {
		do += " " + t.T(s.Hint)
	}
	return title, do, t.T(key + ".why")
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
		s += " " + t.T("facts.ask")
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
				line := t.T("fact." + name + "." + f.Value)
				if f.Confidence == "unverified" {
					line += " " + t.T("facts.ask")
				}
				out = append(out, line)
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
