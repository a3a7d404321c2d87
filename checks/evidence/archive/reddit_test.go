package archive_test

import (
	"testing"

	. "unlisted/checks/evidence/evidencetest"
)

var reddit = map[string]string{
	"checkfile.csv":                 "filename,sha256\nstatistics.csv,00\n",
	"statistics.csv":                "statistic,value\naccount name,pat_doe\nregistration date,2012-03-04 05:06:07 UTC\nemail,pat@mail.example\nemail verified,True\nexport time,2024-05-06 07:08:09 UTC\n",
	"linked_phone_number.csv":       "phone_number\n+33639981234\n",
	"linked_identities.csv":         "issuer_id,subject_id\nhttps://accounts.google.com,123\nhttps://appleid.apple.com,abc\n",
	"twitter.csv":                   "username\npat\n",
	"sensitive_ads_preferences.csv": "type,preference\nalcohol,allow\n",
	"messages.csv":                  "id,from,to,body\n1,ann,pat,write to ann@mail.example\n",
	"friends.csv":                   "username,note\nann,+33639989999\n",
}

func TestReddit(t *testing.T) {
	r := scanBoth(t, reddit,
		"reddit.com account confirmed pat_doe sign-in",
		"reddit.com holds-email confirmed pat@mail.example profile",
		"reddit.com holds-phone confirmed +33639981234 profile",
		"reddit.com linked confirmed accounts.google.com", "accounts.google.com linked likely reddit.com",
		"reddit.com linked confirmed appleid.apple.com", "appleid.apple.com linked likely reddit.com",
		"reddit.com linked confirmed x.com", "x.com linked likely reddit.com")
	for _, f := range r.Findings {
		if f.Last.Year() != 2024 || f.Fact == "account" && f.First.Year() != 2012 {
			t.Errorf("%s: %v to %v", f.Fact, f.First, f.Last)
		}
	}
}

// A header alone is nothing, nor are the words for nothing; an address never
// confirmed is less sure; a damaged part does not hide the others.
func TestRedditDamaged(t *testing.T) {
	got := Lines(Scan(t, Folder(t, map[string]string{
		"statistics.csv": "statistic,value\naccount name,\nemail,None\nregistration date,\n", "linked_phone_number.csv": "phone_number\n", "linked_identities.csv": "issuer_id,subject_id\n", "twitter.csv": "username\n",
	})))
	Equal(t, got, []string{"reddit.com account confirmed"})

	r := Scan(t, Folder(t, map[string]string{"statistics.csv": "statistic,value\nemail,pat@mail.example\nemail verified,False\n", "linked_identities.csv": "issuer_id,\x00"}))
	Equal(t, Lines(r), []string{"reddit.com account confirmed", "reddit.com holds-email likely pat@mail.example profile"})
	Equal(t, Problems(r), []string{"damaged_member"})

	r = Scan(t, Folder(t, map[string]string{"statistics.csv": "name,count\nemail,pat@mail.example\n", "twitter.csv": "username\npat\n"}))
	Equal(t, Lines(r), []string{})
}
