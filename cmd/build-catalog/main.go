// Command build-catalog merges the open data sets about platforms into the one
// embedded set the program loads. It prints what it merged and every conflict,
// and fails if a record of an input would be lost.
//
//	build-catalog -in DIR -out assets/catalog/platforms.tsv
package main

import (
	_ "embed"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
)

//go:embed decisions.json
var decided []byte

func main() {
	in := flag.String("in", "", "folder with the input files")
	out := flag.String("out", "", "file to write")
	flag.Parse()
	if err := run(*in, *out, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "build-catalog:", err)
		os.Exit(1)
	}
}

func run(dir, out string, report io.Writer) error {
	if dir == "" || out == "" {
		return errors.New("both -in and -out are needed")
	}
	in, err := readInputs(dir, decided)
	if err != nil {
		return err
	}
	b := build(in)
	b.print(report)
	if b.lost > 0 {
		return fmt.Errorf("%d records belong to no platform", b.lost)
	}
	f, err := os.Create(out)
	if err != nil {
		return err
	}
	defer f.Close()
	if err := b.write(f); err != nil {
		return err
	}
	return f.Close()
}
