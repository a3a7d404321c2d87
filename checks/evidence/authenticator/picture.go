package authenticator

import (
	"bytes"
	"context"
	"errors"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"io"
	"path"
	"strings"

	"unlisted/checks/evidence"
)

// picture imports pictures of the codes that authenticator apps show to move
// to another phone. Thousands of photos lie in archives, so only a picture the
// person named is looked at.
type picture struct{}

var _ evidence.Importer = picture{}

// Format implements evidence.Importer.
func (picture) Format() evidence.Format {
	return evidence.Format{ID: "authenticator-qr", Family: family}
}

const (
	pngMagic  = "\x89PNG\r\n\x1a\n"
	jpegMagic = "\xff\xd8\xff"
)

// Recognise implements evidence.Importer.
func (picture) Recognise(_ context.Context, in evidence.Input) evidence.Certainty {
	switch strings.ToLower(path.Ext(in.Name)) {
	case ".png", ".jpg", ".jpeg":
	default:
		return evidence.No
	}
	if strings.Contains(in.Label, "!") ||
		!bytes.HasPrefix(in.Head, []byte(pngMagic)) && !bytes.HasPrefix(in.Head, []byte(jpegMagic)) {
		return evidence.No
	}
	return evidence.Maybe
}

// Read implements evidence.Importer.
func (picture) Read(ctx context.Context, in evidence.Input, out evidence.Sink) error {
	img, err := decode(ctx, in, out)
	if err != nil {
		return err
	}
	texts, err := scanCodes(ctx, img)
	if err != nil {
		return err
	}
	var parts batches
	found := false
	for _, t := range texts {
		if hasScheme(t, uriScheme) || hasScheme(t, migrationScheme) {
			found = true
			readLine(strings.TrimSpace(t), in.Label, &parts, out)
		}
	}
	if !found {
		return evidence.NewProblem(in.Label, "error.evidence.no_qr")
	}
	parts.report(in.Label, out)
	return nil
}

// Limits of a picture. A JPEG that comes in several passes is held as
// coefficients while it is decoded, and each pass costs time over the whole
// picture.
const (
	maxPixels = 40_000_000
	maxBytes  = 4 * maxPixels // decoded
	maxPasses = 64            // real ones have ten
	passBytes = 16            // a pixel of a JPEG in passes, while decoding
)

// decode decodes a picture whose declared size is within bounds.
func decode(ctx context.Context, in evidence.Input, out evidence.Sink) (image.Image, error) {
	isPNG := bytes.HasPrefix(in.Head, []byte(pngMagic))
	config, read := jpeg.DecodeConfig, jpeg.Decode
	if isPNG {
		config, read = png.DecodeConfig, png.Decode
	}
	f, err := in.Open()
	if err != nil {
		return nil, err
	}
	c, err := config(&passes{r: f})
	_ = f.Close()
	if err != nil {
		return nil, err
	}
	each := int64(4)
	switch {
	case isPNG && (c.ColorModel == color.NRGBA64Model || c.ColorModel == color.RGBA64Model):
		each = 8
	case !isPNG && !onePass(in.Head):
		each = passBytes
	}
	if !fitsMemory(maxPixels, int64(c.Width), int64(c.Height)) ||
		!fitsMemory(maxBytes, each, int64(c.Width), int64(c.Height)) {
		return nil, evidence.NewProblem(in.Label, "error.evidence.picture_large")
	}
	if f, err = in.Open(); err != nil {
		return nil, err
	}
	defer f.Close()
	return read(&passes{r: evidence.Counted(ctx, f, out), png: isPNG})
}

// Markers of JPEG, ITU-T T.81 table B.1.
const (
	markerBaseline = 0xc0
	markerExtended = 0xc1
	markerScan     = 0xda
)

// onePass reports whether the head of a JPEG declares a picture that comes in
// one pass.
func onePass(head []byte) bool {
	for b := head[2:]; len(b) >= 4 && b[0] == 0xff; {
		switch m := b[1]; {
		case m == markerBaseline || m == markerExtended:
			return true
		case m > markerExtended && m < 0xd0 && m != 0xc4 && m != 0xc8 && m != 0xcc, m == markerScan:
			return false
		}
		size := 2 + int(b[2])<<8 + int(b[3])
		b = b[min(size, len(b)):]
	}
	return false
}

// errPasses is a JPEG with more passes than any real one.
var errPasses = errors.New("too many passes")

// passes counts the passes of a JPEG on its way to the decoder.
type passes struct {
	r    io.Reader
	png  bool
	last byte
	n    int
}

// Read implements io.Reader.
func (p *passes) Read(b []byte) (int, error) {
	n, err := p.r.Read(b)
	if p.png {
		return n, err
	}
	for _, c := range b[:n] {
		if p.last == 0xff && c == markerScan {
			if p.n++; p.n > maxPasses {
				return 0, errPasses
			}
		}
		p.last = c
	}
	return n, err
}
