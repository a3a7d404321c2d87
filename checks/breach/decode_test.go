package breach_test

import (
	"encoding/json"
	"fmt"
	"math"
	"strings"
	"testing"

	"unlisted/checks/breach"
)

// What services turn their fields into is read where it is plain what is meant,
// and is empty where not; it never spoils the rest.
func TestLenientTypes(t *testing.T) {
	type all struct {
		T breach.Text
		C breach.Count
		B breach.Truth
		L breach.Texts
	}
	for in, want := range map[string]all{
		`{}`: {}, `{"T":null,"C":null,"B":null,"L":null}`: {},
		`{"T":" Adobe ","C":1957476021,"B":true,"L":["a","b"]}`: {"Adobe", 1957476021, true, breach.Texts{"a", "b"}},
		`{"C":5000000000}`:                                                           {C: 5_000_000_000},
		`{"C":"5000000000","B":"Yes","L":"a; b;;c"}`:                                 {C: 5_000_000_000, B: true, L: breach.Texts{"a", "b", "c"}},
		`{"C":"1,234","B":1,"L":"['Windows Defender', 'Other']"}`:                    {C: 1234, B: true, L: breach.Texts{"Windows Defender", "Other"}},
		`{"C":1.5e3,"B":"no","L":"one"}`:                                             {C: 1500, L: breach.Texts{"one"}},
		`{"C":1e300,"B":0}`:                                                          {C: math.MaxInt64},
		`{"C":99999999999999999999,"B":"maybe"}`:                                     {C: math.MaxInt64},
		`{"C":-5,"T":7,"L":[1,null,"x",{"a":1},["y"]]}`:                              {T: "7", L: breach.Texts{"1", "x"}},
		`{"C":"NaN","T":{"a":"b"},"L":{"a":"b"},"B":{"yes":true}}`:                   {},
		`{"C":[1],"T":["a"],"B":[true],"L":[]}`:                                      {},
		`{"T":"<b>\u001b[31mBold\u202e</b>\u0000","L":["\u200bx<script>"],"C":true}`: {T: "b[31mBold/b", L: breach.Texts{"xscript"}},
	} {
		var got all
		if err := json.Unmarshal([]byte(in), &got); err != nil || fmt.Sprintf("%#v", got) != fmt.Sprintf("%#v", want) {
			t.Errorf("%s: %#v, %v, want %#v", in, got, err, want)
		}
	}
}

func TestDay(t *testing.T) {
	for in, want := range map[string]string{
		"2021-03": "2021-03-01", "2021": "2021-01-01", "2023-05-17T08:22:31.000Z": "2023-05-17", "2021-03-01T00:00:00+00:00": "2021-03-01", " 2021-03-04 ": "2021-03-04",
		"2026-09-01T12:00:37.000000": "2026-09-01", "": "0001-01-01", "Not Found": "0001-01-01", "1200": "0001-01-01", "2999-01-01": "0001-01-01", "2021-13": "0001-01-01",
	} {
		if got := breach.Day(in, noon).Format("2006-01-02"); got != want {
			t.Errorf("%q: %s, want %s", in, got, want)
		}
	}
}

func TestHost(t *testing.T) {
	for in, want := range map[string]string{
		"SampleShop.example": "sampleshop.example", "www.Shop.example": "shop.example", "Unknown list": "", "Adobe": "", "": "", "a..b": "", ".": "", "x.example/path": "", "ż.example": "", strings.Repeat("a.", 200) + "b": "",
	} {
		if got := breach.Host(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

// Links lead to encrypted pages and say why they are links.
func TestLinks(t *testing.T) {
	seen := map[string]bool{}
	for _, l := range breach.Links() {
		if seen[l.ID] || !strings.HasPrefix(l.Address, "https://") || l.Reason != "source.link."+l.ID {
			t.Errorf("%+v", l)
		}
		seen[l.ID] = true
	}
	if len(seen) < 4 {
		t.Errorf("%d links", len(seen))
	}
}
