package archive

import (
	"context"
	"strings"
	"time"

	"unlisted/checks/evidence"
	"unlisted/checks/identifier"
)

// linkedinArchive imports LinkedIn's "Get a copy of your data": CSV files, beside
// each other. Connections and messages, which are other people's, stay closed.
type linkedinArchive struct{}

var _ evidence.Importer = linkedinArchive{}

// Format implements evidence.Importer.
func (linkedinArchive) Format() evidence.Format {
	return evidence.Format{ID: "linkedin-archive", Family: "archive", Site: "linkedin.com", Tree: true}
}

// linkedinFiles are the members that are read, by base name.
var linkedinFiles = map[string]func(*owner, row){
	"email addresses.csv":        linkedinEmail,
	"phonenumbers.csv":           linkedinPhone,
	"phone numbers.csv":          linkedinPhone,
	"whatsapp phone numbers.csv": linkedinPhone,
	"registration.csv":           linkedinRegistration,
	"ad_targeting.csv":           linkedinAds,
	"inferences_about_you.csv":   linkedinAds,
	"ads clicked.csv":            linkedinAds,
	"contacts.csv":               linkedinContact,
	"importedcontacts.csv":       linkedinContact,
	"imported contacts.csv":      linkedinContact,
	"permitted services.csv":     linkedinService,
	"permitted_services.csv":     linkedinService,
}

// linkedinHeaders are columns of members that no other platform has.
var linkedinHeaders = map[string][]string{
	"email addresses.csv":        {"email address", "confirmed", "primary"},
	"phonenumbers.csv":           {"extension", "number", "type"},
	"phone numbers.csv":          {"extension", "number", "type"},
	"whatsapp phone numbers.csv": {"number", "is_whatsapp_number"},
	"ad_targeting.csv":           {"company names", "job titles"},
	"ads clicked.csv":            {"ad clicked date"},
	"importedcontacts.csv":       {"firstname", "lastname", "emails"},
	"imported contacts.csv":      {"firstname", "lastname", "emails"},
	"contacts.csv":               {"firstname", "lastname", "emails", "phonenumbers"},
	"permitted services.csv":     {"service"},
	"permitted_services.csv":     {"service"},
	"logins.csv":                 {"login date", "ip address", "user agent"},
	"security challenges.csv":    {"challenge date"},
	"profile.csv":                {"first name", "last name", "headline"},
	"positions.csv":              {"company name", "started on"},
	"invitations.csv":            {"sent at", "direction"},
	"registration.csv":           {"registered at", "registration ip"},
	"inferences_about_you.csv":   {"category", "type of inference"},
}

// Recognise implements evidence.Importer.
func (linkedinArchive) Recognise(_ context.Context, in evidence.Input) evidence.Certainty {
	if len(foldersWith(in, linkedinHeaders)) > 0 {
		return evidence.Sure
	}
	return evidence.No
}

// Read implements evidence.Importer.
func (linkedinArchive) Read(ctx context.Context, in evidence.Input, out evidence.Sink) error {
	o := &owner{platform: platform{site: "linkedin.com", out: out}}
	dirs := foldersWith(in, linkedinHeaders)
	for _, f := range in.Files {
		read := linkedinFiles[base(f)]
		if read == nil || !dirs[folder(f)] {
			continue
		}
		if err := table(ctx, in, f, out, func(r row) { read(o, r) }); err != nil {
			return err
		}
	}
	o.account("", o.since)
	o.rest()
	return nil
}

// linkedinEmail reads an address; every confirmed one signs in.
func linkedinEmail(o *owner, r row) {
	why, sure := evidence.PurposeSignIn, evidence.Confirmed
	if strings.EqualFold(r.find("confirmed"), "no") {
		why, sure = evidence.PurposeProfile, evidence.Likely
	}
	o.contact(sure, "email", r.find("email address"), why, stamp(r.find("updated on")))
}

// linkedinPhone reads a number whose country code stands in a column of its own,
// or in front of it, or nowhere.
func linkedinPhone(o *owner, r row) {
	number, code := r.find("number"), strings.TrimLeft(r.find("extension"), "+0")
	region := o.out.Region()
	tries := []string{number, "+" + number}
	if code != "" {
		tries, region = []string{"+" + code + number, "+" + number}, ""
	}
	if strings.HasPrefix(number, "+") {
		tries = []string{number}
	}
	for _, s := range tries {
		if id, err := identifier.ParsePhone(s, region); err == nil {
			o.shows(evidence.Confirmed, id, evidence.PurposeProfile, time.Time{})
			return
		}
	}
	o.holdsNumber(tries[0], evidence.PurposeProfile)
}

func linkedinRegistration(o *owner, r row) { o.since = stamp(r.find("registered at")) }

// linkedinAds reads members that show advertising by having a row.
func linkedinAds(o *owner, _ row) { o.ads = true }

func linkedinContact(o *owner, _ row) { o.contacts++ }

// linkedinService reads a service that may use the account.
func linkedinService(o *owner, r row) {
	o.linked(r.find("service", "application", "app", "name"), stamp(r.find("granted", "date", "time")))
}
