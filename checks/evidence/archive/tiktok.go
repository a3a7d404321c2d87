package archive

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"time"

	"unlisted/checks/evidence"
)

// tiktokArchive imports the one JSON file of TikTok's "Download your data",
// inside its zip or by itself. Names of its sections changed over the years, so
// values are known by the keys next to them. Of the form with text files it only
// says that it is the wrong one.
type tiktokArchive struct{}

var _ evidence.Importer = tiktokArchive{}

// Format implements evidence.Importer.
func (tiktokArchive) Format() evidence.Format {
	return evidence.Format{ID: "tiktok-archive", Family: "archive", Site: "tiktok.com"}
}

// tiktokSections are keys of the outermost object, one of which comes first.
var tiktokSections = []string{
	`"activity"`, `"your activity"`, `"profile"`, `"profile and settings"`, `"app settings"`, `"ads and data"`, `"comment"`, `"direct message"`,
	`"direct messages"`, `"tiktok live"`, `"tiktok shop"`, `"tiktok shopping"`, `"likes and favorites"`, `"income+ wallet transactions"`, `"post"`, `"video"`,
}

// Recognise implements evidence.Importer.
func (tiktokArchive) Recognise(_ context.Context, in evidence.Input) evidence.Certainty {
	head := strings.ToLower(in.HeadText())
	switch {
	case tiktokText(head):
		return evidence.Sure
	case !strings.HasPrefix(strings.TrimSpace(head), "{"):
		return evidence.No
	case strings.Contains(head, `"profilemap"`) && hasAny(head, `"platforminfo"`, `"telephonenumber"`, `"username"`):
		return evidence.Sure
	case strings.HasPrefix(base(in.Name), "user_data") && hasAny(head, tiktokSections...):
		return evidence.Sure
	}
	return evidence.No
}

// tiktokText recognises "Login History.txt" of the form with text files.
func tiktokText(head string) bool {
	return !strings.HasPrefix(head, "{") &&
		hasAll(head, "date: ", "\nip: ", "\ndevice model: ", "\ndevice system: ", "\nnetwork type: ")
}

// Read implements evidence.Importer.
func (tiktokArchive) Read(ctx context.Context, in evidence.Input, out evidence.Sink) error {
	if tiktokText(strings.ToLower(evidence.HeadText(in.Head))) {
		return evidence.NewProblem(in.Label, "error.evidence.tiktok_text")
	}
	o := &owner{platform: platform{site: "tiktok.com", out: out}}
	err := openMember(ctx, in, in.Name, out, func(limit *evidence.RecordLimit) error {
		return texts(ctx, limit, func(keys []string, value string) { tiktokValue(o, keys, value) })
	})
	if err != nil {
		return err
	}
	o.account(o.user, time.Time{})
	o.rest()
	return nil
}

// tiktokValue reads one value by its key and those above. Whatever stands below
// chats, comments, followers and addresses is never asked for.
func tiktokValue(o *owner, keys []string, value string) {
	key, above := keys[len(keys)-1], ""
	if len(keys) > 1 {
		above = keys[len(keys)-2]
	}
	if nothing(value) {
		return
	}
	switch above {
	case "ProfileMap":
		o.out.Item()
		tiktokProfile(o, key, value)
	case "PlatformInfo":
		if key == "Platform" {
			o.linked(value, time.Time{})
		}
	case "Auto Fill", "Autofill", "AutoFill":
		// Offered to fill in: held, but perhaps typed once for somebody else.
		switch key {
		case "Email":
			o.contact(evidence.Possible, "email", value, evidence.PurposeUnknown, time.Time{})
		case "PhoneNumber":
			o.contact(evidence.Possible, "phone", value, evidence.PurposeUnknown, time.Time{})
		}
	}
	switch {
	case key == "AdvertiserList":
		o.ads = true
		for name := range strings.FieldsFuncSeq(value, func(r rune) bool { return r == '\n' || r == ';' }) {
			o.advertiser(name)
		}
	case key == "DataPartnerList",
		key == "AdInterestCategories",
		slices.Contains(keys, "OffTikTokActivityDataList"),
		slices.Contains(
			keys,
			"Instant Form Ads Responses",
		),
		slices.Contains(keys, "Usage Data From Third-Party Apps And Websites"):
		o.ads = true
	}
}

func tiktokProfile(o *owner, key, value string) {
	switch key {
	case "emailAddress":
		o.contact(evidence.Confirmed, "email", value, evidence.PurposeProfile, time.Time{})
	case "telephoneNumber":
		o.contact(evidence.Confirmed, "phone", value, evidence.PurposeProfile, time.Time{})
	case "userName":
		o.named(value)
	}
}

// texts streams every string of a JSON document of any size, with the keys that
// lead to it; the places in lists have no name.
func texts(ctx context.Context, limit *evidence.RecordLimit, f func(keys []string, value string)) error {
	d := json.NewDecoder(limit)
	type level struct{ object, value bool } // value: a key was read, its value comes next
	var levels []level
	var keys []string
	for {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		limit.Reset()
		t, err := d.Token()
		if err != nil {
			return err
		}
		top := len(levels) - 1
		delim, _ := t.(json.Delim)
		switch {
		case delim == '}' || delim == ']':
			levels = levels[:top]
			top--
		case top >= 0 && levels[top].object && !levels[top].value:
			levels[top].value = true
			keys = append(keys, text(t))
			continue
		case delim == '{' || delim == '[':
			if len(levels) >= maxDepth {
				return errShape
			}
			levels = append(levels, level{object: delim == '{'})
			continue
		default:
			if s, ok := t.(string); ok && len(keys) > 0 {
				f(keys, s)
			}
		}
		if top < 0 {
			return nil
		}
		if levels[top].object {
			levels[top].value = false
			keys = keys[:len(keys)-1]
		}
	}
}
