package secret

// This file holds values that are public although their name or their form is that of a secret.

import (
	"bytes"
	"strings"

	"github.com/cowork-otel/collector/internal/pii/internal/text"
)

// isContract reports whether a value is the address of a contract or an account: 0x and 40
// hexadecimal digits. A private key has 64.
func isContract(value string) bool {
	return len(value) == len("0x")+40 && text.HasFold(value, 0, "0x") && isNameOf(value[2:], text.Hexa)
}

// isPublic reports whether the name of the words up to end is that of a value which is public: the
// key of the handshake of a web socket, the checksum of a secret in a list of known ones.
func (n *name) isPublic(end int) bool {
	last := n.lastWords(min(end, 4), end)
	return bytes.HasSuffix(last, []byte("secwebsocketkey")) || bytes.HasSuffix(last, []byte("hashedsecret"))
}

// isTokenHeader reports whether a value is the header of a JSON web token, or the start of one,
// which names an algorithm only.
func isTokenHeader(value string) bool {
	const headerMost = 48
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
