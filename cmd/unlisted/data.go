package main

import (
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"unlisted/assets"
	"unlisted/checks/catalog"
	"unlisted/checks/evidence/all"
	"unlisted/checks/evidence/here"
	"unlisted/checks/profile"
	"unlisted/checks/profile/keystore"
	"unlisted/checks/sample"
	"unlisted/checks/text"
	"unlisted/checks/update"
	"unlisted/ui/shell"
)

// data loads everything embedded, and in its place the data set installed in
// folder, if there is one.
func data(folder string) (o shell.Options, err error) {
	if o.Texts, err = text.Load(assets.Sub("text")); err != nil {
		return o, err
	}
	if pub, err := fs.ReadFile(assets.Sub("keys"), "data.pub"); err == nil {
		o.DataKey, _ = update.ParseKey(string(pub)) // without one, sets are refused with a sentence
	}
	d, err := update.Load(folder, o.DataKey, assets.Sub)
	if err != nil {
		return o, err
	}
	o.Catalog, o.Breaches = d.Catalog, d.Breaches
	if o.Credits, err = catalog.Credits(assets.Sub("licences")); err != nil {
		return o, err
	}
	o.Importers = all.Importers()
	o.Downloads = here.ThisComputer().Downloads()
	o.Here = func(ctx context.Context) ([]here.Found, error) { return here.Look(ctx, here.ThisComputer()) }
	o.SampleFiles = assets.Sub("sample")
	o.MakeSample = func(ctx context.Context, now time.Time) (*profile.Profile, error) {
		return sample.Profile(ctx, assets.Sub("sample"), o.Importers, now)
	}
	o.Wishes, o.Region = text.System()
	return o, nil
}

// nothingWritten points the toolkit's settings and caches at a place that
// cannot be written.
func nothingWritten() error {
	for _, name := range []string{"XDG_CONFIG_HOME", "XDG_CACHE_HOME"} {
		if err := os.Setenv(name, "/dev/null/x"); err != nil {
			return err
		}
	}
	return nil
}

// options gathers the data; temporary mode keeps the toolkit from writing too.
func options(path string, temporary bool) (o shell.Options, err error) {
	folder := ""
	if !temporary {
		if path == "" {
			if path, err = profile.DefaultPath(); err != nil {
				return o, err
			}
		}
		folder = filepath.Dir(path)
	}
	if o, err = data(folder); err != nil {
		return o, err
	}
	o.Version, o.Now, o.Keys = version, time.Now, &keystore.System{}
	if temporary {
		o.Keys = &keystore.Memory{}
		return o, nothingWritten()
	}
	o.Path = path
	return o, nil
}
