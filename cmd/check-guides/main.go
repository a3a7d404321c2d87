// Command check-guides holds guides to the full standard and prints what is
// wrong, one mistake a line: file, line, field, what.
//
//	go run ./cmd/check-guides assets/guides/x.com.json ...
//
// It ends with 0 when nothing is wrong, else with 1.
package main

import (
	"embed"
	"fmt"
	"os"
	"path/filepath"

	"unlisted/assets"
	"unlisted/checks/catalog"
	"unlisted/checks/text"
)

func main() {
	if len(os.Args) < 2 {
		fmt.Fprintln(os.Stderr, "which guides? go run ./cmd/check-guides assets/guides/x.com.json ...")
		os.Exit(2)
	}
	wrong, err := check(os.Args[1:])
	if err != nil {
		fmt.Fprintln(os.Stderr, "check-guides:", err)
	}
	if wrong > 0 || err != nil {
		os.Exit(1)
	}
}

// check prints what is wrong in the files and counts it.
func check(files []string) (wrong int, err error) {
	c, err := catalog.Load(assets.Sub("catalog"), embed.FS{}, nil)
	if err != nil {
		return 0, err
	}
	texts, err := text.Load(assets.Sub("text"))
	if err != nil {
		return 0, err
	}
	for _, f := range files {
		raw, err := os.ReadFile(f)
		if err != nil {
			return wrong, err
		}
		found := c.CheckGuide(filepath.Base(f), raw, texts.Printer("en"), texts.Printer("fr"))
		for _, e := range found {
			fmt.Println(e)
		}
		wrong += len(found)
	}
	return wrong, nil
}
