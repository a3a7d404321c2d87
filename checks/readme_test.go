package checks_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"unlisted/assets"
	"unlisted/checks/catalog"
)

// The README's table of what is known is counted, not claimed.
func TestReadmeCounts(t *testing.T) {
	c, err := catalog.Load(assets.Sub("catalog"), assets.Sub("guides"), assets.Sub("facts"))
	if err != nil {
		t.Fatal(err)
	}
	rows := []struct {
		what string
		has  func(*catalog.Platform) bool
	}{
		{"platforms", func(*catalog.Platform) bool { return true }},
		{"with known sign-in methods", func(p *catalog.Platform) bool { return p.MethodsKnown }},
		{"with passkeys", func(p *catalog.Platform) bool { return p.Passkey != (catalog.Passkey{}) }},
		{"with a page to delete the account", func(p *catalog.Platform) bool { return p.Delete.URL != "" }},
		{"with a data protection contact", func(p *catalog.Platform) bool { return p.Contact != (catalog.Contact{}) }},
		{"with a sourced exit rating of the number", func(p *catalog.Platform) bool { return p.Exit != catalog.ExitUnknown }},
		{"with a guide of their own", func(p *catalog.Platform) bool { return p.Guide != nil }},
		{"with documented incidents", func(p *catalog.Platform) bool { return len(c.Incidents(p.ID)) > 0 }},
	}
	var table strings.Builder
	table.WriteString("| | |\n|---|---|\n")
	for _, r := range rows {
		n := 0
		for i := range c.Len() {
			if r.has(c.At(i)) {
				n++
			}
		}
		fmt.Fprintf(&table, "| %s | %d |\n", r.what, n)
	}
	readme, err := os.ReadFile("../README.md")
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(readme), table.String()) {
		t.Errorf("the table should read\n%s", table.String())
	}
}
