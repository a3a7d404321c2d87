package main

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"unlisted/assets"
	"unlisted/checks/catalog"
	"unlisted/checks/evidence/all"
	"unlisted/checks/evidence/here"
	"unlisted/checks/place"
	"unlisted/checks/profile"
	"unlisted/checks/profile/keystore"
	"unlisted/checks/sample"
	"unlisted/checks/text"
	"unlisted/checks/update"
	"unlisted/ui/shell"
)

// data loads everything embedded, and in its place the data set installed in
// folder, if there is one.
func data(o *shell.Options, folder string, computer here.Computer) (err error) {
	if o.Texts, err = text.Load(assets.Sub("text")); err != nil {
		return err
	}
	if pub, err := fs.ReadFile(assets.Sub("keys"), "data.pub"); err == nil {
		o.DataKey, _ = update.ParseKey(string(pub)) // without one, sets are refused with a sentence
	}
	d, err := update.Load(folder, o.DataKey, assets.Sub)
	if err != nil {
		return err
	}
	o.Catalog, o.Breaches = d.Catalog, d.Breaches
	if o.Credits, err = catalog.Credits(assets.Sub("licences")); err != nil {
		return err
	}
	o.Importers = all.Importers()
	o.Downloads = computer.Downloads()
	o.Here = func(ctx context.Context) ([]here.Found, error) { return here.Look(ctx, computer) }
	o.SampleFiles = assets.Sub("sample")
	importers := o.Importers
	o.MakeSample = func(ctx context.Context, now time.Time) (*profile.Profile, error) {
		return sample.Profile(ctx, assets.Sub("sample"), importers, now)
	}
	o.Wishes, o.Region = text.System()
	return nil
}

// options gathers the data. In temporary mode, and where the program keeps its
// data beside itself, hide keeps the toolkit from writing on this computer; else
// it is nil.
func options(path string, temporary bool) (o shell.Options, hide *homes, err error) {
	if err := noBusStarted(); err != nil {
		return o, nil, err
	}
	computer := here.ThisComputer()
	o.Version, o.Now, o.Keys, o.Path = version, time.Now, &keystore.System{}, path
	_, portable := place.Portable()
	portable = portable && path == ""
	folder := ""
	switch {
	case temporary:
		o.Keys, o.Path = &keystore.Memory{}, ""
	case portable:
		o.Keys = keystore.None{}
	}
	if !temporary {
		if o.Path, err = pathOr(path); err != nil {
			return o, nil, err
		}
		folder = filepath.Dir(o.Path)
	}
	if err := data(&o, folder, computer); err != nil {
		return o, nil, err
	}
	if !temporary && !portable {
		takeOver(computer)
		return o, nil, nil
	}
	o.Home, hide = computer.Home, &homes{}
	return o, hide, hide.hide()
}

// pathOr is the path of the profile.
func pathOr(path string) (string, error) {
	if path != "" {
		return path, nil
	}
	return profile.DefaultPath()
}

// takeOver moves what the toolkit keeps to the present ID. It is a look of file
// dialogs only: should it fail, the folder of the former ID stays, and nothing
// else is wrong.
func takeOver(computer here.Computer) {
	config, _ := os.UserConfigDir()
	cache, _ := os.UserCacheDir()
	for _, root := range place.Toolkit(computer.System, computer.Home, config, cache) {
		if err := place.TakeOver(filepath.Join(root, formerID), filepath.Join(root, appID)); err != nil {
			fmt.Fprintln(os.Stderr, "unlisted:", err)
		}
	}
}
