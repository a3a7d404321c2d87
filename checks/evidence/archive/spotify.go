package archive

import (
	"context"
	"time"

	"unlisted/checks/evidence"
)

// spotifyArchive imports Spotify's account data: JSON files in a folder that is
// called differently over the years. What was listened to stays closed.
type spotifyArchive struct{}

var _ evidence.Importer = spotifyArchive{}

// Format implements evidence.Importer.
func (spotifyArchive) Format() evidence.Format {
	return evidence.Format{ID: "spotify-archive", Family: "archive", Site: "spotify.com", Tree: true}
}

// spotifyKeys are members, and keys in them, that only this archive has.
var spotifyKeys = map[string][]string{
	"userdata.json":          {`"createdfromfacebook"`},
	"identifiers.json":       {`"identifiertype"`},
	"inferences.json":        {`"inferences"`},
	"identity.json":          {`"displayname"`},
	"searchqueries.json":     {`"searchquery"`, `"searchtime"`},
	"yourlibrary.json":       {`"tracks"`, `"albums"`, `"shows"`},
	"streaminghistory0.json": {`"artistname"`, `"msplayed"`},
}

// Recognise implements evidence.Importer.
func (spotifyArchive) Recognise(_ context.Context, in evidence.Input) evidence.Certainty {
	if len(foldersWith(in, spotifyKeys)) > 0 {
		return evidence.Sure
	}
	return evidence.No
}

// Read implements evidence.Importer.
func (spotifyArchive) Read(ctx context.Context, in evidence.Input, out evidence.Sink) error {
	o := &owner{platform: platform{site: "spotify.com", out: out}}
	dirs := foldersWith(in, spotifyKeys)
	for _, f := range in.Files {
		if !dirs[folder(f)] {
			continue
		}
		var err error
		switch base(f) {
		case "userdata.json":
			err = spotifyUser(ctx, in, f, o)
		case "identifiers.json":
			err = spotifyIdentifiers(ctx, in, f, o)
		case "inferences.json":
			// Segments the person was put into; which company's list one came
			// from, if any, it does not say.
			err = entries(ctx, in, f, out, func(key string, _ any) { o.ads = o.ads || key == "inferences" })
		}
		if err != nil {
			return err
		}
	}
	o.account(o.user, o.since)
	o.rest()
	return nil
}

func spotifyUser(ctx context.Context, in evidence.Input, name string, o *owner) error {
	facebook := false
	err := entries(ctx, in, name, o.out, func(key string, v any) {
		switch key {
		case "username":
			o.named(text(v))
		case "creationTime":
			o.since = when(text(v))
		case "email":
			o.contact(evidence.Confirmed, "email", text(v), evidence.PurposeSignIn, time.Time{})
		case "mobileNumber":
			o.contact(evidence.Confirmed, "phone", scalar(v), evidence.PurposeProfile, time.Time{})
		case "createdFromFacebook":
			facebook = facebook || v == true
		case "facebookUid":
			facebook = facebook || !nothing(scalar(v))
		}
	})
	if facebook {
		o.linked("facebook.com", o.since)
	}
	return err
}

// spotifyIdentifiers reads pairs of a kind and a value, one or a list of them.
func spotifyIdentifiers(ctx context.Context, in evidence.Input, name string, o *owner) error {
	var single [2]string
	err := entries(ctx, in, name, o.out, func(key string, v any) {
		switch m := object(v); {
		case key == "identifierType":
			single[0] = text(v)
		case key == "identifierValue":
			single[1] = text(v)
		case m != nil:
			o.contact(
				evidence.Confirmed,
				text(m["identifierType"]),
				text(m["identifierValue"]),
				evidence.PurposeProfile,
				time.Time{},
			)
		}
	})
	o.contact(evidence.Confirmed, single[0], single[1], evidence.PurposeProfile, time.Time{})
	return err
}
