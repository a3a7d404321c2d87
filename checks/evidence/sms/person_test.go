package sms

import (
	"strings"
	"testing"
)

// What people write about codes, from ordinary numbers, in every language.
var people = []string{
	"Hi, the lift is broken, my code for Uber is 4821", "my uber code is 4821 if it asks", "Can you send me the Netflix code? Mine was 482913", "could u text me the code from PayPal, mine says 482913", "Here's the Amazon code: 482913",
	"I got a code from Google, 482913, is it yours?", "Fwd: Your Uber code is 4821. Never share this code.", "Forwarded: 482913 is your PayPal code", "> 482913 is your Instagram code\nis this real?", `Got this: "482913 is your Amazon OTP. Do not share it."`,
	`Liked “Your Uber code is 4821”`, "hey the Netflix code is 482913 xx", "Dad, your Apple code is 482913, love you", "I'm locked out, PayPal sent 482913 as security code", "pls use Netflix code 4821",
	"Coucou, mon code Uber c'est 4821", "Tu peux m'envoyer le code Netflix ? Le mien c'est 482913", "Voilà mon code pour Vinted : 482913", "Envoie-moi le code PayPal stp, c'est pas 482913", "J'ai reçu 482913 comme code de sécurité Amazon, c'est toi ?", "« 482913 est votre code Instagram » c'est quoi ça",
	"Hallo, mein Code für Uber ist 4821, kannst du ihn eingeben?", "Kannst du mir den PayPal-Code schicken? Letztes Mal war es 482913", "Ich hab 482913 als Sicherheitscode von Amazon bekommen", "Schick mir bitte den Netflix-Code, nicht 482913", "WG: 482913 ist dein Instagram-Code", "Hier der Code von Zalando: 482913 lg",
	"Hola, mi código de Uber es 4821", "¿Me puedes mandar el código de Netflix? El mío es 482913", "Te paso mi código de PayPal: 482913", "Tengo este código de Amazon 482913, ¿es tuyo?", "Necesito el código de Glovo, no el 482913",
	"Ciao, il mio codice Uber è 4821", "Mi mandi il codice di Netflix? Il mio è 482913", "Ti giro il codice PayPal: 482913", "Ho ricevuto 482913 come codice di sicurezza Amazon",
	"Olá, o meu código da Uber é 4821", "Podes enviar-me o código da Netflix? O meu é 482913", "Te mando meu código do PayPal: 482913", "Recebi 482913 como código de segurança da Amazon, é teu?",
	"Hoi, mijn code voor Uber is 4821", "Kun je me de code van Netflix sturen? De mijne is 482913", "Ik heb 482913 als code van PayPal gekregen", "Stuur me de code van Marktplaats, niet 482913",
}

// A person's words are no account of the reader's.
func TestPeopleProveNothing(t *testing.T) {
	c := newClassifier()
	for _, sender := range []string{"+447700900323", "+33639981234", "07700 900323"} {
		for _, body := range people {
			for _, body := range []string{body, strings.ToLower(body), body + " 🙏"} {
				if v, ok := c.classify(message{sender: sender, body: body}, false); ok {
					t.Errorf("%s: %q is %+v", sender, body, v)
				}
			}
		}
	}
}

// A service's words in a group come from somebody in it.
func TestGroupsProveNothing(t *testing.T) {
	c := newClassifier()
	const body = "Your Uber code is 4821. Never share this code."
	for _, m := range []message{
		{sender: "+447700900323", body: body, group: true}, {sender: "+447700900323~+447700900324", body: body}, {sender: "07700900323;07700900324", body: body},
	} {
		if v, ok := c.classify(m, false); ok {
			t.Errorf("%+v is %+v", m, v)
		}
	}
	if _, ok := c.classify(message{sender: "+447700900323", body: body}, false); !ok {
		t.Error("the same text to one person alone proves nothing")
	}
}

// Eight digits are a subscriber where numbers have eight digits, and a short
// code elsewhere.
func TestShortNumbers(t *testing.T) {
	c := newClassifier()
	const body = "Code 482913 Netflix"
	as := func(subscriber bool) string {
		v, _ := c.classify(message{sender: "91234567", body: body, subscriber: subscriber}, false)
		return v.confidence.String()
	}
	if as(true) == "likely" || as(false) != "likely" {
		t.Errorf("a subscriber's text is %s, a short code's %s", as(true), as(false))
	}
}

// Digits of any script come to an end: a text of full-width ones once did not.
func TestForeignDigits(t *testing.T) {
	c := newClassifier()
	for _, code := range []string{"４８２９１３", "٤٨٢٩١٣", "४८२९१३", "验证码４８２９１３", "４A８", "一２三"} {
		if v, ok := c.classify(message{sender: "Slack", body: "Your Slack code is " + code}, false); !ok || v.brand.site != "slack.com" {
			t.Errorf("%q is %+v", code, v)
		}
	}
}
