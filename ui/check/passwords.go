package check

import (
	"context"
	"path/filepath"

	"fyne.io/fyne/v2"

	"unlisted/checks/breach/pwned"
	"unlisted/checks/breach/pwned/offline"
	"unlisted/checks/evidence"
	"unlisted/checks/job"
	"unlisted/checks/outbound"
	"unlisted/checks/text"
	"unlisted/ui/kit"
)

// passwordCheck is what one export was told.
type passwordCheck struct {
	sites    []pwned.Site
	distinct int
}

// passwordPage checks the passwords of an export: online by a fragment of their
// hashes, or against a copy on this computer, where nothing leaves it.
func (p *Page) passwordPage(s *kit.Scope) fyne.CanvasObject {
	t := s.Text
	info := p.d.Passwords().Info()
	online := s.Panel(t.T("check.pw.online"),
		s.Body(t.T("check.sends", "host", info.Host, "what", t.T("check.pw.sends"))),
		s.Button(t.T("check.pw.choose"), kit.Primary, func() {
			p.d.Choose(false, func(export string) { p.checkPasswords(export, "") })
		}),
		p.link(s, link{t.T("source." + info.ID + ".credit"), info.Credit}))
	copied := []fyne.CanvasObject{s.Caption(t.T("check.offline.why"))}
	if p.st.corpus == "" {
		copied = append(copied, s.Flow(
			s.Button(t.T("check.offline.file"), kit.Secondary, func() { p.d.Choose(false, p.useCorpus) }),
			s.Button(t.T("check.offline.folder"), kit.Secondary, func() { p.d.Choose(true, p.useCorpus) }),
		))
	} else {
		copied = append(copied, s.Body(t.T("check.offline.chosen", "file", filepath.Base(p.st.corpus))), s.Flow(
			s.Button(t.T("check.offline.export"), kit.Secondary, func() {
				p.d.Choose(false, func(export string) { p.checkPasswords(export, p.st.corpus) })
			}),
			s.Button(t.T("check.offline.other"), kit.Quiet, func() { p.useCorpus("") }),
		))
	}
	page := kit.PageParts{Above: p.back(s), Title: t.T("check.pw"), Lead: t.T("check.pw.why")}
	ways := kit.Column(online, s.Panel(t.T("check.offline"), copied...))
	if page.Body = ways; p.st.passwords != nil {
		v := makePasswords(p.st.passwords, t)
		page.Title = v.title
		page.Body = s.Columns(p.passwordResults(s, v), ways)
	}
	return s.Page(page)
}

// passwordResults are the sites whose password leaked, and what that rests on.
func (p *Page) passwordResults(s *kit.Scope, v *passwordView) fyne.CanvasObject {
	var rows []fyne.CanvasObject
	for _, line := range v.lines {
		rows = append(rows, s.Body(line))
	}
	if len(v.rows) > 0 {
		rows = append(rows, s.Strong(s.Text.T("check.pw.do")), s.Rows(answers(v.rows), nil))
	}
	return s.Panel("", rows...)
}

func (p *Page) useCorpus(path string) {
	p.st.corpus = path
	p.d.Redraw()
}

// checkPasswords reads an export and checks its passwords against the copy, or
// online where copy is "": choosing the file under the sentence that names host
// and content is the person's yes.
func (p *Page) checkPasswords(export, copied string) {
	var check passwordCheck
	p.d.Run("check.passwords", func(ctx context.Context, report func(job.Progress)) error {
		var batch pwned.Batch
		found, err := evidence.Scan(
			ctx, []string{export}, evidence.Options{Importers: p.d.Importers(), Password: batch.Add}, nil,
		)
		if err != nil {
			return err
		}
		if check.distinct = batch.Len(); check.distinct == 0 {
			return noPasswords(found)
		}
		if copied == "" {
			check.sites = p.d.Passwords().Check(ctx, outbound.Yes(pwned.ID), &batch, report)
			return nil
		}
		corpus, err := offline.Open(copied)
		if err != nil {
			return err
		}
		defer corpus.Close()
		check.sites, err = pwned.CheckOffline(ctx, corpus, &batch, report)
		return err
	}, func(err error) {
		p.st.passwords = nil
		if check.distinct > 0 {
			p.st.passwords = &check // what a damaged copy found has leaked all the same
		}
		p.d.Tell(err)
		p.d.Redraw()
	})
}

// noPasswords is why there is nothing to check: what was wrong with the file, or
// that it holds none.
func noPasswords(r evidence.Report) error {
	for _, src := range r.Sources {
		if len(src.Problems) > 0 {
			return &src.Problems[0]
		}
	}
	return &text.Error{Key: "error.check.no_passwords"}
}
