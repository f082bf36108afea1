package span

import (
	"strings"

	"github.com/cowork-otel/collector/internal/pii/internal/text"
)

// The parts of a marker.
const (
	MarkerStart = "[REDACTED"
	// MarkerMax bounds the name within a marker.
	MarkerMax = 64
)

// IsMarker reports whether text is exactly one marker: "[REDACTED]" or
// "[REDACTED_<NAME>]".
func IsMarker(in string) bool {
	return in != "" && MarkerEnd(in, 0) == len(in)
}

// MarkerEnd returns where the marker that starts at i ends, 0 if none starts there.
func MarkerEnd(in string, i int) int {
	if !strings.HasPrefix(in[i:], MarkerStart) {
		return 0
	}
	i += len(MarkerStart)
	if i < len(in) && in[i] == ']' {
		return i + 1
	}
	if i >= len(in) || in[i] != '_' {
		return 0
	}
	name := i + 1
	for i = name; i < len(in) && i-name <= MarkerMax && (text.Is(in[i], text.Upper|text.Digit) || in[i] == '_'); i++ {
	}
	if i == name || i-name > MarkerMax || i >= len(in) || in[i] != ']' {
		return 0
	}
	return i + 1
}

// AfterMarker returns the end of the marker that contains i, i if there is none.
func AfterMarker(in string, i int) int {
	back := max(0, i-len(MarkerStart)-MarkerMax)
	if open := strings.LastIndexByte(in[back:i], '['); open >= 0 {
		return max(i, MarkerEnd(in, back+open))
	}
	return i
}

// Before returns up to n bytes of the text before i, without a part of a marker.
func Before(in string, i, n int) string {
	return in[min(AfterMarker(in, max(0, i-n)), i):i]
}

// EndsMarker reports whether in ends with a marker.
func EndsMarker(in string) bool {
	n := strings.LastIndexByte(in[max(0, len(in)-len(MarkerStart)-MarkerMax-2):], '[')
	if n < 0 {
		return false
	}
	n += max(0, len(in)-len(MarkerStart)-MarkerMax-2)
	return MarkerEnd(in, n) == len(in)
}
