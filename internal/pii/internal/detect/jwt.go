package detect

import (
	"bytes"
	"encoding/base64"
	"strings"

	"github.com/cowork-otel/collector/internal/pii/internal/span"
	"github.com/cowork-otel/collector/internal/pii/internal/text"
)

// jwtHeaderMax bounds the header of a token, in characters.
const jwtHeaderMax = 2048

// JWT detects a JSON web token that starts at start: three base64url parts whose first decodes to a JSON object with
// "alg" (the second and third may have been cut). An encrypted token has five.
func JWT(r *Reader, start int) (found span.Span, ok bool) {
	t := r.Text
	if p := r.Previous(start); p == '_' || p == '-' {
		return found, false
	}
	end := text.RunEnd(t, start, start+jwtHeaderMax, text.KeyChars)
	if end-start < len("eyJhbGciOiJ") || r.Next(end) != '.' || !isJOSEHeader(t[start:end]) {
		return found, false
	}
	if c := r.Next(end + 1); !text.Is(c, text.KeyChars) && (c != '.' || !text.Is(r.Next(end+2), text.KeyChars)) {
		return found, false // the rest is cut: eyJhbGciOiJSUzI1NiJ9...
	}
	header := end
	for parts := 1; parts < 5 && r.Next(end) == '.'; parts++ {
		end = text.RunEnd(t, end+1, len(t), text.KeyChars)
	}
	if end-start < jwtLeast || end-header < 10 && (strings.HasPrefix(t[end:], "..") || strings.HasPrefix(t[end:], "…")) {
		return found, false
	}
	return accept(span.JWT, span.Validated, start, end)
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
