package main

import (
	"bytes"
	"flag"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// mails is how large the mailbox is; the command measures 50,000.
var mails = flag.Int("mails", 5000, "mails in the measured mailbox")

// floors are what half B of the wordings reaches, a little below what was
// measured: the class that fits, and any class that shows an account.
var floors = map[Kind]struct{ right, counted float64 }{
	kindWelcome: {0.58, 0.60}, kindVerify: {0.54, 0.54}, kindReset: {0.76, 0.76}, kindSecurity: {0.80, 0.80}, kindCode: {0.77, 0.77},
	kindContact: {0.82, 0.82}, kindReceipt: {0.70, 0.03}, kindNotice: {0.38, 0.54}, kindBreach: {0.60, 0.60}, kindClosed: {0.62, 0.64}, kindSocial: {0.77, 0.78},
}

// A known gap: a forger with a domain of their own, properly signed, shows an
// account there once they write twice. It is to fall, never to rise.
const (
	maxPhishing = 0.15 // share of phishing mails taken for proof of the forger's own domain
	maxSpam     = 0.06
)

// What the importer makes of a mailbox of known truth.
func TestTruth(t *testing.T) {
	res, err := measure(t.Context(), *mails, 1, filepath.Join(t.TempDir(), "truth.mbox"))
	if err != nil {
		t.Fatal(err)
	}
	t.Log("\n" + res.table())
	accounts(t, res)
	kinds(t, res)
	numbers(t, res)
}

func accounts(t *testing.T, res *Result) {
	a := res.measured()
	if a.recall() < 0.98 {
		t.Errorf("%d of %d accounts found, missing %q", a.found, a.real, a.missing)
	}
	if p := a.precision(append(unwanted, untold...)...); p < 0.98 {
		t.Errorf("precision %.3f in mail that was asked for: %q", p, a.names)
	}
	if p := a.precision(unwanted...); p < 0.95 {
		t.Errorf("precision %.3f with guests' orders: %q", p, a.names)
	}
	if p := a.precision(); p < 0.85 {
		t.Errorf("precision %.3f with forged mail: %q", p, a.names)
	}
	if len(a.pretended) > 0 {
		t.Errorf("phishing made accounts where it only pretended to be from: %q", a.pretended)
	}
}

func kinds(t *testing.T, res *Result) {
	for k, want := range floors {
		got := res.sum(k, "", 'B')
		if r, c := ratio(got.right, got.all), ratio(got.counted, got.all); r < want.right || c < want.counted {
			t.Errorf("%s: %.3f of the class that fits, %.3f show an account; want %.2f and %.2f", k, r, c, want.right, want.counted)
		}
	}
	for k, most := range map[Kind]float64{kindPhishing: maxPhishing, kindSpam: maxSpam, kindList: 0.03, kindPersonal: 0.01, kindOptIn: 0.01} {
		if got := res.sum(k, "", 0); ratio(got.counted, got.all) > most {
			t.Errorf("%d of %d %s mails show an account", got.counted, got.all, k)
		}
	}
	for _, k := range []Kind{kindNewsletter, kindInvitation, kindAutoReply, kindForwarded} {
		if got := res.sum(k, "", 0); got.counted > 0 {
			t.Errorf("%d of %d %s mails show an account", got.counted, got.all, k)
		}
	}
}

func numbers(t *testing.T, res *Result) {
	found, real, wrong := res.numbers()
	if ratio(found, real) < 0.9 || wrong > 3 || res.others > 0 {
		t.Errorf("own number at %d of %d platforms, %d wrong, %d of others", found, real, wrong, res.others)
	}
}

// Equal seeds give equal mailboxes, others do not, and every sender writes.
func TestGenerator(t *testing.T) {
	box := func(seed uint64) ([]byte, map[string]bool) {
		var b bytes.Buffer
		hosts := map[string]bool{}
		if err := generate(&b, 3000, seed, func(m Message, _ string) error { hosts[org(m.Host)] = true; return nil }); err != nil {
			t.Fatal(err)
		}
		return b.Bytes(), hosts
	}
	one, hosts := box(1)
	if same, _ := box(1); !bytes.Equal(one, same) {
		t.Error("equal seeds give different mailboxes")
	}
	if other, _ := box(2); bytes.Equal(one, other) {
		t.Error("different seeds give equal mailboxes")
	}
	if n := bytes.Count(one, []byte("\nMessage-ID: ")); n != 3000 {
		t.Errorf("%d mails", n)
	}
	if len(hosts) < 600 {
		t.Errorf("only %d senders", len(hosts))
	}
}

// Every kind that proves an account is written in at least twenty ways in every
// language, none twice, and both halves have their share.
func TestCorpus(t *testing.T) {
	c, err := readCorpus()
	if err != nil {
		t.Fatal(err)
	}
	halves := map[byte]int{}
	for _, lang := range languages {
		for _, k := range slices.Sorted(maps.Keys(c[lang])) {
			list := c[lang][k]
			sorted := slices.Clone(list)
			slices.Sort(sorted)
			if n := len(slices.Compact(sorted)); n != len(list) || slices.Contains(proving, k) && n < 20 || n < 3 {
				t.Errorf("%s %s: %d wordings, %d different", lang, k, len(list), n)
			}
			for _, w := range list {
				halves[half(w)]++
			}
		}
		if len(c[lang]) != len(allKinds)-1 { // forwarded mail says what others say
			t.Errorf("%s has %d kinds", lang, len(c[lang]))
		}
	}
	if a, b := halves['A'], halves['B']; len(halves) != 2 || a*3 < b*2 || b*3 < a*2 {
		t.Errorf("the halves are %v", halves)
	}
}

// The table of the truth is one line a mail.
func TestTruthTable(t *testing.T) {
	name := filepath.Join(t.TempDir(), "truth.tsv")
	if err := writeTruth(name, filepath.Join(t.TempDir(), "truth.mbox"), 50, 1); err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(string(b), "\n"); n != 51 {
		t.Errorf("%d lines", n)
	}
}
