package coworktracesconnector

import (
	"unicode/utf8"

	"go.opentelemetry.io/collector/pdata/pcommon"
)

// The bounds of a span. The receiver bounds the size of a record, but not how a sender
// divides it.
const (
	maxAttributes = 128
	maxValueBytes = 4096
	maxKeyBytes   = 256
	maxNameBytes  = 128
	maxDepth      = 8
)

// A limit is a bound that an attribute exceeded.
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

// room returns the bytes that remain after a value, a negative number if it does not fit.
// It reads no more of the value than fits.
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
