package secret

import (
	"strings"

	"github.com/cowork-otel/collector/internal/pii/internal/text"
)

// states are words about a field, in several languages.
var states = wordSet(`weak strong mandatory mismatch mismatched matching matched unknown unsupported unavailable forbidden denied granted present
	absent accepted rejected verified unverified inherited compromised leaked reused breached locked unlocked provided omitted
	erforderlich obligatorisch notwendig pflichtfeld optional falsch ungültig gesetzt fehlt leer
	facultatif obligatoire requis manquant invalide vide requerido requerida obligatorio obligatoria opcional incorrecta incorrecto vacio
	obbligatorio obbligatoria facoltativo facoltativa richiesto richiesta errata obrigatorio opcional incorreta
	verplicht vereist optioneel onjuist wymagane opcjonalne kravet pakraevet valgfri obligatorisk valfri pakollinen`)

// standards are the names of algorithms and of licences, which versions and parameters follow.
var standards = wordSet(`bcrypt scrypt argon2 argon2i argon2id pbkdf2 pbkdf md5 sha sha1 sha2 sha3 sha256 sha384 sha512 hmac hs256 hs384 hs512 rs256
	es256 aes aes128 aes256 rsa rsa2048 rsa4096 ed25519 x25519 ecdsa base64 base64url base32 rot13 chacha20 blake2b crypt
	apache mit gpl lgpl agpl bsd mpl isc cc0 epl unlicense 0bsd`)

// standardSeries are the names of standards that have numbers.
var standardSeries = wordSet("tlsv sslv chacha poly rfc pkcs iso fips utf ipv sigv tls ssl ssh smb http oauth x")

// isStandard reports whether a value is the name of a standard, perhaps with its parameters:
// SHA-256, bcrypt/cost-12, base64-encoded, apache-2.0.
func isStandard(value string) bool {
	const most = 24
	value = strings.Trim(value, "'`\"")
	n := text.RunEnd(value, 0, len(value), text.Letter)
	if end := text.RunEnd(value, n, len(value), text.Digit); !inSet(standardSeries, value[:n]) {
		n = end
	}
	if len(value) > most || !inSet(standards, value[:n]) && !inSet(standardSeries, value[:n]) {
		return false
	}
	for part := range strings.FieldsFuncSeq(value[n:], func(c rune) bool { return strings.ContainsRune("-/_.:", c) }) {
		if text.HasAnyDigit(part) && !isNameOf(part, text.Lower|text.Digit) && !isNameOf(part, text.Upper|text.Digit) || len(part) > 4 && !isNameOf(part, text.Lower) && !isNameOf(part, text.Upper) && !inSet(standards, part) && !inSet(standardSeries, strings.TrimRight(part, "0123456789")) {
			return false
		}
	}
	return true
}
