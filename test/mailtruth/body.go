package main

import (
	"encoding/base64"
	"math/rand/v2"
	"mime/quotedprintable"
	"strings"
)

// The person's own number, whole and as services mask it, and other people's.
const (
	ownNumber    = "+33639981234"
	ownNational  = "06 39 98 12 34"
	othersNumber = "+33 6 39 98 77 66"
)

var sentences = map[string][]string{
	"en": {"This is an automatic message, please do not reply.", "If this was not you, contact our support team.", "You receive this mail because of your settings."},
	"fr": {"Ceci est un message automatique, merci de ne pas répondre.", "Si vous n'êtes pas à l'origine de cette demande, contactez-nous.", "Vous recevez ce message en raison de vos préférences."},
	"de": {"Dies ist eine automatische Nachricht, bitte nicht antworten.", "Falls Sie das nicht waren, wenden Sie sich an uns.", "Grüße aus München"},
	"es": {"Este es un mensaje automático, no responda.", "Si no has sido tú, ponte en contacto con nosotros.", "Un saludo del equipo de atención."},
	"it": {"Messaggio automatico, si prega di non rispondere.", "Se non sei stato tu, contattaci.", "A presto, il team è qui perché ti serve."},
	"pt": {"Mensagem automática, por favor não responda.", "Se não foi você, contacte-nos.", "A equipa está à sua disposição."},
	"nl": {"Dit is een automatisch bericht, niet beantwoorden.", "Was jij dit niet? Neem contact met ons op.", "Met vriendelijke groet, het team."},
}

// numberLines say which number is on the account; {P} is the number.
var numberLines = map[string][]string{
	"en": {"The phone number {P} was added to your account.", "Your new mobile number: {P}"},
	"fr": {"Le numéro de téléphone {P} a été ajouté à votre compte.", "Votre nouveau numéro de mobile : {P}"},
	"de": {"Die Telefonnummer {P} wurde Ihrem Konto hinzugefügt.", "Deine neue Handynummer: {P}"},
	"es": {"El número de teléfono {P} se ha añadido a tu cuenta.", "Tu nuevo móvil: {P}"},
	"it": {"Il numero di telefono {P} è stato aggiunto al tuo account.", "Il tuo nuovo cellulare: {P}"},
	"pt": {"O número de telefone {P} foi adicionado à sua conta.", "O seu novo telemóvel: {P}"},
	"nl": {"Het telefoonnummer {P} is aan je account toegevoegd.", "Je nieuwe mobiele nummer: {P}"},
}

// text is what a mail says; number is put in where it is not "".
func text(r *rand.Rand, lang, subject, number string) string {
	lines := []string{"Pat,", "", subject, ""}
	if number != "" {
		lines = append(lines, strings.ReplaceAll(pick(r, numberLines[lang]), "{P}", number))
	}
	for range 2 + r.IntN(5) {
		lines = append(lines, pick(r, sentences[lang]))
	}
	return strings.Join(append(lines, ">From the team", ""), "\n")
}

// body is the text as one of the forms mail has, with the fields that say so.
func body(r *rand.Rand, text string) string {
	page := "<html><head><style>td{color:#333}</style></head><body><table><tr><td>" + strings.ReplaceAll(text, "\n", "<br>\n") +
		"</td></tr></table><a href=\"https://link.example/t/12345678901234567890\">&rarr;</a><img src=\"https://link.example/o.gif\"></body></html>\n"
	switch r.IntN(6) {
	case 0:
		return "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n" + text
	case 1:
		return "Content-Type: text/plain; charset=\"UTF-8\"\nContent-Transfer-Encoding: quoted-printable\n\n" + quoted(text)
	case 2:
		return "Content-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: base64\n\n" + wrapped(page)
	case 3:
		return "Content-Type: text/html; charset=UTF-8\nContent-Transfer-Encoding: quoted-printable\n\n" + quoted(page)
	case 4:
		return "Content-Type: multipart/mixed; boundary=\"mix\"\n\n--mix\nContent-Type: multipart/alternative; boundary=\"alt\"\n\n" + alternative(text, page) +
			"--mix\nContent-Type: application/pdf; name=\"document.pdf\"\nContent-Transfer-Encoding: base64\nContent-Disposition: attachment; filename=\"document.pdf\"\n\n" + wrapped(strings.Repeat("%PDF-1.4 ", 60)) + "--mix--\n"
	}
	return "Content-Type: multipart/alternative; boundary=\"alt\"\n\nThis is a multi-part message.\n" + alternative(text, page)
}

func alternative(text, page string) string {
	return "--alt\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\n" + quoted(text) +
		"\n--alt\nContent-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\n" + quoted(page) + "\n--alt--\n"
}

func quoted(s string) string {
	var b strings.Builder
	w := quotedprintable.NewWriter(&b)
	_, _ = w.Write([]byte(s)) // a Builder cannot fail
	_ = w.Close()
	return strings.ReplaceAll(b.String(), "\r\n", "\n")
}

func wrapped(s string) string {
	s = base64.StdEncoding.EncodeToString([]byte(s))
	var b strings.Builder
	for len(s) > 76 {
		b.WriteString(s[:76] + "\n")
		s = s[76:]
	}
	return b.String() + s + "\n"
}
