package session_test

import (
	"encoding/json"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"unlisted/checks/account"
	"unlisted/checks/breach"
	"unlisted/checks/catalog"
	"unlisted/checks/evidence"
	"unlisted/checks/evidence/imapbox"
	"unlisted/checks/identifier"
	"unlisted/checks/outbound"
	"unlisted/checks/profile"
	"unlisted/checks/session"
)

// few keeps the values few, so that changes meet.
func few(rt *rapid.T, prefix string) string {
	return fmt.Sprintf("%s%d", prefix, rapid.IntRange(0, 3).Draw(rt, prefix))
}

func someone(rt *rapid.T) identifier.Identifier {
	if rapid.Bool().Draw(rt, "number") {
		return identifier.Identifier{Kind: identifier.KindPhone, Value: few(rt, "+3363998123")}
	}
	return identifier.Identifier{Kind: identifier.KindEmail, Value: few(rt, "p") + "@mail.example"}
}

// makers is one of every kind of change there is.
var makers = map[string]func(*rapid.T) session.Change{
	"AddIdentifier":     func(rt *rapid.T) session.Change { return session.AddIdentifier{ID: someone(rt)} },
	"RemoveIdentifier":  func(rt *rapid.T) session.Change { return session.RemoveIdentifier{ID: someone(rt)} },
	"DismissIdentifier": func(rt *rapid.T) session.Change { return session.DismissIdentifier{ID: someone(rt)} },
	"AcceptReport": func(rt *rapid.T) session.Change {
		source := evidence.Source{ID: rapid.SampledFrom([]string{"", "id0", "id1"}).Draw(rt, "id"), Path: few(rt, "file"), Format: few(rt, "format")}
		f := evidence.Finding{
			Fact: rapid.SampledFrom([]evidence.Fact{evidence.FactAccount, evidence.FactHoldsPhone, evidence.FactNoPhone}).Draw(rt, "fact"), Site: few(rt, "site"),
			Identifier: someone(rt), Confidence: evidence.Confirmed, Format: source.Format, Source: source.Path, SourceID: source.ID, Last: noon.AddDate(0, 0, rapid.IntRange(0, 3).Draw(rt, "day")),
		}
		return session.AcceptReport{
			Report: evidence.Report{Sources: []evidence.Source{source}, Findings: []evidence.Finding{f}},
			Claims: []account.Claim{{Platform: few(rt, "site"), Gone: true}},
		}
	},
	"RemoveSource": func(rt *rapid.T) session.Change {
		return session.RemoveSource{Source: evidence.Source{ID: few(rt, "id"), Path: few(rt, "file"), Format: few(rt, "format")}}
	},
	"AskFor": func(rt *rapid.T) session.Change {
		return session.AskFor{Format: few(rt, "format"), Back: rapid.Bool().Draw(rt, "back")}
	},
	"SetUse": func(rt *rapid.T) session.Change {
		return session.SetUse{ID: few(rt, "use"), On: rapid.Bool().Draw(rt, "on")}
	},
	"SetClaim": func(rt *rapid.T) session.Change {
		return session.SetClaim{Claim: account.Claim{Platform: few(rt, "site"), Identifiers: []identifier.Identifier{someone(rt)}}}
	},
	"TickStep": func(rt *rapid.T) session.Change {
		return session.TickStep{Account: few(rt, "site"), Step: catalog.StepKind(few(rt, "step"))}
	},
	"UntickStep": func(rt *rapid.T) session.Change {
		return session.UntickStep{Account: few(rt, "site"), Step: catalog.StepKind(few(rt, "step"))}
	},
	"OverrideStep": func(rt *rapid.T) session.Change {
		return session.OverrideStep{Account: few(rt, "site"), Step: catalog.StepKind(few(rt, "step"))}
	},
	"MarkPractised": func(*rapid.T) session.Change { return session.MarkPractised{} },
	"LeaveNumber": func(rt *rapid.T) session.Change {
		c := session.LeaveNumber{Number: someone(rt)}
		if rapid.Bool().Draw(rt, "leaves") {
			c.LastDay = noon
		}
		return c
	},
	"SkipAction": func(rt *rapid.T) session.Change {
		return session.SkipAction{ID: few(rt, "action"), Back: rapid.Bool().Draw(rt, "back")}
	},
	"AnswerQuestion": func(rt *rapid.T) session.Change {
		return session.AnswerQuestion{Key: few(rt, "question"), Answer: rapid.SampledFrom([]string{"", "yes", "no"}).Draw(rt, "answer")}
	},
	"ForgetAnswers": func(*rapid.T) session.Change { return session.ForgetAnswers{} },
	"RecordResults": func(rt *rapid.T) session.Change {
		return session.RecordResults{Results: []breach.Result{{
			Source: few(rt, "source"), Identifier: someone(rt), Outcome: rapid.SampledFrom([]breach.Outcome{breach.NotChecked, breach.Found, breach.RateLimited}).Draw(rt, "outcome"),
		}}}
	},
	"SetConsent": func(rt *rapid.T) session.Change {
		return session.SetConsent{Purpose: few(rt, "purpose"), Yes: rapid.Bool().Draw(rt, "yes")}
	},
	"MarkSeen": func(rt *rapid.T) session.Change {
		return session.MarkSeen{Seen: map[string]profile.Seen{few(rt, "site"): {Exit: few(rt, "exit")}}}
	},
	"SetSettings": func(rt *rapid.T) session.Change {
		return session.SetSettings{Settings: profile.Settings{Language: few(rt, "l"), Offline: rapid.Bool().Draw(rt, "offline"), ProxyMode: profile.ProxyTor}}
	},
	"KeepMailbox": func(rt *rapid.T) session.Change {
		return session.KeepMailbox{Host: few(rt, "host"), User: "pat", State: imapbox.State{Folders: map[string]imapbox.Mark{few(rt, "folder"): {Last: 3}}}}
	},
	"ForgetMailbox": func(rt *rapid.T) session.Change { return session.ForgetMailbox{ID: few(rt, "box")} },
}

func text(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return string(b)
}

// outside is everything that undo leaves alone.
func outside(p *profile.Profile) string {
	x := *p
	x.Document = profile.Document{}
	return text(x)
}

// oracle knows what undo and redo must lead through, as texts.
type oracle struct {
	documents []string
	at        int
	outside   string
}

// applied notes a change that was made.
func (o *oracle) applied(rt *rapid.T, c session.Change, p *profile.Profile) {
	if doc := text(p.Document); doc != o.documents[o.at] {
		if !c.Undoable() {
			rt.Fatalf("%T changes the document, and undo does not know", c)
		}
		o.documents = append(o.documents[:o.at+1:o.at+1], doc)
		o.at++
	}
	o.outside = outside(p)
}

// moved notes an undo (-1) or a redo (1).
func (o *oracle) moved(by int) { o.at = min(max(o.at+by, 0), len(o.documents)-1) }

// holds compares the session with what must be.
func (o *oracle) holds(rt *rapid.T, s *session.Session) {
	p := s.Snapshot()
	if got := text(p.Document); got != o.documents[o.at] {
		rt.Fatalf("the document is\n%s\nnot\n%s", got, o.documents[o.at])
	}
	if got := outside(p); got != o.outside {
		rt.Fatalf("outside the document there is\n%s\nnot\n%s", got, o.outside)
	}
	if (s.CanUndo() != "") != (o.at > 0) || (s.CanRedo() != "") != (o.at < len(o.documents)-1) {
		rt.Fatalf("undo %q, redo %q at %d of %d", s.CanUndo(), s.CanRedo(), o.at, len(o.documents))
	}
}

// Whatever is done in whatever order: undo brings back exactly the document
// before, redo the one after, a new change of the document ends redo, nothing
// outside the document ever moves by either, and no state that was ever shown
// changes afterwards.
func TestRandomChanges(t *testing.T) {
	kinds := slices.Sorted(maps.Keys(makers))
	rapid.Check(t, func(rt *rapid.T) {
		now := noon
		s := session.New(&profile.Profile{Version: profile.Version}, nil, func() time.Time { now = now.Add(time.Minute); return now })
		o := oracle{documents: []string{text(s.Snapshot().Document)}, outside: outside(s.Snapshot())}
		shown := map[*profile.Profile]string{}
		for range rapid.IntRange(1, 45).Draw(rt, "n") {
			shown[s.Snapshot()] = text(s.Snapshot())
			switch act := rapid.SampledFrom(append([]string{"undo", "undo", "undo", "redo", "redo", "send", "end", "erase"}, kinds...)).Draw(rt, "act"); act {
			case "undo":
				s.Undo()
				o.moved(-1)
			case "redo":
				s.Redo()
				o.moved(1)
			case "send", "end":
				result := map[string]string{"send": outbound.ResultSent, "end": outbound.ResultAnswered}[act]
				_ = s.Ledger().Record(outbound.Entry{ID: few(rt, "id"), Time: now, Purpose: few(rt, "purpose"), Result: result})
				o.outside = outside(s.Snapshot())
			case "erase":
				_ = s.EraseLedger()
				o.outside = outside(s.Snapshot())
			default:
				if c := makers[act](rt); s.Apply(c) == nil {
					o.applied(rt, c, s.Snapshot())
				}
			}
			o.holds(rt, s)
		}
		for p, before := range shown {
			if text(p) != before {
				rt.Fatalf("a state that was shown changed from\n%s\nto\n%s", before, text(p))
			}
		}
	})
}

// A state that was shown stays as it was when the way forks: after undo another
// change takes the place of the one that was taken back.
func TestForks(t *testing.T) {
	s := session.New(&profile.Profile{Version: profile.Version}, nil, func() time.Time { return noon })
	shown := map[*profile.Profile]string{}
	for i := range 40 {
		add(t, s, fmt.Sprintf("kept%d@mail.example", i))
		add(t, s, fmt.Sprintf("undone%d@mail.example", i))
		if err := s.Apply(session.SkipAction{ID: fmt.Sprint("undone", i)}); err != nil {
			t.Fatal(err)
		}
		shown[s.Snapshot()] = text(s.Snapshot())
		s.Undo()
		s.Undo()
		if err := s.Apply(session.SkipAction{ID: fmt.Sprint("kept", i)}); err != nil {
			t.Fatal(err)
		}
	}
	for p, before := range shown {
		if got := text(p); got != before {
			t.Fatalf("a state that was shown changed from\n%s\nto\n%s", before, got)
		}
	}
}

// The list above is complete: every change this package exports is in it.
func TestEveryChangeIsTried(t *testing.T) {
	set := token.NewFileSet()
	for _, name := range []string{"changes.go", "lasting.go"} {
		f, err := parser.ParseFile(set, name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range f.Decls {
			fn, ok := d.(*ast.FuncDecl)
			if !ok || fn.Recv == nil || fn.Name.Name != "Undoable" {
				continue
			}
			if kind := fn.Recv.List[0].Type.(*ast.Ident).Name; makers[kind] == nil && ast.IsExported(kind) {
				t.Errorf("%s is in no random sequence", kind)
			}
		}
	}
}
