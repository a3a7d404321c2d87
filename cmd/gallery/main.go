// Command gallery draws every place and state in every language, look and text
// size as PNG.
//
//	gallery -out DIR [-only NAME] [-quick] [-width W] [-height H] [-platforms ID,ID...]
package main

import (
	"context"
	"flag"
	"fmt"
	"image/png"
	"os"
	"path/filepath"
	"strings"

	"unlisted/assets"
	"unlisted/checks/profile"
	"unlisted/checks/text"
	"unlisted/ui/gallery"
)

func main() {
	out := flag.String("out", "dist/gallery", "folder to write")
	only := flag.String("only", "", "one scene")
	quick := flag.Bool("quick", false, "English, light, 100 % only")
	width := flag.Float64("width", 0, "of every window, instead of its own")
	height := flag.Float64("height", 0, "of every window, instead of its own")
	platforms := flag.String("platforms", "", "pages of these platforms instead, whole, 100 % only")
	flag.Parse()
	scenes := gallery.Scenes()
	if *platforms != "" {
		scenes = nil
		for id := range strings.SplitSeq(*platforms, ",") {
			scenes = append(scenes, gallery.PlatformScene(id))
		}
	}
	for i := range scenes {
		if *width > 0 {
			scenes[i].Width = float32(*width)
		}
		if *height > 0 {
			scenes[i].Height = float32(*height)
		}
	}
	if err := run(*out, *only, *quick, scenes); err != nil {
		fmt.Fprintln(os.Stderr, "gallery:", err)
		os.Exit(1)
	}
}

func run(out, only string, quick bool, scenes []gallery.Scene) error {
	if err := os.MkdirAll(out, 0o755); err != nil {
		return err
	}
	texts, err := text.Load(assets.Sub("text"))
	if err != nil {
		return err
	}
	langs, looks, sizes := texts.Languages(), []string{"light", "dark", "contrast"}, []int{100, 200}
	if quick {
		langs, looks, sizes = langs[:1], looks[:1], sizes[:1]
	}
	g := gallery.New(assets.Sub)
	for _, sc := range scenes {
		if only != "" && only != sc.Name {
			continue
		}
		for _, lang := range langs {
			for _, look := range looks {
				for _, pct := range sizes {
					if sc.Height > 0 && (pct > 100 || look != "light") {
						continue
					}
					set := profile.Settings{Language: lang, Theme: look, TextPct: pct}
					img, err := g.Draw(context.Background(), sc, set)
					if err != nil {
						return fmt.Errorf("%s: %w", sc.Name, err)
					}
					f, err := os.Create(filepath.Join(out, fmt.Sprintf("%s-%s-%s-%d.png", sc.Name, lang, look, pct)))
					if err != nil {
						return err
					}
					if err := png.Encode(f, img); err != nil {
						return err
					}
					if err := f.Close(); err != nil {
						return err
					}
				}
			}
		}
	}
	return nil
}
