package detect

import (
	"strings"

	"github.com/cowork-otel/collector/internal/pii/internal/span"
	"github.com/cowork-otel/collector/internal/pii/internal/text"
)

const (
	pemBegin    = "BEGIN "
	pemEnd      = "-----END"
	pemLabelMax = 64
)

// PrivateKey detects the armour of a private key whose dashes start at i.
func PrivateKey(r *Reader, i int) (found span.Span, ok bool) {
	t := r.Text
	end := i
	for end < len(t) && t[end] == '-' {
		end++
	}
	label := end
	if r.Next(label) == ' ' {
		label++
	}
	if end-i < 4 || !strings.HasPrefix(t[label:], pemBegin) {
		return found, false
	}
	label += len(pemBegin)
	n := strings.Index(t[label:min(len(t), label+pemLabelMax)], "----")
	if n < 0 || !isPrivate(t[label:label+n]) {
		return found, false
	}
	stop := pemEndOf(r, label+n)
	if !hasKeyBody(r, label+n, stop) {
		return found, false
	}
	return accept(span.PrivateKey, span.Structural, max(i, end-5), stop)
}

// isPrivate reports whether the label of an armour is that of a key to be kept secret.
func isPrivate(label string) bool {
	return strings.Contains(label, "PRIVATE KEY") || strings.HasPrefix(label, "OpenVPN Static key")
}

// PuTTYPrivateKey detects the private half of a PuTTY key, from "Private-Lines:" on.
func PuTTYPrivateKey(r *Reader, start int) (found span.Span, ok bool) {
	const word, rest = "private", "-Lines: "
	i := start + len(word)
	if !text.HasFold(r.Text, start, word) || !strings.HasPrefix(r.Text[i:], rest) {
		return found, false
	}
	i = text.RunEnd(r.Text, i+len(rest), i+len(rest)+4, text.Digit)
	end := armourEnd(r, i)
	if end-i < 16 {
		return found, false
	}
	return accept(span.PrivateKey, span.Structural, start, end)
}

// pemEndOf returns where the key ends whose first line ends with the dashes at i.
func pemEndOf(r *Reader, i int) int {
	t := r.Text
	for i < len(t) && t[i] == '-' {
		i++
	}
	if r.pemEndAt < i && !r.noPEMEnd {
		n := strings.Index(t[i:], pemEnd)
		r.noPEMEnd, r.pemEndAt = n < 0, i+n
	}
	if r.noPEMEnd || strings.Contains(t[i:r.pemEndAt], "-----BEGIN") {
		return armourEnd(r, i)
	}
	end := r.pemEndAt + len(pemEnd)
	if n := strings.Index(t[end:min(len(t), end+pemLabelMax)], "-----"); n >= 0 {
		return end + n + len("-----")
	}
	return text.RunEnd(t, end, end+pemLabelMax, text.Letter|text.Space)
}

// armourEnd returns where the lines of a key without an end are over: at a byte that
// neither base64 nor the headers of a key have.
func armourEnd(r *Reader, i int) int {
	end := armourRunEnd(r, i)
	for end > i && text.Is(r.Text[end-1], text.Space) {
		end--
	}
	return end
}

func armourRunEnd(r *Reader, i int) int {
	t := r.Text
	for i < len(t) {
		switch c := t[i]; {
		case text.Is(c, text.Alnum|text.Base64x|text.Space) || c == ':' || c == ',':
			i++
		case c == '-' && !strings.HasPrefix(t[i:], "-----"):
			i++
		case c == '\\' && i+1 < len(t) && text.IsEscape[t[i+1]]:
			i += 2
		case c == '\\' && strings.HasPrefix(t[i:], `\\n`):
			i += 3
		default:
			return i
		}
	}
	return i
}
