package secret

import (
	"strings"

	"github.com/cowork-otel/collector/internal/pii/internal/span"
	"github.com/cowork-otel/collector/internal/pii/internal/text"
	"github.com/cowork-otel/collector/internal/pii/internal/token"
)

// notSecret returns why a value cannot be a secret under any noun, "" if it can be one.
func notSecret(value string) string {
	switch {
	case value == "":
		return "empty"
	case value[0] == '[' && span.IsMarker(value):
		return "marker"
	case isFiller(value):
		return "filler"
	case isTemplate(value):
		return "template"
	case isReference(value):
		return "reference"
	case isMasked(value):
		return "masked"
	case isCall(value):
		return "call"
	case isNounItself(value):
		return "noun"
	case text.HasFold(value, 0, "0x") && len(value) <= len("0x")+16 && isNameOf(value[2:], text.Hexa):
		return "number"
	case token.IsContract(value):
		return "address of a contract"
	case isTokenHeader(value):
		return "header of a token"
	case text.IsSequence(value):
		return "sequence"
	case text.HasFold(value, 0, "x-") && isHeaderName(value), strings.Count(value, "_") > 2 && isNameOf(value, text.Upper|text.Joiner):
		return "name"
	case strings.Contains(value, "?."), isObjectName(value):
		return "member"
	case isVariableName(value):
		return "name"
	case isLink(value):
		return "url"
	case strings.HasPrefix(value, "--") && isPlainWord(value):
		return "flag"
	case isStandard(value):
		return "standard"
	case isWordPath(value):
		return "path"
	}
	return ""
}

// fillers are words that are no secret under any name.
var fillers = wordSet(`none null nil true false undefined string str bool boolean int integer number float any object unknown
	bytes byte required optional default empty hidden pass redacted masked secret password passwd token apikey api_key key
	example placeholder enabled disabled yes no test todo tbd n/a value text bearer basic oauth oauth2 digest auto
	float32 float64 int8 int16 int32 int64 uint8 uint16 uint32 uint64 changeme vbnullstring invalid missing expired changed failed incorrect wrong type input function async await return new self this
	compat files systemd uint sha1 sha256 sha384 sha512 md5 bcrypt scrypt argon2 argon2id aes256 base64 hex utf8 utf-8 ascii varchar char nvarchar uuid prompt ask interactive stdin env file vault keychain keyring`)

// proseFillers are words that are no secret in a sentence.
var proseFillers = wordSet(`valid correct provided stored encrypted hashed plaintext rotated revoked set unset unchanged same here
	there again required optional protected based reset never always also still now then only with without from and for not being too wrong`)

func isFiller(value string) bool {
	value = strings.TrimRight(value, "!?")
	return inSet(fillers, value) || inSet(states, value)
}

// isCall reports whether a value is a call or an index in code.
func isCall(value string) bool {
	if verb, noun, found := strings.Cut(value, "-"); found && inSet(cmdlets, verb) && isTitle(noun) {
		return true // Read-Host
	}
	value = strings.TrimLeft(value, "&*")
	i := 0
	for i < len(value) && (text.Is(value[i], text.Alnum|text.Dot) || value[i] == '_' || value[i] == ':') {
		i++
	}
	if i < 2 || i >= len(value) || text.Is(value[0], text.Digit) {
		return false
	}
	switch value[i] {
	case '(':
		return strings.IndexByte(value[i:], ')') >= 0 || i == len(value)-1 || text.IsIdentifier(value[:i])
	case '[', '{':
		return true
	}
	return false
}

// cmdlets are the verbs of the commands of PowerShell that return a secret.
var cmdlets = wordSet("get read new convertto convertfrom import invoke unprotect receive join")

// isObjectName reports whether a value is the class and the hash of an object: a.b.Key@1f2e3d.
func isObjectName(value string) bool {
	const hashLeast = 5 // Raven.Meadow@85 is a password
	class, hash, found := strings.Cut(value, "@")
	return found && isMember(class) && len(hash) >= hashLeast && isNameOf(hash, text.Hexa)
}

// isVariableName reports whether a value is the name of a variable of an environment for a secret: SMTP_PASSWORD_V2.
func isVariableName(value string) bool {
	return strings.IndexByte(value, '_') > 0 && isNameOf(value, text.Upper|text.Digit|text.Joiner) && text.Is(value[0], text.Upper) && nounIn(value) >= Code
}

// isNounItself reports whether a value is only a noun, in any language, perhaps with a number.
func isNounItself(value string) bool {
	const longest = 40
	if len(value) > longest {
		return false
	}
	if isForeignLabel(value) {
		return true
	}
	if strings.ContainsAny(value, "0123456789") {
		return false
	}
	value = strings.TrimRight(value, ":*?!")
	n := nameOf(value)
	return n.words > 0 && n.words <= 4 && lexicon.find(n.lastWords(n.words, n.words)).kind != None && isNameOf(value, text.Alnum|text.Joiner|text.Space)
}

// isForeignLabel reports whether a value has a noun with letters beyond ASCII, and no digit.
func isForeignLabel(value string) bool {
	if !hasForeign(value) || strings.ContainsAny(value, "0123456789") {
		return false
	}
	for i := text.NextForeign(value, 0); i+1 < len(value); i = text.NextForeign(value, i+1) {
		for _, noun := range foreignIndex[foreignKey(value[i], value[i+1])] {
			if i >= noun.at && text.HasFold(value, i-noun.at, noun.word) {
				return true
			}
		}
	}
	return false
}

// isNounName reports whether a value is a name that ends with a noun: confirm_password.
func isNounName(value string) bool {
	kind := KindOf(value)
	return (kind >= Code || kind == Key) && isNameOf(value, text.Alnum|text.Joiner|text.Dot)
}

// isHeaderName reports whether a value is the name of a header: X-Hub-Signature-256.
func isHeaderName(value string) bool {
	for part := range strings.SplitSeq(value[2:], "-") {
		if part == "" || !isTitle(part) && !isNameOf(part, text.Upper|text.Digit) {
			return false
		}
	}
	return true
}

// isLink reports whether a value is a URL without a password.
func isLink(value string) bool {
	_, rest, found := strings.Cut(value, "://")
	user, _, hasUser := strings.Cut(rest, "@")
	return found && (!hasUser || strings.IndexByte(user, ':') < 0)
}

// isFingerprint reports whether a value is pairs of hexadecimal digits with colons between them.
func isFingerprint(value string) bool {
	const least = 8
	if len(value) < 3*least-1 || len(value)%3 != 2 {
		return false
	}
	for i := range len(value) {
		if i%3 == 2 && value[i] != ':' || i%3 < 2 && !text.Is(value[i], text.Hexa) {
			return false
		}
	}
	return true
}

// isPlainWord reports whether a value has letters and underscores only.
func isPlainWord(value string) bool {
	return text.RunEnd(value, 0, len(value), text.Letter|text.Joiner) == len(value)
}

// isMember reports whether a value is a path of names such as user.password.
func isMember(value string) bool {
	for i := range len(value) {
		if !text.Is(value[i], text.Alnum|text.Dot) && value[i] != '_' {
			return false
		}
	}
	last := value[strings.LastIndexByte(value, '.')+1:] // a member has no number as its name
	return len(last) < len(value) && last != "" && !text.Is(last[0], text.Digit) && !text.Is(value[0], text.Digit) && !text.ShapeOf(value).Random()
}

// isPath reports whether a value is a path of a file.
func isPath(value string) bool {
	return value != "" && (strings.HasPrefix(value, "./") || strings.HasPrefix(value, `\\`) || strings.HasPrefix(value, "~/") || strings.HasPrefix(value, "../") ||
		len(value) > 3 && value[1] == ':' && (value[2] == '\\' || value[2] == '/') ||
		value[0] == '/' && strings.Count(value, "/") > 1 && !text.ShapeOf(value).Random() ||
		isWords(value) && strings.IndexByte(value, '/') >= 0 || isWordPath(value))
}

// isWordPath reports whether a value has three or more parts of a path, all but one of them words: target/debug/x-1f2e/out.
func isWordPath(value string) bool {
	parts, others := 0, 0
	for part := range strings.SplitSeq(value, "/") {
		if parts++; len(part) < 3 || !isNameOf(part, text.Lower|text.Joiner|text.Dot) {
			others++
		}
	}
	return parts > 3 && others < 2 || parts > 1 && strings.IndexByte(value, '#') > 0 && isWords(strings.Replace(value, "#", "", 1)) // a route
}

// isWords reports whether a value has only letters and what joins words.
func isWords(value string) bool {
	for i := range len(value) {
		if !text.Is(value[i], text.Letter|text.Joiner|text.Dot|text.Foreign) && value[i] != '/' && value[i] != ':' {
			return false
		}
	}
	return true
}

// IsTemplate reports whether a value takes the place of a secret: a template, a variable or a mask.
func IsTemplate(value string) bool {
	return value == "" || isTemplate(value) || isReference(value) || isMasked(value) || value[0] == '[' && span.IsMarker(value)
}

// isPointer reports whether a value names where the secret is: see 1Password, siehe Wiki.
func isPointer(value string) bool {
	const wordsMost = 3
	first, rest, found := strings.Cut(value, " ")
	return found && inSet(pointers, first) && strings.Count(rest, " ") < wordsMost && isNameOf(rest, text.Alnum|text.Joiner|text.Space|text.Dot|text.Foreign)
}

// pointers are the words before the place of a secret.
var pointers = wordSet("see siehe ask frag voir ver zie vedi")
