package detect

import (
	"strings"

	"github.com/cowork-otel/collector/internal/pii/internal/span"
	"github.com/cowork-otel/collector/internal/pii/internal/text"
)

// IPv4 detects four numbers up to 255 with dots between them, the first of which starts at i. A port, a path or
// the length of a prefix may follow and is no part of the finding. Five numbers are a version.
func IPv4(r *Reader, start int) (found span.Span, ok bool) {
	if r.Previous(start) == '_' {
		return found, false
	}
	t := r.Text
	var octets [4]int
	i := start
	for k := range octets {
		end := text.RunEnd(t, i, i+4, text.Digit)
		if end == i || end-i > 3 || k < 3 && r.Next(end) != '.' {
			return found, false
		}
		for _, c := range []byte(t[i:end]) {
			octets[k] = octets[k]*10 + int(c-'0')
		}
		if octets[k] > 255 {
			return found, false
		}
		i = end + 1
	}
	end := i - 1
	if isContinued(r, end, '.', 0) || r.Next(end) == '-' && text.Is(r.Next(end+1), text.Letter) || !isAddress(r, start, octets) {
		return found, false
	}
	if octets[0] == 127 || octets[0] == 255 || octets == [4]int{} {
		return skip(start, end)
	}
	return accept(span.IPAddress, span.Structural, start, end)
}

// isAddress reports whether four octets are no version, given the text before them.
func isAddress(r *Reader, start int, octets [4]int) bool {
	large := octets[0] >= 10 && (octets[1] >= 32 || octets[2] >= 32 || octets[3] >= 32 || octets[0] == 10)
	switch before := r.Previous(start); {
	case text.Is(before, text.Alnum) || before == '.' || before == '_':
		return false
	case before == '-' && text.Is(r.Previous(start-1), text.Letter), before == '@', before == '/' && followsProduct(r, start-1):
		return large
	}
	if isFourth(r.Text[:start]) {
		return true
	}
	private := octets[0] == 192 && octets[1] == 168 || octets[0] == 172 && octets[1]>>4 == 1
	if r.hasContextBefore(VersionContext, start, len(" number: ")) || r.versionEnd > 0 && start-r.versionEnd < versionsApart && !private {
		r.versionEnd = start
		return false
	}
	return large || r.keyContexts()&VersionContext == 0
}

// followsProduct reports whether a name with a capital precedes the slash at i, as
// before a version: Kestrel/8.0.11.4.
func followsProduct(r *Reader, i int) bool {
	start := text.RunStart(r.Text, i, i-productMax, text.Alnum)
	return i-start > 1 && text.Is(r.Text[start], text.Upper) && r.Previous(start) != '/'
}

// productMax bounds the name of a product.
const productMax = 32

// versionsApart is the distance within which four numbers after a version are another version.
const versionsApart = 60

// isFourth reports whether a text ends with the name of the protocol: IPv4, v4=.
func isFourth(before string) bool {
	before = strings.TrimRight(before[max(0, len(before)-8):], ` :="'`)
	return strings.HasSuffix(before, "v4") || strings.HasSuffix(before, "V4")
}
