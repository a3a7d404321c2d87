package main

import (
	"bytes"
	"image/png"
	"os"
	"testing"
)

// The icons that ship are of the drawing that ships, each of its own size.
func TestIconsAreOfTheDrawing(t *testing.T) {
	all, err := files("../../ui/kit/icons/mark.svg")
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range all {
		got, err := os.ReadFile("../../packaging/icons/" + name)
		if err != nil || !bytes.Equal(got, want) {
			t.Errorf("%s is another one (%v): go run ./cmd/make-icons", name, err)
		}
	}
	small, err := os.ReadFile("../../assets/icons/unlisted.png")
	if err != nil || !bytes.Equal(small, all["unlisted-256.png"]) {
		t.Errorf("the icon of the window is another one (%v)", err)
	}
	for _, name := range []string{"unlisted-16.png", "unlisted-1024.png"} {
		img, err := png.Decode(bytes.NewReader(all[name]))
		if err != nil {
			t.Fatal(err)
		}
		side := img.Bounds().Dx()
		if _, _, _, corner := img.At(0, 0).RGBA(); corner > 0x8000 {
			t.Errorf("%s has no round corner", name)
		}
		if r, g, b, a := img.At(side/2, side/8).RGBA(); a != 0xffff || g < r || g < b {
			t.Errorf("%s is not on its ground", name)
		}
	}
}
