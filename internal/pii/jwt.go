package pii

import (
	"bytes"
	"encoding/base64"
)

// jwtHeaderMax bounds the header of a token, in characters.
const jwtHeaderMax = 2048

// jwt detects three base64url parts whose first decodes to a JSON object with
// "alg" (the second and third may have been cut). An encrypted token has five.
func (w *walk) jwt(start int) int {
	t := w.text
	if p := w.previous(start); p == '_' || p == '-' || !w.enabled(jsonWebToken) {
		return 0
	}
	end := runEnd(t, start, start+jwtHeaderMax, keyChars)
	if end-start < len("eyJhbGciOiJ") || w.next(end) != '.' || !isJOSEHeader(t[start:end]) {
		return 0
	}
	for parts := 1; parts < 5 && w.next(end) == '.'; parts++ {
		end = runEnd(t, end+1, len(t), keyChars)
	}
	if end-start < jwtLeast {
		return 0
	}
	return w.addSpan(jsonWebToken, rankValidated, start, end)
}

// jwtLeast is less than the length of any valid token.
const jwtLeast = 24

// isJOSEHeader reports whether text is the base64url form of a JSON object with "alg".
func isJOSEHeader(text string) bool {
	var src, dst [jwtHeaderMax]byte
	n, err := base64.RawURLEncoding.Decode(dst[:], src[:copy(src[:], text)])
	header := bytes.TrimSpace(dst[:max(n, 0)])
	return err == nil && len(header) > 2 && header[0] == '{' && header[len(header)-1] == '}' &&
		bytes.Contains(header, []byte(`"alg"`))
}
