package sms

import (
	"strings"
	"testing"
)

// Messages are shaped like real ones; every code and number is invented. The
// sender "long" is a full number.
var Messages = []struct{ Sender, Body, want string }{
	// Origin-bound codes.
	{"long", "123456 is your Shop code.\n\n@shop.example #123456", "shop.example code confirmed"},
	{"22395", "Dein Code lautet 123456.\n@login.shop.example #123456 @pay.example", "shop.example code confirmed"},
	{"long", "Your Apple Account code is: 123456. Don't share it with anyone.\n\n@apple.com #123456 %apple.com", "apple.com code confirmed"},
	{"long", "Votre code Google est 481516\r\n@accounts.google.com #481516\r\n", "google.com code confirmed"},
	{"long", "Code 123456\n @shop.example #123456", ""},
	{"long", "Code 123456\n@shop.example  #123456", ""},
	{"long", "Code 123456 for you @shop.example #123456 now", ""},
	{"long", "Your code is 123456, enter it at https://shop-login.example/a\n@shop.example #123456", ""},
	{"long", "123456\n@nohost #123456", ""},

	// English.
	{"22000", "G-123456 is your Google verification code.", "google.com code likely"},
	{"long", "G-654321 es tu código de verificación de Google.", "google.com code likely"},
	{"long", "G-654321 est votre code de validation Google.", "google.com code likely"},
	{"long", "Your WhatsApp code: 123-456\n\nYou can also tap on this link to verify your phone: v.whatsapp.com/123456\n\nDon't share this code with others", "whatsapp.com code likely"},
	{"32665", "123456 is your Facebook confirmation code", "facebook.com code likely"},
	{"32665", "FB-12345 is your confirmation code", "facebook.com code likely"},
	{"long", "Use 123 456 to verify your Instagram account.", "instagram.com code likely"},
	{"long", "Your Apple ID Code is: 123456. Don't share it with anyone. @apple.com #123456 %apple.com", "apple.com code likely"},
	{"40404", "Your X (Twitter) confirmation code is 123456", "x.com code likely"},
	{"long", "Your Twitter login code is 1234567", "x.com code likely"},
	{"long", "Telegram code 12345", "telegram.org code possible"},
	{"Telegram", "Login code: 12345. Do not give this code to anyone, even if they say they are from Telegram!", "telegram.org code likely"},
	{"long", "Snapchat code: 123456. Do not share it or use it elsewhere!", "snapchat.com code likely"},
	{"long", "Use 1234 as Microsoft account security code", "microsoft.com code likely"},
	{"long", "123456 is your Amazon OTP. Do not share it with anyone.", "amazon.com code likely"},
	{"long", "[#] Your Uber code: 4821 AbCdEf1GhIj", "uber.com code likely"},
	{"long", "<#> Your Uber code is 4821. Never share this code.\nAbCdEf1GhIj", "uber.com code likely"},
	{"long", "[TikTok] 123456 is your verification code", "tiktok.com code likely"},
	{"long", "PayPal: Your security code is 123456. It expires in 10 minutes.", "paypal.com code likely"},
	{"long", "SIGNAL: Your code is 123-456. Do not share this code", "signal.org code likely"},
	{"long", "Your Fabrikam verification code is 482913.", "Fabrikam code likely"},
	{"long", "482913 is your Fabrikam login code", "Fabrikam code likely"},
	{"long", "Your code for Contoso Bank is 482913", "Contoso Bank code likely"},
	{"long", "(Fabrikam) 482913 is your code", "Fabrikam code likely"},
	{"22395", "Fabrikam: 482913 is your one-time code", "Fabrikam code likely"},
	{"long", "Your Booking.com verification code is 482913", "booking.com code likely"},
	{"long", "Steam Guard code: 4F7K2. If you did not request this, ignore it.", "steampowered.com code likely"},
	{"long", "Your LinkedIn verification code is 482913.", "linkedin.com code likely"},
	{"long", "Your eBay security code is 482913", "ebay.com code likely"},
	{"VM-AMAZON-S", "482913 is your one-time password. Do not share it.", "amazon.com code possible"},
	{"Microsoft", "Use verification code 482913 for your sign-in.", "microsoft.com code possible"},
	{"Fabrikam", "Your code is 482913", "Fabrikam code possible"},
	{"VERIFY", "Your verification code is 482913", ""},
	{"AUTHMSG", "482913 is your Discord security code", "discord.com code likely"},
	{"22395", "Your verification code is 482913. Thanks, Okta", "okta.com code likely"},
	{"22395", "Your Authy device registration code is 482913", "twilio.com code likely"},
	{"InfoSMS", "【Alibaba】482913 is your verification code", "alibaba.com code likely"},
	{"10690", "【微博】验证码：482913，请勿告诉他人", "微博 code likely"},

	{"long", "Login code: 48291. Do not give it to anyone.\n\nhttps://t.me/login/48291", "telegram.org code likely"},
	{"long", "Your one-time passcode is 482913 for Klarna. It expires soon", "klarna.com code likely"},
	{"long", "YOUR PAYPAL CODE IS 482913", "paypal.com code likely"},
	{"22395", "Your Zoom one-time code is 482913", "zoom.us code likely"},
	{"long", "Your Line code is 482913", "line.me code likely"},
	{"long", "Ваш код подтверждения: 482913. VK", "vk.com code likely"},

	// French.
	{"long", "Votre code WhatsApp : 123-456. Ne partagez ce code avec personne", "whatsapp.com code likely"},
	{"38000", "Votre code de vérification Doctolib est 482913", "doctolib.fr code likely"},
	{"long", "482913 est votre code de confirmation Facebook", "facebook.com code likely"},
	{"38000", "leboncoin : votre code de sécurité est 482913. Ne le communiquez à personne.", "leboncoin.fr code likely"},
	{"38000", "Utilisez 482913 pour vérifier votre compte Instagram.", "instagram.com code likely"},
	{"long", "Votre code d'accès à usage unique Exemplaria est 482913", "Exemplaria code likely"},
	{"long", "482913 est votre code de sécurité La Redoute.", "laredoute.fr code likely"},
	{"Info", "Votre code Exemplaria est 482913", "Exemplaria code likely"},
	{"long", "Code de validation : 482913. SFR", "sfr.fr code likely"},
	{"BNPParibas", "Votre code de connexion est 482913.", "bnpparibas.com code possible"},

	// German.
	{"long", "482913 ist dein Instagram-Code", "instagram.com code likely"},
	{"long", "482913 ist Ihr Amazon-Bestätigungscode.", "amazon.com code likely"},
	{"long", "Dein WhatsApp-Code lautet 482-913", "whatsapp.com code likely"},
	{"long", "Ihr Code für Beispielhaus lautet 482913", "Beispielhaus code likely"},
	{"long", "Nutze 482913, um dein PayPal-Konto zu bestätigen", "paypal.com code likely"},
	{"long", "Ihr Einmalpasswort für die Anmeldung bei Zalando lautet 482913", "zalando.com code likely"},
	{"long", "Dein Verifizierungscode für eBay Kleinanzeigen ist 482913", "kleinanzeigen.de code likely"},
	{"DKB", "Ihre TAN: 482913", "dkb.de code possible"},
	{"long", "Ihr Code für Ihre Anmeldung lautet 482913", ""},

	// Spanish.
	{"long", "Tu código de verificación de Uber es 4829. No lo compartas.", "uber.com code likely"},
	{"long", "482913 es tu código de Instagram", "instagram.com code likely"},
	{"long", "Usa 482913 para verificar tu cuenta de TikTok", "tiktok.com code likely"},
	{"long", "Tu código de acceso a Glovo es: 4829", "glovoapp.com code likely"},
	{"BBVA", "Tu clave de acceso es 482913", "bbva.com code possible"},

	// Italian.
	{"long", "Il tuo codice WhatsApp: 482-913", "whatsapp.com code likely"},
	{"long", "482913 è il tuo codice di verifica Google", "google.com code likely"},
	{"long", "Usa il codice 482913 per accedere al tuo account Satispay", "satispay.com code likely"},
	{"PosteInfo", "Il tuo codice di conferma è 482913", "poste.it code possible"},
	{"long", "Codice di verifica Satispay: 482913", "satispay.com code likely"},

	// Portuguese.
	{"long", "Seu código Uber é 4829. Nunca compartilhe este código.", "uber.com code likely"},
	{"long", "482913 é o seu código de verificação do Instagram", "instagram.com code likely"},
	{"long", "O seu código MB WAY é 482913", "mbway.pt code likely"},
	{"long", "iFood: seu código de acesso é 482913", "ifood.com.br code likely"},

	// Dutch.
	{"long", "Je verificatiecode voor Marktplaats is 482913", "marktplaats.nl code likely"},
	{"long", "482913 is je Instagram-code", "instagram.com code likely"},
	{"long", "Voer 482913 in om je Vinted-account te verifiëren", "vinted.com code likely"},
	{"DigiD", "Uw sms-code om in te loggen is 482913", "digid.nl code possible"},

	// No codes, but a sender that has the number.
	{"40404", "Your phone is activated!", "x.com notice possible"},
	{"Twitter", "Login verification has been turned off for your account.", "x.com two-step-off possible"},
	{"long", "Two-step verification has been turned off for your X account 2 minutes ago", "x.com two-step-off likely"},
	{"PayPal", "You sent $25.00 USD to Pat Doe.", "paypal.com notice possible"},
	{"Chase", "Chase: a $120.00 payment with your card ending 1234 was made.", "chase.com alert possible"},
	{"BNPParibas", "Code 482913 pour un paiement de 35,90 EUR chez Fnac avec votre carte 1234.", "bnpparibas.com alert possible"},
	{"DHL", "Ihre Sendung kommt heute zwischen 14:00 und 16:00 Uhr.", "dhl.com delivery possible"},
	{"AMAZON", "Your delivery code is 4711. Give it to the driver.", "amazon.com delivery possible"},
	{"Decathlon", "-20 % ce week-end avec le code promo 2024SOLDES", "decathlon.com notice possible"},
	{"Doctolib", "Rappel : rendez-vous le 12/03/2024 à 14:30.", "doctolib.fr notice possible"},

	// Nothing.
	{"long", "4711", ""},
	{"22395", "4711", ""},
	{"22395", "Your code is 4711", ""},
	{"long", "On se voit à 1830 devant le 4711 ?", ""},
	{"long", "Call me at +33 6 39 98 12 34", ""},
	{"long", "Rappelle-moi au 0639981234", ""},
	{"long", "Total 1234 EUR, merci", ""},
	{"22395", "Your order 482913 has shipped with Amazon", ""},
	{"22395", "Votre commande n° 482913 est prête", ""},
	{"long", "Rdv le 12/03/2024 chez Uber", ""},
	{"long", "Le code de la porte est 4711, on regarde Netflix ce soir", ""},
	{"long", "Wifi code: 48291357", ""},
	{"long", "Camille: le code est 4711", ""},
	{"22395", "Flight AF 1234 to Paris is delayed", ""},
	{"22395", "Your card ending in 1234 was used", ""},
	{"22395", "Your pickup code is 4711", ""},
	{"36180", "Votre code de retrait Mondial Relay est 482913", ""},
	{"long", "Ton colis est là, code 4711 au casier", ""},
	{"long", "Use code SAVE20 for a discount at Walmart", ""},
	{"long", "Your Paypal", ""},

	{"22395", "Votre code est 482913. Suivez-nous sur Facebook", ""},
	{"22395", "Download our app on Google Play. Your code: 482913", ""},
	{"22395", "482913 is the OTP for your transaction of INR 500.00 at AMAZON on card ending 1234", ""},
	{"22395", "Reply with code 482913 to join Zoom meeting", ""},
	{"36180", "Bonjour Camille, votre code de vérification est 482913", ""},
	{"long", "Votre code pour Camille est 4711", ""},
	{"long", "VOTRE CODE DE SECURITE EXEMPLARIA EST 482913", ""},
	{"long", "Draw the line at 4829, code red", ""},
	{"long", "Use code 482913 at checkout on Amazon", ""},
	{"long", "Dein DHL-Abholcode: 4829", ""},
	{"long", "Ihre mTAN für die Überweisung von 250,00 EUR lautet 482913", ""},

	// Codes of letters and signs.
	{"long", "Your Slack verification code is QX7-9PM", "slack.com code likely"},
	{"22395", "Your Fabrikam code: AB12-CD34", "Fabrikam code likely"},
	{"22395", "Your code QX7-9PM", ""},

	// Smishing.
	{"long", "Your PayPal code is 482913. Not you? http://paypal-secure.example/x", ""},
	{"PayPal", "Your code is 482913. Cancel: https://pay-pal.top/c", ""},
	{"long", "482913 is your Apple ID code. Verify at apple.com.evil.example/id", ""},
	{"long", "Your Amazon code is 482913, see https://amazon.com@evil.example/", ""},
	{"long", "Your Fabrikam code is 482913 https://fabrikam-login.example/a", ""},
	{"DHL", "Your parcel is held: pay the customs fee at dhl-fee.top/pay", ""},
	{"BNPParibas", "Votre compte est suspendu, rendez-vous sur https://bnp-secure.example", ""},
	{"Amaz0n", "Your code is 482913", ""},
	{"Аpple", "Your code is 482913", ""},
	{"long", "USPS: unpaid toll, visit usps-toll.xyz/1234", ""},
}

func judged(t *testing.T, c *classifier, sender, contact, body, network string) string {
	t.Helper()
	if sender == "long" {
		sender = "+12025550111"
	}
	m := message{sender: sender, contact: contact, body: body}
	v, ok := c.classify(m, strings.HasPrefix(network, "+1"))
	if !ok {
		return ""
	}
	return v.brand.site + v.brand.name + " " + string(v.kind) + " " + v.confidence.String()
}

func TestWhatAMessageProves(t *testing.T) {
	c := newClassifier()
	for _, m := range Messages {
		if got := judged(t, c, m.Sender, "", m.Body, "+1"); got != m.want {
			t.Errorf("%s: %q\n  got  %q\n  want %q", m.Sender, m.Body, got, m.want)
		}
	}
}
