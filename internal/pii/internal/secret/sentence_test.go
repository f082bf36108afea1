package secret

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/cowork-otel/collector/internal/pii/internal/text"
)

func TestSentences(t *testing.T) {
	checkRows(t, LinkSentence,
		"The password is «Mosspond#204».", "the password for the printer in room 4 is «Mosspond#204», ok?", "my API key is «4f9d2c7be1a85630»",
		"the verification code is «482133»", "the PIN is «4821»", "password was reset to «Mosspond#204» today", "set the root password to «Mosspond#204»",
		"the password is '«heron latch gull 42»'", "Password for ops -> «Mosspond#204»", "the passphrase is **«Mosspond#204»**", "the password is “«Mosspond#204»”",
		"change the password from «Mosspond#204» to «Heron-Latch42»", "use «Mosspond#204» as the password", "use `«Mosspond#204»` as the admin password",
		"IDENTIFIED BY PASSWORD is not it, identified by '«Mosspond#204»'",
	)
	checkNone(t,
		"The password is required.", "the password is stored in the vault", "password is not valid", "Forgot your password? Click here.", "the key is on the table", "the code is in main.go",
		"the password of ops@example.com", "the token is valid for 30 minutes", "a password of 12 characters", "the password policy: at least 8 characters", "the keys a1 and b2",
		"password(s)", "passwords", "password_field x", "The secret to success is work", "code 200", "error code 0x80070005", "user name: ops",
	)
}

// TestSentenceLanguages checks the nouns and the connectors of languages in ASCII letters or
// with accents.
func TestSentenceLanguages(t *testing.T) {
	checkFound(t,
		"Das Passwort ist «Mosspond#204».", "Das Kennwort lautet «Mosspond#204»", "Le mot de passe est «Mosspond#204»", "La contraseña es «Mosspond#204»", "La clave es «Mosspond#204»",
		"A senha é «Mosspond#204»", "La parola d'ordine: x, la password è «Mosspond#204»", "Het wachtwoord is «Mosspond#204»", "Lösenordet är «Mosspond#204»", "Passordet er «Mosspond#204»",
		"Adgangskoden er «Mosspond#204»", "Salasana on «Mosspond#204»", "Hasło to «Mosspond#204»", "Heslo je «Mosspond#204»", "A jelszó: «Mosspond#204»", "Parola este «Mosspond#204»",
		"Şifre: «Mosspond#204»", "Kata sandi adalah «Mosspond#204»", "Mật khẩu là «Mosspond#204»", "Lozinka je «Mosspond#204»", "Geslo je «Mosspond#204»", "Slaptažodis yra: «Mosspond#204»",
	)
	checkNone(t, "Das Passwort ist falsch.", "Le mot de passe est obligatoire", "La contraseña es incorrecta", "Heslo je povinné", "Salasana on pakollinen", "Passordet er feil")
}

func TestNextWords(t *testing.T) {
	checkRows(t, LinkAdjacent, "with password «Mosspond#204» and go", "log in as ops, password «Mosspond#204»", `fill in password "«Mosspond#204»" now`)
	checkRows(t, LinkSetting, "password «Mosspond#204»", "machine example.com⏎login ops⏎password «Mosspond#204»")
	checkNone(t, "with password protection", "password https://example.com/a.b", "password --help", "password a=Mosspond", "password <enter>")
}

func TestLogins(t *testing.T) {
	checkRows(t, LinkPair,
		"log in with ops / «Mosspond#204»", "credentials: ops:«Mosspond#204»", "Login: `ops` / `«Mosspond#204»`", "Zugangsdaten: ops / «Mosspond#204»", "the test account is ops/«Mosspond#204».",
	)
	checkNone(t, "log in with ops / dev", "login at 10:30", "credentials: see https://example.com/docs/204", "log files: /var/log/app204", "login", "account: ops@example.com", "log in and/or register")
}

// TestSentenceBounds reaches the bounds of the words between a noun and its value.
func TestSentenceBounds(t *testing.T) {
	found := func(in string) bool {
		var r Reader
		read(&r, text.View{Text: in})
		return len(r.Found) > 0
	}
	sentence := func(words int) string {
		return "the password " + strings.Repeat("big ops ", words/2) + "is Mosspond#204"
	}
	require.True(t, found(sentence(2)))
	require.False(t, found(sentence(2*betweenWords)), "words")
	require.False(t, found("the password "+strings.Repeat("o", betweenBytes)+" is Mosspond#204"), "bytes")
	require.False(t, found("the password is: "+strings.Repeat(" ", betweenBytes)+"Mosspond#204"), "bytes")
	require.True(t, found("the password: "+strings.Repeat(" ", maxSpaces-2)+"Mosspond#204"))
}

// TestValueBelow checks the value on the line after a noun, in a mail and in the snapshot of a page.
func TestValueBelow(t *testing.T) {
	checkFound(t,
		"Your initial password\n\n    «Dapple_Ox65»\n\nPlease change it", "cell \"Password\" [ref=e40]\ncell \"«Tulip@2020»\" [ref=e41]",
		"StaticText \"Temporary password\"\nStaticText \"«Lantern2007#»\"",
	)
	checkNone(t, "heading \"Password\"\ntextbox \"New password 2\"", "Your password\nmust have 8characters and more", "the password\n\nmain.go\n")
}

// TestLabels checks what is a label, a state or the name of something, although a noun precedes it.
func TestLabels(t *testing.T) {
	checkNone(t, "Passwort: erforderlich", "password: mismatch", "confirm_password: Confirmer le mot de passe", "errors.password = 'sameAsOld'", "smtp_password: !vault_ref kv/shop",
		"checksum/secret: 24c2e0ad1d0e8f390ce1777c2bd49bd78d6bc1588a73dfcc824bfa758caeb648", "secret = target/debug/build/secrets-d28cfb4b54958d89/out",
		"The password is SHA-256 hashed", "The password is `user.password`", "kubectl get secret db204x", "docker run -e API_TOKEN shop:2.1")
}

// TestRemark checks a value after a remark in parentheses.
func TestRemark(t *testing.T) {
	checkFound(t, "VPN passphrase (write this down): «tinder nutmeg sorrel 58»", "PIN (for the door): «4821»")
	checkNone(t, "password (optional): string")
}
