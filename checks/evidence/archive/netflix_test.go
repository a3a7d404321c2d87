package archive_test

import (
	"testing"

	. "unlisted/checks/evidence/evidencetest"
)

const netflixDetails = "First Name,Last Name,Email Address,Phone Number,Country Of Registration,Country Of Signup,Primary Lang,Membership Status,Customer Creation Timestamp,Sms Account Related\n" +
	"Pat,Doe,pat@mail.example,+33639981234,FR,FR,fr-FR,CURRENT_MEMBER,2016-01-02 03:04:05,YES\n"

// The account's own address and number; profiles, which are other people's too,
// stay closed. That an SMS was sent shows a number, not which.
func TestNetflix(t *testing.T) {
	r := scanBoth(t, map[string]string{
		"ACCOUNT/AccountDetails.csv":              netflixDetails,
		"PROFILES/Profiles.csv":                   "Profile Name,Email Address\nAnn,ann@mail.example\n",
		"MESSAGES/MessagesSentByNetflix.csv":      "Profile Name,Sent Utc Ts,Message Name,Channel,Email Domain Name\nPat,2023-02-03 04:05:06,LOGIN,SMS,\nPat,2024-02-03 04:05:06,LOGIN,SMS,\nPat,2024-02-03 04:05:06,NEWS,EMAIL,mail.example\n",
		"CONTENT_INTERACTION/ViewingActivity.csv": "Profile Name,Start Time\nAnn,x\n",
	},
		"netflix.com account confirmed",
		"netflix.com holds-email confirmed pat@mail.example sign-in",
		"netflix.com holds-phone confirmed x2",
		"netflix.com holds-phone confirmed +33639981234 profile")
	for _, f := range r.Findings {
		switch {
		case f.Fact == "account" && f.First.Year() != 2016, f.Count == 2 && (f.First.Year() != 2023 || f.Last.Year() != 2024):
			t.Errorf("%s: %v to %v", f.Fact, f.First, f.Last)
		}
	}
}

func TestNetflixDamaged(t *testing.T) {
	r := Scan(t, Folder(t, map[string]string{
		"ACCOUNT/AccountDetails.csv":         "First Name,Last Name,Email Address,Phone Number\nPat,Doe,pat@mail.example,N/A\n",
		"MESSAGES/MessagesSentByNetflix.csv": "\x00Channel",
	}))
	Equal(t, Lines(r), []string{"netflix.com account confirmed", "netflix.com holds-email confirmed pat@mail.example sign-in"})
	Equal(t, Problems(r), []string{"damaged_member"})
	Equal(t, Lines(Scan(t, Folder(t, map[string]string{"ACCOUNT/AccountDetails.csv": "Owner,Number\nx,y\n"}))), []string{})
	Equal(t, Lines(Scan(t, Folder(t, map[string]string{"ACCOUNT/AccountDetails.csv": "First Name,Email Address,Phone Number\n"}))), []string{"netflix.com account confirmed"})
}
