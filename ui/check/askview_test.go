package check

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"unlisted/checks/breach"
	"unlisted/checks/breach/pwned"
	"unlisted/checks/identifier"
	"unlisted/checks/outbound"
	"unlisted/checks/profile"
)

// stub is a source that is only described.
type stub struct{ info breach.Info }

func (s stub) Info() breach.Info { return s.info }
func (s stub) LookUp(context.Context, outbound.Consent, identifier.Identifier) breach.Result {
	return breach.Result{}
}

var (
	mails = []identifier.Kind{identifier.KindEmail}
	both  = []identifier.Kind{identifier.KindEmail, identifier.KindPhone}
)

// sources are one that learns the identifier, one that learns a fragment, and
// one that needs a key.
func sources() []breach.Source {
	fragment := func(identifier.Identifier) string { return "155ff6" }
	return []breach.Source{
		stub{breach.Info{ID: "hudsonrock", Host: "hudson.example", Level: breach.LevelIdentifier, Kinds: both, Sends: breach.SendsItself}},
		stub{breach.Info{ID: "leakcheck", Host: "leak.example", Level: breach.LevelPseudonym, Kinds: mails, Sends: fragment}},
		stub{breach.Info{ID: "hibp", Host: "hibp.example", Level: breach.LevelIdentifier, Kinds: mails, Sends: breach.SendsItself, Key: &breach.Key{ID: "hibp"}}},
	}
}

// asking is a person with these identifiers and answers, without a key.
func asking(ids []identifier.Identifier, results ...breach.Result) askData {
	p := &profile.Profile{}
	p.Lookups, p.Consents = results, map[string]bool{}
	for _, id := range ids {
		p.Identifiers = append(p.Identifiers, profile.Own{ID: id})
	}
	return askData{profile: p, sources: sources(), ready: func(i breach.Info) bool { return i.Key == nil }, now: now}
}

func said(source string, id identifier.Identifier, o breach.Outcome) breach.Result {
	return breach.Result{Source: source, Identifier: id, Outcome: o, At: now}
}

// Each source says what goes to whom, masked until the person wants to see it;
// a fragment is shown as it is, and where nothing can be asked nothing is offered.
func TestWhatIsSent(t *testing.T) {
	d := asking([]identifier.Identifier{pat, phone})
	v := makeAsk(d, asks{}, printer(t, "en"))
	for i, want := range []sourceRow{
		{name: "Hudson Rock", sends: "Goes to hudson.example: p•••@mail.example, +33 6 •• •• •• 42", state: tag{word: "Not checked"}},
		{name: "LeakCheck", sends: "Goes to leak.example: 155ff6", state: tag{word: "Not checked"}},
		{name: "Have I Been Pwned", state: tag{word: "No key yet"}, key: true},
	} {
		got := v.sources[i]
		if got.name != want.name || got.sends != want.sends || got.state != want.state || got.key != want.key || got.yes {
			t.Errorf("%+v, want %+v", got, want)
		}
	}
	if v.can || v.bar != "Nothing is ticked, so nothing is sent." || v.title != "Ask public sources" {
		t.Errorf("%v, %q, %q", v.can, v.bar, v.title)
	}
	v = makeAsk(d, asks{exact: true}, printer(t, "en"))
	if s := v.sources[0].sends; !strings.Contains(s, "pat@mail.example, +33639980142") {
		t.Errorf("in full: %q", s)
	}
	v = makeAsk(asking([]identifier.Identifier{phone}), asks{}, printer(t, "en"))
	if s := v.sources[1]; s.sends != "" || s.state.word != "Searches nothing of yours" {
		t.Errorf("%+v", s)
	}
}

// What is ticked is counted and can be asked; a kept yes counts, one taken back
// for this time does not, and while a check runs no other begins.
func TestTicked(t *testing.T) {
	d := asking([]identifier.Identifier{pat, phone})
	rock := func(id identifier.Identifier) breach.Question {
		return breach.Question{Source: "hudsonrock", Identifier: id}
	}
	leak := breach.Question{Source: "leakcheck", Identifier: pat}
	d.profile.Consents[leak.Consent()] = true
	hibp := breach.Question{Source: "hibp", Identifier: pat} // which has no key
	a := asks{yes: map[breach.Question]bool{rock(pat): true, rock(phone): true, hibp: true}}
	v := makeAsk(d, a, printer(t, "en"))
	if !v.can || v.bar != "3 questions to Hudson Rock, LeakCheck" || !v.sources[0].yes || !v.sources[1].yes {
		t.Errorf("%v, %q, %+v", v.can, v.bar, v.sources)
	}
	a.yes[leak], a.yes[rock(pat)] = false, false
	if v = makeAsk(d, a, printer(t, "en")); v.bar != "1 question to Hudson Rock" || v.sources[0].yes || v.sources[1].yes {
		t.Errorf("%q, %+v", v.bar, v.sources)
	}
	a.asking = []breach.Slot{{Source: "hudsonrock", Identifier: phone, At: now.Add(5 * time.Second)}}
	v = makeAsk(d, a, printer(t, "en"))
	if v.can || v.queue.title != "1 question is being asked" || v.queue.rows[0].at != "in 5 s" || v.queue.open != nil {
		t.Errorf("%v, %+v", v.can, v.queue)
	}
	a.asking, a.left = nil, []breach.Result{{Source: "leakcheck", Identifier: pat, RetryAt: now.Add(time.Hour)}}
	if v = makeAsk(d, a, printer(t, "en")); !slices.Equal(v.queue.open, []breach.Question{leak}) || v.queue.title != "1 question is still open" {
		t.Errorf("%+v", v.queue)
	}
}

// How the answers of a source stand: a gap never looks like "nothing found", and
// only where all was asked and nothing found is there good news.
func TestStateOfAnswers(t *testing.T) {
	ann := identifier.Identifier{Kind: identifier.KindEmail, Value: "ann@mail.example"}
	for _, c := range []struct {
		outcomes [2]breach.Outcome
		want     tag
	}{
		{[2]breach.Outcome{breach.NotChecked, breach.NotChecked}, tag{word: "Not checked"}},
		{[2]breach.Outcome{breach.NotFound, breach.NotChecked}, tag{word: "1 of 2 answered"}},
		{[2]breach.Outcome{breach.NotFound, breach.Unavailable}, tag{word: "1 of 2 answered"}},
		{[2]breach.Outcome{breach.Unavailable, breach.RateLimited}, tag{word: "0 of 2 answered"}},
		{[2]breach.Outcome{breach.NotFound, breach.Partial}, tag{word: "Nothing it may show"}},
		{[2]breach.Outcome{breach.NotFound, breach.Found}, tag{word: "Found", tone: warning}},
		{[2]breach.Outcome{breach.Unavailable, breach.Found}, tag{word: "Found", tone: warning}},
		{[2]breach.Outcome{breach.NotFound, breach.NotFound}, tag{word: "Nothing found there", tone: accent}},
	} {
		d := asking([]identifier.Identifier{pat, ann}, said("leakcheck", pat, c.outcomes[0]), said("leakcheck", ann, c.outcomes[1]))
		if got := makeAsk(d, asks{}, printer(t, "en")).sources[1].state; got != c.want {
			t.Errorf("%v: %+v", c.outcomes, got)
		}
	}
	one := asking([]identifier.Identifier{pat}, said("leakcheck", pat, breach.Blocked))
	if got := makeAsk(one, asks{}, printer(t, "en")).sources[1].state; got.word != "Blocked on the way" {
		t.Errorf("%+v", got)
	}
}

// The page answers with what the sources said, names what is not known, and is
// glad only where nothing is.
func TestAnswers(t *testing.T) {
	d := asking([]identifier.Identifier{pat, phone}, said("hudsonrock", pat, breach.NotFound), said("leakcheck", pat, breach.Unavailable))
	v := makeAsk(d, asks{}, printer(t, "en"))
	if v.title != "1 of 2 sources answered everything; nothing found in what was answered" || v.clear != "" || len(v.gaps) != 2 || v.numbers == "" {
		t.Errorf("%q, %q, %q", v.title, v.clear, v.gaps)
	}
	if len(v.answers) != 4 || v.answers[0].title != "p•••@mail.example · Hudson Rock" || v.answers[3].state.word != "Not checked" {
		t.Errorf("%+v", v.answers)
	}
	all := asking([]identifier.Identifier{phone}, said("hudsonrock", phone, breach.NotFound))
	if v = makeAsk(all, asks{}, printer(t, "en")); v.clear != "All asked, all answered" || v.gaps != nil {
		t.Errorf("%q, %q", v.clear, v.gaps)
	}
	many := said("leakcheck", pat, breach.Found)
	for i := range 40 {
		many.Hits = append(many.Hits, breach.Hit{Title: fmt.Sprintf("Leak %d", i)})
	}
	x := answerOf(many, now, printer(t, "en"))
	if !strings.Contains(x.detail, "Leak 11, and 28 more.") || strings.Contains(x.detail, "Leak 12") || x.state.tone != warning {
		t.Errorf("%+v", x)
	}
}

// Nobody to ask about, and a ban on all connections, are said instead of sources.
func TestNobodyToAsk(t *testing.T) {
	if v := makeAsk(asking(nil), asks{}, printer(t, "en")); !v.nobody || v.sources != nil || v.can {
		t.Errorf("%+v", v)
	}
	d := asking([]identifier.Identifier{pat})
	d.profile.Settings.Offline = true
	if v := makeAsk(d, asks{yes: map[breach.Question]bool{{Source: "leakcheck", Identifier: pat}: true}}, printer(t, "en")); !v.offline || v.can {
		t.Errorf("%+v", v)
	}
}

// A person with sixty identifiers reads each in the sources and in the answers.
func TestSixtyIdentifiers(t *testing.T) {
	var ids []identifier.Identifier
	for i := range 60 {
		ids = append(ids, identifier.Identifier{Kind: identifier.KindEmail, Value: fmt.Sprintf("p%02d@mail.example", i)})
	}
	d := asking(ids, said("hudsonrock", ids[0], breach.NotFound))
	v := makeAsk(d, asks{exact: true}, printer(t, "en"))
	if len(v.answers) != 180 || strings.Count(v.sources[0].sends, "@") != 60 {
		t.Errorf("%d answers, %q", len(v.answers), v.sources[0].sends)
	}
	if s := makeSource(d, asks{}, d.sources[0], printer(t, "en")); len(s.questions) != 60 || len(s.answers) != 60 {
		t.Errorf("%d questions", len(s.questions))
	}
}

// A source's page has everything to know of it, and each yes by itself.
func TestSourceView(t *testing.T) {
	d := asking([]identifier.Identifier{pat, phone}, said("hudsonrock", pat, breach.NotFound))
	q := breach.Question{Source: "hudsonrock", Identifier: pat}
	d.profile.Consents[q.Consent()] = true
	v := makeSource(d, asks{yes: map[breach.Question]bool{q: false}}, d.sources[0], printer(t, "en"))
	if len(v.facts) != 5 || len(v.questions) != 2 || v.questions[0].yes || !v.questions[0].kept || v.questions[1].kept {
		t.Errorf("%+v", v)
	}
	if v.questions[1].once != "Yes, this time: +33 6 •• •• •• 42" || v.answers[0].state.word != "Nothing found there" || v.answers[1].state.word != "Not checked" {
		t.Errorf("%+v, %+v", v.questions, v.answers)
	}
	if v = makeSource(d, asks{}, d.sources[2], printer(t, "en")); !v.without || !v.key || v.questions != nil {
		t.Errorf("%+v", v)
	}
}

// Before anything is sent, what would be: as ticked, or else all of it.
func TestPreviewView(t *testing.T) {
	d := asking([]identifier.Identifier{pat, phone})
	plan := func(questions []breach.Question) (out []breach.Slot) {
		for i, q := range questions {
			out = append(out, breach.Slot{Source: q.Source, Identifier: q.Identifier, At: now.Add(time.Duration(i) * 2 * time.Second)})
		}
		return out
	}
	v := makePreview(d, asks{}, plan, printer(t, "en"))
	if !strings.HasPrefix(v.intro, "Nothing is ticked") || len(v.sources) != 3 || v.sources[0].host != "2 questions to hudson.example" || v.sources[0].rows[1].at != "in 2 s" {
		t.Errorf("%+v", v)
	}
	v = makePreview(d, asks{yes: map[breach.Question]bool{{Source: "leakcheck", Identifier: pat}: true}}, plan, printer(t, "en"))
	if strings.HasPrefix(v.intro, "Nothing is ticked") || len(v.sources) != 1 || v.sources[0].rows[0].title != "155ff6" || v.sources[0].level.tone != accent {
		t.Errorf("%+v", v)
	}
}

// A key is told by what the source said of it, and only while it is kept.
func TestKeyView(t *testing.T) {
	info := breach.Info{ID: "hibp", Key: &breach.Key{ID: "hibp", Page: "https://hibp.example/key"}}
	good := &keyCheck{breach.Plan{Name: "Core 1", PerMinute: 10, Until: now, KAnonymity: true}, breach.Found}
	for _, c := range []struct {
		have bool
		said *keyCheck
		says []string
	}{
		{true, nil, nil},
		{false, good, nil},
		{true, good, []string{"The key works: Core 1, 10 questions a minute.", "It is paid until 24 November 2026.", "With this plan only a fragment of the address leaves, which hundreds of others share."}},
		{true, &keyCheck{outcome: breach.Unauthorized}, []string{"Key refused", "The key is missing or wrong. Nothing is known; check the key."}},
	} {
		if v := makeKey(info, c.have, c.said, printer(t, "en")); !slices.Equal(v.says, c.says) || v.have != c.have || v.how == "" {
			t.Errorf("%+v: %q", c, v.says)
		}
	}
}

// What could not be compared is never told as not leaked.
func TestPasswordView(t *testing.T) {
	v := makePasswords(&passwordCheck{sites: []pwned.Site{{Site: "a.example", Outcome: breach.Unavailable}, {Site: "b.example", Outcome: breach.NotChecked}}, distinct: 2}, printer(t, "en"))
	if v.title != "2 logins could not be checked: nothing is known of them" || len(v.rows) != 0 {
		t.Errorf("%+v", v)
	}
	v = makePasswords(&passwordCheck{sites: []pwned.Site{{Site: "a.example", Outcome: breach.Found, Count: 17}, {Site: "b.example", Outcome: breach.Unavailable}}, distinct: 2}, printer(t, "en"))
	if v.title != "1 of 2 logins uses a leaked password" || len(v.rows) != 1 || v.lines[0] != "1 login could not be checked: nothing is known of it." {
		t.Errorf("%+v", v)
	}
	if makePasswords(nil, printer(t, "en")) != nil {
		t.Error("something of nothing")
	}
}
