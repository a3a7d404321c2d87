package find

import (
	"context"

	"fyne.io/fyne/v2"

	"unlisted/checks/evidence"
	"unlisted/checks/evidence/imapbox"
	"unlisted/checks/job"
	"unlisted/checks/outbound"
	"unlisted/checks/overview"
	"unlisted/checks/profile"
	"unlisted/checks/session"
	"unlisted/ui/kit"
)

// mailArg is the address of the page that reads a mailbox at its provider.
const mailArg = "mail"

// mailForm is what the person typed on that page; the password leaves it when it
// was used.
type mailForm struct {
	host, user, password string
	remember             bool
	asked                bool  // the host and what is sent to it are shown, for a yes
	failed               error // of the last try
}

// mail reads a mailbox at its provider: form, then the question, then the work.
func (p *Page) mail(s *kit.Scope) fyne.CanvasObject {
	t := s.Text
	pr := p.d.Profile()
	back := s.Button(t.T("find.sources.back"), kit.Quiet, func() { p.st.form.asked = false; p.d.Go("find", sourcesArg) })
	parts := kit.PageParts{Above: back, Title: t.T("format.imap"), Lead: t.T("family.mailbox.why")}
	var main []fyne.CanvasObject
	if p.st.form.failed != nil {
		main = append(main, s.Banner(kit.Warning, t.Sentence(p.st.form.failed)))
	}
	if p.st.form.asked {
		parts.Body = kit.Column(append(main, p.mailQuestion(s))...)
		return s.Page(parts)
	}
	for _, box := range pr.Mailboxes {
		main = append(main, p.known(s, box, pr.Settings))
	}
	form, next := p.form(s)
	main = append(main, form)
	parts.Foot = s.ActionBar("", s.Button(t.T("find.mail.go"), kit.Primary, next))
	parts.Body = s.Columns(kit.Column(main...), s.Panel(t.T("find.mail.what"), s.Body(t.T("format.imap.how"))))
	return s.Page(parts)
}

// known is a mailbox that was read before.
func (p *Page) known(s *kit.Scope, box profile.Mailbox, set profile.Settings) fyne.CanvasObject {
	t := s.Text
	name := mailboxName(box, set, t)
	return s.Card(s.Strong(name), s.Caption(t.T("find.mail.read", "host", box.Host, "date", t.Date(box.Read))), s.Wrap(
		s.Button(t.T("find.mail.again", "name", name), kit.Secondary, func() { p.againMail(box) }),
		s.Button(t.T("find.mail.forget", "name", name), kit.Quiet, func() { p.forgetMail(box) }),
	))
}

// againMail reads what is new in a mailbox, once the person has said yes to its host again.
func (p *Page) againMail(box profile.Mailbox) {
	p.st.form = mailForm{host: box.Host, user: box.User, password: p.d.Key(mailKey + box.ID)}
	p.st.form.asked = p.st.form.password != ""
	p.d.Go("find", mailArg)
}

func (p *Page) forgetMail(box profile.Mailbox) {
	p.d.SetKey(mailKey+box.ID, "", func(err error) {
		if p.d.Tell(err); err == nil {
			p.d.Apply(session.ForgetMailbox{ID: box.ID})
		}
	})
}

// mailKey begins the names of mailbox passwords in the keyring.
const mailKey = "mail-"

// form asks for the mailbox; next takes up what was typed.
func (p *Page) form(s *kit.Scope) (form fyne.CanvasObject, next func()) {
	t := s.Text
	user := s.Field("user", t.T("find.mail.user"), "pat@example.org", false, func(string) { p.d.Redraw() })
	user.Start(p.st.form.user)
	password := s.Field("password", t.T("find.mail.password"), t.T("find.mail.password.placeholder"), true, nil)
	host := s.Field("host", t.T("find.mail.host"), t.T("find.mail.host.placeholder"), false, nil).Start(p.st.form.host)
	hint := t.T("imap.hint.other")
	provider, known := imapbox.ProviderOf(user.Text())
	if known {
		hint = t.T(provider.Hint)
	}
	rows := []fyne.CanvasObject{user.Object, s.Body(hint)}
	if known && provider.Link != "" {
		rows = append(rows, s.Link(t.T("fix.open"), provider.Link, p.d.Open))
	}
	rows = append(rows, password.Object, host.Object,
		s.Tick(t.T("find.mail.remember"), p.st.form.remember, func(yes bool) { p.st.form.remember = yes }),
	)
	return s.Card(rows...), func() {
		p.st.form.user, p.st.form.host, p.st.form.password = user.Text(), host.Text(), password.Text()
		_, p.st.form.failed = p.opened().Server()
		p.st.form.asked = p.st.form.failed == nil && p.st.form.password != ""
		p.d.Redraw()
	}
}

func (p *Page) opened() imapbox.Account {
	return imapbox.Account{Host: p.st.form.host, User: p.st.form.user, Password: p.st.form.password}
}

// mailQuestion shows the one host and what is sent to it, before anything is.
func (p *Page) mailQuestion(s *kit.Scope) fyne.CanvasObject {
	t := s.Text
	host, err := p.opened().Server()
	if err != nil {
		return s.Banner(kit.Warning, t.Sentence(err))
	}
	return s.Banner(kit.Neutral, t.Message("find.mail.ask", "host", host),
		s.Button(t.T("find.mail.yes", "host", host), kit.Primary, func() { p.readMail(host) }),
		s.Button(t.T("find.mail.no"), kit.Secondary, p.notNow))
}

// notNow goes back to the form, without the password.
func (p *Page) notNow() {
	p.st.form.asked, p.st.form.password = false, ""
	p.d.Forget("find", mailArg)
	p.d.Redraw()
}

// readMail reads what is new: the person just said yes to this host. What was
// found until a stop is offered too, and the next reading goes on from there.
func (p *Page) readMail(host string) {
	pr := p.d.Profile()
	from := p.d.At()
	a, box := p.opened(), pr.Mailbox(host, p.st.form.user)
	if p.st.form.remember {
		p.d.SetKey(mailKey+box.ID, a.Password, p.d.Tell)
	}
	p.st.form = mailForm{host: p.st.form.host, user: p.st.form.user}
	p.d.Forget("find", mailArg)
	var report evidence.Report
	state := box.State
	p.d.Run("imap.connecting", func(ctx context.Context, progress func(job.Progress)) (err error) {
		yes := outbound.Yes(outbound.MailConsent(host))
		o := evidence.Options{Region: p.d.Region(), Own: overview.Own(pr), Identity: pr.SourceID}
		report, state, err = imapbox.Read(ctx, p.d.Client(), yes, a, box.State, o, progress)
		return err
	}, func(err error) {
		p.st.form.failed = err
		if len(report.Sources) == 0 {
			p.d.Offer(from, "find", mailArg)
			return
		}
		if err == nil {
			p.st.form = mailForm{}
		}
		sc := newScan()
		sc.box = &session.KeepMailbox{Host: host, User: a.User, State: state}
		if len(report.Findings) == 0 {
			p.d.Apply(*sc.box)
		}
		p.ready(sc, report, err != nil, from)
	})
}
