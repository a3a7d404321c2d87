package mailbox

import "strings"

// class is what kind of mail it is; "mail.class.<class>" is its name.
type class string

// The classes. All but the last two show that an account exists.
const (
	classNone         class = ""
	classContact      class = "contact-change"
	classBreach       class = "breach-notice"
	classClosed       class = "closed"
	classReset        class = "reset"
	classVerification class = "verification"
	classSecurity     class = "security"
	classSignUp       class = "sign-up"
	classReceipt      class = "receipt"
	classNotice       class = "notice"
	classSocial       class = "social"
	classNewsletter   class = "newsletter"
)

// phrases say which words of a folded subject mean which class, in English,
// French, German, Spanish, Italian, Portuguese and Dutch. The first class with
// a match wins: what changes an account outranks what merely mentions one.
var phrases = []struct {
	class class
	words []string
}{
	{classNewsletter, []string{
		"verified review", "avis verifie", "confirm your subscription", "confirmez votre abonnement", "newsletter-anmeldung", "confirma tu suscripcion",
		"invited you", "vous a invite", "hat dich eingeladen", "te ha invitado", "ti ha invitato", "convidou voce", "heeft je uitgenodigd",
		"% off", "soldes", "% de descuento", "rabatt", "black friday",
	}},
	{classClosed, []string{
		"account has been deleted", "account deleted", "account closed", "account has been closed", "sorry to see you go", "compte supprime", "compte a ete supprime",
		"compte cloture", "konto geloscht", "konto wurde geloscht", "konto geschlossen", "cuenta eliminada", "cuenta cerrada", "account eliminato", "account chiuso",
		"conta excluida", "conta encerrada", "account verwijderd", "account gesloten",
	}},
	{classContact, []string{
		"phone number added", "phone number was added", "phone number changed", "phone number was changed", "new phone number", "recovery phone", "email address changed", "email address was changed",
		"recovery email", "numero de telephone ajoute", "numero de telephone a ete", "numero de telephone modifie", "nouveau numero de telephone", "adresse e-mail modifiee", "adresse e-mail a ete modifiee",
		"telefonnummer hinzugefugt", "telefonnummer geandert", "telefonnummer wurde", "e-mail-adresse geandert", "e-mail-adresse wurde geandert", "numero de telefono anadido", "numero de telefono se ha", "correo modificado",
		"numero di telefono aggiunto", "numero di telefono modificato", "numero de telefone adicionado", "numero de telefone alterado", "telefoonnummer toegevoegd", "telefoonnummer gewijzigd",
	}},
	{classBreach, []string{
		"data breach", "security incident", "unauthorized access to", "violation de donnees", "incident de securite", "fuite de donnees", "datenpanne", "sicherheitsvorfall", "datenschutzverletzung",
		"incidente de seguridad", "brecha de datos", "filtracion de datos", "violazione dei dati", "incidente di sicurezza", "violacao de dados", "incidente de seguranca", "datalek", "beveiligingsincident",
	}},
	{classReset, []string{
		"reset your password", "password reset", "reset password", "forgot your password", "forgot password", "password changed", "password was changed", "password has been changed", "new password",
		"reinitialisation de votre mot de passe", "reinitialiser votre mot de passe", "reinitialisez votre mot de passe", "mot de passe oublie", "mot de passe modifie", "mot de passe a ete", "nouveau mot de passe",
		"passwort zuruck", "passwort vergessen", "passwort geandert", "kennwort geandert", "kennwort zurucksetzen", "passwort wurde geandert", "restablecer contrasena", "restablecer tu contrasena", "restablece tu contrasena",
		"contrasena cambiada", "reimposta la password", "password dimenticata", "password modificata", "redefinir senha", "redefina sua senha", "senha alterada", "wachtwoord opnieuw instellen", "wachtwoord vergeten", "wachtwoord gewijzigd",
	}},
	{classVerification, []string{
		"verify your email", "verify your e-mail", "confirm your email", "confirm your e-mail", "confirm your account", "verify your account", "activate your account", "verification code", "security code", "confirmation code", "login code", "sign-in code", "your code",
		"complete your registration", "confirmez votre adresse", "verifiez votre adresse", "confirmez votre e-mail", "confirmez votre compte", "activez votre compte", "code de verification", "code de confirmation", "code de securite", "code de connexion", "votre code",
		"validez votre inscription", "confirmez votre inscription", "bestatige deine e-mail", "bestatigen sie ihre e-mail", "e-mail-adresse bestatigen", "konto aktivieren", "bestatigungscode", "verifizierungscode", "sicherheitscode", "registrierung abschlie",
		"confirma tu correo", "verifica tu correo", "confirma tu cuenta", "activa tu cuenta", "codigo de verificacion", "codigo de seguridad", "completa tu registro", "conferma il tuo indirizzo", "conferma la tua email", "verifica la tua email", "codice di verifica",
		"attiva il tuo account", "confirme seu e-mail", "confirme o seu e-mail", "verifique seu e-mail", "codigo de verificacao", "ative sua conta", "bevestig je e-mail", "bevestig uw e-mail", "verificatiecode", "activeer je account",
	}},
	{classSecurity, []string{
		"new sign-in", "new sign in", "new login", "new device", "suspicious", "unusual sign-in", "two-factor", "2-step verification", "two-step", "security alert", "signed in to", "nouvelle connexion", "nouvel appareil", "alerte de securite", "connexion inhabituelle", "double authentification",
		"validation en deux etapes", "neue anmeldung", "neues gerat", "sicherheitswarnung", "sicherheitshinweis", "zwei-faktor", "nuevo inicio de sesion", "nuevo dispositivo", "alerta de seguridad", "nuovo accesso", "nuovo dispositivo", "avviso di sicurezza",
		"novo acesso", "novo login", "novo dispositivo", "alerta de seguranca", "nieuwe aanmelding", "nieuw apparaat", "beveiligingswaarschuwing",
	}},
	{classSignUp, []string{
		"welcome to", "thanks for signing up", "thank you for signing up", "thanks for registering", "thank you for registering", "thanks for joining", "your new account", "account has been created", "account created",
		"bienvenue sur", "bienvenue chez", "bienvenue a", "merci de votre inscription", "merci pour votre inscription", "compte a ete cree", "votre nouveau compte", "willkommen bei", "danke fur deine anmeldung", "danke fur deine registrierung", "konto wurde erstellt",
		"te damos la bienvenida", "bienvenido a", "bienvenida a", "gracias por registrarte", "cuenta ha sido creada", "benvenuto", "benvenuta", "grazie per esserti registrato", "grazie per la registrazione", "bem-vindo", "bem-vinda", "obrigado por se cadastrar", "obrigado por se registar",
		"welkom bij", "bedankt voor je aanmelding", "bedankt voor je registratie", "account is aangemaakt",
	}},
	{classReceipt, []string{
		"receipt", "order confirmation", "your order", "invoice", "payment received", "subscription renewed", "your trip with", "has shipped", "recu de paiement", "votre recu", "confirmation de commande", "votre commande", "facture", "paiement",
		"rechnung", "bestellbestatigung", "ihre bestellung", "deine bestellung", "zahlung", "quittung", "recibo", "confirmacion de pedido", "tu pedido", "factura", "ricevuta", "conferma d'ordine", "il tuo ordine", "fattura", "confirmacao de pedido", "seu pedido", "fatura", "factuur", "je bestelling", "orderbevestiging",
	}},
	{classNotice, []string{
		"terms of service", "terms of use", "privacy policy", "your statement", "conditions generales", "conditions d'utilisation", "politique de confidentialite", "votre releve", "nutzungsbedingungen", "datenschutzerklarung", "kontoauszug",
		"terminos de servicio", "politica de privacidad", "tu extracto", "termini di servizio", "informativa sulla privacy", "termos de servico", "politica de privacidade", "voorwaarden", "privacybeleid",
	}},
	{classSocial, []string{
		"mentioned you", "new follower", "commented on", "sent you a message", "new message from", "vous a mentionne", "nouveau message", "a commente", "vous suit", "hat dich erwahnt", "neue nachricht", "folgt dir", "te menciono", "nuevo mensaje", "te sigue",
		"ti ha menzionato", "nuovo messaggio", "mencionou voce", "nova mensagem", "heeft je genoemd", "nieuw bericht",
	}},
}

// classify decides by subject and bulk headers. A mail of no known wording from
// a bulk sender is a newsletter; anything else is nobody's business.
func classify(h header, subject string) class {
	folded := fold(subject)
	for _, p := range phrases {
		for _, w := range p.words {
			if strings.Contains(folded, w) {
				return p.class
			}
		}
	}
	if h.first("list-unsubscribe") != "" || strings.EqualFold(h.first("precedence"), "bulk") {
		return classNewsletter
	}
	return classNone
}
