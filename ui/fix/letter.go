package fix

import (
	"io"

	"fyne.io/fyne/v2"

	"unlisted/checks/account"
	"unlisted/checks/catalog"
	"unlisted/checks/letter"
	"unlisted/checks/overview"
	"unlisted/ui/kit"
)

// letter offers the letter to a platform that does not let a number go; nothing
// for all others.
func (p *Page) letter(s *kit.Scope, pl *catalog.Platform, a account.Account) []fyne.CanvasObject {
	t := s.Text
	number := letter.NumberOf(a, pl, overview.Own(p.d.Profile()))
	forced := pl.Exit == catalog.ExitForced || pl.Exit == catalog.ExitReplaceOnly || pl.Exit == catalog.ExitForcedFallback
	if !forced || number.IsZero() {
		return nil
	}
	return []fyne.CanvasObject{s.Caption(t.T("letter.number.why")), s.Button(t.T("letter.number.button", "platform", pl.Name), kit.Secondary, func() {
		text := letter.Number{Platform: pl, SignIn: a.SignIn, Number: number, Date: p.d.Now()}.Write(t)
		p.d.Save(t.T("letter.number.file")+"-"+pl.ID+".txt", func(w io.Writer) error {
			_, err := io.WriteString(w, text)
			return err
		})
	})}
}
