package archive

import (
	"context"
	"strings"
	"time"

	"unlisted/checks/evidence"
)

// paypalArchive imports PayPal's data. Lists of transactions name those who paid
// and were paid, so they only show that there is an account; identifiers come
// from the profile part alone. Its layout is not documented: nothing is surer
// than likely.
type paypalArchive struct{}

var _ evidence.Importer = paypalArchive{}

// Format implements evidence.Importer.
func (paypalArchive) Format() evidence.Format {
	return evidence.Format{ID: "paypal-archive", Family: "archive", Site: "paypal.com", Tree: true}
}

// paypalColumns are the columns that together only PayPal's list of transactions
// has, in the languages seen.
var paypalColumns = [][]string{
	{"transaction id", "gross", "net"},
	{"numéro de transaction", "avant commission"},
	{"transaktionscode", "brutto", "netto"},
	{"id. de transacción", "bruto", "neto"},
	{"codice transazione", "lordo", "netto"},
}

func paypalTransactions(head string) bool {
	names := strings.Join(columns(head), "\n")
	for _, words := range paypalColumns {
		if hasAll(names, words...) {
			return true
		}
	}
	return false
}

// paypalProfile reports a member about the account holder.
func paypalProfile(name, head string) bool {
	return (isJSON(name) || isCSV(name) || isPage(name)) && hasAny(base(name), "profile", "account", "personal") &&
		strings.Contains(head, "paypal")
}

// Recognise implements evidence.Importer.
func (paypalArchive) Recognise(_ context.Context, in evidence.Input) evidence.Certainty {
	looked := 0
	for _, f := range in.Files {
		profile := hasAny(base(f), "profile", "account", "personal") && (isJSON(f) || isPage(f))
		if !isCSV(f) && !profile || looked >= maxLooks {
			continue
		}
		looked++
		if head := mentioning(in, f); isCSV(f) && paypalTransactions(head) || paypalProfile(f, head) {
			return evidence.Maybe
		}
	}
	return evidence.No
}

// Read implements evidence.Importer.
func (paypalArchive) Read(ctx context.Context, in evidence.Input, out evidence.Sink) error {
	p := platform{site: "paypal.com", out: out}.likely()
	p.account("", time.Time{})
	for _, f := range in.Files {
		if !hasAny(base(f), "profile", "account", "personal") {
			continue
		}
		head := mentioning(in, f)
		if !paypalProfile(f, head) || paypalTransactions(head) {
			continue
		}
		if err := told(ctx, in, f, p); err != nil {
			return err
		}
	}
	return nil
}

// told reads a member without a documented layout by its labels.
func told(ctx context.Context, in evidence.Input, name string, p platform) error {
	switch {
	case isJSON(name):
		return document(ctx, in, name, p.out, func(v any) { leaves(v, "", p.told) })
	case isCSV(name):
		return table(ctx, in, name, p.out, func(r row) { r.each(p.told) })
	}
	return pairs(ctx, in, name, p.out, p.told)
}
