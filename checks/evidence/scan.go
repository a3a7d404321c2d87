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
	maxRatio     = 400       // expansion of one member; exports stay below 100, deflate itself ends at 1032
	maxMember    = 200 << 30 // bytes of one member, uncompressed
	maxProblems  = 50        // told per source; more say the same
	maxFindings  = 80_000    // per scan; ten years of mail give some thousands
	maxReuse     = 1000      // sites told to share one password: each names all the others
	maxSecrets   = 30_000    // passwords compared with each other
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
	s.onDisk = true
	seen := map[string]bool{}
	for _, p := range paths {
		abs, err := filepath.Abs(p)
		if err != nil {
			abs = p
		}
		if !seen[abs] {
			seen[abs] = true
			s.total += sizeOf(ctx, abs)
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

func sizeOf(ctx context.Context, p string) (n int64) {
	_ = filepath.WalkDir(p, func(_ string, d fs.DirEntry, err error) error {
		if ctx.Err() != nil {
			return fs.SkipAll
		}
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
	budget   budget
	onDisk   bool // files can be opened as often as one likes: what comes from elsewhere may be fetched as it is read
}

// findingKey tells equal findings apart from different ones; their counts and
// dates are merged.
type findingKey struct {
	fact                                                                      Fact
	site, app, name, id, user, account, format, source, sourceID, detail, why string
	purpose                                                                   Purpose
	confidence                                                                Confidence
}

func newScan(ctx context.Context, o Options, progress func(job.Progress)) *scan {
	s := &scan{
		ctx: ctx, options: o, progress: progress, seed: maphash.MakeSeed(),
		share: 1, findings: map[findingKey]*Finding{}, secrets: map[uint64]map[string]Finding{},
		budget: budget{spare: spareBytes},
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
	tidy, names := tidied(tree, files, s.onDisk)
	in := Input{Label: label, FS: tidy, Name: ".", Files: slices.Sorted(slices.Values(names))}
	known, told := false, false // told: an importer that knows whose it all is answers for every file
	for _, imp := range s.options.Importers {
		if s.ctx.Err() != nil {
			return
		}
		if imp.Format().Tree && safely(func() Certainty { return imp.Recognise(s.ctx, in) }) > No {
			s.read(imp, in, nil)
			known, told = true, told || imp.Format().Site != "" || imp.Format().Family != familyArchive
			if imp.Format().Whole {
				return
			}
		}
	}
	if len(problems) > 0 {
		s.failed(label, problems...)
	}
	before := len(s.sources)
	as := make(map[string]string, len(files)) // the name its export gave a file
	for i, f := range files {
		as[f] = names[i]
	}
	var faint []Source
	for _, group := range inOrder(tree, parts(files)) {
		if s.ctx.Err() != nil {
			return
		}
		if _, inner := tree.(*archiveTree); inner && s.budget.over {
			s.overdone(label)
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
			if u := s.member(label, f, tidy, as[f], size, depth, told); u != nil && len(faint) < maxFaint {
				faint = append(
					faint,
					Source{
						Path:     label + "!" + f,
						Problems: []Problem{problem(label+"!"+f, "error.evidence."+u.Key)},
					},
				)
			}
		}
	}
	if !known && len(s.sources) == before && len(problems) == 0 {
		s.nothing(label, files, faint)
	}
}

// maxFaint bounds how many files are told of where nothing in a tree is read.
const maxFaint = 50

// nothing tells of a tree in which nothing was read what it is, or what its files are, where that is known.
func (s *scan) nothing(label string, files []string, faint []Source) {
	if u := unreadTree(files); u != nil {
		s.failed(label, problem(label, "error.evidence."+u.Key))
		return
	}
	if len(faint) == 0 {
		s.failed(label, problem(label, "error.evidence.unknown_tree"))
	}
	s.sources = append(s.sources, faint...)
}

// inOrder puts files of an archive into the order in which they stand there.
func inOrder(tree fs.FS, groups [][]string) [][]string {
	if t, ok := tree.(*archiveTree); ok {
		slices.SortStableFunc(groups, func(a, b []string) int {
			return cmp.Compare(t.members[a[0]].index, t.members[b[0]].index)
		})
	}
	return groups
}

// media reports files that no importer of single files reads.
func media(name string) bool {
	switch strings.ToLower(path.Ext(name)) {
	case ".js",
		".html",
		".htm",
		".css",
		".jpg",
		".jpeg",
		".png",
		".gif",
		".webp",
		".mp4",
		".mov",
		".heic",
		".svg",
		".woff",
		".woff2",
		".ttf":
		return true
	}
	return false
}

const (
	pictureStart = 12 // bytes that pictured looks at
	jpegMagic    = "\xff\xd8\xff"
)

// pictured reports a picture or film by its first bytes. They are most of what
// archives hold, and nothing reads them there.
func pictured(head []byte) bool {
	for _, magic := range []string{jpegMagic, "\x89PNG\r\n", "GIF8"} {
		if bytes.HasPrefix(head, []byte(magic)) {
			return true
		}
	}
	return len(head) >= pictureStart &&
		(string(head[4:8]) == "ftyp" || string(head[:4]) == "RIFF" && string(head[8:12]) == "WEBP")
}

// picture reports pictures, films and fonts, which are not worth holding in
// memory.
func picture(name string) bool {
	switch strings.ToLower(path.Ext(name)) {
	case ".js", ".html", ".htm", ".css", ".svg":
		return false
	}
	return media(name)
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

// member reads one file of a tree. One that nothing reads is told where it is of a kind that is known, unless it was
// counted by the importer of the whole tree; of other files archives are full. What is worth telling only where nothing
// else is read is returned.
func (s *scan) member(
	label, file string,
	tree fs.FS,
	name string,
	size int64,
	depth int,
	counted bool,
) *unreadable {
	in, err := FileInput(s.ctx, label+"!"+file, tree, name, size)
	if err != nil {
		if p := openProblem(label, err); p != nil {
			s.failedOnce(label, *p)
		}
		return nil
	}
	if pictured(in.Head) || len(in.Head) == 0 && !s.onDisk {
		if !counted {
			s.advance(size)
		}
		return nil
	}
	if kind := packed(in.Head); kind != "" {
		s.nested(in.Label, tree, name, size, kind, depth+1)
		return nil
	}
	if imp := s.recognise(in); imp != nil {
		s.read(imp, in, nil)
		return nil
	}
	if counted {
		return nil
	}
	s.advance(size)
	u := unread(in)
	switch {
	case u == nil || u.Faint > 1:
		return nil
	case u.Faint == 0:
		s.failed(in.Label, problem(in.Label, "error.evidence."+u.Key))
		return nil
	}
	return u
}

// file reads a file the person named, which deserves an answer in any case.
func (s *scan) file(label string, dir fs.FS, name string, size int64, depth int) {
	dir, names := tidied(dir, []string{name}, s.onDisk)
	name = names[0]
	in, err := FileInput(s.ctx, label, dir, name, size)
	if err != nil {
		s.failed(label, problem(label, "error.evidence.unreadable"))
		return
	}
	if kind := packed(in.Head); kind != "" {
		s.nested(label, dir, name, size, kind, depth)
		return
	}
	if imp := s.recognise(in); imp != nil {
		s.read(imp, in, nil)
		return
	}
	if s.alone(label, dir, name) {
		return
	}
	key := "unknown"
	if u := unread(in); u != nil {
		key = u.Key
	}
	if strings.HasPrefix(key, "unknown") {
		if p := unknownTable(s.ctx, label, in.Head); p != nil {
			s.failed(label, *p)
			return
		}
	}
	s.failed(label, problem(label, "error.evidence."+key))
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
	out := &sink{
		scan:   s,
		label:  in.Label,
		format: imp.Format().ID,
		family: imp.Format().Family,
		site:   imp.Format().Site,
		source: Source{ID: s.identity(in.Label), Path: in.Label, Format: imp.Format().ID, Problems: problems},
	}
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
	out.source.sortSkipped()
	out.source.Secrets = out.secrets()
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

// overdone tells that an archive was not read to its end, unless the member it
// ended in told it.
func (s *scan) overdone(label string) {
	for _, src := range s.sources {
		for _, p := range src.Problems {
			if p.What == string(kindWork) && strings.HasPrefix(src.Path, label) {
				return
			}
		}
	}
	s.failed(label, problem(label, kindWork))
}

// advance counts bytes read, those of archives as what they take on the disk.
func (s *scan) advance(n int64) {
	s.done += float64(n) * s.share
	s.progress(
		job.Progress{
			Step:  "find.reading",
			Done:  min(int64(s.done), max(s.total, 0)),
			Total: max(s.total, 0),
			Bytes: true,
		},
	)
}

func problem[K ~string](where string, key K) Problem { return Problem{Where: where, What: string(key)} }

// NewProblem makes a problem for an importer; key is a Kind or its text key.
func NewProblem[K ~string](where string, key K) *Problem {
	return &Problem{Where: where, What: string(key)}
}

// report sorts everything, so that equal files give equal bytes.
func (s *scan) report() Report {
	s.reuse()
	r := Report{Sources: s.sources, Findings: make([]Finding, 0, len(s.findings))}
	for _, f := range s.findings {
		f.Source = maskFileName(f.Source)
		r.Findings = append(r.Findings, *f)
	}
	for i := range r.Sources {
		src := &r.Sources[i]
		src.Path = maskFileName(src.Path)
		for j := range src.Problems {
			src.Problems[j].Where = maskFileName(src.Problems[j].Where)
		}
	}
	slices.SortFunc(r.Findings, compareFindings)
	slices.SortStableFunc(r.Sources, func(a, b Source) int {
		return cmp.Or(
			strings.Compare(a.Path, b.Path),
			strings.Compare(a.Format, b.Format),
			strings.Compare(a.ID, b.ID),
		)
	})
	return r
}

func compareFindings(a, b Finding) int {
	return cmp.Or(
		strings.Compare(a.Source, b.Source),
		strings.Compare(a.Format, b.Format),
		strings.Compare(a.Site, b.Site),
		strings.Compare(
			a.App,
			b.App,
		),
		strings.Compare(a.Name, b.Name),
		strings.Compare(string(a.Fact), string(b.Fact)),
		cmp.Compare(a.Identifier.Kind, b.Identifier.Kind),
		strings.Compare(a.Identifier.Value, b.Identifier.Value),
		strings.Compare(a.UserName, b.UserName),
		strings.Compare(string(a.Purpose), string(b.Purpose)),
		cmp.Compare(
			a.Confidence,
			b.Confidence,
		),
		strings.Compare(a.Detail, b.Detail),
		strings.Compare(a.SourceID, b.SourceID),
	)
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
	k := findingKey{
		f.Fact,
		f.Site,
		f.App,
		f.Name,
		f.Identifier.Value,
		f.UserName,
		f.Account,
		f.Format,
		f.Source,
		f.SourceID,
		f.Detail,
		f.Why,
		f.Purpose,
		f.Confidence,
	}
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
