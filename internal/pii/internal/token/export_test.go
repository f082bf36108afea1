package token

import (
	"math/rand/v2"
	"testing"

	"github.com/cowork-otel/collector/internal/pii/internal/text"
)

// AcceptsFiller reports whether the body of a format may consist of one repeated byte.
func (f *Format) AcceptsFiller() bool { return f.Check == anything || f.Check == hasDigit }

// Sample generates random bodies of a format's alphabet until its check accepts one.
func (f *Format) Sample(t *testing.T, r *rand.Rand, size int) string {
	t.Helper()
	var alphabet []byte
	for c := range byte(0x80) {
		if text.Is(c, f.Body) && c != '.' && c != '=' {
			alphabet = append(alphabet, c)
		}
	}
	body := make([]byte, size)
	for range 10_000 {
		for i := range body {
			body[i] = alphabet[r.IntN(len(alphabet))]
		}
		switch f.Check {
		case uuid:
			shapeUUID(body)
		case bitwardenParts:
			shapeUUID(body[:36])
			body[36] = '.'
		case botParts:
			body[22], body[29] = '.', '.'
		case asanaParts:
			key := size - hexLen
			for i := range body {
				if i < key || !text.Is(body[i], text.Hexa) {
					body[i] = '0' + body[i]%10
				}
			}
			body[key-1] = ':'
		case secretPart:
			copy(body[12:], "_secret_")
		}
		if last := body[size-1]; text.Is(last, text.Alnum) && text.Is(body[0], text.Alnum) && f.Check.accepts(string(body)) {
			return string(body)
		}
	}
	t.Fatalf("%s: the check accepts no generated body", f.Name)
	return ""
}

// shapeUUID turns random bytes into a UUID.
func shapeUUID(body []byte) {
	for i := range body {
		switch {
		case i == 8 || i == 13 || i == 18 || i == 23:
			body[i] = '-'
		case !text.Is(body[i], text.Hexa):
			body[i] = '0' + body[i]%10
		}
	}
}
