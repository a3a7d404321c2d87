package archive_test

import (
	"strings"
	"testing"

	. "unlisted/checks/evidence/evidencetest"
)

// Sections were renamed; the keys next to the values were not.
func TestTikTok(t *testing.T) {
	want := []string{
		"tiktok.com account confirmed pat.doe sign-in",
		"tiktok.com ads-use confirmed advertising",
		"tiktok.com advertiser-list confirmed advertising Shop Example",
		"tiktok.com advertiser-list confirmed advertising Smith, Jones & Co. Example",
		"tiktok.com holds-email confirmed pat@mail.example profile",
		"tiktok.com holds-email possible typed@mail.example",
		"tiktok.com holds-phone confirmed +33639981234 profile",
		"tiktok.com linked confirmed Google", "google.com linked likely tiktok.com",
	}
	for name, sections := range map[string][4]string{
		"user_data.json":        {"Activity", "Profile", "Profile Information", "Auto Fill"},
		"user_data_tiktok.json": {"Your Activity", "Profile And Settings", "Profile Info", "Autofill"},
	} {
		content := `{"` + sections[0] + `":{"Video Browsing History":{"VideoList":[{"Date":"x","Link":"https://www.tiktokv.com/share/video/1/","emailAddress":"ann@mail.example"}]},"Login History":{"LoginHistoryList":[]}},
			"Direct Messages":{"Chat History":{"ChatHistory":{"Chat with ann:":[{"From":"ann","Content":"+33639989999","telephoneNumber":"+33639989998"}]}}},
			"Ads and data":{"Ad Interests":{"AdInterestCategories":"Cooking"},"Ads Based On Data Received From Partners":{"DataPartnerList":"Data Example","AdvertiserList":["Shop Example","Smith, Jones & Co. Example"]},
				"Off TikTok Activity":{"OffTikTokActivityDataList":[{"TimeStamp":"x","Source":"shop.example","Event":"view"}]}},
			"` + sections[1] + `":{"` + sections[2] + `":{"ProfileMap":{"bioDescription":"mail ann@mail.example","birthDate":"1990-01-02","emailAddress":"pat@mail.example","telephoneNumber":"+33639981234","userName":"pat.doe","PlatformInfo":[{"Platform":"Google","Name":"ann@mail.example","Description":"","Profile Photo":"x"}]}},
				"` + sections[3] + `":{"Email":"typed@mail.example","PhoneNumber":"N/A","FirstName":"Pat"}},
			"TikTok Shopping":{"Saved Address":{"SavedAddress":[{"masked_phone_number":"(+33)6******34","Email":"ann@mail.example","PhoneNumber":"+33639989997"}]}}}`
		scanBoth(t, map[string]string{name: content}, want...)
		Equal(t, Lines(Scan(t, Write(t, name, content))), want)
	}
}

// Nothing, other shapes, and what is cut off: what came before is kept.
func TestTikTokDamaged(t *testing.T) {
	r := Scan(t, Write(t, "user_data.json", `{"Profile":{"Profile Information":{"ProfileMap":{"emailAddress":"","telephoneNumber":"None","userName":"N/A","PlatformInfo":null}}},"Ads and data":{"Ad Interests":{"AdInterestCategories":""},"Ads Based On Data Received From Partners":{"DataPartnerList":"","AdvertiserList":""}}}`))
	Equal(t, Lines(r), []string{"tiktok.com account confirmed"})
	r = Scan(t, Write(t, "user_data.json", `{"Profile":{"Profile Information":{"ProfileMap":{"emailAddress":"pat@mail.example","telephoneNumber":"+336399`))
	Equal(t, Lines(r), []string{"tiktok.com account confirmed", "tiktok.com holds-email confirmed pat@mail.example profile"})
	Equal(t, Problems(r), []string{"damaged_member"})
	for _, hostile := range []string{
		`{"Profile":` + strings.Repeat(`[`, 100_000), `{"Profile":` + strings.Repeat(`{"a":`, 100_000), `{"Profile":{"ProfileMap":["a",{"b":[]},[],{}],"x":}`, `{"Profile":{}}]]]}`,
		`{"Profile":{"ProfileMap":{"emailAddress":{"emailAddress":7},"userName":["a","b"]}}}`,
	} {
		r = Scan(t, Write(t, "user_data.json", hostile))
		for _, l := range Lines(r) {
			if !strings.HasPrefix(l, "tiktok.com account") {
				t.Errorf("%.40q: %s", hostile, l)
			}
		}
	}
}

// The form with text files is refused, once, with what to ask for instead.
func TestTikTokText(t *testing.T) {
	r := Scan(t, Folder(t, map[string]string{
		"TikTok/Profile and settings/Profile Info.txt": "Username: pat\nEmail: pat@mail.example\n",
		"TikTok/Your Activity/Login History.txt":       "Date: 2024-01-02 03:04:05 UTC\nIP: 192.0.2.1\nDevice Model: x\nDevice System: y\nNetwork Type: Wi-Fi\nCarrier: z\n\n",
		"TikTok/Your Activity/Watch History.txt":       "Date: 2024-01-02 03:04:05 UTC\nLink: https://www.tiktokv.com/share/video/1/\n",
	}))
	Equal(t, Lines(r), []string{})
	Equal(t, Problems(r), []string{"tiktok_text"})
}
