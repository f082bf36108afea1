package synthetic

import (
	"encoding/base64"
	"fmt"
	"strings"
)

// A secret is one sort of thing that must not leave: what a text calls it, and
// how to invent one.
type secret struct {
	noun   string
	invent func(dice) string
}

// secrets are the sorts of sensitive values in a fleet's texts, the everyday
// ones first. Tokens are put together at run time, so that no scanner takes this
// file for a leak.
var secrets = []share[secret]{
	{40, secret{"the contact", func(d dice) string { return d.person().email("example.com") }}},
	{14, secret{"the number to call", phone}},
	{7, secret{"the office line", internationalPhone}},
	{7, secret{"the card", testCard}},
	{5, secret{"the SSN on file", unissuedSSN}},
	{4, secret{"the account", func(d dice) string { return pick(d, sampleIBANs) }}},
	{7, secret{"the host", documentationAddress}},
	{3, secret{"the host", func(d dice) string { return fmt.Sprintf("2001:db8:%s::%s", d.hex(4), d.hex(2)) }}},
	{3, secret{"the key", func(d dice) string { return "sk-" + "ant-api03-" + d.token(base62, 48) }}},
	{2, secret{"the access key", func(d dice) string { return "AKIA" + d.token(base32up, 16) }}},
	{2, secret{"the token", func(d dice) string { return "gh" + "p_" + d.token(base62, 36) }}},
	{3, secret{"the login", func(d dice) string { return "password=" + d.token(base62, 14) }}},
	{1, secret{"the session", inventedJWT}},
	{2, secret{"the database", func(d dice) string {
		return "postgres://report:" + d.token(base62, 12) + "@db.example.net:5432/sales"
	}}},
}

// exposed names one sensitive value, noun and all: "the contact a@example.com".
func (d dice) exposed() string {
	s := draw(d, secrets)
	return s.noun + " " + s.invent(d)
}

// phone returns a number of the range that fiction may use.
func phone(d dice) string {
	area := pick(d, []int{212, 312, 415, 503, 617, 702})
	shape := pick(d, []string{"%d-555-01%02d", "(%d) 555-01%02d", "+1 %d 555 01%02d"})
	return fmt.Sprintf(shape, area, d.IntN(100))
}

// internationalPhone returns a number that the British regulator keeps for drama.
func internationalPhone(d dice) string { return fmt.Sprintf("+44 20 7946 0%03d", d.IntN(1000)) }

// testCard returns a card number that payment processors publish for tests.
func testCard(d dice) string {
	number := pick(d, []string{"4111111111111111", "5555555555554444", "4242424242424242", "6011111111111117"})
	separator := pick(d, []string{"", " ", "-"})
	return strings.Join([]string{number[:4], number[4:8], number[8:12], number[12:]}, separator)
}

// unissuedSSN returns a number that is well formed, yet of an area that was not
// given to anyone as long as areas meant something.
func unissuedSSN(d dice) string {
	return fmt.Sprintf("%d-%02d-%04d", d.between(800, 899), d.between(70, 99), d.between(1, 9999))
}

// sampleIBANs are the examples of the registry and of banks' manuals.
var sampleIBANs = []string{
	"DE89 3704 0044 0532 0130 00", "GB29NWBK60161331926819", "FR1420041010050500013M02606", "NL91 ABNA 0417 1643 00",
}

// documentationAddress returns an address of the blocks that documentation owns.
func documentationAddress(d dice) string {
	return fmt.Sprintf("%s.%d", pick(d, []string{"192.0.2", "198.51.100", "203.0.113"}), d.between(1, 254))
}

func inventedJWT(d dice) string {
	encode := base64.RawURLEncoding.EncodeToString
	claims := fmt.Sprintf(`{"sub":"%s","iss":"https://id.example.com"}`, d.uuid())
	return encode([]byte(`{"alg":"HS256","typ":"JWT"}`)) + "." + encode([]byte(claims)) + "." + encode(d.bytes(32))
}
