// Command make-sample writes the files of the invented person: real exports in
// every format, made up from start to end. Names are of no one, numbers come
// from ranges kept for fiction, and equal runs write equal bytes.
//
//	make-sample -out assets/sample
package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"
)

const (
	email  = "camille.martin@posteo.example"
	gmail  = "camille.martin.exemple@gmail.com"
	number = "+33639980142"
)

func main() {
	out := flag.String("out", "", "folder to write")
	flag.Parse()
	for name, content := range files() {
		path := filepath.Join(*out, name)
		err := os.MkdirAll(filepath.Dir(path), 0o755)
		if err == nil {
			err = os.WriteFile(path, []byte(content), 0o644)
		}
		if err != nil {
			fmt.Fprintln(os.Stderr, "make-sample:", err)
			os.Exit(1)
		}
	}
}

func files() map[string]string {
	return map[string]string{
		"Chrome Passwords.csv":  chrome(),
		"bitwarden_export.json": bitwarden(),
		"Mail.mbox":             mailbox(),

		"twitter-archive/data/manifest.js":        `window.__THAR_CONFIG = {"userInfo":{"accountId":"1","userName":"camille_m"},"archiveInfo":{"generationDate":"2026-10-02T08:00:00.000Z","isPartialArchive":false}}`,
		"twitter-archive/data/account.js":         `window.YTD.account.part0 = [{"account":{"email":"` + gmail + `","createdVia":"web","username":"camille_m","accountId":"1","createdAt":"2012-03-04T09:00:00.000Z","accountDisplayName":"Camille"}}]`,
		"twitter-archive/data/phone-number.js":    `window.YTD.phone_number.part0 = [{"device":{"phoneNumber":"` + number + `"}}]`,
		"twitter-archive/data/ni-devices.js":      `window.YTD.ni_devices.part0 = [{"niDeviceResponse":{"messagingDevice":{"phoneNumber":"` + number + `","carrier":"fr.orange","deviceType":"Auth","updatedDate":"2021.10.20","createdDate":"2017.05.14"}}}]`,
		"twitter-archive/data/contact.js":         `window.YTD.contact.part0 = [{"contact":{"id":"9","emails":["someone.else@mail.example"],"phoneNumbers":[]}}]`,
		"twitter-archive/data/personalization.js": `window.YTD.personalization.part0 = [{"p13nData":{"interests":{"audienceAndAdvertisers":{"numAudiences":"5","advertisers":["@MeublesExemple","@VoyagesExemple","@BanqueExemple","@ModeExemple","@AutoExemple"],"lookalikeAdvertisers":["@JeuxExemple"]}}}}]`,

		"facebook-camille/personal_information/profile_information/profile_information.json":       `{"profile_v2":{"name":{"full_name":"Camille Martin"},"emails":{"emails":["` + gmail + `"],"previous_emails":["camille.m.2009@exemple.fr"]},"phone_numbers":[{"phone_type":"Mobile","phone_number":"` + number + `","verified":true}],"username":"camille.m","registration_timestamp":1243846800}}`,
		"facebook-camille/ads_information/advertisers_using_your_activity_or_information.json":     `{"custom_audiences_all_types_v2":[{"advertiser_name":"Meubles Exemple","has_data_file_custom_audience":true,"has_remarketing_custom_audience":false,"has_in_person_store_visit":false},{"advertiser_name":"Caf\u00c3\u00a9 Exemple","has_data_file_custom_audience":true,"has_remarketing_custom_audience":true,"has_in_person_store_visit":false},{"advertiser_name":"Sport Exemple","has_data_file_custom_audience":false,"has_remarketing_custom_audience":true,"has_in_person_store_visit":false},{"advertiser_name":"Assurance Exemple","has_data_file_custom_audience":true,"has_remarketing_custom_audience":false,"has_in_person_store_visit":false}]}`,
		"facebook-camille/apps_and_websites_off_of_facebook/apps_and_websites.json":                `{"installed_apps_v2":[{"name":"Deezer","added_timestamp":1420070400,"category":"active"},{"name":"Jeu Exemple","added_timestamp":1388534400,"category":"removed"}]}`,
		"facebook-camille/personal_information/other_personal_information/your_address_books.json": `{"address_book_v2":{"address_book":[{"name":"Somebody Else","details":[{"contact_point":"+33639985555"}],"created_timestamp":1400000000}]}}`,
	}
}

func chrome() string {
	var b strings.Builder
	b.WriteString("name,url,username,password,note\n")
	for _, r := range [][3]string{
		{"https://www.amazon.fr/ap/signin", email, "Tournesol-1987"},
		{"https://www.leboncoin.fr/", email, "Tournesol-1987"},
		{"https://www.adobe.com/", gmail, "Tournesol-1987"},
		{"https://www.canva.com/login", gmail, "kQ8-ville-verte"},
		{"https://www.deezer.com/login", gmail, "Tournesol-1987"},
		{"https://www.linkedin.com/login", email, "7Pont-neuf!"},
		{"https://www.doctolib.fr/sessions/new", number, "Sante_2021_x"},
		{"https://www.vinted.fr/", gmail, "friperie-44-lune"},
		{"https://www.dropbox.com/login", gmail, "nuage.gris.9"},
		{"https://www.sncf-connect.com/", email, "train-de-nuit-3"},
		{"https://accounts.google.com/signin", gmail, "cle-longue-et-unique-1"},
		{"android://AbCd==@com.spotify.music/", gmail, "musique-bleue-8"},
		{"https://moncompte.boursobank.com/", "84512277", "451277"},
		{"http://192.168.1.1/", "admin", "admin"},
	} {
		fmt.Fprintf(&b, ",%s,%s,%s,\n", r[0], r[1], r[2])
	}
	return b.String()
}

func bitwarden() string {
	return `{"encrypted":false,"folders":[],"items":[
{"id":"1","type":1,"name":"GitHub","login":{"uris":[{"match":null,"uri":"https://github.com/login"}],"username":"` + gmail + `","password":"longue-phrase-de-passe","totp":"JBSWY3DPEHPK3PXP","fido2Credentials":[{"rpId":"github.com","userName":"camille-m","creationDate":"2025-02-03T10:00:00.000Z"}]},"creationDate":"2019-02-03T10:00:00.000Z","revisionDate":"2025-02-03T10:00:00.000Z"},
{"id":"2","type":1,"name":"PayPal","login":{"uris":[{"match":null,"uri":"https://www.paypal.com/signin"}],"username":"` + email + `","password":"autre-phrase-de-passe","totp":null},"creationDate":"2016-06-01T10:00:00.000Z","revisionDate":"2022-06-01T10:00:00.000Z"},
{"id":"3","type":1,"name":"Old forum","deletedDate":"2023-01-01T00:00:00.000Z","login":{"uris":[{"match":null,"uri":"https://forum.exemple.fr"}],"username":"cam","password":"x1"}},
{"id":"4","type":4,"name":"Me","identity":{"email":"` + email + `","phone":"` + number + `"}}
]}
`
}

// mail is one message of the sample mailbox.
type mail struct {
	from, name, subject, body string
	year                      int
	proven, bulk              bool
	repeat                    int
}

func mailbox() string {
	mails := []mail{
		{"security@facebookmail.com", "Facebook", "Nouvelle connexion à Facebook", "", 2024, true, false, 3},
		{"info@x.com", "X", "Your X confirmation code is 482913", "", 2023, true, false, 4},
		{"no-reply@accounts.google.com", "Google", "Alerte de sécurité", "Un numéro de téléphone de récupération a été ajouté : " + number + ".", 2022, true, false, 2},
		{"noreply@whatsapp.com", "WhatsApp", "Confirm your email address", "", 2025, true, false, 1},
		{"auto-confirm@amazon.fr", "Amazon.fr", "Votre commande de livres", "", 2019, true, false, 9},
		{"jobs-noreply@linkedin.com", "LinkedIn", "Welcome to LinkedIn, Camille", "", 2011, false, false, 1},
		{"mail@adobe.com", "Adobe", "Important : réinitialisation de votre mot de passe", "", 2013, false, false, 1},
		{"no-reply@canva.com", "Canva", "Welcome to Canva!", "", 2018, true, false, 1},
		{"contact@deezer.com", "Deezer", "Bienvenue sur Deezer", "", 2016, false, false, 1},
		{"no-reply@dropbox.com", "Dropbox", "Please verify your email address", "", 2011, false, false, 1},
		{"service@paypal.fr", "PayPal", "Reçu de paiement", "", 2021, true, false, 5},
		{"ne-pas-repondre@ameli.fr", "Assurance Maladie", "Votre relevé de remboursements", "", 2025, true, false, 6},
		{"no-reply@airbnb.com", "Airbnb", "Your new phone number was added", "You added " + number + " to your account.", 2023, true, false, 1},
		{"noreply@uber.com", "Uber", "Your trip with Uber", "", 2024, true, false, 4},
		{"noreply@discord.com", "Discord", "Verify Email Address for Discord", "Verify your email", 2021, true, false, 1},
		{"account@netflix.com", "Netflix", "Nouvelle connexion à Netflix", "", 2025, true, false, 2},
		{"newsletter@meubles-exemple.fr", "Meubles Exemple", "-20 % sur les canapés", "", 2025, true, true, 12},
		{"news@voyages-exemple.fr", "Voyages Exemple", "Nos idées de week-end", "", 2026, true, true, 8},
		{"security@paypal-verification.example", "PayPal", "Confirm your account now", "", 2025, true, false, 1},
		{"lea.durand@gmail.com", "Léa", "Re: dimanche", "", 2025, true, false, 1},
	}
	var b strings.Builder
	for _, m := range mails {
		for i := range m.repeat {
			at := time.Date(m.year, time.Month(1+i%12), 3+i, 9, 30, 0, 0, time.UTC)
			message(&b, m, at)
		}
	}
	return b.String()
}

func message(b *strings.Builder, m mail, at time.Time) {
	domain := m.from[strings.LastIndexByte(m.from, '@')+1:]
	fmt.Fprintf(b, "From 17%d@xxx %s\n", at.Unix(), at.Format("Mon Jan 02 15:04:05 -0700 2006"))
	b.WriteString("X-Gmail-Labels: Inbox\n")
	fmt.Fprintf(b, "Delivered-To: %s\n", gmail)
	if m.proven {
		fmt.Fprintf(b, "Authentication-Results: mx.google.com; dkim=pass header.i=@%s; dmarc=pass (p=REJECT) header.from=%s\n", domain, domain)
	} else {
		fmt.Fprintf(b, "DKIM-Signature: v=1; a=rsa-sha256; d=%s; s=s1; bh=x; b=y\n", domain)
	}
	if m.bulk {
		fmt.Fprintf(b, "List-Unsubscribe: <https://%s/u>\n", domain)
	}
	fmt.Fprintf(b, "From: %s <%s>\nTo: %s\nSubject: %s\nDate: %s\n", m.name, m.from, gmail, m.subject, at.Format(time.RFC1123Z))
	b.WriteString("Content-Type: text/plain; charset=utf-8\n\n")
	if m.body != "" {
		b.WriteString(m.body + "\n")
	}
	b.WriteString("\n")
}
