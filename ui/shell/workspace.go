package shell

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/url"
	"path/filepath"
	"strings"
	"sync/atomic"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/storage"

	"unlisted/checks/breach"
	allsources "unlisted/checks/breach/all"
	"unlisted/checks/breach/pwned"
	"unlisted/checks/catalog"
	"unlisted/checks/evidence"
	"unlisted/checks/evidence/here"
	"unlisted/checks/job"
	"unlisted/checks/outbound"
	"unlisted/checks/overview"
	"unlisted/checks/overview/watch"
	"unlisted/checks/profile"
	"unlisted/checks/reach"
	"unlisted/checks/sample"
	"unlisted/checks/session"
	"unlisted/checks/text"
	"unlisted/ui/kit"
)

// workspace is one open profile in the window, with its pages and all that the
// person did there and has not finished. The invented person has one of their
// own, while that of the person waits. Its exported methods are what pages may
// ask of the window; each page names the few it uses.
type workspace struct {
	shell   *Shell
	session *session.Session
	store   *profile.Store // nil: temporary
	secrets *secrets       // API keys and passwords in memory
	client  *outbound.Client
	sources []breach.Source
	pages   map[string]page
	memory  map[kit.Route]*kit.Memory
	now     kit.Route
	back    []kit.Route
	notices notices
	sums    sums
	changes atomic.Uint32 // not looked at yet
	release func()
	ended   bool // locked, erased or closed
}

// notices is what is told above the page.
type notices struct {
	err   error
	ready *kit.Route // where something waits
}

// sums is what is costly to work out of the profile, until it changes.
type sums struct {
	of       *profile.Profile
	overview *overview.Overview
	models   [2]*reach.Model // today, and after the plan
}

// summed are the parts of the profile that the sums are of.
const summed = session.Identifiers | session.Findings | session.Lookups | session.Claims | session.Answers | session.Plan

// newWorkspace opens a session in the window. It stays out of sight until it is
// brought forward.
func (s *Shell) newWorkspace(open *session.Session, store *profile.Store, held map[string]string) *workspace {
	w := &workspace{
		shell: s, session: open, store: store, secrets: newSecrets(held),
		memory: map[kit.Route]*kit.Memory{}, now: kit.Route{Page: firstPage},
	}
	client, release, err := open.NewClient(outbound.Config{
		UserAgent: "Unlisted/" + s.o.Version, Now: s.o.Now, Base: s.o.Base, MailBase: s.o.MailBase,
	})
	w.client, w.notices.err = client, err // what stands for the hosts in a test is no address of this computer
	if client != nil {
		w.sources = allsources.Sources(client, w.Key, s.o.Breaches, s.o.Now)
	}
	w.pages = map[string]page{}
	for _, p := range railPages() {
		w.pages[p.id] = p.make(w)
	}
	cancel := open.Subscribe(func(c session.Changed) {
		if w.changes.Or(uint32(c)) == 0 { // one look for all that changed meanwhile
			s.o.Post(func() { w.changed(session.Changed(w.changes.Swap(0))) })
		}
	})
	w.release = func() {
		cancel()
		if release != nil {
			release()
		}
	}
	return w
}

// end lets the workspace go; late results of its work are dropped.
func (w *workspace) end() {
	w.ended = true
	w.shell.jobs.drop(w)
	w.release()
}

// changed looks anew at what concerns the part that changed.
func (w *workspace) changed(c session.Changed) {
	if c.Has(summed) {
		w.sums = sums{}
	}
	if w.shell.front != w || w.ended {
		return
	}
	if c.Has(session.Settings) {
		w.shell.watchIdle()
		w.shield()
	}
	if c.Has(session.Settings) && w.shell.relook(w.Profile().Settings, true) {
		return
	}
	w.shell.drawStatus()
	if c.Has(summed) {
		w.shell.drawRail()
	}
	if c.Has(concerns(w.now.Page)) {
		w.shell.drawPage()
	}
}

// shield keeps the window out of screenshots, or lets it be seen again.
func (w *workspace) shield() {
	if w.shell.o.Shield != nil {
		w.shell.o.Shield(w.Profile().Settings.Shielded)
	}
}

// memoryOf is what the person typed on a route.
func (w *workspace) memoryOf(r kit.Route) *kit.Memory {
	m := w.memory[r]
	if m == nil {
		m = kit.NewMemory()
		w.memory[r] = m
	}
	return m
}

// Profile is the profile as it is now. It is shared and never altered.
func (w *workspace) Profile() *profile.Profile { return w.session.Snapshot() }

// fresh lets go of what was worked out of an earlier state, also where the change
// has not been looked at yet.
func (w *workspace) fresh() {
	if p := w.Profile(); w.sums.of != p {
		if session.Changed(w.changes.Load()).Has(summed) {
			w.sums = sums{}
		}
		w.sums.of = p
	}
}

// Overview is what the profile adds up to.
func (w *workspace) Overview() overview.Overview {
	w.fresh()
	if w.sums.overview == nil {
		o := overview.Of(w.Profile(), w.Catalog(), w.Breaches())
		w.sums.overview = &o
	}
	return *w.sums.overview
}

// Reach is the access graph, of today or of the time after the plan.
func (w *workspace) Reach(planned bool) *reach.Model {
	o := w.Overview()
	i := 0
	if planned {
		i = 1
	}
	if w.sums.models[i] == nil {
		w.sums.models[i] = overview.Reach(w.Profile(), o, w.Catalog(), planned)
	}
	return w.sums.models[i]
}

// Catalog is the catalogue of platforms.
func (w *workspace) Catalog() *catalog.Catalog { return w.shell.o.Catalog }

// Breaches is the catalogue of leaks in use.
func (w *workspace) Breaches() *breach.Catalogue { return w.shell.o.Breaches }

// UseBreaches takes another catalogue of leaks from now on.
func (w *workspace) UseBreaches(c *breach.Catalogue) {
	if c == w.shell.o.Breaches {
		return
	}
	w.shell.o.Breaches, w.sums = c, sums{}
	w.sources = allsources.Sources(w.client, w.Key, c, w.shell.o.Now)
}

// Credits lists whose data is used.
func (w *workspace) Credits() []catalog.Credit { return w.shell.o.Credits }

// Importers reads files.
func (w *workspace) Importers() []evidence.Importer { return w.shell.o.Importers }

// Look finds what could be read on this computer; of the invented person, on theirs.
func (w *workspace) Look(ctx context.Context) ([]here.Found, error) {
	switch {
	case w.Profile().Sample:
		return here.Look(ctx, sample.Computer(w.Now()))
	case w.shell.o.Here == nil:
		return nil, nil
	}
	return w.shell.o.Here(ctx)
}

// ReadFiles reads files; what was found at the invented person's is theirs.
func (w *workspace) ReadFiles(
	ctx context.Context, paths []string, o evidence.Options, progress func(job.Progress),
) (evidence.Report, error) {
	if w.Profile().Sample && w.shell.o.SampleFiles != nil && len(paths) > 0 && sample.Has(paths[0]) {
		return sample.Scan(ctx, w.shell.o.SampleFiles, paths, o, progress)
	}
	return evidence.Scan(ctx, paths, o, progress)
}

// Sources are the breach sources.
func (w *workspace) Sources() []breach.Source { return w.sources }

// Scheduler puts questions to sources, about the person and nobody else.
func (w *workspace) Scheduler(sources []breach.Source) breach.Scheduler {
	return breach.NewScheduler(w.client, sources, overview.Own(w.Profile()))
}

// Passwords checks passwords by the beginning of their hashes.
func (w *workspace) Passwords() *pwned.Source { return pwned.New(w.client, w.shell.o.Now) }

// Client is the only way to the network.
func (w *workspace) Client() *outbound.Client { return w.client }

// Newer asks whether there is a new leak. It runs away from the window's thread.
func (w *workspace) Newer(ctx context.Context) (*breach.Catalogue, error) {
	folder := ""
	if w.store != nil {
		folder = filepath.Dir(w.shell.o.Path)
	}
	return watch.Refresh(ctx, w.client, folder, w.shell.known(), w.shell.o.Now)
}

// Region is that of national numbers.
func (w *workspace) Region() string {
	if r := w.Profile().Settings.Region; r != "" {
		return r
	}
	return w.shell.o.Region
}

// Languages lists the languages there are.
func (w *workspace) Languages() []string { return w.shell.o.Texts.Languages() }

// Text writes in the person's language.
func (w *workspace) Text() *text.Printer { return w.shell.kit.Text }

// Version is that of the program.
func (w *workspace) Version() string { return w.shell.o.Version }

// Now is the time.
func (w *workspace) Now() time.Time { return w.shell.o.Now() }

// Try makes a change; the error is the reason of a refusal.
func (w *workspace) Try(c session.Change) error { return w.session.Apply(c) }

// Apply makes a change; a refusal is told, and false.
func (w *workspace) Apply(c session.Change) bool {
	err := w.session.Apply(c)
	w.Tell(err)
	return err == nil
}

// At is the route in sight.
func (w *workspace) At() kit.Route { return w.now }

// Go goes to a page.
func (w *workspace) Go(page, arg string) { w.goTo(kit.Route{Page: page, Arg: arg}) }

// Offer goes to a page where something is ready, if the person is still where it
// was asked for; else it says so, and they go on with what they do.
func (w *workspace) Offer(from kit.Route, page, arg string) {
	to := kit.Route{Page: page, Arg: arg}
	switch w.now {
	case from:
		w.goTo(to)
	case to:
		w.Redraw()
	default:
		w.notices.ready = &to
		w.Redraw()
	}
}

func (w *workspace) goTo(to kit.Route) {
	if w.pages[to.Page] == nil {
		w.Tell(&text.Error{Key: "error.page.gone"})
		return
	}
	if to != w.now {
		w.back = append(w.back, w.now)
		w.back = w.back[max(0, len(w.back)-maxBack):]
	}
	w.move(to)
}

// maxBack bounds how far back one can go.
const maxBack = 50

func (w *workspace) goBack() {
	if n := len(w.back); n > 0 {
		to := w.back[n-1]
		w.back = w.back[:n-1]
		w.move(to)
	}
}

func (w *workspace) move(to kit.Route) {
	w.shell.remember()
	if to != w.now && to.Page == w.now.Page {
		w.memoryOf(to).Follow(w.memory[w.now])
	}
	w.now, w.notices.err = to, nil
	if w.notices.ready != nil && *w.notices.ready == to {
		w.notices.ready = nil
	}
	w.shell.drawAll()
}

// Redraw builds the page in sight anew.
func (w *workspace) Redraw() {
	if w.shell.front == w {
		w.shell.drawPage()
	}
}

// Tell shows an error above the page; nil and a stop by the person are none.
func (w *workspace) Tell(err error) {
	if err == nil || errors.Is(err, context.Canceled) {
		return
	}
	w.notices.err = err
	w.Redraw()
}

// Forget takes what was typed on a route, and on those under it, out of memory.
func (w *workspace) Forget(page, under string) {
	for r, m := range w.memory {
		if r.Page == page && (r.Arg == under || strings.HasPrefix(r.Arg, under+"/")) {
			m.Forget()
		}
	}
}

// Open opens an address in the browser.
func (w *workspace) Open(address string) {
	if u, err := url.Parse(address); err == nil && u.Scheme == "https" {
		w.Tell(w.shell.o.OpenURL(u))
	}
}

// ShowFile opens the folder a file lies in, with the system's own program.
func (w *workspace) ShowFile(path string) {
	dir := filepath.ToSlash(filepath.Dir(path))
	if !strings.HasPrefix(dir, "/") {
		dir = "/" + dir // C:/Users/pat
	}
	w.Tell(w.shell.o.OpenURL(&url.URL{Scheme: "file", Path: dir}))
}

// Run does long work, with the job bar.
func (w *workspace) Run(step string, do kit.Work, end func(error)) {
	w.shell.jobs.run(w, step, do, end)
}

// Notify says something on the desktop.
func (w *workspace) Notify(title, text string) {
	if w.shell.o.Notify != nil {
		w.shell.o.Notify(title, text)
	}
}

// Choose opens the file dialog; dropping files on the window is the faster way.
func (w *workspace) Choose(folder bool, picked func(string)) {
	if folder {
		w.show(dialog.NewFolderOpen(func(u fyne.ListableURI, err error) {
			if err == nil && u != nil {
				picked(u.Path())
			}
		}, w.shell.win), w.shell.o.Home)
		return
	}
	w.show(w.fileDialog(picked), w.shell.o.Home)
}

func (w *workspace) fileDialog(picked func(string)) *dialog.FileDialog {
	return dialog.NewFileOpen(func(r fyne.URIReadCloser, err error) {
		if err == nil && r != nil {
			path := r.URI().Path()
			_ = r.Close()
			picked(path)
		}
	}, w.shell.win)
}

// show opens a file dialog in a folder; "" or one that is not there leaves that to the toolkit.
func (w *workspace) show(d *dialog.FileDialog, folder string) {
	if folder != "" {
		if at, err := storage.ListerForURI(storage.NewFileURI(folder)); err == nil {
			d.SetLocation(at)
		}
	}
	d.Show()
}

// TakeDownload opens the file dialog where browsers put what they download, and reads what is chosen.
func (w *workspace) TakeDownload() {
	w.show(w.fileDialog(func(path string) { w.scan([]string{path}) }), w.shell.o.Downloads)
}

// Save asks where to write something, and writes it. write runs away from the
// window's thread: what it needs is taken from the page before. A file is begun
// only once all of it is there.
func (w *workspace) Save(name string, write func(io.Writer) error) {
	d := dialog.NewFileSave(func(f fyne.URIWriteCloser, err error) {
		if err != nil || f == nil {
			w.Tell(err)
			return
		}
		w.writeTo(f, write)
	}, w.shell.win)
	d.SetFileName(name)
	w.show(d, w.shell.o.Home)
}

func (w *workspace) writeTo(f io.WriteCloser, write func(io.Writer) error) {
	w.aside("job.save", func(context.Context) error {
		var whole bytes.Buffer
		err := write(&whole)
		if err == nil {
			_, err = f.Write(whole.Bytes())
		}
		return errors.Join(err, f.Close())
	}, w.Tell)
}
