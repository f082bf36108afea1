package coworktracesconnector

import (
	"unicode/utf8"

	"go.opentelemetry.io/collector/pdata/pcommon"
)

// What a span can hold at most. A record is bounded by its receiver, and nothing
// bounds what a sender makes of it.
const (
	maxAttributes = 128
	maxValueBytes = 4096
	maxKeyBytes   = 256
	maxNameBytes  = 128
	maxDepth      = 8
)

// A limit is a bound that attributes reached.
type limit string

const (
	limitBytes limit = "bytes"
	limitCount limit = "count"
)

// clip shortens a text to at most n bytes and never within a character.
func clip(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n]
}

// room returns how many of the bytes left a value leaves over, a negative number
// where it does not fit. It looks at no more than fits.
func room(v pcommon.Value, left, depth int) int {
	if depth == 0 {
		return -1
	}
	switch v.Type() {
	case pcommon.ValueTypeStr:
		return left - len(v.Str())
	case pcommon.ValueTypeBytes:
		return left - v.Bytes().Len()
	case pcommon.ValueTypeSlice:
		for i := 0; left >= 0 && i < v.Slice().Len(); i++ {
			left = room(v.Slice().At(i), left-1, depth-1)
		}
	case pcommon.ValueTypeMap:
		for key, v := range v.Map().All() {
			if left = room(v, left-1-len(key), depth-1); left < 0 {
				break
			}
		}
	default:
		return left - 8
	}
	return left
}
