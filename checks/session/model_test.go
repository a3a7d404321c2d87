package session_test

import (
	"maps"
	"slices"
	"strconv"
	"testing"
	"time"

	"pgregory.net/rapid"

	"unlisted/checks/account"
	"unlisted/checks/catalog"
	"unlisted/checks/evidence"
	"unlisted/checks/identifier"
	"unlisted/checks/profile"
	"unlisted/checks/session"
)

// model is what a person believes to have done, kept in the plainest way: sets
// and maps of words. It knows nothing of how a profile is stored or undone.
type model struct {
	own, refused, skipped, yes, gone, findings map[string]bool
	leaving, steps, answers, asked, uses       map[string]string
	practised                                  bool
}

func newModel() model {
	set := func() map[string]bool { return map[string]bool{} }
	return model{set(), set(), set(), set(), set(), set(), map[string]string{}, map[string]string{}, map[string]string{}, map[string]string{}, map[string]string{}, false}
}

// copied is the model of this moment, less what undo leaves alone.
func (m model) copied() model {
	return model{
		maps.Clone(m.own), maps.Clone(m.refused), maps.Clone(m.skipped), m.yes, maps.Clone(m.gone), maps.Clone(m.findings),
		maps.Clone(m.leaving), maps.Clone(m.steps), maps.Clone(m.answers), maps.Clone(m.asked), maps.Clone(m.uses), m.practised,
	}
}

// seenIn reads a profile into the same words.
func seenIn(p *profile.Profile) model {
	m := newModel()
	for _, o := range p.Identifiers {
		m.own[o.ID.Value] = true
	}
	for _, id := range p.Dismissed {
		m.refused[id.Value] = true
	}
	for _, id := range p.Skipped {
		m.skipped[id] = true
	}
	for purpose, yes := range p.Consents {
		m.yes[purpose] = yes
	}
	for _, c := range p.Claims {
		m.gone[c.Platform] = c.Gone
	}
	for _, f := range p.Findings {
		m.findings[f.Source+" "+f.Site] = true
	}
	for number, day := range p.Leaving {
		m.leaving[number] = day.Format(time.DateOnly)
	}
	for account, steps := range p.Steps {
		for step := range steps {
			m.steps[account+" "+step] = "done"
		}
	}
	for format, at := range p.Asked {
		m.asked[format] = at.Format(time.DateOnly)
	}
	for choice, on := range p.Uses {
		m.uses[choice] = strconv.FormatBool(on)
	}
	maps.Copy(m.answers, p.Answers)
	m.practised = !p.Practised.IsZero()
	return m
}

// act is something a person does: the change for the session, and what it means
// in the model.
type act struct {
	change session.Change
	means  func(*model) bool // false: it is refused
}

// set puts a word into a set or takes it out.
func set(in func(*model) map[string]bool, word string, there bool) func(*model) bool {
	return func(m *model) bool {
		if there {
			in(m)[word] = true
		} else {
			delete(in(m), word)
		}
		return true
	}
}

// acts are one of each kind, about few things, so that they meet.
func acts(rt *rapid.T) []act {
	who, n, flag := someone(rt), few(rt, "n"), rapid.Bool().Draw(rt, "flag")
	day := noon.AddDate(0, 0, rapid.IntRange(1, 3).Draw(rt, "day"))
	file := evidence.Source{Path: "file" + n, Format: "csv"}
	site := few(rt, "site")
	put := func(in func(*model) map[string]string, key, value string) func(*model) bool {
		return func(m *model) bool {
			if in(m)[key] = value; value == "" {
				delete(in(m), key)
			}
			return true
		}
	}
	steps := func(m *model) map[string]string { return m.steps }
	lastDay, left := time.Time{}, ""
	if flag {
		lastDay, left = day, day.Format(time.DateOnly)
	}
	return []act{
		{session.AddIdentifier{ID: who}, func(m *model) bool {
			if m.own[who.Value] {
				return false
			}
			m.own[who.Value] = true
			delete(m.refused, who.Value)
			return true
		}},
		{session.RemoveIdentifier{ID: who}, func(m *model) bool {
			if m.own[who.Value] {
				delete(m.leaving, who.Value)
			}
			delete(m.own, who.Value)
			return true
		}},
		{session.DismissIdentifier{ID: who}, set(func(m *model) map[string]bool { return m.refused }, who.Value, true)},
		{session.SkipAction{ID: n, Back: flag}, set(func(m *model) map[string]bool { return m.skipped }, n, !flag)},
		{session.SetConsent{Purpose: n, Yes: flag}, set(func(m *model) map[string]bool { return m.yes }, n, flag)},
		{session.AnswerQuestion{Key: n, Answer: map[bool]string{true: "yes"}[flag]}, put(func(m *model) map[string]string { return m.answers }, n, map[bool]string{true: "yes"}[flag])},
		{session.AskFor{Format: n, Back: !flag}, put(func(m *model) map[string]string { return m.asked }, n, map[bool]string{true: noon.Format(time.DateOnly)}[flag])},
		{session.SetUse{ID: n, On: flag}, put(func(m *model) map[string]string { return m.uses }, n, strconv.FormatBool(flag))},
		{session.ForgetAnswers{}, func(m *model) bool { m.answers = map[string]string{}; return true }},
		{session.TickStep{Account: site, Step: catalog.StepKind(n)}, put(steps, site+" "+n, "done")},
		{session.OverrideStep{Account: site, Step: catalog.StepKind(n)}, put(steps, site+" "+n, "done")},
		{session.UntickStep{Account: site, Step: catalog.StepKind(n)}, put(steps, site+" "+n, "")},
		{session.LeaveNumber{Number: who, LastDay: lastDay}, put(func(m *model) map[string]string { return m.leaving }, who.Value, left)},
		{session.MarkPractised{}, func(m *model) bool { m.practised = true; return true }},
		{session.SetClaim{Claim: account.Claim{Platform: site, Gone: flag}}, func(m *model) bool { m.gone[site] = flag; return true }},
		{session.AcceptReport{Report: evidence.Report{
			Sources:  []evidence.Source{file},
			Findings: []evidence.Finding{{Fact: evidence.FactAccount, Site: site, Source: file.Path, Format: "csv", Confidence: evidence.Likely, Count: 1}},
		}}, func(m *model) bool {
			maps.DeleteFunc(m.findings, func(f string, _ bool) bool { return f[:len(file.Path)+1] == file.Path+" " })
			m.findings[file.Path+" "+site] = true
			return true
		}},
		{session.RemoveSource{Source: file}, func(m *model) bool {
			maps.DeleteFunc(m.findings, func(f string, _ bool) bool { return f[:len(file.Path)+1] == file.Path+" " })
			return true
		}},
	}
}

// Whatever a person does, takes back and does again, in whatever order: the
// profile holds what they believe it to hold.
func TestProfileIsWhatThePersonBelieves(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		s := session.New(&profile.Profile{Version: profile.Version}, nil, func() time.Time { return noon })
		now := newModel()
		var back, forth []model
		for range rapid.IntRange(1, 40).Draw(rt, "n") {
			switch how := rapid.IntRange(0, 9).Draw(rt, "how"); {
			case how == 0 && len(back) > 0:
				s.Undo()
				last := back[len(back)-1]
				back, forth = back[:len(back)-1], append(forth, now.copied())
				now = last
			case how == 1 && len(forth) > 0:
				s.Redo()
				last := forth[len(forth)-1]
				back, forth = append(back, now.copied()), forth[:len(forth)-1]
				now = last
			default:
				all := acts(rt)
				a := all[rapid.IntRange(0, len(all)-1).Draw(rt, "act")]
				before, had := now.copied(), text(s.Snapshot().Document)
				accepted := a.means(&now)
				if err := s.Apply(a.change); (err == nil) != accepted {
					rt.Fatalf("%#v: %v", a.change, err)
				}
				if text(s.Snapshot().Document) != had {
					back, forth = append(back, before), nil
				}
			}
			if got, want := text(worded(seenIn(s.Snapshot()))), text(worded(now)); got != want {
				rt.Fatalf("the profile holds\n%s\nthe person believes\n%s", got, want)
			}
		}
	})
}

// worded is all that a model holds, in order.
func worded(m model) (out []string) {
	for name, set := range map[string]map[string]bool{"own": m.own, "refused": m.refused, "skipped": m.skipped, "yes": m.yes, "found": m.findings} {
		for w := range set {
			out = append(out, name+" "+w)
		}
	}
	for w, gone := range m.gone {
		out = append(out, map[bool]string{true: "gone ", false: "claimed "}[gone]+w)
	}
	for name, set := range map[string]map[string]string{"leaving": m.leaving, "step": m.steps, "answer": m.answers} {
		for w, v := range set {
			out = append(out, name+" "+w+" "+v)
		}
	}
	if m.practised {
		out = append(out, "practised")
	}
	slices.Sort(out)
	return out
}

// A number without its country is no identifier yet: what is missing is said, and
// nothing is kept of it.
func TestUnplacedIsRefused(t *testing.T) {
	s, _ := open()
	number, ok := identifier.Unplaced("0639981234")
	if err := s.Apply(session.AddIdentifier{ID: number}); !ok || err != error(identifier.ErrPhoneRegion) || len(s.Snapshot().Identifiers) != 0 {
		t.Errorf("%v: %+v", err, s.Snapshot().Identifiers)
	}
}

// Undo goes fifty changes back, and no further.
func TestUndoGoesFiftyBack(t *testing.T) {
	for _, n := range []int{49, 50, 51, 120} {
		s, _ := open()
		for i := range n {
			if err := s.Apply(session.SkipAction{ID: few64(i)}); err != nil {
				t.Fatal(err)
			}
		}
		steps := 0
		for ; s.CanUndo() != ""; steps++ {
			s.Undo()
		}
		if left := len(s.Snapshot().Skipped); steps != min(n, 50) || left != n-steps {
			t.Errorf("of %d changes %d were taken back, %d are left", n, steps, left)
		}
	}
}

func few64(i int) string { return "action" + string(rune('A'+i/26)) + string(rune('a'+i%26)) }

// A platform's own archive that no longer shows the number says that it is gone,
// in the history too; one from before the number was seen last says nothing.
func TestProvedGoneIsTold(t *testing.T) {
	number := id(t, "06 39 98 12 34")
	report := func(path string, fact evidence.Fact, who identifier.Identifier, day int) session.AcceptReport {
		at := noon.AddDate(0, 0, day)
		return session.AcceptReport{Report: evidence.Report{
			Sources: []evidence.Source{{Path: path, Format: "archive"}},
			Findings: []evidence.Finding{{
				Fact: fact, Site: "x.com", Identifier: who, Confidence: evidence.Confirmed, Format: "archive", Source: path, First: at, Last: at, Count: 1,
			}},
		}}
	}
	for day, want := range map[int]bool{-1: false, 0: false, 1: true} {
		s, _ := open()
		for _, c := range []session.Change{
			report("old.zip", evidence.FactHoldsPhone, number, 0),
			report("new.zip", evidence.FactNoPhone, identifier.Identifier{}, day),
		} {
			if err := s.Apply(c); err != nil {
				t.Fatal(err)
			}
		}
		told := slices.ContainsFunc(s.Snapshot().History, func(e profile.Event) bool {
			return e.What == "history.proved" && slices.Equal(e.Args, []string{"x.com"})
		})
		if told != want {
			t.Errorf("an archive %d days later: told %v", day, told)
		}
	}
}

// A claim that contradicts itself is refused, and nothing of it stays.
func TestBadClaimIsRefused(t *testing.T) {
	s, _ := open()
	bad := account.Claim{Platform: "x.com", SecondFactor: []string{"none", "totp"}}
	if err := s.Apply(session.SetClaim{Claim: bad}); err == nil || len(s.Snapshot().Claims) != 0 {
		t.Errorf("%v: %+v", err, s.Snapshot().Claims)
	}
}
