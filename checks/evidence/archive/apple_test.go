package archive_test

import (
	"testing"

	. "unlisted/checks/evidence/evidencetest"
)

const appleApps = "App Name,Created Date,Relay Address\nRecipes Example,2022-03-04T05:06:07Z,abc123@privaterelay.appleid.com\nEvanâ€™s Books,N/A,N/A\ncom.example.shop.app,05-06-2021 07:08:09,\n"

var apple = map[string]string{
	"AppleAccountInformation/Apple ID Account Information.csv": "Apple ID Number,Apple ID,First Name,Last Name,Official Address,Last Update Date,Rescue Email,Trusted Phone Number,Phone Number,Emergency Contact Phone\n" +
		"1234567890,pat@mail.example,Pat,Doe,\"1 Main St, Town\",2023-01-02 03:04:05,pat@safe.example,+33639981234,0639980001," + other + "\n",
	"AppleAccountInformation/Apps Using Sign In with Apple.csv":      appleApps,
	"AppleAccountInformation/Hide My Email Information.csv":          "Hide My Email Address,Label,Forward To\nfern-1a@icloud.com,shop.example,pat@mail.example\n",
	"AppleAccountInformation/Passkeys Information.csv":               "Relying Party,Created Date\nforum.example,2023-01-02\n",
	"AppleAccountInformation/Apple ID Device Information.csv":        "Device Name,Device Added Date,Serial,IMEI,Phone Number\nPat's phone,2020-01-01,X,356938035643809,+33639980009\n",
	"AppInstallActivity/App Install Activity.csv":                    "Apple ID Number,App Name,Event Date\n1,Not An Account,2020-01-01\n",
	"Marketing communications/Marketing Communications Delivery.csv": "Date,Category\nDate,Category\n2020-01-01,News\n",
}

var appleLines = []string{
	"apple.com account confirmed",
	"apple.com holds-email likely pat@mail.example sign-in", "apple.com holds-email likely pat@safe.example recovery",
	"apple.com holds-phone likely +33639981234 second-factor", "apple.com phone-2fa likely +33639981234 second-factor", "apple.com holds-phone likely +33639980001 profile",
	"apple.com linked likely Recipes Example", "Recipes Example linked likely apple.com", "Recipes Example holds-email likely abc123@privaterelay.appleid.com sign-in",
	"apple.com linked likely Evan’s Books", "Evan’s Books linked likely apple.com",
	"apple.com linked likely com.example.shop.app", "com.example.shop.app linked likely apple.com",
	"shop.example holds-email likely fern-1a@icloud.com profile", "forum.example passkey likely",
}

func TestApple(t *testing.T) {
	everyForm(t, apple, appleLines, nil)
	for _, f := range scanned(t, Folder(t, apple)).Findings {
		if f.Name == "Recipes Example" && f.First.Format("2006-01-02") != "2022-03-04" {
			t.Errorf("%s there is from %v", f.Fact, f.First)
		}
	}
}

// Apple sends archives in archives, in parts.
func TestAppleNested(t *testing.T) {
	one, two := map[string]string{}, map[string]string{}
	for n, c := range apple {
		if n == "AppleAccountInformation/Apps Using Sign In with Apple.csv" {
			two[n] = c
		} else {
			one[n] = c
		}
	}
	outer := Zip(t, map[string]string{"Part 1 of 2.zip": string(Zip(t, one)), "Part 2 of 2.zip": string(Zip(t, two))})
	got := map[string]bool{}
	for _, l := range Lines(scanned(t, Write(t, "apple.zip", string(outer)))) {
		got[l] = true
	}
	for _, l := range appleLines {
		if !got[l] {
			t.Errorf("missing %q", l)
		}
	}
	if len(got) != len(appleLines) {
		t.Errorf("got %d lines, want %d", len(got), len(appleLines))
	}
}

// The list of apps under other names of its columns, re-saved by other programs,
// empty and damaged.
func TestAppleTables(t *testing.T) {
	name := "Konto/Apps Using Sign In with Apple.csv"
	for _, columns := range []string{"Application,First Use Date", "Name,Date", "Developer Name,App Name,Date"} {
		line := "Recipes Example,2022-03-04"
		if columns[0] == 'D' {
			line = "Example Inc," + line
		}
		for what, c := range csvForms(columns + "\n" + line + "\n") {
			t.Run(columns+" "+what, func(t *testing.T) {
				everyForm(t, map[string]string{name: c}, []string{"apple.com account confirmed", "apple.com linked likely Recipes Example", "Recipes Example linked likely apple.com"}, nil)
			})
		}
	}
	everyForm(t, map[string]string{name: "App Name,Created Date\n"}, []string{"apple.com account confirmed"}, nil)
	everyForm(t, map[string]string{
		name: "App Name,Created Date\nRecipes Example\n\"Broken,2020-01-01\n",
		"AppleAccountInformation/Apple ID Account Information.csv": "\x00\x00\x00,apple",
	}, []string{"apple.com account confirmed", "apple.com linked likely Recipes Example", "Recipes Example linked likely apple.com", "apple.com linked likely Broken", "Broken linked likely apple.com"}, []string{"damaged_member"})
	// A quote that nobody closed takes its own row with it at most.
	everyForm(t, map[string]string{name: "App Name,Created Date\n\"Recipes Example,2022-03-04\nThe 5\" Shop,2020-01-01\n\"Forum \"Example\"\",2020-01-02\n"}, []string{
		"apple.com account confirmed", "apple.com linked likely Recipes Example", "Recipes Example linked likely apple.com",
		`apple.com linked likely The 5" Shop`, `The 5" Shop linked likely apple.com`, `apple.com linked likely Forum "Example"`, `Forum "Example" linked likely apple.com`,
	}, nil)
	everyForm(t, map[string]string{"a/Apple ID Account Information.csv": "Field,Value\nApple ID,pat@mail.example\nCountry,Norway\nPhone Number,+33639981234\nOther,Not Available\n"},
		[]string{"apple.com account confirmed", "apple.com holds-email likely pat@mail.example sign-in", "apple.com holds-phone likely +33639981234 profile"}, nil)
}
