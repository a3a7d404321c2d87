package find

import (
	"context"

	"fyne.io/fyne/v2"

	"unlisted/checks/evidence"
	"unlisted/checks/evidence/imapbox"
	"unlisted/checks/identifier"
	"unlisted/checks/job"
	"unlisted/checks/outbound"
	"unlisted/checks/overview"
	"unlisted/checks/profile"
	"unlisted/checks/session"
	"unlisted/ui/kit"
)

// mailArg is the address of the page that reads a mailbox at its provider.
const mailArg = "mail"

// letter is what the person typed on that page; the password leaves it when it
// was used.
type letter struct {
	host, user, password string
	remember             bool
	asked                bool  // the host and what is sent to it are shown, for a yes
	failed               error // of the last try
}

// mail reads a mailbox at its provider: form, then the question, then the work.
func (p *Place) mail(s *kit.Scope) fyne.CanvasObject {
	t := s.Text
	pr := p.h.Profile()
	objects := []fyne.CanvasObject{
		s.Button(t.T("find.sources.back"), kit.Quiet, func() { p.letter.asked = false; p.h.Go("find", sourcesArg) }),
		kit.Tight(s.Title(t.T("format.imap")), s.Body(t.T("format.imap.how"))),
	}
	if p.letter.failed != nil {
		objects = append(objects, s.Banner(kit.Warning, t.Sentence(p.letter.failed)))
	}
	if p.letter.asked {
		return kit.Page(append(objects, p.mailQuestion(s))...)
	}
	for _, box := range pr.Mailboxes {
		objects = append(objects, p.known(s, box, pr.Settings))
	}
	return kit.Page(append(objects, p.mailForm(s))...)
}

// known is a mailbox that was read before.
func (p *Place) known(s *kit.Scope, box profile.Mailbox, set profile.Settings) fyne.CanvasObject {
	t := s.Text
	name := box.User
	if id, err := identifier.ParseEmail(box.User); err == nil {
		name = p.h.Shown(id, set)
	}
	return s.Card(s.Strong(name), s.Caption(t.T("find.mail.read", "host", box.Host, "date", t.Date(box.Read))), s.Flow(
		s.Button(t.T("find.mail.again", "name", name), kit.Secondary, func() {
			p.letter = letter{host: box.Host, user: box.User, password: p.h.Key(mailKey + box.ID)}
			p.letter.asked = p.letter.password != ""
			p.h.Refresh()
		}),
		s.Button(t.T("find.mail.forget", "name", name), kit.Quiet, func() {
			p.h.Tell(p.h.SetKey(mailKey+box.ID, ""))
			p.h.Apply(session.ForgetMailbox{ID: box.ID})
		}),
	))
}

// mailKey begins the names of mailbox passwords in the keyring.
const mailKey = "mail-"

func (p *Place) mailForm(s *kit.Scope) fyne.CanvasObject {
	t := s.Text
	user := s.Field(t.T("find.mail.user"), "pat@example.org", false, nil)
	password := s.Field(t.T("find.mail.password"), t.T("find.mail.password.placeholder"), true, nil)
	host := s.Field(t.T("find.mail.host"), t.T("find.mail.host.placeholder"), false, nil)
	user.Entry.SetText(p.letter.user)
	host.Entry.SetText(p.letter.host)
	hint := t.T("imap.hint.other")
	provider, known := imapbox.ProviderOf(p.letter.user)
	if known {
		hint = t.T(provider.Hint)
	}
	rows := []fyne.CanvasObject{user.Object, s.Body(hint)}
	if known && provider.Link != "" {
		rows = append(rows, s.Link(t.T("fix.open"), provider.Link, p.h.Open))
	}
	take := func() { p.letter.user, p.letter.host = user.Entry.Text, host.Entry.Text }
	user.Entry.OnSubmitted = func(string) { take(); p.h.Refresh() }
	rows = append(rows, password.Object, host.Object,
		s.Tick(t.T("find.mail.remember"), p.letter.remember, func(yes bool) { p.letter.remember = yes }),
		s.Button(t.T("find.mail.go"), kit.Primary, func() {
			take()
			p.letter.password = password.Entry.Text
			_, p.letter.failed = p.opened().Server()
			p.letter.asked = p.letter.failed == nil && p.letter.password != ""
			p.h.Refresh()
		}))
	return s.Card(rows...)
}

func (p *Place) opened() imapbox.Account {
	return imapbox.Account{Host: p.letter.host, User: p.letter.user, Password: p.letter.password}
}

// mailQuestion shows the one host and what is sent to it, before anything is.
func (p *Place) mailQuestion(s *kit.Scope) fyne.CanvasObject {
	t := s.Text
	host, err := p.opened().Server()
	if err != nil {
		return s.Banner(kit.Warning, t.Sentence(err))
	}
	return s.Banner(kit.Neutral, t.Sentence(mailNote{host}),
		s.Button(t.T("find.mail.yes", "host", host), kit.Primary, func() { p.readMail(host) }),
		s.Button(t.T("find.mail.no"), kit.Secondary, func() { p.letter.asked, p.letter.password = false, ""; p.h.Refresh() }))
}

type mailNote struct{ host string }

func (mailNote) Error() string { return "mail" }
func (n mailNote) Explain() (string, map[string]any) {
	return "find.mail.ask", map[string]any{"host": n.host}
}

// readMail reads what is new: the person just said yes to this host. What was
// found until a stop is offered too, and the next reading goes on from there.
func (p *Place) readMail(host string) {
	pr := p.h.Profile()
	region := pr.Settings.Region
	if region == "" {
		region = p.region
	}
	a, box := p.opened(), pr.Mailbox(host, p.letter.user)
	if p.letter.remember {
		p.h.Tell(p.h.SetKey(mailKey+box.ID, a.Password))
	}
	p.letter = letter{host: p.letter.host, user: p.letter.user}
	var report evidence.Report
	state := box.State
	p.h.Run("imap.connecting", func(ctx context.Context, progress func(job.Progress)) (err error) {
		yes := outbound.Yes(outbound.MailConsent(host))
		report, state, err = imapbox.Read(ctx, p.h.Client, yes, a, box.State, evidence.Options{Region: region, Own: overview.Own(pr), Identity: pr.SourceID}, progress)
		return err
	}, func(err error) {
		p.letter.failed = err
		if len(report.Sources) == 0 {
			p.h.Go("find", mailArg)
			return
		}
		if err == nil {
			p.letter = letter{}
		}
		p.h.Apply(session.KeepMailbox{Host: host, User: a.User, State: state})
		p.reading = reading{found: &report, stopped: err != nil, refused: map[string]bool{}, together: map[string]bool{}}
		p.h.Go("find", "")
	})
}
