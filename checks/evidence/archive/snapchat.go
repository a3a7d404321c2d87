package archive

import (
	"context"
	"maps"
	"slices"
	"strings"
	"time"

	"unlisted/checks/evidence"
)

// snapchatArchive imports Snapchat's "My Data" with JSON; of one with web pages
// only, the addresses and numbers of the account's own pages. Friends and chats
// stay closed.
type snapchatArchive struct{}

var _ evidence.Importer = snapchatArchive{}

// Format implements evidence.Importer.
func (snapchatArchive) Format() evidence.Format {
	return evidence.Format{ID: "snapchat-archive", Family: "archive", Site: "snapchat.com", Tree: true}
}

// snapchatFolders are the folders that hold an archive as JSON, and those that
// hold it as web pages.
func snapchatFolders(in evidence.Input) (data, pages map[string]bool) {
	data, pages = map[string]bool{}, map[string]bool{}
	for _, f := range in.Files {
		keys, page := snapchatKeys[base(f)], slices.Contains(snapchatPages, base(f))
		switch {
		case keys != nil && !data[folder(f)]:
			data[folder(f)] = hasAny(deepOpening(in, f), keys...)
		case page && !pages[folder(f)]:
			pages[folder(f)] = hasAll(opening(in, f), "<html", "snap")
		}
	}
	maps.DeleteFunc(data, func(_ string, is bool) bool { return !is })
	maps.DeleteFunc(pages, func(_ string, is bool) bool { return !is })
	return data, pages
}

// snapchatKeys are members, and keys of which only this archive has one there.
var snapchatKeys = map[string][]string{
	"account.json": {`"basic information"`, `"device information"`},
	"account_history.json": {
		`"display name change"`,
		`"mobile number change"`,
		`"email change"`,
		`"snapchat linked to bitmoji"`,
	},
	"user_profile.json":     {`"app profile"`, `"interest categories"`, `"off-platform sharing"`},
	"connected_apps.json":   {`"connected applications"`, `"permissions"`},
	"location_history.json": {`"frequent locations"`, `"areas you may have visited in the last two years"`},
	"memories_history.json": {`"saved media"`},
	"snap_history.json":     {`"received snap history"`, `"sent snap history"`},
}

// snapchatPages are the same members as web pages, and the first one.
var snapchatPages = []string{
	"account.html",
	"account_history.html",
	"user_profile.html",
	"connected_apps.html",
	"mydata.html",
	"snap_history.html",
}

// Recognise implements evidence.Importer.
func (snapchatArchive) Recognise(_ context.Context, in evidence.Input) evidence.Certainty {
	if data, pages := snapchatFolders(in); len(data)+len(pages) > 0 {
		return evidence.Sure
	}
	return evidence.No
}

// snapchatFiles are the members that are read, by base name.
var snapchatFiles = map[string]func(*owner, string, any){
	"account.json": snapchatAccount, "account_history.json": snapchatHistory,
	"user_profile.json": snapchatProfile, "connected_apps.json": snapchatApp,
}

// Read implements evidence.Importer.
func (snapchatArchive) Read(ctx context.Context, in evidence.Input, out evidence.Sink) error {
	o := &owner{platform: platform{site: "snapchat.com", out: out}}
	factors := snapchatFactors{}
	data, pages := snapchatFolders(in)
	for _, f := range in.Files {
		var err error
		switch read := snapchatFiles[base(f)]; {
		case read != nil && data[folder(f)]:
			err = entries(ctx, in, f, out, func(key string, v any) {
				read(o, key, v)
				factors.add(key, v)
			})
		case len(data) == 0 && pages[folder(f)] && (base(f) == "account.html" || base(f) == "account_history.html"):
			err = blocks(ctx, in, f, out, contactPage(o))
		}
		if err != nil {
			return err
		}
	}
	if len(data) == 0 {
		out.Problem(*evidence.NewProblem(in.Label, "error.evidence.archive_html"))
	}
	o.account(o.user, o.since)
	factors.report(o)
	o.rest()
	return nil
}

// snapchatAccount reads "Basic Information": an object of labels.
func snapchatAccount(o *owner, key string, v any) {
	if key != "Basic Information" {
		return
	}
	for label, x := range object(v) {
		value := scalar(x)
		switch label = plain(label); {
		case label == "username":
			o.named(value)
		case label == "creation date":
			o.since = when(value)
		case mailWords.MatchString(label), phoneWords.MatchString(label):
			o.contact(evidence.Confirmed, label, value, evidence.PurposeProfile, time.Time{})
		}
	}
}

// snapchatHistory reads what addresses and numbers were set over the years, the
// present ones too.
func snapchatHistory(o *owner, key string, v any) {
	m := object(v)
	at := when(text(m["Date"]))
	switch key {
	case "Email Change":
		o.contact(evidence.Confirmed, "email", text(m["Email Address"]), evidence.PurposeProfile, at)
	case "Mobile Number Change":
		o.contact(evidence.Confirmed, "phone", scalar(m["Mobile Number"]), evidence.PurposeProfile, at)
	}
}

// snapchatProfile reads lists that show use for advertising by not being empty.
func snapchatProfile(o *owner, key string, v any) {
	switch key {
	case "Interest Categories", "Ad Interests", "Off-Platform Sharing", "Interactions", "Ads Interacted With":
		o.ads = o.ads || !empty(v)
	}
}

// empty reports whether a value says nothing.
func empty(v any) bool {
	switch v := v.(type) {
	case string:
		return nothing(v)
	case []any:
		return len(v) == 0
	case map[string]any:
		return len(v) == 0
	}
	return v == nil
}

// snapchatApp reads connected apps, by name or as a record of one.
func snapchatApp(o *owner, key string, v any) {
	if key != "Connected Applications" && key != "Permissions" && key != "Connected Apps" {
		return
	}
	m := object(v)
	name := text(v)
	if m != nil {
		name = text(pick(m, "App", "Application", "Name", "App Name"))
	}
	o.linked(name, when(text(pick(m, "Time", "Date"))))
}

// snapchatFactor is one change of two-factor authentication.
type snapchatFactor struct {
	at    time.Time
	words string
}

// snapchatFactors are all changes; the last one of each method counts.
type snapchatFactors []snapchatFactor

// maxSnapchatFactors bounds them: nobody changes it this often.
const maxSnapchatFactors = 1000

func (s *snapchatFactors) add(key string, v any) {
	if key != "Two-Factor Authentication" || len(*s) >= maxSnapchatFactors {
		return
	}
	words := ""
	leaves(v, "", func(keys, value string) {
		if keys != "/Date" {
			words += " " + strings.ToLower(value)
		}
	})
	*s = append(*s, snapchatFactor{when(text(object(v)["Date"])), words})
}

// report tells the methods that are on. A record that names no method shows
// none, but may have put out all.
func (s snapchatFactors) report(o *owner) {
	slices.SortStableFunc(s, func(a, b snapchatFactor) int { return a.at.Compare(b.at) })
	var sms, app *snapchatFactor
	for i := range s {
		f := &s[i]
		bySMS, byApp := hasAny(f.words, "sms", "text message"), hasAny(f.words, "otp", "authenticator")
		on := f
		if hasAny(f.words, "disab", "remov", "turned off", "deactiv") {
			on = nil
		}
		if bySMS || on == nil && !byApp {
			sms = on
		}
		if byApp || on == nil && !bySMS {
			app = on
		}
	}
	if sms != nil {
		o.codes("", sms.at)
	}
	if app != nil {
		o.finding(evidence.Finding{Fact: evidence.FactTOTPOn, First: app.at})
	}
}
