package secret

import (
	"strings"

	"github.com/cowork-otel/collector/internal/pii/internal/text"
)

// A feature is a property of a noun, a link and a value. Its weight is in weights.go.
type feature uint8

// The first features are one for each kind of noun, and one for each link.
const (
	featureBias  feature = 0
	featureNouns         = feature(1) // one for each Kind
	featureLinks         = featureNouns + feature(kindCount)
	featureRest          = featureLinks + feature(linkCount)
)

// The other features.
const (
	styleBare feature = featureRest + iota
	styleLine
	styleQuoted
	styleArgument
	sizeUnder6
	sizeUnder8
	sizeUnder12
	sizeUnder20
	sizeOver20
	lettersDigits
	symbols
	mixedCase
	random
	gibberish
	lowerWord
	titleWord
	upperWord
	joinedWords
	wordDigits
	camelCase
	idWithNumber
	onlyDigits
	shortNumber
	onlyHex
	hashSize
	uuid
	version
	phrase
	sentence
	path
	member
	codeSigns
	containsNoun
	nounName
	sessionRandom
	foreignLetters
	codeDigits
	codeGroups
	codeOther
	keyRandom
	keyOther
	tokenRandom
	tokenWord
	tokenNumber
	passwordWord
	passwordStrong
	weakLinkWord
	toldWord
	featureCount
)

// featureNames has the name of each feature, for weights.go and for explanations.
var featureNames = func() (names [featureCount]string) {
	names[featureBias] = "bias"
	for kind, name := range kindNames {
		names[featureNouns+feature(kind)] = "noun: " + name
	}
	for link, name := range linkNames {
		names[featureLinks+feature(link)] = "link: " + name
	}
	for i, name := range [...]string{
		"value without quotes in code or prose", "value that ends its line", "value in quotes", "value as an argument",
		"4 or 5 bytes", "6 or 7 bytes", "8 to 11 bytes", "12 to 19 bytes", "20 bytes or more",
		"letters and digits", "signs as in a password", "capitals within", "random", "letters that do not form words",
		"one word in small letters", "one word with a capital", "capitals only", "joined words", "a word and a number", "camel case",
		"an identifier with a number", "digits only", "a short number", "hexadecimal digits", "the length of a hash", "a UUID", "a version or a date",
		"several words", "a sentence or a label", "a path", "a member of an object", "signs of code", "contains a noun", "a name that ends with a noun", "a random session", "letters beyond ASCII",
		"a code of digits", "a code in groups", "a code that is a word", "a random key", "a key that is not random", "a random token", "a token that is a word", "a token that is a number",
		"a password that is a word", "a password with letters, digits and signs", "a word after a weak link", "a long word of a sentence that is no adjective",
	} {
		names[styleBare+feature(i)] = name
	}
	return names
}()

// kindNames has the name of each kind.
var kindNames = [kindCount]string{"none", "key of anything", "session", "key", "code", "token", "password"}

// features is a set of features.
type features [2]uint64

func (f *features) set(which feature, on bool) {
	if on {
		f[which>>6] |= 1 << (which & 63)
	}
}

func (f *features) has(which feature) bool { return f[which>>6]>>(which&63)&1 == 1 }

// featuresOf returns the features of a value under a noun.
func featuresOf(kind Kind, link Link, style Style, value string) (f features) {
	s := text.ShapeOf(value)
	letters := s.Lower + s.Upper
	f.set(featureBias, true)
	f.set(featureNouns+feature(kind), true)
	f.set(featureLinks+feature(link), true)
	f.set(styleBare+feature(style), true)
	f.setSize(len(value))
	spaced := strings.IndexByte(value, ' ') >= 0
	plain := s.Other == 0
	isRandom := !spaced && s.Random() && !isWordNumbers(value)
	signs := !spaced && hasSigns(value)
	mixed := s.Digit > 0 && letters > 0
	camel := !spaced && isCamelCase(value, s)
	id := !spaced && isIdentifierNumber(value)
	f.set(lettersDigits, mixed && !spaced)
	f.set(symbols, signs)
	f.set(mixedCase, s.Upper > 0 && s.Lower > 0 && !camel && !isTitle(value))
	f.set(random, isRandom)
	f.set(gibberish, !spaced && s.Digit == 0 && text.IsGibberish(value, text.OneInThree))
	f.set(lowerWord, plain && s.Lower == len(value))
	f.set(titleWord, plain && s.Digit == 0 && isTitle(value))
	f.set(upperWord, letters > 0 && s.Lower == 0 && isNameOf(value, text.Upper|text.Digit|text.Joiner))
	f.set(joinedWords, s.Other > 0 && s.Digit == 0 && isWords(value) && !spaced)
	f.set(wordDigits, isWordNumber(value))
	f.set(camelCase, camel)
	f.set(idWithNumber, id)
	f.set(onlyDigits, s.Digit == len(value))
	f.set(shortNumber, s.Digit == len(value) && len(value) < 6)
	f.set(onlyHex, !s.NotHex && plain && letters > 0 && s.Digit > 0)
	f.set(hashSize, !s.NotHex && plain && letters > 0 && (len(value) == 32 || len(value) == 40 || len(value) == 64))
	f.set(uuid, len(value) == 36 && text.IsUUID(value))
	f.set(version, isVersion(value))
	label := spaced && isLabel(value) || isMessageKey(value, camel)
	f.set(phrase, spaced && !label)
	f.set(sentence, label)
	f.set(path, isPath(value))
	f.set(member, style != Quoted && isMember(value))
	f.set(codeSigns, !spaced && strings.ContainsAny(value, "(){}[];<>=") && !isRandom)
	f.set(containsNoun, containsNounWord(value))
	f.set(nounName, isNounName(value))
	f.set(sessionRandom, kind == Session && (isRandom || text.IsGibberish(value, text.OneInThree)))
	f.set(foreignLetters, text.RunEnd(value, 0, len(value), text.Alnum) < len(value) && hasForeign(value))
	word := s.Digit == 0 && !signs && !isRandom && !spaced
	isKey := kind == Key || kind == PlainKey
	f.set(codeDigits, kind == Code && s.Digit == len(value) && len(value) <= 10)
	f.set(codeGroups, kind == Code && !spaced && len(value) >= 8 && (s.Digit > 0 && letters > 0 || strings.IndexByte(value, '-') > 0))
	f.set(codeOther, kind == Code && letters > 0 && !f.has(codeGroups))
	f.set(keyRandom, isKey && isRandom && len(value) >= 16)
	f.set(keyOther, isKey && (!isRandom || len(value) < 16))
	f.set(tokenRandom, kind == Token && len(value) >= 8 && (isRandom || mixed && s.Segment >= 10 && !id))
	f.set(tokenWord, kind == Token && word && !f.has(gibberish))
	f.set(tokenNumber, kind == Token && s.Digit == len(value))
	f.set(passwordWord, kind == Password && word)
	f.set(passwordStrong, kind == Password && mixed && signs)
	f.set(weakLinkWord, word && (link == LinkNear || link == LinkAdjacent || link == LinkSentence || link == LinkPair))
	f.set(toldWord, kind == Password && link == LinkSentence && word && len(value) >= 8 && isNameOf(value, text.Letter) && !endsAsAdjective(value))
	return f
}

func (f *features) setSize(n int) {
	switch {
	case n < 6:
		f.set(sizeUnder6, true)
	case n < 8:
		f.set(sizeUnder8, true)
	case n < 12:
		f.set(sizeUnder12, true)
	case n < 20:
		f.set(sizeUnder20, true)
	default:
		f.set(sizeOver20, true)
	}
}
