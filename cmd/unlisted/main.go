// Command unlisted is the desktop app: it wires the packages and opens the
// window.
package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"os"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/app"

	"unlisted/assets"
	"unlisted/ui/kit"
	"unlisted/ui/shell"
)

// appID is what desktops, the toolkit and packages know the program by; formerID
// is what it was first. FyneApp.toml says the same.
const (
	appID    = "app.unlisted.Unlisted"
	formerID = "app.unlisted.desktop"
)

// version is set by the build from FyneApp.toml.
var version = "devel"

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "unlisted:", err)
		os.Exit(1)
	}
}

func run() error {
	path := flag.String("profile", "", "profile file instead of the usual one")
	temporary := flag.Bool("temporary", false, "write nothing to this computer")
	lang := flag.String("lang", "", "language, such as en or fr")
	base := flag.String("sources-base", "", "loopback address that stands for every breach source, for demonstrations")
	tree := flag.String("tree", "", "file that Ctrl+Alt+T writes the semantic tree to")
	flag.Parse()
	o, hide, err := options(*path, *temporary)
	if err != nil {
		return err
	}
	o.Lang, o.Base, o.Post = *lang, *base, kit.Post
	app.SetMetadata(fyne.AppMetadata{ID: appID, Name: "Unlisted", Version: version, Migrations: map[string]bool{"fyneDo": true}})
	a := app.NewWithID(appID)
	if icon, err := fs.ReadFile(assets.Sub("icons"), "unlisted.png"); err == nil {
		a.SetIcon(fyne.NewStaticResource("unlisted.png", icon))
	}
	o.Variant, o.SetTheme, o.OpenURL = a.Settings().ThemeVariant, a.Settings().SetTheme, hide.open(a.OpenURL)
	o.Follow = func(changed func()) { a.Settings().AddListener(func(fyne.Settings) { changed() }) }
	o.Notify = func(title, text string) { a.SendNotification(fyne.NewNotification(title, text)) }
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	o.Context = ctx
	win := a.NewWindow("Unlisted")
	o.Raise, o.Shield = func() { win.Show(); win.RequestFocus() }, shield(win)
	o.Resize = func(width, height int) { win.Resize(fyne.NewSize(float32(width), float32(height))) }
	s := shell.New(win, o)
	s.OnTreeKey(func() (io.WriteCloser, error) { return os.Create(*tree) }, *tree != "")
	s.ReadFirst(flag.Args())
	win.Resize(fyne.NewSize(1024, 700))
	s.Assist(a.Lifecycle())
	a.Lifecycle().SetOnStarted(func() {
		if !shown(win) {
			hide.show()
			withoutWindow(s.Kit().Text)
		}
		s.Open()
	})
	win.ShowAndRun()
	return s.Close()
}
