package evidence

import (
	"bytes"
	"cmp"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"hash/maphash"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"unlisted/checks/identifier"
	"unlisted/checks/job"
)

// Limits that keep a hostile archive from eating the machine. Real archives are
// large but streamed; only counts, depth and nested archives cost memory.
const (
	headSize     = 64 << 10  // bytes an importer recognises a file by
	maxMembers   = 300_000   // members of one archive or folder
	maxDepth     = 3         // archives inside archives
	maxNested    = 256 << 20 // bytes of an archive inside an archive, held in memory
	maxRatio     = 400       // expansion of one member; exports stay below 100, deflate itself ends at 1032
	maxMember    = 200 << 30 // bytes of one member, uncompressed
	maxProblems  = 50        // told per source; more say the same
	maxFindings  = 500_000   // per scan
	readChunk    = 256 << 10 // bytes between two looks at the context
	largeEnough  = 1 << 20   // below this no ratio is suspicious
	maxDetailLen = 200       // bytes of a Detail
)

// Options say how a scan reads.
type Options struct {
	Importers []Importer
	Region    string                  // the person's region for national numbers, ISO 3166-1, may be ""
	Own       []identifier.Identifier // the person's own, to find them in bodies
	Unlock    []Unlock                // tried on every encrypted file, in this order
	// Identity makes the ID of a source out of where it lies: the absolute path the
	// person gave, with the member. It must not give the path away. Nil: sources
	// have no ID, and are known by their label.
	Identity func(origin string) string
	// Password, if set, is handed every saved password with the site or app it
	// belongs to, for a check that the person asked for. It must not keep it.
	Password func(password, site string)
}

// Scan reads files, folders and archives and returns what they show. It goes on
// past whatever cannot be read and says so in the report. The error is the
// context's only: what was found before comes with it. Equal files give an
// equal report, whatever the order of the paths.
func Scan(ctx context.Context, paths []string, o Options, progress func(job.Progress)) (Report, error) {
	s := newScan(ctx, o, progress)
	seen := map[string]bool{}
	for _, p := range paths {
		abs, err := filepath.Abs(p)
		if err != nil {
			abs = p
		}
		if !seen[abs] {
			seen[abs] = true
			s.total += sizeOf(abs)
		}
	}
	for _, group := range parts(slices.Sorted(maps.Keys(seen))) {
		if ctx.Err() != nil {
			break
		}
		s.place(group)
	}
	if ctx.Err() == nil {
		s.advance(max(0, s.total-int64(s.done))) // what nobody had to read
	}
	return s.report(), ctx.Err()
}

// ScanFS is Scan of a whole tree that is not on disk, such as the embedded
// sample person's files.
func ScanFS(ctx context.Context, label string, tree fs.FS, o Options, progress func(job.Progress)) (Report, error) {
	s := newScan(ctx, o, progress)
	s.tree(label, tree, 0)
	return s.report(), ctx.Err()
}

func sizeOf(p string) (n int64) {
	_ = filepath.WalkDir(p, func(_ string, d fs.DirEntry, err error) error {
		if err == nil && d.Type().IsRegular() {
			if i, err := d.Info(); err == nil {
				n += i.Size()
			}
		}
		return nil
	})
	return n
}

// scan is the state of one run.
type scan struct {
	ctx      context.Context
	options  Options
	progress func(job.Progress)
	seed     maphash.Seed // drops out of reach with the scan: no password hash outlives it
	salt     [16]byte
	done     float64 // bytes read so far, as they stand on the disk
	total    int64
	share    float64 // of a byte that an importer reads, on the disk
	sources  []Source
	origin   string // the folder of what the person gave; "" for a tree that is not on disk
	findings map[findingKey]*Finding
	secrets  map[uint64]map[string]Finding // password hash -> site -> an account finding
	full     bool
}

// findingKey tells equal findings apart from different ones; their counts and
// dates are merged.
type findingKey struct {
	fact                                                                 Fact
	site, app, name, id, user, account, format, source, sourceID, detail string
	purpose                                                              Purpose
	confidence                                                           Confidence
}

func newScan(ctx context.Context, o Options, progress func(job.Progress)) *scan {
	s := &scan{
		ctx: ctx, options: o, progress: progress, seed: maphash.MakeSeed(),
		share: 1, findings: map[findingKey]*Finding{}, secrets: map[uint64]map[string]Finding{},
	}
	rand.Read(s.salt[:])
	if s.progress == nil {
		s.progress = func(job.Progress) {}
	}
	return s
}

// place reads one file or folder, or the parts of one archive.
func (s *scan) place(group []string) {
	label := filepath.Base(group[0])
	s.origin = filepath.Dir(group[0])
	info, err := os.Stat(group[0])
	if err != nil || !info.IsDir() && !info.Mode().IsRegular() {
		s.failed(label, problem(label, "error.evidence.unreadable"))
		return
	}
	folder := group[0]
	if !info.IsDir() {
		folder = filepath.Dir(folder)
	}
	root, err := os.OpenRoot(folder) // links cannot lead out of the folder
	if err != nil {
		s.failed(label, problem(label, "error.evidence.unreadable"))
		return
	}
	defer root.Close()
	switch {
	case info.IsDir():
		s.tree(label, root.FS(), 0)
	case len(group) > 1 && s.together(label, root.FS(), bases(group), 0):
	default:
		for _, p := range group {
			var size int64
			if i, err := os.Stat(p); err == nil {
				size = i.Size()
			}
			s.file(filepath.Base(p), root.FS(), filepath.Base(p), size, 0)
		}
	}
}

func bases(paths []string) []string {
	out := make([]string, len(paths))
	for i, p := range paths {
		out[i] = filepath.Base(p)
	}
	return out
}

// tree reads a folder or archive: first every importer that wants it whole,
// since one folder may hold several archives, then each file by itself.
func (s *scan) tree(label string, tree fs.FS, depth int) {
	files, problems := s.list(label, tree)
	in := Input{Label: label, FS: tree, Name: ".", Files: files}
	known := false
	for _, imp := range s.options.Importers {
		if imp.Format().Tree && safely(func() Certainty { return imp.Recognise(s.ctx, in) }) > No {
			s.read(imp, in, nil)
			if known = true; imp.Format().Whole {
				return
			}
		}
	}
	if len(problems) > 0 {
		s.failed(label, problems...)
	}
	before := len(s.sources)
	for _, group := range parts(files) {
		if s.ctx.Err() != nil {
			return
		}
		if len(group) > 1 && s.together(label+"!"+group[0], tree, group, depth+1) {
			continue
		}
		for _, f := range group {
			if known && media(f) {
				continue // an archive's own pages and pictures
			}
			var size int64
			if info, err := fs.Stat(tree, f); err == nil {
				size = info.Size()
			}
			s.member(label, tree, f, size, depth, known)
		}
	}
	if !known && len(s.sources) == before && len(problems) == 0 {
		s.failed(label, problem(label, "error.evidence.unknown_tree"))
	}
}

// media reports files that no importer of single files reads.
func media(name string) bool {
	switch strings.ToLower(path.Ext(name)) {
	case ".js", ".html", ".htm", ".css", ".jpg", ".jpeg", ".png", ".gif", ".webp", ".mp4", ".mov", ".heic", ".svg", ".woff", ".woff2", ".ttf":
		return true
	}
	return false
}

// list walks a tree and leaves out noise, links and what hides or lies.
func (s *scan) list(label string, tree fs.FS) (files []string, problems []Problem) {
	_ = fs.WalkDir(tree, ".", func(name string, d fs.DirEntry, err error) error {
		switch {
		case s.ctx.Err() != nil:
			return fs.SkipAll
		case err != nil:
			return nil
		case len(files) >= maxMembers:
			problems = append(problems, problem(label, "error.evidence.too_many"))
			return fs.SkipAll
		case name != "." && noise(d.Name()):
			if d.IsDir() {
				return fs.SkipDir
			}
			return nil
		case d.Type().IsRegular():
			files = append(files, name)
		}
		return nil
	})
	slices.Sort(files)
	return files, problems
}

func noise(base string) bool {
	switch strings.ToLower(base) {
	case "__macosx", ".ds_store", "thumbs.db", "desktop.ini", "no-data.txt", ".git":
		return true
	}
	return strings.HasPrefix(base, "._")
}

// member reads one file of a tree; a file that nothing knows is passed over in
// silence, since archives are full of them.
func (s *scan) member(label string, tree fs.FS, name string, size int64, depth int, counted bool) {
	head, err := readHead(tree, name)
	if err != nil {
		if p := openProblem(label, err); p != nil {
			s.failedOnce(label, *p)
		}
		return
	}
	if kind := packed(head); kind != "" {
		s.nested(label+"!"+name, tree, name, size, kind, depth+1)
		return
	}
	in := Input{Label: label + "!" + name, FS: tree, Name: name, Size: size, Head: head}
	imp := s.recognise(in)
	if imp == nil {
		if !counted { // by the importer of the whole tree
			s.advance(size)
		}
		return
	}
	s.read(imp, in, nil)
}

// file reads a file the person named, which deserves an answer in any case.
func (s *scan) file(label string, dir fs.FS, name string, size int64, depth int) {
	head, err := readHead(dir, name)
	if err != nil {
		s.failed(label, problem(label, "error.evidence.unreadable"))
		return
	}
	if kind := packed(head); kind != "" {
		s.nested(label, dir, name, size, kind, depth)
		return
	}
	in := Input{Label: label, FS: dir, Name: name, Size: size, Head: head}
	if imp := s.recognise(in); imp != nil {
		s.read(imp, in, nil)
		return
	}
	if s.alone(label, dir, name) {
		return
	}
	if size == 0 {
		s.failed(label, problem(label, "error.evidence.empty"))
		return
	}
	s.failed(label, problem(label, unknownKey(head)))
}

// alone reads one page of an archive by itself, where an importer of whole
// archives is sure of it.
func (s *scan) alone(label string, dir fs.FS, name string) bool {
	in := Input{Label: label, FS: dir, Name: ".", Files: []string{name}}
	for _, imp := range s.options.Importers {
		if imp.Format().Tree && safely(func() Certainty { return imp.Recognise(s.ctx, in) }) == Sure {
			s.read(imp, in, nil)
			return true
		}
	}
	return false
}

// unknownKey says as much as the first bytes tell about a file nothing reads.
func unknownKey(head []byte) string {
	for magic, key := range map[string]string{
		"\x03\xd9\xa2\x9a": "error.evidence.keepass", "!BDN": "error.evidence.pst", "SQLite format 3\x00": "error.evidence.sqlite",
		"age-encryption.org": "error.evidence.encrypted",
		"-----BEGIN PGP":     "error.evidence.encrypted", "Rar!": "error.evidence.rar",
	} {
		if bytes.HasPrefix(head, []byte(magic)) {
			return key
		}
	}
	return "error.evidence.unknown"
}

// recognise returns the surest importer of a single file; the first in the list where two are
// equally sure.
func (s *scan) recognise(in Input) (best Importer) {
	surest := No
	for _, imp := range s.options.Importers {
		if imp.Format().Tree {
			continue
		}
		if c := safely(func() Certainty { return imp.Recognise(s.ctx, in) }); c > surest {
			surest, best = c, imp
		}
	}
	return best
}

// safely turns a panic of an importer into "not mine".
func safely(f func() Certainty) (c Certainty) {
	defer func() {
		if recover() != nil {
			c = No
		}
	}()
	return f()
}

func (s *scan) read(imp Importer, in Input, problems []Problem) {
	out := &sink{scan: s, label: in.Label, format: imp.Format().ID, family: imp.Format().Family, source: Source{ID: s.identity(in.Label), Path: in.Label, Format: imp.Format().ID, Problems: problems}}
	err := func() (err error) {
		defer func() {
			if v := recover(); v != nil {
				err = fmt.Errorf("importer panicked: %T", v)
			}
		}()
		return imp.Read(s.ctx, in, out)
	}()
	if err != nil && s.ctx.Err() == nil {
		var p *Problem
		switch {
		case errors.As(err, &p):
			out.Problem(*p)
		default:
			if op := openProblem(in.Label, err); op != nil {
				out.Problem(*op)
			} else {
				out.Problem(problem(in.Label, "error.evidence.damaged"))
			}
		}
	}
	s.advance(max(0, in.Size-out.bytes))
	if out.source.Problems == nil {
		out.source.Problems = []Problem{}
	}
	s.sources = append(s.sources, out.source)
}

// identity is the ID of the source with a label in what is read now.
func (s *scan) identity(label string) string {
	if s.options.Identity == nil {
		return ""
	}
	return s.options.Identity(s.origin + "/" + label)
}

func (s *scan) failed(label string, problems ...Problem) {
	s.sources = append(s.sources, Source{Path: label, Problems: problems})
}

// failedOnce tells of an archive once what holds for many of its members.
func (s *scan) failedOnce(label string, p Problem) {
	for _, src := range s.sources {
		if src.Path == label && src.Format == "" && len(src.Problems) == 1 && src.Problems[0].What == p.What {
			return
		}
	}
	s.failed(label, p)
}

// advance counts bytes read, those of archives as what they take on the disk.
func (s *scan) advance(n int64) {
	s.done += float64(n) * s.share
	s.progress(job.Progress{Step: "find.reading", Done: min(int64(s.done), max(s.total, 0)), Total: max(s.total, 0), Bytes: true})
}

func problem(where, key string) Problem { return Problem{Where: where, What: key} }

// NewProblem makes a problem for an importer; key is below "error.".
func NewProblem(where, key string) *Problem { return &Problem{Where: where, What: key} }

// report sorts everything, so that equal files give equal bytes.
func (s *scan) report() Report {
	s.reuse()
	r := Report{Sources: s.sources, Findings: make([]Finding, 0, len(s.findings))}
	for _, f := range s.findings {
		r.Findings = append(r.Findings, *f)
	}
	slices.SortFunc(r.Findings, compareFindings)
	slices.SortStableFunc(r.Sources, func(a, b Source) int {
		return cmp.Or(strings.Compare(a.Path, b.Path), strings.Compare(a.Format, b.Format), strings.Compare(a.ID, b.ID))
	})
	return r
}

func compareFindings(a, b Finding) int {
	return cmp.Or(strings.Compare(a.Source, b.Source), strings.Compare(a.Format, b.Format), strings.Compare(a.Site, b.Site),
		strings.Compare(a.App, b.App), strings.Compare(a.Name, b.Name), strings.Compare(string(a.Fact), string(b.Fact)),
		cmp.Compare(a.Identifier.Kind, b.Identifier.Kind), strings.Compare(a.Identifier.Value, b.Identifier.Value),
		strings.Compare(a.UserName, b.UserName), strings.Compare(string(a.Purpose), string(b.Purpose)),
		cmp.Compare(a.Confidence, b.Confidence), strings.Compare(a.Detail, b.Detail), strings.Compare(a.SourceID, b.SourceID))
}

// reuse turns equal passwords into findings: a group is numbered by its first
// site, and a group within one site is no reuse.
func (s *scan) reuse() {
	var groups [][]Finding
	for _, sites := range s.secrets {
		if len(sites) < 2 {
			continue
		}
		var g []Finding
		for _, f := range sites {
			g = append(g, f)
		}
		slices.SortFunc(g, compareFindings)
		groups = append(groups, g)
	}
	slices.SortFunc(groups, func(a, b []Finding) int { return slices.CompareFunc(a, b, compareFindings) })
	for i, g := range groups {
		for _, f := range g {
			f.Fact, f.Detail, f.Count = FactReuse, fmt.Sprint(i+1), 1
			s.add(f)
		}
	}
}

func (s *scan) add(f Finding) {
	f.Count = max(1, f.Count)
	f.Detail = clean(f.Detail, maxDetailLen)
	f.Name, f.UserName = clean(f.Name, maxDetailLen), clean(f.UserName, maxDetailLen)
	k := findingKey{f.Fact, f.Site, f.App, f.Name, f.Identifier.Value, f.UserName, f.Account, f.Format, f.Source, f.SourceID, f.Detail, f.Purpose, f.Confidence}
	old := s.findings[k]
	if old == nil {
		if len(s.findings) >= maxFindings {
			s.full = true
			return
		}
		s.findings[k] = &f
		return
	}
	old.Count += f.Count
	if old.First.IsZero() || !f.First.IsZero() && f.First.Before(old.First) {
		old.First = f.First
	}
	if f.Last.After(old.Last) {
		old.Last = f.Last
	}
}
