package all_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"unlisted/checks/breach"
	"unlisted/checks/breach/fake"
	"unlisted/checks/breach/hibp"
	"unlisted/checks/breach/hudsonrock"
	"unlisted/checks/breach/leakcheck"
	"unlisted/checks/breach/xposedornot"
	"unlisted/checks/identifier"
)

// reply is what a server sends.
type reply struct {
	status int
	kind   string
	body   string
}

// documented are the answers of each source as its documents show them: those of
// somebody unknown and those of somebody in a leak.
var documented = map[string][]reply{
	xposedornot.ID: {
		{200, data, `{"Error":"Not found","email":null}`},
		{404, data, `{"Error":"Not found"}`},
		{404, data, `{"Error":"No breaches found","email":"pat@mail.example","status":"failed"}`},
		{404, data, `{"Error":"Not found","email":"pat@mail.example","status":"failed"}`},
		{200, data, `{"breaches":[["Adobe","Gawker"]],"email":"pat@mail.example","status":"success"}`},
	},
	leakcheck.ID: {
		{200, data, `{"success":true,"found":0,"fields":[],"sources":[]}`},
		{200, data, `{"success":true,"found":0,"sources":[]}`},
		{200, data, `{"success":false,"error":"Not found"}`},
		{200, data, `{"success":true,"found":37,"fields":["username"],"sources":[{"name":"Shop.example","date":"2021-03"},{"name":"Unknown list","date":""}]}`},
	},
	hudsonrock.ID: {
		{200, data, `{"message":"This email address is not associated with a computer infected by an info-stealer. Visit https://www.hudsonrock.com/free-tools to discover more free tools.","stealers":[],"total_corporate_services":0,"total_user_services":0}`},
		{200, data, `{"message":"This email address is not associated with a computer infected by an info-stealer.","stealers":[]}`},
		{200, data, `{"message":"This email address is associated with a computer that was infected","stealers":[{"stealer_family":"RedLine","total_user_services":4}],"total_user_services":4}`},
	},
	hibp.ID:        {{404, "", ``}, {404, "text/plain", `Not found`}, {404, data, `{"statusCode":404,"message":"Not found"}`}, {200, data, `[{"Name":"Adobe"},{"Name":"Gawker"}]`}},
	hibp.PastesID:  {{404, "", ``}, {200, data, `[{"Source":"Pastebin","Id":"AbC","Title":null,"Date":"2020-01-02T03:04:05Z","EmailCount":139}]`}},
	hibp.StealerID: {{404, "", ``}, {200, data, `["shop.example","mail.example"]`}},
}

// lines writes a JSON text as sorted lines of path and value, keys that stand
// twice twice; false where it is no JSON text and nothing else.
func lines(raw string) ([]string, bool) {
	d := json.NewDecoder(strings.NewReader(raw))
	d.UseNumber()
	var out []string
	var walk func(path string) bool
	walk = func(path string) bool {
		t, err := d.Token()
		if err != nil {
			return false
		}
		switch t {
		case json.Delim('{'), json.Delim('['):
			out = append(out, fmt.Sprintf("%s %v", path, t))
			for n := 0; d.More(); n++ {
				key := fmt.Sprint(n)
				if t == json.Delim('{') {
					k, err := d.Token()
					if err != nil {
						return false
					}
					key = k.(string)
				}
				if !walk(path + "/" + key) {
					return false
				}
			}
			_, err := d.Token()
			return err == nil
		}
		out = append(out, fmt.Sprintf("%s %T %v", path, t, t))
		return true
	}
	if !walk("") || strings.TrimSpace(raw[d.InputOffset():]) != "" {
		return nil, false
	}
	slices.Sort(out)
	return out, true
}

// none judges by the text alone whether an answer is one of a source's own ways
// to say that it knows nobody.
func none(source string, r reply) bool {
	if kind, _, _ := strings.Cut(r.kind, ";"); !slices.Contains([]string{"", data, "text/plain", "text/json", "application/problem+json"}, kind) {
		return false
	}
	got, ok := lines(r.body)
	if !ok {
		return false
	}
	all := strings.Join(got, "\n")
	switch source {
	case xposedornot.ID:
		return r.status == 200 && all == " {\n/Error string Not found\n/email <nil> <nil>" ||
			r.status == 404 && all == " {\n/Error string Not found" ||
			r.status == 404 && all == " {\n/Error string No breaches found\n/email string pat@mail.example\n/status string failed"
	case leakcheck.ID:
		return r.status == 200 && (all == " {\n/fields [\n/found json.Number 0\n/sources [\n/success bool true" ||
			all == " {\n/found json.Number 0\n/sources [\n/success bool true" || leakNone.MatchString(all))
	case hudsonrock.ID:
		return (r.status == 200 || r.status == 404) && hudsonNone.MatchString(all)
	}
	return false
}

var leakNone = regexp.MustCompile(`^ \{\n/error string (?i:not found)\n/success bool false$`)

var hudsonNone = regexp.MustCompile(`^ \{\n/message string This email address is not associated with a computer infected by an info-stealer\.` +
	`( Visit https://www\.hudsonrock\.com/free-tools to discover more free tools\.)?` +
	`\n/stealers \[(\n/total_corporate_services json\.Number 0)?(\n/total_user_services json\.Number 0)?$`)

// odd are values that a field may turn into.
var odd = []string{
	`true`, `false`, `null`, `0`, `1`, `-3`, `0.9`, `1e400`, `-0`, `0.0`, `0e0`, `00`, `""`, `"0"`, `"many"`, `"1 204"`, `"Not found"`, `"failed"`, `[]`, `{}`, `[1,2]`, `[[]]`, `{"a":1}`,
	`[{"name":"Adobe"}]`, `[["Adobe"]]`, `"error: db down"`, `"API quota exceeded, try again later"`, `"Service under maintenance"`, `99999999999999999999`,
}

var oddKeys = []string{
	"error", "Error", "ERROR", "message", "warning", "status", "stealers", "Stealers", "breaches", "sources", "success", "found", "Found", "email", "detail", "result", "partial", "total_user_services",
}

// altered is an answer after up to three changes, of the kinds that services and
// what stands before them make.
func altered(t *rapid.T, r reply) reply {
	for range rapid.IntRange(0, 3).Draw(t, "changes") {
		member := regexp.MustCompile(`"([A-Za-z_]+)":("[^"]*"|\[\]|\[\[.*?\]\]|\[\{.*\}\]|[a-z0-9.]+)`)
		found := member.FindAllStringSubmatchIndex(r.body, -1)
		pick := func() []int { return found[rapid.IntRange(0, len(found)-1).Draw(t, "which")] }
		value := rapid.SampledFrom(odd).Draw(t, "value")
		key := rapid.SampledFrom(oddKeys).Draw(t, "key")
		change := rapid.IntRange(0, 11).Draw(t, "change")
		if len(found) == 0 && change < 4 {
			change += 4
		}
		switch change {
		case 0: // another value
			m := pick()
			r.body = r.body[:m[4]] + value + r.body[m[5]:]
		case 1: // the same key again
			m := pick()
			r.body = r.body[:m[1]] + `,"` + r.body[m[2]:m[3]] + `":` + value + r.body[m[1]:]
		case 2: // one key less
			m := pick()
			r.body = strings.Replace(strings.Replace(r.body[:m[0]]+r.body[m[1]:], "{,", "{", 1), ",}", "}", 1)
			r.body = strings.Replace(r.body, ",,", ",", 1)
		case 3: // another name
			m := pick()
			r.body = r.body[:m[2]] + key + r.body[m[3]:]
		case 4: // one key more
			r.body = strings.Replace(r.body, "}", `,"`+key+`":`+value+"}", 1)
		case 5:
			r.status = rapid.SampledFrom([]int{200, 201, 203, 206, 404, 410}).Draw(t, "status")
		case 6:
			r.kind = rapid.SampledFrom([]string{"", data, data + "; charset=utf-8", "text/plain", page, "image/png", "application/xml", "application/octet-stream", "x"}).Draw(t, "kind")
		case 7: // cut off
			r.body = r.body[:rapid.IntRange(0, len(r.body)).Draw(t, "cut")]
		case 8: // something before or after
			extra := rapid.SampledFrom([]string{"\ufeff", "x", "{}", "\n", "<br>", ")]}'", "null", " ", "\x00", "\xff"}).Draw(t, "extra")
			if rapid.Bool().Draw(t, "before") {
				r.body = extra + r.body
			} else {
				r.body += extra
			}
		case 9:
			r.body = rapid.SampledFrom([]string{"", "[" + r.body + "]", `{"data":` + r.body + `}`, "<html>" + r.body, value}).Draw(t, "whole")
		case 10: // only laid out in another way
			var b bytes.Buffer
			if json.Indent(&b, []byte(r.body), "", "  ") == nil {
				r.body = b.String()
			}
		case 11: // in capitals
			r.body = strings.Replace(r.body, "Not found", "NOT FOUND", 1)
		}
	}
	return r
}

// Whatever a source sends, it counts as "nothing found" if and only if it is its
// documented way to say so. Have I Been Pwned's "not found" is never an all-clear,
// and none at all where it holds data.
func TestHonest(t *testing.T) {
	var now reply
	world := fake.New(nil, nil)
	clock := time.Now()
	d, _ := behind(t, func(w http.ResponseWriter, r *http.Request) {
		if strings.HasSuffix(r.URL.Path, "/subscription/status") {
			world.ServeHTTP(w, r)
			return
		}
		raw(now.status, now.kind, now.body)(w, r)
	}, func() time.Time { // no limit is in the way
		clock = clock.Add(24 * time.Hour)
		return clock
	})
	id := email(t, "pat@mail.example")
	for source, answers := range documented {
		t.Run(source, func(t *testing.T) {
			if d.key = fake.Key; source == hibp.StealerID {
				d.key = fake.ProKey
			}
			counts := map[breach.Outcome]int{}
			rapid.Check(t, func(rt *rapid.T) {
				now = altered(rt, rapid.SampledFrom(answers).Draw(rt, "answer"))
				r := d.ask(d.source(source), id)
				counts[r.Outcome]++
				judged(rt, source, now, r, id)
			})
			// What is documented is read as it is meant.
			for _, a := range answers {
				now = a
				r := d.ask(d.source(source), id)
				judged(t, source, a, r, id)
				counts[r.Outcome]++
				if r.Outcome == breach.Malformed {
					t.Errorf("%d %s: %s", a.status, a.body, r.Outcome)
				}
			}
			if counts[breach.Malformed] == 0 || counts[breach.Found] == 0 {
				t.Errorf("the answers tried are too much alike: %v", counts)
			}
		})
	}
}

type failer interface {
	Errorf(format string, args ...any)
}

func judged(t failer, source string, a reply, r breach.Result, id identifier.Identifier) {
	said := fmt.Sprintf("%s: %d %q %q", source, a.status, a.kind, a.body)
	if want := none(source, a); (r.Outcome == breach.NotFound) != want || r.AllClear() != want {
		t.Errorf("%s: %s, want an all-clear %t", said, r.Outcome, want)
	}
	if r.Outcome == breach.Partial && (a.status != 404 || strings.ContainsAny(strings.TrimPrefix(strings.TrimSpace(a.body), "{"), "{[<")) {
		t.Errorf("%s: %s", said, r.Outcome)
	}
	if r.Outcome != breach.Found && len(r.Hits) > 0 || r.Outcome == breach.NotChecked || r.Identifier != id {
		t.Errorf("%s: %+v", said, r)
	}
	if r.Outcome == breach.Found && a.status != 200 {
		t.Errorf("%s: %s", said, r.Outcome)
	}
}
