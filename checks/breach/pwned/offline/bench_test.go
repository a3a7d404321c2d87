package offline_test

import (
	"bufio"
	"bytes"
	"crypto/sha1"
	"encoding/hex"
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"testing"

	"unlisted/checks/breach/pwned/offline"
)

// lines is the size of the corpus the benchmarks make; UNLISTED_CORPUS_LINES
// sets another, such as 50000000.
func lines(b *testing.B) int {
	n, err := strconv.Atoi(os.Getenv("UNLISTED_CORPUS_LINES"))
	if err != nil {
		return 5_000_000
	}
	return n
}

// corpus writes n invented hashes in order and returns the file and a sample of
// what is in it.
func corpus(b *testing.B, n int) (*os.File, int64, [][sha1.Size]byte) {
	b.Helper()
	f, err := os.Create(filepath.Join(b.TempDir(), "pwned.txt"))
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { f.Close() })
	random := rand.New(rand.NewPCG(1, 2))
	w := bufio.NewWriterSize(f, 1<<20)
	var sample [][sha1.Size]byte
	// One slice of the hash space after the other, so that memory stays small.
	for s := range 256 {
		mean := float64(n) / 256
		part := make([][sha1.Size]byte, int(mean+math.Sqrt(mean)*random.NormFloat64()))
		for i := range part {
			fill(random, part[i][:])
			part[i][0] = byte(s)
		}
		slices.SortFunc(part, func(a, b [sha1.Size]byte) int { return bytes.Compare(a[:], b[:]) })
		for _, h := range part {
			fmt.Fprintf(w, "%X:%d\r\n", h, 1+int(random.ExpFloat64()*3))
		}
		sample = append(sample, part[:min(len(part), 100)]...)
	}
	if err := w.Flush(); err != nil {
		b.Fatal(err)
	}
	info, err := f.Stat()
	if err != nil {
		b.Fatal(err)
	}
	random.Shuffle(len(sample), func(i, j int) { sample[i], sample[j] = sample[j], sample[i] })
	return f, info.Size(), sample
}

func fill(random *rand.Rand, b []byte) {
	for i := range b {
		b[i] = byte(random.Uint64())
	}
}

// counting counts reads.
type counting struct {
	io.ReaderAt
	reads int
}

func (c *counting) ReadAt(b []byte, at int64) (int, error) {
	c.reads++
	return c.ReaderAt.ReadAt(b, at)
}

func rate(b *testing.B, reads int) {
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "lookups/s")
	b.ReportMetric(float64(reads)/float64(b.N), "reads/op")
}

// BenchmarkLookUp compares the search by reckoning with a plain halving search,
// as look(1) does it, and with a sorted table in memory. Half of what is looked
// up is there.
func BenchmarkLookUp(b *testing.B) {
	file, size, present := corpus(b, lines(b))
	random := rand.New(rand.NewPCG(3, 4))
	wanted := make([][sha1.Size]byte, 1<<14)
	for i := range wanted {
		if fill(random, wanted[i][:]); i%2 == 0 {
			wanted[i] = present[i%len(present)]
		}
	}
	b.Run("reckoned", func(b *testing.B) {
		r := &counting{ReaderAt: file}
		c, err := offline.NewFile(r, size)
		if err != nil {
			b.Fatal(err)
		}
		for r.reads = 0; b.Loop(); {
			i := random.IntN(len(wanted))
			if n, err := c.Count(wanted[i]); err != nil || i%2 == 0 && n == 0 {
				b.Fatal(n, err)
			}
		}
		rate(b, r.reads)
	})
	b.Run("halved", func(b *testing.B) {
		r := &counting{ReaderAt: file}
		for b.Loop() {
			look(r, size, wanted[random.IntN(len(wanted))])
		}
		rate(b, r.reads)
	})
	b.Run("in-memory", func(b *testing.B) {
		table := load(b, file, size)
		for b.Loop() {
			i := random.IntN(len(wanted))
			if _, found := slices.BinarySearchFunc(table, wanted[i], func(a, b [sha1.Size]byte) int { return bytes.Compare(a[:], b[:]) }); i%2 == 0 && !found {
				b.Fatal("not in the table")
			}
		}
		rate(b, 0)
	})
}

// look halves the file byte by byte and compares one line at a time.
func look(r io.ReaderAt, size int64, sum [sha1.Size]byte) bool {
	want := []byte(fmt.Sprintf("%X", sum))
	low, high := int64(0), size
	buffer := make([]byte, 128)
	for low < high {
		middle := (low + high) / 2
		n, _ := r.ReadAt(buffer, middle)
		skip := 0
		if middle > 0 {
			skip = bytes.IndexByte(buffer[:n], '\n') + 1
		}
		if skip+40 > n {
			high = middle
			continue
		}
		switch order := bytes.Compare(buffer[skip:skip+40], want); {
		case order == 0:
			return true
		case order < 0:
			low = middle + 1
		default:
			high = middle
		}
	}
	return false
}

// BenchmarkLoad is what a table in memory costs before the first answer.
func BenchmarkLoad(b *testing.B) {
	file, size, _ := corpus(b, lines(b))
	for b.Loop() {
		load(b, file, size)
	}
}

func load(b *testing.B, file io.ReaderAt, size int64) (table [][sha1.Size]byte) {
	b.Helper()
	s := bufio.NewScanner(io.NewSectionReader(file, 0, size))
	for s.Scan() {
		var h [sha1.Size]byte
		if _, err := hex.Decode(h[:], s.Bytes()[:40]); err != nil {
			b.Fatal(err)
		}
		table = append(table, h)
	}
	return table
}
