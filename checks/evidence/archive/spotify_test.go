package archive_test

import (
	"testing"

	. "unlisted/checks/evidence/evidencetest"
)

const spotifyUser = `{"username":"pat","email":"pat@mail.example","country":"FR","createdFromFacebook":false,"facebookUid":null,"birthdate":"1990-01-02","gender":"x","postalCode":"75001","mobileNumber":"+33639981234","mobileOperator":null,"creationTime":"2015-06-07"}`

func TestSpotify(t *testing.T) {
	for _, folder := range []string{"MyData/", "Spotify Account Data/", ""} {
		r := scanBoth(t, map[string]string{
			folder + "Userdata.json":                 spotifyUser,
			folder + "Identifiers.json":              `{"identifierType":"phone number","identifierValue":"06 39 98 00 01"}`,
			folder + "Inferences.json":               `{"inferences":["1P_Custom_Commuters","3P_Shop Example"]}`,
			folder + "Payments.json":                 `{"payment_method":"x","email":"other@mail.example"}`,
			folder + "Follow.json":                   `{"userIsFollowing":["ann@mail.example"]}`,
			folder + "StreamingHistory_music_0.json": `[{"endTime":"2024-01-01 00:00","artistName":"x"}]`,
		},
			"spotify.com account confirmed pat sign-in",
			"spotify.com ads-use confirmed advertising",
			"spotify.com holds-email confirmed pat@mail.example sign-in",
			"spotify.com holds-phone confirmed +33639980001 profile",
			"spotify.com holds-phone confirmed +33639981234 profile")
		for _, f := range r.Findings {
			if f.Fact == "account" && f.First.Format("2006-01-02") != "2015-06-07" {
				t.Errorf("opened %v", f.First)
			}
		}
	}
}

// Signed up through Facebook; a list of identifiers; nothing and damage.
func TestSpotifyDamaged(t *testing.T) {
	r := Scan(t, Folder(t, map[string]string{
		"Userdata.json":    `{"username":"pat","email":"","createdFromFacebook":true,"facebookUid":"123","mobileNumber":"null","creationTime":"yesterday"}`,
		"Identifiers.json": `[{"identifierType":"email","identifierValue":"pat@mail.example"},{"identifierType":"phone","identifierValue":null},5]`,
		"Inferences.json":  `{"inferences":[]}`,
	}))
	Equal(t, Lines(r), []string{"spotify.com account confirmed pat sign-in", "spotify.com holds-email confirmed pat@mail.example profile", "spotify.com linked confirmed facebook.com", "facebook.com linked likely spotify.com"})

	r = Scan(t, Folder(t, map[string]string{"Userdata.json": spotifyUser[:110], "Identifiers.json": `{"identifierType":[[`, "Inferences.json": `7`}))
	Equal(t, Lines(r), []string{"spotify.com account confirmed pat sign-in", "spotify.com holds-email confirmed pat@mail.example sign-in"})
	Equal(t, Problems(r), []string{"damaged_member", "damaged_member", "damaged_member"})
}
