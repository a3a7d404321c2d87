package sms

import "strings"

// The words below are folded: lower case, no accents. They grew out of the
// word lists of 2fhey (github.com/SoFriendly/2fhey, CC0 1.0), sharpened for
// English, French, German, Spanish, Italian, Portuguese and Dutch.

// codeNouns name a code; so do compounds that end in "code", see isCodeNoun.
var codeNouns = set(`code codes pin otp tan passcode password passwort kennwort einmalkennwort einmalpasswort codigo codigos clave contrasena
	senha codice codici wachtwoord kod kode код пароль 验证码 驗證碼 校验码 动态码 确认码 認証コード 確認コード 인증번호`)

// codeMarks stand inside a run of characters in languages without spaces.
var codeMarks = []string{"验证码", "驗證碼", "校验码", "动态码", "确认码", "認証コード", "確認コード", "인증번호"}

// otherCodes are codes of another kind.
var otherCodes = set(`postcode barcode qrcode qr zipcode landcode gutscheincode rabattcode aktionscode vorteilscode promocode couponcode vouchercode kortingscode
	abholcode afhaalcode ophaalcode turcode zustellcode bezorgcode paketcode swiftcode`)

// qualifiers stand between a sender's name and the code it names.
var qualifiers = set(`verification security confirmation login log in sign signin signup up one time onetime single use authentication authorization authorisation
	access activation account temporary 2fa validation registration recovery reset digit digits 4 5 6 8 new sms text phone mobile number id unique online
	securite connexion usage identification inscription temporaire provisoire compte acces
	anmeldung verifizierung bestatigung registrierung sicherheit zur zum als konto
	verificacion seguridad confirmacion acceso activacion inicio sesion registro cuenta unico solo uso
	verifica sicurezza conferma accesso attivazione monouso temporaneo
	verificacao seguranca confirmacao ativacao autenticacao conta entrada unica
	verificatie beveiliging bevestiging inloggen eenmalige toegang
	connecter acceder accedere aceder entrar iniciar sessao sesion sessione einloggen`)

// joiners lead from the code to whose it is.
var joiners = set(`for with of to pour de d du des la le l les fur von bei beim para del della dello di do da no na per su en el il lo voor van bij met o a um uma un une il on the die der das den dem`)

// forWords lead from a code to whose it is.
var forWords = set("for pour fur para per voor bei")

// leading are articles that names may begin with.
var leading = set("la le les el los las il the")

// owners stand before the name of a sender: "your Shop code".
var owners = set(`your votre ton ta vos dein deine deinen deinem deiner ihr ihre ihren ihrem ihrer tu su tuo tua suo sua il seu teu o je jouw uw sinun twoj din ваш your's`)

// articles do the same, less surely.
var articles = set("the a an as le la un une el als ein das der die een het de")

// links stand between a code and its name or after it.
var links = set("is are est sont ist lautet lauten es son e sono sera luidt zijn это jest ser")

// accountNouns name an account.
var accountNouns = set("account accounts compte konto cuenta conta benutzerkonto kundenkonto profil perfil profilo profile")

// never are words with a capital that are no sender's name.
var never = set(`enter use using please security login never type this that these those verify confirm confirmation verification access new code codes dear hi hello hey welcome thanks thank
	do don't not if it its it's in on at to for from with and or no yes ok no-reply info information important urgent attention reminder notice alert warning message msg sms text mms
	one one-time onetime time your you we our his her their my me app account number phone mobile device email mail e-mail internet web online today tomorrow valid expires expire date
	pin otp tan id qr url wifi wi-fi wlan pickup delivery order booking reservation appointment ticket package parcel shipment flight train gate door entry room meeting conference voucher promo coupon
	monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october november december
	bonjour bonsoir salut cher chere madame monsieur mme mr mrs ms dr merci rappel saisissez entrez utilisez votre vos ton ta ne ce cette ces il elle le la les un une des du de d pour par sur avec nouveau nouvelle
	livraison retrait colis commande rendez-vous rdv validite expire numero client espace compte service connexion identification lundi mardi mercredi jeudi vendredi samedi dimanche
	janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre
	hallo guten tag herr frau liebe lieber bitte geben gib verwende verwenden sie nutze nutzen der die das den dem ein eine dein deine ihr ihre ihren anmeldung registrierung bestellung lieferung termin sendung paket abholung
	konto uberweisung zahlung freigabe auftrag karte kreditkarte einkauf kauf kunde kundennummer nummer handy mobilnummer rufnummer telefonnummer gerat bestatigung sicherheit verifizierung aktivierung online-banking banking dienst diesen diese dieser
	montag dienstag mittwoch donnerstag freitag samstag sonntag januar februar marz juni juli oktober dezember minuten uhr
	hola estimado estimada tu su tus sus usa use ingresa introduce introduzca el la los las un una para por con en nuevo nueva pedido entrega recogida cita envio paquete cliente cuenta telefono movil numero lunes martes miercoles jueves viernes sabado domingo
	enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre
	ciao gentile caro cara inserisci inserisca usi il lo la i gli le un uno una per con nuovo nuova ordine consegna ritiro appuntamento spedizione pacco cliente conto telefono cellulare numero lunedi martedi mercoledi giovedi venerdi sabato domenica
	gennaio febbraio aprile maggio giugno luglio settembre ottobre dicembre
	ola caro cara prezado prezada seu sua insira digite o a os as um uma para por com novo nova encomenda pedido entrega levantamento consulta envio cliente conta telefone telemovel celular numero segunda terca quarta quinta sexta
	janeiro fevereiro marco maio junho julho setembro outubro novembro dezembro
	beste geachte gebruik vul voer je jouw uw het de een voor met nieuw nieuwe bestelling bezorging levering afspraak zending pakket klant rekening telefoon nummer maandag dinsdag woensdag donderdag vrijdag zaterdag zondag
	maart mei augustus januari februari`)

// themes are stems that tell what a message is about.
type theme uint8

const (
	themeStrong    theme = 1 << iota // proof of identity
	themeDelivery                    // parcels and pick-up
	themePromotion                   // rebates
	themeElsewhere                   // doors, networks, meetings
	themePayment                     // a purchase or a transfer
	themeAlert                       // something happened to an account
	themeOff                         // something was switched off
	themeLure                        // what smishing speaks about
)

var themeStems = []struct {
	theme theme
	stems string
}{
	{themeStrong, `verif securi sicherheit bestatig anmelde anmeldung login authent valida validez 2fa otp passcode einmal beveilig inlog seguridad seguranca sicurezza
		confirmation confirmacion confirmacao conferma bevestig activation activa aktivier attiva ativa identi connexion zugang toegang acceso accesso acesso sign`},
	{themeDelivery, `deliver pickup pick-up collect courier driver parcel package shipment livraison livreur retrait colis relais consigne coursier abhol packstation liefer zustell paket sendung
		entrega recogida recoger repartidor paquete retirada encomenda estafeta consegna ritiro corriere pacco bezorg afhaal ophaal pakket locker casier`},
	{themePromotion, `promo discount voucher coupon rebate sale remise reduction soldes rabatt gutschein angebot descuento cupon oferta sconto offerta desconto cupom korting aanbieding`},
	{themeElsewhere, `wifi wi-fi wlan door gate porte digicode immeuble portail interphone tur tuer haustur puerta portal porta portao cancello deur poort meeting reunion besprechung riunione reuniao vergadering airbnb-code keybox lockbox`},
	{themePayment, `payment purchase transfer paiement achat virement zahlung einkauf uberweisung lastschrift pago compra transferencia pagamento acquisto bonifico betaling aankoop overboeking card carte karte tarjeta carta cartao kaart debit`},
	{themeAlert, `alert alerte warnung alerta avviso waarschuwing login connexion anmeldung inicio accesso acesso inlog payment paiement zahlung pago pagamento betaling debit virement transfer password passwort contrasena senha wachtwoord blocked bloque gesperrt`},
	{themeOff, `off disabl deactiv desactiv deaktiv ausgeschalt abgeschalt disattiv desativ uitgeschakeld`},
	{themeLure, `toll peage maut peaje pedaggio portagem fine amende bussgeld multa boete suspend suspendu bloque gesperrt locked blocked unlock debloquer bloqueada bloqueado bloccato geblokkeerd refund remboursement erstattung reembolso rimborso terugbetaling
		customs douane zoll aduana dogana alfandega tax impot steuer parcel colis paket paquete pacco encomenda pakket unpaid impaye ausstehend vitale`},
}

// twoStep are ways to say second step, words joined by spaces.
var twoStep = []string{
	"two step", "two factor", "2 step", "2 factor", "2fa", "login verification", "deux etapes", "deux facteurs", "double authentification", "zwei faktor", "zwei schritt", "zweistufig",
	"dos pasos", "doble factor", "dos factores", "due passaggi", "due fattori", "duas etapas", "dois fatores", "dois passos", "tweestaps", "twee stappen", "tweefactor",
}

// counted are words that make the number after them something else than a code.
var counted = set(`order orders commande bestellung bestellnummer auftrag auftragsnummer pedido ordine encomenda bestelling tracking suivi sendungsnummer envio spedizione zending ref reference referenz referencia riferimento
	ticket invoice facture rechnung rechnungsnummer factura fattura fatura factuur flight vol flug vuelo volo voo vlucht train zug tren treno comboio trein no nr numero number nummer n num dossier kundennummer case stop call
	appelez appeler llame llama chiama ligue bel rufen tel telephone telefon card carte karte tarjeta carta cartao kaart ending endet endend finissant terminant terminada terminado termina terminata final eindigend endziffern iban rib`)

// money marks an amount.
var money = set("€ $ £ ¥ ₹ eur euro euros usd dollar dollars gbp chf fr cad aud brl real reais r$ rs inr kr sek nok dkk pln zl mxn")

// units make a number a measure.
var units = set("h uhr heures hours ore horas uur min mn minutes minuten minuti minutos minuten km m kg g mb gb mo go ko points pts punkte puntos punti pontos punten miles jours days % steps")

// stemIndex finds themes by the first letter.
type stemIndex [256][]struct {
	stem  string
	theme theme
}

func newStemIndex() *stemIndex {
	x := &stemIndex{}
	for _, t := range themeStems {
		for _, s := range strings.Fields(t.stems) {
			x[s[0]] = append(x[s[0]], struct {
				stem  string
				theme theme
			}{s, t.theme})
		}
	}
	return x
}

// of returns the themes of a folded word.
func (x *stemIndex) of(word string) (out theme) {
	for _, s := range x[word[0]] {
		// Short stems are whole words: "tur" is a door, "turn" is none.
		if strings.HasPrefix(word, s.stem) && (len(s.stem) > 4 || len(word) == len(s.stem)) || s.stem == "verif" && strings.HasPrefix(word, s.stem) {
			out |= s.theme
		}
	}
	return out
}
