package authenticator

import (
	"cmp"
	"context"
	"image"
	"math"
	"slices"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/qrcode/decoder"
	"github.com/makiuchi-d/gozxing/qrcode/detector"
)

// Limits of the search for codes. The library's own search compares every three
// marks that could be a corner, without a bound and without a way to stop it,
// so that a picture full of corners would keep it busy for ever: its parts are
// used one by one instead.
const (
	maxSearch  = 5_000_000 // pixels looked at; larger pictures are shrunk
	maxHits    = 200_000   // rows that could cross a corner
	maxMarks   = 400       // marks that could be a corner
	maxCorners = 48        // of those, the best ones that are combined
	maxTries   = 150       // combinations decoded
)

// scanCodes returns the texts of the QR codes in a picture. Half the size is
// tried where the full one shows nothing: it blurs the noise of a photo.
func scanCodes(ctx context.Context, img image.Image) ([]string, error) {
	size := img.Bounds().Size()
	factor := int(math.Ceil(math.Sqrt(float64(size.X) * float64(size.Y) / maxSearch)))
	grey, err := shrink(ctx, img, max(1, factor))
	if err != nil {
		return nil, err
	}
	texts := codesIn(ctx, grey)
	if len(texts) == 0 {
		if grey, err = shrink(ctx, grey, 2); err != nil {
			return nil, err
		}
		texts = codesIn(ctx, grey)
	}
	return texts, ctx.Err()
}

// shrink makes a picture grey and smaller by a whole factor.
func shrink(ctx context.Context, img image.Image, factor int) (*image.Gray, error) {
	b := img.Bounds()
	out := image.NewGray(image.Rect(0, 0, b.Dx()/factor, b.Dy()/factor))
	light := lightness(img)
	for y := range out.Rect.Dy() {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		for x := range out.Rect.Dx() {
			sum := 0
			for dy := range factor {
				for dx := range factor {
					sum += light(b.Min.X+x*factor+dx, b.Min.Y+y*factor+dy)
				}
			}
			out.Pix[y*out.Stride+x] = uint8(sum / (factor * factor))
		}
	}
	return out, nil
}

// lightness gives the lightness of a pixel, what is transparent lying on white.
func lightness(img image.Image) func(x, y int) int {
	switch p := img.(type) {
	case *image.YCbCr:
		return func(x, y int) int { return int(p.Y[p.YOffset(x, y)]) }
	case image.RGBA64Image: // what the decoders return, all of it
		return func(x, y int) int {
			c := p.RGBA64At(x, y)
			return ((int(c.R)*299+int(c.G)*587+int(c.B)*114)/1000 + 0xffff - int(c.A)) >> 8
		}
	}
	return func(int, int) int { return 0xff }
}

// codesIn finds and decodes codes. The library may stumble over a picture that
// only looks like a code; then there is none.
func codesIn(ctx context.Context, grey *image.Gray) (texts []string) {
	defer func() {
		if recover() != nil {
			texts = nil
		}
	}()
	bitmap, err := gozxing.NewBinaryBitmapFromImage(grey)
	if err != nil {
		return nil
	}
	bits, err := bitmap.GetBlackMatrix()
	if err != nil {
		return nil
	}
	used := map[*detector.FinderPattern]bool{}
	for _, c := range combinations(corners(ctx, bits)) {
		if ctx.Err() != nil {
			return nil
		}
		if used[c.marks[0]] || used[c.marks[1]] || used[c.marks[2]] {
			continue
		}
		if text, ok := decodeCode(bits, c.marks); ok {
			used[c.marks[0]], used[c.marks[1]], used[c.marks[2]] = true, true, true
			texts = append(texts, text)
		}
	}
	return texts
}

// corners searches for the squares in the corners of QR codes: rows that run
// dark, light, dark, light, dark in the widths 1:1:3:1:1.
func corners(ctx context.Context, bits *gozxing.BitMatrix) []*detector.FinderPattern {
	finder := detector.NewFinderPatternFinder(bits, nil)
	hits := 0
	for y := 1; y < bits.GetHeight() && ctx.Err() == nil; y += 2 {
		runs := make([]int, 5) // widths of the last five runs, the present one last
		for x := range bits.GetWidth() + 1 {
			dark := x < bits.GetWidth() && bits.Get(x, y)
			if before := x > 0 && bits.Get(x-1, y); dark == before {
				runs[4]++
				continue
			} else if before && detector.FinderPatternFinder_foundPatternCross(runs) {
				hits++
				finder.HandlePossibleCenter(runs, y, x)
			}
			if hits > maxHits || len(finder.GetPossibleCenters()) > maxMarks {
				return nil
			}
			copy(runs, runs[1:])
			runs[4] = 1
		}
	}
	found := slices.DeleteFunc(finder.GetPossibleCenters(), func(p *detector.FinderPattern) bool {
		return p.GetCount() < detector.FinderPatternFinder_CENTER_QUORUM
	})
	slices.SortStableFunc(
		found,
		func(a, b *detector.FinderPattern) int { return cmp.Compare(b.GetCount(), a.GetCount()) },
	)
	return found[:min(len(found), maxCorners)]
}

// combination is three marks that could be the corners of one code.
type combination struct {
	marks [3]*detector.FinderPattern
	skew  float64 // how far from a right triangle of two equal sides
}

// combinations lists the combinations worth decoding, the squarest first.
func combinations(marks []*detector.FinderPattern) (out []combination) {
	for i, a := range marks {
		for j, b := range marks[:i] {
			for _, c := range marks[:j] {
				sizes := []float64{
					a.GetEstimatedModuleSize(),
					b.GetEstimatedModuleSize(),
					c.GetEstimatedModuleSize(),
				}
				if slices.Max(sizes) > 1.4*slices.Min(sizes) {
					continue
				}
				if s := skew(a, b, c); s < 0.5 {
					out = append(out, combination{[3]*detector.FinderPattern{a, b, c}, s})
				}
			}
		}
	}
	slices.SortStableFunc(out, func(a, b combination) int { return cmp.Compare(a.skew, b.skew) })
	return out[:min(len(out), maxTries)]
}

func skew(a, b, c *detector.FinderPattern) float64 {
	sides := []float64{distance(a, b), distance(b, c), distance(a, c)}
	slices.Sort(sides)
	if sides[2] == 0 {
		return math.Inf(1)
	}
	return (math.Abs(sides[2]-2*sides[0]) + math.Abs(sides[2]-2*sides[1])) / sides[2]
}

// distance is the square of the distance.
func distance(a, b *detector.FinderPattern) float64 {
	dx, dy := a.GetX()-b.GetX(), a.GetY()-b.GetY()
	return dx*dx + dy*dy
}

func decodeCode(bits *gozxing.BitMatrix, marks [3]*detector.FinderPattern) (string, bool) {
	bl, tl, tr := gozxing.ResultPoint_OrderBestPatterns(marks[0], marks[1], marks[2])
	bottomLeft, ok1 := bl.(*detector.FinderPattern)
	topLeft, ok2 := tl.(*detector.FinderPattern)
	topRight, ok3 := tr.(*detector.FinderPattern)
	if !ok1 || !ok2 || !ok3 {
		return "", false
	}
	found, err := detector.NewDetector(bits).
		ProcessFinderPatternInfo(detector.NewFinderPatternInfo(bottomLeft, topLeft, topRight))
	if err != nil {
		return "", false
	}
	result, err := decoder.NewDecoder().Decode(found.GetBits(), nil)
	if err != nil {
		return "", false
	}
	return result.GetText(), true
}
