package archive

import (
	"context"
	"regexp"
	"strings"
	"time"

	"unlisted/checks/evidence"
)

// amazonArchive imports what Amazon sends after Request Your Information: many
// archives, each of which is read by itself. The same table comes as CSV or as
// JSON, and there may be several of one name. Addresses that parcels went to may
// be somebody else's and are not read.
type amazonArchive struct{}

var _ evidence.Importer = amazonArchive{}

// Format implements evidence.Importer.
func (amazonArchive) Format() evidence.Format {
	return evidence.Format{ID: "amazon-archive", Family: "archive", Site: "amazon.com", Tree: true}
}

// amazonName is how Amazon names its tables: "Retail.OrderHistory.1.csv".
var amazonName = regexp.MustCompile(
	`^(advertising|retail|digital|alexa|kindle|primevideo|outboundnotifications|customercommunicationexperience)\..*\.(csv|json)$`,
)

// amazonColumns are columns of the tables most people have.
var amazonColumns = []string{
	"audiences in which you are included", "advertisers whose ads you clicked", "order id", "orderid", "asin", "marketplace", "website",
	"customer", "email", "profilelastonboardingtime", "notification", "subscription",
}

// Recognise implements evidence.Importer.
func (amazonArchive) Recognise(_ context.Context, in evidence.Input) evidence.Certainty {
	looked := 0
	for _, f := range in.Files {
		if !amazonName.MatchString(base(f)) || looked >= maxLooks {
			continue
		}
		looked++
		head := opening(in, f)
		first, _, _ := strings.Cut(strings.TrimLeft(head, "[{\r\n \t"), "\n")
		if isCSV(f) {
			first = strings.Join(columns(head), "\n")
		}
		if hasAny(first, amazonColumns...) {
			return evidence.Sure
		}
	}
	return evidence.No
}

// maxLooks bounds how many members are opened to recognise an archive.
const maxLooks = 40

// Read implements evidence.Importer.
func (amazonArchive) Read(ctx context.Context, in evidence.Input, out evidence.Sink) error {
	a := &amazonAccount{platform: platform{site: "amazon.com", out: out}}
	for _, f := range in.Files {
		read := a.reader(base(f))
		if read == nil {
			continue
		}
		var err error
		if strings.HasSuffix(base(f), ".json") {
			err = document(ctx, in, f, out, func(v any) { leaves(v, "", read) })
		} else {
			err = table(ctx, in, f, out, func(r row) { r.each(read) })
		}
		if err != nil {
			return err
		}
	}
	a.account("", a.created)
	return nil
}

// amazonAccount gathers what the tables say of the account.
type amazonAccount struct {
	platform
	created     time.Time
	advertisers int
	ads         bool // told once: a row is one audience, and there are thousands
}

// reader picks what reads the cells of a table, by its name.
func (a *amazonAccount) reader(name string) func(label, value string) {
	switch {
	case !amazonName.MatchString(name), strings.HasSuffix(name, ".schema.json"):
		return nil
	case strings.Contains(name, "advertiseraudiences"):
		return a.brought
	case hasAny(name, "3paudiences", "amazonaudiences", "advertiserclicks"):
		return a.used
	case strings.Contains(name, "customerprofile"):
		return a.profile
	}
	return nil
}

// brought reads a company that brought a list the person is on.
func (a *amazonAccount) brought(label, value string) {
	if a.advertisers >= maxAdvertisers || nothing(value) ||
		!hasAny(strings.ToLower(label), "advertis", "audience", "annonceur", "inserzion", "anunciante", "werbe") {
		return
	}
	a.advertisers++
	a.advertiser(value)
}

func (a *amazonAccount) used(_, value string) {
	if a.ads || nothing(value) {
		return
	}
	a.ads = true
	a.finding(evidence.Finding{Fact: evidence.FactAdsUse, Purpose: evidence.PurposeAds})
}

// profile reads the customer's own addresses and numbers, below columns that are
// not documented.
func (a *amazonAccount) profile(label, value string) {
	if a.created.IsZero() && createdWords.MatchString(plain(label)) {
		a.created = when(value)
	}
	a.likely().told(label, value)
}
