package pii

// A look is what is asked of a token's body beside its length and its alphabet.
type look struct {
	says  string // what it asks, as the page of formats says it
	mixed bool   // nothing that is all small letters looks so
	holds func(body string) bool
}

// What the rows of the tables ask. Those with a telling prefix ask for nothing but variety.
var (
	varied      = &look{"", false, isVaried}
	anything    = &look{"", false, func(string) bool { return true }}
	hasDigit    = &look{"with a digit", true, hasAnyDigit}
	randomKey   = &look{"random", true, isRandomKey}
	randomCased = &look{"random, in both cases", true, isRandomCased}
	uuid        = &look{"a UUID", true, isUUID}
	botParts    = &look{"in three parts", true, isBotToken}
)

// at reports whether a body looks as a row asks.
func (l *look) at(body string) bool {
	if l == nil {
		l = varied
	}
	return l.holds(body)
}

// isVaried reports whether a body is no mere filler such as xxxx.
func isVaried(body string) bool {
	var seen uint64
	want := min(5, (len(body)+1)/2)
	for i := range min(len(body), judged) {
		if bit := uint64(1) << (body[i] & 63); seen&bit == 0 {
			seen |= bit
			if want--; want <= 0 {
				return true
			}
		}
	}
	return false
}

// hasAnyDigit reports whether one of the first bytes of a body is a digit.
func hasAnyDigit(body string) bool {
	for i := range min(len(body), judged) {
		if is(body[i], digit) {
			return true
		}
	}
	return false
}

// isRandomKey reports whether what follows a short prefix, which a mere name may
// have too, looks like a key.
func isRandomKey(body string) bool {
	if !hasMixture(body) {
		return false
	}
	s := shapeOf(body)
	if s.distinct < 8 {
		return false
	}
	return s.segment >= 16 && s.digit >= 2 && s.lower+s.upper >= 2 || s.random()
}

// hasMixture reports whether a body has what anything random has: digits, or
// capitals and small letters. Most names are dismissed by it before they are judged.
func hasMixture(body string) bool {
	digits, capitals := 0, 0
	for i := range min(len(body), judged) {
		if c := classes[body[i]]; c&digit != 0 {
			digits++
		} else if c&upper != 0 {
			capitals++
		}
	}
	return digits >= 2 || capitals >= 3
}

// isRandomCased is for prefixes that say next to nothing.
func isRandomCased(body string) bool {
	if !hasMixture(body) {
		return false
	}
	s := shapeOf(body)
	return s.lower > 1 && s.upper > 1 && s.digit > 0 && s.distinct >= 10 && s.turns*3 >= len(body)
}

// isUUID reports whether a body is a UUID.
func isUUID(body string) bool {
	for i := range len(body) {
		if dash := i == 8 || i == 13 || i == 18 || i == 23; dash != (body[i] == '-') || !dash && !is(body[i], hexa) {
			return false
		}
	}
	return len(body) == 36 && hasAnyDigit(body)
}

// isBotToken reports whether a body has the three parts of a Discord bot's token:
// its id in base64, six or seven characters of a time, and a code.
func isBotToken(body string) bool {
	first := runEnd(body, 0, len(body), keyChars)
	second := runEnd(body, min(first+1, len(body)), len(body), keyChars)
	third := len(body) - second - 1
	return first >= 20 && first <= 26 && (second-first == 7 || second-first == 8) &&
		third >= 27 && third <= 42 && shapeOf(body).random()
}
