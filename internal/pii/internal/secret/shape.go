package secret

import (
	"strings"

	"github.com/cowork-otel/collector/internal/pii/internal/text"
)

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
	words, digits := 0, 0
	for i := 0; i < len(value); {
		end := text.RunEnd(value, i, len(value), text.Lower)
		if n := text.RunEnd(value, end, len(value), text.Digit); end-i < 3 && n-end > 2 || n == i {
			return false
		} else if digits, end = digits+n-end, n; end < len(value) && !text.Is(value[end], text.Joiner|text.Dot|text.Colon) && value[end] != '/' {
			return false
		}
		if i > 0 && text.Is(value[i], text.Digit) && value[i-1] == '.' && end >= len(value) && words > 1 && text.Is(value[i-2], text.Letter) {
			return false // cactus.meadow.70
		}
		words++
		i = end + 1
	}
	return words > 1 && digits > 0
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

// isCacheKey reports whether a value is words and then a hash: v1-deps-1f2e….
func isCacheKey(value string) bool {
	if strings.IndexByte(value, '/') > 0 { // of an object in a bucket: builds/1f2e…/shop.tar.gz
		base := value[strings.LastIndexByte(value, '/')+1:]
		return strings.IndexByte(base, '.') > 0 && isNameOf(value, text.KeyChars|text.Dot|text.Base64x) && isPlainText(value[:strings.IndexByte(value, '/')])
	}
	n := strings.LastIndexAny(value, "-:")
	if n <= 0 || !isNameOf(value[n+1:], text.Hexa) || !isNameOf(value[:n], text.KeyChars|text.Dot|text.Colon) {
		return false
	}
	switch size := len(value) - n - 1; size {
	case 32:
		return value[n] == ':' && isPlainText(strings.ReplaceAll(value[:n], ":", "-"))
	case 40, 64:
		return true
	}
	return false
}

// adjectiveEndings are the ends of participles, adjectives and adverbs of English, and of nouns about texts.
var adjectiveEndings = []string{
	"ed", "ing", "able", "ible", "ent", "ant", "ive", "ous", "ful", "less", "ary", "ory", "ic", "al", "ly", "ect", "id",
	"ten", "ken", "sen", "den", "set", "sent", "text", "word", "phrase", "ion", "ment", "ness", "ity", "ware", "base", "code", "name",
}

// endsAsAdjective reports whether a word ends as those do that describe a password instead of being one.
func endsAsAdjective(word string) bool {
	for _, ending := range adjectiveEndings {
		if n := len(word) - len(ending); n > 0 && text.HasFold(word, n, ending) {
			return true
		}
	}
	return false
}

// hasLongPart reports whether a value has a part of letters that is longer than those of a code in groups: windows-2019.
func hasLongPart(value string) bool {
	const most = 6
	for i := 0; i < len(value); {
		end := text.RunEnd(value, i, len(value), text.Lower)
		if end-i > most && !text.IsGibberish(value[i:end], text.OneInThree) {
			return true
		}
		i = end + 1
	}
	return false
}

// isDotted reports whether a value is the name of a host, a package or a member: client.k8s.io/exec.
func isDotted(value string) bool {
	dots := 0
	for i := 0; i < len(value); {
		end := text.RunEnd(value, i, len(value), text.Alnum)
		if part := value[i:end]; end == i || text.ShapeOf(part).Random() || end-i > 24 {
			return false
		}
		if end < len(value) && value[end] == '.' {
			dots++
		} else if end < len(value) && strings.IndexByte("/:-_", value[end]) < 0 {
			return false
		}
		i = end + 1
	}
	return dots > 0
}

// labelWords are words of sentences and labels.
var labelWords = wordSet(`a an the this that your you my our new is are was be must should can cannot not no for of to in on at with
	and or if when enter type please confirm confirmation repeat choose forgot reset change changed wrong invalid incorrect required
	missing empty password passwords passphrase secret field value string characters letters digits least long short match
	user username email login account default optional hash here set de du la le el los las der die das ein su tu votre have has will
	from by using use does did only too contain contains dont match matches same least must be between your been were into as it its`)

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

// isMessageKey reports whether a value is the key of a message about a field: too-short, passwordsDontMatch.
func isMessageKey(value string, camel bool) bool {
	const most = 40
	if len(value) <= most && strings.IndexByte(value, '-') > 0 && (isWords(value) || isWordNumbers(value)) {
		return isLabel(strings.ReplaceAll(value, "-", " "))
	}
	return camel && (text.HasFold(value, 0, "password") || text.HasFold(value, 0, "token") || text.HasFold(value, 0, "pin"))
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
