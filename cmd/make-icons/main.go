// Command make-icons draws the program's icon in every size and format that a
// system asks for, from one drawing: PNG, Windows ico, macOS icns.
//
//	go run ./cmd/make-icons -from ui/kit/icons/mark.svg -out DIR
package main

import (
	"bytes"
	"encoding/binary"
	"flag"
	"fmt"
	"image"
	"image/png"
	"os"
	"path/filepath"

	"github.com/fyne-io/oksvg"
	"github.com/srwiley/rasterx"
)

// sizes are the sides of the PNG files, in pixels.
var sizes = []int{16, 24, 32, 48, 64, 128, 256, 512, 1024}

func main() {
	from := flag.String("from", "ui/kit/icons/mark.svg", "drawing")
	out := flag.String("out", "packaging/icons", "folder to write")
	flag.Parse()
	if err := run(*from, *out); err != nil {
		fmt.Fprintln(os.Stderr, "make-icons:", err)
		os.Exit(1)
	}
}

// files draws the icon in every form, by file name.
func files(from string) (map[string][]byte, error) {
	svg, err := os.ReadFile(from)
	if err != nil {
		return nil, err
	}
	pictures := map[int][]byte{}
	for _, side := range sizes {
		if pictures[side], err = draw(svg, side); err != nil {
			return nil, err
		}
	}
	out := map[string][]byte{"unlisted.svg": svg, "unlisted.ico": ico(pictures), "unlisted.icns": icns(pictures)}
	for side, p := range pictures {
		out[fmt.Sprintf("unlisted-%d.png", side)] = p
	}
	return out, nil
}

func run(from, out string) error {
	all, err := files(from)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(out, 0o755); err != nil {
		return err
	}
	for name, b := range all {
		if err := os.WriteFile(filepath.Join(out, name), b, 0o644); err != nil {
			return err
		}
	}
	return nil
}

func draw(svg []byte, side int) ([]byte, error) {
	icon, err := oksvg.ReadIconStream(bytes.NewReader(svg))
	if err != nil {
		return nil, err
	}
	icon.SetTarget(0, 0, float64(side), float64(side))
	img := image.NewRGBA(image.Rect(0, 0, side, side))
	icon.Draw(rasterx.NewDasher(side, side, rasterx.NewScannerGV(side, side, img, img.Bounds())), 1)
	var b bytes.Buffer
	err = png.Encode(&b, img)
	return b.Bytes(), err
}

// ico holds PNG pictures up to 256 pixels, as Windows Vista and later read them
// (https://learn.microsoft.com/previous-versions/ms997538(v=msdn.10)).
func ico(pictures map[int][]byte) []byte {
	var held []int
	for _, side := range sizes {
		if side <= 256 {
			held = append(held, side)
		}
	}
	var head, body bytes.Buffer
	le := binary.LittleEndian
	head.Write(le.AppendUint16(le.AppendUint16(le.AppendUint16(nil, 0), 1), uint16(len(held))))
	offset := 6 + 16*len(held)
	for _, side := range held {
		p := pictures[side]
		head.Write([]byte{byte(side), byte(side), 0, 0, 1, 0, 32, 0}) // a side of 256 is written as 0
		head.Write(le.AppendUint32(le.AppendUint32(nil, uint32(len(p))), uint32(offset+body.Len())))
		body.Write(p)
	}
	return append(head.Bytes(), body.Bytes()...)
}

// icnsTypes are the elements of an icns file that hold PNG
// (https://en.wikipedia.org/wiki/Apple_Icon_Image_format, "Icon types").
var icnsTypes = []struct {
	name string
	side int
}{{"icp4", 16}, {"icp5", 32}, {"ic07", 128}, {"ic08", 256}, {"ic09", 512}, {"ic10", 1024}, {"ic11", 32}, {"ic12", 64}, {"ic13", 256}, {"ic14", 512}}

func icns(pictures map[int][]byte) []byte {
	var body bytes.Buffer
	be := binary.BigEndian
	for _, t := range icnsTypes {
		p := pictures[t.side]
		body.WriteString(t.name)
		body.Write(be.AppendUint32(nil, uint32(8+len(p))))
		body.Write(p)
	}
	out := append([]byte("icns"), be.AppendUint32(nil, uint32(8+body.Len()))...)
	return append(out, body.Bytes()...)
}
