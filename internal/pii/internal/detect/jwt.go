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
	if r.Previous(start) == '_' {
		return found, false
	}
	end := text.RunEnd(t, start, start+jwtHeaderMax, text.KeyChars)
	if c := r.Next(end); end-start < len("eyJhbGciOiJ") || c != '.' && c != '\\' && !text.Is(c, text.Quote) || !isJOSEHeader(t[start:end]) {
		return found, false
	}
	if stop := joinedParts(r, end); stop > 0 {
		return accept(span.JWT, span.Validated, start, stop)
	}
	if r.Next(end) != '.' {
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

// joinedParts returns the end of the payload and the signature after a header that ends at i, if they are
// on lines or in strings of their own, 0 otherwise.
func joinedParts(r *Reader, i int) int {
	const parts, partLeast = 2, 10
	if text.Is(r.Next(i+1), text.KeyChars) {
		return 0
	}
	for range parts {
		next := partAfter(r, i)
		if next == 0 {
			return 0
		}
		if i = text.RunEnd(r.Text, next, len(r.Text), text.KeyChars); i-next < partLeast {
			return 0
		}
	}
	return i
}

// partAfter returns where the part of a token starts that follows one that ends at i, 0 if there is none: after a
// dot and the end of a line, or in the next string of code.
func partAfter(r *Reader, i int) int {
	const indentMost = 24
	t := r.Text
	if r.Next(i) != '.' {
		if next, _ := text.JointEnd(t, i); next > 0 && r.Next(next) == '.' {
			return next + 1
		}
		return 0
	}
	i++
	if text.Is(r.Next(i), text.KeyChars) {
		return i
	}
	if next, _ := text.JointEnd(t, i); next > 0 {
		return next
	}
	end := i
	for end < min(len(t), i+indentMost) && strings.IndexByte(" \t\r\n", t[end]) >= 0 {
		end++
	}
	if strings.IndexByte(t[i:end], '\n') < 0 {
		return 0
	}
	return end
}
