// Package gallery draws pages to pictures without a display, so that every
// state can be looked at in every language, look and text size.
package gallery

import (
	"context"
	"image"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/storage"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"

	"unlisted/checks/account"
	"unlisted/checks/breach"
	"unlisted/checks/catalog"
	"unlisted/checks/evidence/all"
	"unlisted/checks/evidence/here"
	"unlisted/checks/identifier"
	"unlisted/checks/profile"
	"unlisted/checks/profile/keystore"
	"unlisted/checks/sample"
	"unlisted/checks/text"
	"unlisted/ui/shell"
)

// Size of every picture: the smallest window the program is made for.
var Size = fyne.NewSize(1024, 700)

// Scene is one page in one state.
type Scene struct {
	Name       string
	Sample     bool     // of the invented person; else of an empty profile
	Place, Arg string   // "" is the start screen
	Width      float32  // of the window; 0 is the usual one
	Height     float32  // of the window; 0 is the usual one
	Claims     int      // so many accounts of an invented person, said by hand
	Read       []string // embedded files that are read, and wait for the person's yes

	Do      string                 // an action of the window, done last
	Chip    string                 // id of the filter that is chosen then
	Type    map[string]string      // what is typed first, by the id of its field
	Press   []string               // text keys of what is pressed then, in this order
	Prepare func(*profile.Profile) // brings the profile into the state; nil: as it is
}

// PlatformScene is the page of one platform, tall enough for its whole guide.
func PlatformScene(id string) Scene {
	return Scene{Name: "platform-" + id, Place: "find", Arg: id, Height: 2600}
}

func (sc Scene) size() fyne.Size {
	size := Size
	if sc.Width > 0 {
		size.Width = sc.Width
	}
	if sc.Height > 0 {
		size.Height = sc.Height
	}
	return size
}

// Scenes lists what the gallery draws.
func Scenes() []Scene {
	return slices.Concat(answerScenes(), findScenes(), checkScenes(), fixScenes(), []Scene{
		{Name: "you-empty", Place: "you"},
		{Name: "find-empty", Place: "find"},
		{Name: "fix-empty", Place: "fix"},
		{Name: "you", Sample: true, Place: "you"},
		{Name: "find", Sample: true, Place: "find"},
		{Name: "find-account", Sample: true, Place: "find", Arg: "x.com"},
		{Name: "find-all", Sample: true, Place: "find", Arg: "all"},
		{Name: "find-sources", Sample: true, Place: "find", Arg: "sources"},
		{Name: "find-source", Sample: true, Place: "find", Arg: "sources/facebook-archive"},
		{Name: "find-mail", Sample: true, Place: "find", Arg: "mail"},
		{
			Name:  "find-review",
			Place: "find",
			Read:  []string{"Chrome Passwords.csv", "bitwarden_export.json", "Mail.mbox"},
		},
		{Name: "find-locked", Place: "find", Read: []string{lockedFile}},
		{Name: "find-platform", Sample: true, Place: "find", Arg: "reddit.com"},
		{Name: "palette", Sample: true, Place: "you", Do: "find"},
	})
}

// Data is what the pictures are made from.
type Data struct {
	assets func(string) fs.FS
	posted chan func() // what jobs hand to the window's thread, which is the caller's
}

// New returns the gallery over the embedded files.
func New(assets func(string) fs.FS) *Data {
	return &Data{assets: assets, posted: make(chan func(), 1000)}
}

// Draw draws one scene.
func (d *Data) Draw(ctx context.Context, sc Scene, set profile.Settings) (image.Image, error) {
	app := test.NewApp()
	win := app.NewWindow("Unlisted")
	defer win.Close()
	o, err := d.options(ctx, app, set)
	if err != nil {
		return nil, err
	}
	s := shell.New(win, o)
	win.Resize(sc.size())
	d.settle()
	if sc.Place != "" {
		p := &profile.Profile{Version: profile.Version}
		if sc.Sample {
			if p, err = sample.Profile(ctx, d.assets("sample"), all.Importers(), o.Now()); err != nil {
				return nil, err
			}
		}
		if sc.Claims > 0 {
			p = Claimed(o.Catalog, sc.Claims)
		}
		p.Settings = set
		if sc.Prepare != nil {
			sc.Prepare(p)
		}
		s.Show(p)
		s.Go(sc.Place, sc.Arg)
		if err := d.read(s, sc.Read); err != nil {
			return nil, err
		}
		d.choose(s, sc.Chip)
		d.fill(s, sc.Type)
		d.press(s, sc.Press)
		s.Do(sc.Do)
	}
	win.Resize(sc.size())
	d.settle()
	return win.Canvas().Capture(), nil
}

// settle does what was posted to the window's thread meanwhile.
func (d *Data) settle() {
	for {
		select {
		case f := <-d.posted:
			f()
		default:
			return
		}
	}
}

// Claimed is an invented person who says by hand that they have accounts at n
// platforms of the catalogue, the mailbox among them; nothing else is known. The
// number is one of those reserved for fiction.
func Claimed(c *catalog.Catalog, n int) *profile.Profile {
	number := identifier.Identifier{Kind: identifier.KindPhone, Value: "+33639981234"}
	mail := identifier.Identifier{Kind: identifier.KindEmail, Value: "pat@gmail.com"}
	p := &profile.Profile{Version: profile.Version}
	p.Identifiers = []profile.Own{{ID: number}, {ID: mail}}
	add := func(platform string, i int) {
		claim := account.Claim{Platform: platform, Identifiers: []identifier.Identifier{mail}}
		if i%3 == 0 {
			claim.Identifiers = append(claim.Identifiers, number)
		}
		claim.SecondFactor = [][]string{nil, {"phone"}, {"totp"}, {"none"}, nil}[i%5]
		p.Claims = append(p.Claims, claim)
	}
	add("google.com", 0)
	for i := 0; len(p.Claims) < n; i++ {
		if pl := c.At(i * 7 % c.Len()); pl.ID != "google.com" {
			add(pl.ID, i)
		}
	}
	return p
}

// lockedFile stands for an encrypted export.
const lockedFile = "aegis-backup.json"

// read drops files on the window and waits until they are read.
func (d *Data) read(s *shell.Shell, names []string) error {
	if len(names) == 0 {
		return nil
	}
	dir, err := os.MkdirTemp("", "gallery")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	var uris []fyne.URI
	for _, name := range names {
		b := []byte(
			`{"version":1,"header":{"slots":[{"type":1,"uuid":"u","key":"00","key_params":{"nonce":"00","tag":"00"},"n":32768,"r":8,"p":1,"salt":"00"}],"params":{"nonce":"00","tag":"00"}},"db":"AAAA"}`,
		)
		switch name {
		case lockedFile:
		case emptyFile:
			b = []byte("name,url,username,password\nRouter,http://192.168.1.1,admin,x\nNote,,,\n")
		default:
			if b, err = fs.ReadFile(d.assets("sample"), name); err != nil {
				return err
			}
		}
		if err := os.WriteFile(filepath.Join(dir, name), b, 0o600); err != nil {
			return err
		}
		uris = append(uris, storage.NewFileURI(filepath.Join(dir, name)))
	}
	s.Drop(uris)
	for !s.Idle() {
		(<-d.posted)()
	}
	return nil
}

func (d *Data) options(ctx context.Context, app fyne.App, set profile.Settings) (o shell.Options, err error) {
	if o.Texts, err = text.Load(d.assets("text")); err != nil {
		return o, err
	}
	if o.Catalog, err = catalog.Load(d.assets("catalog"), d.assets("guides"), d.assets("facts")); err != nil {
		return o, err
	}
	if o.Breaches, err = breach.LoadCatalogue(d.assets("breaches")); err != nil {
		return o, err
	}
	if o.Credits, err = catalog.Credits(d.assets("licences")); err != nil {
		return o, err
	}
	o.Post = func(f func()) { d.posted <- f }
	o.Context, o.Importers, o.Keys, o.Version = ctx, all.Importers(), &keystore.Memory{}, "0.1.0"
	o.Now = func() time.Time { return time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC) }
	o.SampleFiles = d.assets("sample")
	o.Here = func(ctx context.Context) ([]here.Found, error) { return here.Look(ctx, sample.Computer(o.Now())) }
	o.Variant = func() fyne.ThemeVariant { return theme.VariantLight }
	o.SetTheme, o.OpenURL = app.Settings().SetTheme, func(*url.URL) error { return nil }
	o.Look = set
	return o, nil
}
