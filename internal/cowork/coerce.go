package cowork

import (
	"math"
	"strconv"
	"strings"

	"go.opentelemetry.io/collector/pdata/pcommon"
)

// The functions of this file read a value as a type, independently of the type on the
// wire. They are total: a value either reads as the type or it does not.

// maxExact is the largest whole number below which a double and its neighbours are
// different numbers. Above it a double is not an exact count.
const maxExact = 1<<53 - 1

// maxNumberLen is longer than any float64 written out.
const maxNumberLen = 400

// undefined is what JavaScript clients write for a missing value.
const undefined = "undefined"

// present reports whether a value is not empty.
func present(v pcommon.Value) bool {
	switch v.Type() {
	case pcommon.ValueTypeEmpty:
		return false
	case pcommon.ValueTypeStr:
		return v.Str() != "" && v.Str() != undefined
	default:
		return true
	}
}

// asString reads a scalar as text, and a list of strings as its strings with commas
// between them. Other lists, maps, bytes, NaN and the infinities are not text.
func asString(v pcommon.Value) (string, bool) {
	switch v.Type() {
	case pcommon.ValueTypeStr:
		return v.Str(), true
	case pcommon.ValueTypeInt:
		return strconv.FormatInt(v.Int(), 10), true
	case pcommon.ValueTypeBool:
		return strconv.FormatBool(v.Bool()), true
	case pcommon.ValueTypeDouble:
		if i, ok := wholeNumber(v.Double()); ok {
			return strconv.FormatInt(i, 10), true
		}
		return strconv.FormatFloat(v.Double(), 'g', -1, 64), finite(v.Double())
	case pcommon.ValueTypeSlice:
		return joinStrings(v)
	default:
		return "", false
	}
}

// asInt reads a whole number: 12, 12.0, "12", "12.0", "1.2e1". A boolean is not a number.
func asInt(v pcommon.Value) (int64, bool) {
	switch v.Type() {
	case pcommon.ValueTypeInt:
		return v.Int(), true
	case pcommon.ValueTypeDouble:
		return wholeNumber(v.Double())
	case pcommon.ValueTypeStr:
		return parseInt(v.Str())
	default:
		return 0, false
	}
}

// asFloat reads a number. NaN and the infinities are not numbers.
func asFloat(v pcommon.Value) (float64, bool) {
	switch v.Type() {
	case pcommon.ValueTypeInt:
		return float64(v.Int()), true
	case pcommon.ValueTypeDouble:
		return v.Double(), finite(v.Double())
	case pcommon.ValueTypeStr:
		return parseFloat(v.Str())
	default:
		return 0, false
	}
}

// asBool reads true and false, in any case, and 1 and 0.
func asBool(v pcommon.Value) (value, ok bool) {
	switch v.Type() {
	case pcommon.ValueTypeBool:
		return v.Bool(), true
	case pcommon.ValueTypeInt:
		return v.Int() == 1, v.Int() == 0 || v.Int() == 1
	case pcommon.ValueTypeDouble:
		return v.Double() == 1, v.Double() == 0 || v.Double() == 1
	case pcommon.ValueTypeStr:
		return parseBool(v.Str())
	default:
		return false, false
	}
}

// isText reports whether asString reads a value.
func isText(v pcommon.Value) bool {
	switch v.Type() {
	case pcommon.ValueTypeStr, pcommon.ValueTypeInt, pcommon.ValueTypeBool:
		return true
	case pcommon.ValueTypeDouble:
		return finite(v.Double())
	case pcommon.ValueTypeSlice:
		return isStrings(v) && v.Slice().Len() > 0
	default:
		return false
	}
}

// joinStrings reads a list of strings as one text. A list without elements is not text.
func joinStrings(v pcommon.Value) (string, bool) {
	if !isStrings(v) || v.Slice().Len() == 0 {
		return "", false
	}
	list := v.Slice()
	if list.Len() == 1 {
		return list.At(0).Str(), true
	}
	parts := make([]string, list.Len())
	for i := range parts {
		parts[i] = list.At(i).Str()
	}
	return strings.Join(parts, ","), true
}

// isStrings reports whether a value is a list of strings only.
func isStrings(v pcommon.Value) bool {
	list, ok := asSlice(v)
	if !ok {
		return false
	}
	for _, element := range list.All() {
		if element.Type() != pcommon.ValueTypeStr {
			return false
		}
	}
	return true
}

// asSlice returns a value's list. A sender can encode a list value without a list, as a
// map value without a map.
func asSlice(v pcommon.Value) (pcommon.Slice, bool) {
	if v.Type() != pcommon.ValueTypeSlice {
		return pcommon.Slice{}, false
	}
	s := v.Slice()
	return s, s != pcommon.Slice{}
}

func parseInt(s string) (int64, bool) {
	s = strings.TrimSpace(s)
	if !looksNumeric(s) {
		return 0, false
	}
	if i, err := strconv.ParseInt(s, 10, 64); err == nil {
		return i, true
	}
	f, ok := parseFloat(s)
	if !ok {
		return 0, false
	}
	return wholeNumber(f)
}

func parseFloat(s string) (float64, bool) {
	s = strings.TrimSpace(s)
	if !looksNumeric(s) {
		return 0, false
	}
	f, err := strconv.ParseFloat(s, 64)
	return f, err == nil && finite(f)
}

func parseBool(s string) (value, ok bool) {
	s = strings.TrimSpace(s)
	switch {
	case s == "1" || strings.EqualFold(s, "true"):
		return true, true
	case s == "0" || strings.EqualFold(s, "false"):
		return false, true
	default:
		return false, false
	}
}

// looksNumeric rejects what strconv accepts too (hexadecimal, underscores,
// "infinity"), and text, before strconv copies it into an error. A leading plus
// indicates a telephone number.
func looksNumeric(s string) bool {
	if s == "" || len(s) > maxNumberLen || s[0] == '+' {
		return false
	}
	for i := range len(s) {
		switch c := s[i]; {
		case '0' <= c && c <= '9', c == '.', c == '-', c == '+', c == 'e', c == 'E':
		default:
			return false
		}
	}
	return true
}

func finite(f float64) bool { return !math.IsNaN(f) && !math.IsInf(f, 0) }

func wholeNumber(f float64) (int64, bool) {
	if f != math.Trunc(f) || math.Abs(f) > maxExact {
		return 0, false
	}
	return int64(f), true
}
