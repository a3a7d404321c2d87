package archive

import (
	"context"
	"strconv"
	"strings"
	"time"

	"unlisted/checks/evidence"
)

// discordArchive imports user.json of Discord's data package; the folder it lies
// in has a name in the person's language. Relationships and messages, which are
// other people's, are passed over.
type discordArchive struct{}

var _ evidence.Importer = discordArchive{}

// Format implements evidence.Importer.
func (discordArchive) Format() evidence.Format {
	return evidence.Format{ID: "discord-archive", Family: "archive", Site: "discord.com"}
}

// Recognise implements evidence.Importer.
func (discordArchive) Recognise(_ context.Context, in evidence.Input) evidence.Certainty {
	head := strings.TrimSpace(strings.ToLower(in.HeadText()))
	if !strings.HasPrefix(head, "{") || !hasAll(head, `"id"`, `"username"`, `"email"`) {
		return evidence.No
	}
	if hasAny(head, `"discriminator"`, `"avatar_hash"`, `"premium_until"`) ||
		hasAll(head, `"connections"`, `"verified"`) {
		return evidence.Sure
	}
	return evidence.No
}

// Read implements evidence.Importer.
func (discordArchive) Read(ctx context.Context, in evidence.Input, out evidence.Sink) error {
	o := &owner{platform: platform{site: "discord.com", out: out}}
	u := discordUser{sure: evidence.Confirmed}
	err := entries(ctx, in, in.Name, out, func(key string, v any) { u.read(o, key, v) })
	if err != nil {
		return err
	}
	o.account(o.user, o.since)
	o.contact(u.sure, "email", u.email, evidence.PurposeSignIn, time.Time{})
	if o.contact(evidence.Confirmed, "phone", u.phone, evidence.PurposeProfile, time.Time{}); u.sms {
		o.codes(u.phone, time.Time{})
	}
	switch {
	case u.app:
		o.finding(evidence.Finding{Fact: evidence.FactTOTPOn})
	case u.mfa && !u.methods: // an app in most cases, a key in some
		o.finding(evidence.Finding{Fact: evidence.FactTOTPOn, Confidence: evidence.Likely})
	}
	o.rest()
	return nil
}

// discordUser is what has to be read whole before it is told.
type discordUser struct {
	email, phone           string
	sure                   evidence.Confidence // of the address
	mfa, methods, app, sms bool
}

func (u *discordUser) read(o *owner, key string, v any) {
	switch key {
	case "id":
		o.since = snowflake(text(v))
	case "username":
		o.named(text(v))
	case "email":
		u.email = text(v)
	case "phone":
		u.phone = scalar(v)
	case "verified":
		if v == false {
			u.sure = evidence.Likely
		}
	case "mfa", "mfa_enabled":
		u.mfa = u.mfa || v == true
	case "authenticator_types":
		// Numbered as in Discord's API: 1 a key, 2 an app, 3 SMS.
		u.methods = true
		u.app = u.app || v == float64(2)
		u.sms = u.sms || v == float64(3)
	case "connections":
		c := object(v)
		switch kind := text(c["type"]); kind {
		case "contacts": // the phone's address book
			o.contacts++
		case "domain": // a site of the person's own
			o.part(kind, time.Time{})
		default:
			o.linked(kind, time.Time{})
		}
	}
}

// snowflake reads from an id when it was given: milliseconds since 2015 stand
// above its lowest 22 bits (Discord, API reference, "Snowflakes").
func snowflake(id string) time.Time {
	n, err := strconv.ParseUint(id, 10, 63)
	if err != nil || n>>22 == 0 {
		return time.Time{}
	}
	return time.UnixMilli(int64(n>>22) + 1420070400000).UTC()
}
