package pii

import "strings"

// This file holds what is read again of a text that was redacted.
//
// A marker changes what its neighbours stand beside and nothing else, so that of a
// long text only what lies around markers is scanned again. Verifiers look back at
// less than partAfter bytes; those that read ahead stop at a marker or within
// partBefore bytes.
const (
	partsLeast = 2048 // the length of a text that is scanned in parts
	partBefore = valueMost + 2*nameMax
	partAfter  = userInfoMax + nameMax
)

// aroundMarkers appends the parts of a text that lie around its markers, in order.
func aroundMarkers(parts []interval, text string) []interval {
	for i := 0; ; {
		n := strings.Index(text[i:], markerStart)
		if n < 0 {
			return parts
		}
		i += n + len(markerStart)
		part := interval{max(0, i-partBefore), i + markerMax + partAfter}
		if last := len(parts) - 1; last >= 0 && part.start <= parts[last].end {
			parts[last].end = part.end
			continue
		}
		parts = append(parts, part)
	}
}

// behindOf returns the parts that do not end before i.
func behindOf(parts []interval, i int) []interval {
	for len(parts) > 0 && parts[0].end <= i {
		parts = parts[1:]
	}
	return parts
}
