package coworktracesconnector

import (
	"go.opentelemetry.io/collector/pdata/pcommon"
)

// An attributes is a span's attributes while they are written: none of them is
// longer, and there are no more of them, than bounds.go allows. The first value of
// a key stays.
type attributes struct {
	pcommon.Map
	tally *tally
}

// admits says whether there is room for one more attribute of this key.
func (a attributes) admits(key string) bool {
	if _, ok := a.Get(key); ok {
		return false
	}
	if a.Len() >= maxAttributes {
		a.tally.cut[limitCount]++
		return false
	}
	return true
}

// str sets an attribute to a text; an empty one is none.
func (a attributes) str(key, value string) {
	if value == "" || !a.admits(key) {
		return
	}
	if len(value) > maxValueBytes {
		a.tally.cut[limitBytes]++
		value = clip(value, maxValueBytes)
	}
	a.PutStr(key, value)
}

// int sets an attribute to a number.
func (a attributes) int(key string, value int64) {
	if a.admits(key) {
		a.PutInt(key, value)
	}
}

// copy sets an attribute to what a record has. A text that is too long is cut, of
// anything else a part would be wrong.
func (a attributes) copy(key string, value pcommon.Value) {
	switch {
	case value.Type() == pcommon.ValueTypeStr:
		a.str(key, value.Str())
	case value.Type() == pcommon.ValueTypeEmpty || !a.admits(key):
	case room(value, maxValueBytes, maxDepth) < 0:
		a.tally.cut[limitBytes]++
	default:
		value.CopyTo(a.PutEmpty(key))
	}
}
