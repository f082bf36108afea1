package secret

import (
	"strings"

	"github.com/cowork-otel/collector/internal/pii/internal/span"
	"github.com/cowork-otel/collector/internal/pii/internal/text"
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
	case text.IsSequence(value):
		return "sequence"
	case strings.Contains(value, "?."), isObjectName(value):
		return "member"
	case isVariableName(value):
		return "name"
	case isLink(value):
		return "url"
	}
	return ""
}

// fillers are words that are no secret under any name.
var fillers = wordSet(`none null nil true false undefined string str bool boolean int integer number float any object unknown
	bytes byte required optional default empty hidden pass redacted masked secret password passwd token apikey api_key key
	example placeholder enabled disabled yes no test todo tbd n/a value text bearer basic oauth oauth2 digest auto
	invalid missing expired changed failed incorrect wrong type input function async await return new self this
	compat files systemd uint sha1 sha256 sha384 sha512 md5 bcrypt scrypt argon2 argon2id aes256 base64 hex utf8 utf-8 ascii varchar char nvarchar uuid prompt ask interactive stdin env file vault keychain keyring`)

// proseFillers are words that are no secret in a sentence.
var proseFillers = wordSet(`valid correct provided stored encrypted hashed plaintext rotated revoked set unset unchanged same here
	there again required optional protected based reset never always also still now then only with without from and for not being too wrong`)

func isFiller(value string) bool { return inSet(fillers, strings.TrimRight(value, "!?")) }

// templates are the beginnings of values that stand for secrets.
var templates = []string{
	"<", "${", "$(", "{{", "{%", "%(", "[[", ".*", "(", "[^", "[a-z", "[0-9", `\x`, "#{", "@{", "%{", "{",
	"%s", "%v", "%d", "%q", "your-", "your_", "your ", "yourpass", "insert", "enter ", "my-secret-", "changeme-",
	"type your", "put your", "add your", "replace", "fill in", "to be ", "example-", "sample-", "dummy-",
}

// A startIndex has beginnings of values, in small letters, by their first byte.
type startIndex [1 << 8][]string

func newStartIndex(list []string) *startIndex {
	x := new(startIndex)
	for _, start := range list {
		x[start[0]] = append(x[start[0]], start)
	}
	return x
}

// begins reports whether a value, in any case, has one of the beginnings.
func (x *startIndex) begins(value string) bool {
	for _, start := range x[text.ToLower(value[0])] {
		if text.HasFold(value, 0, start) {
			return true
		}
	}
	return false
}

var templateIndex, referenceIndex = newStartIndex(templates), newStartIndex(references)

// isTemplate reports whether a value is a template or filled with one byte.
func isTemplate(value string) bool {
	if templateIndex.begins(value) {
		return true
	}
	if strings.HasSuffix(value, "EXAMPLE") || strings.HasSuffix(value, "EXAMPLEKEY") {
		return true
	}
	if last := value[len(value)-1]; last == '%' && value[0] >= 0x80 || last == value[0] && (last == '@' || last == '!' || last == '_') && isNameOf(value[1:len(value)-1], text.KeyChars|text.Dot) { // %NAME% that was decoded, @name@
		return true
	}
	if value[0] == '%' && (len(value) == 2 || value[len(value)-1] == '%') {
		return true
	}
	return text.ShapeOf(value).Distinct < 3 && len(value) > 3 && (len(value) > 10 || text.RunEnd(value, 0, len(value), text.Digit) < len(value))
}

// references are the beginnings of values that name a secret in another place.
var references = []string{
	"process.env", "os.environ", "os.getenv", "getenv", "env.", "env:", "env[", "secrets.", "config.", "settings.", "self.", "this.",
	"args.", "vault:", "vault.", "secretref:", "file:", "file(", "var.", "local.", "data.", "data:", "npm:", "git+", "github:", "link:", "workspace:", "module.", "ssm:", "op://", "arn:", "keyvault",
	"import.meta", "deno.env", "system.getenv", "$env:", "secretkeyref", "valuefrom", "ref+", "sops:", "aws:", "gcp:", "azure:", "keyring:", "keychain:",
	"/run/secrets/", "/etc/", "/var/", "/home/", "/usr/", "/opt/", "/tmp/", "./", "../", "~/", "c:\\", "params.", "props.", "options.", "opts.", "request.", "req.", "res.", "ctx.",
	"credentials.", "parameters.", "variables.", "inputs.", "steps.", "needs.", "github.", "outputs.", "fd:", "pass:$", "projects/",
}

// isReference reports whether a value names a variable or a place that holds the secret.
func isReference(value string) bool {
	first, rest := value[0], value[1:]
	if text.Is(first, text.Quote) && strings.Trim(rest, `"'`) != "" {
		return isReference(strings.Trim(rest, `"'`))
	}
	if n := strings.IndexByte(rest, '/'); first == '$' && n > 2 && text.IsIdentifier(rest[:n]) {
		return true // $HOME/token
	}
	if (first == '#' || first == '.') && len(rest) > 2 && isPlainWord(rest) {
		return true // a selector
	}
	if first == '$' && rest != "" && (text.IsIdentifier(strings.Trim(rest, "{}")) || rest[0] == '{' || rest[0] == '(') {
		return true
	}
	if first == '@' && rest != "" && (isPath(rest) || strings.Contains(rest, ".") && isWords(rest)) {
		return true // @token.txt
	}
	if (first == '@' || first == ':' || first == '&' || first == '*') && len(rest) > 2 && text.IsIdentifier(rest) && isPlainWord(rest) {
		return true // @password of SQL, :password of a statement
	}
	if first == '+' && (text.IsIdentifier(rest) || isMember(rest)) {
		return true
	}
	return referenceIndex.begins(value)
}

// isMasked reports whether a part of a value is hidden already.
func isMasked(value string) bool {
	if text.EqualFold(value, "hidden") {
		return true
	}
	mayMask := false // three equal bytes, the brackets of a word, or a sign beyond ASCII
	for i := 0; i < len(value) && !mayMask; i++ {
		c := value[i]
		mayMask = i > 1 && c == value[i-1] && c == value[i-2] || c >= 0x80 || c == '[' || c == '<' || c == '(' || c == '*'
	}
	if !mayMask {
		return false
	}
	for _, mask := range [...]string{"***", "…", "•••", "xxxx", "XXXX", "...", "●●", "██", "■■", "▇▇", "[redacted", "<redacted", "####", "___", "(masked", "[masked", "[filtered", "[hidden", "---"} {
		if strings.Contains(value, mask) {
			return true
		}
	}
	return strings.HasPrefix(value, "**") || strings.HasSuffix(value, "**")
}

// isCall reports whether a value is a call or an index in code.
func isCall(value string) bool {
	i := 0
	for i < len(value) && (text.Is(value[i], text.Alnum|text.Dot) || value[i] == '_' || value[i] == ':') {
		i++
	}
	if i < 2 || i >= len(value) || text.Is(value[0], text.Digit) {
		return false
	}
	switch value[i] {
	case '(':
		return strings.IndexByte(value[i:], ')') >= 0 || i == len(value)-1 || text.IsIdentifier(value[:i]) && isPlainWord(value[:i])
	case '[', '{':
		return true
	}
	return false
}

// isObjectName reports whether a value is the class and the hash of an object: a.b.Key@1f2e3d.
func isObjectName(value string) bool {
	class, hash, found := strings.Cut(value, "@")
	return found && isMember(class) && hash != "" && isNameOf(hash, text.Hexa)
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

// isLink reports whether a value is a URL without a password.
func isLink(value string) bool {
	_, rest, found := strings.Cut(value, "://")
	user, _, hasUser := strings.Cut(rest, "@")
	return found && (!hasUser || strings.IndexByte(user, ':') < 0)
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
		isWords(value) && strings.IndexByte(value, '/') >= 0)
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

// IsTemplate reports whether a value stands for a secret: a template, a variable or a mask.
func IsTemplate(value string) bool {
	return value == "" || isTemplate(value) || isReference(value) || isMasked(value) || value[0] == '[' && span.IsMarker(value)
}

// IsPlaceholder reports whether a value can be no secret under any noun.
func IsPlaceholder(value string) bool { return notSecret(value) != "" }
