package main

import (
	"bufio"
	"cmp"
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

func main() {
	n := flag.Int("n", 50_000, "mails")
	seed := flag.Uint64("seed", 1, "seed")
	out := flag.String("out", "", "mbox to keep; a temporary one without")
	lost := flag.Int("misses", 0, "how many missed wordings of half A to list per language")
	list := flag.Bool("list", false, "list missing and false accounts")
	truth := flag.String("truth", "", "write the mailbox to -out and what is true of each mail to this file, and measure nothing")
	flag.Parse()
	if *truth != "" {
		if err := writeTruth(*truth, *out, *n, *seed); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	if err := run(*n, *seed, *out, *lost, *list); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(n int, seed uint64, out string, lost int, list bool) error {
	if out == "" {
		dir, err := os.MkdirTemp("", "mailtruth")
		if err != nil {
			return err
		}
		defer os.RemoveAll(dir)
		out = filepath.Join(dir, "truth.mbox")
	}
	res, err := measure(context.Background(), n, seed, out)
	if err != nil {
		return err
	}
	fmt.Print(res.table())
	if list {
		a := res.measured()
		fmt.Printf("missing: %s\nfalse:\n  %s\n", strings.Join(a.missing, " "), strings.Join(a.names, "\n  "))
	}
	if lost > 0 {
		fmt.Print(res.missed(lost))
	}
	return nil
}

// missed lists the commonest wordings of half A that were not seen for what
// they are; half B is for measuring only.
func (res *Result) missed(n int) string {
	var b strings.Builder
	for _, lang := range languages {
		fmt.Fprintf(&b, "\n%s\n", lang)
		var list []miss
		for m := range res.misses {
			if m.half == 'A' && m.lang == lang {
				list = append(list, m)
			}
		}
		slices.SortFunc(list, func(x, y miss) int {
			return cmp.Or(-cmp.Compare(res.misses[x], res.misses[y]), strings.Compare(string(x.kind), string(y.kind)), strings.Compare(x.template+x.class, y.template+y.class))
		})
		for _, m := range list[:min(n, len(list))] {
			fmt.Fprintf(&b, "%5d %-10s as %-14s %s\n", res.misses[m], m.kind, m.class, m.template)
		}
	}
	return b.String()
}

// writeTruth writes a mailbox and a table of what is true of its mails.
func writeTruth(truth, box string, n int, seed uint64) error {
	table, err := os.Create(truth)
	if err != nil {
		return err
	}
	defer table.Close()
	f, err := os.Create(box)
	if err != nil {
		return err
	}
	defer f.Close()
	rows, mails := bufio.NewWriter(table), bufio.NewWriter(f)
	fmt.Fprintln(rows, "kind\tlanguage\thalf\taccount at\tsender\tforged how\tpretends\town number\twording")
	if err := generate(mails, n, seed, func(m Message, _ string) error {
		_, err := fmt.Fprintf(rows, "%s\t%s\t%c\t%s\t%s\t%s\t%s\t%t\t%s\n", m.Kind, m.Lang, m.Half, m.Site, m.Host, m.How, m.Pretends, m.Number, m.Template)
		return err
	}); err != nil {
		return err
	}
	return errors.Join(rows.Flush(), mails.Flush())
}
