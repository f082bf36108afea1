// Package placeholder recognizes values that take the place of a secret or of an
// identifier in examples: templates and variables such as ${TOKEN} or your-password.
package placeholder

import (
	"strings"

	"github.com/cowork-otel/collector/internal/pii/internal/span"
	"github.com/cowork-otel/collector/internal/pii/internal/text"
)

// templates are the beginnings of values that are placeholders.
var templates = []string{
	"<", "${", "$(", "{{", "{%", "%(", "[[", "...", "***", ".*", "(", "[^", "[a-z", "[0-9", `\x`,
	"%s", "%v", "%d", "%q", "process.env", "os.environ", "os.getenv", "getenv",
	"env.", "secrets.", "config.", "settings.", "self.", "this.", "args.", "vault:", "secretref:", "your-", "your_", "your ", "yourpass", "insert",
}

// IsTemplate reports whether a value is a template or a variable.
func IsTemplate(value string) bool {
	if value[0] == '[' && span.IsMarker(value) {
		return true
	}
	for _, t := range templates {
		if text.HasFold(value, 0, t) {
			return true
		}
	}
	switch value {
	case "PASSWORD", "PASS", "SECRET", "TOKEN", "PASSWD", "PWD":
		return true
	}
	first := value[0]
	switch {
	case first == '$' && len(value) > 1 && text.IsIdentifier(value[1:]):
		return true
	case first == '%' && (len(value) == 2 || value[len(value)-1] == '%'):
		return true
	case first == '{', first == '+' && (text.IsIdentifier(value[1:]) || IsMember(value[1:])):
		return true
	}
	return text.ShapeOf(value).Distinct < 3 && len(value) > 3
}

// IsMember reports whether a value is a path of names such as user.password.
func IsMember(value string) bool {
	for i := range len(value) {
		if !text.Is(value[i], text.Alnum|text.Dot) && value[i] != '_' {
			return false
		}
	}
	return strings.Contains(value, ".") && !text.Is(value[0], text.Digit) && !text.ShapeOf(value).Random()
}
