// Package checks_test holds the house to its plan: which package may use
// which, where the dangerous calls are, and that every word is there in every
// language. The lists here are the map.
package checks_test

import (
	"bytes"
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"
)

// floors is the order of the packages in checks: each uses only those before
// it, its own sub-packages and itself.
var floors = []string{
	"datafile", "place", "identifier", "text", "atomicfile", "rehearsal", "job", "catalog", "outbound", "evidence", "breach", "update", "opendata", "account", "access", "reach", "plan", "profile", "overview", "letter", "report", "session", "sample",
}

// source is one parsed Go file.
type source struct {
	path string // from the root, with slashes
	test bool
	file *ast.File
	set  *token.FileSet
}

func (s source) at(n ast.Node) string {
	return s.path + ":" + strconv.Itoa(s.set.Position(n.Pos()).Line)
}

func (s source) imports() (out []string) {
	for _, i := range s.file.Imports {
		p, _ := strconv.Unquote(i.Path.Value)
		out = append(out, p)
	}
	return out
}

func sources(t *testing.T) (out []source) {
	t.Helper()
	err := filepath.WalkDir("..", func(p string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && (d.Name() == "dist" || d.Name() == "bin" || d.Name() == "testdata" || strings.HasPrefix(d.Name(), ".") && d.Name() != ".."):
			return filepath.SkipDir
		case !strings.HasSuffix(p, ".go"):
			return nil
		}
		set := token.NewFileSet()
		f, err := parser.ParseFile(set, p, nil, parser.ParseComments)
		rel, _ := filepath.Rel("..", p)
		out = append(out, source{filepath.ToSlash(rel), strings.HasSuffix(p, "_test.go") || strings.Contains(p, "evidencetest"), f, set})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(out) < 80 {
		t.Fatalf("only %d files found", len(out))
	}
	return out
}

// mayUse reports whether one package of ui may use another: what builds the
// window knows the pages; a page knows the kit, and the parts that pages share.
func mayUse(own, other string) bool {
	switch own {
	case "gallery":
		return other == "shell"
	case "shell":
		return other != "gallery"
	case "kit":
		return false
	case "parts":
		return other == "kit"
	}
	return other == "kit" || other == "parts"
}

// Imports go one way.
func TestImports(t *testing.T) {
	for _, s := range sources(t) {
		if s.test {
			continue
		}
		top, rest, _ := strings.Cut(s.path, "/")
		own, _, _ := strings.Cut(rest, "/")
		for _, p := range s.imports() {
			switch {
			case p == "fyne.io/fyne/v2/app" && !strings.HasPrefix(s.path, "cmd/unlisted/") && s.path != "test/startup/bare/main.go":
				t.Errorf("%s opens a window: only cmd/unlisted may", s.path)
			case top == "checks" && (strings.HasPrefix(p, "fyne.io/") || strings.HasPrefix(p, "unlisted/ui") || p == "unlisted/assets" || strings.HasPrefix(p, "unlisted/cmd")):
				t.Errorf("%s knows a screen or the assets: %s", s.path, p)
			case top == "ui" && (p == "unlisted/assets" || strings.HasPrefix(p, "unlisted/cmd")):
				t.Errorf("%s: %s is for cmd to hand out", s.path, p)
			case top == "ui" && strings.HasPrefix(p, "unlisted/ui/") && !mayUse(own, strings.TrimPrefix(p, "unlisted/ui/")):
				t.Errorf("%s uses %s: a page knows no other page", s.path, p)
			case strings.HasPrefix(s.path, "ui/kit/") && (strings.HasPrefix(p, "unlisted/ui/") || strings.HasPrefix(p, "unlisted/checks/") && p != "unlisted/checks/text" && p != "unlisted/checks/job"):
				t.Errorf("%s knows more than widgets: %s", s.path, p)
			case top == "checks" && strings.HasPrefix(p, "unlisted/checks/"):
				used, _, _ := strings.Cut(strings.TrimPrefix(p, "unlisted/checks/"), "/")
				mine, theirs := slices.Index(floors, own), slices.Index(floors, used)
				if mine < 0 || theirs < 0 {
					t.Errorf("%s or %s is not on the map", own, used)
				} else if theirs > mine {
					t.Errorf("%s uses %s, which stands above it", s.path, used)
				}
			}
		}
	}
}

// allowed lists, for what bites, the only files it may stand in.
var allowed = map[string][]string{
	"go statement":          {"checks/job/job.go", "checks/profile/keystore/keystore.go"},
	"fyne.Do":               {"ui/kit/post.go"},
	"fyne.DoAndWait":        {},
	"fyne.CurrentApp":       {"ui/kit/post.go"},
	"context.Background":    {"cmd/", "test/"},
	"context.TODO":          {},
	"time.Sleep":            {},
	"http.DefaultClient":    {},
	"http.DefaultTransport": {"checks/outbound/client.go"},
	"http.Get":              {},
	"http.Post":             {},
	"http.Client":           {"checks/outbound/", "checks/breach/"}, // sources ask through what the client gives them
	"http.Transport":        {"checks/outbound/client.go"},
	"net.Dial":              {},
	"net.DialTimeout":       {},
	"net.Dialer":            {"checks/outbound/client.go"},
	"tls.Dial":              {},
	"exec.Command":          {"cmd/unlisted/display_other.go"}, // a sentence where there is no window
	"exec.CommandContext":   {},
	"os.Setenv":             {"cmd/"},
	"log.Fatal":             {"cmd/"},
}

// maxLines is how long a function may be, maxFields how many fields a struct may
// have.
const (
	maxLines  = 60
	maxFields = 15
)

// wide are the records of facts that have more: what they list is in the world,
// not in the program. Nothing that does something is among them.
var wide = []string{
	"account.Account", "catalog.Platform", "evidence.Finding", "mailbox.splitter", "sms.recordJSON", "reach.known", "report.content",
	"main.cli", "main.platformJSON", "kit.palette", "opendata.platformDoc", "opendata.stepDoc",
}

// Calls that wait, start something or reach out stand where they are expected.
func TestDangerousCalls(t *testing.T) {
	for _, s := range sources(t) {
		if s.test {
			continue
		}
		may := func(what string) bool {
			files, watched := allowed[what]
			return !watched || slices.ContainsFunc(files, func(f string) bool { return s.path == f || strings.HasSuffix(f, "/") && strings.HasPrefix(s.path, f) })
		}
		ast.Inspect(s.file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.GoStmt:
				if !may("go statement") {
					t.Errorf("%s starts a goroutine: long work goes through job", s.at(n))
				}
			case *ast.SelectorExpr:
				if x, ok := n.X.(*ast.Ident); ok && !may(x.Name+"."+n.Sel.Name) {
					t.Errorf("%s: %s.%s does not belong here", s.at(n), x.Name, n.Sel.Name)
				}
			case *ast.TypeSpec:
				if st, ok := n.Type.(*ast.StructType); ok && st.Fields.NumFields() > maxFields && !slices.Contains(wide, s.file.Name.Name+"."+n.Name.Name) {
					t.Errorf("%s: %s has %d fields", s.at(n), n.Name.Name, st.Fields.NumFields())
				}
			case *ast.FuncDecl:
				if n.Body != nil {
					if lines := s.set.Position(n.End()).Line - s.set.Position(n.Pos()).Line; lines > maxLines {
						t.Errorf("%s: %s is %d lines long", s.at(n), n.Name.Name, lines)
					}
				}
				if n.Name.Name == "init" && n.Recv == nil {
					t.Errorf("%s: init hides what is registered where", s.at(n))
				}
			}
			return true
		})
	}
}

// longLines is how many lines of more than 120 characters are left, tests aside: tables, mostly. It only ever
// gets smaller.
const longLines = 302

func TestLines(t *testing.T) {
	n := 0
	for _, s := range sources(t) {
		if s.test {
			continue
		}
		b, err := os.ReadFile(filepath.Join("..", filepath.FromSlash(s.path)))
		if err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(string(b)) {
			if utf8.RuneCountInString(strings.TrimRight(line, "\r\n")) > 120 {
				n++
			}
		}
	}
	if n > longLines {
		t.Errorf("%d lines are longer than 120 characters, %d were: wrap the new ones", n, longLines)
	}
	t.Logf("%d lines are longer than 120 characters", n)
}

// The only files that can open a connection at all; the fake sources only
// listen, on this computer.
func TestNetworkPackages(t *testing.T) {
	var got []string
	for _, s := range sources(t) {
		if !s.test && slices.ContainsFunc(s.imports(), func(p string) bool {
			return p == "net" || p == "net/smtp" || p == "net/rpc" || p == "golang.org/x/net/websocket"
		}) {
			got = append(got, s.path)
		}
	}
	slices.Sort(got)
	if !slices.Equal(got, []string{"checks/outbound/client.go", "cmd/fake-sources/main.go"}) {
		t.Errorf("these can: %q", got)
	}
}

// words reads the texts of one language: key to all its forms.
func words(t *testing.T, lang string) map[string][]string {
	t.Helper()
	out := map[string][]string{}
	files, _ := filepath.Glob("../assets/text/" + lang + "/*.json")
	for _, f := range files {
		b, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		var m map[string]any
		if err := json.Unmarshal(b, &m); err != nil {
			t.Fatalf("%s: %v", f, err)
		}
		if keys := topKeys(t, b); len(keys) != len(m) {
			slices.Sort(keys)
			t.Errorf("%s: %d keys, %d that count: one of %q stands there twice", f, len(keys), len(m), keys)
		}
		for k, v := range m {
			if out[k] != nil {
				t.Errorf("%s: %s stands in another file too", f, k)
			}
			switch v := v.(type) {
			case string:
				out[k] = []string{v}
			case map[string]any: // which forms a language needs, text.Load knows
				for _, form := range v {
					out[k] = append(out[k], form.(string))
				}
			}
		}
	}
	return out
}

// topKeys lists the keys of a JSON object as they stand there, twice if need be.
func topKeys(t *testing.T, b []byte) (out []string) {
	t.Helper()
	d := json.NewDecoder(bytes.NewReader(b))
	if _, err := d.Token(); err != nil {
		t.Fatal(err)
	}
	for d.More() {
		k, err := d.Token()
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, k.(string))
		var v json.RawMessage
		if err := d.Decode(&v); err != nil {
			t.Fatal(err)
		}
	}
	return out
}

var placeholder = regexp.MustCompile(`\{[a-zA-Z_]+\}`)

// typography is what must not be found in a language, where it has rules of its
// own. French: a mark or a quotation mark without its narrow no-break space, which
// keeps it from the beginning of a line, and a straight apostrophe.
var typography = map[string]*regexp.Regexp{
	"fr": regexp.MustCompile(`[^\x{202f}\d/][;!?»]|[^\x{202f}\d/]:(\s|$)|«[^\x{202f}]|'`),
}

// Every language says everything, with the same placeholders and plurals.
func TestLanguages(t *testing.T) {
	en := words(t, "en")
	if len(en) < 400 {
		t.Fatalf("only %d texts", len(en))
	}
	dirs, _ := filepath.Glob("../assets/text/*")
	for _, dir := range dirs {
		lang := filepath.Base(dir)
		other := words(t, lang)
		inflects := slices.ContainsFunc(slices.Collect(maps.Values(other)), func(forms []string) bool { return len(forms) > 1 })
		for k, forms := range en {
			theirs, ok := other[k]
			if !ok {
				t.Errorf("%s: %s is missing", lang, k)
				continue
			}
			if inflects && len(theirs) > 1 != (len(forms) > 1) {
				t.Errorf("%s: %s is a plural in one language only", lang, k)
			}
			if a, b := holes(forms), holes(theirs); !slices.Equal(a, b) {
				t.Errorf("%s: %s has the placeholders %q, not %q", lang, k, b, a)
			}
			for _, f := range theirs {
				if strings.TrimSpace(f) == "" {
					t.Errorf("%s: %s says nothing", lang, k)
				}
				checkTypography(t, lang, k, f)
			}
		}
		for k := range other {
			if en[k] == nil {
				t.Errorf("%s: %s is nowhere else", lang, k)
			}
		}
	}
}

func checkTypography(t *testing.T, lang, at, sentence string) {
	t.Helper()
	if wrong := typography[lang]; wrong != nil && wrong.MatchString(strings.ReplaceAll(sentence, "://", "")) {
		t.Errorf("%s: %s is not written as the language asks: %q", lang, at, sentence)
	}
}

// Every text that comes with data is there in the languages of the texts, and
// in no other.
func TestLanguagesOfData(t *testing.T) {
	dirs, _ := filepath.Glob("../assets/text/*")
	var want []string
	for _, d := range dirs {
		want = append(want, filepath.Base(d))
	}
	n := 0
	var walk func(file, at string, v any)
	walk = func(file, at string, v any) {
		switch v := v.(type) {
		case []any:
			for i, x := range v {
				walk(file, at+"/"+strconv.Itoa(i), x)
			}
		case map[string]any:
			if _, spoken := v["en"].(string); spoken {
				n++
				if got := slices.Sorted(maps.Keys(v)); !slices.Equal(got, want) {
					t.Errorf("%s: %s is written in %q, not %q", file, at, got, want)
				}
				for lang, sentence := range v {
					if sentence, ok := sentence.(string); ok {
						checkTypography(t, lang, file+": "+at, sentence)
					}
				}
				return
			}
			for k, x := range v {
				walk(file, at+"/"+k, x)
			}
		}
	}
	for _, pattern := range []string{"../assets/guides/*.json", "../assets/facts/*.json"} {
		files, _ := filepath.Glob(pattern)
		for _, f := range files {
			b, err := os.ReadFile(f)
			if err != nil {
				t.Fatal(err)
			}
			var v any
			if err := json.Unmarshal(b, &v); err != nil {
				t.Fatalf("%s: %v", f, err)
			}
			walk(f, "", v)
		}
	}
	if n < 100 {
		t.Errorf("only %d texts in the data", n)
	}
}

func holes(forms []string) []string {
	out := placeholder.FindAllString(strings.Join(forms, " "), -1)
	slices.Sort(out)
	return slices.Compact(out)
}

// Every text a program names by a whole key exists, and every error key has its
// three sentences.
func TestKeysExist(t *testing.T) {
	en := words(t, "en")
	for _, s := range sources(t) {
		if s.test {
			continue
		}
		ast.Inspect(s.file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.CallExpr:
				sel, ok := n.Fun.(*ast.SelectorExpr)
				if !ok || !slices.Contains([]string{"T", "N", "Message"}, sel.Sel.Name) || len(n.Args) == 0 {
					return true
				}
				parts := []string{""}
				if sel.Sel.Name == "Message" {
					parts = []string{".what", ".means", ".todo"}
				}
				if lit, ok := n.Args[0].(*ast.BasicLit); ok && lit.Kind == token.STRING {
					k, _ := strconv.Unquote(lit.Value)
					for _, part := range parts {
						if en[k+part] == nil && !strings.HasSuffix(k, ".") {
							t.Errorf("%s: no text for %q", s.at(n), k+part)
						}
					}
				}
			case *ast.BasicLit:
				k, _ := strconv.Unquote(n.Value)
				if n.Kind == token.STRING && regexp.MustCompile(`^error\.[a-z_]+\.[a-z0-9_]+$`).MatchString(k) {
					for _, part := range []string{".what", ".means", ".todo"} {
						if en[k+part] == nil {
							t.Errorf("%s: %s has no %s", s.at(n), k, part)
						}
					}
				}
			}
			return true
		})
	}
}
