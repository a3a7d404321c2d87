package mailbox

import "testing"

// Every class is told in each of the seven languages, and what only sounds like
// one is not taken for it.
func TestClassify(t *testing.T) {
	for language, subjects := range map[string]map[string]class{
		"English": {
			"Verify your email address": classVerification, "482913 is your Shop verification code": classVerification, "Activate your Shop account": classVerification,
			"Welcome to Shop, Pat": classSignUp, "Your Shop account has been created": classSignUp, "Reset your Shop password": classReset, "Your password was changed": classReset,
			"New sign-in from Linux": classSecurity, "2-Step Verification turned on": classSecurity, "A phone number was added to your account": classContact, "Your email address has been changed": classContact,
			"Your receipt from Shop": classOrder, "Your order #1234 has shipped": classOrder, "Invoice 2023-11": classOrder, "We're updating our Terms of Service": classNotice, "Your statement is ready": classNotice,
			"Your account has been closed": classClosed, "Sorry to see you go": classClosed, "Notice of data breach": classBreach, "Security incident at Shop": classBreach, "Ann mentioned you": classSocial, "You have a new follower": classSocial,
			"Confirm your subscription": classNewsletter, "You have been unsubscribed": classNewsletter, "Ann invited you to join Shop": classNewsletter, "10,000 verified reviews": classNewsletter, "Welcome to our summer sale": classNewsletter,
			"Save up to 50%": classNewsletter, "Flash sale: verify your luck": classNewsletter, "Out of office: Re: your order": classNone, "Undelivered Mail Returned to Sender": classNone, "Invitation: lunch @ Fri": classNone, "Lunch?": classNone,
		},
		"French": {
			"Confirmez votre adresse e-mail": classVerification, "Votre code de vérification": classVerification, "Activez votre compte": classVerification, "Bienvenue chez Shop !": classSignUp,
			"Votre compte Shop a été créé": classSignUp, "Merci de votre inscription": classSignUp, "Réinitialisation du mot de passe": classReset, "Votre mot de passe a été modifié": classReset, "Nouvelle connexion à votre compte": classSecurity,
			"Alerte de sécurité": classSecurity, "Numéro de téléphone ajouté": classContact, "Votre adresse e-mail a été modifiée": classContact, "Votre reçu de Shop": classOrder, "Confirmation de commande": classOrder, "Votre facture": classOrder,
			"Mise à jour des conditions d’utilisation": classNotice, "Politique de confidentialité": classNotice, "Votre compte a été supprimé": classClosed, "Clôture de votre compte": classClosed, "Violation de données personnelles": classBreach,
			"Incident de sécurité": classBreach, "Ann vous a mentionné": classSocial, "Nouveau message de Ann": classSocial,
			"-20 % sur tout": classNewsletter, "Confirmez votre abonnement à la newsletter": classNewsletter, "Ann vous a invité à rejoindre Shop": classNewsletter, "Soldes : jusqu’à -50%": classNewsletter, "Désinscription confirmée": classNewsletter,
			"Réponse automatique : votre commande": classNone, "On mange ensemble ?": classNone,
		},
		"German": {
			"Bestätige deine E-Mail-Adresse": classVerification, "Bitte bestätigen Sie Ihre E-Mail-Adresse": classVerification, "Dein Bestätigungscode": classVerification, "Konto aktivieren": classVerification, "Willkommen bei Shop": classSignUp,
			"Dein Shop-Konto wurde erstellt": classSignUp, "Danke für deine Registrierung": classSignUp, "Setze dein Passwort zurück": classReset, "Passwort zurücksetzen": classReset, "Ihr Kennwort wurde geändert": classReset, "Neue Anmeldung bei Shop": classSecurity,
			"Sicherheitswarnung": classSecurity, "Telefonnummer hinzugefügt": classContact, "Deine E-Mail-Adresse wurde geändert": classContact, "Deine Rechnung von Shop": classOrder, "Bestellbestätigung": classOrder, "Ihre Bestellung wurde versandt": classOrder,
			"Änderung unserer Nutzungsbedingungen": classNotice, "Ihr Kontoauszug": classNotice, "Dein Konto wurde gelöscht": classClosed, "Ihr Kundenkonto wurde geschlossen": classClosed, "Information zu einer Datenpanne": classBreach, "Sicherheitsvorfall": classBreach,
			"Ann hat dich erwähnt": classSocial, "Neue Nachricht von Ann": classSocial,
			"20 % Rabatt auf alles": classNewsletter, "Newsletter-Anmeldung bestätigen": classNewsletter, "Ann hat dich eingeladen": classNewsletter, "Unsere Angebote der Woche": classNewsletter, "Abwesenheitsnotiz: Ihre Bestellung": classNone, "Mittagessen?": classNone,
		},
		"Spanish": {
			"Confirma tu correo electrónico": classVerification, "Tu código de verificación": classVerification, "Activa tu cuenta": classVerification, "Te damos la bienvenida a Shop": classSignUp, "Tu cuenta ha sido creada": classSignUp, "Gracias por registrarte": classSignUp,
			"Restablecer tu contraseña": classReset, "Contraseña cambiada": classReset, "Nuevo inicio de sesión": classSecurity, "Alerta de seguridad": classSecurity, "Número de teléfono añadido": classContact, "Tu correo se ha modificado": classContact, "Correo modificado": classContact,
			"Tu recibo de Shop": classOrder, "Confirmación de pedido": classOrder, "Factura de noviembre": classOrder, "Pago recibido": classOrder, "Cambios en los términos de servicio": classNotice, "Política de privacidad": classNotice,
			"Tu cuenta ha sido eliminada": classClosed, "Cuenta cerrada": classClosed, "Filtración de datos": classBreach, "Incidente de seguridad": classBreach, "Ann te mencionó": classSocial, "Nuevo mensaje": classSocial,
			"20 % de descuento": classNewsletter, "Confirma tu suscripción": classNewsletter, "Ann te ha invitado": classNewsletter, "Rebajas de verano": classNewsletter, "Respuesta automática: tu pedido": classNone, "¿Comemos?": classNone,
		},
		"Italian": {
			"Conferma il tuo indirizzo e-mail": classVerification, "Il tuo codice di verifica": classVerification, "Attiva il tuo account": classVerification, "Benvenuto in Shop": classSignUp, "Grazie per esserti registrato": classSignUp, "Il tuo account è stato creato": classSignUp,
			"Reimposta la password": classReset, "Password modificata": classReset, "Nuovo accesso al tuo account": classSecurity, "Avviso di sicurezza": classSecurity, "Numero di telefono aggiunto": classContact, "Il tuo indirizzo e-mail è stato modificato": classContact,
			"La tua ricevuta": classOrder, "Conferma d’ordine": classOrder, "Fattura di novembre": classOrder, "Aggiornamento dei termini di servizio": classNotice, "Informativa sulla privacy": classNotice, "Il tuo account è stato eliminato": classClosed, "Account chiuso": classClosed,
			"Violazione dei dati personali": classBreach, "Incidente di sicurezza": classBreach, "Ann ti ha menzionato": classSocial, "Nuovo messaggio": classSocial,
			"Sconto del 20 %": classNewsletter, "Conferma la tua iscrizione alla newsletter": classNewsletter, "Ann ti ha invitato": classNewsletter, "Saldi estivi": classNewsletter, "Risposta automatica: il tuo ordine": classNone, "Pranzo?": classNone,
		},
		"Portuguese": {
			"Confirme seu e-mail": classVerification, "Seu código de verificação": classVerification, "Ative sua conta": classVerification, "Bem-vindo ao Shop": classSignUp, "Sua conta foi criada": classSignUp, "Obrigado por se cadastrar": classSignUp, "Redefinir senha": classReset,
			"Sua senha foi alterada": classReset, "Palavra-passe alterada": classReset, "Novo login na sua conta": classSecurity, "Alerta de segurança": classSecurity, "Número de telefone adicionado": classContact, "Seu e-mail foi alterado": classContact, "Seu recibo": classOrder,
			"Confirmação de pedido": classOrder, "Sua fatura": classOrder, "A tua encomenda foi enviada": classOrder, "Atualização dos termos de uso": classNotice, "Política de privacidade": classNotice, "Sua conta foi excluída": classClosed, "Conta encerrada": classClosed,
			"Violação de dados": classBreach, "Incidente de segurança": classBreach, "Ann mencionou você": classSocial, "Nova mensagem": classSocial,
			"20 % de desconto": classNewsletter, "Confirme sua assinatura": classNewsletter, "Ann convidou você": classNewsletter, "Promoção de verão": classNewsletter, "Resposta automática: seu pedido": classNone, "Almoço?": classNone,
		},
		"Dutch": {
			"Bevestig je e-mailadres": classVerification, "Je verificatiecode": classVerification, "Activeer je account": classVerification, "Welkom bij Shop": classSignUp, "Je account is aangemaakt": classSignUp, "Bedankt voor je registratie": classSignUp,
			"Wachtwoord opnieuw instellen": classReset, "Je wachtwoord is gewijzigd": classReset, "Nieuwe aanmelding bij je account": classSecurity, "Beveiligingswaarschuwing": classSecurity, "Telefoonnummer toegevoegd": classContact, "Je e-mailadres is gewijzigd": classContact,
			"Je factuur": classOrder, "Orderbevestiging": classOrder, "Je bestelling is verzonden": classOrder, "Wijziging van onze voorwaarden": classNotice, "Ons privacybeleid": classNotice, "Je account is verwijderd": classClosed, "Account gesloten": classClosed,
			"Melding van een datalek": classBreach, "Beveiligingsincident": classBreach, "Ann heeft je genoemd": classSocial, "Nieuw bericht van Ann": classSocial,
			"20 % korting": classNewsletter, "Bevestig je inschrijving voor de nieuwsbrief": classNewsletter, "Ann heeft je uitgenodigd": classNewsletter, "Aanbiedingen van de week": classNewsletter, "Automatisch antwoord: je bestelling": classNone, "Lunchen?": classNone,
		},
		"more": {
			"Potwierdź adres e-mail": classVerification, "Witamy w Shop": classSignUp, "Zresetuj hasło": classReset, "Välkommen till Shop": classSignUp, "Подтвердите адрес": classVerification, "Добро пожаловать": classSignUp, "Сброс вашего пароля": classReset,
			"Shopへようこそ": classSignUp, "パスワード再設定のご案内": classReset, "您的验证码": classVerification, "重置密码": classReset,
			"𝐖𝐞𝐥𝐜𝐨𝐦𝐞 𝐭𝐨 Shop": classSignUp, "Ｗｅｌｃｏｍｅ ｔｏ Shop": classSignUp, "Wel\u200bcome to Shop": classSignUp, "": classNone,
		},
	} {
		for subject, want := range subjects {
			if got := classify(header{}, subject); got != want {
				t.Errorf("%s: %q is %q, want %q", language, subject, got, want)
			}
		}
		if len(subjects) < 10 {
			t.Errorf("%s has %d subjects", language, len(subjects))
		}
	}
}

// Mail to many of no known wording is a newsletter.
func TestClassifyBulk(t *testing.T) {
	if got := classify(header{"precedence": {"Bulk"}}, "News of the week"); got != classNewsletter {
		t.Errorf("bulk mail is %q", got)
	}
}

// What only account holders pay for is told from what guests pay for.
func TestReceiptsOfAccounts(t *testing.T) {
	for subject, want := range map[string]class{
		"Your subscription has been renewed": classReceipt, "Your trip with Cab on Friday": classReceipt, "Your membership fee": classReceipt, "Renouvellement automatique demain": classReceipt, "Dein Guthaben wurde aufgeladen": classReceipt,
		"Tu saldo se ha recargado": classReceipt, "La tua ricarica è completa": classReceipt, "A tua viagem de sexta": classReceipt, "Je saldo is bijgewerkt": classReceipt,
		"Your parcel is on its way": classOrder, "Votre devis 2023-118": classOrder, "Ihr Paket kommt heute": classOrder, "Presupuesto de la reforma": classOrder, "Preventivo per la caldaia": classOrder, "Lembrete de pagamento": classOrder, "Uw afspraak bij de tandarts": classOrder,
	} {
		if got := classify(header{}, subject); got != want {
			t.Errorf("%q is %q, want %q", subject, got, want)
		}
	}
}
