package main

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// helpCommand shows how a command is written; without one, what there is.
func helpCommand(c *cli) *command {
	var cmd *command
	cmd = c.command("help", words(0, -1), func(args []string) error {
		of, rest, err := cmd.Root().Find(args)
		switch {
		case err != nil:
			return err
		case len(rest) > 0 && of.HasSubCommands():
			return unknownWord(of, rest[0])
		case len(rest) > 0:
			return usage("cli.wrong.many")
		}
		return of.Help()
	}, exitDone, exitUsage)
	cmd.plain = true
	cmd.ValidArgsFunction = func(_ *cobra.Command, args []string, typed string) ([]string, cobra.ShellCompDirective) {
		of, _, err := cmd.Root().Find(args)
		if err != nil {
			return nil, cobra.ShellCompDirectiveNoFileComp
		}
		return offers(func() []string { return subNames(of) })(of, args, typed)
	}
	return cmd
}

// section is a part of a command's help: a heading, and rows of a term and what
// it means, or plain lines.
type section struct {
	title string
	rows  [][2]string
	lines []string
}

// about is what a command does: a sentence, and more where there is more to say.
func (cmd *command) about() []string {
	out := []string{cmd.Short}
	if long := cmd.c.optional(cmd.key + ".long"); long != "" {
		out = append(out, strings.Split(long, "\n")...)
	}
	return out
}

// sections are the parts of a command's help in order, those with nothing in
// them left out; the man page has the same.
func (cmd *command) sections() (out []section) {
	c := cmd.c
	var subs, exits [][2]string
	for _, s := range cmd.subs {
		if !s.Hidden {
			subs = append(subs, [2]string{s.Name(), s.Short})
		}
	}
	for _, code := range cmd.exits {
		n := strconv.Itoa(code)
		exits = append(exits, [2]string{n, c.text.T("cli.exit." + n)})
	}
	own, global := cmd.flagRows()
	var examples []string
	if cmd.Example != "" {
		examples = strings.Split(cmd.Example, "\n")
	}
	for _, s := range []section{
		{title: "cli.heading.commands", rows: subs},
		{title: "cli.heading.examples", lines: examples},
		{title: "cli.heading.options", rows: own},
		{title: "cli.heading.global", rows: global},
		{title: "cli.heading.exit", rows: exits},
	} {
		if len(s.rows)+len(s.lines) > 0 {
			s.title = c.text.T(s.title)
			out = append(out, s)
		}
	}
	return out
}

// flagRows are the flags of the command's own, and those of every command.
func (cmd *command) flagRows() (own, global [][2]string) {
	cmd.InheritedFlags() // puts those of the commands above with its own
	every := cmd.Root().PersistentFlags()
	cmd.Flags().VisitAll(func(f *pflag.Flag) {
		value, means := pflag.UnquoteUsage(f) // a switch has no value
		term := "--" + f.Name
		if f.Shorthand != "" {
			term = "-" + f.Shorthand + ", " + term
		}
		row := [2]string{strings.TrimSpace(term + " " + value), means}
		if every.Lookup(f.Name) == f {
			global = append(global, row)
		} else {
			own = append(own, row)
		}
	})
	return own, global
}

// help prints how the command is written.
func (cmd *command) help() {
	c := cmd.c
	var b strings.Builder
	for _, line := range cmd.about() {
		b.WriteString(wrap(line, 0))
	}
	fmt.Fprintf(&b, "\n%s\n", c.text.T("cli.usage", "line", cmd.UseLine()))
	for _, s := range cmd.sections() {
		fmt.Fprintf(&b, "\n%s\n", s.title)
		for _, line := range s.lines {
			fmt.Fprintf(&b, "  %s\n", line)
		}
		b.WriteString(columns(s.rows))
	}
	if len(cmd.subs) > 0 {
		fmt.Fprintf(&b, "\n%s\n", c.text.T("cli.heading.more", "command", cmd.CommandPath()))
	}
	fmt.Fprint(c.out, b.String())
}

// Widths of a help text, in characters.
const (
	lineWidth = 80
	termWidth = 27 // a longer term has its meaning on the next line
)

// columns sets terms and their meanings side by side.
func columns(rows [][2]string) string {
	width := 0
	for _, r := range rows {
		if n := utf8.RuneCountInString(r[0]); n <= termWidth {
			width = max(width, n)
		}
	}
	var b strings.Builder
	for _, r := range rows {
		text := wrap(r[1], width+4)
		pad := width + 2 - utf8.RuneCountInString(r[0])
		if pad < 2 {
			fmt.Fprintf(&b, "  %s\n%s", r[0], text)
			continue
		}
		fmt.Fprintf(&b, "  %s%s%s", r[0], strings.Repeat(" ", pad), strings.TrimLeft(text, " "))
	}
	return b.String()
}

// wrap breaks a text into lines that are set in by indent characters. It breaks
// at plain blanks only, so that what holds together in French does.
func wrap(s string, indent int) string {
	var b strings.Builder
	at := 0
	for word := range strings.SplitSeq(s, " ") {
		n := utf8.RuneCountInString(word)
		switch {
		case at == 0:
			b.WriteString(strings.Repeat(" ", indent))
			at = indent
		case at+1+n > lineWidth:
			b.WriteString("\n" + strings.Repeat(" ", indent))
			at = indent
		default:
			b.WriteByte(' ')
			at++
		}
		b.WriteString(word)
		at += n
	}
	b.WriteByte('\n')
	return b.String()
}
