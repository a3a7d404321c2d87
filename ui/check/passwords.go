package check

import (
	"context"
	"path/filepath"

	"fyne.io/fyne/v2"

	"unlisted/checks/breach"
	"unlisted/checks/breach/pwned"
	"unlisted/checks/breach/pwned/offline"
	"unlisted/checks/evidence"
	"unlisted/checks/job"
	"unlisted/checks/outbound"
	"unlisted/checks/text"
	"unlisted/ui/kit"
)

// passwordCard checks the passwords of an export: online by a fragment of their
// hashes, or against a copy on this computer, where nothing leaves it.
func (p *Page) passwordCard(s *kit.Scope) fyne.CanvasObject {
	t := s.Text
	info := p.d.Passwords().Info()
	rows := []fyne.CanvasObject{
		s.Heading(t.T("check.pw")), s.Body(t.T("check.pw.why")),
		s.Body(t.T("check.sends", "host", info.Host, "what", t.T("check.pw.sends"))),
		s.Button(t.T("check.pw.choose"), kit.Secondary, func() { p.d.Choose(false, func(export string) { p.checkPasswords(export, "") }) }),
		s.Line(), s.Strong(t.T("check.offline")), s.Body(t.T("check.offline.why")),
	}
	if p.st.corpus == "" {
		rows = append(rows, s.Flow(
			s.Button(t.T("check.offline.file"), kit.Secondary, func() { p.d.Choose(false, p.useCorpus) }),
			s.Button(t.T("check.offline.folder"), kit.Secondary, func() { p.d.Choose(true, p.useCorpus) }),
		))
	} else {
		rows = append(rows, s.Body(t.T("check.offline.chosen", "file", filepath.Base(p.st.corpus))), s.Flow(
			s.Button(t.T("check.offline.export"), kit.Secondary, func() { p.d.Choose(false, func(export string) { p.checkPasswords(export, p.st.corpus) }) }),
			s.Button(t.T("check.offline.other"), kit.Quiet, func() { p.useCorpus("") }),
		))
	}
	if p.st.passwords != nil {
		rows = append(rows, s.Line(), p.passwordResults(s))
	}
	return s.Card(append(rows, p.link(s, t.T("source."+info.ID+".credit"), info.Credit))...)
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
		found, err := evidence.Scan(ctx, []string{export}, evidence.Options{Importers: p.d.Importers(), Password: batch.Add}, nil)
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

func (p *Page) passwordResults(s *kit.Scope) fyne.CanvasObject {
	t := s.Text
	var items []kit.Item
	unasked := 0
	for _, x := range p.st.passwords.sites {
		switch {
		case x.Outcome == breach.Found:
			items = append(items, kit.Item{Title: x.Site, Detail: t.N("check.pw.count", int(min(x.Count, 1<<30))), Badge: t.T("check.pw.leaked"), Tone: kit.Warning})
		case !x.Outcome.Answered():
			unasked++
		}
	}
	rows := []fyne.CanvasObject{
		s.Strong(t.N("check.pw.found", len(items), "all", t.Number(int64(len(p.st.passwords.sites))))),
		s.Caption(t.N("check.pw.distinct", p.st.passwords.distinct)),
	}
	if unasked > 0 {
		rows = append(rows, s.Strong(t.N("check.pw.unasked", unasked)))
	}
	if len(items) > 0 {
		rows = append(rows, s.List(items, nil), s.Body(t.T("check.pw.do")))
	}
	return kit.Column(rows...)
}
