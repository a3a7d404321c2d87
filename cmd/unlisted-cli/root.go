package main

import (
	"io"
	"slices"
	"strings"

	"unlisted/assets"
	allsources "unlisted/checks/breach/all"
	"unlisted/checks/evidence/all"
	"unlisted/checks/text"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// programName is how the command line is called.
const programName = "unlisted-cli"

// commands lists them all, in the order of the help.
func commands() []func(*cli) *command {
	return []func(*cli) *command{
		youCommand, scanCommand, mailboxCommand, accountsCommand, platformCommand,
		checkCommand, breachesCommand, passwordsCommand,
		whatifCommand, planCommand, goodbyeCommand, cardCommand, letterCommand, reportCommand, ledgerCommand,
		profileCommand, dataCommand,
		completionCommand, manCommand, helpCommand,
	}
}

// options are the flags that go with every command.
type options struct {
	path      string
	temporary bool
	sample    bool
	passFile  string
	recovery  string // file that holds the recovery key
	lang      string
	json      bool
	base      string
	mailBase  string
	keyFiles  map[string]*string // by source, of the person's own keys
}

// root is the whole command line.
func (c *cli) root(args []string) (*command, error) {
	if err := c.speak(wishedLanguage(args)); err != nil {
		return nil, err
	}
	show := false // the version
	root := c.command("root", words(0, 0), func([]string) error {
		if show {
			return c.showVersion()
		}
		return usage("cli.wrong.command", "known", strings.Join(subNames(c.tree.Command), ", "))
	}, exitDone, exitFailed, exitUsage, exitLocked, exitConsent)
	root.Use, root.plain = programName+" "+c.text.T("cli.root.args"), true
	root.SilenceErrors, root.SilenceUsage = true, true
	root.CompletionOptions.DisableDefaultCmd = true
	root.SetOut(c.out)
	root.SetErr(c.err)
	root.SetFlagErrorFunc(wrongFlag)
	root.flag(&show, "version")
	c.globals(root.PersistentFlags())
	root.completes("lang", offers(c.texts.Languages))
	for _, build := range commands() {
		root.add(build(c))
	}
	root.SetHelpCommand(root.subs[len(root.subs)-1].Command)
	cobra.MousetrapHelpText = c.text.T("cli.double_click") // on Windows, where no console was open
	root.SetArgs(append([]string{}, args...))
	c.tree = root
	return root, nil
}

// globals adds the flags of every command.
func (c *cli) globals(f *pflag.FlagSet) {
	for name, to := range map[string]*string{
		"profile": &c.path, "passphrase-file": &c.passFile, "recovery-key-file": &c.recovery, "lang": &c.lang,
		"sources-base": &c.base, "mail-base": &c.mailBase,
	} {
		means := c.text.T("cli.flag."+name, "known", strings.Join(c.texts.Languages(), ", "))
		addText(f, name, "", means, func(s string) { *to = s })
	}
	c.keyFiles = map[string]*string{}
	for _, k := range allsources.Keys() {
		file := new(string)
		c.keyFiles[k.ID] = file
		means := c.text.T("cli.flag.key-file", "source", c.text.T("source."+k.ID+".name"))
		addText(f, k.ID+"-key-file", "", means, func(s string) { *file = s })
	}
	f.BoolVar(&c.temporary, "temporary", false, c.text.T("cli.flag.temporary"))
	f.BoolVar(&c.sample, "sample", false, c.text.T("cli.flag.sample"))
	f.BoolVar(&c.json, "json", false, c.text.T("cli.flag.json"))
	f.BoolP("help", "h", false, c.text.T("cli.flag.help"))
}

// wishedLanguage is what --lang names, wherever it stands: errors and help need
// it before the rest is understood.
func wishedLanguage(args []string) string {
	f := pflag.NewFlagSet("", pflag.ContinueOnError)
	f.SetOutput(io.Discard)
	f.ParseErrorsAllowlist.UnknownFlags = true
	lang := f.String("lang", "", "")
	f.BoolP("help", "h", false, "")
	_ = f.Parse(args) // what is wrong is told by the command's own reading
	return *lang
}

// speak loads the texts and settles the language.
func (c *cli) speak(lang string) (err error) {
	if c.texts == nil {
		if c.texts, err = text.Load(assets.Sub("text")); err != nil {
			return err
		}
	}
	system, _ := text.System()
	c.text = c.texts.Printer(c.texts.Match(append([]string{lang}, system...)...))
	return nil
}

// load makes ready what commands work with: the data there is, and the readers of
// files.
func (c *cli) load() error {
	c.importers = all.Importers()
	return c.loadData()
}

func (c *cli) showVersion() error {
	if c.json {
		return c.writeJSON(map[string]any{"version": version})
	}
	c.printf("%s %s\n", programName, version)
	return nil
}

// misread finds a word before "--" that was meant as an option but is not written
// as one: a single dash before several letters, or a printed dash ("—yes").
func misread(args []string) (word string, found bool) {
	if end := slices.Index(args, "--"); end >= 0 {
		args = args[:end]
	}
	if len(args) > 0 && strings.HasPrefix(args[0], cobra.ShellCompRequestCmd) {
		return "", false // a word that is not typed to its end
	}
	for _, a := range args {
		r := []rune(a)
		switch {
		case len(r) == 0 || r[0] == '-' && len(r) > 1 && r[1] == '-':
		case r[0] == '-' && len(r) > 2 && r[2] != '=', r[0] != '-' && dash(r[0]):
			return a, true
		}
	}
	return "", false
}
