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
		"a password that is a word", "a password with letters, digits and signs", "a word after a weak link",
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
	label := spaced && isLabel(value)
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

// hasSigns reports whether a value has a sign that passwords have and identifiers do not.
func hasSigns(value string) bool {
	return strings.ContainsAny(value, "!#$%^&*@~?+=|") && !strings.HasSuffix(value, "==") || strings.Count(value, "-") == 1 && isTitle(value)
}

// isTitle reports whether a value is a capital and small letters.
func isTitle(value string) bool {
	return len(value) > 1 && text.Is(value[0], text.Upper) && text.RunEnd(value, 1, len(value), text.Lower) == len(value)
}

// isNameOf reports whether a value has only bytes of a class.
func isNameOf(value string, class text.Class) bool {
	return text.RunEnd(value, 0, len(value), class) == len(value)
}

// isCamelCase reports whether a value is an identifier of several words, such as passwordField.
func isCamelCase(value string, s text.Shape) bool {
	return s.Digit == 0 && s.Other == 0 && s.Upper > 0 && s.Lower > 2*s.Upper && text.Is(value[len(value)-1], text.Lower) && !text.IsGibberish(value, text.OneInTwo) &&
		text.RunEnd(value, 1, len(value), text.Lower) < len(value)
}

// isWordNumber reports whether a value is letters and then digits.
func isWordNumber(value string) bool {
	n := text.RunEnd(value, 0, len(value), text.Letter)
	return n > 1 && n < len(value) && text.RunEnd(value, n, len(value), text.Digit) == len(value)
}

// isWordNumbers reports whether a value is words and short numbers with joints, such as a host: db-01.
func isWordNumbers(value string) bool {
	words := 0
	for i := 0; i < len(value); {
		end := text.RunEnd(value, i, len(value), text.Lower)
		if n := text.RunEnd(value, end, len(value), text.Digit); end-i < 3 && n-end > 2 || n == i {
			return false
		} else if end = n; end < len(value) && !text.Is(value[end], text.Joiner|text.Dot|text.Colon) {
			return false
		}
		words++
		i = end + 1
	}
	return words > 1
}

// isIdentifierNumber reports whether a value is an identifier with a number: db-01, JIRA-123, v2beta.
func isIdentifierNumber(value string) bool {
	return len(value) < 32 && isWordNumbers(value) || isTicket(value)
}

// isTicket reports whether a value is capitals, a dash and a number.
func isTicket(value string) bool {
	n := text.RunEnd(value, 0, len(value), text.Upper)
	return n > 1 && n+1 < len(value) && value[n] == '-' && text.RunEnd(value, n+1, len(value), text.Digit) == len(value)
}

// isVersion reports whether a value is numbers with dots, dashes or colons between them, as versions, dates and times are.
func isVersion(value string) bool {
	i := 0
	if value[0] == 'v' || value[0] == 'V' {
		i = 1
	}
	digits := 0
	for ; i < len(value); i++ {
		if text.Is(value[i], text.Digit) {
			digits++
		} else if strings.IndexByte(".:-/TZ", value[i]) < 0 {
			return false
		}
	}
	return digits > 1 && digits < len(value) && (strings.Contains(value, ".") || strings.Count(value, "-") == 2 || strings.Contains(value, ":"))
}

// labelWords are words of sentences and labels.
var labelWords = wordSet(`a an the this that your you my our new is are was be must should can cannot not no for of to in on at with
	and or if when enter type please confirm confirmation repeat choose forgot reset change changed wrong invalid incorrect required
	missing empty password passwords passphrase secret field value string characters letters digits least long short match
	user username email login account default optional hash here set de du la le el los las der die das ein su tu votre have has will
	from by using use does did only your been were into as it its`)

// isLabel reports whether a text of several words is a sentence, or the label of a field.
func isLabel(value string) bool {
	const most = 8
	if KindOf(value) >= Code {
		return true
	}
	words, known, lone := 0, 0, 0
	for word := range strings.FieldsSeq(value) {
		words++
		word = strings.Trim(word, ".,:;!?()")
		if inSet(labelWords, word) || KindOf(word) >= Code {
			known++
		}
		if !strings.ContainsAny(word, "0123456789") && len(word) > 1 {
			lone++
		}
	}
	return words > most || known*3 >= words || known > 1 && lone == words
}

// containsNounWord reports whether a value has a noun as a part.
func containsNounWord(value string) bool {
	for _, noun := range [...]string{"assword", "asswd", "ecret", "oken", "assphrase"} {
		if strings.Contains(value, noun) {
			return true
		}
	}
	return false
}

func hasForeign(value string) bool {
	for i := range len(value) {
		if value[i] >= 0x80 {
			return true
		}
	}
	return false
}
