package token

import (
	"strings"

	"github.com/cowork-otel/collector/internal/pii/internal/text"
)

// A BodyCheck is a condition on the body of a token, apart from its length and its alphabet.
type BodyCheck struct {
	about   string // the condition, for formats.md
	mixed   bool   // no body of small letters only passes
	accepts func(body string) bool
}

// The checks of the rows of the tables. Those with a distinctive prefix need only a varied body.
var (
	varied      = &BodyCheck{"", false, text.IsVaried}
	anything    = &BodyCheck{"", false, func(string) bool { return true }}
	hasDigit    = &BodyCheck{"with a digit", true, text.HasAnyDigit}
	randomKey   = &BodyCheck{"random", true, text.IsRandomKey}
	randomCased = &BodyCheck{"random, in both cases", true, text.IsRandomCased}
	uuid        = &BodyCheck{"a UUID", true, text.IsUUID}
	botParts    = &BodyCheck{"in three parts", true, isBotToken}

	bothCases      = &BodyCheck{"in both cases, with a digit", true, hasBothCases}
	notWords       = &BodyCheck{"not of words", true, isNotWords}
	unpadded       = &BodyCheck{"random, without =", true, func(body string) bool { return !strings.Contains(body, "=") && text.IsRandomKey(body) }}
	base32Key      = &BodyCheck{"random base32", true, isBase32Key}
	secretPart     = &BodyCheck{"with _secret_", true, func(body string) bool { return strings.Contains(body, "_secret_") && text.IsRandomKey(body) }}
	asanaParts     = &BodyCheck{"numbers, a colon and a key", true, isAsanaToken}
	bitwardenParts = &BodyCheck{"a UUID, a dot and a key", true, isBitwardenToken}
)

// hasBothCases reports whether a body has small letters, capitals and a digit, with few repetitions.
func hasBothCases(body string) bool {
	s := text.ShapeOf(body)
	return s.Lower > 3 && s.Upper > 3 && s.Digit > 0 && s.Distinct >= 15
}

// isNotWords reports whether a body is random, or letters in both cases that form no words.
func isNotWords(body string) bool {
	s := text.ShapeOf(body)
	return text.IsRandomKey(body) || s.Lower > 3 && s.Upper > 3 && text.IsGibberish(body, text.OneInThree)
}

// isBase32Key reports whether a body has only characters of base32, at random.
func isBase32Key(body string) bool {
	return !strings.ContainsAny(body, "0189") && text.IsRandomKey(body)
}

// isBitwardenToken reports whether a body has the parts of a token of the Secrets Manager.
func isBitwardenToken(body string) bool {
	const uuidLen = 36
	return len(body) > uuidLen && text.IsUUID(body[:uuidLen]) && body[uuidLen] == '.'
}

// isBotToken reports whether a body has the three parts of a Discord bot's token:
// its id in base64, six or seven characters of a time, and a code.
func isBotToken(body string) bool {
	first := text.RunEnd(body, 0, len(body), text.KeyChars)
	second := text.RunEnd(body, min(first+1, len(body)), len(body), text.KeyChars)
	third := len(body) - second - 1
	return first >= 20 && first <= 26 && (second-first == 7 || second-first == 8) &&
		third >= 27 && third <= 42 && text.ShapeOf(body).Random()
}

// isAsanaToken reports whether a body has the parts of a token of Asana: one or two
// numbers, a colon and 32 hexadecimal digits.
func isAsanaToken(body string) bool {
	numbers, key, found := strings.Cut(body, ":")
	return found && len(key) == hexLen && text.RunEnd(key, 0, hexLen, text.Hexa) == hexLen &&
		strings.Trim(numbers, "0123456789/") == "" && len(numbers) >= 8
}
