// Command build-breaches turns the breach list of Have I Been Pwned, as its API
// gives it, into the compact catalogue the program embeds: facts only, without
// descriptions and logos. Records that cannot be right are named and left out.
//
//	build-breaches -in hibp-breaches.json -out assets/breaches/breaches.tsv
package main

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"time"

	"unlisted/checks/breach"
)

func main() {
	in := flag.String("in", "", "the list as Have I Been Pwned gives it, JSON")
	out := flag.String("out", "assets/breaches/breaches.tsv", "the catalogue to write")
	flag.Parse()
	if err := run(*in, *out); err != nil {
		fmt.Fprintln(os.Stderr, "build-breaches:", err)
		os.Exit(1)
	}
}

func run(in, out string) error {
	raw, err := os.ReadFile(in)
	if err != nil {
		return err
	}
	list, skipped, err := breach.ReadHIBP(raw, time.Now())
	if err != nil {
		return err
	}
	for _, s := range skipped {
		fmt.Fprintf(os.Stderr, "skipped: %s: %s\n", s.Record, s.Reason)
	}
	var b bytes.Buffer
	if err := breach.EncodeCatalogue(&b, list); err != nil {
		return err
	}
	fmt.Printf("%d breaches, %d skipped\n", len(list), len(skipped))
	return os.WriteFile(out, b.Bytes(), 0o644)
}
