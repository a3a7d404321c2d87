package picture

import (
	"unlisted/checks/reach"
	"unlisted/checks/text"
)

// Why says how an account falls or is lost, one sentence a step.
func Why(m *reach.Model, t *text.Printer, q reach.Kind, f reach.Compromised, show bool) (out []string) {
	name := upper(m.Name(f.Node).Words(t, show))
	for _, s := range f.Chain {
		out = append(out, upper(m.StepWords(t, s, show)))
	}
	switch {
	case len(f.Missing) > 0 && f.Assumed:
		out = append(out, t.T("reach.lose.missing_assumed", "platform", name, "means", m.List(t, f.Missing, show)))
	case len(f.Missing) > 0:
		out = append(out, t.T("reach.lose.missing", "platform", name, "means", m.List(t, f.Missing, show)))
	case len(f.Chain) == 0 && q == reach.Steal:
		out = append(out, t.T("reach.steal.in_hand", "platform", name))
	case len(f.Chain) == 0:
		out = append(out, t.T("reach.lose.itself", "platform", name))
	}
	return out
}

// Graded says why an account has its grades: how one gets in, how the person
// gets back in, and once whether that is only assumed.
func Graded(m *reach.Model, t *text.Printer, g reach.Grade, show bool) []string {
	assumed := g.Security.Assumed || g.Recoverability.Assumed
	g.Security.Assumed, g.Recoverability.Assumed = false, false
	out := []string{m.SecurityWords(t, g.Security, show), m.RecoverabilityWords(t, g.Recoverability, show)}
	if assumed {
		out = append(out, t.T("reach.assumed"))
	}
	return out
}

// Say tells in sentences what a box shows.
func (p *Picture) Say(item int) []string {
	it, t := p.Items[item], p.text
	switch it.Role {
	case Account:
		if f, ok := p.compromised[it.node]; ok {
			return Why(p.model, t, p.Question(), f, p.opts.Show)
		}
		return Graded(p.model, t, p.model.Grade(it.Account), p.opts.Show)
	case Group, More:
		key := "picture.say.group"
		if it.Open {
			key = "picture.say.group.open"
		}
		return []string{t.T(key)}
	}
	out := []string{t.N("picture.say."+[]string{"have", "step"}[it.Role], it.Count)}
	if key := "picture.state." + string(p.Question()) + "." + p.StateKey(item); t.Has(key) {
		out = append([]string{t.T(key)}, out...)
	}
	return out
}

// StateKey is the last part of the text keys of a box's state.
func (p *Picture) StateKey(item int) string {
	return []string{"calm", "hand", "falls"}[p.Items[item].State]
}
