package mailbox

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// kind is the wordings of one class in one or more languages. A phrase starts
// at the start of a word, or within one after "~"; "*" stands for up to maxGap
// bytes between its two halves; "|" at its end asks for the end of a word.
type kind struct {
	class class
	words []string
}

// maxGap bounds what "*" stands for: "your <brand> account has been created".
const maxGap = 48

// phrases say which words of a folded subject mean which class: English, French,
// German, Spanish, Italian, Portuguese, Dutch, and the commonest words of some
// more. The first class with a match wins: what makes no account comes first,
// then what changes an account, then what merely mentions one.
var phrases = []kind{
	{classNone, []string{
		"undelivered mail", "delivery status notification", "mail delivery failed", "undeliverable", "returned mail", "delivery failure", "unzustellbar", "non remis", "echec de la remise", "no se puede entregar",
		"mancato recapito", "nao entregue", "onbestelbaar", "report domain:", "out of office", "automatic reply", "automatische antwort", "abwesenheitsnotiz", "reponse automatique", "respuesta automatica",
		"risposta automatica", "resposta automatica", "automatisch antwoord", "accepted:", "declined:", "tentative:", "canceled event", "updated invitation", "invitation:", "invitation :",
	}},
	{classNewsletter, []string{
		"verified review", "verified buyer", "leave a review", "rate your purchase", "confirm your subscription", "confirm your newsletter", "confirm*subscription", "unsubscribe confirmed", "you have been unsubscribed", "you're unsubscribed",
		"invited you", "invites you", "has invited", "wants you to join", "% off", "black friday", "cyber monday", "sale|", "newsletter", "deals|", "promo|", "save up to", "free shipping", "welcome to our*sale", "welcome to spring", "welcome to summer",
		"welcome to autumn", "welcome to winter", "welcome to*season", "your weekly", "your daily digest", "webinar", "new arrivals",
		"avis verifie", "donnez votre avis", "confirmez votre abonnement", "confirmez*abonnement", "confirmation d'abonnement", "desinscription confirmee", "desabonnement", "vous a invite", "vous invite", "soldes", "promotion", "vente privee",
		"ventes privees", "livraison offerte", "infolettre", "lettre d'information", "bienvenue au printemps", "bienvenue dans l'ete", "de reduction",
		"verifizierte bewertung", "bewerten sie", "bewerte deinen", "newsletter-anmeldung", "abonnement bestatigen", "abo bestatigen", "abgemeldet", "hat dich eingeladen", "hat sie eingeladen", "ladt dich ein", "rabatt", "~angebote", "angebot|",
		"sonderangebot", "gutschein", "% auf", "schlussverkauf", "versandkostenfrei",
		"opinion verificada", "resena verificada", "confirma tu suscripcion", "confirma*suscripcion", "te ha invitado", "te invita", "% de descuento", "descuento", "oferta", "rebajas", "boletin", "envio gratis", "te has dado de baja",
		"recensione verificata", "conferma la tua iscrizione alla", "conferma*iscrizione alla newsletter", "ti ha invitato", "ti invita", "sconto", "sconti|", "offerta", "offerte", "saldi", "spedizione gratuita", "disiscrizione",
		"avaliacao verificada", "confirme*subscricao", "confirme sua assinatura", "convidou voce", "convidou-te", "convidou-o", "desconto", "promocao", "promocoes", "saldos", "frete gratis", "cancelou a subscricao",
		"geverifieerde beoordeling", "bevestig*inschrijving", "bevestig je abonnement", "heeft je uitgenodigd", "heeft u uitgenodigd", "nodigt je uit", "korting", "aanbieding", "uitverkoop", "nieuwsbrief", "gratis verzending", "uitgeschreven",
	}},
	{classClosed, []string{
		"account*has been deleted", "account*was deleted", "account deleted", "account*has been closed", "account*was closed", "account closed", "account closure", "account deletion", "account*has been deactivated", "account deactivated",
		"your account*will be deleted", "closing your account", "we're closing your", "sorry to see you go", "confirm account deletion",
		"compte*supprime", "compte*a ete supprime", "compte*cloture", "compte*ferme", "suppression de votre compte", "suppression de ton compte", "cloture de votre compte", "fermeture de votre compte", "compte*desactive", "desole de vous voir partir",
		"~konto*geloscht", "~konto*geschlossen", "~konto*deaktiviert", "loschung deines", "loschung ihres", "~kontoloschung", "account wurde geloscht", "account geloscht", "schade, dass du gehst", "schade, dass sie gehen",
		"cuenta*eliminada", "cuenta*cerrada", "cuenta*desactivada", "eliminacion de tu cuenta", "eliminacion de su cuenta", "cierre de tu cuenta", "cierre de su cuenta", "cuenta*cancelada", "lamentamos que te vayas",
		"account*eliminato", "account*chiuso", "account*disattivato", "account*cancellato", "chiusura*account", "eliminazione*account", "cancellazione*account", "ci dispiace che te ne vada",
		"conta*excluida", "conta*encerrada", "conta*eliminada", "conta*desativada", "conta*apagada", "encerramento da sua conta", "exclusao da sua conta", "eliminacao da sua conta", "lamentamos ver voce partir",
		"account*verwijderd", "account*gesloten", "account*opgeheven", "account*gedeactiveerd", "verwijdering van je account", "verwijdering van uw account", "jammer dat je weggaat", "jammer dat je gaat",
	}},
	{classContact, []string{
		"phone number*added", "phone number*changed", "phone number*updated", "phone number*removed", "phone number*verified", "phone number*confirmed", "new phone number", "recovery phone", "mobile number*added", "mobile number*changed",
		"mobile number*updated", "phone*was added", "phone*was changed", "email address*changed", "email address*updated", "email*was changed", "email*has been changed", "email address*added", "email*was added", "new email address", "recovery email",
		"contact information*changed", "contact details*changed", "contact info*updated",
		"numero*ajoute", "numero*modifie", "numero*mis a jour", "numero*change", "numero*supprime", "numero*verifie", "nouveau numero de", "numero de recuperation", "telephone de recuperation", "adresse*modifiee", "adresse*mise a jour",
		"adresse e-mail a ete", "adresse mail a ete", "adresse e-mail*ajoutee", "adresse*changee", "adresse de recuperation", "nouvelle adresse e-mail", "changement d'adresse e-mail", "changement de numero", "coordonnees*modifiees",
		"~telefonnummer*hinzugefugt", "~telefonnummer*geandert", "~telefonnummer*aktualisiert", "~telefonnummer*entfernt", "~telefonnummer*bestatigt", "~telefonnummer wurde", "neue telefonnummer", "~handynummer*hinzugefugt", "~handynummer*geandert",
		"neue handynummer", "mobilnummer*geandert", "mobilnummer*hinzugefugt", "rufnummer*geandert", "rufnummer*hinzugefugt", "e-mail-adresse*geandert", "e-mail-adresse*aktualisiert", "e-mail-adresse*hinzugefugt", "neue e-mail-adresse",
		"wiederherstellungs-e-mail", "wiederherstellungsnummer", "wiederherstellungstelefon", "kontaktdaten*geandert",
		"numero*anadido", "numero*agregado", "numero*actualizado", "numero*cambiado", "numero*modificado", "numero*eliminado", "numero de telefono se ha", "nuevo numero de", "telefono de recuperacion", "correo*modificado", "correo*cambiado",
		"correo*actualizado", "correo*anadido", "correo de recuperacion", "direccion de correo*cambiado", "has cambiado tu correo", "has anadido un numero", "nueva direccion de correo", "cambio de correo", "cambio de telefono",
		"numero*aggiunto", "numero*aggiornato", "numero*cambiato", "numero*rimosso", "nuovo numero di", "telefono di recupero", "indirizzo*modificato", "indirizzo*aggiornato", "indirizzo*cambiato", "indirizzo e-mail*aggiunto",
		"email*modificata", "email di recupero", "nuovo indirizzo e-mail", "nuovo indirizzo email",
		"numero*adicionado", "numero*alterado", "numero*atualizado", "numero*removido", "novo numero de", "telefone de recuperacao", "telemovel*alterado", "telemovel*adicionado", "e-mail*alterado", "email*alterado", "endereco de e-mail*alterado",
		"endereco de e-mail*adicionado", "endereco*atualizado", "e-mail de recuperacao", "novo endereco de e-mail", "novo e-mail",
		"telefoonnummer*toegevoegd", "telefoonnummer*gewijzigd", "telefoonnummer*bijgewerkt", "telefoonnummer*verwijderd", "telefoonnummer*aangepast", "nieuw telefoonnummer", "mobiel nummer*toegevoegd", "mobiele nummer*gewijzigd",
		"herstelnummer", "hersteltelefoon", "e-mailadres*gewijzigd", "e-mailadres*bijgewerkt", "e-mailadres*toegevoegd", "e-mailadres*aangepast", "nieuw e-mailadres", "herstel-e-mail",
	}},
	{classBreach, []string{
		"data breach", "security breach", "security incident", "cybersecurity incident", "cyber incident", "unauthorized access to", "unauthorised access to", "data incident", "breach of your", "your data*exposed", "data security notice",
		"violation de donnees", "violation de vos donnees", "incident de securite", "incident de cybersecurite", "fuite de donnees", "cyberattaque", "acces non autorise a vos", "vol de donnees", "donnees*compromises",
		"datenpanne", "datenleck", "sicherheitsvorfall", "datenschutzverletzung", "datenschutzvorfall", "verletzung des schutzes", "datendiebstahl", "cyberangriff", "unbefugter zugriff auf",
		"incidente de seguridad", "brecha de datos", "brecha de seguridad", "filtracion de datos", "violacion de datos", "ciberataque", "acceso no autorizado a", "violacion de seguridad",
		"violazione dei dati", "violazione di dati", "violazione dei tuoi dati", "incidente di sicurezza", "incidente informatico", "fuga di dati", "attacco informatico", "accesso non autorizzato ai",
		"violacao de dados", "violacao dos seus dados", "incidente de seguranca", "vazamento de dados", "fuga de dados", "ciberataque", "acesso nao autorizado a", "ataque informatico",
		"datalek", "datalekken", "beveiligingsincident", "gegevenslek", "cyberaanval", "inbreuk op", "ongeautoriseerde toegang tot",
	}},
	{classReset, []string{
		"reset your password", "reset*password", "password reset", "forgot*password", "forgotten*password", "password*changed", "password*was updated", "password*has been updated", "password*updated", "change your password", "new password", "set your password",
		"create a new password", "recover your account", "account recovery", "password recovery", "reset your pin", "reset code",
		"reinitialis*mot de passe", "mot de passe oublie", "mot de passe*modifie", "mot de passe a ete", "mot de passe*change", "nouveau mot de passe", "changement de mot de passe", "changement de votre mot de passe", "modification de votre mot de passe",
		"recuperation de votre compte", "changez votre mot de passe", "creez votre mot de passe",
		"~passwort*zuruck", "~passwort vergessen", "~passwort*geandert", "~passwort*andern", "neues passwort", "~kennwort*zuruck", "~kennwort*geandert", "~kennwort vergessen", "neues kennwort", "zurucksetzen*passwort", "zurucksetzen*kennwort",
		"~passwortanderung", "~kontowiederherstellung",
		"restablec*contrasena", "contrasena*cambiada", "contrasena*actualizada", "contrasena*modificada", "cambio de contrasena", "olvidaste tu contrasena", "olvidado*contrasena", "nueva contrasena", "recupera*contrasena", "has cambiado*contrasena",
		"restablecer*clave", "recuperacion de cuenta",
		"reimposta*password", "reimpostazione*password", "reimpostare*password", "ripristin*password", "password dimenticata", "password*modificata", "password*cambiata", "password*aggiornata", "nuova password", "recuper*password", "modifica*password", "recupero*account",
		"redefin*senha", "redefin*palavra-passe", "senha*alterada", "senha*redefinida", "palavra-passe*alterada", "palavra-passe*reposta", "repor*palavra-passe", "esqueceu*senha", "esqueceu-se da palavra-passe", "nova senha", "nova palavra-passe",
		"recupera*senha", "alteracao de senha", "alteracao da palavra-passe", "recuperacao de conta",
		"wachtwoord*opnieuw", "wachtwoord vergeten", "wachtwoord*gewijzigd", "wachtwoord*aangepast", "wachtwoord*veranderd", "wachtwoord*herstellen", "wachtwoord*resetten", "nieuw wachtwoord", "reset*wachtwoord", "herstel*wachtwoord", "wijzig*wachtwoord",
		"zresetuj haslo", "reset hasla", "zmiana hasla", "aterstall*losenord", "nulstil*adgangskode", "tilbakestill*passord", "~сброс*пароля", "~パスワード再設定", "~パスワードの再設定", "~重置密码", "~重设密码",
	}},
	{classVerification, []string{
		"verify your", "verify email", "verify*email address", "confirm your email", "confirm your e-mail", "confirm*email address", "confirm your account", "confirm your registration", "confirm your identity", "confirm your phone", "activate your*account",
		"account activation", "verification code", "verification link", "email verification", "security code", "confirmation code", "login code", "log-in code", "sign-in code", "access code", "passcode", "one-time password", "one-time code", "your*code is", "your code",
		"complete your*registration", "complete your sign", "finish signing up", "magic link", "sign in link", "sign-in link", "login link", "authentication code",
		"confirmez votre adresse", "confirmez*adresse", "confirme ton adresse", "verifiez votre adresse", "verifie ton adresse", "confirmez votre e-mail", "confirmez votre mail", "confirmez votre compte", "confirmez*compte", "activez votre compte", "activez*compte", "active ton compte",
		"activation de votre compte", "code de verification", "code de confirmation", "code de securite", "code de connexion", "code d'acces", "code d'authentification", "code a usage unique", "votre code", "ton code", "validez votre inscription", "confirmez votre inscription",
		"validation de votre", "validez votre", "finalisez votre inscription", "terminez votre inscription", "verification de votre adresse", "lien de connexion",
		"bestatige*e-mail", "bestatigen*e-mail", "e-mail-adresse bestatigen", "e-mail-adresse verifizieren", "verifiziere*e-mail", "verifizieren*e-mail", "bestatige*konto", "bestatigen*konto", "bestatige*registrierung", "bestatigen*registrierung", "bestatige*anmeldung",
		"~konto aktivieren", "~konto*aktivieren", "aktiviere*konto", "aktivieren*konto", "kontoaktivierung", "bestatigungscode", "verifizierungscode", "sicherheitscode", "anmeldecode", "einmalcode", "zugangscode", "dein*code", "ihr*code", "registrierung abschlie", "~bestatigungslink",
		"confirma tu correo", "confirma su correo", "confirme su correo", "confirma*direccion", "confirma*email", "verifica tu correo", "verifica*direccion", "verifique su correo", "verifica tu cuenta", "confirma tu cuenta", "confirme su cuenta", "confirma*registro", "activa tu cuenta",
		"active su cuenta", "activacion de*cuenta", "codigo de verificacion", "codigo de seguridad", "codigo de confirmacion", "codigo de acceso", "codigo de inicio", "tu codigo", "su codigo", "completa tu registro", "finaliza tu registro", "enlace de acceso",
		"conferma*indirizzo", "conferma*email", "conferma*e-mail", "conferma*account", "conferma*registrazione", "verifica*email", "verifica*e-mail", "verifica*indirizzo", "verifica*account", "codice di verifica", "codice di sicurezza", "codice di conferma", "codice di accesso",
		"il tuo codice", "attiva*account", "attivazione*account", "completa la registrazione", "completa la tua registrazione", "link di accesso",
		"confirme seu e-mail", "confirme o seu e-mail", "confirme*e-mail", "confirme*email", "confirme*endereco", "confirma o teu e-mail", "verifique*e-mail", "verifique*email", "verifique*conta", "confirme*conta", "confirme*cadastro", "confirme*registo", "ative*conta", "ativar*conta",
		"ativacao da*conta", "codigo de verificacao", "codigo de seguranca", "codigo de confirmacao", "codigo de acesso", "seu codigo", "o teu codigo", "conclua*registo", "complete seu cadastro", "conclua seu cadastro", "link de acesso",
		"bevestig*e-mail", "bevestig*account", "bevestig*registratie", "bevestig*aanmelding", "verifieer*e-mail", "verifieer*account", "e-mailadres bevestigen", "verificatiecode", "beveiligingscode", "bevestigingscode", "inlogcode", "toegangscode", "je code", "uw code", "activeer*account",
		"account activeren", "voltooi*registratie", "rond*registratie*af", "inloglink",
		"potwierdz*adres", "potwierdz*e-mail", "kod weryfikacyjny", "bekrafta*e-post", "bekraft*e-mail", "bekreft*e-post", "~подтвердите", "~код подтверждения", "~確認コード", "~メールアドレスの確認", "~验证码", "~验证您的",
	}},
	{classSecurity, []string{
		"new sign-in", "new sign in", "new login", "new log-in", "new device", "unrecognized device", "suspicious", "unusual sign", "unusual activity", "unusual login", "two-factor", "2-step verification", "two-step", "2fa|", "multi-factor", "security alert", "security notice",
		"security notification", "signed in to", "logged in to", "login attempt", "sign-in attempt", "login from", "sign-in from", "passkey", "new app*connected", "backup codes", "account locked", "account*has been locked",
		"nouvelle connexion", "connexion depuis", "nouvel appareil", "appareil*ajoute", "alerte de securite", "notification de securite", "connexion inhabituelle", "activite inhabituelle", "activite suspecte", "connexion suspecte", "tentative de connexion", "double authentification",
		"authentification a deux", "validation en deux etapes", "verification en deux etapes", "cle d'acces", "compte*verrouille",
		"neue anmeldung", "neuer login", "anmeldung von", "anmeldung auf", "anmeldeversuch", "neues gerat", "neuen gerat", "sicherheitswarnung", "sicherheitshinweis", "sicherheitsmeldung", "sicherheitsbenachrichtigung", "verdachtige", "ungewohnliche", "zwei-faktor", "zweifaktor",
		"bestatigung in zwei schritten", "~konto*gesperrt", "passkey",
		"nuevo inicio de sesion", "inicio de sesion en", "inicio de sesion desde", "intento de inicio", "nuevo dispositivo", "alerta de seguridad", "aviso de seguridad", "actividad sospechosa", "actividad inusual", "verificacion en dos pasos", "dos factores", "nuevo acceso", "cuenta*bloqueada",
		"nuovo accesso", "accesso da un", "tentativo di accesso", "nuovo dispositivo", "avviso di sicurezza", "notifica di sicurezza", "attivita sospetta", "attivita insolita", "verifica in due passaggi", "autenticazione a due", "due fattori", "account*bloccato",
		"novo acesso", "novo login", "novo inicio de sessao", "inicio de sessao", "tentativa de login", "tentativa de acesso", "novo dispositivo", "alerta de seguranca", "aviso de seguranca", "atividade suspeita", "atividade incomum", "verificacao em duas etapas",
		"verificacao em dois passos", "dois fatores", "conta*bloqueada",
		"nieuwe aanmelding", "nieuwe inlog", "ingelogd op", "inlogpoging", "aanmelding vanaf", "nieuw apparaat", "beveiligingswaarschuwing", "beveiligingsmelding", "verdachte", "ongebruikelijke", "tweestapsverificatie", "verificatie in twee stappen", "tweefactor", "account*geblokkeerd",
	}},
	{classSignUp, []string{
		"welcome to", "welcome aboard", "thanks for signing up", "thank you for signing up", "thanks for registering", "thank you for registering", "thank you for your registration", "thanks for joining", "thank you for joining", "thanks for creating", "your new*account", "account*has been created",
		"account*was created", "account created", "account*is ready", "registration confirmation", "registration*successful", "successfully registered", "getting started with your", "you're in!",
		"bienvenue sur", "bienvenue chez", "bienvenue a|", "bienvenue dans", "bienvenue parmi", "bienvenue,", "bienvenue !", "merci de votre inscription", "merci pour votre inscription", "merci de vous etre inscrit", "merci pour ton inscription", "compte*a ete cree", "compte*a bien ete cree", "compte*est cree",
		"creation de votre compte", "creation de ton compte", "votre nouveau compte", "inscription confirmee", "confirmation d'inscription", "confirmation de votre inscription", "votre inscription",
		"willkommen bei", "willkommen in", "willkommen auf", "willkommen zu", "herzlich willkommen", "danke fur*anmeldung", "danke fur*registrierung", "vielen dank fur*registrierung", "vielen dank fur*anmeldung", "~konto*wurde erstellt", "~konto*ist bereit", "~konto*wurde eingerichtet",
		"dein neues*konto", "ihr neues*konto", "~registrierung*erfolgreich", "erfolgreich registriert", "deine registrierung", "ihre registrierung",
		"te damos la bienvenida", "le damos la bienvenida", "bienvenido", "bienvenida a", "bienvenidos a", "gracias por registrar", "gracias por unirte", "gracias por crear", "gracias por inscribir", "cuenta*ha sido creada", "cuenta*se ha creado", "cuenta creada", "tu nueva cuenta", "registro completado",
		"confirmacion de registro", "tu registro",
		"benvenuto", "benvenuta", "benvenuti", "grazie per esserti", "grazie per la registrazione", "grazie per la tua registrazione", "grazie per l'iscrizione", "account*e stato creato", "account creato", "il tuo nuovo account", "registrazione completata", "registrazione avvenuta",
		"conferma di registrazione", "la tua registrazione",
		"bem-vindo", "bem-vinda", "bem vindo", "boas-vindas", "obrigado por se", "obrigada por se", "obrigado pelo*registo", "obrigado pelo*cadastro", "obrigado por criar", "conta*foi criada", "conta criada", "sua nova conta", "a tua nova conta", "registo concluido", "cadastro realizado", "cadastro concluido",
		"welkom bij", "welkom op", "welkom in", "bedankt voor*aanmelding", "bedankt voor*registratie", "bedankt voor*aanmelden", "bedankt voor*registreren", "bedankt voor*inschrijving", "account*is aangemaakt", "account aangemaakt", "je nieuwe*account", "uw nieuwe*account", "registratie*voltooid", "je registratie",
		"uw registratie", "witamy w", "valkommen till", "velkommen til", "~добро пожаловать", "~ようこそ", "~欢迎加入", "~欢迎使用",
	}},
	{classReceipt, []string{
		"receipt", "order confirmation", "order confirmed", "your*order", "order #", "order no", "invoice", "payment received", "payment confirmation", "your payment", "payment to", "subscription renewed", "subscription*renew", "your subscription", "your trip with", "trip with", "your booking",
		"booking confirmation", "reservation confirmation", "has shipped", "shipped|", "out for delivery", "your delivery", "refund", "purchase confirmation", "your purchase", "thank you for your purchase", "thanks for your purchase", "thanks for your order", "thank you for your order",
		"recu de paiement", "votre recu", "recu de", "confirmation de commande", "confirmation de votre commande", "votre*commande", "ta commande", "commande n", "facture", "paiement", "confirmation d'achat", "votre achat", "renouvellement de votre abonnement", "votre abonnement", "votre reservation",
		"confirmation de reservation", "expedie", "votre remboursement", "votre colis", "votre livraison", "votre trajet",
		"~rechnung", "bestellbestatigung", "ihre*bestellung", "deine*bestellung", "~bestellung*bestatig", "bestellung nr", "zahlung", "zahlungsbestatigung", "quittung", "~kaufbestatigung", "buchungsbestatigung", "ihre buchung", "deine buchung", "versandbestatigung", "~versandt|", "verschickt|", "ruckerstattung",
		"erstattung", "dein abo", "ihr abo", "deine fahrt", "zahlungseingang", "beleg|", "lieferung",
		"recibo", "confirmacion de*pedido", "tu*pedido", "su*pedido", "pedido n", "pedido confirmado", "factura", "pago|", "confirmacion de pago", "tu compra", "su compra", "confirmacion de compra", "confirmacion de reserva", "tu reserva", "enviado|", "reembolso", "suscripcion*renovad", "tu suscripcion", "tu viaje",
		"ricevuta", "conferma d'ordine", "conferma*ordine", "il tuo*ordine", "il suo*ordine", "ordine n", "fattura", "pagamento", "il tuo acquisto", "conferma di acquisto", "conferma*prenotazione", "la tua prenotazione", "spedito|", "rimborso", "abbonamento*rinnovat", "il tuo viaggio",
		"confirmacao de pedido", "confirmacao do*pedido", "confirmacao de*encomenda", "seu*pedido", "o teu pedido", "sua encomenda", "a tua encomenda", "encomenda n", "fatura|", "pagamento", "sua compra", "confirmacao de compra", "confirmacao de reserva", "sua reserva", "foi enviad", "reembolso",
		"assinatura*renovad", "sua viagem", "nota fiscal", "recibo",
		"factuur", "je*bestelling", "uw*bestelling", "bestelling nr", "orderbevestiging", "bestelbevestiging", "betaling", "betalingsbevestiging", "bon|", "aankoopbevestiging", "je aankoop", "boekingsbevestiging", "reserveringsbevestiging", "je boeking", "uw boeking", "verzonden|", "terugbetaling",
		"abonnement*verlengd", "je abonnement", "je rit", "kassabon",
	}},
	{classNotice, []string{
		"terms of service", "terms of use", "terms and conditions", "our terms", "privacy policy", "privacy notice", "privacy statement", "user agreement", "your statement", "statement is ready", "account statement", "your account statement", "changes to our", "updates to our",
		"conditions generales", "conditions d'utilisation", "conditions*utilisation", "politique de confidentialite", "charte de confidentialite", "protection de vos donnees", "votre releve", "releve de compte", "mise a jour des conditions", "mise a jour de nos", "evolution de nos conditions",
		"nutzungsbedingungen", "agb|", "geschaftsbedingungen", "datenschutzerklarung", "datenschutzhinweise", "datenschutzbestimmungen", "datenschutzrichtlinie", "~kontoauszug", "kontoauszuge", "anderung*bedingungen", "aktualisierung unserer",
		"terminos de servicio", "terminos de uso", "terminos y condiciones", "cambios en*terminos", "cambios en los terminos", "nuestros terminos", "condiciones de uso", "condiciones generales", "politica de privacidad", "aviso de privacidad", "tu extracto", "su extracto", "extracto de*cuenta", "estado de cuenta",
		"termini di servizio", "termini e condizioni", "condizioni d'uso", "condizioni di utilizzo", "condizioni generali", "nostri termini", "informativa sulla privacy", "informativa privacy", "estratto conto", "aggiornamento*condizioni", "aggiornamento*termini",
		"termos de servico", "termos de uso", "termos de utilizacao", "termos e condicoes", "nossos termos", "condicoes de utilizacao", "condicoes gerais", "politica de privacidade", "aviso de privacidade", "seu extrato", "extrato de conta", "extrato da*conta", "extrato mensal",
		"voorwaarden", "gebruiksvoorwaarden", "servicevoorwaarden", "privacybeleid", "privacyverklaring", "rekeningafschrift", "rekeningoverzicht", "je afschrift", "uw afschrift", "afschrift|", "wijziging*voorwaarden",
	}},
	{classSocial, []string{
		"mentioned you", "new follower", "started following", "is now following", "commented on", "replied to your", "sent you a message", "new message from", "you have a new message", "unread message", "tagged you", "likes your", "liked your", "friend request", "connection request",
		"wants to connect", "accepted your",
		"vous a mentionne", "t'a mentionne", "nouveau message", "nouveaux messages", "a commente", "vous suit", "te suit|", "nouvel abonne", "a repondu a", "vous a envoye un message", "vous a identifie", "aime votre", "demande d'ami", "demande de connexion", "a accepte votre",
		"hat dich erwahnt", "hat sie erwahnt", "neue nachricht", "folgt dir", "neuer follower", "hat kommentiert", "hat*kommentiert", "hat dir eine nachricht", "hat dir geantwortet", "hat dich markiert", "gefallt dein", "freundschaftsanfrage", "kontaktanfrage",
		"te menciono", "te ha mencionado", "nuevo mensaje", "mensaje nuevo", "te sigue", "ha empezado a seguirte", "nuevo seguidor", "ha comentado", "comento tu", "te ha enviado un mensaje", "te etiqueto", "te ha etiquetado", "le gusta tu", "solicitud de amistad",
		"ti ha menzionato", "nuovo messaggio", "ti segue", "ha iniziato a seguirti", "nuovo follower", "ha commentato", "ti ha inviato un messaggio", "ti ha taggato", "piace il tuo", "richiesta di amicizia",
		"mencionou voce", "mencionou-te", "te mencionou", "nova mensagem", "novo seguidor", "comecou a seguir", "segue voce", "comentou", "enviou uma mensagem", "enviou-te uma mensagem", "marcou voce", "curtiu sua", "gostou da tua", "pedido de amizade", "solicitacao de amizade",
		"heeft je genoemd", "heeft u genoemd", "nieuw bericht", "volgt je", "nieuwe volger", "heeft gereageerd", "reageerde op", "stuurde je een bericht", "heeft je een bericht", "heeft je getagd", "vindt je", "vriendschapsverzoek", "connectieverzoek",
	}},
}

// phrase is a wording ready to be looked for.
type phrase struct {
	class       int // place in phrases
	start, rest string
	inside      bool // may start within a word
	whole       bool // must end with a word
}

// phraseIndex finds the phrases that start with two bytes.
var phraseIndex = indexed(phrases)

func indexed(kinds []kind) map[[2]byte][]phrase {
	m := map[[2]byte][]phrase{}
	for i, k := range kinds {
		for _, w := range k.words {
			w = fold(w)
			p := phrase{class: i}
			w, p.inside = strings.CutPrefix(w, "~")
			w, p.whole = strings.CutSuffix(w, "|")
			p.start, p.rest, _ = strings.Cut(w, "*")
			key := [2]byte{p.start[0], p.start[1]}
			m[key] = append(m[key], p)
		}
	}
	return m
}

// wording finds the first class whose words are in a folded text.
func wording(text string) (class, bool) {
	best := len(phrases)
	for i := 0; i+1 < len(text); i++ {
		for _, p := range phraseIndex[[2]byte{text[i], text[i+1]}] {
			if p.class < best && p.at(text, i) {
				best = p.class
			}
		}
	}
	if best == len(phrases) {
		return classNone, false
	}
	return phrases[best].class, true
}

func (p phrase) at(text string, i int) bool {
	if !strings.HasPrefix(text[i:], p.start) || !p.inside && letterBefore(text, i) {
		return false
	}
	end := i + len(p.start)
	if p.rest != "" {
		at := later(text[end:min(len(text), end+maxGap+len(p.rest))], p.rest)
		if at < 0 {
			return false
		}
		end += at + len(p.rest)
	}
	if !p.whole {
		return true
	}
	r, _ := utf8.DecodeRuneInString(text[end:])
	return !unicode.IsLetter(r)
}

// later finds a word, or the start of one.
func later(window, word string) int {
	for at := 0; ; at++ {
		i := strings.Index(window[at:], word)
		if i < 0 {
			return -1
		}
		if at += i; !letterBefore(window, at) {
			return at
		}
	}
}

func letterBefore(text string, i int) bool {
	r, _ := utf8.DecodeLastRuneInString(text[:i])
	return unicode.IsLetter(r)
}
