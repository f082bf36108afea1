package synthetic

import (
	"encoding/base64"
	"fmt"
	"strings"
)

// A sensitiveKind is a kind of sensitive value: its name in a text, and a generator
// of such values.
type sensitiveKind struct {
	noun     string
	generate func(random) string
}

// sensitiveKinds are the kinds of sensitive values in texts. Tokens are assembled
// at run time, so that no scanner reports this file.
var sensitiveKinds = []weighted[sensitiveKind]{
	{40, sensitiveKind{"the contact", func(r random) string { return randomPerson(r).email("example.com") }}},
	{14, sensitiveKind{"the number to call", phone}},
	{7, sensitiveKind{"the office line", internationalPhone}},
	{7, sensitiveKind{"the card", testCard}},
	{5, sensitiveKind{"the SSN on file", unissuedSSN}},
	{4, sensitiveKind{"the account", func(r random) string { return pick(r, sampleIBANs) }}},
	{7, sensitiveKind{"the host", documentationAddress}},
	{3, sensitiveKind{"the host", func(r random) string { return fmt.Sprintf("2001:db8:%s::%s", r.hex(4), r.hex(2)) }}},
	{3, sensitiveKind{"the key", func(r random) string { return "sk-" + "ant-api03-" + r.token(base62, 48) }}},
	{2, sensitiveKind{"the access key", func(r random) string { return "AKIA" + r.token(base32up, 16) }}},
	{2, sensitiveKind{"the token", func(r random) string { return "gh" + "p_" + r.token(base62, 36) }}},
	{3, sensitiveKind{"the login", func(r random) string { return "password=" + r.token(base62, 14) }}},
	{1, sensitiveKind{"the session", inventedJWT}},
	{2, sensitiveKind{"the database", func(r random) string {
		return "postgres://report:" + r.token(base62, 12) + "@db.example.net:5432/sales"
	}}},
}

// sensitiveText returns a sensitive value with its noun: "the contact a@example.com".
func sensitiveText(r random) string {
	kind := pickWeighted(r, sensitiveKinds)
	return kind.noun + " " + kind.generate(r)
}

// phone returns a number of the range that is reserved for fiction.
func phone(r random) string {
	area := pick(r, []int{212, 312, 415, 503, 617, 702})
	shape := pick(r, []string{"%d-555-01%02d", "(%d) 555-01%02d", "+1 %d 555 01%02d"})
	return fmt.Sprintf(shape, area, r.IntN(100))
}

// internationalPhone returns a number that the British regulator reserves for drama.
func internationalPhone(r random) string { return fmt.Sprintf("+44 20 7946 0%03d", r.IntN(1000)) }

// testCard returns a card number that payment processors publish for tests.
func testCard(r random) string {
	number := pick(r, []string{"4111111111111111", "5555555555554444", "4242424242424242", "6011111111111117"})
	separator := pick(r, []string{"", " ", "-"})
	return strings.Join([]string{number[:4], number[4:8], number[8:12], number[12:]}, separator)
}

// unissuedSSN returns a well-formed number of an area that was not assigned while
// areas were.
func unissuedSSN(r random) string {
	return fmt.Sprintf("%d-%02d-%04d", r.between(800, 899), r.between(70, 99), r.between(1, 9999))
}

// sampleIBANs are examples from the registry and from banks' manuals.
var sampleIBANs = []string{
	"DE89 3704 0044 0532 0130 00", "GB29NWBK60161331926819", "FR1420041010050500013M02606", "NL91 ABNA 0417 1643 00",
}

// documentationAddress returns an address of the blocks reserved for documentation.
func documentationAddress(r random) string {
	return fmt.Sprintf("%s.%d", pick(r, []string{"192.0.2", "198.51.100", "203.0.113"}), r.between(1, 254))
}

// inventedJWT returns a JWT with a random signature.
func inventedJWT(r random) string {
	encode := base64.RawURLEncoding.EncodeToString
	claims := fmt.Sprintf(`{"sub":"%s","iss":"https://id.example.com"}`, r.uuid())
	return encode([]byte(`{"alg":"HS256","typ":"JWT"}`)) + "." + encode([]byte(claims)) + "." + encode(r.bytes(32))
}
