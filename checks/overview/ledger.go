package overview

import (
	"encoding/csv"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"unlisted/checks/outbound"
	"unlisted/checks/text"
)

// Purposes are those of a ledger, in order of name.
func Purposes(entries []outbound.Entry) []string {
	var out []string
	for _, e := range entries {
		if !slices.Contains(out, e.Purpose) {
			out = append(out, e.Purpose)
		}
	}
	slices.Sort(out)
	return out
}

// Ledger are the entries of one purpose, or all where it is "", the latest
// first.
func Ledger(entries []outbound.Entry, purpose string) []outbound.Entry {
	var out []outbound.Entry
	for _, e := range slices.Backward(entries) {
		if purpose == "" || e.Purpose == purpose {
			out = append(out, e)
		}
	}
	return out
}

// Said is the sentence of a ledger entry.
func Said(t *text.Printer, e outbound.Entry) string {
	if key := "ledger." + e.Purpose; t.Has(key) {
		return t.T(key, "who", e.Subject)
	}
	return e.Purpose + " " + e.Subject
}

// WriteLedger writes entries as CSV, in words and with the plain values beside
// them.
func WriteLedger(w io.Writer, entries []outbound.Entry, t *text.Printer) error {
	c := csv.NewWriter(w)
	_ = c.Write(
		[]string{
			t.T("check.ledger.time"),
			t.T("check.ledger.host"),
			t.T("check.ledger.what"),
			t.T("check.ledger.result"),
			t.T("check.ledger.status"),
			t.T("check.ledger.bytes"),
		},
	)
	for _, e := range entries {
		cells := []string{
			e.Time.UTC().
				Format(time.RFC3339),
			e.Host, Said(t, e), t.T("ledger.result." + e.Result), strconv.Itoa(e.Status), strconv.FormatInt(e.Bytes, 10),
		}
		for i, s := range cells {
			s = text.Visible(s)
			cells[i] = s
			if s != "" && strings.ContainsRune("=+-@\t\r", rune(s[0])) {
				cells[i] = "'" + s // a spreadsheet must not take it for a formula
			}
		}
		_ = c.Write(cells)
	}
	c.Flush()
	return c.Error()
}
