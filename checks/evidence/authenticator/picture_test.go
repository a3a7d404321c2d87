package authenticator_test

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/color"
	"image/draw"
	"image/jpeg"
	"image/png"
	"math/rand/v2"
	"path/filepath"
	"strings"
	"testing"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/qrcode"

	. "unlisted/checks/evidence/evidencetest"
)

// code draws a QR code on white.
func code(t testing.TB, text string, size int) image.Image {
	t.Helper()
	m, err := qrcode.NewQRCodeWriter().Encode(text, gozxing.BarcodeFormat_QR_CODE, size, size, nil)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func asPNG(t testing.TB, m image.Image) string {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, m); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func asJPEG(t testing.TB, m image.Image) string {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, m, &jpeg.Options{Quality: 60}); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// place puts pictures side by side on a grey desk with some noise.
func place(width, height int, pictures ...image.Image) *image.RGBA {
	desk := image.NewRGBA(image.Rect(0, 0, width, height))
	r := rand.New(rand.NewPCG(1, 2))
	for y := range height {
		for x := range width {
			v := uint8(150 + r.IntN(40))
			desk.SetRGBA(x, y, color.RGBA{v, v, uint8(120 + r.IntN(90)), 255})
		}
	}
	at := image.Pt(width/20, height/10)
	for _, p := range pictures {
		draw.Draw(desk, p.Bounds().Add(at), p, p.Bounds().Min, draw.Src)
		at.X += p.Bounds().Dx() + width/20
	}
	return desk
}

// Codes in pictures of all kinds are read.
func TestPictures(t *testing.T) {
	one := code(t, transfer(message(1, 0, 9, account("Hello!", "Shop:pat@mail.example", "Shop"))), 400)
	var many [][]byte
	for range 10 {
		many = append(many, account("Hello!Hello!Hello!20", "Shop:pat@mail.example", "Shop"))
	}
	dense := code(t, transfer(message(1, 0, 9, many...)), 900)
	seeThrough := image.NewNRGBA(one.Bounds())
	for y := range 400 {
		for x := range 400 {
			if r, _, _, _ := one.At(x, y).RGBA(); r == 0 {
				seeThrough.Set(x, y, color.Black)
			}
		}
	}
	deep := image.NewRGBA64(one.Bounds())
	draw.Draw(deep, deep.Bounds(), one, image.Point{}, draw.Src)
	for name, content := range map[string]string{
		"plain.png":       asPNG(t, one),
		"plain.JPG":       asJPEG(t, one),
		"photo.jpeg":      asJPEG(t, place(3000, 2000, code(t, transfer(message(1, 0, 9, account("Hello!", "Shop:pat@mail.example", "Shop"))), 1500))),
		"desk.png":        asPNG(t, place(1080, 1400, dense)),
		"transparent.png": asPNG(t, seeThrough),
		"deep.png":        asPNG(t, deep),
		"single.png":      asPNG(t, code(t, "otpauth://totp/Shop:pat%40mail.example?secret="+seed+"&issuer=Shop", 300)),
	} {
		r := read(t, name, content)
		got := Lines(r)
		for i := range got {
			got[i] = strings.Replace(got[i], " x10", "", 1)
		}
		if format(r) != "authenticator-qr" || len(Problems(r)) > 0 {
			t.Errorf("%s: %q, %q", name, format(r), Problems(r))
		}
		Equal(t, got, shop)
	}
}

// Several codes in one picture are read together; a missing one is named.
func TestPictureOfSeveralCodes(t *testing.T) {
	part := func(i int) image.Image {
		return code(t, transfer(message(3, i, 9, account("Hello!", []string{"Shop:a", "Boat:b", "Ship:c"}[i], ""))), 400)
	}
	r := read(t, "codes.png", asPNG(t, place(1100, 600, part(0), part(2))))
	Equal(t, Lines(r), []string{"Ship totp-on likely c", "Shop totp-on likely a"})
	Equal(t, Problems(r), []string{"batch_incomplete"})
	if a := r.Sources[0].Problems[0].Args; a["missing"] != "2" || a["total"] != 3 {
		t.Errorf("%v", a)
	}
}

// A picture without such a code is told of where it was named, and left alone
// in folders and archives.
func TestPicturesWithoutCode(t *testing.T) {
	other := asPNG(t, code(t, "https://shop.example", 300))
	Equal(t, Problems(read(t, "other.png", other)), []string{"no_qr"})
	Equal(t, Problems(read(t, "photo.png", asPNG(t, place(800, 600)))), []string{"no_qr"})
	Equal(t, Problems(read(t, "white.jpg", asJPEG(t, image.NewGray(image.Rect(0, 0, 20, 20))))), []string{"no_qr"})
	good := asPNG(t, code(t, "otpauth://totp/Shop:pat?secret="+seed, 300))
	Equal(t, Problems(read(t, "code.gif", good)), []string{"unknown"})
	r := scan(t, nil, Folder(t, map[string]string{"DCIM/a.png": other, "DCIM/b.png": good}))
	Equal(t, Lines(r), []string{})
	Equal(t, Problems(r), []string{"unknown_tree"})
}

// header is a PNG that declares a size and holds next to nothing.
func header(width, height uint32, depth, kind byte) string {
	ihdr := binary.BigEndian.AppendUint32([]byte("IHDR"), width)
	ihdr = append(binary.BigEndian.AppendUint32(ihdr, height), depth, kind, 0, 0, 0)
	b := binary.BigEndian.AppendUint32([]byte("\x89PNG\r\n\x1a\n"), uint32(len(ihdr)-4))
	b = append(b, ihdr...)
	return string(binary.BigEndian.AppendUint32(b, crc32.ChecksumIEEE(ihdr)))
}

// jpegHeader is a JPEG that declares a size and comes in passes or not.
func jpegHeader(width, height uint16, marker byte) string {
	b := append([]byte("\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00\xff"), marker, 0, 17, 8)
	b = binary.BigEndian.AppendUint16(binary.BigEndian.AppendUint16(b, height), width)
	return string(append(b, 3, 1, 0x11, 0, 2, 0x11, 0, 3, 0x11, 0))
}

// Pictures that claim to be huge are refused before a byte is set aside.
func TestHugePictures(t *testing.T) {
	for name, content := range map[string]string{
		"wide.png": header(1<<30, 1, 8, 2), "square.png": header(6400, 6400, 8, 2), "deep.png": header(5000, 5000, 16, 6),
		"large.jpg": jpegHeader(65535, 65535, 0xc0), "passes.jpg": jpegHeader(4000, 4000, 0xc2),
	} {
		if p := Problems(read(t, name, content)); len(p) != 1 || p[0] != "picture_large" {
			t.Errorf("%s: %q", name, p)
		}
	}
	for name, content := range map[string]string{
		"cut.png": header(6000, 6000, 8, 0), "cut.jpg": jpegHeader(3000, 3000, 0xc2), "magic.jpg": "\xff\xd8\xff", "magic.png": "\x89PNG\r\n\x1a\n",
	} {
		if p := Problems(read(t, name, content)); len(p) != 1 || p[0] != "damaged" {
			t.Errorf("%s: %q", name, p)
		}
	}
}

// A picture full of corners, which would be combined for hours, and a JPEG of
// endless passes come to an end.
func TestPicturesThatKeepBusy(t *testing.T) {
	tile := code(t, "x", 21).(*gozxing.BitMatrix)
	full := image.NewGray(image.Rect(0, 0, 2200, 2200))
	for y := range 2200 {
		for x := range 2200 {
			full.Pix[y*full.Stride+x] = 255
			if tx, ty := x/2%8, y/2%8; tx < 7 && ty < 7 && tile.Get(tx, ty) {
				full.Pix[y*full.Stride+x] = 0
			}
		}
	}
	Equal(t, Problems(read(t, "corners.png", asPNG(t, full))), []string{"no_qr"})
	pass := "\xff\xda\x00\x08\x01\x01\x00\x00\x00\x00\x00"
	Equal(t, Problems(read(t, "passes.jpg", jpegHeader(3000, 3000, 0xc2)+strings.Repeat(pass, 1<<20))), []string{"damaged"})
}

// A picture may not be recognised by its name alone.
func TestPictureName(t *testing.T) {
	p := Write(t, "codes.png", "otpauth://totp/Shop:pat?secret="+seed)
	if r := scan(t, nil, p); format(r) != "otpauth-list" {
		t.Errorf("%s read as %q", filepath.Base(p), format(r))
	}
}
