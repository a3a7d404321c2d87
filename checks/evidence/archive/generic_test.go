package archive_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"unlisted/checks/evidence"
	"unlisted/checks/evidence/archive"
	"unlisted/checks/evidence/evidencetest"
)

// claims is an importer that claims whatever contains a word.
type claims struct {
	tree bool
	word string
}

func (c claims) Format() evidence.Format {
	return evidence.Format{ID: "claims", Family: "test", Tree: c.tree}
}

func (c claims) Recognise(_ context.Context, in evidence.Input) evidence.Certainty {
	if strings.Contains(string(in.Head)+strings.Join(in.Files, " "), c.word) {
		return evidence.Maybe
	}
	return evidence.No
}

func (claims) Read(context.Context, evidence.Input, evidence.Sink) error { return nil }

func generically(t *testing.T, files map[string]string, others ...evidence.Importer) []string {
	t.Helper()
	others = append(archive.Services(), others...)
	o := evidence.Options{Importers: append(slices.Clone(others), archive.Generic(others)), Region: "FR"}
	var first []string
	for i, path := range []string{evidencetest.Folder(t, files), evidencetest.Write(t, "x.zip", string(evidencetest.Zip(t, files)))} {
		r, err := evidence.Scan(context.Background(), []string{path}, o, nil)
		if err != nil {
			t.Fatal(err)
		}
		lines := evidencetest.Lines(r)
		for _, s := range r.Sources {
			for _, p := range s.Problems {
				lines = append(lines, p.What)
			}
		}
		if i == 0 {
			first = lines
		}
		evidencetest.Equal(t, lines, first)
	}
	return first
}

// What stands alone beside a label is proposed, and no account is ever claimed.
func TestGeneric(t *testing.T) {
	for name, c := range map[string]struct {
		files map[string]string
		want  []string
	}{
		"documents": {
			map[string]string{"export/me.json": `{"profile":{"emailAddress":"pat@mail.example","mobile_phone":"0639981234","phone_id":"33639980007","email":"info@shop.example","note":"pat2@mail.example"}}`},
			[]string{"own possible pat@mail.example", "own possible +33639981234"},
		},
		"tables": {
			map[string]string{"export from a shop/account.csv": "Name;E-Mail;Telefon;Kundennummer\nPat;pat@mail.example;+33639981234;0639980001\n"},
			[]string{"own possible pat@mail.example", "own possible +33639981234"},
		},
		"pages": {
			map[string]string{"index.html": "<html><table><tr><td>Adresse e-mail</td><td>pat@mail.example</td></tr><tr><td>Téléphone :</td><td>06 39 98 12 34</td></tr></table></html>"},
			[]string{"own possible pat@mail.example", "own possible +33639981234"},
		},
		"the same twice": {
			map[string]string{"a.json": `[{"email":"pat@mail.example"},{"email":"pat@mail.example"}]`},
			[]string{"own possible pat@mail.example"},
		},
		"a list of people": {
			map[string]string{"customers.csv": "name,email\nAnn,ann@mail.example\nBen,ben@mail.example\n", "two.json": `{"email":"ann@mail.example, ben@mail.example","phone":["+33639989998","+33639989999"]}`},
			nil,
		},
		"other people": {
			map[string]string{
				"contacts/a.json": `{"email":"ann@mail.example"}`, "messages.json": `{"email":"ann@mail.example"}`,
				"b.json": `{"emergencyContact":{"phone":"` + other + `"},"friends":[{"email":"ann@mail.example"}],"senderEmail":"ann@mail.example","email":""}`,
			},
			nil,
		},
		"nothing": {
			map[string]string{"a.json": `{"email":null,"phone":"N/A","mobile":0,"alternate_email":"redacted"}`, "b.csv": "email,phone\n,\n"},
			nil,
		},
		"broken files": {
			map[string]string{"a.json": `{"email":"pat@mail.example"}`, "b.json": "{", "c.csv": "email\n\"" + strings.Repeat("x", 1<<20), "d.json": strings.Repeat("[", 20000), "e.json": `{"email":"ann@mail.example","x":"` + strings.Repeat("x", 9<<20) + `"}`},
			[]string{"own possible pat@mail.example"},
		},
	} {
		t.Run(name, func(t *testing.T) { evidencetest.Equal(t, generically(t, c.files), append([]string{}, c.want...)) })
	}
}

// What another importer reads is left to it; programs and huge folders are no
// exports.
func TestGenericLeaves(t *testing.T) {
	me := map[string]string{"me.json": `{"email":"pat@mail.example"}`}
	with := func(name, content string) map[string]string {
		return map[string]string{"me.json": me["me.json"], name: content}
	}
	huge := fstest.MapFS{}
	for i := range 5000 {
		huge[fmt.Sprint(i, ".json")] = &fstest.MapFile{Data: []byte(`{"email":"pat@mail.example"}`)}
	}
	many, err := evidence.ScanFS(context.Background(), "huge", huge, evidence.Options{Importers: []evidence.Importer{archive.Generic(nil)}}, nil)
	if err != nil {
		t.Fatal(err)
	}
	for name, got := range map[string][]string{
		"an archive of Uber's":     generically(t, with("profile_data.csv", "Email,Mobile,Rating\n")),
		"claimed whole":            generically(t, me, claims{true, "me.json"}),
		"claimed by a file reader": generically(t, me, claims{false, "pat@mail.example"}),
		"a program":                generically(t, with("package.json", "{}")),
		"a huge folder":            evidencetest.Lines(many),
		"no export":                generically(t, map[string]string{"a.txt": "email: pat@mail.example"}),
	} {
		if slices.ContainsFunc(got, func(l string) bool { return strings.HasPrefix(l, "own") }) {
			t.Errorf("%s: %q", name, got)
		}
	}
	beside := generically(t, with("logins.json", `{"email":"vault@mail.example"}`), claims{false, "vault@"})
	evidencetest.Equal(t, beside, []string{"own possible pat@mail.example"})
}

// At most two hundred members are read.
func TestGenericBounded(t *testing.T) {
	files := map[string]string{}
	for i := range 300 {
		files[fmt.Sprintf("%03d.json", i)] = fmt.Sprintf(`{"email":"pat%03d@mail.example"}`, i)
	}
	if got := generically(t, files); len(got) != 200 {
		t.Errorf("%d members were read", len(got))
	}
}
