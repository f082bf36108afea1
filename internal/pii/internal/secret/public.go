package secret

// This file holds values that are public although their name or their form is that of a secret.

import (
	"strings"

	"github.com/cowork-otel/collector/internal/pii/internal/text"
)

// isPublic reports whether the name of the words up to end is that of a value which is public: the
// key of the handshake of a web socket, the checksum of a secret in a list of known ones, the key of a site.
func (n *name) isPublic(end int) bool {
	for k := 1; k <= min(4, end); k++ {
		switch string(n.lastWords(k, end)) {
		case "secwebsocketkey", "hashedsecret", "sitekey":
			return true
		}
	}
	return false
}

// isTokenHeader reports whether a value is the header of a JSON web token, or the start of one,
// which names an algorithm only.
func isTokenHeader(value string) bool {
	const headerMost = 48
	if n := strings.IndexByte(value, '.'); n > 0 && len(value)-n < 10 {
		value = value[:n] // and the start of its second part
	}
	if len(value) > headerMost || !strings.HasPrefix(value, "eyJ") || !isNameOf(value, text.KeyChars) {
		return false
	}
	for _, start := range [...]string{"eyJhbGciOi", "eyJ0eXAiOi", "eyJraWQiOi"} {
		if strings.HasPrefix(value, start) || strings.HasPrefix(start, value) {
			return true
		}
	}
	return false
}
