package pii

import (
	"bytes"
	"encoding/base64"

	"github.com/cowork-otel/collector/internal/pii/internal/text"

	"github.com/cowork-otel/collector/internal/pii/internal/span"
)

// jwtHeaderMax bounds the header of a token, in characters.
const jwtHeaderMax = 2048

// jwt detects three base64url parts whose first decodes to a JSON object with
// "alg" (the second and third may have been cut). An encrypted token has five.
func (w *walk) jwt(start int) int {
	t := w.Text
	if p := w.Previous(start); p == '_' || p == '-' || !w.enabled(span.JWT) {
		return 0
	}
	end := text.RunEnd(t, start, start+jwtHeaderMax, text.KeyChars)
	if end-start < len("eyJhbGciOiJ") || w.Next(end) != '.' || !isJOSEHeader(t[start:end]) {
		return 0
	}
	for parts := 1; parts < 5 && w.Next(end) == '.'; parts++ {
		end = text.RunEnd(t, end+1, len(t), text.KeyChars)
	}
	if end-start < jwtLeast {
		return 0
	}
	return w.addSpan(span.JWT, span.Validated, start, end)
}

// jwtLeast is less than the length of any valid token.
const jwtLeast = 24

// isJOSEHeader reports whether text is the base64url form of a JSON object with "alg".
func isJOSEHeader(in string) bool {
	var src, dst [jwtHeaderMax]byte
	n, err := base64.RawURLEncoding.Decode(dst[:], src[:copy(src[:], in)])
	header := bytes.TrimSpace(dst[:max(n, 0)])
	return err == nil && len(header) > 2 && header[0] == '{' && header[len(header)-1] == '}' &&
		bytes.Contains(header, []byte(`"alg"`))
}
