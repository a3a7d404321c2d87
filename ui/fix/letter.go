package fix

import (
	"io"

	"fyne.io/fyne/v2"

	"unlisted/checks/letter"
	"unlisted/checks/overview"
	"unlisted/ui/kit"
)

// letter offers the letter to a platform that does not let a number go.
func (p *Page) letter(s *kit.Scope, id string) fyne.CanvasObject {
	t, d := s.Text, p.data()
	a, ok := d.overview.Find(id)
	if !ok {
		return kit.Column()
	}
	pl := d.catalog.Get(a.Platform, a.Name)
	save := func() {
		number := letter.NumberOf(a, pl, overview.Own(d.profile))
		words := letter.Number{Platform: pl, SignIn: a.SignIn, Number: number, Date: p.d.Now()}.Write(t)
		p.d.Save(t.T("letter.number.file")+"-"+pl.ID+".txt", func(w io.Writer) error {
			_, err := io.WriteString(w, words)
			return err
		})
	}
	return kit.CompactColumn(
		s.Caption(t.T("letter.number.why")), s.Button(t.T("letter.number.button", "platform", pl.Name), kit.Secondary, save),
	)
}
