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
		"fwd:", "~] re:", "~] aw:", "fw:", "wg:", "tr:", "tr :", "rv:", "enc:", "doorst:", "welcome home", "bienvenue a la maison", "willkommen zu hause", "willkommen zuhause", "bienvenido a casa", "bienvenida a casa", "bentornat*casa", "benvenut*a casa",
		"bem-vind*a casa", "welkom thuis",
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
		"promo code", "discount code", "welcome gift", "code promo", "bon de reduction", "cupon", "codigo promocional", "codigo de desconto", "buono di", "buono sconto", "codice sconto", "cupom", "kortingscode", "welkomstkorting",
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
		"closed your*account", "deleted your*account", "deactivated your*account", "close your*account", "closure of your*account", "deletion of your*account", "account removal", "account*has been removed", "account*has been canceled",
		"account*has been cancelled", "account*terminated", "membership*cancelled", "membership*canceled", "membership*has ended", "scheduled for deletion", "erasure request", "request for erasure", "deletion request", "your data*has been deleted",
		"your data*has been erased", "erased your data",
		"suppression de compte", "suppression du compte", "suppression definitive", "suppression de vos donnees", "fermeture de compte", "fermeture du compte", "cloture de compte", "cloture du compte", "desactivation de votre compte",
		"desactivation de ton compte", "desactivation du compte", "votre resiliation", "confirmation de resiliation", "resiliation de votre contrat", "demande d'effacement", "demande de suppression", "donnees*effacees", "donnees*supprimees",
		"espace client*ferme", "de vous voir partir", "de te voir partir",
		"ihre kundigung", "deine kundigung", "kundigungsbestatigung", "kundigung*eingegangen", "kundigung*erhalten", "~konto*aufgelost", "~kontoschlie", "account*deaktiviert", "account*geloscht", "account*geschlossen", "profil*geloscht",
		"profil*entfernt", "~loschantrag", "~loschauftrag", "loschung von", "loschung des", "daten wurden geloscht", "mitgliedschaft*endet", "mitgliedschaft*beendet",
		"baja de*cuenta", "cuenta*dada de baja", "perfil*dado de baja", "cierre de cuenta", "cierre de la cuenta", "eliminacion de*cuenta", "eliminar*cuenta", "desactivado*cuenta", "cerrado*cuenta", "cuenta*cerrado", "cuenta*eliminara",
		"cancelacion de*cuenta", "supresion de*datos", "borrado*datos", "perfil*eliminado",
		"chiuso*account", "chiusura*conto|", "disattivato*account", "disattivato*profilo", "eliminare*account", "eliminato*account", "la tua disdetta", "conferma*disdetta", "richiesta di disdetta", "recesso confermato", "conferma*recesso",
		"cancellazione*dati", "dati*cancellati", "profilo*rimosso", "profilo*eliminato", "dispiace che tu",
		"encerramento de conta", "encerramento da conta", "pedido de encerramento", "encerr*sua conta", "cancelamento*conta", "desativou*conta", "eliminar*conta", "excluir*conta", "exclusao de*conta", "exclusao de dados", "exclusao dos*dados",
		"eliminacao dos*dados", "pedido de apagamento", "apagamos*dados", "lamentamos*saida", "perfil*removido", "perfil*excluido",
		"uw opzegging", "je opzegging", "opzegging bevestigd", "bevestig*opzegging", "account*opgezegd", "beeindiging van*account", "lidmaatschap*beeindigd", "~verwijderingsverzoek", "verwijdering van*account", "account*verwijderen", "rekening*opgeheven",
		"gegevens*gewist", "profiel*verwijderd", "spijt ons dat je gaat",
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
		"contact details*updated", "contact information*updated", "account details*changed", "account details*updated", "account information*changed", "account information*updated", "update to your account information", "personal information*changed",
		"personal information*updated", "personal details*changed", "personal details*updated", "changes to your profile", "profile information*changed", "profile information*updated", "changed*your email", "changed the email", "changed*your phone",
		"phone number change", "phone*has been changed", "added*phone number", "number*was verified", "new mobile number", "mobile number*verified", "delivery address*changed", "delivery address*updated", "shipping address*changed",
		"shipping address*updated", "new recovery",
		"nouveau numero associe", "votre numero*confirme", "ton numero*confirme", "numero*associe", "numero*lie a", "modification de*numero", "suppression de*numero", "changement d'adresse", "changement de mail", "changement d'e-mail",
		"nouvelle adresse email", "nouvelle adresse mail", "nouvelle adresse electronique", "e-mail de recuperation", "coordonnees*mises a jour", "mise a jour de*coordonnees", "modification de*coordonnees", "modifie vos coordonnees",
		"modification de*adresse", "modification de*informations personnelles", "modification de*donnees personnelles", "modifie vos informations", "informations personnelles*modifiees", "profil*modifie|", "profil*mis a jour",
		"~telefonnummer*hinterlegt", "mobilnummer*hinterlegt", "rufnummer*hinterlegt", "~telefonnummer*verifiziert", "rufnummer*verifiziert", "mobilnummer*verifiziert", "rufnummer*gespeichert", "~telefonnummer*gespeichert", "rufnummer*bestatigt",
		"ihre mobilfunknummer", "deine mobilfunknummer", "mobilnummer*bestatigt", "mobilnummer*aktualisiert", "~handynummer*bestatigt", "~handynummer*entfernt", "neue rufnummer", "neue mobilnummer", "kontaktdaten*aktualisiert",
		"kontaktinformationen*aktualisiert", "kontaktinformationen*geandert", "kundendaten*geandert", "kontodaten*geandert", "kontodaten*aktualisiert", "personlichen daten*geandert", "anderung*kontaktdaten", "anderung*kundendaten",
		"anderung*e-mail-adresse", "anderung*telefonnummer", "anderung*handynummer", "adressanderung", "anderung*adresse", "lieferadresse*geandert", "bankverbindung*geandert", "profilanderung", "profil*aktualisiert", "profil*geandert",
		"nuevo numero asociado", "numero*asociado", "tu numero*confirmado", "su numero*confirmado", "seu numero*confirmado", "teu numero*confirmado", "numero*verificado", "telefono*anadido", "telefono*verificado", "telefono*modificado",
		"telefono*cambiado", "telefono*confirmado", "movil*registrado", "movil*verificado", "cambiado*numero", "cambiado*telefono", "cambiado*correo", "eliminado*numero", "cambio de numero", "nuevo correo electronico", "tus datos de contacto",
		"sus datos de contacto", "modificado tus datos", "modificado sus datos", "datos personales*modificad", "tus datos*actualizad", "sus datos*actualizad", "actualizacion de tus datos", "actualizacion de sus datos", "modificacion de tus datos",
		"modificacion de sus datos", "cambios en tu perfil", "cambios en su perfil", "perfil*actualizado", "direccion de envio*modificada", "direccion de envio*actualizada", "actualizado*informacion", "informacion de tu cuenta",
		"numero*modificato", "numero*verificato", "tuo numero*confermato", "suo numero*confermato", "numero*associato", "numero*registrato", "numero di recupero", "cellulare*modificato", "cellulare*verificato", "cellulare*registrato",
		"certificazione*numero", "cambio*numero", "modifica*numero", "rimosso*numero", "nuova email", "nuova e-mail", "modifica*indirizzo", "cambio*indirizzo", "tuoi dati di contatto", "suoi dati di contatto", "modificato i tuoi dati",
		"aggiornamento dei tuoi dati", "tuoi recapiti", "variazione*recapiti", "modifiche al tuo profilo", "profilo*aggiornato", "profilo*modificato",
		"numero*associado", "telefone*verificado", "telefone*adicionado", "telefone*alterado", "telefone*confirmado", "telemovel*registado", "telemovel*verificado", "celular*alterado", "celular*verificado", "mudanca de numero", "removeu*numero",
		"alteracao de e-mail", "alteracao de email", "alteracao de*numero", "alteracao de dados", "alteracao dos seus dados", "alteracao de*morada", "alteracao de*endereco", "alterou seus dados", "alterou os seus dados", "seus dados de contato",
		"seus dados de contacto", "teus dados de contacto", "seus dados*atualizados", "teus dados*atualizados", "seus dados*alterados", "teus dados*alterados", "atualizacao dos seus dados", "atualizacao dos teus dados", "alteracoes no*perfil",
		"perfil*atualizado", "morada*alterada", "endereco*alterado",
		"telefoonnummer*bevestigd", "telefoonnummer*geregistreerd", "telefoonnummer*gekoppeld", "nieuw nummer*gekoppeld", "je nummer*gekoppeld", "je nummer*geverifieerd", "uw nummer*geverifieerd", "je nummer*bevestigd", "uw nummer*bevestigd",
		"mobiel nummer*gewijzigd", "verwijderd*telefoonnummer", "wijziging*e-mailadres", "je contactgegevens", "uw contactgegevens", "je gegevens*gewijzigd", "uw gegevens*gewijzigd", "persoonlijke gegevens*gewijzigd", "je gegevens*aangepast",
		"uw gegevens*aangepast", "persoonlijke gegevens*aangepast", "je gegevens*bijgewerkt", "uw gegevens*bijgewerkt", "gegevens van je account", "gegevens van uw account", "wijziging van je gegevens", "wijziging van uw gegevens",
		"wijzigingen in je profiel", "wijzigingen in uw profiel", "profiel*gewijzigd", "profiel*bijgewerkt", "bezorgadres*gewijzigd", "rekeningnummer*gewijzigd", "rekeningnummer*aangepast",
		"email changed", "e-mail changed", "changed email", "email change", "courriel*modifie", "courriel*change", "changement de courriel", "email cambiata", "e-mail cambiata", "mudanca de email", "mudanca de e-mail", "e-mailadres*veranderd",
	}},
	{classBreach, []string{
		"data breach", "security breach", "security incident", "cybersecurity incident", "cyber incident", "unauthorized access to", "unauthorised access to", "data incident", "breach of your", "your data*exposed", "data security notice",
		"violation de donnees", "violation de vos donnees", "incident de securite", "incident de cybersecurite", "fuite de donnees", "cyberattaque", "acces non autorise a vos", "vol de donnees", "donnees*compromises",
		"datenpanne", "datenleck", "sicherheitsvorfall", "datenschutzverletzung", "datenschutzvorfall", "verletzung des schutzes", "datendiebstahl", "cyberangriff", "unbefugter zugriff auf",
		"incidente de seguridad", "brecha de datos", "brecha de seguridad", "filtracion de datos", "violacion de datos", "ciberataque", "acceso no autorizado a", "violacion de seguridad",
		"violazione dei dati", "violazione di dati", "violazione dei tuoi dati", "incidente di sicurezza", "incidente informatico", "fuga di dati", "attacco informatico", "accesso non autorizzato ai",
		"violacao de dados", "violacao dos seus dados", "incidente de seguranca", "vazamento de dados", "fuga de dados", "ciberataque", "acesso nao autorizado a", "ataque informatico",
		"datalek", "datalekken", "beveiligingsincident", "gegevenslek", "cyberaanval", "inbreuk op", "ongeautoriseerde toegang tot",
		"leak of your", "privacy incident", "incident involving your", "incident affecting your", "cyber attack on our", "cyberattack on our", "we were hacked", "your*data was accessed", "your data*involved", "your data*compromised", "your data*stolen",
		"your data*leaked", "your information*exposed", "your information*compromised", "exposure of your",
		"intrusion dans nos", "acces non autorise a nos", "vos donnees*exposees", "vos donnees*consultees", "vos donnees*derobees", "vos donnees*volees", "vos donnees*divulguees", "vos informations*compromises", "incident*notre prestataire",
		"incident*vos donnees",
		"datenvorfall", "abfluss von daten", "abfluss ihrer daten", "abfluss personenbezogener", "ihre daten*entwendet", "deine daten*entwendet", "ihre daten*gestohlen", "deine daten*gestohlen", "ihre daten*betroffen", "deine daten*betroffen",
		"art. 34 dsgvo", "diebstahl von kundendaten",
		"ataque informatico a nuestros", "incidente de ciberseguridad", "incidente*tus datos", "incidente*sus datos", "tus datos*expuestos", "sus datos*expuestos", "tus datos*comprometidos", "sus datos*comprometidos", "tus datos*sustraidos",
		"sus datos*sustraidos", "tus datos*robados", "sus datos*robados", "acceso indebido a nuestros", "vulneracion de datos", "vulneracion de la seguridad",
		"subito un attacco", "violazione dati", "violazione della sicurezza", "tuoi dati*sottratti", "suoi dati*sottratti", "tuoi dati*esposti", "suoi dati*esposti", "tuoi dati*compromessi", "suoi dati*compromessi", "tuoi dati*coinvolti",
		"suoi dati*coinvolti", "compromissione dei tuoi", "compromissione dei suoi", "art. 34 gdpr", "intrusione nei nostri",
		"incidente de ciberseguranca", "incidente com*dados", "seus dados*comprometidos", "teus dados*comprometidos", "seus dados*expostos", "teus dados*expostos", "seus dados*roubados", "teus dados*roubados", "exposicao dos seus dados",
		"acesso indevido aos nossos",
		"cyberincident", "we zijn gehackt", "wij zijn gehackt", "je gegevens*gelekt", "uw gegevens*gelekt", "je gegevens*buitgemaakt", "uw gegevens*buitgemaakt", "je gegevens*gestolen", "uw gegevens*gestolen", "je gegevens*ingezien",
		"uw gegevens*ingezien", "uw persoonsgegevens*ingezien", "diefstal van klantgegevens", "misbruik van je gegevens", "misbruik van uw gegevens", "inbraak in onze",
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
		"password assistance", "lost password", "temporary password", "get back into your*account", "regain access", "trouble signing in", "trouble logging in", "reset*login", "forgot*username",
		"oubli de mot de passe", "oubli du mot de passe", "oublie*mot de passe", "mot de passe provisoire", "mot de passe temporaire", "lien de reinitialisation", "renouvellement*mot de passe", "demande*mot de passe", "modifier*mot de passe",
		"modification du mot de passe", "recuper*mot de passe", "recuper*votre compte", "recuper*ton compte", "recuper*acces", "difficultes pour vous connecter", "difficultes a vous connecter",
		"~passworthilfe", "passwort-reset", "passwort*anfordern", "passwort*anforderung", "vorlaufiges passwort", "temporares passwort", "wiederherstellung*konto", "konto*wiederherstell", "zugangsdaten vergessen", "probleme beim anmelden",
		"probleme beim einloggen", "probleme bei der anmeldung",
		"olvid*contrasena", "contrasena nueva", "contrasena temporal", "contrasena provisional", "solicitado cambiar", "cambiado*contrasena", "enlace para cambiar", "ayuda con tu contrasena", "ayuda con su contrasena", "recordatorio de contrasena", "solicit*contrasena",
		"recuper*clave", "recuper*acceso", "recuper*cuenta", "problemas para iniciar sesion", "problemas para acceder",
		"password provvisoria", "password temporanea", "cambio*password", "cambiato*password", "chiesto di cambiare", "recuper*credenziali", "recuper*accesso", "recuper*dati di accesso", "recuper*account", "ripristin*accesso", "problemi di accesso",
		"dimenticato*password",
		"esquec*senha", "esquec*palavra-passe", "esquec*password", "repo*palavra-passe", "repo*password", "redefin*password", "recuper*palavra-passe", "recuper*acesso", "recuper*conta|", "alter*senha", "alter*password", "alteracao*palavra-passe",
		"nova password", "senha temporaria", "senha provisoria", "problemas para entrar", "problemas para aceder",
		"wachtwoordherstel", "wachtwoord reset", "wachtwoordreset", "wachtwoord*wijzigen", "wachtwoord*vergeten", "tijdelijk wachtwoord", "hulp bij je wachtwoord", "hulp bij uw wachtwoord", "herstel*account", "toegang*herstellen",
		"problemen met inloggen", "problemen bij het inloggen", "inloggegevens vergeten",
		"instructions pour changer*mot de passe", "instructions pour reinitialiser", "anleitung*passwort", "reinici*contrasena", "instrucciones para restablecer", "istruzioni*password", "senha modificada", "senha*redefinicao", "mudanca de senha",
		"troca de senha", "wachtwoord veranderd",
		"update password", "password update", "~passwort*aktualisiert", "~passwortaktualisierung", "mise a jour*mot de passe", "actualiz*contrasena", "aggiorn*password", "atualiz*senha", "wachtwoord bijwerken",
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
		"account activeren", "voltooi*registratie", "rond je registratie", "rond uw registratie", "inloglink",
		"potwierdz*adres", "potwierdz*e-mail", "kod weryfikacyjny", "bekrafta*e-post", "bekraft*e-mail", "bekreft*e-post", "~подтвердите", "~код подтверждения", "~確認コード", "~メールアドレスの確認", "~验证码", "~验证您的",
		"validate your email", "validate your e-mail", "validate your account", "confirm your address", "confirm it's you", "verify it's you", "verifying your email", "verified your email", "email*has been verified", "haven't verified",
		"account confirmation", "activation link", "activation code", "finish creating your", "one-time pass", "single-use code", "otp|", "is your*code", "code*to sign in", "code*to log in", "code*to continue", "code*to verify", "your pin|", "pin code",
		"login verification", "finish signing in", "link to log in", "link to sign in", "log in*with this link", "sign in*with this link", "complete*registration on", "complete*registration at",
		"confirmation de*adresse", "confirmation de*compte", "confirme*votre adresse", "verification de*adresse", "verification de*e-mail", "verification de*compte", "validation de*compte", "validation de*e-mail", "validation de*inscription",
		"valider votre", "valide ton", "valide ta", "lien d'activation", "finalis*compte", "finalis*inscription", "terminez votre*inscription", "adresse*confirmee", "adresse*verifiee", "activation de ton compte", "est votre code", "code otp",
		"code temporaire", "code provisoire", "code secret", "code d'identification", "code d'activation", "code de validation", "code*pour continuer", "code*pour vous connecter", "code*pour te connecter", "lien magique", "connectez-vous*en un clic",
		"e-mail-verifizierung", "e-mail-bestatigung", "e-mail-adresse*bestatigt", "e-mail*verifiziert", "verifiziere*mail", "aktivierungslink", "aktivierungscode", "aktivierung*konto", "aktivierung*zugang", "aktivierung*account", "freischaltung ihres", "freischaltung deines",
		"freischaltcode", "login-code", "logincode", "authentifizierungscode", "code zur bestatigung", "code zur anmeldung", "code fur*anmeldung", "code ein, um", "einmalpasswort", "einmalkennwort", "tan fur", "~anmeldelink", "~login-link",
		"bestatigungsnummer", "schlie*registrierung ab", "schlie*anmeldung bei", "bestatigung ihrer registrierung", "bestatigung deiner registrierung", "mit diesem link meld", "mit diesem link anmelden",
		"confirm*correo", "confirme*direccion", "confirme*registro", "confirme*cuenta", "confirmacion de*cuenta", "confirmacion de*correo", "valida*cuenta", "valida*correo", "valide*cuenta", "valide*correo", "correo*verificado", "correo*confirmado",
		"verificado*correo", "verificacion de*correo", "verificacion de*cuenta", "enlace de activacion", "enlace magico", "enlace para iniciar", "enlace para acceder", "enlace para entrar", "entra*con este enlace", "accede*con este enlace", "codigo otp",
		"codigo de activacion", "codigo de autenticacion", "codigo de un solo uso", "codigo*para continuar", "codigo*para entrar", "codigo*para iniciar", "clave temporal", "clave de un solo uso", "pin de acceso", "termina*tu registro", "termina de crear",
		"confirma que eres", "verifica que eres",
		"conferm*posta elettronica", "convalid*account", "convalid*email", "convalid*e-mail", "email*verificata", "e-mail*verificata", "link di attivazione", "link magico", "acced*con questo link", "entra*con questo link", "codice di attivazione",
		"codice di autenticazione", "codice otp", "codice monouso", "codice temporaneo", "codice per*accesso", "codice*per continuare", "codice*per accedere", "password usa e getta", "password monouso", "pin di accesso", "termina*creazione",
		"confirm*registo", "confirm*cadastro", "confirmacao de conta", "confirmacao da*conta", "confirmacao de e-mail", "valid*sua conta", "valid*endereco", "valid*e-mail", "conclu*registo", "conclu*cadastro", "finaliz*registo", "finaliz*cadastro",
		"termin*sua conta", "termin*registo", "e-mail*verificado", "e-mail*confirmado", "email*verificado", "email*confirmado", "verificacao de e-mail", "verificacao de email", "verificacao do*e-mail", "link de ativacao", "link de confirmacao",
		"entr*com este link", "aced*com este link", "ativacao de conta", "codigo de ativacao", "codigo de autenticacao", "codigo de uso unico", "codigo de login", "codigo temporario", "pin de acesso", "token de acesso", "confirm*que e voce",
		"is je*code", "is uw*code", "hier is je code", "eenmalige code", "eenmalig wachtwoord", "eenmalig*code", "tijdelijke code", "activeringscode", "activatiecode", "authenticatiecode", "identificatiecode", "tan-code", "magische link",
		"log in*met deze link", "inloggen*met deze link", "om in te loggen", "activatielink", "accountactivatie", "activering van*account", "account bevestigen", "aanmelding*ronden", "e-mailadres*bevestigd", "e-mailadres*geverifieerd", "valideer*e-mail",
		"verificatie van*e-mail", "bevestig dat jij",
		"confirmation instructions", "confirm email", "confirm your sign-up", "confirm your signup", "email confirmation", "instructions de confirmation", "confirmez*courriel", "confirmer votre inscription", "confirmer votre adresse", "confirmer votre compte", "confirmer ton compte", "confirmer ton inscription", "courriel de confirmation",
		"bestatigung deines*konto", "bestatigung ihres*konto", "bestatigung deiner e-mail", "bestatigung ihrer e-mail", "anleitung zur bestatigung", "instrucciones de confirmacion", "confirme*correo", "correo de confirmacion", "istruzioni di conferma",
		"istruzioni per confermare", "email di conferma", "e-mail di conferma", "instrucoes de confirmacao", "instrucoes para confirmar", "email de confirmacao", "e-mail de confirmacao", "e-mail bevestigen", "instructies*bevestig", "bevestigingsmail",
		"verify new email", "verify*new email", "e-mail verifizieren", "verification*courriel", "verific*correo",
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
		"from a new browser", "new ip address", "unrecogni", "was this you", "recovery codes", "ssh key*added", "access token*created", "access token*added", "api key*created", "api key*added", "password will expire", "password*expires", "signed into",
		"accessed from", "access to your account", "noticed a*login", "blocked*sign-in", "blocked*login",
		"s'est connecte a", "est-ce bien vous", "etait-ce vous", "tente de vous connecter", "tentative d'acces", "appareil non reconnu", "appareil inconnu", "appareil de confiance", "appareil*connecte", "securite de votre compte",
		"connexion a votre compte", "connexion a votre espace", "connexion detectee",
		"login von", "login aus", "neuer browser erkannt", "einem neuen browser", "unbekanntes gerat", "unbekannten gerat", "gerat*verbunden", "hat sich*angemeldet", "warst du das", "waren sie das", "zugriff auf ihr", "zugriff auf dein", "loginversuch",
		"login-versuch", "zugriffsversuch",
		"acceso sospechoso", "acceso desde", "acceso inusual", "has sido tu", "fuiste tu", "has iniciado sesion", "accedido a tu cuenta", "accedido a su cuenta", "intento de acceso", "dispositivo no", "dispositivo*conectado", "llave de acceso",
		"clave de acceso", "aplicacion conectada", "inicio de sesion",
		"accesso sospetto", "accesso insolito", "accesso da", "accesso rilevato", "accesso al tuo account", "notifica di accesso", "sei stato tu", "dispositivo non", "dispositivo*collegato", "allerta di sicurezza", "chiave di accesso",
		"acesso suspeito", "acesso incomum", "acesso invulgar", "foi voce?", "foste tu?", "entrou na sua conta", "login em", "dispositivo nao", "dispositivo*ligado", "chave de acesso", "autenticacao de dois", "tentativa de inicio",
		"onbekend apparaat", "apparaat*gekoppeld", "nieuwe login", "was jij dit", "was u dit", "ben jij dit", "veiligheidsmelding", "twee-factor", "twee factor", "inlog vanuit", "inlog vanaf", "inloggen vanaf", "hebt ingelogd", "heeft ingelogd",
		"security key", "recovery code", "unlock instructions", "unlock your*account", "cle de securite", "cles de securite", "codes de recuperation", "deverrouill*compte", "debloqu*compte", "sicherheitsschlussel", "wiederherstellungscode",
		"~konto entsperren", "~konto*entsperr", "entsperrung*konto", "llave de seguridad", "clave de seguridad", "codigos de recuperacion", "desbloque*cuenta", "para desbloquear", "chiave di sicurezza", "chiavi di sicurezza", "codici di recupero",
		"istruzioni di sblocco", "sblocc*account", "chave de seguranca", "chaves de seguranca", "codigos de recuperacao", "instrucoes de desbloqueio", "desbloque*conta", "beveiligingssleutel", "herstelcode", "account*ontgrendel", "account deblokkeren",
		"login error", "failed login", "failed sign-in", "erreur de connexion", "fehlgeschlagene anmeldung", "inlogfout", "errore di accesso", "erro de login",
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
		"registration complete", "registration is complete", "registration at*successful", "opening your*account", "account*is active", "account*is now active", "account*has been activated", "account*has been opened", "account*has been set up",
		"your account details", "your login details", "your username", "your user name", "your membership*begun", "your membership*active", "you're now a*member", "your*trial starts", "your*trial has started", "set up your*profile",
		"thank you for creating",
		"compte*est pret", "compte*est actif", "compte*est ouvert", "inscription reussie", "inscription*confirmee", "espace client*accessible", "espace client*disponible", "espace client*ouvert", "espace personnel*ouvert", "ouverture de*compte",
		"votre identifiant", "vos identifiants", "periode d'essai commence", "periode d'essai*commence", "ravis de vous accueillir", "ravis de vous compter", "de te compter parmi", "de vous compter parmi", "merci d'avoir rejoint",
		"carte de fidelite*activee", "vos premiers pas", "tes premiers pas",
		"willkommen im*club", "willkommen an bord", "~konto*startklar", "~konto*angelegt", "~konto*freigeschaltet", "~konto*eroffnet", "~konto*aktiviert", "account*angelegt", "account*erstellt", "account*freigeschaltet", "~registrierungsbestatigung",
		"~kontoeroffnung", "ihre zugangsdaten", "deine zugangsdaten", "benutzername", "probezeit beginnt", "probezeit*beginnt", "probemonat*beginnt", "mitgliedschaft bei", "neues kundenkonto", "du bist jetzt mitglied", "sie sind jetzt mitglied",
		"schon, dass du da", "schon, dass sie da", "deine ersten schritte", "ihre ersten schritte",
		"ya formas parte", "cuenta*ya esta lista", "cuenta*esta lista", "cuenta*abierta", "abierto tu cuenta", "cuenta*activada", "area de cliente*disponible", "alta de usuario", "alta de cliente", "datos de acceso", "nombre de usuario",
		"periodo de prueba empieza", "periodo de prueba*empieza", "periodo de prueba*comienza", "tus primeros pasos", "nueva cuenta de", "registro*con exito",
		"account*e pronto", "account*e attivo", "account*attivato", "ora fai parte", "credenziali di accesso", "dati di accesso", "nome utente", "prova gratuita inizia", "prova gratuita e iniziata", "aperto il tuo conto", "area personale*attiva",
		"avvenuta registrazione", "iscrizione completata", "registrazione*buon fine", "tuoi primi passi",
		"conta*esta pronta", "conta*esta ativa", "conta*esta aberta", "conta*ja esta ativa", "conta*foi ativada", "agora*faz parte", "ja faz parte", "registo*sucesso", "cadastro*sucesso", "seu cadastro", "criacao da*conta", "dados de acesso",
		"nome de usuario", "nome de utilizador", "periodo experimental comeca", "periodo experimental*comeca", "periodo de teste*comeca", "seus primeiros passos", "teus primeiros passos",
		"account is klaar", "account*is klaar", "account*is actief", "account*geactiveerd", "van harte welkom", "hartelijk welkom", "je eerste stappen", "uw eerste stappen", "omgeving staat klaar", "je inloggegevens", "uw inloggegevens", "gebruikersnaam",
		"proefperiode begint", "proefperiode*begint", "rekening*geopend", "nu lid van",
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
		"your tickets for", "your tickets are", "e-ticket", "your itinerary", "billing statement", "direct debit", "sent a payment", "order*delivered", "order*on its way", "booking*confirmed", "payment failed", "payment was unsuccessful",
		"voici vos billets", "billets electroniques", "votre billet pour le", "votre e-billet", "avis de prelevement", "prelevement de", "votre course du", "votre echeance", "votre panier est paye", "panier est paye", "remboursement de votre",
		"remboursement de ta", "ticket de caisse",
		"ihr ticket fur den", "dein ticket fur den", "lastschrift", "auftragsbestatigung", "eingangsbestatigung", "gutschrift zu", "bestellung*eingegangen", "bestellung*unterwegs", "bestellung*geliefert", "danke fur*einkauf", "danke fur*bestellung",
		"dank fur*einkauf", "buchung*bestatigt",
		"cargo en tu", "cargo en su", "transferencia*realizad", "transferencia*recibid", "extracto*disponible", "tus entradas ya", "billete electronico", "justificante de", "no hemos podido cobrar", "pedido*en camino", "pedido*entregado",
		"reserva*confirmada",
		"biglietto elettronico", "bonifico eseguito", "bonifico ricevuto", "addebito di", "addebito sul", "spedito*ordine", "bolletta*disponibile", "bolletta*pronta", "scontrino", "ordine*confermato", "ordine*spedito", "ordine*in arrivo",
		"riepilogo*acquisto", "riepilogo*ordine", "prenotazione*confermata",
		"bilhete eletronico", "sua assinatura", "sua subscricao", "debito direto", "encomenda*a caminho", "encomenda foi entregue", "pedido*a caminho", "encomenda*confirmada", "resumo da*compra", "pix enviado", "pix recebido",
		"incasso van", "verzendbevestiging", "bevestiging van*aankoop", "bevestiging van*bestelling", "bestelling*bevestigd", "bestelling*bezorgd", "bestelling*onderweg", "overzicht van*aankoop", "afschrijving van",
	}},
	{classNotice, []string{
		"terms of service", "terms of use", "terms and conditions", "our terms", "privacy policy", "privacy notice", "privacy statement", "user agreement", "your statement", "statement is ready", "account statement", "your account statement", "changes to our", "updates to our",
		"conditions generales", "conditions d'utilisation", "conditions*utilisation", "politique de confidentialite", "charte de confidentialite", "protection de vos donnees", "votre releve", "releve de compte", "mise a jour des conditions", "mise a jour de nos", "evolution de nos conditions",
		"nutzungsbedingungen", "agb|", "geschaftsbedingungen", "datenschutzerklarung", "datenschutzhinweise", "datenschutzbestimmungen", "datenschutzrichtlinie", "~kontoauszug", "kontoauszuge", "anderung*bedingungen", "aktualisierung unserer",
		"terminos de servicio", "terminos de uso", "terminos y condiciones", "cambios en*terminos", "cambios en los terminos", "nuestros terminos", "condiciones de uso", "condiciones generales", "politica de privacidad", "aviso de privacidad", "tu extracto", "su extracto", "extracto de*cuenta", "estado de cuenta",
		"termini di servizio", "termini e condizioni", "condizioni d'uso", "condizioni di utilizzo", "condizioni generali", "nostri termini", "informativa sulla privacy", "informativa privacy", "estratto conto", "aggiornamento*condizioni", "aggiornamento*termini",
		"termos de servico", "termos de uso", "termos de utilizacao", "termos e condicoes", "nossos termos", "condicoes de utilizacao", "condicoes gerais", "politica de privacidade", "aviso de privacidade", "seu extrato", "extrato de conta", "extrato da*conta", "extrato mensal",
		"voorwaarden", "gebruiksvoorwaarden", "servicevoorwaarden", "privacybeleid", "privacyverklaring", "rekeningafschrift", "rekeningoverzicht", "je afschrift", "uw afschrift", "afschrift|", "wijziging*voorwaarden",
		"storage*full", "your*export is ready", "copy of your data", "data*ready to download", "subscription*expire", "plan*expire", "card*expiring", "card*expires", "account*inactive", "due to inactivity", "your points*expire", "trial ends",
		"trial expires", "trial is ending", "important information about your*account", "important notice about your*account", "updated terms", "new terms",
		"compte*inactif", "pour inactivite", "carte bancaire*expire", "carte*expire bientot", "periode d'essai*termine", "essai gratuit*termine", "information importante*compte", "information importante concernant votre compte", "document*espace client",
		"messagerie securisee", "espace de stockage", "stockage*plein", "points*expiration", "points*expirent", "votre export", "cgu|", "cgv|",
		"~konto*inaktiv", "inaktivitat", "speicher*voll", "kreditkarte*lauft", "~datenexport", "probemonat*endet", "probezeit*endet", "preisanpassung", "punkte verfallen", "~dokument*postfach", "kundenpostfach", "wichtige information*konto",
		"ihr vertrag bei", "dein vertrag bei",
		"cuenta*inactiva", "por inactividad", "tarjeta*caduc", "prueba gratuita*termina", "prueba gratuita*finaliza", "almacenamiento*lleno", "puntos*caduc", "descarga de datos", "informacion importante*cuenta", "documento*area de cliente",
		"mensaje en su buzon", "condiciones*cambian", "cambios en nuestras", "cambios en nuestros",
		"account*inattivo", "per inattivita", "carta*scadere", "carta*in scadenza", "abbonamento*scadere", "abbonamento*scadenza", "abbonamento*rinnov", "variazione di prezzo", "punti*scadere", "prova gratuita*termina", "dati*pronti per il download",
		"documento*area", "comunicazione nella tua", "informazioni importanti*account", "archiviazione*esaurit", "modifiche ai nostri",
		"conta*inativa", "por inatividade", "cartao*expirar", "assinatura*expirar", "subscricao*expirar", "subscricao*renovada", "alteracao do preco", "alteracao de preco", "pontos*expirar", "periodo de teste termina", "periodo de teste*termina",
		"dados*prontos para", "mensagem na sua caixa", "informacoes importantes*conta", "armazenamento*cheio", "alteracoes aos nossos",
		"account*inactief", "wegens inactiviteit", "creditcard verloopt", "creditcard*verloopt", "opslag*vol|", "punten verlopen", "proefperiode eindigt", "proefperiode*eindigt", "gegevens staan klaar", "nieuw document in", "bericht voor je klaar",
		"belangrijke informatie over je account", "belangrijke informatie over uw account", "prijswijziging",
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
		"new match|", "viewed your profile", "unread notification", "reply to your post", "friends with you",
		"non lues", "consulte votre profil", "reponse a votre", "concernant votre annonce", "nouveau match", "accepte ton", "commence a vous suivre",
		"ungelesene", "neues match", "neuen follower", "antwort auf dein", "profil besucht", "profil angesehen", "zu deiner anzeige", "zu ihrer anzeige", "anfrage angenommen", "anfrage*angenommen",
		"seguidor|", "respuesta a tu", "notificaciones sin leer", "visto tu perfil", "sobre tu anuncio", "nuevo match", "acepto tu", "aceptado tu",
		"notifiche non lette", "risposta al tuo", "risposta alla tua", "visto il tuo profilo", "accettato la tua", "per il tuo annuncio", "nuovo match",
		"notificacoes por ler", "notificacoes nao lidas", "viu o seu perfil", "viu seu perfil", "resposta a sua", "sobre o seu anuncio", "sobre seu anuncio", "novo match", "aceitou o seu", "aceitou seu", "enviou-lhe uma",
		"ongelezen", "profiel bekeken", "reactie op je", "over je advertentie", "nieuwe match", "verzoek geaccepteerd", "verzoek*geaccepteerd",
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
