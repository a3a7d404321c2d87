package fix

import (
	"crypto/rand"
	"slices"

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
	qrSide    = 320
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

// refused says what is wrong with the last try, above the button to try again.
func (p *Page) refused(s *kit.Scope) []fyne.CanvasObject {
	if o := p.st.practice.tried; o != nil && !o.Accepted() {
		return []fyne.CanvasObject{s.Banner(kit.Warning, o.Message(s.Text))}
	}
	return nil
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
	at := p.st.practice.at
	if at.State() == "" {
		return p.beforePractice(s)
	}
	n := slices.Index(rehearsal.States(), at.State()) + 1
	head := kit.CompactColumn(
		s.Title(t.T("rehearsal.state."+string(at.State())+".title")),
		s.Caption(t.T("rehearsal.title")+" · "+t.T("practice.progress", "n", t.Number(int64(n)), "all", t.Number(int64(len(rehearsal.States()))))),
	)
	objects := []fyne.CanvasObject{head}
	if o := p.st.practice.tried; o != nil && o.Accepted() {
		objects = append(objects, s.Banner(kit.Good, o.Message(t)))
	}
	objects = append(objects, p.practiceState(s, at))
	var ways []fyne.CanvasObject
	switch {
	case at.CanGoBack():
		ways = append(ways, s.Button(t.T("rehearsal.back"), kit.Secondary, func() { p.to(at.Back()) }))
	case at.State() != rehearsal.StateScan:
		ways = append(ways, s.Button(t.T("practice.restart"), kit.Secondary, p.startPractice))
	}
	if at.State() != rehearsal.StateDone {
		ways = append(ways, s.Button(t.T("practice.leave"), kit.Secondary, p.leavePractice))
	}
	return s.Sheet(append(objects, s.Flow(ways...))...)
}

// beforePractice says what the practice is; nothing is made before it is
// started.
func (p *Page) beforePractice(s *kit.Scope) fyne.CanvasObject {
	t := s.Text
	start := "rehearsal.start"
	back, title := p.back(s), s.Title(t.T("rehearsal.title"))
	rows := []fyne.CanvasObject{s.Body(t.T("rehearsal.intro"))}
	if day := p.d.Profile().Practised; !day.IsZero() {
		start = "rehearsal.again"
		rows = append(rows, s.Strong(t.T("rehearsal.done", "date", t.Date(day))))
	}
	rows = append(rows, s.Flow(
		s.Button(t.T(start), kit.Primary, p.startPractice),
		s.Button(t.T("authenticators.title"), kit.Secondary, func() { p.d.Go("fix", authenticatorsArg) }),
	))
	return s.Sheet(back, title, s.Card(rows...))
}

func (p *Page) practiceState(s *kit.Scope, at rehearsal.Practice) fyne.CanvasObject {
	t := s.Text
	text := s.Body(t.T("rehearsal.state." + string(at.State()) + ".text"))
	switch at.State() {
	case rehearsal.StateScan:
		return p.scan(s, at, text)
	case rehearsal.StateCode, rehearsal.StateNext:
		return p.code(s, at, text)
	case rehearsal.StateCodes:
		return s.Card(text, p.recoveryCodes(s, at), s.Button(t.T("rehearsal.saved"), kit.Primary, func() { p.to(at.Saved()) }))
	case rehearsal.StateRecover, rehearsal.StateReturn:
		try := func(typed string) { p.try(at.Recover(typed)) }
		f := s.Field("recovery", t.T("practice.field.recovery"), "", false, try)
		rows := append([]fyne.CanvasObject{text, f.Object}, p.refused(s)...)
		return s.Card(append(rows, s.Button(t.T("rehearsal.try"), kit.Primary, func() { try(f.Text()) }))...)
	case rehearsal.StateLoss:
		return p.loss(s, at, text)
	}
	return s.Card(text, s.Button(t.T("practice.finish"), kit.Primary, p.leavePractice))
}

// scan shows the key as a picture; as text only when asked for.
func (p *Page) scan(s *kit.Scope, at rehearsal.Practice, text fyne.CanvasObject) fyne.CanvasObject {
	t := s.Text
	picture := p.qr(s, at)
	label := "practice.key.show"
	var rows []fyne.CanvasObject
	if p.st.practice.shown {
		label = "practice.key.hide"
		rows = append(rows, kit.CompactColumn(s.Caption(t.T("rehearsal.secret")), s.Strong(at.Secret())))
	}
	rows = append(rows,
		s.Button(t.T("rehearsal.scanned"), kit.Primary, func() { p.to(at.Scanned()) }),
		s.Button(t.T(label), kit.Secondary, p.toggleShown),
	)
	if s.Narrow() {
		return s.Card(append([]fyne.CanvasObject{text, picture}, rows...)...)
	}
	return s.Card(s.SplitRow(kit.Column(append([]fyne.CanvasObject{text}, rows...)...), picture))
}

// qr draws the key for the camera. Where that fails the key can still be typed.
func (p *Page) qr(s *kit.Scope, at rehearsal.Practice) fyne.CanvasObject {
	img, err := at.QR(qrPicture)
	if err != nil {
		return s.Body(s.Text.Sentence(err).String())
	}
	return s.Picture(s.Text.T("rehearsal.qr"), qrSide, canvas.NewImageFromImage(img))
}

func (p *Page) toggleShown() {
	p.st.practice.shown = !p.st.practice.shown
	p.d.Redraw()
}

// code asks for a code. How long the present one lasts is said when the page is
// drawn and when asked for, not by a clock that runs.
func (p *Page) code(s *kit.Scope, at rehearsal.Practice, text fyne.CanvasObject) fyne.CanvasObject {
	t := s.Text
	try := func(typed string) { p.try(at.Code(typed, p.d.Now())) }
	f := s.Field("code", t.T("practice.field.code"), "", false, try)
	left := int(rehearsal.Remaining(p.d.Now()).Seconds() + 0.5)
	rows := append([]fyne.CanvasObject{text, f.Object}, p.refused(s)...)
	return s.Card(append(rows,
		s.Button(t.T("rehearsal.try"), kit.Primary, func() { try(f.Text()) }),
		s.Caption(t.T("practice.clock")+" "+t.N("rehearsal.remaining", max(1, left))),
		s.Button(t.T("practice.clock.again"), kit.Quiet, p.d.Redraw),
	)...)
}

func (p *Page) recoveryCodes(s *kit.Scope, at rehearsal.Practice) fyne.CanvasObject {
	t := s.Text
	if !p.st.practice.shown {
		return s.Button(t.T("practice.codes.show"), kit.Secondary, p.toggleShown)
	}
	var codes []fyne.CanvasObject
	for _, c := range at.Codes() {
		line := c.Text
		if c.Used {
			line += " · " + t.T("rehearsal.used")
		}
		codes = append(codes, s.Strong(line))
	}
	columns := 2
	if s.Narrow() {
		columns = 1
	}
	return kit.Column(container.NewGridWithColumns(columns, codes...), s.Button(t.T("practice.codes.hide"), kit.Secondary, p.toggleShown))
}

// loss asks what still opens the account, and after an answer says why.
func (p *Page) loss(s *kit.Scope, at rehearsal.Practice, text fyne.CanvasObject) fyne.CanvasObject {
	t := s.Text
	wrong := map[rehearsal.Way]bool{}
	if o := p.st.practice.tried; o != nil {
		for _, a := range o.Answers {
			wrong[a.Way] = !a.Right()
		}
	}
	rows := []fyne.CanvasObject{text}
	for _, w := range rehearsal.Ways() {
		rows = append(rows, s.Tick(t.T("rehearsal.way."+string(w)), p.st.practice.chosen[w], func(on bool) { p.st.practice.chosen[w] = on }))
		if wrong[w] {
			rows = append(rows, s.Caption(t.T("rehearsal.loss."+string(w))))
		}
	}
	rows = append(rows, p.refused(s)...)
	return s.Card(append(rows, s.Button(t.T("practice.answer"), kit.Primary, func() {
		var ways []rehearsal.Way
		for _, w := range rehearsal.Ways() {
			if p.st.practice.chosen[w] {
				ways = append(ways, w)
			}
		}
		p.try(at.Lose(ways...))
	}))...)
}
