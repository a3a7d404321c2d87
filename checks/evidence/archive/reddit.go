package archive

import (
	"context"
	"strings"
	"time"

	"unlisted/checks/evidence"
)

// redditArchive imports Reddit's data request: CSV files beside each other. A
// file with a header alone holds nothing.
type redditArchive struct{}

var _ evidence.Importer = redditArchive{}

// Format implements evidence.Importer.
func (redditArchive) Format() evidence.Format {
	return evidence.Format{ID: "reddit-archive", Family: "archive", Site: "reddit.com", Tree: true}
}

// redditHeaders are members, and their columns, that only this archive has.
var redditHeaders = map[string][]string{
	"statistics.csv":                {"statistic", "value"},
	"linked_phone_number.csv":       {"phone_number"},
	"linked_identities.csv":         {"issuer_id", "subject_id"},
	"account_gender.csv":            {"account_gender"},
	"ip_logs.csv":                   {"date", "ip"},
	"checkfile.csv":                 {"filename", "sha256"},
	"subscribed_subreddits.csv":     {"subreddit"},
	"sensitive_ads_preferences.csv": {"type", "preference"},
	"comment_headers.csv":           {"permalink", "subreddit"},
	"post_headers.csv":              {"permalink", "subreddit"},
	"comment_votes.csv":             {"permalink", "direction"},
	"post_votes.csv":                {"permalink", "direction"},
}

// Recognise implements evidence.Importer.
func (redditArchive) Recognise(_ context.Context, in evidence.Input) evidence.Certainty {
	if len(foldersWith(in, redditHeaders)) > 0 {
		return evidence.Sure
	}
	return evidence.No
}

// redditFiles are the members that are read, by base name; statistics come
// first, since they say as of when the archive speaks.
var redditFiles = map[string]func(*owner, row){
	"linked_phone_number.csv": func(o *owner, r row) {
		o.contact(evidence.Confirmed, "phone", r.find("phone_number"), evidence.PurposeProfile, time.Time{})
	},
	"linked_identities.csv": func(o *owner, r row) { o.linked(issuer(r.find("issuer_id")), time.Time{}) },
	"twitter.csv": func(o *owner, r row) {
		if r.find("username") != "" {
			o.linked("x.com", time.Time{})
		}
	},
}

// Read implements evidence.Importer.
func (redditArchive) Read(ctx context.Context, in evidence.Input, out evidence.Sink) error {
	o := &owner{platform: platform{site: "reddit.com", out: out}}
	dirs := foldersWith(in, redditHeaders)
	var email redditEmail
	for _, f := range in.Files {
		if base(f) != "statistics.csv" || !dirs[folder(f)] {
			continue
		}
		if err := table(ctx, in, f, out, func(r row) { email.statistic(o, r) }); err != nil {
			return err
		}
	}
	for _, f := range in.Files {
		read := redditFiles[base(f)]
		if read == nil || !dirs[folder(f)] {
			continue
		}
		if err := table(ctx, in, f, out, func(r row) { read(o, r) }); err != nil {
			return err
		}
	}
	o.account(o.user, o.since)
	email.report(o)
	return nil
}

// redditEmail is the address, and that it was never confirmed.
type redditEmail struct {
	address    string
	unverified bool
}

func (e *redditEmail) statistic(o *owner, r row) {
	value := r.find("value")
	switch plain(r.find("statistic")) {
	case "email", "email address":
		e.address = value
	case "email verified":
		e.unverified = strings.EqualFold(value, "false") || strings.EqualFold(value, "no")
	case "account name", "username":
		o.named(value)
	case "registration date":
		o.since = when(value)
	case "export time":
		o.at = when(value)
	}
}

func (e redditEmail) report(o *owner) {
	sure := evidence.Confirmed
	if e.unverified {
		sure = evidence.Likely
	}
	o.contact(sure, "email", e.address, evidence.PurposeProfile, time.Time{})
}

// issuer is the site of an identity: it is written as an address or a word.
func issuer(s string) string {
	if host, _ := evidence.Host(s); host != "" {
		return host
	}
	return s
}
