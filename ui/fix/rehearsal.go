package fix

import (
	"crypto/rand"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"

	"unlisted/checks/rehearsal"
	"unlisted/checks/session"
	"unlisted/ui/kit"
)

// rehearsalArg is the address of the practice account; "/" and a state lead to
// the same page, drawn from its top.
const rehearsalArg = "rehearsal"

// Sides of the QR code: on the screen, and of the picture it is drawn from, so
// that it stays sharp where the screen is fine.
const (
	qrSide    = 260
	qrPicture = 960
)

// practice is one run through the practice account, in memory only.
type practice struct {
	at     rehearsal.Practice
	tried  *rehearsal.Outcome // of the last try
	shown  bool               // the key or the codes are in sight
	chosen map[rehearsal.Way]bool
}

// to goes to another state and forgets what was said about the one before.
func (p *Page) to(next rehearsal.Practice) {
	p.st.practice.at, p.st.practice.tried, p.st.practice.shown = next, nil, false
	p.d.Go("fix", rehearsalArg+"/"+string(next.State()))
}

// try takes what came of a try.
func (p *Page) try(next rehearsal.Practice, o rehearsal.Outcome) {
	if !o.Accepted() {
		p.st.practice.tried = &o
		p.d.Redraw()
		return
	}
	if next.State() == rehearsal.StateDone {
		p.d.Apply(session.MarkPractised{})
	}
	p.d.Forget("fix", rehearsalArg)
	p.st.practice.at, p.st.practice.tried, p.st.practice.shown = next, &o, false
	p.d.Go("fix", rehearsalArg+"/"+string(next.State()))
}

func (p *Page) startPractice() {
	at, err := rehearsal.New(rand.Reader)
	if err != nil {
		p.d.Tell(err)
		return
	}
	p.d.Forget("fix", rehearsalArg)
	p.st.practice = practice{chosen: map[rehearsal.Way]bool{}}
	p.to(at)
}

// leavePractice forgets the key and the codes.
func (p *Page) leavePractice() {
	p.d.Forget("fix", rehearsalArg)
	p.st.practice = practice{}
	p.d.Go("fix", "")
}

// rehearsal draws the practice account where it stands.
func (p *Page) rehearsal(s *kit.Scope) fyne.CanvasObject {
	t := s.Text
	v := makePractice(p.st.practice, p.d.Profile().Practised, p.d.Now(), t)
	if v.state == "" {
		return p.beforePractice(s, v)
	}
	var main []fyne.CanvasObject
	if v.tried != nil && v.accepted {
		main = append(main, s.Banner(kit.Good, *v.tried))
	}
	body, first := p.practiceState(s, v)
	buttons := []fyne.CanvasObject{first}
	switch {
	case v.back:
		buttons = append(buttons, s.Button(t.T("rehearsal.back"), kit.Secondary, func() { p.to(p.st.practice.at.Back()) }))
	case v.restart:
		buttons = append(buttons, s.Button(t.T("practice.restart"), kit.Secondary, p.startPractice))
	}
	if v.state != rehearsal.StateDone {
		buttons = append(buttons, s.Button(t.T("practice.leave"), kit.Secondary, p.leavePractice))
	}
	return s.Page(kit.PageParts{
		Above: meter(s, v.progress), Title: v.title, Lead: t.T("rehearsal.title") + " · " + v.progress.words,
		Body: s.Columns(kit.Column(append(main, body)...), s.Panel("", steps(s, v.way, nil))),
		Foot: s.ActionBar("", buttons...),
	})
}

// beforePractice says what the practice is; nothing is made before it is
// started.
func (p *Page) beforePractice(s *kit.Scope, v practiceView) fyne.CanvasObject {
	t := s.Text
	rows := []fyne.CanvasObject{s.Body(v.words)}
	if v.last != "" {
		rows = append(rows, s.Strong(v.last))
	}
	return s.Page(kit.PageParts{
		Above: p.back(s), Title: v.title, Body: s.Card(rows...),
		Foot: s.ActionBar("",
			s.Button(v.start, kit.Primary, p.startPractice),
			s.Button(t.T("authenticators.title"), kit.Secondary, func() { p.d.Go("fix", authenticatorsArg) }),
		),
	})
}

// practiceState is what to do in a state, and the button that says it is done.
func (p *Page) practiceState(s *kit.Scope, v practiceView) (body, done fyne.CanvasObject) {
	t, at := s.Text, p.st.practice.at
	rows := []fyne.CanvasObject{s.Body(v.words)}
	button := func(key string, press func()) fyne.CanvasObject { return s.Button(t.T(key), kit.Primary, press) }
	ask := func(id, label string, try func(string)) func() {
		f := s.Field(id, t.T(label), "", false, try)
		rows = append(rows, f.Object)
		return func() { try(f.Text()) }
	}
	var next func()
	key := "rehearsal.try"
	switch v.state {
	case rehearsal.StateScan:
		rows = append(rows, p.scan(s, v)...)
		key, next = "rehearsal.scanned", func() { p.to(at.Scanned()) }
	case rehearsal.StateCode, rehearsal.StateNext:
		next = ask("code", "practice.field.code", func(typed string) { p.try(at.Code(typed, p.d.Now())) })
	case rehearsal.StateCodes:
		rows = append(rows, p.recoveryCodes(s, v)...)
		key, next = "rehearsal.saved", func() { p.to(at.Saved()) }
	case rehearsal.StateRecover, rehearsal.StateReturn:
		next = ask("recovery", "practice.field.recovery", func(typed string) { p.try(at.Recover(typed)) })
	case rehearsal.StateLoss:
		rows = append(rows, p.losses(s, v)...)
		key, next = "practice.answer", p.answer
	default:
		key, next = "practice.finish", p.leavePractice
	}
	if v.tried != nil && !v.accepted {
		rows = append(rows, s.Banner(kit.Warning, *v.tried))
	}
	if v.clock != "" {
		// How long the present code lasts is said when the page is drawn and when
		// asked for, not by a clock that runs.
		rows = append(rows, s.Caption(v.clock), s.Button(t.T("practice.clock.again"), kit.Quiet, p.d.Redraw))
	}
	return s.Card(rows...), button(key, next)
}

// scan shows the key as a picture; as text only when asked for.
func (p *Page) scan(s *kit.Scope, v practiceView) []fyne.CanvasObject {
	t := s.Text
	if v.secret == "" {
		return []fyne.CanvasObject{p.qr(s), s.Button(t.T("practice.key.show"), kit.Secondary, p.toggleShown)}
	}
	return []fyne.CanvasObject{
		kit.CompactColumn(s.Caption(t.T("rehearsal.secret")), s.Strong(v.secret)), p.qr(s),
		s.Button(t.T("practice.key.hide"), kit.Secondary, p.toggleShown),
	}
}

// qr draws the key for the camera. Where that fails the key can still be typed.
func (p *Page) qr(s *kit.Scope) fyne.CanvasObject {
	img, err := p.st.practice.at.QR(qrPicture)
	if err != nil {
		return s.Body(s.Text.Sentence(err).String())
	}
	return s.Picture(s.Text.T("rehearsal.qr"), qrSide, canvas.NewImageFromImage(img))
}

func (p *Page) toggleShown() {
	p.st.practice.shown = !p.st.practice.shown
	p.d.Redraw()
}

func (p *Page) recoveryCodes(s *kit.Scope, v practiceView) []fyne.CanvasObject {
	t := s.Text
	if len(v.codes) == 0 {
		return []fyne.CanvasObject{s.Button(t.T("practice.codes.show"), kit.Secondary, p.toggleShown)}
	}
	codes := make([]fyne.CanvasObject, len(v.codes))
	for i, c := range v.codes {
		line := c.text
		if c.used {
			line += " · " + t.T("rehearsal.used")
		}
		codes[i] = s.Strong(line)
	}
	columns := 2
	if s.Narrow() {
		columns = 1
	}
	return []fyne.CanvasObject{
		container.NewGridWithColumns(columns, codes...), s.Button(t.T("practice.codes.hide"), kit.Secondary, p.toggleShown),
	}
}

// losses asks what still opens the account, and after an answer says why.
func (p *Page) losses(s *kit.Scope, v practiceView) (rows []fyne.CanvasObject) {
	for _, w := range v.ways {
		rows = append(rows, s.Tick(w.word, w.on, func(on bool) { p.st.practice.chosen[w.way] = on }))
		if w.wrong != "" {
			rows = append(rows, s.Caption(w.wrong))
		}
	}
	return rows
}

// answer takes what was ticked.
func (p *Page) answer() {
	var ways []rehearsal.Way
	for _, w := range rehearsal.Ways() {
		if p.st.practice.chosen[w] {
			ways = append(ways, w)
		}
	}
	p.try(p.st.practice.at.Lose(ways...))
}
