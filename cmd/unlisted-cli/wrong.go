package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// wrong is a command line that cannot be carried out as it is written: the key
// of a sentence and what fills it.
type wrong struct {
	key     string
	pairs   []any
	nearest string // what was perhaps meant, or ""
}

func (w *wrong) Error() string { return "wrong usage: " + w.key }

// usage is the error of wrong usage.
func usage(key string, pairs ...any) error { return &wrong{key: key, pairs: pairs} }

// tellWrong says what is wrong, what was perhaps meant, and how it is written.
func (c *cli) tellWrong(w *wrong, cmd *cobra.Command) {
	fmt.Fprintln(c.err, c.text.T(w.key, w.pairs...), c.text.T("cli.wrong.nothing"))
	if w.nearest != "" {
		fmt.Fprintln(c.err, c.text.T("cli.wrong.nearest", "word", w.nearest))
	}
	fmt.Fprintln(c.err, c.text.T("cli.usage", "line", cmd.UseLine()))
	fmt.Fprintln(c.err, c.text.T("cli.wrong.help", "command", cmd.CommandPath()+" --help"))
}

// wrongFlag tells which flag is wrong. Its value is never repeated: it may be an
// address or a password.
func wrongFlag(cmd *cobra.Command, err error) error {
	var unknown *pflag.NotExistError
	var missing *pflag.ValueRequiredError
	var invalid *pflag.InvalidValueError
	switch {
	case errors.As(err, &unknown):
		if cmd.HasSubCommands() && cmd.Flags().NArg() > 0 {
			return unknownWord(cmd, cmd.Flags().Arg(0))
		}
		if unknown.GetSpecifiedShortnames() != "" {
			return unknownFlag(cmd, "-"+unknown.GetSpecifiedName())
		}
		return unknownFlag(cmd, "--"+unknown.GetSpecifiedName())
	case errors.As(err, &missing):
		return usage("cli.wrong.value", "flag", "--"+missing.GetFlag().Name)
	case errors.Is(err, errNoValue) && errors.As(err, &invalid):
		return usage("cli.wrong.value", "flag", "--"+invalid.GetFlag().Name)
	case errors.As(err, &invalid):
		return usage("cli.wrong.yes_or_no", "flag", "--"+invalid.GetFlag().Name)
	}
	return usage("cli.wrong.syntax")
}

// unknownFlag is a flag that the command does not have, with the one it has that
// is written most like it.
func unknownFlag(cmd *cobra.Command, typed string) error {
	name, _, _ := strings.Cut(typed, "=")
	var names []string
	cmd.InheritedFlags() // puts those of the commands above with its own
	cmd.Flags().VisitAll(func(f *pflag.Flag) { names = append(names, f.Name) })
	near := nearest(strings.TrimLeftFunc(name, dash), names)
	if near != "" {
		near = "--" + near
	} else if r := []rune(name); len(r) > 2 && r[1] != '-' {
		name = string(r[:2]) + "…" // a letter with its value, perhaps
	}
	return &wrong{key: "cli.wrong.flag", pairs: []any{"flag", short(name), "command", cmd.CommandPath()}, nearest: near}
}

// unknownWord is a word where a command is expected.
func unknownWord(cmd *cobra.Command, typed string) error {
	names := subNames(cmd)
	if slices.Contains(names, typed) {
		return usage("cli.wrong.dashes", "word", typed)
	}
	pairs := []any{"word", short(typed), "command", cmd.CommandPath(), "known", strings.Join(names, ", ")}
	if near := nearest(typed, names); near != "" {
		return &wrong{key: "cli.wrong.word", pairs: pairs, nearest: near}
	}
	return usage("cli.wrong.word_known", pairs...)
}

// subNames are the commands below one, but for hidden ones.
func subNames(cmd *cobra.Command) (names []string) {
	for _, sub := range cmd.Commands() {
		if !sub.Hidden {
			names = append(names, sub.Name())
		}
	}
	return names
}

// unknownValue is a word that is none of those a command or flag takes.
func unknownValue(typed string, known []string) error {
	return &wrong{
		key:     "cli.wrong.of",
		pairs:   []any{"word", short(typed), "known", strings.Join(known, ", ")},
		nearest: nearest(typed, known),
	}
}

// short keeps what is repeated to a person to a line.
func short(s string) string {
	const most = 40
	if r := []rune(s); len(r) > most {
		return string(r[:most]) + "…"
	}
	return s
}
