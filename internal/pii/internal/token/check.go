package token

import "github.com/cowork-otel/collector/internal/pii/internal/text"

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
)

// isBotToken reports whether a body has the three parts of a Discord bot's token:
// its id in base64, six or seven characters of a time, and a code.
func isBotToken(body string) bool {
	first := text.RunEnd(body, 0, len(body), text.KeyChars)
	second := text.RunEnd(body, min(first+1, len(body)), len(body), text.KeyChars)
	third := len(body) - second - 1
	return first >= 20 && first <= 26 && (second-first == 7 || second-first == 8) &&
		third >= 27 && third <= 42 && text.ShapeOf(body).Random()
}
