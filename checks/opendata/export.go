// Package opendata writes everything that is known of platforms into a folder
// for others to use, cite and correct: one JSON document, one table, and pages
// to read. Nothing of the person is in it.
package opendata

import (
	"bufio"
	"context"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"unlisted/checks/catalog"
	"unlisted/checks/job"
	"unlisted/checks/text"
)

// Input is what an export is made from.
type Input struct {
	Catalog  *catalog.Catalog
	Printers []*text.Printer // the languages of the pages, the first for their index
	Credits  []catalog.Credit
	Serial   int64 // of the set of data
	Version  string
	Now      time.Time
}

// Made is what an export has written.
type Made struct {
	Platforms, Guides, Incidents, Pages int
}

// The files of an export. Their names are part of its form: a folder with any
// other is not ours to replace.
const (
	readmeFile = "README.txt"
	jsonFile   = "unlisted-data.json"
	tableFile  = "platforms.csv"
	indexFile  = "index.html"
	pageFolder = "platforms"

	mark = "Unlisted open data" // the first line of readmeFile
)

// The ways an export ends badly, with the folder. What stood in it stands there
// still.
var (
	ErrForeign = &text.Error{Key: "error.opendata.foreign"} // the place holds something that is no export of ours
	ErrWrite   = &text.Error{Key: "error.opendata.write"}   // no space, no permission
)

// failed is why there was no export to folder.
func failed(why *text.Error, folder string, cause error) error {
	return &text.Error{Key: why.Key, Args: map[string]any{"folder": folder}, Cause: cause}
}

// Write writes an export to a folder, which is made; one that holds an earlier
// export is replaced. All is written beside it and put in its place at the end,
// whole or not at all. Errors: ErrForeign, ErrWrite, that of the context.
func Write(ctx context.Context, folder string, in Input, progress func(job.Progress)) (Made, error) {
	if abs, err := filepath.Abs(folder); err == nil {
		folder = abs
	}
	if !ours(folder) {
		return Made{}, failed(ErrForeign, folder, nil)
	}
	temp, err := os.MkdirTemp(filepath.Dir(folder), filepath.Base(folder)+".tmp-*")
	if err != nil {
		return Made{}, failed(ErrWrite, folder, err)
	}
	defer os.RemoveAll(temp) // gone already once renamed
	made, err := in.fill(ctx, temp, progress)
	if err == nil {
		err = ctx.Err()
	}
	if err == nil {
		err = replace(folder, temp)
	}
	switch {
	case err == nil:
		return made, nil
	case ctx.Err() != nil:
		return Made{}, ctx.Err()
	}
	return Made{}, failed(ErrWrite, folder, err)
}

// ours reports whether a place may be written: nothing stands there, an empty
// folder, or an export with nothing added to it.
func ours(folder string) bool {
	info, err := os.Lstat(folder)
	if err != nil {
		return os.IsNotExist(err)
	}
	if !info.IsDir() {
		return false
	}
	entries, err := os.ReadDir(folder)
	if err != nil || len(entries) == 0 {
		return err == nil
	}
	for _, e := range entries {
		if e.Name() == pageFolder && e.IsDir() {
			continue
		}
		if !e.Type().IsRegular() ||
			!slices.Contains([]string{readmeFile, jsonFile, tableFile, indexFile}, e.Name()) {
			return false
		}
	}
	pages, err := os.ReadDir(filepath.Join(folder, pageFolder))
	if err != nil && !os.IsNotExist(err) {
		return false
	}
	if slices.ContainsFunc(
		pages,
		func(e fs.DirEntry) bool { return !e.Type().IsRegular() || filepath.Ext(e.Name()) != ".html" },
	) {
		return false
	}
	f, err := os.Open(filepath.Join(folder, readmeFile))
	if err != nil {
		return false
	}
	defer f.Close()
	first, err := bufio.NewReader(io.LimitReader(f, 200)).ReadString('\n')
	return err == nil && strings.TrimSpace(first) == mark
}

// replace puts a finished folder in the place of another, which comes back where
// that fails.
func replace(folder, finished string) error {
	if err := os.Chmod(finished, 0o755); err != nil {
		return err
	}
	old := finished + ".old"
	err := os.Rename(folder, old)
	switch {
	case os.IsNotExist(err):
		return os.Rename(finished, folder)
	case err != nil:
		return err
	}
	if err := os.Rename(finished, folder); err != nil {
		_ = os.Rename(old, folder)
		return err
	}
	return os.RemoveAll(old)
}

// fill writes all files of an export into an empty folder.
func (in Input) fill(ctx context.Context, folder string, progress func(job.Progress)) (Made, error) {
	made := Made{Incidents: len(in.Catalog.AllIncidents())}
	var shown []*catalog.Platform
	for i := range in.Catalog.Len() {
		p := in.Catalog.At(i)
		made.Platforms++
		if p.Guide != nil {
			made.Guides++
		}
		if in.shown(p) {
			shown = append(shown, p)
		}
	}
	made.Pages = len(shown)
	files := fileNames(shown)
	for _, f := range []struct {
		name  string
		write func(io.Writer) error
	}{
		{readmeFile, in.readme},
		{jsonFile, in.document},
		{tableFile, in.table},
		{indexFile, func(w io.Writer) error { return in.index(w, shown, files) }},
	} {
		if err := writeFile(filepath.Join(folder, f.name), f.write); err != nil {
			return made, err
		}
	}
	if err := os.Mkdir(filepath.Join(folder, pageFolder), 0o755); err != nil {
		return made, err
	}
	for i, p := range shown {
		if err := ctx.Err(); err != nil {
			return made, err
		}
		err := writeFile(
			filepath.Join(folder, pageFolder, files[p.ID]),
			func(w io.Writer) error { return in.page(w, p) },
		)
		if err != nil {
			return made, err
		}
		progress(job.Progress{Step: "opendata.step.pages", Done: int64(i + 1), Total: int64(len(shown))})
	}
	return made, nil
}

// shown reports whether a platform has a page: a guide, or facts of its own with
// a source.
func (in Input) shown(p *catalog.Platform) bool {
	return p.Guide != nil || len(p.ExitSources) > 0 || p.MethodsKnown && len(p.Methods) > 0 ||
		len(in.Catalog.Incidents(p.ID)) > 0
}

func writeFile(path string, write func(io.Writer) error) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return err
	}
	b := bufio.NewWriter(f)
	err = write(b)
	if err == nil {
		err = b.Flush()
	}
	if cerr := f.Close(); err == nil {
		err = cerr
	}
	return err
}
