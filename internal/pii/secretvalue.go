package pii

import (
	"strings"

	"github.com/cowork-otel/collector/internal/pii/internal/placeholder"
	"github.com/cowork-otel/collector/internal/pii/internal/text"
)

const (
	valueLeast = 4
	valueMost  = 1024
)

// fillers are words that are no secret under any name.
var fillers = wordSet(`none null nil true false undefined string str bool boolean int integer number float any object unknown
	bytes byte required optional default empty hidden pass redacted masked secret password passwd token apikey api_key key
	example placeholder enabled disabled yes no test todo tbd n/a value text bearer basic oauth oauth2 digest auto
	invalid missing expired changed failed incorrect wrong type input function async await return new self this
	compat files systemd`)

func wordSet(words string) map[string]bool {
	set := map[string]bool{}
	for word := range strings.FieldsSeq(words) {
		set[word] = true
	}
	return set
}

// isPlaceholder reports whether a value is a placeholder of a secret: a template, a
// variable, a call, a type, a word such as none or password, a row of x.
func isPlaceholder(value string) bool {
	value = strings.TrimSpace(value)
	if value == "" || placeholder.IsTemplate(value) || isFiller(value) {
		return true
	}
	const longest = 24 // of the words for a password, in any language
	if len(value) <= longest && text.RunEnd(value, 0, longest, text.Letter|text.Foreign) == len(value) {
		if n := nameOf(value); n.words > 0 && secretNames[string(n.last(n.words, n.words))] == passwordName {
			return true
		}
	}
	i := 0
	for i < len(value) && (text.Is(value[i], text.Alnum|text.Dot) || value[i] == '_') {
		i++
	}
	isCall := i > 1 && i < len(value) && (value[i] == '(' || value[i] == '[' || value[i] == '{') && !text.Is(value[0], text.Digit)
	return isCall || text.IsSequence(value)
}

func isFiller(value string) bool {
	var buf [16]byte
	if len(value) > len(buf) {
		return false
	}
	for i := range len(value) {
		buf[i] = text.ToLower(value[i])
	}
	return fillers[string(buf[:len(value)])]
}

// A valueStyle is how a value is written.
type valueStyle uint8

const (
	bare     valueStyle = iota // like the code or the prose around it
	setting                    // alone on a line of YAML or of a properties file
	quoted                     // in quotes
	unquoted                   // in an environment, a query or a flag, where there are no quotes
)

// isSecret reports whether a value is a secret, given the strength of its name.
func isSecret(nameStrength strength, value string, style valueStyle) bool {
	if len(value) < valueLeast || isPlaceholder(value) {
		return false
	}
	if strings.ContainsAny(value, " \t\n") {
		return nameStrength == passwordName && style == quoted && isPhrase(value)
	}
	switch nameStrength {
	case passwordName:
		return (style >= quoted || isPassword(value, style)) && !isDirectory(value)
	case tokenName:
		return len(value) >= 8 && !isPath(value) && !placeholder.IsMember(value) && isToken(value, style)
	case keyName:
		return len(value) >= 16 && !isPath(value) && isKey(value, style)
	case plainKey:
		return len(value) >= 20 && style >= quoted && text.IsRandomCased(value) && !isPath(value)
	case pinName:
		return len(value) <= 8 && text.RunEnd(value, 0, len(value), text.Digit) == len(value)
	}
	return false
}

// isPhrase reports whether a value is a password of several small words, none of
// which is a word of sentences and labels.
func isPhrase(value string) bool {
	const words = 8
	n := 0
	for word := range strings.FieldsSeq(value) {
		if n++; n > words || labelWords[word] || text.RunEnd(word, 0, len(word), text.Lower|text.Digit) < len(word) {
			return false
		}
	}
	return true
}

// labelWords are words of sentences and labels.
var labelWords = wordSet(`a an the this that your you my our new old is are was be must should can cannot not no for of to in on at with
	and or if when enter type please confirm confirmation repeat choose forgot reset change changed wrong invalid incorrect required
	missing empty password passwords passphrase secret field value string characters letters digits least long short match field
	user username email login account default optional hash here set de du la le el los las der die das ein su tu votre`)

// isPassword reports whether a value without quotes is a password rather than a name in code.
func isPassword(value string, style valueStyle) bool {
	if placeholder.IsMember(value) {
		return false
	}
	s := text.ShapeOf(value)
	switch {
	case isFiller(strings.TrimRight(value, "0123456789")):
		return style != bare
	case s.Digit > 0 && s.Lower+s.Upper > 0 && len(value) > 5, s.Other > 1 && len(value) > 5 && !isWords(value):
		return true
	case s.Random(), text.IsGibberish(value, text.OneInTwo):
		return true
	}
	return style == setting && (s.Upper == 0 && s.Lower > 0 && s.Other == 0 || s.Digit == len(value))
}

// isToken reports whether a value is random, or nearly so.
func isToken(value string, style valueStyle) bool {
	const word = len("0x") + 16
	s := text.ShapeOf(value)
	switch {
	case text.HasFold(value, 0, "0x") && len(value) <= word:
		return false // a number
	case s.Random(), s.Digit >= 2 && s.Lower+s.Upper >= 2 && s.Segment >= 10, s.Digit == len(value) && len(value) >= 15:
		return true
	case style == bare:
		return len(value) >= 10 && text.IsGibberish(value, text.OneInTwo)
	}
	return text.IsGibberish(value, text.OneInThree) || style == unquoted && s.Digit > 0 && s.Lower+s.Upper > 0 && s.Other > 1
}

// isKey reports whether a value is a secret key under a name that other keys have too.
func isKey(value string, style valueStyle) bool {
	s := text.ShapeOf(value)
	if s.Segment >= 16 && s.Other < 4 {
		return len(value) >= 20 && s.Random() || style >= quoted && text.IsGibberish(value, text.OneInThree) && s.Other == 0
	}
	return style == unquoted && len(value) >= 20 && s.Random()
}

// isWords reports whether a value has only letters and joints of words.
func isWords(value string) bool {
	for i := range len(value) {
		if !text.Is(value[i], text.Letter|text.Joiner|text.Dot|text.Foreign) && value[i] != '/' && value[i] != ':' {
			return false
		}
	}
	return true
}

// isDirectory reports whether a value is a path of words, as in the variable PWD.
func isDirectory(value string) bool {
	return (value[0] == '/' || strings.HasPrefix(value, "~/")) && !text.HasAnyDigit(value) && isWords(value[1:])
}

// isPath reports whether a value is a path or a URL.
func isPath(value string) bool {
	return strings.Contains(value, "://") || strings.HasPrefix(value, "./") || strings.HasPrefix(value, "~/") ||
		strings.HasPrefix(value, "/") && strings.Count(value, "/") > 1 && !text.ShapeOf(value).Random()
}
