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
	return evidence.Format{ID: "x-archive", Family: "archive", Tree: true}
}

// Recognise implements evidence.Importer.
func (xArchive) Recognise(_ context.Context, in evidence.Input) evidence.Certainty {
	for _, f := range in.Find("account.js", "phone-number.js", "manifest.js") {
		file, err := in.FS.Open(f)
		if err != nil {
			continue
		}
		head := make([]byte, 256)
		n, _ := io.ReadFull(file, head)
		file.Close()
		if bytes.Contains(head[:n], []byte("window.YTD.")) || bytes.Contains(head[:n], []byte("window.__THAR_CONFIG")) {
			return evidence.Sure
		}
	}
	return evidence.No
}

// readers maps the name of a data file to what is read from its elements.
var xReaders = map[string]func(platform, json.RawMessage){
	"account": xAccount, "phone-number": xPhone, "email-address-change": xEmailChange, "ni-devices": xDevices, "contact": xContact,
	"connected-application": xConnected, "sso": xSSO, "personalization": xPersonalization, "ad-impressions": xAds, "ad-engagements": xAds,
}

// part matches the tail of a data file that was split.
var part = regexp.MustCompile(`-part\d+$`)

// Read implements evidence.Importer.
func (xArchive) Read(ctx context.Context, in evidence.Input, out evidence.Sink) error {
	p := platform{site: "x.com", out: out}
	if m := in.Find("manifest.js"); len(m) > 0 {
		p.at = xGenerated(in, m[0])
	}
	uploaded := false
	for _, f := range in.Files {
		base, ok := strings.CutSuffix(f[strings.LastIndexByte(f, '/')+1:], ".js")
		if !ok {
			continue
		}
		name := part.ReplaceAllString(base, "")
		read := xReaders[name]
		if read == nil || name == "contact" && uploaded {
			continue
		}
		err := xMember(ctx, in, f, out, func(m json.RawMessage) {
			// The people in the address book are not ours to list: once is enough.
			if name == "contact" {
				if uploaded {
					return
				}
				uploaded = true
			}
			read(p, m)
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// xMember skips "window.YTD.<name>.part0 =" and streams the list behind it.
func xMember(ctx context.Context, in evidence.Input, name string, out evidence.Sink, f func(json.RawMessage)) error {
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

func xAccount(p platform, m json.RawMessage) {
	var x struct {
		Account struct{ Email, Username, CreatedAt string }
	}
	if json.Unmarshal(m, &x) != nil {
		return
	}
	first := stamp(x.Account.CreatedAt)
	f := evidence.Finding{Fact: evidence.FactAccount, UserName: x.Account.Username, Purpose: evidence.PurposeSignIn, First: first}
	p.finding(f)
	p.holds(x.Account.Email, evidence.PurposeSignIn, first)
}

func xPhone(p platform, m json.RawMessage) {
	var x struct {
		Device struct{ PhoneNumber string }
	}
	if json.Unmarshal(m, &x) == nil {
		p.holds(x.Device.PhoneNumber, evidence.PurposeProfile, time.Time{})
	}
}

func xEmailChange(p platform, m json.RawMessage) {
	var x struct {
		EmailAddressChange struct {
			EmailChange struct{ ChangedAt, ChangedFrom, ChangedTo string }
		}
	}
	if json.Unmarshal(m, &x) != nil {
		return
	}
	c := x.EmailAddressChange.EmailChange
	p.holds(c.ChangedFrom, evidence.PurposeUnknown, time.Time{})
	p.holds(c.ChangedTo, evidence.PurposeUnknown, stamp(c.ChangedAt))
}

// xDevices reads phones known for messages: type "Auth" was given for sign-in
// codes, "Full" for notifications.
func xDevices(p platform, m json.RawMessage) {
	var x struct {
		NiDeviceResponse struct {
			MessagingDevice *struct{ PhoneNumber, DeviceType, CreatedDate string }
		}
	}
	if json.Unmarshal(m, &x) != nil || x.NiDeviceResponse.MessagingDevice == nil {
		return
	}
	d := x.NiDeviceResponse.MessagingDevice
	purpose := evidence.PurposeProfile
	if d.DeviceType == "Auth" {
		purpose = evidence.PurposeSecondFactor
		p.finding(evidence.Finding{Fact: evidence.FactPhone2FA, Purpose: purpose, First: stamp(d.CreatedDate)})
	}
	p.holds(d.PhoneNumber, purpose, stamp(d.CreatedDate))
}

func xContact(p platform, _ json.RawMessage) {
	p.finding(evidence.Finding{Fact: evidence.FactContactUpload, Purpose: evidence.PurposeLookup})
}

func xConnected(p platform, m json.RawMessage) {
	var x struct {
		ConnectedApplication struct {
			Name, ApprovedAt string
			Organization     struct{ Name string }
		}
	}
	if json.Unmarshal(m, &x) != nil || strings.Contains(x.ConnectedApplication.Organization.Name, "Twitter") {
		return
	}
	p.finding(evidence.Finding{Fact: evidence.FactLinked, Detail: evidence.Clean(x.ConnectedApplication.Name), First: stamp(x.ConnectedApplication.ApprovedAt)})
}

func xSSO(p platform, m json.RawMessage) {
	var x struct {
		SSO struct{ SsoEmail, AssociationMethodType, CreatedAt string }
	}
	if json.Unmarshal(m, &x) != nil {
		return
	}
	p.holds(x.SSO.SsoEmail, evidence.PurposeSignIn, stamp(x.SSO.CreatedAt))
	p.finding(evidence.Finding{Fact: evidence.FactLinked, Detail: evidence.Clean(x.SSO.AssociationMethodType), First: stamp(x.SSO.CreatedAt)})
}

// xPersonalization reads the advertisers whose lists contain the person. Those
// of look-alike audiences only found somebody similar: use for ads, no list.
func xPersonalization(p platform, m json.RawMessage) {
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
	for _, name := range a.Advertisers[:min(len(a.Advertisers), maxAdvertisers)] {
		p.advertiser(name)
	}
	if len(a.Advertisers)+len(a.LookalikeAdvertisers) > 0 {
		p.finding(evidence.Finding{Fact: evidence.FactAdsUse, Purpose: evidence.PurposeAds})
	}
}

// listTargeting are the kinds of targeting that need a list of contacts.
var listTargeting = []string{"list", "tailored audiences (lists)", "tailored audience lists", "customer match", "custom audiences (lists)"}

type xImpressions struct {
	Impressions []struct {
		AdvertiserInfo           struct{ AdvertiserName string }
		MatchedTargetingCriteria []struct{ TargetingType string }
	}
}

// xAds reads single ads: one that was aimed by an uploaded list names a company
// that had the person's address or number.
func xAds(p platform, m json.RawMessage) {
	var x struct {
		Ad struct {
			AdsUserData struct {
				AdImpressions xImpressions
				AdEngagements struct {
					Engagements []struct {
						ImpressionAttributes struct {
							AdvertiserInfo           struct{ AdvertiserName string }
							MatchedTargetingCriteria []struct{ TargetingType string }
						}
					}
				}
			}
		}
	}
	if json.Unmarshal(m, &x) != nil {
		return
	}
	one := func(name string, criteria []struct{ TargetingType string }) {
		byList := slices.ContainsFunc(criteria, func(c struct{ TargetingType string }) bool {
			return slices.Contains(listTargeting, strings.ToLower(strings.TrimSpace(c.TargetingType)))
		})
		if byList {
			p.advertiser(name)
		}
	}
	for _, i := range x.Ad.AdsUserData.AdImpressions.Impressions {
		one(i.AdvertiserInfo.AdvertiserName, i.MatchedTargetingCriteria)
	}
	for _, e := range x.Ad.AdsUserData.AdEngagements.Engagements {
		one(e.ImpressionAttributes.AdvertiserInfo.AdvertiserName, e.ImpressionAttributes.MatchedTargetingCriteria)
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
