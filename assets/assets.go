// Package assets holds everything embedded in the program: platforms, breach
// catalogue, texts, icons, licences. It is data only; cmd hands it out.
package assets

import (
	"embed"
	"io/fs"
)

//go:embed all:text all:catalog all:guides all:breaches all:facts all:keys all:licences all:icons all:sample
var files embed.FS

// Sub returns one folder of the assets, such as "text" or "catalog".
func Sub(dir string) fs.FS {
	sub, err := fs.Sub(files, dir)
	if err != nil {
		panic("assets: " + err.Error()) // only an invalid literal gets here
	}
	return sub
}
