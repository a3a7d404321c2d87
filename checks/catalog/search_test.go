package catalog

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"unicode"

	"golang.org/x/net/publicsuffix"
	"golang.org/x/text/unicode/norm"

	"unlisted/assets"
)

func embedded(t *testing.T) *Catalog {
	t.Helper()
	c, err := Load(assets.Sub("catalog"), fstest.MapFS{}, nil)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// plainWords takes a name apart the slow way: letters and digits without accents.
func plainWords(s string) []string {
	plain := strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return unicode.ToLower(r)
	}, norm.NFKD.String(s))
	return strings.FieldsFunc(plain, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}

// wordsOf are all words a platform is searched by, each list a name; what is
// behind them may follow a query but not begin it.
func wordsOf(p *Platform) (names [][]string, suffixes []int) {
	for _, n := range append([]string{p.Name}, p.Aliases...) {
		names, suffixes = append(names, plainWords(n)), append(suffixes, 0)
	}
	for _, d := range p.Domains {
		suffix, _ := publicsuffix.PublicSuffix(d)
		if suffix == d {
			suffix = ""
		}
		names, suffixes = append(names, plainWords(d)), append(suffixes, len(plainWords(suffix)))
	}
	return names, suffixes
}

// Search finds exactly the platforms in which the query begins a word; it is
// compared with one that tries every word of every name.
func TestSearchAgainstEveryWord(t *testing.T) {
	c := embedded(t)
	r := rand.New(rand.NewPCG(1, 2))
	queries := []string{"caf", "EDF", "engie", "la poste", "Crédit", "goo", "x", "uber", "pay pal", "-", "ß"}
	for range 60 { // beginnings, whole words and middles of what is there
		w := []rune(strings.Join(plainWords(c.At(r.IntN(c.Len())).Name), " "))
		if len(w) == 0 {
			continue
		}
		from := r.IntN(len(w))
		queries = append(queries, string(w[from:from+r.IntN(len(w)-from)+1]))
	}
	for _, query := range queries {
		q, want := strings.Join(plainWords(query), ""), map[string]bool{}
		for i := range c.Len() {
			names, suffixes := wordsOf(c.At(i))
			for n, words := range names {
				for at := range max(0, len(words)-suffixes[n]) {
					if q != "" && strings.HasPrefix(strings.Join(words[at:], ""), q) {
						want[c.At(i).ID] = true
					}
				}
			}
		}
		got := c.Search(query, c.Len())
		for _, p := range got {
			if !want[p.ID] {
				t.Errorf("%q finds %s (%s), which it does not begin a word of", query, p.Name, p.ID)
			}
			delete(want, p.ID)
		}
		for id := range want {
			t.Errorf("%q does not find %s", query, id)
		}
		if few := c.Search(query, 3); len(few) > 3 || len(got) > 0 && few[0] != got[0] {
			t.Errorf("%q: the first three are not the first of all", query)
		}
	}
}

const searched = "unlisted platforms 1\n" +
	"cafepress.example\tCafePress\n" +
	"credit-agricole.example\tCrédit Agricole\tca.example\tBanque verte\n" +
	"free.example\tFree / Free Mobile\n" +
	"gamma.de\tGamma Shop [DE]\n" +
	"gamma.fr\tGamma Magasin [FR]\n" +
	"mega-energie.example\tMega Energie\n" +
	"redfin.example\tRedfin\n" +
	"team.okta.com\tTeam Blue\n" +
	"okta.com\tOkta\n\n"

// What a person names is found by its whole name or address; a name that only
// begins alike, or has it in its middle, is not shown in its place.
func TestFind(t *testing.T) {
	c, err := Load(fstest.MapFS{"platforms.tsv": {Data: []byte(searched)}}, fstest.MapFS{}, nil)
	if err != nil {
		t.Fatal(err)
	}
	for query, want := range map[string]string{
		"cafepress": "cafepress.example", "Cafe Press": "cafepress.example", "cafepress.example": "cafepress.example", "caf": "", "press": "", "edf": "",
		"CREDIT AGRICOLE": "credit-agricole.example", "creditagricole": "credit-agricole.example", "crédit-agricole": "credit-agricole.example",
		"banque verte": "credit-agricole.example", "agricole": "", "https://www.ca.example/login?x=1": "credit-agricole.example", "credit": "credit-agricole.example",
		"free": "free.example", "gamma": "", "gamma shop": "gamma.de", "mega": "mega-energie.example", "energie": "", "redfinn": "", "": "", "...": "", "a b.c": "",
		"other.okta.com": "", "team.okta.com": "team.okta.com", "login.okta.com": "okta.com", "example": "", "com": "",
	} {
		p, ok := c.Find(query)
		if ok != (want != "") || ok && p.ID != want {
			t.Errorf("Find(%q) = %v, %v; want %q", query, p, ok, want)
		}
	}
	for query, want := range map[string]string{
		"caf": "cafepress.example", "redfinn": "redfin.example", "refdin": "redfin.example", "edf": "", "gamma": "gamma.de gamma.fr",
		"other.okta.com": "okta.com", "cafepres.example": "cafepress.example", "credot agricole": "credit-agricole.example", "zzzz": "", "": "",
	} {
		var got []string
		for _, p := range c.Nearest(query, 4) {
			got = append(got, p.ID)
		}
		if strings.Join(got, " ") != want {
			t.Errorf("Nearest(%q) = %q, want %q", query, got, want)
		}
	}
}

// One slip is one letter more, less or another, or two swapped; compared with
// all words that are one such change away.
func TestOneSlip(t *testing.T) {
	const letters = "abé"
	near := func(w string) map[string]bool {
		out, r := map[string]bool{w: true}, []rune(w)
		for i := range len(r) + 1 {
			for _, l := range letters {
				out[string(slices.Insert(slices.Clone(r), i, l))] = true
				if i < len(r) {
					changed := slices.Clone(r)
					changed[i] = l
					out[string(changed)] = true
				}
			}
			if i < len(r) {
				out[string(slices.Delete(slices.Clone(r), i, i+1))] = true
			}
			if i+1 < len(r) {
				swapped := slices.Clone(r)
				swapped[i], swapped[i+1] = swapped[i+1], swapped[i]
				out[string(swapped)] = true
			}
		}
		return out
	}
	words := []string{""}
	for at := 0; len(words[at]) < 5 && len(words) < 200; at++ {
		for _, l := range letters {
			words = append(words, words[at]+string(l))
		}
	}
	for _, a := range words {
		set := near(a)
		for _, b := range words {
			if oneSlip(a, b) != set[b] {
				t.Fatalf("oneSlip(%q, %q) = %v", a, b, !set[b])
			}
		}
	}
}

// Mistyped names of the set that ships lead to the platform that was meant.
func TestNearestOfTheSet(t *testing.T) {
	c := embedded(t)
	for query, want := range map[string]string{
		"facebok": "facebook.com", "instgram": "instagram.com", "paypla": "paypal.com", "googel": "google.com", "lebomcoin": "leboncoin.fr", "amazom": "amazon.com",
	} {
		if _, ok := c.Find(query); ok {
			t.Errorf("%q is taken for a platform", query)
		}
		if near := c.Nearest(query, 3); len(near) == 0 || near[0].ID != want {
			t.Errorf("Nearest(%q) = %v, want %s first", query, near, want)
		}
	}
}
