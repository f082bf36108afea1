package pii

import "strings"

const (
	valueLeast = 4
	valueMost  = 1024
)

// templates are the beginnings of values that are placeholders of secrets.
var templates = []string{
	"<", "${", "$(", "{{", "{%", "%(", "[[", "...", "***", ".*", "(", "[^", "[a-z", "[0-9", `\x`,
	"%s", "%v", "%d", "%q", "process.env", "os.environ", "os.getenv", "getenv",
	"env.", "secrets.", "config.", "settings.", "self.", "this.", "args.", "vault:", "secretref:", "your-", "your_", "your ", "yourpass", "insert",
}

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
	if value == "" || isTemplate(value) || isFiller(value) {
		return true
	}
	const longest = 24 // of the words for a password, in any language
	if len(value) <= longest && runEnd(value, 0, longest, letter|foreign) == len(value) {
		if n := nameOf(value); n.words > 0 && secretNames[string(n.last(n.words, n.words))] == passwordName {
			return true
		}
	}
	i := 0
	for i < len(value) && (is(value[i], alnum|dot) || value[i] == '_') {
		i++
	}
	isCall := i > 1 && i < len(value) && (value[i] == '(' || value[i] == '[' || value[i] == '{') && !is(value[0], digit)
	return isCall || isSequence(value)
}

// isSequence reports whether a value counts up letters: abcdefghij.
func isSequence(value string) bool {
	const long = 10
	run := 1
	for i := 1; i < min(len(value), judged); i++ {
		if run++; value[i] != value[i-1]+1 || !is(value[i], letter) {
			run = 1
		}
		if run == long {
			return true
		}
	}
	return false
}

// isTemplate reports whether a value is a template or a variable.
func isTemplate(value string) bool {
	if value[0] == '[' && IsMarker(value) {
		return true
	}
	for _, t := range templates {
		if hasFold(value, 0, t) {
			return true
		}
	}
	first := value[0]
	switch {
	case first == '$' && len(value) > 1 && isIdentifier(value[1:]):
		return true
	case first == '%' && (len(value) == 2 || value[len(value)-1] == '%'):
		return true
	case first == '{', first == '+' && (isIdentifier(value[1:]) || isMember(value[1:])):
		return true
	}
	return shapeOf(value).distinct < 3 && len(value) > 3
}

func isFiller(value string) bool {
	var buf [16]byte
	if len(value) > len(buf) {
		return false
	}
	for i := range len(value) {
		buf[i] = lowered(value[i])
	}
	return fillers[string(buf[:len(value)])]
}

// isIdentifier reports whether all of a value are letters, digits and underscores, and no digit comes first.
func isIdentifier(value string) bool {
	for i := range len(value) {
		if !is(value[i], alnum) && value[i] != '_' {
			return false
		}
	}
	return value != "" && !is(value[0], digit)
}

// isMember reports whether a value is a path of names such as user.password.
func isMember(value string) bool {
	for i := range len(value) {
		if !is(value[i], alnum|dot) && value[i] != '_' {
			return false
		}
	}
	return strings.Contains(value, ".") && !is(value[0], digit) && !shapeOf(value).random()
}

// A valueStyle is how a value is written.
type valueStyle uint8

const (
	bare    valueStyle = iota // like the code or the prose around it
	setting                   // alone on a line of YAML or of a properties file
	quoted                    // in quotes
	literal                   // in an environment, a query or a flag, where there are no quotes
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
		return len(value) >= 8 && !isPath(value) && !isMember(value) && isToken(value, style)
	case keyName:
		return len(value) >= 16 && !isPath(value) && isKey(value, style)
	case plainKey:
		return len(value) >= 20 && style >= quoted && isRandomCased(value) && !isPath(value)
	case pinName:
		return len(value) <= 8 && runEnd(value, 0, len(value), digit) == len(value)
	}
	return false
}

// isPhrase reports whether a value is a password of several small words, none of
// which is a word of sentences and labels.
func isPhrase(value string) bool {
	const words = 8
	n := 0
	for word := range strings.FieldsSeq(value) {
		if n++; n > words || labelWords[word] || runEnd(word, 0, len(word), lower|digit) < len(word) {
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
	if isMember(value) {
		return false
	}
	s := shapeOf(value)
	switch {
	case isFiller(strings.TrimRight(value, "0123456789")):
		return style != bare
	case s.digit > 0 && s.lower+s.upper > 0 && len(value) > 5, s.other > 1 && len(value) > 5 && !isWords(value):
		return true
	case s.random(), isGibberish(value, oneInTwo):
		return true
	}
	return style == setting && (s.upper == 0 && s.lower > 0 && s.other == 0 || s.digit == len(value))
}

// isToken reports whether a value is random, or nearly so.
func isToken(value string, style valueStyle) bool {
	const word = len("0x") + 16
	s := shapeOf(value)
	switch {
	case hasFold(value, 0, "0x") && len(value) <= word:
		return false // a number
	case s.random(), s.digit >= 2 && s.lower+s.upper >= 2 && s.segment >= 10, s.digit == len(value) && len(value) >= 15:
		return true
	case style == bare:
		return len(value) >= 10 && isGibberish(value, oneInTwo)
	}
	return isGibberish(value, oneInThree) || style == literal && s.digit > 0 && s.lower+s.upper > 0 && s.other > 1
}

// isKey reports whether a value is a secret key under a name that other keys have too.
func isKey(value string, style valueStyle) bool {
	s := shapeOf(value)
	if s.segment >= 16 && s.other < 4 {
		return len(value) >= 20 && s.random() || style >= quoted && isGibberish(value, oneInThree) && s.other == 0
	}
	return style == literal && len(value) >= 20 && s.random()
}

// isWords reports whether a value has only letters and joints of words.
func isWords(value string) bool {
	for i := range len(value) {
		if !is(value[i], letter|joiner|dot|foreign) && value[i] != '/' && value[i] != ':' {
			return false
		}
	}
	return true
}

// isDirectory reports whether a value is a path of words, as in the variable PWD.
func isDirectory(value string) bool {
	return (value[0] == '/' || strings.HasPrefix(value, "~/")) && !hasAnyDigit(value) && isWords(value[1:])
}

// isPath reports whether a value is a path or a URL.
func isPath(value string) bool {
	return strings.Contains(value, "://") || strings.HasPrefix(value, "./") || strings.HasPrefix(value, "~/") ||
		strings.HasPrefix(value, "/") && strings.Count(value, "/") > 1 && !shapeOf(value).random()
}
