package main

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"unlisted/assets"
	"unlisted/checks/profile/keystore"
	"unlisted/checks/text"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// shut is a keyring that nothing may open: a call of it ends the test.
type shut struct{ keystore.Store }

// desk is a computer on which nothing may be opened, kept or sent.
type desk struct {
	*world
	texts *text.Catalog
}

func newDesk(t *testing.T) *desk {
	t.Helper()
	texts, err := text.Load(assets.Sub("text"))
	if err != nil {
		t.Fatal(err)
	}
	d := &desk{newWorld(t), texts}
	t.Setenv("XDG_CONFIG_HOME", d.dir)
	t.Chdir(d.dir)
	return d
}

func (d *desk) cli() (c *cli, out, errs *bytes.Buffer) {
	out, errs = &bytes.Buffer{}, &bytes.Buffer{}
	return &cli{ctx: d.t.Context(), in: strings.NewReader(""), out: out, err: errs, keys: shut{}, texts: d.texts}, out, errs
}

// try is one call of the program.
func (d *desk) try(args ...string) (int, string, string) {
	d.t.Helper()
	c, out, errs := d.cli()
	code := c.run(append(args[:len(args):len(args)], "--sources-base="+d.base))
	return code, out.String(), errs.String()
}

// wrong insists that a command line is refused as wrong, in words that hold
// says, that its value is not repeated, and that standard output stays empty.
func (d *desk) wrong(says string, args ...string) {
	d.t.Helper()
	c, out, errs := d.cli()
	code, said := c.run(args), errs.String()
	if code != exitUsage || out.Len() > 0 || !strings.Contains(said, says) || !strings.Contains(said, "usage:") {
		d.t.Errorf("%q ended with %d, printing %q, saying %q", args, code, out, said)
	}
	if strings.Contains(said, "s3cret") || strings.Contains(said, "[cli.") || len(said) > 2000 {
		d.t.Errorf("%q: said %q", args, said)
	}
}

// untouched insists that nothing was kept and nothing sent.
func (d *desk) untouched() {
	d.t.Helper()
	if files, err := os.ReadDir(d.dir); err != nil || len(files) > 0 {
		d.t.Errorf("kept %v, %v", files, err)
	}
	if got := d.server.Requests(); len(got) > 0 {
		d.t.Errorf("sent %q", got)
	}
}

// tree is every command there is, hidden ones too, in one language.
func (d *desk) tree(lang string) (all []*command) {
	d.t.Helper()
	c, _, _ := d.cli()
	root, err := c.root([]string{"--lang", lang})
	if err != nil {
		d.t.Fatal(err)
	}
	var walk func(*command)
	walk = func(cmd *command) {
		all = append(all, cmd)
		for _, s := range cmd.subs {
			walk(s)
		}
	}
	walk(root)
	if len(all) < 40 {
		d.t.Fatalf("only %d commands", len(all))
	}
	return all
}

// path is the words that call a command.
func (cmd *command) path() []string { return strings.Fields(cmd.CommandPath())[1:] }

// flagsOf are a command's flags by name, and which of them are of every command.
func flagsOf(cmd *command) (own, global []*pflag.Flag) {
	cmd.InheritedFlags()
	every := cmd.Root().PersistentFlags()
	cmd.Flags().VisitAll(func(f *pflag.Flag) {
		if every.Lookup(f.Name) == f {
			global = append(global, f)
		} else {
			own = append(own, f)
		}
	})
	return own, global
}

// mistyped are the ways in which one letter of a word goes wrong.
func mistyped(word string) (out []string) {
	for i := range word {
		out = append(out, word[:i]+word[i+1:], word[:i]+word[i:i+1]+word[i:], word[:i]+"q"+word[i+1:], word[:i]+"Q"+word[i:])
		if i > 0 && word[i] != word[i-1] {
			out = append(out, word[:i-1]+word[i:i+1]+word[i-1:i]+word[i+1:])
		}
	}
	return out
}

// One wrong letter in any option of any command is wrong usage, wherever it
// stands and however its value is given: the option is named, the right one is
// offered, nothing is taken for a path or an identifier, kept or sent.
func TestMistypedFlags(t *testing.T) {
	d := newDesk(t)
	tried := 0
	for n, cmd := range d.tree("en") {
		own, global := flagsOf(cmd)
		try := func(f *pflag.Flag, typed string) {
			if cmd.Flags().Lookup(typed) != nil || typed == "" {
				return
			}
			tried++
			words, typed := cmd.path(), "--"+typed
			follow := append(slices.Clone(words), "x.csv", "pat@mail.example")
			if len(cmd.subs) > 0 {
				follow = words
			}
			d.wrong("no option "+typed+".", append(follow, typed+"=s3cret", "--yes")...)
			d.wrong("Did you mean --", append([]string{typed + "=s3cret"}, words...)...)
			if f.NoOptDefVal == "" {
				d.wrong("no option "+typed+".", append(slices.Clone(words), typed, "s3cret")...)
			}
		}
		for _, f := range own {
			for _, typed := range mistyped(f.Name) {
				try(f, typed)
			}
		}
		for i, f := range global {
			ways := mistyped(f.Name)
			try(f, ways[(n*7+i)%len(ways)])
		}
	}
	if tried < 1000 {
		t.Errorf("only %d tried", tried)
	}
	d.untouched()
}

// An option without its value is wrong usage: it takes neither the next option
// nor nothing for it.
func TestMissingValues(t *testing.T) {
	d := newDesk(t)
	tried := 0
	for _, cmd := range d.tree("en") {
		own, global := flagsOf(cmd)
		for _, f := range slices.Concat(own, global) {
			words := cmd.path()
			if f.NoOptDefVal != "" {
				d.wrong("--"+f.Name, append(words, "--"+f.Name+"=perhaps")...)
				continue
			}
			tried++
			d.wrong("The option --"+f.Name+" lacks its value", append(words, "--"+f.Name)...)
			d.wrong("The option --"+f.Name+" lacks its value", append(words, "--"+f.Name, "--json")...)
			d.wrong("The option --"+f.Name+" lacks its value", append(words, "--"+f.Name+"=")...)
			d.wrong("The option --"+f.Name+" lacks its value", append(words, "--"+f.Name, "")...)
			if f.Shorthand != "" {
				d.wrong("The option --"+f.Name+" lacks its value", append(words, "-"+f.Shorthand)...)
				d.wrong("The option --"+f.Name+" lacks its value", append(words, "-"+f.Shorthand, "--json")...)
			}
		}
	}
	if tried < 100 {
		t.Errorf("only %d tried", tried)
	}
	d.untouched()
}

// Every other way to get a command line wrong, each told.
func TestWrongUsage(t *testing.T) {
	d := newDesk(t)
	for _, c := range []struct{ line, says string }{
		{"", "A command is missing: accounts, breaches,"},
		{"--json", "A command is missing"},
		{"profile", "A command is missing: forget-keyring,"},
		{"whatif", "A command is missing: lose, steal."},
		{"fly", "“fly” is not a command of unlisted-cli. There are: accounts,"},
		{"scna x.csv --yes", "Did you mean scan?"},
		{"Scan x.csv", "Did you mean scan?"},
		{"--sample acounts", "Did you mean accounts?"},
		{"pass x.csv", "Did you mean passwords?"},
		{"pat@mail.example", "is not a command"},
		{"you ad pat@mail.example", "Did you mean add?"},
		{"plan doen google.com/test", "Did you mean done?"},
		{"profile recovery-kye", "Did you mean recovery-key?"},
		{"data updat --consent", "Did you mean update?"},
		{"whatif steel number", "Did you mean steal?"},
		{"help scna", "Did you mean scan?"},
		{"help plan dnoe", "Did you mean done?"},
		{"help scan more", "There is more after the command"},
		{"-- you list", "“you” comes after “--”"},
		{"you -- add pat@mail.example", "“add” comes after “--”"},
		{"scan", "Something is missing"},
		{"scan --yes", "Something is missing"},
		{"you add", "Something is missing"},
		{"you list pat@mail.example", "There is more after the command"},
		{"accounts set google.com", "Something is missing"},
		{"accounts show a.example b.example", "There is more after the command"},
		{"ledger all", "There is more after the command"},
		{"breaches now", "There is more after the command"},
		{"report r.html -o r.html", "There is more after the command"},
		{"scan x.csv -yes", "Did you mean --yes?"},
		{"scan x.csv -y", "no option -y."},
		{"scan -profile=s3cret x.csv", "Did you mean --profile?"},
		{"-json you list", "Did you mean --json?"},
		{"profile recovery-key -out=s3cret", "Did you mean --output?"},
		{"profile recovery-key -outs3cret", "no option -o…."},
		{"mailbox pat@mail.example -ps3cret", "no option -p…."},
		{"scan x.csv –yes", "Did you mean --yes?"},
		{"scan x.csv —yes", "Did you mean --yes?"},
		{"scan x.csv −−yes", "Did you mean --yes?"},
		{"scan x.csv ‐‐own=s3cret", "Did you mean --own?"},
		{"check pat@mail.example --surce hibp", "Did you mean --source?"},
		{"check pat@mail.example --Source hibp", "Did you mean --source?"},
		{"scan x.csv --=s3cret", "two dashes and its name"},
		{"scan x.csv ---yes", "two dashes and its name"},
		{"scan x.csv --consent", "no option --consent."},
		{"you list --host s3cret", "no option --host."},
		{"accounts --yes", "no option --yes."},
		{"--yes scan x.csv", "no option --yes."},
		{"you --version", "no option --version."},
		{"passwords x.csv --offline a --offline b", "only once"},
		{"mailbox pat@mail.example --host a --host b --password-file c", "only once"},
		{"report -o a.html --output b.html", "only once"},
		{"data update --from a --from b", "only once"},
		{"data --from a --from b update", "only once"},
		{"data --consent", "“data update”"},
		{"data status --consent", "“data update”"},
		{"data --from x status", "“data update”"},
		{"--sample data update", "not with --temporary or --sample"},
		{"--temporary profile versions", "not with --temporary or --sample"},
		{"mailbox pat@mail.example", "The option --password-file is missing"},
		{"mailbox pat@mail.example --password-file gone", "The file named after --password-file"},
		{"scan x.csv --unlock-file gone", "The file named after --unlock-file"},
		{"scan x.csv --key-file gone", "The file named after --key-file"},
		{"you list --passphrase-file gone", "The file named after --passphrase-file"},
		{"you list --recovery-key-file gone", "The file named after --recovery-key-file"},
		{"letter x.com", "The option --kind is missing"},
		{"letter x.com --kind objecton", "Did you mean objection?"},
		{"letter x.com --kind love", "not one of these: objection."},
		{"report", "The option -o is missing"},
		{"report -o s3cret.doc", "must end in one of these: .html, .csv, .json."},
		{"card -o s3cret.pdf", "must end in one of these: .html."},
		{"man", "The option --output is missing"},
		{"profile passphrase", "The option --new-passphrase-file is missing"},
		{"profile restore two", "named by its number"},
		{"--sample check --source hbp", "Did you mean hibp?"},
		{"--sample check --source nobody", "not one of these: hibp,"},
		{"--sample check --source hibp --source nobody", "not one of these"},
		{"--sample accounts set x.com gon=yes", "Did you mean gone?"},
		{"--sample accounts set x.com gone=perhaps", "yes or no"},
		{"--sample accounts set x.com number_gone=soon", "YYYY-MM-DD"},
		{"--sample plan done x.com", "ACCOUNT/STEP"},
		{"--sample goodbye +33639980142 --stay --last-day 2027-03-31", "not both"},
		{"--sample check --sources-base http://elsewhere.example", "on this computer only"},
		{"completion bsh", "Did you mean bash?"},
		{"completion", "Something is missing"},
		{"completion bash zsh", "There is more after the command"},
		{strings.Repeat("long", 1<<16), "is not a command"},
		{"scan x.csv --" + strings.Repeat("long", 1<<16), "no option"},
	} {
		d.wrong(c.says, strings.Fields(c.line)...)
	}
	d.untouched()
}

// Options stand before or after the command and its words; behind "--" nothing
// is one.
func TestFlagsAnywhere(t *testing.T) {
	w := newWorld(t)
	t.Chdir(w.dir)
	p := w.profile()
	for _, args := range [][]string{
		{"--profile", p, "--json", "you", "add", "a@mail.example"},
		{"you", "--profile", p, "add", "--json", "b@mail.example"},
		{"you", "add", "c@mail.example", "--json", "--profile", p},
		{"--json", "you", "add", "--profile=" + p, "--", "d@mail.example"},
		{"--json", "you", "--profile", p, "add", "--", "+33639981234"},
	} {
		if out := w.ok(args...); !strings.Contains(out, args[len(args)-1]) && !strings.Contains(out, "c@mail.example") {
			t.Errorf("%q: %s", args, out)
		}
	}
	if got := w.addresses(); got != "a@mail.example b@mail.example c@mail.example d@mail.example +33 6 39 98 12 34" {
		t.Errorf("kept %q", got)
	}
	write(t, filepath.Join(w.dir, "--yes"), "name,url,username,password\nx,https://github.com,pat,secret\n")
	write(t, filepath.Join(w.dir, "-odd.csv"), "name,url,username,password\nx,https://dropbox.com,pat,secret\n")
	if out := w.ok("scan", "--profile", p, "--", "--yes", "-odd.csv"); !strings.Contains(out, "GitHub") || !strings.Contains(out, "Dropbox") {
		t.Errorf("behind --: %s", out)
	}
	if out := w.ok("accounts", "--profile", p); strings.Contains(out, "GitHub") {
		t.Errorf("a path behind -- was taken for --yes: %s", out)
	}
	if a, b := w.ok("whatif", "--planned", "steal", "number", "--sample"), w.ok("--sample", "whatif", "steal", "number", "--planned"); a != b {
		t.Errorf("%s\n%s", a, b)
	}
	if code, _, errs := w.run("data", "--consent", "update", "--from", "gone", "--profile", p); code != exitFailed {
		t.Errorf("options before the word: %d %s", code, errs)
	}
}

// The version is told alone.
func TestVersion(t *testing.T) {
	d := newDesk(t)
	if code, out, errs := d.try("--version"); code != exitDone || out != "unlisted-cli "+version+"\n" || errs != "" {
		t.Errorf("%d %q %q", code, out, errs)
	}
	if code, out, _ := d.try("--json", "--version"); code != exitDone || out != `{"version":"`+version+"\"}\n" {
		t.Errorf("%d %q", code, out)
	}
	d.untouched()
}

// Help of every command, in every language, names its options, what each does,
// and its exit codes, without opening anything; no word of it is the library's.
func TestHelp(t *testing.T) {
	d := newDesk(t)
	for _, lang := range d.texts.Languages() {
		foreign := []string{"Usage:", "Flags:", "Available", "[flags]", "[command]", "help for", "[cli.", "`"}
		if lang != "en" {
			foreign = append(foreign, "usage:", "Did you", "Options of", "Exit codes")
		}
		for _, cmd := range d.tree(lang) {
			code, out, errs := d.try(append(cmd.path(), "--help", "--lang", lang)...)
			if code != exitDone || errs != "" {
				t.Errorf("%s %q: %d %s", lang, cmd.path(), code, errs)
			}
			for _, args := range [][]string{append([]string{"help", "--lang", lang}, cmd.path()...), append([]string{"-h", "--lang", lang}, cmd.path()...)} {
				if _, same, _ := d.try(args...); same != out {
					t.Errorf("%q: %s", args, same)
				}
			}
			for _, word := range foreign {
				if strings.Contains(out, word) {
					t.Errorf("%s %q says %q: %s", lang, cmd.path(), word, out)
				}
			}
			own, global := flagsOf(cmd)
			for _, f := range slices.Concat(own, global) {
				if name, means := pflag.UnquoteUsage(f); means == "" || !strings.Contains(out, "--"+f.Name) || (name == "") != (f.NoOptDefVal != "") || strings.ContainsAny(means, "[{") {
					t.Errorf("%s %q --%s %q: %q", lang, cmd.path(), f.Name, name, means)
				}
			}
			for _, n := range cmd.exits {
				if !strings.Contains(out, "\n  "+string(rune('0'+n))+"  ") {
					t.Errorf("%s %q: exit code %d is not told", lang, cmd.path(), n)
				}
			}
			for line := range strings.Lines(out) {
				if n := len([]rune(line)); n > lineWidth+1 && !strings.Contains(line, "unlisted-cli") {
					t.Errorf("%s %q: %d characters in %q", lang, cmd.path(), n, line)
				}
			}
		}
	}
	d.untouched()
}

// Errors of the command line are in the person's language too, wherever --lang
// stands.
func TestWrongUsageInFrench(t *testing.T) {
	d := newDesk(t)
	for _, args := range [][]string{
		{"--lang", "fr", "scan", "--yse"},
		{"scan", "--yse", "--lang=fr"},
		{"fly", "--lang", "fr"},
		{"--nonsense", "x", "you", "--lang", "fr"},
		{"scan", "--lang", "fr", "--own"},
	} {
		code, out, errs := d.try(args...)
		if code != exitUsage || out != "" || !strings.Contains(errs, "utilisation") || strings.Contains(errs, "has no") || strings.Contains(errs, "usage:") {
			t.Errorf("%q: %d %q %q", args, code, out, errs)
		}
	}
}

// Every example of a help text can be typed as it stands, and is the same in
// every language.
func TestExamples(t *testing.T) {
	d := newDesk(t)
	lines := func(lang string) (out []string) {
		for _, cmd := range d.tree(lang) {
			if cmd.Example == "" {
				t.Errorf("%s: %q has no example", lang, cmd.path())
			}
			for _, line := range strings.Split(cmd.Example, "\n") {
				if strings.HasPrefix(line, "#") {
					continue
				}
				out = append(out, line)
				line, _, _ = strings.Cut(line, " >")
				args, typed := strings.CutPrefix(line, "unlisted-cli ")
				if !typed {
					continue // a line of the shell's
				}
				words := strings.Fields(args)
				c, _, _ := d.cli()
				root, err := c.root(words)
				if err != nil {
					t.Fatal(err)
				}
				found, rest, err := root.Find(words)
				if err == nil {
					err = found.ParseFlags(rest)
				}
				if err == nil {
					err = found.ValidateArgs(found.Flags().Args())
				}
				if _, bad := misread(words); err != nil || bad {
					t.Errorf("%s: %s: %v", lang, line, err)
				}
			}
		}
		return out
	}
	en := lines("en")
	for _, lang := range d.texts.Languages() {
		if got := lines(lang); !slices.Equal(got, en) {
			t.Errorf("%s has other examples: %q, not %q", lang, got, en)
		}
	}
}

// Each shell gets its script, to the byte as the library writes it; an unknown
// shell gets none.
func TestCompletionScripts(t *testing.T) {
	d := newDesk(t)
	for shell, write := range map[string]func(*cobra.Command, *bytes.Buffer) error{
		"bash":       func(c *cobra.Command, b *bytes.Buffer) error { return c.GenBashCompletionV2(b, true) },
		"zsh":        func(c *cobra.Command, b *bytes.Buffer) error { return c.GenZshCompletion(b) },
		"fish":       func(c *cobra.Command, b *bytes.Buffer) error { return c.GenFishCompletion(b, true) },
		"powershell": func(c *cobra.Command, b *bytes.Buffer) error { return c.GenPowerShellCompletionWithDesc(b) },
	} {
		code, out, errs := d.try("completion", shell)
		var want bytes.Buffer
		if err := write(d.tree("en")[0].Command, &want); err != nil {
			t.Fatal(err)
		}
		if code != exitDone || errs != "" || out != want.String() || !strings.Contains(out, "unlisted-cli") {
			t.Errorf("%s: %d %s", shell, code, errs)
		}
	}
	d.untouched()
}

// Completion offers commands, options, platforms, accounts of the sample person,
// and the words that options take, and opens nothing for it.
func TestCompletion(t *testing.T) {
	d := newDesk(t)
	for _, c := range []struct {
		typed []string // the last is what the cursor stands behind
		want  []string
	}{
		{[]string{"s"}, []string{"scan"}},
		{[]string{"p"}, []string{"passwords", "plan", "platform", "profile"}},
		{[]string{"profile", "re"}, []string{"recovery-key", "restore"}},
		{[]string{"scan", "--un"}, []string{"--unlock-file"}},
		{[]string{"scan", "x.csv", "--profile", "p", "--y"}, []string{"--yes"}},
		{[]string{"whatif", "--pl"}, []string{"--planned"}},
		{[]string{"whatif", "steal", "phone"}, []string{"phone", "phone-unlocked"}},
		{[]string{"check", "--source", "hibp-"}, []string{"hibp-pastes", "hibp-stealer-logs"}},
		{[]string{"letter", "x.com", "-o", "f.txt", "--kind", ""}, []string{"objection"}},
		{[]string{"report", "-o", ""}, []string{"html", "csv", "json"}},
		{[]string{"completion", "z"}, []string{"zsh"}},
		{[]string{"help", "profile", "st"}, []string{"status"}},
		{[]string{"--lang", ""}, d.texts.Languages()},
		{[]string{"platform", "whatsa"}, []string{"whatsapp.com"}},
		{[]string{"accounts", "set", "whatsa"}, []string{"whatsapp.com"}},
		{[]string{"--sample", "accounts", "show", "goog"}, []string{"google.com"}},
		{[]string{"report", "-ou"}, nil},
		{[]string{"man"}, nil},
	} {
		p, out, _ := d.cli()
		code := p.run(append([]string{"__complete"}, c.typed...))
		var got []string
		for line := range strings.Lines(out.String()) {
			if word, _, _ := strings.Cut(strings.TrimSpace(line), "\t"); !strings.HasPrefix(word, ":") {
				got = append(got, word)
			}
		}
		if code != exitDone || !slices.Equal(got, c.want) {
			t.Errorf("%q: %d %q, want %q", c.typed, code, got, c.want)
		}
	}
	d.untouched()
}

// A man page for every command that people see, in every language, with all its
// options; nothing of a text is taken for a command of troff.
func TestManPages(t *testing.T) {
	d := newDesk(t)
	for _, lang := range d.texts.Languages() {
		folder := filepath.Join(t.TempDir(), lang, "man1")
		if code, out, errs := d.try("man", "-o", folder, "--lang", lang); code != exitDone || out+errs != "" {
			t.Fatalf("%s: %d %s", lang, code, errs)
		}
		pages := 0
		for _, cmd := range d.tree(lang) {
			page, err := os.ReadFile(filepath.Join(folder, pageName(cmd.CommandPath())+".1"))
			if cmd.Hidden {
				if err == nil {
					t.Errorf("%q has a page", cmd.path())
				}
				continue
			}
			pages++
			for line := range strings.Lines(string(page)) {
				macro, _, _ := strings.Cut(strings.TrimSpace(line), " ")
				if strings.HasPrefix(line, ".") && !slices.Contains([]string{".TH", ".SH", ".TP", ".nf", ".fi"}, macro) || strings.HasPrefix(line, "'") {
					t.Errorf("%s %q: %q", lang, cmd.path(), line)
				}
			}
			own, global := flagsOf(cmd)
			for _, f := range slices.Concat(own, global) {
				if !strings.Contains(string(page), `\-\-`+strings.ReplaceAll(f.Name, "-", `\-`)) {
					t.Errorf("%s %q: --%s is not in the page", lang, cmd.path(), f.Name)
				}
			}
		}
		if files, err := os.ReadDir(folder); err != nil || len(files) != pages {
			t.Errorf("%s: %d pages for %d commands, %v", lang, len(files), pages, err)
		}
	}
	if got := troff(".TH x\n'so y\n\\fB-v"); got != `\&.TH x`+"\n"+`\&'so y`+"\n"+`\efB\-v` {
		t.Errorf("troff %q", got)
	}
	d.untouched()
}

func TestNearest(t *testing.T) {
	known := []string{"yes", "own", "source", "sources-base", "passphrase-file", "browsers"}
	for typed, want := range map[string]string{
		"yse": "yes", "yess": "yes", "ye": "yes", "owm": "own", "surce": "source", "soruce": "source", "sources": "source", "SOURCE": "source",
		"sources-bsae": "sources-base", "passphrase": "passphrase-file", "browser": "browsers", "brow": "browsers",
		"no": "", "": "", "y": "", "consent": "", "hwn": "own", "abc": "", "é": "",
	} {
		if got := nearest(typed, known); got != want {
			t.Errorf("%q: %q, want %q", typed, got, want)
		}
	}
	for _, c := range []struct {
		a, b string
		want int
	}{{"", "", 0}, {"ab", "ba", 1}, {"abc", "abd", 1}, {"abc", "ab", 1}, {"abcd", "badc", 2}, {"é", "e", 1}} {
		if got := slips(c.a, c.b); got != c.want || slips(c.b, c.a) != c.want {
			t.Errorf("%q %q: %d, want %d", c.a, c.b, got, c.want)
		}
	}
}
