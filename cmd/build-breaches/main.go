// Command build-breaches turns the breach list of Have I Been Pwned, as its API
// gives it, into the compact catalogue the program embeds: facts only, without
// descriptions and logos.
//
//	build-breaches -in hibp-breaches.json -out assets/breaches/breaches.tsv
package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"time"

	"unlisted/checks/breach"
)

func main() {
	in := flag.String("in", "", "breach list as JSON")
	out := flag.String("out", "", "file to write")
	flag.Parse()
	if err := run(*in, *out); err != nil {
		fmt.Fprintln(os.Stderr, "build-breaches:", err)
		os.Exit(1)
	}
}

type entry struct {
	Name, Title, Domain, BreachDate                                                       string
	AddedDate                                                                             time.Time
	PwnCount                                                                              int64
	DataClasses                                                                           []string
	IsVerified, IsFabricated, IsSensitive, IsRetired, IsSpamList, IsMalware, IsStealerLog bool
}

func run(in, out string) error {
	raw, err := os.ReadFile(in)
	if err != nil {
		return err
	}
	var list []entry
	if err := json.Unmarshal(raw, &list); err != nil {
		return err
	}
	breaches := make([]breach.Breach, 0, len(list))
	for _, e := range list {
		b, err := convert(e)
		if err != nil {
			return fmt.Errorf("%s: %w", e.Name, err)
		}
		breaches = append(breaches, b)
	}
	slices.SortFunc(breaches, func(a, b breach.Breach) int { return strings.Compare(a.Name, b.Name) })
	f, err := os.Create(out)
	if err != nil {
		return err
	}
	defer f.Close()
	if err := breach.EncodeCatalogue(f, breaches); err != nil {
		return err
	}
	fmt.Println(len(breaches), "breaches")
	return f.Close()
}

func convert(e entry) (breach.Breach, error) {
	day, err := time.Parse(time.DateOnly, e.BreachDate)
	if err != nil {
		return breach.Breach{}, err
	}
	b := breach.Breach{Name: e.Name, Title: strings.Join(strings.Fields(e.Title), " "), Domain: strings.ToLower(e.Domain), Date: day, Added: e.AddedDate, Count: e.PwnCount}
	// Phones first: they are what the person came for.
	for _, first := range []bool{true, false} {
		for _, d := range e.DataClasses {
			if (d == breach.DataPhones) == first {
				b.Data = append(b.Data, d)
			}
		}
	}
	for flag, on := range map[breach.Flags]bool{
		breach.Unverified: !e.IsVerified, breach.Fabricated: e.IsFabricated, breach.Sensitive: e.IsSensitive, breach.Retired: e.IsRetired,
		breach.SpamList: e.IsSpamList, breach.Malware: e.IsMalware, breach.StealerLog: e.IsStealerLog,
	} {
		if on {
			b.Flags |= flag
		}
	}
	return b, nil
}
