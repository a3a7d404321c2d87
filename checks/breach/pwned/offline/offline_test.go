package offline_test

import (
	"bytes"
	"context"
	"crypto/sha1"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"unlisted/checks/breach"
	"unlisted/checks/breach/pwned"
	"unlisted/checks/breach/pwned/offline"
	"unlisted/checks/job"
)

// small is a corpus of n invented hashes in order, with "password" among them.
func small(n int) (list []string) {
	random := rand.New(rand.NewPCG(7, 8))
	list = append(list, "5BAA61E4C9B93F3F0682250B6CF8331B7EE68FD8:9545824")
	for range n {
		var h [sha1.Size]byte
		fill(random, h[:])
		list = append(list, fmt.Sprintf("%X:%d", h, 1+random.IntN(300)))
	}
	slices.Sort(list)
	return list
}

func sha(password string) [sha1.Size]byte { return sha1.Sum([]byte(password)) }

func open(t *testing.T, text string) (*offline.File, error) {
	t.Helper()
	return offline.NewFile(strings.NewReader(text), int64(len(text)))
}

// Whatever the system of the downloader wrote as line ends, and whichever letter
// case: what is there is found with its count, what is not is not.
func TestFile(t *testing.T) {
	list := small(20000)
	lower := slices.Clone(list)
	for i := range lower {
		lower[i] = strings.ToLower(lower[i])
	}
	for name, text := range map[string]string{
		"CRLF": strings.Join(list, "\r\n") + "\r\n", "LF": strings.Join(list, "\n") + "\n",
		"no last end": strings.Join(list, "\r\n"), "lower case": strings.Join(lower, "\n"), "one line": list[0],
		"a few": strings.Join(list[:3], "\n"),
	} {
		f, err := open(t, text)
		if name == "one line" || name == "a few" {
			if name == "a few" && err == nil {
				if n, err := f.Count(sha("password")); n != 0 || err != nil {
					t.Errorf("%s: %d, %v", name, n, err)
				}
			}
			continue
		}
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		for i, l := range list {
			var h [sha1.Size]byte
			hash, count, _ := strings.Cut(l, ":")
			hex.Decode(h[:], []byte(hash))
			if n, err := f.Count(h); err != nil || fmt.Sprint(n) != count {
				t.Fatalf("%s: line %d: %d, %v, want %s", name, i, n, err, count)
			}
			h[19] ^= 1
			if n, err := f.Count(h); err != nil || n != 0 {
				t.Fatalf("%s: beside line %d: %d, %v", name, i, n, err)
			}
		}
		for _, edge := range []byte{0, 255} {
			h := [sha1.Size]byte(bytes.Repeat([]byte{edge}, sha1.Size))
			if n, err := f.Count(h); err != nil || n != 0 {
				t.Errorf("%s: at the edge: %d, %v", name, n, err)
			}
		}
	}
}

// What is no such corpus is refused with its own sentence at once.
func TestRefused(t *testing.T) {
	list := small(20000)
	ntlm := make([]string, len(list))
	for i, l := range list {
		ntlm[i] = l[:32] + ":7"
	}
	byCount := slices.Clone(list)
	rand.New(rand.NewPCG(1, 1)).Shuffle(len(byCount), func(i, j int) { byCount[i], byCount[j] = byCount[j], byCount[i] })
	all := strings.Join(list, "\r\n") + "\r\n"
	for name, c := range map[string]struct {
		text string
		want error
	}{
		"NTLM":                {strings.Join(ntlm, "\r\n"), offline.ErrNTLM},
		"ordered by count":    {strings.Join(byCount, "\r\n"), offline.ErrUnsorted},
		"empty":               {"", offline.ErrFormat},
		"a text":              {strings.Repeat("some words\r\n", 1000), offline.ErrFormat},
		"one endless line":    {strings.Repeat("A", 1<<20), offline.ErrFormat},
		"no counts":           {strings.ReplaceAll(all, ":", ""), offline.ErrFormat},
		"zeroes":              {strings.Repeat("\x00", 1<<20), offline.ErrFormat},
		"download broken off": {all[:len(all)/2], offline.ErrIncomplete},
		"the rest of one":     {all[strings.Index(all[len(all)/2:], "\n")+len(all)/2+1:], offline.ErrIncomplete},
		"a damaged end":       {all[:len(all)-30] + strings.Repeat("\x00", 30), offline.ErrIncomplete},
	} {
		if _, err := open(t, c.text); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
	}
}

// Damage in the middle shows when its place is looked at, never as "not found".
func TestDamageOnUse(t *testing.T) {
	list := small(50000)
	at := slices.IndexFunc(list, func(l string) bool { return strings.HasPrefix(l, "5BAA61E4C9") })
	write := func(change func([]string) []string) string {
		return strings.Join(change(slices.Clone(list)), "\r\n") + "\r\n"
	}
	for name, c := range map[string]struct {
		text string
		want error
	}{
		"lines missing": {write(func(l []string) []string { return slices.Delete(l, at-100, at+100) }), offline.ErrIncomplete},
		"turned round":  {write(func(l []string) []string { slices.Reverse(l[at-100 : at+100]); return l }), offline.ErrUnsorted},
		"moved away":    {write(func(l []string) []string { l[at], l[at+3000] = l[at+3000], l[at]; return l }), offline.ErrUnsorted},
		"twice":         {write(func(l []string) []string { l[at-1] = l[at]; return l }), offline.ErrUnsorted},
		"a page of zeroes": {write(func(l []string) []string {
			for i := at - 20; i < at+20; i++ {
				l[i] = strings.Repeat("\x00", len(l[i]))
			}
			return l
		}), offline.ErrDamaged},
		"no number":        {write(func(l []string) []string { l[at] = l[at][:41] + "x"; return l }), offline.ErrDamaged},
		"a number too big": {write(func(l []string) []string { l[at] = l[at][:41] + "99999999999999999999"; return l }), offline.ErrDamaged},
		"the other kind":   {write(func(l []string) []string { l[at] = l[at][:32] + ":3"; return l }), offline.ErrDamaged},
	} {
		f, err := open(t, c.text)
		if err != nil {
			t.Errorf("%s: refused at once: %v", name, err)
			continue
		}
		if n, err := f.Count(sha("password")); !errors.Is(err, c.want) || n != 0 {
			t.Errorf("%s: %d, %v, want %v", name, n, err, c.want)
		}
	}
}

// Any single bit may have turned: the answer for the damaged line is right or an
// error, or says nothing about others.
func TestFlippedBits(t *testing.T) {
	list := small(3000)
	text := []byte(strings.Join(list, "\n") + "\n")
	at := bytes.Index(text, []byte("5BAA61E4C9"))
	for i := at; i < at+41; i++ { // a digit of the count would only change the count
		for bit := range 8 {
			text[i] ^= 1 << bit
			f, err := offline.NewFile(bytes.NewReader(text), int64(len(text)))
			if err != nil {
				t.Fatal(err)
			}
			n, err := f.Count(sha("password"))
			sameCase := text[i]&^0x20 == (text[i]^1<<bit)&^0x20 && text[i]^1<<bit >= 'A'
			if valid := bytes.ContainsRune([]byte("0123456789abcdefABCDEF"), rune(text[i])); !valid && err == nil {
				t.Fatalf("character %d, bit %d: %d", i-at, bit, n)
			} else if sameCase && n != 9545824 {
				t.Fatalf("letter case: %d, %v", n, err)
			}
			text[i] ^= 1 << bit
		}
	}
}

// failing is a disk that fails, or a file that has become shorter.
type failing struct{ err error }

func (f failing) ReadAt([]byte, int64) (int, error) { return 0, f.err }

func TestUnreadable(t *testing.T) {
	for err, want := range map[error]error{io.EOF: offline.ErrIncomplete, errors.New("input/output error on /home/pat"): offline.ErrUnreadable} {
		if _, got := offline.NewFile(failing{err}, 1<<30); !errors.Is(got, want) || strings.Contains(got.Error(), "pat") {
			t.Errorf("%v: %v", err, got)
		}
	}
	if _, err := offline.Open(filepath.Join(t.TempDir(), "nothing")); !errors.Is(err, offline.ErrUnreadable) {
		t.Error(err)
	}
}

// billion stands for a file of a billion lines, 45 GB: each prefix has as many
// lines, and they are as long, as chance would have it; they are made when read.
type billion struct {
	offset []int64 // of each prefix
	counts []int32
	long   []int32 // lines with one digit more
	reads  int
	most   int
}

const billionLines = 1_000_000_000

func newBillion() *billion {
	b := &billion{offset: []int64{0}}
	random := rand.New(rand.NewPCG(5, 6))
	mean := float64(billionLines) / (1 << 20)
	for range 1 << 20 {
		n := int32(mean + math.Sqrt(mean)*random.NormFloat64())
		long := n/3 + int32(15*random.NormFloat64())
		b.counts, b.long = append(b.counts, n), append(b.long, long)
		b.offset = append(b.offset, b.offset[len(b.offset)-1]+int64(n)*44+int64(long))
	}
	return b
}

func (b *billion) size() int64 { return b.offset[1<<20] }

// hashes are those of a prefix, in order.
func (b *billion) hashes(p int) (list []string) {
	random := rand.New(rand.NewPCG(9, uint64(p)))
	for range b.counts[p] {
		list = append(list, fmt.Sprintf("%05X%016X%016X%03X", p, random.Uint64(), random.Uint64(), random.UintN(1<<12)))
	}
	slices.Sort(list)
	return list
}

func (b *billion) text(p int) []byte {
	var out bytes.Buffer
	for i, h := range b.hashes(p) {
		count := 3
		if int32(i) < b.long[p] {
			count = 12
		}
		fmt.Fprintf(&out, "%s:%d\r\n", h, count)
	}
	return out.Bytes()
}

func (b *billion) ReadAt(to []byte, at int64) (int, error) {
	b.reads++
	b.most = max(b.most, len(to))
	p, _ := slices.BinarySearch(b.offset, at+1)
	done := 0
	for p--; done < len(to) && p < 1<<20; p++ {
		done += copy(to[done:], b.text(p)[at+int64(done)-b.offset[p]:])
	}
	if done < len(to) {
		return done, io.EOF
	}
	return done, nil
}

// In a billion lines a look-up takes five reads of a page at most, none of them
// kept from before.
func TestReadsOfABillion(t *testing.T) {
	b := newBillion()
	f, err := offline.NewFile(b, b.size())
	if err != nil {
		t.Fatal(err)
	}
	random := rand.New(rand.NewPCG(3, 1))
	worst, total, rounds := 0, 0, 400
	for i := range rounds {
		var h [sha1.Size]byte
		fill(random, h[:])
		want := int64(0)
		if i%2 == 0 {
			list := b.hashes(random.IntN(1 << 20))
			place := random.IntN(len(list))
			hex.Decode(h[:], []byte(list[place]))
			if want = 3; int32(place) < b.long[int(h[0])<<12|int(h[1])<<4|int(h[2])>>4] {
				want = 12
			}
		}
		b.reads = 0
		if n, err := f.Count(h); err != nil || n != want {
			t.Fatalf("look-up %d: %d, %v, want %d", i, n, err, want)
		}
		worst, total = max(worst, b.reads), total+b.reads
	}
	if worst > 5 || b.most > 64<<10 {
		t.Errorf("%d reads, of up to %d bytes", worst, b.most)
	}
	t.Logf("%.2f reads on average, %d at most", float64(total)/float64(rounds), worst)
}

// folder is a corpus of one file for each prefix, as far as it is there.
func folder(list []string) fstest.MapFS {
	files := fstest.MapFS{}
	for _, l := range list {
		name := l[:5] + ".txt"
		if files[name] == nil {
			files[name] = &fstest.MapFile{}
		} else {
			files[name].Data = append(files[name].Data, "\r\n"...)
		}
		files[name].Data = append(files[name].Data, l[5:]...)
	}
	return files
}

func TestFolder(t *testing.T) {
	edge := func(prefix string) string { return prefix + strings.Repeat("0", 35) + ":1" }
	list := []string{
		edge("00000"), "5BAA60B24058B80A2C72180BB90DE1F14BC5ADB5:2", "5BAA61E4C9B93F3F0682250B6CF8331B7EE68FD8:9545824", "5BAA6FE4C9B93F3F0682250B6CF8331B7EE68FD8:1", edge("FFFFF"),
	}
	c, err := offline.NewFolder(folder(list))
	if err != nil {
		t.Fatal(err)
	}
	if n, err := c.Count(sha("password")); n != 9545824 || err != nil {
		t.Errorf("%d, %v", n, err)
	}
	var beside [sha1.Size]byte
	hex.Decode(beside[:], []byte("5BAA60B24058B80A2C72180BB90DE1F14BC5ADB6"))
	if n, err := c.Count(beside); n != 0 || err != nil {
		t.Errorf("beside: %d, %v", n, err)
	}
	if _, err := c.Count(sha("P@ssw0rd")); !errors.Is(err, offline.ErrIncomplete) {
		t.Errorf("a range that is not there: %v", err)
	}
	for name, k := range map[string]struct {
		data string
		want error
	}{
		"empty": {"\r\n", offline.ErrIncomplete}, "a page": {"<html>", offline.ErrDamaged}, "cut off": {list[1][5:] + "\r\n1E4C9B", offline.ErrDamaged},
		"not in order": {list[2][5:] + "\n" + list[1][5:], offline.ErrUnsorted}, "the other kind": {"0B24058B80A2C72180BB90DE1F1:2", offline.ErrNTLM},
		"huge": {strings.Repeat("A", 5<<20), offline.ErrDamaged},
	} {
		files := folder(list)
		files["5BAA6.txt"].Data = []byte(k.data)
		c, err := offline.NewFolder(files)
		if err != nil {
			t.Fatal(err)
		}
		if n, err := c.Count(sha("password")); !errors.Is(err, k.want) || n != 0 {
			t.Errorf("%s: %d, %v, want %v", name, n, err, k.want)
		}
	}
	files := folder(list)
	delete(files, "FFFFF.txt")
	if _, err := offline.NewFolder(files); !errors.Is(err, offline.ErrIncomplete) {
		t.Errorf("broken off: %v", err)
	}
	if _, err := offline.NewFolder(fstest.MapFS{"holiday.jpg": {}}); !errors.Is(err, offline.ErrFormat) {
		t.Errorf("another folder: %v", err)
	}
	files = folder(list)
	files["00000.txt"].Data = []byte("0B24058B80A2C72180BB90DE1F1:2\r\n")
	if _, err := offline.NewFolder(files); !errors.Is(err, offline.ErrNTLM) {
		t.Errorf("the other kind: %v", err)
	}
}

// The whole way: a file on disk, a batch, an answer for every site. A corpus
// that breaks on the way takes its "not found" back.
func TestCheckOffline(t *testing.T) {
	list := small(20000)
	path := filepath.Join(t.TempDir(), "pwned.txt")
	if err := os.WriteFile(path, []byte(strings.Join(list, "\n")+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	c, err := offline.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	var b pwned.Batch
	b.Add("password", "shop.example")
	b.Add("password", "bank.example")
	b.Add("correct horse battery staple", "mail.example")
	var last job.Progress
	sites, err := pwned.CheckOffline(context.Background(), c, &b, func(p job.Progress) { last = p })
	if got := fmt.Sprint(sites); err != nil || got != "[{bank.example found 9545824} {mail.example not-found 0} {shop.example found 9545824}]" || last.Done != 2 {
		t.Errorf("%s, %v, %+v", got, err, last)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	sites, err = pwned.CheckOffline(ctx, c, &b, func(job.Progress) {})
	if !errors.Is(err, context.Canceled) || slices.ContainsFunc(sites, func(s pwned.Site) bool { return s.Outcome != breach.NotChecked }) {
		t.Errorf("stopped: %v, %v", sites, err)
	}
	for i := range 50 {
		b.Add(fmt.Sprint("another ", i), "z.example")
	}
	n := 0
	sites, err = pwned.CheckOffline(context.Background(), counter(func(sum [sha1.Size]byte) (int64, error) {
		if n++; n > 40 {
			return 0, offline.ErrDamaged
		}
		return c.Count(sum)
	}), &b, func(job.Progress) {})
	if !errors.Is(err, offline.ErrDamaged) || slices.ContainsFunc(sites, func(s pwned.Site) bool { return s.Outcome == breach.NotFound }) {
		t.Errorf("damaged: %v, %v", sites, err)
	}
}

type counter func([sha1.Size]byte) (int64, error)

func (c counter) Count(sum [sha1.Size]byte) (int64, error) { return c(sum) }

// Any bytes end in an answer or in a sentence.
func FuzzFile(f *testing.F) {
	f.Add([]byte(strings.Join(small(200), "\r\n")), []byte("x"))
	f.Add([]byte(strings.Repeat("5BAA61E4C9B93F3F0682250B6CF8331B7EE68FD8:1\n", 300)), []byte{})
	f.Fuzz(func(t *testing.T, text, seed []byte) {
		c, err := offline.NewFile(bytes.NewReader(text), int64(len(text)))
		if err != nil {
			return
		}
		if n, err := c.Count(sha1.Sum(seed)); n < 0 || n > 0 && err != nil {
			t.Errorf("%d, %v", n, err)
		}
	})
}
