package prefilter

import "github.com/cowork-otel/collector/internal/pii/internal/text"

// IsIdentifier reports whether a text is nothing but a UUID, a hash in hexadecimal digits or
// a time. None of them is a finding, and most attributes of telemetry are one of them.
func IsIdentifier(in string) bool {
	switch n := len(in); {
	case n < len("2006-01-02") || n > 64:
		return false
	case in[4] == '-':
		return isTime(in)
	case n == 36:
		return in[8] == '-' && in[13] == '-' && in[18] == '-' && in[23] == '-' && isHexWithLetter(in)
	default:
		return (n == 32 || n == 40 || n == 64) && isHexWithLetter(in)
	}
}

// isHexWithLetter reports whether a text consists of hexadecimal digits, at least one of them a
// letter, and of the dashes of a UUID.
func isHexWithLetter(in string) bool {
	var letters text.Class
	for i := range len(in) {
		class := text.Of(in[i])
		if class&text.Hexa == 0 && (len(in) != 36 || in[i] != '-' || i != 8 && i != 13 && i != 18 && i != 23) {
			return false
		}
		letters |= class
	}
	return letters&text.Letter != 0
}

// timeLayout is a time, 0 for any digit. A fraction and the offset of a zone may follow.
const timeLayout = "0000-00-00T00:00:00"

// isTime reports whether a text is a date or a time in the layout of RFC 3339.
func isTime(in string) bool {
	n := min(len(in), len(timeLayout))
	for i := range n {
		if c := timeLayout[i]; c == '0' && !text.Is(in[i], text.Digit) || c != '0' && in[i] != c && (c != 'T' || in[i] != ' ') {
			return false
		}
	}
	if n < len(timeLayout) {
		return n == len("2006-01-02")
	}
	i := n
	if i < len(in) && in[i] == '.' {
		i = text.RunEnd(in, i+1, i+1+len("999999999"), text.Digit)
	}
	switch zone := in[i:]; zone {
	case "", "Z":
		return true
	default:
		return len(zone) == len("+00:00") && (zone[0] == '+' || zone[0] == '-') && zone[3] == ':' &&
			text.Is(zone[1], text.Digit) && text.Is(zone[2], text.Digit) && text.Is(zone[4], text.Digit) && text.Is(zone[5], text.Digit)
	}
}
