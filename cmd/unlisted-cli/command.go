package main

import (
	"errors"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// command is one word of the command line. Its texts are found by its key:
// KEY.short, .long, .args, .examples, and KEY.flag.NAME.
type command struct {
	*cobra.Command
	c     *cli
	key   string
	subs  []*command // in the order of the help
	exits []int      // the codes it can end with
	once  []*textFlag
	plain bool // needs none of the embedded data
}

// command makes one from its words ("plan done"), how many words may follow,
// what it does and the codes it can end with.
func (c *cli) command(words string, args cobra.PositionalArgs, run func(args []string) error, exits ...int) *command {
	path := strings.Fields(words)
	cmd := &command{c: c, key: "cli." + strings.Join(path, "."), exits: exits}
	name := path[len(path)-1]
	cmd.Command = &cobra.Command{
		Use:   strings.TrimRight(name+" "+c.optional(cmd.key+".args"), " "),
		Short: c.text.T(cmd.key + ".short"), Example: c.optional(cmd.key + ".examples"),
		Args: args, ValidArgsFunction: cobra.NoFileCompletions, DisableFlagsInUseLine: true,
		RunE: func(_ *cobra.Command, args []string) error {
			if err := cmd.ready(); err != nil {
				return err
			}
			return run(args)
		},
	}
	cmd.SetHelpFunc(func(*cobra.Command, []string) { cmd.help() })
	return cmd
}

// opened makes what a command does begin with opening the profile, which must be
// there.
func (c *cli) opened(run func(args []string) error) func(args []string) error {
	return func(args []string) error {
		if err := c.open(false); err != nil {
			return err
		}
		return run(args)
	}
}

// optional is a text that not every command has.
func (c *cli) optional(key string) string {
	if !c.text.Has(key) {
		return ""
	}
	return c.text.T(key)
}

// ready refuses what was given twice, and loads the data.
func (cmd *command) ready() error {
	for _, f := range cmd.once {
		if f.given > 1 {
			return usage("cli.wrong.twice", "flag", "--"+f.name)
		}
	}
	if cmd.plain {
		return nil
	}
	return cmd.c.load()
}

// add puts commands below this one.
func (cmd *command) add(subs ...*command) *command {
	cmd.subs = append(cmd.subs, subs...)
	for _, s := range subs {
		cmd.AddCommand(s.Command)
	}
	return cmd
}

// words accepts between least and most words after a command, any number where
// most is negative.
func words(least, most int) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		switch {
		case cmd.HasSubCommands() && len(args) > 0:
			return unknownWord(cmd, args[0])
		case len(args) < least && cmd.HasSubCommands():
			return usage("cli.wrong.command", "known", strings.Join(subNames(cmd), ", "))
		case len(args) < least:
			return usage("cli.wrong.few")
		case most >= 0 && len(args) > most:
			return usage("cli.wrong.many")
		}
		return nil
	}
}

// flag adds one that is there or not.
func (cmd *command) flag(to *bool, name string) {
	cmd.Flags().BoolVar(to, name, false, cmd.c.text.T(cmd.key+".flag."+name))
}

// value adds a flag that takes one value and is given once.
func (cmd *command) value(to *string, name string) { cmd.valueShort(to, name, "") }

func (cmd *command) valueShort(to *string, name, letter string) {
	means := cmd.c.text.T(cmd.key + ".flag." + name)
	cmd.once = append(cmd.once, addText(cmd.Flags(), name, letter, means, func(s string) { *to = s }))
}

// list adds a flag that takes a value each time it is given.
func (cmd *command) list(to *[]string, name string) {
	addText(cmd.Flags(), name, "", cmd.c.text.T(cmd.key+".flag."+name), func(s string) { *to = append(*to, s) })
}

// output adds -o, the file that is written.
func (cmd *command) output(to *string) { cmd.valueShort(to, "output", "o") }

// passDown makes the command's flags those of the commands below it too.
func (cmd *command) passDown() {
	cmd.PersistentFlags().AddFlagSet(cmd.Flags())
	for _, s := range cmd.subs {
		s.once = append(s.once, cmd.once...)
	}
}

// textFlag is the value of a flag. What is empty or looks like a flag is none:
// "--own --yes" lacks its value.
type textFlag struct {
	name  string
	value string // what the value is called in the help: FILE
	set   func(string)
	given int
}

// addText adds a flag with a value. The text says what it means, with what the
// value is called between backquotes.
func addText(to *pflag.FlagSet, name, letter, text string, set func(string)) *textFlag {
	f := &textFlag{name: name, set: set}
	var means string
	f.value, means = pflag.UnquoteUsage(&pflag.Flag{Usage: text, Value: f})
	to.VarP(f, name, letter, means)
	return f
}

var errNoValue = errors.New("no value")

func (f *textFlag) String() string { return "" }
func (f *textFlag) Type() string   { return f.value }

// Set implements pflag.Value.
func (f *textFlag) Set(s string) error {
	if s == "" || strings.HasPrefix(s, "-") {
		return errNoValue
	}
	f.given++
	f.set(s)
	return nil
}
