// Package check is the place of the leaks: what has leaked? The local match
// sends nothing; a source is asked only after the person said yes to it.
package check

import (
	"context"
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"unlisted/checks/breach"
	"unlisted/checks/breach/pwned"
	"unlisted/checks/evidence"
	"unlisted/checks/identifier"
	"unlisted/checks/job"
	"unlisted/checks/outbound"
	"unlisted/checks/overview"
	"unlisted/checks/profile"
	"unlisted/checks/session"
	"unlisted/checks/text"
	"unlisted/ui/host"
	"unlisted/ui/kit"
)

// Place is the place Check.
type Place struct {
	h         *host.Host
	yes       map[string]bool // said for the next check, not remembered
	passwords []pwned.Site
}

// New returns the place.
func New(h *host.Host) *Place { return &Place{h: h, yes: map[string]bool{}} }

// Build draws the place, or one leak where arg names it as "platform/breach", or
// one incident as "incident/id".
func (p *Place) Build(s *kit.Scope, arg string) fyne.CanvasObject {
	t := s.Text
	o := p.h.Overview()
	if id, ok := strings.CutPrefix(arg, incidentArg); ok {
		return p.incident(s, o, id)
	}
	if arg != "" {
		return p.leak(s, o, arg)
	}
	pr := p.h.Profile()
	objects := []fyne.CanvasObject{kit.Tight(s.Title(t.T("check.title")), s.Body(t.T("check.intro"))), p.leaks(s, o)}
	if len(o.Accounts) > 0 {
		objects = append(objects, p.incidents(s, o))
	}
	objects = append(objects, p.sources(s, pr))
	if len(pr.Lookups) > 0 {
		objects = append(objects, p.results(s, pr))
	}
	objects = append(objects, p.passwordCard(s), s.Button(t.T("check.next"), kit.Secondary, func() { p.h.Go("fix", "") }))
	return kit.Page(objects...)
}

func (p *Place) leaks(s *kit.Scope, o overview.Overview) fyne.CanvasObject {
	t := s.Text
	newest := t.T("check.local.upto", "date", t.Date(p.h.Breaches.Newest()), "n", t.Number(int64(p.h.Breaches.Len())))
	if len(o.Accounts) == 0 {
		return s.Empty(t.T("check.local.empty"), t.T("check.local.empty.why"), s.Button(t.T("check.local.find"), kit.Primary, func() { p.h.Go("find", "") }))
	}
	rows := []fyne.CanvasObject{s.Heading(t.N("check.local", len(o.Leaks))), s.Body(t.T("check.local.why"))}
	items := make([]kit.Item, len(o.Leaks))
	for i, l := range o.Leaks {
		items[i] = leakItem(t, l)
	}
	if len(items) > 0 {
		rows = append(rows, s.List(items, func(i int) { p.h.Go("check", o.Leaks[i].Platform+"/"+o.Leaks[i].Breach.Name) }))
	}
	return kit.Column(append(rows, s.Caption(newest))...)
}

func leakItem(t *text.Printer, l breach.Leak) kit.Item {
	names := make([]string, 0, 4)
	for i, d := range l.Breach.Data {
		if i == 4 {
			break
		}
		names = append(names, dataName(t, d))
	}
	tone := kit.Neutral
	if l.Had == breach.HadYes {
		tone = kit.Warning
	}
	return kit.Item{Title: l.Breach.Title + " · " + t.Month(l.Breach.Date), Detail: strings.Join(names, ", "), Badge: t.T("had." + string(l.Had)), Tone: tone}
}

// dataName translates a data class where the words are known.
func dataName(t *text.Printer, d string) string {
	key := "data." + strings.NewReplacer(" ", "_", "'", "", "/", "_", "(", "", ")", "").Replace(strings.ToLower(d))
	if t.Has(key) {
		return t.T(key)
	}
	return d
}

func (p *Place) leak(s *kit.Scope, o overview.Overview, arg string) fyne.CanvasObject {
	t := s.Text
	platform, name, _ := strings.Cut(arg, "/")
	back := s.Button(t.T("check.back"), kit.Quiet, func() { p.h.Go("check", "") })
	i := slices.IndexFunc(o.Leaks, func(l breach.Leak) bool { return l.Platform == platform && l.Breach.Name == name })
	if i < 0 {
		return kit.Page(back)
	}
	l := o.Leaks[i]
	names := make([]string, len(l.Breach.Data))
	for j, d := range l.Breach.Data {
		names[j] = dataName(t, d)
	}
	facts := []fyne.CanvasObject{
		s.Strong(t.T("had." + string(l.Had) + ".why")),
		s.Body(t.T("check.leak.when", "date", t.Date(l.Breach.Date), "n", t.Number(l.Breach.Count))),
		s.Body(t.T("check.leak.what", "list", strings.Join(names, ", "))),
	}
	for f, key := range map[breach.Flags]string{breach.Unverified: "unverified", breach.Sensitive: "sensitive", breach.SpamList: "spam", breach.Malware: "malware", breach.StealerLog: "stealer"} {
		if l.Breach.Flags.Has(f) {
			facts = append(facts, s.Body(t.T("check.flag."+key)))
		}
	}
	advice := []fyne.CanvasObject{s.Heading(t.T("check.leak.todo"))}
	for _, d := range []struct{ class, key string }{{breach.DataPhones, "phone"}, {breach.DataPasswords, "password"}, {breach.DataEmails, "email"}} {
		if slices.Contains(l.Breach.Data, d.class) {
			advice = append(advice, s.Body(t.T("advice."+d.key)))
		}
	}
	return kit.Page(
		back, s.Title(l.Breach.Title), s.Card(facts...), s.Card(advice...),
		s.Button(t.T("check.leak.fix"), kit.Primary, func() { p.h.Go("fix", platform) }),
		s.Link(t.T("credit.hibp"), "https://haveibeenpwned.com/Breach/"+l.Breach.Name, p.h.Open),
	)
}

// sources asks consent for each source, showing the host and what is sent.
func (p *Place) sources(s *kit.Scope, pr *profile.Profile) fyne.CanvasObject {
	t := s.Text
	rows := []fyne.CanvasObject{s.Heading(t.T("check.ask")), s.Body(t.T("check.ask.why"))}
	emails := 0
	for _, o := range pr.Identifiers {
		if o.ID.Kind == identifier.KindEmail {
			emails++
		}
	}
	for _, src := range p.h.Sources {
		rows = append(rows, p.source(s, src.Info(), pr))
	}
	rows = append(rows, s.Caption(t.T("check.ask.phones")))
	ask := s.Button(t.T("check.ask.now"), kit.Primary, p.ask)
	if emails == 0 || len(p.consented()) == 0 {
		kit.Disable(ask)
	}
	if emails == 0 {
		rows = append(rows, s.Caption(t.T("check.ask.none")))
	}
	return s.Card(append(rows, ask)...)
}

func (p *Place) source(s *kit.Scope, info breach.Info, pr *profile.Profile) fyne.CanvasObject {
	t := s.Text
	key := "source." + info.ID
	sends := make([]string, 0, len(pr.Identifiers))
	for _, o := range pr.Identifiers {
		if info.CanSearch(o.ID.Kind) {
			sends = append(sends, p.h.Shown(o.ID, pr.Settings))
		}
	}
	rows := []fyne.CanvasObject{
		s.Line(), s.Strong(t.T(key + ".name")), s.Body(t.T(key + ".who")),
		s.Body(t.T("check.sends", "host", info.Host, "what", strings.Join(sends, ", "))), s.Caption(t.T(key + ".limits")),
	}
	if info.NeedsKey {
		rows = append(rows, p.key(s, info))
	}
	rows = append(rows, s.Check(t.T("check.yes", "source", t.T(key+".name")), p.yes[info.ID], func(on bool) {
		p.yes[info.ID] = on
		p.h.Refresh()
	}))
	return kit.Column(rows...)
}

func (p *Place) key(s *kit.Scope, info breach.Info) fyne.CanvasObject {
	t := s.Text
	if p.h.Key(info.ID) != "" {
		return s.Sides(s.Body(t.T("check.key.have")), s.Button(t.T("check.key.forget"), kit.Quiet, func() {
			p.h.Tell(p.h.SetKey(info.ID, ""))
			p.h.Refresh()
		}))
	}
	var f *kit.Field
	keep := func(v string) {
		if err := p.h.SetKey(info.ID, strings.TrimSpace(v)); err != nil {
			f.Fail(t.Sentence(err).String())
			return
		}
		f.Entry.SetText("")
		p.h.Refresh()
	}
	f = s.Field(t.T("check.key"), t.T("check.key.placeholder"), true, keep)
	return kit.Column(s.Caption(t.T("check.key.how")), f.Object, s.Button(t.T("check.key.save"), kit.Secondary, func() { keep(f.Entry.Text) }))
}

func (p *Place) consented() (ids []string) {
	for _, src := range p.h.Sources {
		if id := src.Info().ID; p.yes[id] {
			ids = append(ids, id)
		}
	}
	return ids
}

func (p *Place) ask() {
	yes := p.consented()
	ids := overview.Own(p.h.Profile())
	var results []breach.Result
	p.h.Run("check.asking", func(ctx context.Context, report func(job.Progress)) error {
		results = breach.Check(ctx, p.h.Sources, ids, yes, p.h.Now, report)
		return ctx.Err()
	}, func(error) {
		p.yes = map[string]bool{} // a yes holds for the check it was given for
		p.h.Apply(session.RecordResults{Results: results})
	})
}

// Tally counts how many answered and how many of those found nothing. A source
// that did not answer is never counted as good news.
type Tally struct{ Asked, Answered, Nothing, Found int }

// Count adds results up.
func Count(results []breach.Result) (c Tally) {
	for _, r := range results {
		if r.Outcome == breach.NotChecked {
			continue
		}
		c.Asked++
		switch {
		case r.Outcome == breach.Found:
			c.Answered++
			c.Found++
		case r.Outcome.Answered():
			c.Answered++
			c.Nothing++
		}
	}
	return c
}

func (p *Place) results(s *kit.Scope, pr *profile.Profile) fyne.CanvasObject {
	t := s.Text
	c := Count(pr.Lookups)
	rows := []fyne.CanvasObject{
		s.Heading(t.T("check.results")),
		s.Strong(t.T("check.summary", "answered", t.Number(int64(c.Answered)), "asked", t.Number(int64(c.Asked)), "found", t.Number(int64(c.Found)), "nothing", t.Number(int64(c.Nothing)))),
	}
	for _, r := range pr.Lookups {
		head := s.Sides(s.Strong(p.h.Shown(r.Identifier, pr.Settings)+" · "+t.T("source."+r.Source+".name")), s.Badge(t.T("outcome."+r.Outcome.String()), outcomeTone(r.Outcome)))
		lines := []fyne.CanvasObject{head, s.Caption(t.T("outcome."+r.Outcome.String()+".means") + " " + t.T("check.asked.on", "date", t.Date(r.At)))}
		if len(r.Hits) > 0 {
			names := make([]string, len(r.Hits))
			for i, h := range r.Hits {
				names[i] = h.Title
			}
			lines = append(lines, s.Body(strings.Join(names, ", ")))
		}
		if !r.RetryAt.IsZero() {
			lines = append(lines, s.Caption(t.T("check.retry", "time", r.RetryAt.Local().Format("15:04"))))
		}
		rows = append(rows, kit.Tight(lines...))
	}
	return s.Card(append(rows, s.Link(t.T("credit.hibp"), "https://haveibeenpwned.com", p.h.Open), s.Link(t.T("credit.xon"), "https://xposedornot.com", p.h.Open))...)
}

func outcomeTone(o breach.Outcome) kit.Tone {
	switch {
	case o == breach.Found:
		return kit.Warning
	case o == breach.NotFound:
		return kit.Good
	case o.Answered():
		return kit.Accent
	}
	return kit.Neutral
}

func (p *Place) passwordCard(s *kit.Scope) fyne.CanvasObject {
	t := s.Text
	rows := []fyne.CanvasObject{
		s.Heading(t.T("check.pw")), s.Body(t.T("check.pw.why")), s.Body(t.T("check.sends", "host", p.h.Passwords.Info().Host, "what", t.T("check.pw.sends"))),
		s.Button(t.T("check.pw.choose"), kit.Secondary, func() { p.h.Choose(false, p.checkPasswords) }),
	}
	if p.passwords != nil {
		rows = append(rows, p.passwordResults(s))
	}
	return s.Card(rows...)
}

// checkPasswords reads an export and asks about its passwords; choosing the
// file under the sentence that names host and content is the person's yes.
func (p *Place) checkPasswords(path string) {
	var sites []pwned.Site
	p.h.Run("check.passwords", func(ctx context.Context, report func(job.Progress)) error {
		var batch pwned.Batch
		_, err := evidence.Scan(ctx, []string{path}, evidence.Options{Importers: p.h.Importers, Password: batch.Add}, nil)
		if err == nil {
			sites = p.h.Passwords.Check(outbound.WithConsent(ctx, pwned.ID), &batch, report)
		}
		return err
	}, func(err error) {
		p.h.Tell(err)
		p.passwords = slices.Clip(append([]pwned.Site{}, sites...))
		p.h.Refresh()
	})
}

func (p *Place) passwordResults(s *kit.Scope) fyne.CanvasObject {
	t := s.Text
	var items []kit.Item
	unasked := 0
	for _, x := range p.passwords {
		switch {
		case x.Outcome == breach.Found:
			items = append(items, kit.Item{Title: x.Site, Detail: t.N("check.pw.count", int(min(x.Count, 1<<30))), Badge: t.T("check.pw.leaked"), Tone: kit.Warning})
		case !x.Outcome.Answered():
			unasked++
		}
	}
	rows := []fyne.CanvasObject{s.Strong(t.N("check.pw.found", len(items), "all", t.Number(int64(len(p.passwords)))))}
	if unasked > 0 {
		rows = append(rows, s.Strong(t.N("check.pw.unasked", unasked)))
	}
	if len(items) > 0 {
		rows = append(rows, s.List(items, nil))
	}
	return kit.Column(rows...)
}
