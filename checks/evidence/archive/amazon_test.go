package archive_test

import (
	"testing"

	. "unlisted/checks/evidence/evidencetest"
)

const audiences = "Advertisers who brought audiences in which you are included\n"

var amazon = map[string]string{
	"Advertising.1/Advertising.AdvertiserAudiences.csv":         "\ufeff" + audiences + "\"Shop Example, Inc.\"\nBank Example\nNot Available\n",
	"Advertising.2/Advertising.AdvertiserAudiences.csv":         audiences + "Unquoted Example, Ltd.\n",
	"Advertising.1/Advertising.3PAudiences.csv":                 "Audiences in which you are included via 3rd Parties\nCar buyers\nDog owners\n",
	"Advertising.1/Advertising.AdvertiserAudiences.schema.json": `{"advertiser":"Schema Example"}`,
	"Retail.CustomerProfile.1/Retail.CustomerProfile.csv":       "Customer Name,Email Address,Mobile Phone,Customer Id,Account Creation Date,Login Email\nPat Doe,pat@mail.example,+33639981234,A1B2C3,2008-01-02,Not Applicable\n",
	"Retail.OrderHistory.1/Retail.OrderHistory.1.csv":           "Website,Order ID,Shipping Address,Gift Recipient Phone\nAmazon.fr,1-2-3,\"Friend, 1 Main St\"," + other + "\n",
	"Retail.Addresses.csv":                                      "Name,Phone\nFriend," + other + "\n",
}

var amazonLines = []string{
	"amazon.com account confirmed", "amazon.com ads-use confirmed advertising",
	"amazon.com advertiser-list confirmed advertising Shop Example, Inc.", "amazon.com advertiser-list confirmed advertising Bank Example",
	"amazon.com advertiser-list confirmed advertising Unquoted Example, Ltd.",
	"amazon.com holds-email likely pat@mail.example profile", "amazon.com holds-phone likely +33639981234 profile",
}

func TestAmazon(t *testing.T) {
	everyForm(t, amazon, amazonLines, nil)
	for _, f := range scanned(t, Folder(t, amazon)).Findings {
		if f.Fact == "account" && f.First.Format("2006-01-02") != "2008-01-02" {
			t.Errorf("the account is from %v", f.First)
		}
	}
}

// The same table comes as JSON, with other columns beside it, or empty; a
// damaged one is told.
func TestAmazonForms(t *testing.T) {
	shop := []string{"amazon.com account confirmed", "amazon.com advertiser-list confirmed advertising Shop Example"}
	everyForm(t, map[string]string{"Advertising.AdvertiserAudiences.json": `[{"Advertisers who brought audiences in which you are included":"Shop Example"}]`}, shop, nil)
	everyForm(t, map[string]string{"Advertising.AdvertiserAudiences.csv": "Added,Advertisers who brought audiences in which you are included\n2024-01-01,Shop Example\n"}, shop, nil)
	everyForm(t, map[string]string{"Advertising.AdvertiserAudiences.csv": audiences, "Advertising.3PAudiences.csv": "Audiences in which you are included via 3rd Parties\nNot Available\n"}, shop[:1], nil)
	everyForm(t, map[string]string{"Advertising.AdvertiserAudiences.csv": audiences + "Shop Example\n", "Retail.CustomerProfile.json": `{"email":`}, shop, []string{"damaged_member"})
	// One column: names of companies have commas, in quotes or not, one has a quote.
	everyForm(t, map[string]string{"Advertising.AdvertiserAudiences.csv": "sep=,\n" + audiences + "Shop Example, Inc.\n\"Bank Example, Ltd.\"\n\"Quote Example, SA\n"},
		[]string{shop[0], "amazon.com advertiser-list confirmed advertising Shop Example, Inc.", "amazon.com advertiser-list confirmed advertising Bank Example, Ltd.", "amazon.com advertiser-list confirmed advertising Quote Example, SA"}, nil)
	nested := Zip(t, map[string]string{"Advertising.1.zip": string(Zip(t, map[string]string{"Advertising.AdvertiserAudiences.csv": audiences + "Shop Example\n"}))})
	Equal(t, Lines(scanned(t, Write(t, "All Data Categories.zip", string(nested)))), shop)
}
