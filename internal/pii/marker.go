package pii

import "strings"

const (
	markerStart = "[REDACTED"
	// markerMax bounds the name within a marker, and so how far one is looked for.
	markerMax = 64
)

// IsMarker reports whether the whole of text is a marker: "[REDACTED]" or
// "[REDACTED_<NAME>]".
func IsMarker(text string) bool {
	return text != "" && markerEnd(text, 0) == len(text)
}

// markerEnd returns where the marker that starts at i ends, 0 if none starts there.
func markerEnd(text string, i int) int {
	if !strings.HasPrefix(text[i:], markerStart) {
		return 0
	}
	i += len(markerStart)
	if i < len(text) && text[i] == ']' {
		return i + 1
	}
	if i >= len(text) || text[i] != '_' {
		return 0
	}
	name := i + 1
	for i = name; i < len(text) && i-name <= markerMax && isMarkerByte(text[i]); i++ {
	}
	if i == name || i-name > markerMax || i >= len(text) || text[i] != ']' {
		return 0
	}
	return i + 1
}

func isMarkerByte(c byte) bool { return is(c, upper|digit) || c == '_' }

// protected returns where the marker that starts at i ends, 0 if what stands
// there is to be scanned like any text. A marker with digits counts only if it
// is one of this scanner, so that nothing hides in the clothes of a marker.
func (s *Scanner) protected(text string, i int) int {
	end := markerEnd(text, i)
	if end == 0 || !strings.ContainsAny(text[i:end], "0123456789") {
		return end
	}
	for c := range s.custom {
		if s.custom[c].Marker == text[i:end] {
			return end
		}
	}
	return 0
}
