package evidence_test

import (
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"unicode"

	"unlisted/checks/evidence"
)

// secretTexts are subjects and messages of services that hold a secret, {C}, at
// any place, by language.
var secretTexts = map[string][]string{
	"en":   {"{C} is your Shop verification code", "Your Shop PIN: {C}", "Use the code {C} to sign in", "Your temporary password is {C}", "Password: {C} (valid 10 minutes)", "[Shop] login code {C}", "Here are your backup codes: {C}", "Your recovery phrase is {C}", "One-time passcode {C} – do not share", "Your login details: pat / {C}"},
	"fr":   {"{C} est votre code de confirmation Shop", "Votre code Shop : {C}", "Code de connexion {C}", "Voici votre mot de passe provisoire : {C}", "Votre mot de passe est {C}, changez-le vite", "Phrase de récupération : {C}"},
	"de":   {"{C} ist Ihr Bestätigungscode", "Dein Code lautet {C}", "Einmalpasswort {C} für Ihre Anmeldung", "Ihr Passwort: {C}", "TAN {C} für Ihren Auftrag", "Ihr vorläufiges Kennwort lautet {C}"},
	"es":   {"{C} es tu código de verificación", "Tu clave es {C}", "Código de acceso: {C}", "Su contraseña temporal es {C}", "Introduce el código {C} en la web"},
	"it":   {"{C} è il tuo codice di verifica", "Il tuo codice: {C}", "Codice {C} per accedere", "La tua password provvisoria è {C}"},
	"pt":   {"{C} é o seu código de verificação", "O seu código: {C}", "Use o código {C} para entrar", "A sua senha temporária é {C}", "Palavra-passe: {C}"},
	"nl":   {"{C} is je verificatiecode", "Uw code: {C}", "Vul code {C} in om in te loggen", "Je tijdelijke wachtwoord is {C}"},
	"more": {"{C} – twój kod weryfikacyjny", "Din kod: {C}", "Ваш код подтверждения: {C}", "Ваш пароль {C}", "您的验证码是{C}，请勿泄露", "確認コード：{C}", "인증번호 {C}", "رمز التحقق {C}", "קוד האימות שלך הוא {C}", "Doğrulama kodu: {C}"},
}

const (
	capitals  = "ABCDEFGHJKLMNPQRSTUVWXYZ"
	smalls    = "abcdefghijkmnpqrstuvwxyz"
	figures   = "0123456789"
	base32    = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
	fullWidth = "０１２３４５６７８９"
	arabic    = "٠١٢٣٤٥٦٧٨٩"
	devanagri = "०१२३४५६७८९"
)

// drawn returns n characters of an alphabet.
func drawn(r *rand.Rand, alphabet string, n int) string {
	list := []rune(alphabet)
	out := make([]rune, n)
	for i := range out {
		out[i] = list[r.IntN(len(list))]
	}
	return string(out)
}

// secretShapes make secrets of every kind that services send.
var secretShapes = map[string]func(*rand.Rand) string{
	"six digits":  func(r *rand.Rand) string { return drawn(r, figures, 6) },
	"four digits": func(r *rand.Rand) string { return drawn(r, figures, 4) },
	"dotted":      func(r *rand.Rand) string { return drawn(r, figures, 3) + "." + drawn(r, figures, 3) },
	"dashed":      func(r *rand.Rand) string { return drawn(r, figures, 3) + "-" + drawn(r, figures, 3) },
	"spaced":      func(r *rand.Rand) string { return drawn(r, figures, 3) + " " + drawn(r, figures, 3) },
	"pairs": func(r *rand.Rand) string {
		return drawn(r, figures, 2) + " " + drawn(r, figures, 2) + " " + drawn(r, figures, 2)
	},
	"one by one":         func(r *rand.Rand) string { return strings.Join(strings.Split(drawn(r, figures, 6), ""), " ") },
	"capitals by one":    func(r *rand.Rand) string { return strings.Join(strings.Split(drawn(r, capitals, 5), ""), " ") },
	"letters and digits": func(r *rand.Rand) string { return drawn(r, capitals+figures, 6) },
	"letters":            func(r *rand.Rand) string { return drawn(r, capitals, 6) },
	"chunks":             func(r *rand.Rand) string { return drawn(r, capitals+figures, 3) + "-" + drawn(r, capitals+figures, 3) },
	"two and two": func(r *rand.Rand) string {
		return drawn(r, capitals, 2) + drawn(r, figures, 2) + "-" + drawn(r, capitals, 2) + drawn(r, figures, 2)
	},
	"prefixed":      func(r *rand.Rand) string { return "G-" + drawn(r, figures, 6) },
	"small letters": func(r *rand.Rand) string { return drawn(r, smalls+figures, 7) },
	"password":      func(r *rand.Rand) string { return drawn(r, smalls, 6) + drawn(r, figures, 1) },
	"base32": func(r *rand.Rand) string {
		return drawn(r, base32, 4) + " " + drawn(r, base32, 4) + " " + drawn(r, base32, 4) + " " + drawn(r, base32, 4)
	},
	"words":        func(*rand.Rand) string { return "zebra walnut orbit fjord quilt tulip" },
	"dashed words": func(*rand.Rand) string { return "tulip-anchor-fjord" },
	"full width":   func(r *rand.Rand) string { return drawn(r, fullWidth, 6) },
	"Arabic-Indic": func(r *rand.Rand) string { return drawn(r, arabic, 6) },
	"Devanagari":   func(r *rand.Rand) string { return drawn(r, devanagri, 6) },
	"a link": func(r *rand.Rand) string {
		return "https://shop.example/magic/" + drawn(r, smalls+capitals+figures, 24)
	},
	"a query": func(r *rand.Rand) string { return "shop.example/in?token=" + drawn(r, smalls+figures, 16) },
	"signs": func(r *rand.Rand) string {
		return drawn(r, smalls, 3) + "!" + drawn(r, figures, 2) + "$" + drawn(r, capitals, 3)
	},
	"a list": func(r *rand.Rand) string {
		return drawn(r, figures, 4) + " " + drawn(r, figures, 4) + ", " + drawn(r, figures, 4) + " " + drawn(r, figures, 4)
	},
}

// shownOf returns a run of three characters of a secret that a text shows, or "".
// The host of a link is none of it.
func shownOf(secret, text string) string {
	secret = strings.TrimPrefix(strings.TrimPrefix(secret, "https://"), "shop.example")
	list := []rune(secret)
	for i := 0; i+3 <= len(list); i++ {
		run := string(list[i : i+3])
		plain := strings.IndexFunc(run, func(r rune) bool { return !unicode.IsLetter(r) && r != ' ' }) < 0 && strings.ToLower(run) == run
		if strings.TrimSpace(run) == run && strings.Contains(text, run) && !plain {
			return run
		}
	}
	for _, w := range strings.FieldsFunc(secret, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		if len(w) > 3 && strings.Contains(text, w) {
			return w
		}
	}
	return ""
}

// withoutFrame leaves out the words around a secret, which may hold three
// characters of it by chance.
func withoutFrame(kept, template string) string {
	frame := append(strings.Fields(template), "Re:", "Shop", "lorem")
	words := strings.Fields(kept)
	return strings.Join(slices.DeleteFunc(words, func(w string) bool { return slices.Contains(frame, w) }), " ")
}

// Whatever a secret is made of, wherever it stands and whatever language names
// it: nothing of it is kept.
func TestNoSecretIsKept(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 7))
	for _, lang := range slices.Sorted(maps.Keys(secretTexts)) {
		for _, template := range secretTexts[lang] {
			for _, shape := range slices.Sorted(maps.Keys(secretShapes)) {
				for range 6 {
					secret := secretShapes[shape](r)
					text := strings.ReplaceAll(template, "{C}", secret)
					for _, text := range []string{text, "Re: " + text, text + " | Shop", strings.Repeat("lorem ", 15) + text} {
						got := evidence.MaskSecrets(text, "Shop")
						if part := shownOf(secret, withoutFrame(got, template)); part != "" {
							t.Errorf("%s, %s: %q is kept as %q, which shows %q", lang, shape, text, got, part)
						}
						if n := len([]rune(got)); n > 121 {
							t.Errorf("%d characters are kept of %q", n, text)
						}
					}
				}
			}
		}
	}
}

// A code is known by its shape where nothing names it.
func TestSecretsWithoutAName(t *testing.T) {
	r := rand.New(rand.NewPCG(8, 8))
	for _, shape := range []string{"six digits", "dotted", "dashed", "spaced", "pairs", "one by one", "two and two", "prefixed", "full width", "Arabic-Indic", "Devanagari", "a link", "a query", "a list"} {
		for _, template := range []string{"{C}", "Shop: {C}", "{C} – Sign in to Shop", "Connexion à Shop {C}", "Anmeldung ({C})"} {
			for range 20 {
				secret := secretShapes[shape](r)
				got := evidence.MaskSecrets(strings.ReplaceAll(template, "{C}", secret), "Shop")
				if part := shownOf(secret, got); part != "" {
					t.Errorf("%s: %q is kept as %q", shape, secret, got)
				}
			}
		}
	}
}

// A chunk of a row that is a word by chance is no word.
func TestChunkThatIsAWord(t *testing.T) {
	for in, want := range map[string]string{
		"Ваш пароль SHCJ FPSA DATA UPEO":    "Ваш пароль •••• •••• •••• ••••",
		"Your backup code: DATA SHCJ FPSA":  "Your backup code: •••• •••• ••••",
		"Your code SHCJ-FPSA-UPEO-CODE":     "Your code •••••••••••••••••••",
		"Your new code for SHOP is waiting": "Your new code for SHOP is •••••••",
	} {
		if got := evidence.MaskSecrets(in, "Shop"); got != want {
			t.Errorf("%q is kept as %q, want %q", in, got, want)
		}
	}
}

// What opens nothing stays readable.
func TestOrdinarySubjectsStay(t *testing.T) {
	for _, s := range []string{
		"Your order 2024", "iPhone 15", "Windows 11 is here", "Welcome to Shop, Pat!", "Your receipt for $1,299.00", "Rechnung über 1.299,00 € vom 12.03.2024", "Payment of 4500 EUR received",
		"Your booking on 2024-03-12 at 14:30", "New sign-in from Chrome (Windows)", "Votre compte Shop a été créé", "Tu cuenta ha sido eliminada", "Your statement 2023-11", "Samsung Galaxy S21", "23andMe",
		"Reset your Shop password", "Your password has been changed", "Confirmez votre adresse e-mail", "Bestätige deine E-Mail-Adresse", "Réinitialisation de votre mot de passe", "Two-step verification is on", "Your Shop verification code",
		"Wachtwoord opnieuw instellen", "您的订单已发货", "Подтвердите адрес", "Your summary of 2023/24", "Rabatt auf PS5 und XBOX",
	} {
		if got := evidence.MaskSecrets(s, "Shop"); got != s {
			t.Errorf("%q is kept as %q", s, got)
		}
	}
}

// Names of entries and apps keep their words; what lets somebody in goes.
func TestMaskLabel(t *testing.T) {
	for in, want := range map[string]string{
		"1Password": "1Password", "Candy Crush Saga": "Candy Crush Saga", "Password Manager Pro": "Password Manager Pro", "23andMe": "23andMe", "Studio 54": "Studio 54",
		"Router PIN 4711": "Router PIN ••••", "Wifi password hunter2": "Wifi password •••••••", "Door code: tulip": "Door code: •••••", "Backup AB12-CD34": "Backup •••••••••",
	} {
		if got := evidence.MaskLabel(in); got != want {
			t.Errorf("%q is %q, want %q", in, got, want)
		}
	}
}

// Any text can be masked, and once is as good as twice.
func FuzzMaskSecrets(f *testing.F) {
	for _, s := range []string{"", "Your code is 482913", "a\u0301\u0301 1 2 3", "://", "x.y/", "4️⃣8️⃣", strings.Repeat("code ", 3000), "\u0300", "=?", "code:\u2028x"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		once := evidence.MaskSecrets(s)
		if n := len([]rune(once)); n > 121 {
			t.Fatalf("%d characters", n)
		}
		if twice := evidence.MaskSecrets(once); strings.Count(twice, "•") < strings.Count(once, "•") {
			t.Fatalf("%q became %q", once, twice)
		}
	})
}
