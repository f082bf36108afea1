package secret

import (
	"strings"

	"github.com/cowork-otel/collector/internal/pii/internal/text"
)

// templates are the beginnings of values that take the place of secrets.
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
	if n := strings.Index(value, "your"); n > 0 && text.Is(value[n-1], text.Joiner) || strings.HasSuffix(value, "_here") || strings.HasSuffix(value, "-here") {
		return true
	}
	if strings.Contains(value, "%s") || strings.Contains(value, "%0") || strings.HasSuffix(value, "!r") && isPlainWord(value[:len(value)-2]) {
		return true // a format
	}
	if strings.HasSuffix(value, "EXAMPLE") || strings.HasSuffix(value, "EXAMPLEKEY") {
		return true
	}
	if last := value[len(value)-1]; last == '%' && value[0] >= 0x80 || len(value) > 2 && last == value[0] && (last == '@' || last == '!' || last == '_') && isNameOf(value[1:len(value)-1], text.KeyChars|text.Dot) { // %NAME% that was decoded, @name@
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
	if (first == '#' || first == '.') && len(rest) > 2 && (isPlainWord(rest) || isWordNumbers(rest)) {
		return true // a selector
	}
	if n := strings.LastIndexByte(value, '#'); n >= 0 && len(value)-n == len("#d0d0d0") && isNameOf(value[n+1:], text.Hexa) && (n == 0 || value[n-1] == ' ') {
		return true // a colour
	}
	if first == ':' && len(rest) > 2 && isWords(rest) {
		return true // :py:data
	}
	if n := text.RunEnd(rest, 0, len(rest), text.KeyChars); first == '$' && n > 1 && (rest[n-1] == '-' || n < len(rest) && rest[n] == '.' && isWords(rest)) {
		return true // $user->password, $event.target.value
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
	if first == '+' && (text.IsIdentifier(rest) || isMember(rest)) && !isStrong(rest) {
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
