package pii

import (
	"strings"

	"github.com/cowork-otel/collector/internal/pii/internal/text"

	"github.com/cowork-otel/collector/internal/pii/internal/span"
)

const (
	pemBegin    = "BEGIN "
	pemEnd      = "-----END"
	pemLabelMax = 64
)

// keyBlock detects the armour of a private key that starts with the dashes [i, end).
func (w *walk) keyBlock(i, end int) int {
	t := w.Text
	label := end
	if w.Next(label) == ' ' {
		label++
	}
	if !strings.HasPrefix(t[label:], pemBegin) {
		return end
	}
	label += len(pemBegin)
	n := strings.Index(t[label:min(len(t), label+pemLabelMax)], "----")
	if n < 0 || !isPrivate(t[label:label+n]) {
		return end
	}
	return max(end, w.addSpan(span.PrivateKey, span.Structural, max(i, end-5), w.pemBody(label+n)))
}

// isPrivate reports whether the label of an armour is that of a key to be kept secret.
func isPrivate(label string) bool {
	return strings.Contains(label, "PRIVATE KEY") || strings.HasPrefix(label, "OpenVPN Static key")
}

// privateLines detects the private half of a PuTTY key, from "Private-Lines:" on.
func (w *walk) privateLines(start int) int {
	i := start + len("private")
	if !strings.HasPrefix(w.Text[i:], "-Lines: ") {
		return 0
	}
	i = text.RunEnd(w.Text, i+len("-Lines: "), i+len("-Lines: ")+4, text.Digit)
	end := w.armour(i)
	if end-i < 16 {
		return 0
	}
	return w.addSpan(span.PrivateKey, span.Structural, start, end)
}

// pemBody returns where the key ends whose first line ends with the dashes at i.
func (w *walk) pemBody(i int) int {
	t := w.Text
	for i < len(t) && t[i] == '-' {
		i++
	}
	if w.pemEndAt < i && !w.noPEMEnd {
		n := strings.Index(t[i:], pemEnd)
		w.noPEMEnd, w.pemEndAt = n < 0, i+n
	}
	if w.noPEMEnd || strings.Contains(t[i:w.pemEndAt], "-----BEGIN") {
		return w.armour(i)
	}
	end := w.pemEndAt + len(pemEnd)
	if n := strings.Index(t[end:min(len(t), end+pemLabelMax)], "-----"); n >= 0 {
		return end + n + len("-----")
	}
	return text.RunEnd(t, end, end+pemLabelMax, text.Letter|text.Space)
}

// armour returns where the lines of a key without an end are over: at a byte that
// neither base64 nor the headers of a key have.
func (w *walk) armour(i int) int {
	end := w.armourRun(i)
	for end > i && text.Is(w.Text[end-1], text.Space) {
		end--
	}
	return end
}

func (w *walk) armourRun(i int) int {
	t := w.Text
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
