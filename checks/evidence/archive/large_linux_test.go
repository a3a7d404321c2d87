package archive_test

import (
	"archive/zip"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"unlisted/checks/evidence"
	"unlisted/checks/evidence/archive"
)

// largeZip writes an archive with so many bytes of photos beside a profile.
func largeZip(tb testing.TB, size int) string {
	tb.Helper()
	name := filepath.Join(tb.TempDir(), "facebook-pat-2025-05-01-AbC.zip")
	f, err := os.Create(name)
	if err != nil {
		tb.Fatal(err)
	}
	defer f.Close()
	z := zip.NewWriter(f)
	put := func(name string, method uint16, b []byte) {
		w, err := z.CreateHeader(&zip.FileHeader{Name: name, Method: method})
		if err == nil {
			_, err = w.Write(b)
		}
		if err != nil {
			tb.Fatal(err)
		}
	}
	photo := make([]byte, 4<<20)
	for i := range photo {
		photo[i] = byte(rand.Uint32())
	}
	for i := range size / len(photo) {
		put(fmt.Sprintf("your_facebook_activity/posts/media/%d.jpg", i), zip.Store, photo)
	}
	put("personal_information/profile_information/profile_information.json", zip.Deflate,
		[]byte(`{"profile_v2":{"username":"pat","emails":{"emails":["pat@mail.example"]},"phone_numbers":[{"phone_number":"+12025550123","verified":true}],"registration_timestamp":1262304000}}`))
	if err := z.Close(); err != nil {
		tb.Fatal(err)
	}
	return name
}

// written is how many bytes this process handed to write so far.
func written() int64 {
	b, err := os.ReadFile("/proc/self/io")
	if err != nil {
		return -1
	}
	for line := range strings.Lines(string(b)) {
		var n int64
		if _, err := fmt.Sscanf(line, "wchar: %d", &n); err == nil {
			return n
		}
	}
	return -1
}

func scanZip(tb testing.TB, name string) {
	tb.Helper()
	r, err := evidence.Scan(context.Background(), []string{name}, evidence.Options{Importers: archive.Importers()}, nil)
	if err != nil || len(r.Findings) < 3 {
		tb.Fatalf("%d findings, %v", len(r.Findings), err)
	}
}

// Reading an archive writes nothing anywhere.
func TestNothingIsWritten(t *testing.T) {
	name := largeZip(t, 64<<20)
	before := written()
	scanZip(t, name)
	if n := written() - before; before < 0 || n > 1<<16 { // the runtime wakes itself with a few bytes
		t.Errorf("%d bytes were written", n)
	}
	entries, err := os.ReadDir(filepath.Dir(name))
	if err != nil || len(entries) != 1 {
		t.Errorf("files appeared: %v %v", entries, err)
	}
}

// BenchmarkTwoGigabytes reads a Facebook archive of two gigabytes, most of it
// photos, and reports what was written meanwhile.
func BenchmarkTwoGigabytes(b *testing.B) {
	name := largeZip(b, 2<<30)
	for b.Loop() {
		before := written()
		scanZip(b, name)
		b.ReportMetric(float64(written()-before), "written-bytes")
	}
}
