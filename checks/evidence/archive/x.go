package archive

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"io"
	"regexp"
	"slices"
	"strings"
	"time"

	"unlisted/checks/evidence"
)

// xArchive imports the archive of X, formerly Twitter: data/*.js files, each an
// assignment of a JSON list to window.YTD.<name>.part<N>.
type xArchive struct{}

var _ evidence.Importer = xArchive{}

// Format implements evidence.Importer.
func (xArchive) Format() evidence.Format {
	return evidence.Format{ID: "x-archive", Family: "archive", Site: "x.com", Tree: true}
}

// xAssignments begin the files of an archive and of no other program.
var xAssignments = []string{"window.ytd.", "window.__thar_config"}

// xFolders are the folders with files of an archive: data/, or the root in the
// first years.
func xFolders(in evidence.Input) map[string]bool {
	dirs := map[string]bool{}
	for _, f := range in.Files {
		if strings.HasSuffix(base(f), ".js") && !dirs[folder(f)] && hasAny(opening(in, f), xAssignments...) {
			dirs[folder(f)] = true
		}
	}
	return dirs
}

// Recognise implements evidence.Importer.
func (xArchive) Recognise(_ context.Context, in evidence.Input) evidence.Certainty {
	if len(xFolders(in)) > 0 {
		return evidence.Sure
	}
	return evidence.No
}

// xReaders maps the name of a data file to what is read from its elements.
var xReaders = map[string]func(*owner, json.RawMessage){
	"account": xAccount, "phone-number": xPhone, "email-address-change": xEmailChange, "ni-devices": xDevices, "contact": xContact,
	"connected-application": xConnected, "sso": xSSO, "personalization": xPersonalization, "ad-impressions": xAds, "ad-engagements": xAds,
}

// part matches the tail of a data file that was split.
var part = regexp.MustCompile(`-part\d+$`)

// Read implements evidence.Importer.
func (xArchive) Read(ctx context.Context, in evidence.Input, out evidence.Sink) error {
	seen := &noting{Sink: out}
	o := &owner{platform: platform{site: "x.com", out: seen}}
	dirs := xFolders(in)
	for dir := range dirs {
		if t := xGenerated(in, dir+"manifest.js"); t.After(o.at) {
			o.at = t
		}
	}
	account := false
	for _, f := range in.Files {
		name, ok := strings.CutSuffix(base(f), ".js")
		read := xReaders[part.ReplaceAllString(name, "")]
		if !ok || read == nil || !dirs[folder(f)] {
			continue
		}
		account = account || base(f) == "account.js"
		if err := xMember(ctx, in, f, seen, func(m json.RawMessage) { read(o, m) }); err != nil {
			return err
		}
		o.paged = o.paged || part.ReplaceAllString(name, "") == "phone-number"
	}
	if !account { // the archive itself shows it
		o.account("", time.Time{})
		out.Problem(*evidence.NewProblem(in.Label, "error.evidence.no_account_pages"))
	}
	o.rest()
	o.noPhone(seen)
	return nil
}

// xMember skips "window.YTD.<name>.part0 =" and streams the list behind it.
func xMember(
	ctx context.Context,
	in evidence.Input,
	name string,
	out evidence.Sink,
	f func(json.RawMessage),
) error {
	skipped := evidence.Input{Label: in.Label, FS: assignments{in}, Files: in.Files}
	return member(ctx, skipped, name, out, f)
}

// xGenerated reads when the archive was made.
func xGenerated(in evidence.Input, name string) (t time.Time) {
	f, err := assignments{in}.Open(name)
	if err != nil {
		return t
	}
	defer f.Close()
	var m struct {
		ArchiveInfo struct {
			GenerationDate string `json:"generationDate"`
		} `json:"archiveInfo"`
	}
	if json.NewDecoder(io.LimitReader(f, 4<<20)).Decode(&m) != nil {
		return t
	}
	return stamp(m.ArchiveInfo.GenerationDate)
}

func xAccount(o *owner, m json.RawMessage) {
	var x struct {
		Account struct{ Email, Username, CreatedAt string }
	}
	if json.Unmarshal(m, &x) != nil {
		return
	}
	first := stamp(x.Account.CreatedAt)
	o.account(x.Account.Username, first)
	o.holds(x.Account.Email, evidence.PurposeSignIn, first)
}

func xPhone(o *owner, m json.RawMessage) {
	var x struct {
		Device struct{ PhoneNumber any }
	}
	if json.Unmarshal(m, &x) != nil {
		o.out.Skip(evidence.Broken, "")
		return
	}
	o.holds(scalar(x.Device.PhoneNumber), evidence.PurposeProfile, time.Time{})
}

func xEmailChange(o *owner, m json.RawMessage) {
	var x struct {
		EmailAddressChange struct {
			EmailChange struct{ ChangedAt, ChangedFrom, ChangedTo string }
		}
	}
	if json.Unmarshal(m, &x) != nil {
		return
	}
	c := x.EmailAddressChange.EmailChange
	o.holds(c.ChangedFrom, evidence.PurposeUnknown, time.Time{})
	o.holds(c.ChangedTo, evidence.PurposeUnknown, stamp(c.ChangedAt))
}

// xDevices reads phones known for messages: type "Auth" was given for sign-in
// codes, "Full" for notifications.
func xDevices(o *owner, m json.RawMessage) {
	var x struct {
		NiDeviceResponse struct {
			MessagingDevice *struct {
				PhoneNumber             any
				DeviceType, CreatedDate string
			}
		}
	}
	if json.Unmarshal(m, &x) != nil {
		o.out.Skip(evidence.Broken, "")
		return
	}
	if x.NiDeviceResponse.MessagingDevice == nil {
		return
	}
	d := x.NiDeviceResponse.MessagingDevice
	number, purpose, first := scalar(d.PhoneNumber), evidence.PurposeProfile, stamp(d.CreatedDate)
	if d.DeviceType == "Auth" {
		purpose = evidence.PurposeSecondFactor
		o.codes(number, first)
	}
	o.holds(number, purpose, first)
}

// xContact counts: the people in the address book are not ours to list.
func xContact(o *owner, _ json.RawMessage) { o.contacts++ }

// xConnected reads apps of others; X's own, by whatever name, are no link.
func xConnected(o *owner, m json.RawMessage) {
	var x struct {
		ConnectedApplication struct {
			Name, ApprovedAt string
			Organization     struct{ Name, URL string }
		}
	}
	if json.Unmarshal(m, &x) != nil {
		return
	}
	c := x.ConnectedApplication
	host, _ := evidence.Host(c.Organization.URL)
	switch strings.TrimPrefix(host, "www.") {
	case "twitter.com", "x.com":
		return
	}
	switch strings.ToLower(strings.TrimSpace(c.Organization.Name)) {
	case "twitter", "twitter, inc.", "twitter inc.", "twitter inc", "x", "x corp.", "x corp":
		return
	}
	o.linkedAt(c.Name, c.Organization.URL, stamp(c.ApprovedAt))
}

// xSSO reads the account of another company that signs in here. The method is
// that company's name, or only says at which step they were joined.
func xSSO(o *owner, m json.RawMessage) {
	var x struct {
		SSO struct{ SsoEmail, AssociationMethodType, CreatedAt string }
	}
	if json.Unmarshal(m, &x) != nil {
		return
	}
	first := stamp(x.SSO.CreatedAt)
	o.holds(x.SSO.SsoEmail, evidence.PurposeSignIn, first)
	switch how := strings.ToLower(x.SSO.AssociationMethodType); {
	case strings.Contains(how, "google"):
		o.linked("Google", first)
	case strings.Contains(how, "apple"):
		o.linked("Apple", first)
	default:
		o.part("", first)
	}
}

// xPersonalization reads the advertisers whose lists contain the person. Those
// of look-alike audiences only found somebody similar: use for ads, no list.
func xPersonalization(o *owner, m json.RawMessage) {
	var x struct {
		P13nData struct {
			Interests struct {
				AudienceAndAdvertisers struct{ Advertisers, LookalikeAdvertisers []string }
			}
		}
	}
	if json.Unmarshal(m, &x) != nil {
		return
	}
	a := x.P13nData.Interests.AudienceAndAdvertisers
	for _, name := range a.Advertisers {
		o.advertiser(name)
	}
	o.ads = o.ads || len(a.Advertisers)+len(a.LookalikeAdvertisers) > 0
}

// listTargeting are the kinds of targeting that need a list of contacts.
var listTargeting = []string{
	"list",
	"tailored audiences (lists)",
	"tailored audience lists",
	"customer match",
	"custom audiences (lists)",
}

// xAd is one ad: who showed it, and by what it was aimed.
type xAd struct {
	AdvertiserInfo           struct{ AdvertiserName string }
	MatchedTargetingCriteria []struct{ TargetingType string }
}

// xAds reads single ads: one that was aimed by an uploaded list names a company
// that had the person's address or number; one aimed by anything else is use of
// the profile.
func xAds(o *owner, m json.RawMessage) {
	var x struct {
		Ad struct {
			AdsUserData struct {
				AdImpressions struct{ Impressions []xAd }
				AdEngagements struct {
					Engagements []struct{ ImpressionAttributes xAd }
				}
			}
		}
	}
	if json.Unmarshal(m, &x) != nil {
		return
	}
	ads := x.Ad.AdsUserData.AdImpressions.Impressions
	for _, e := range x.Ad.AdsUserData.AdEngagements.Engagements {
		ads = append(ads, e.ImpressionAttributes)
	}
	for _, ad := range ads {
		for _, c := range ad.MatchedTargetingCriteria {
			o.ads = true
			if slices.Contains(listTargeting, strings.ToLower(strings.TrimSpace(c.TargetingType))) {
				o.advertiser(ad.AdvertiserInfo.AdvertiserName)
				break
			}
		}
	}
}

// skipAssignment reads past the first "=" near the start of a file.
func skipAssignment(r io.Reader) io.Reader {
	b := bufio.NewReaderSize(r, 4096)
	head, _ := b.Peek(1024)
	if at := bytes.IndexByte(head, '='); at >= 0 && bytes.Contains(head[:at], []byte("window.")) {
		_, _ = b.Discard(at + 1)
	}
	return b
}
