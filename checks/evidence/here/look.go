package here

import (
	"cmp"
	"context"
	"errors"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// looker is the state of one look.
type looker struct {
	at     Computer
	ctx    context.Context
	until  time.Time
	found  []Found
	taken  map[string]bool // paths that are in a find
	visits int             // names that may still be looked at in the usual folders
	cut    map[string]bool // the usual folders that were not looked through to their end
}

// over reports that the look is to end.
func (l *looker) over() bool { return l.ctx.Err() != nil || time.Now().After(l.until) }

// denied reports that the system keeps this program out of a folder.
func denied(err error) bool { return errors.Is(err, fs.ErrPermission) }

// program looks where a program keeps its data. All of it is one find, or each folder is.
func (l *looker) program(s source) {
	empty := Found{Source: s.ID, Name: s.Name, Kind: s.Kind, Proves: s.Proves}
	all := empty
	for _, root := range l.roots(s.folders(l.at.System)) {
		if l.over() {
			break
		}
		if !l.holds(root, s.Needs) {
			continue
		}
		f := empty
		need := l.take(&f, s, root)
		switch {
		case need != NeedNothing:
			f.Need, f.Name = need, cmp.Or(f.Name, nameOf(root))
			l.add(s, f)
		case len(f.Paths) == 0:
		case s.Each:
			l.each(s, f, root)
		case s.Name == "":
			f.Name = nameOf(root)
			l.add(s, f)
		default:
			all.merge(f)
		}
	}
	if len(all.Paths) > 0 {
		l.add(s, all)
	}
}

// nameOf is what a browser without a name of its own in the data is called: its folder.
func nameOf(root string) string {
	if base := filepath.Base(root); base != "User Data" {
		return base
	}
	return filepath.Base(filepath.Dir(root))
}

// merge puts what was found in one folder of a program to what was found in others.
func (f *Found) merge(g Found) {
	f.Paths, f.Parts = append(f.Paths, g.Paths...), append(f.Parts, g.Parts...)
	f.Bytes, f.More = f.Bytes+g.Bytes, f.More || g.More
	if g.Modified.After(f.Modified) {
		f.Modified = g.Modified
	}
	if f.Need == NeedNothing {
		f.Need = g.Need
	}
}

// each makes every folder that was taken a find of its own; it is as old as the file that marks it.
func (l *looker) each(s source, f Found, root string) {
	for _, p := range f.Paths {
		one := Found{Source: f.Source, Name: f.Name, Kind: f.Kind, Proves: f.Proves, Paths: []string{p}, Need: f.Need}
		for _, name := range s.Inside {
			if info, err := l.at.Disk.Lstat(filepath.Join(p, name)); err == nil {
				one.Modified = info.ModTime()
			}
		}
		l.add(s, one)
	}
}

func (l *looker) add(s source, f Found) {
	f.Seconds, f.Clear = seconds(s, f.Bytes), s.Clear
	if f.Need == NeedNothing && len(f.Paths) > 0 && s.Permission == NeedPassword {
		f.Need = NeedPassword
	}
	for _, p := range f.Paths {
		l.taken[p] = true
	}
	l.found = append(l.found, f)
}

// roots are the folders of the data that exist, links and what is not the person's left out.
func (l *looker) roots(patterns []string) (out []string) {
	for _, p := range patterns {
		root, names := l.at.split(p)
		if root == "" {
			continue
		}
		for _, dir := range l.expand(root, names, true) {
			if !slices.Contains(out, dir) {
				out = append(out, dir)
			}
		}
	}
	return out
}

// expand follows names from a folder, "*" and the like in them by what is there. A name that is written out may be a
// link, as snap's "current" is; one that was found may not, so that no look goes in circles.
func (l *looker) expand(dir string, names []string, folder bool) []string {
	at := []string{dir}
	for i, name := range names {
		var next []string
		for _, d := range at {
			next = append(next, l.step(d, name, folder || i < len(names)-1)...)
		}
		at = next
	}
	return at
}

// step is what a name stands for in a folder.
func (l *looker) step(dir, name string, folder bool) (out []string) {
	if l.over() {
		return nil
	}
	if !strings.ContainsAny(name, "*?[") {
		full := filepath.Join(dir, filepath.FromSlash(name))
		info, err := l.at.Disk.Lstat(full)
		if denied(err) && folder {
			return []string{full} // it may be there: what keeps the look out is told
		}
		if err == nil && (info.IsDir() == folder || folder && info.Mode()&fs.ModeSymlink != 0) {
			return []string{full}
		}
		return nil
	}
	entries, _ := l.at.Disk.ReadDir(dir, maxNames)
	for _, e := range entries {
		fits, _ := path.Match(name, e.Name())
		if fits && (folder && e.IsDir() || !folder && e.Type().IsRegular()) {
			out = append(out, filepath.Join(dir, e.Name()))
		}
	}
	slices.Sort(out)
	return out
}

func (l *looker) holds(dir string, names []string) bool {
	return !slices.ContainsFunc(names, func(name string) bool {
		_, err := l.at.Disk.Lstat(filepath.Join(dir, name))
		return err != nil
	})
}

// take puts into a find what is to be read below a program's folder. It answers what keeps the look out of it.
func (l *looker) take(f *Found, s source, root string) Need {
	if l.elsewhere(root) {
		return NeedNetwork
	}
	if _, err := l.at.Disk.ReadDir(root, 1); denied(err) {
		if s.Permission == NeedFullDisk {
			return NeedFullDisk
		}
		return NeedFolders
	}
	for _, pattern := range s.Take {
		rest, folder := strings.CutSuffix(pattern, "/")
		for _, p := range l.expand(root, strings.Split(rest, "/"), folder) {
			skip := slices.Contains(s.Skip, filepath.Base(filepath.Dir(p)))
			if !skip && !l.taken[p] && (!folder || l.holds(p, s.Inside)) {
				l.takeOne(f, s, root, p)
			}
		}
	}
	return NeedNothing
}

// takeOne adds one file or folder, unless there is nothing in it.
func (l *looker) takeOne(f *Found, s source, root, p string) {
	info, err := l.at.Disk.Lstat(p)
	if err != nil {
		return
	}
	one := Found{Paths: []string{p}, Bytes: info.Size(), Modified: info.ModTime(), Need: l.needOf(info)}
	if info.IsDir() && !s.Each {
		one.Bytes, one.Modified, one.More = l.measure(p)
	}
	if one.Bytes == 0 || one.Bytes < s.MinBytes {
		return
	}
	if part := partOf(root, p, s.Kind); !slices.Contains(f.Parts, part) {
		one.Parts = []string{part}
	}
	f.merge(one)
}

// needOf is what a file's owner and place ask for.
func (l *looker) needOf(info fs.FileInfo) Need {
	switch {
	case l.at.Disk.Foreign(info):
		return NeedOwner
	case l.at.Disk.Cloud(info), strings.HasSuffix(info.Name(), ".icloud"):
		return NeedCloud
	}
	return NeedNothing
}

// elsewhere reports a folder on another computer's disk. A home that is there itself is the person's usual place.
func (l *looker) elsewhere(dir string) bool {
	id, remote := l.at.Disk.Mount(dir)
	if !remote {
		return false
	}
	home, _ := l.at.Disk.Mount(l.at.Home)
	return id != home
}

// measure adds up what a folder holds, up to maxTree files: more is said to be more.
func (l *looker) measure(dir string) (bytes int64, latest time.Time, more bool) {
	left := maxTree
	folders := []string{dir}
	for len(folders) > 0 {
		d := folders[0]
		folders = folders[1:]
		if l.over() || left <= 0 {
			return bytes, latest, true
		}
		entries, _ := l.at.Disk.ReadDir(d, left+1)
		for _, e := range entries {
			if left--; left < 0 {
				return bytes, latest, true
			}
			if e.IsDir() {
				folders = append(folders, filepath.Join(d, e.Name()))
				continue
			}
			if info, err := e.Info(); err == nil && info.Mode().IsRegular() {
				bytes += info.Size()
				if info.ModTime().After(latest) {
					latest = info.ModTime()
				}
			}
		}
	}
	return bytes, latest, false
}

// lyingAbout looks for files in the usual folders, and in the folders there, that are called as exports are.
func (l *looker) lyingAbout(all []source) {
	names := newNames(all)
	var seen []string
	for _, u := range usualFolders {
		dir := l.at.usual(u.id, u.name)
		if dir == "" || slices.Contains(seen, dir) || l.over() {
			continue
		}
		seen = append(seen, dir)
		if _, err := l.at.Disk.Lstat(dir); err != nil {
			continue
		}
		if l.elsewhere(dir) {
			l.found = append(l.found, closed(u.id, NeedNetwork))
			continue
		}
		inner, err := l.filesIn(names, dir, u.id)
		if denied(err) {
			l.found = append(l.found, closed(u.id, NeedFolders))
		}
		for _, d := range inner {
			if l.over() || l.visits <= 0 {
				l.cut[u.id] = true
				break
			}
			_, _ = l.filesIn(names, d, u.id) // one that may not be looked into is another program's
		}
		if l.cut[u.id] && l.ctx.Err() == nil {
			l.found = append(l.found, closed(u.id, NeedChoice))
		}
	}
}

// closed is a usual folder that may not be looked into.
func closed(folder string, need Need) Found {
	return Found{Source: folder, Kind: KindArchive, Proves: "archive", Folder: folder, Seconds: 1, Need: need}
}

// filesIn lists what is called as an export is in one folder, and the folders in it.
func (l *looker) filesIn(names names, dir, folder string) (inner []string, err error) {
	most := min(maxNames, l.visits)
	entries, err := l.at.Disk.ReadDir(dir, most)
	if l.visits -= len(entries); len(entries) == most {
		l.cut[folder] = true
	}
	for _, e := range entries {
		full := filepath.Join(dir, e.Name())
		s, is := names.find(e.Name(), e.IsDir())
		switch {
		case e.IsDir() && !is && !strings.HasPrefix(e.Name(), "."):
			inner = append(inner, full)
		case is && len(l.found) >= maxFiles:
			l.cut[folder] = true
		case !is || l.taken[full] || !e.IsDir() && !e.Type().IsRegular():
		default:
			if info, err := e.Info(); err == nil && (e.IsDir() || info.Size() > 0) {
				l.file(s, full, folder, info)
			}
		}
	}
	slices.Sort(inner)
	return inner, err
}

func (l *looker) file(s source, full, folder string, info fs.FileInfo) {
	f := Found{
		Source: s.ID, Name: shownName(info.Name()), Kind: s.Kind, Proves: s.Proves, Folder: folder,
		Paths: []string{full}, Bytes: info.Size(), Modified: info.ModTime(), Need: l.needOf(info),
	}
	if info.IsDir() {
		f.Bytes, f.Modified, f.More = l.measure(full)
	}
	l.add(s, f)
}

// shownName is the name of a file; what iCloud leaves of one in its place is ".name.icloud".
func shownName(name string) string {
	if rest, is := strings.CutSuffix(name, ".icloud"); is {
		return strings.TrimPrefix(rest, ".")
	}
	return name
}

// names tells by its name what a file may be: by the ending first, since most files have another.
type names map[string][]pattern

type pattern struct {
	glob string // of the whole name, in lower case
	of   source
}

const folderEnding = "/"

func newNames(all []source) names {
	out := names{}
	for _, s := range all {
		for _, glob := range s.Files {
			low := strings.ToLower(glob)
			ending := path.Ext(low)
			if rest, folder := strings.CutSuffix(low, folderEnding); folder {
				low, ending = rest, folderEnding
			}
			out[ending] = append(out[ending], pattern{low, s})
		}
	}
	return out
}

// find is the source that a name fits, a number that a browser put behind it left out: "x (1).csv".
func (n names) find(name string, folder bool) (source, bool) {
	low := strings.ToLower(shownName(name))
	ending := path.Ext(low)
	if folder {
		ending = folderEnding
	}
	list := n[ending]
	if len(list) == 0 {
		return source{}, false
	}
	for _, p := range list {
		if fits, _ := path.Match(p.glob, uncounted(low)); fits {
			return p.of, true
		}
	}
	return source{}, false
}

// uncounted takes away the number that a browser puts behind a name that is taken.
func uncounted(name string) string {
	ext := path.Ext(name)
	stem := strings.TrimSuffix(name, ext)
	open := strings.LastIndex(stem, " (")
	if open < 0 || !strings.HasSuffix(stem, ")") || strings.Trim(stem[open+2:len(stem)-1], "0123456789") != "" {
		return name
	}
	return stem[:open] + ext
}
