package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// manCommand writes a man page for each command, in the chosen language. It is
// for those who package the program and stands in no list of commands.
func manCommand(c *cli) *command {
	var folder string
	cmd := c.command("man", words(0, 0), func([]string) error {
		if folder == "" {
			return usage("cli.wrong.needs", "flag", "--output")
		}
		if err := os.MkdirAll(folder, 0o755); err != nil {
			return err
		}
		return c.tree.manPages(folder)
	}, exitDone, exitFailed, exitUsage)
	cmd.output(&folder)
	cmd.Hidden, cmd.plain = true, true
	return cmd
}

// manPages writes the page of the command and those of the ones below it.
func (cmd *command) manPages(folder string) error {
	if cmd.Hidden {
		return nil
	}
	name := filepath.Join(folder, pageName(cmd.CommandPath())+".1")
	if err := os.WriteFile(name, []byte(cmd.manPage()), 0o644); err != nil {
		return err
	}
	for _, sub := range cmd.subs {
		if err := sub.manPages(folder); err != nil {
			return err
		}
	}
	return nil
}

// pageName is what the man page of a command is called.
func pageName(path string) string { return strings.ReplaceAll(path, " ", "-") }

// manPage is the command's help in the language of man, troff; see man(7).
func (cmd *command) manPage() string {
	t := cmd.c.text
	var b strings.Builder
	page := pageName(cmd.CommandPath())
	fmt.Fprintf(&b, ".TH \"%s\" 1 \"\" \"%s\"\n", troff(strings.ToUpper(page)), troff(programName+" "+version))
	short := strings.TrimSuffix(cmd.Short, ".")
	fmt.Fprintf(&b, ".SH %s\n%s \\- %s\n", heading(t.T("cli.heading.name")), troff(page), troff(short))
	fmt.Fprintf(&b, ".SH %s\n%s\n", heading(t.T("cli.heading.synopsis")), troff(cmd.UseLine()))
	fmt.Fprintf(&b, ".SH %s\n%s\n", heading(t.T("cli.heading.description")), troff(strings.Join(cmd.about(), "\n\n")))
	for _, s := range cmd.sections() {
		fmt.Fprintf(&b, ".SH %s\n", heading(s.title))
		for _, r := range s.rows {
			fmt.Fprintf(&b, ".TP\n\\fB%s\\fR\n%s\n", troff(r[0]), troff(r[1]))
		}
		if len(s.lines) > 0 {
			fmt.Fprintf(&b, ".nf\n%s\n.fi\n", troff(strings.Join(s.lines, "\n")))
		}
	}
	var see []string
	if cmd.HasParent() {
		see = append(see, pageName(cmd.Parent().CommandPath())+"(1)")
	}
	for _, sub := range cmd.subs {
		if !sub.Hidden {
			see = append(see, pageName(sub.CommandPath())+"(1)")
		}
	}
	if len(see) > 0 {
		fmt.Fprintf(&b, ".SH %s\n%s\n", heading(t.T("cli.heading.see")), troff(strings.Join(see, ", ")))
	}
	return b.String()
}

func heading(title string) string { return troff(strings.ToUpper(title)) }

// troff writes a text so that nothing in it is taken for a command of troff.
func troff(s string) string {
	s = strings.NewReplacer(`\`, `\e`, "-", `\-`).Replace(s)
	lines := strings.Split(s, "\n")
	for i, line := range lines {
		if strings.HasPrefix(line, ".") || strings.HasPrefix(line, "'") {
			lines[i] = `\&` + line
		}
	}
	return strings.Join(lines, "\n")
}
