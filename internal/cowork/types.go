package cowork

import (
	"bytes"
	"encoding/json"
	"math"

	"go.opentelemetry.io/collector/pdata/pcommon"
)

// A typeRule describes how values of a type are checked and converted, so that every
// attribute of the schema has one type in the output.
type typeRule struct {
	// reads reports whether a value reads as the type.
	reads func(*Attribute, pcommon.Value) bool
	// convert gives a value that reads as the type the form of the type.
	convert func(*Attribute, pcommon.Value)
	// reason is the problem of a value that does not read as the type.
	reason string
	// number marks the types of numbers.
	number bool
	// removeAbsent marks the types that have no form for an empty value.
	removeAbsent bool
}

// typeRules has a rule for each [Type].
var typeRules = [...]typeRule{
	String:    {reads: readsText, convert: convertText, reason: NotString},
	Int:       {reads: readsInt, convert: convertInt, reason: NotInt, number: true, removeAbsent: true},
	Double:    {reads: readsDouble, convert: convertDouble, reason: NotNumber, number: true, removeAbsent: true},
	Bool:      {reads: readsBool, convert: convertBool, reason: NotBoolean, removeAbsent: true},
	Strings:   {reads: readsStrings, convert: convertStrings, reason: NotStrings},
	JSON:      {reads: readsJSON, convert: convertJSON, reason: NotString},
	Map:       {reads: func(*Attribute, pcommon.Value) bool { return true }, convert: func(*Attribute, pcommon.Value) {}},
	Timestamp: {reads: readsTime, convert: convertTime, reason: NotTimestamp, removeAbsent: true},
}

// Texts. A structured value under the name of a text is content that a client sends in
// another form; under the name of a label it is an error of the sender.

func readsText(attr *Attribute, v pcommon.Value) bool {
	if attr.Class == Content {
		return readsJSON(attr, v)
	}
	return isText(v)
}

func convertText(attr *Attribute, v pcommon.Value) {
	if v.Type() == pcommon.ValueTypeStr {
		return
	}
	if s, ok := asString(v); ok {
		v.SetStr(s)
	} else if attr.Class == Content {
		convertJSON(attr, v)
	}
}

// Numbers. A duration is rounded to whole milliseconds: clients differ in whether theirs
// have a fraction. Any other number, such as a count or a status, has none.

func intOf(attr *Attribute, v pcommon.Value) (int64, bool) {
	if n, ok := asInt(v); ok || attr.Unit != "ms" {
		return n, ok
	}
	f, ok := asFloat(v)
	if !ok || f < 0 { // no duration is negative, and rounding would hide it
		return 0, false
	}
	return wholeNumber(math.Round(f))
}

func readsInt(attr *Attribute, v pcommon.Value) bool {
	_, ok := intOf(attr, v)
	return ok
}

func convertInt(attr *Attribute, v pcommon.Value) {
	if v.Type() == pcommon.ValueTypeInt {
		return
	}
	if n, ok := intOf(attr, v); ok {
		v.SetInt(n)
	}
}

func readsDouble(_ *Attribute, v pcommon.Value) bool {
	_, ok := asFloat(v)
	return ok
}

func convertDouble(_ *Attribute, v pcommon.Value) {
	if f, ok := asFloat(v); ok && v.Type() != pcommon.ValueTypeDouble {
		v.SetDouble(f)
	}
}

func readsBool(_ *Attribute, v pcommon.Value) bool {
	_, ok := asBool(v)
	return ok
}

func convertBool(_ *Attribute, v pcommon.Value) {
	if b, ok := asBool(v); ok && v.Type() != pcommon.ValueTypeBool {
		v.SetBool(b)
	}
}

// Lists. A single text or number becomes a list of one string.

func readsStrings(_ *Attribute, v pcommon.Value) bool {
	if v.Type() == pcommon.ValueTypeSlice {
		return isStrings(v)
	}
	return isText(v)
}

func convertStrings(_ *Attribute, v pcommon.Value) {
	if v.Type() == pcommon.ValueTypeSlice {
		return
	}
	if s, ok := asString(v); ok {
		v.SetEmptySlice().AppendEmpty().SetStr(s)
	}
}

// Times.

func readsTime(_ *Attribute, v pcommon.Value) bool {
	_, ok := asTime(v)
	return ok
}

func convertTime(_ *Attribute, v pcommon.Value) {
	if v.Type() == pcommon.ValueTypeStr && isRFC3339(v.Str()) {
		return
	}
	if ts, ok := asTime(v); ok {
		v.SetStr(formatTime(ts))
	}
}

// maxJSONDepth is how deeply a structured value may be nested to be written as JSON.
const maxJSONDepth = 32

func readsJSON(_ *Attribute, v pcommon.Value) bool {
	if isStructured(v) {
		return hasJSON(v, maxJSONDepth)
	}
	return isText(v)
}

// convertJSON writes a structured value as a text that holds its JSON.
func convertJSON(attr *Attribute, v pcommon.Value) {
	if v.Type() == pcommon.ValueTypeStr || !readsJSON(attr, v) {
		return
	}
	if !isStructured(v) {
		s, _ := asString(v)
		v.SetStr(s)
		return
	}
	var buffer bytes.Buffer
	encoder := json.NewEncoder(&buffer)
	encoder.SetEscapeHTML(false)
	if encoder.Encode(v.AsRaw()) == nil {
		v.SetStr(string(bytes.TrimRight(buffer.Bytes(), "\n")))
	}
}

func isStructured(v pcommon.Value) bool {
	if _, ok := asMap(v); ok {
		return true
	}
	_, ok := asSlice(v)
	return ok
}

// hasJSON reports whether JSON can represent a value without loss: numbers are finite,
// keys occur once, nothing is bytes, and the nesting is bounded.
func hasJSON(v pcommon.Value, depth int) bool {
	switch v.Type() {
	case pcommon.ValueTypeBytes:
		return false
	case pcommon.ValueTypeDouble:
		return finite(v.Double())
	case pcommon.ValueTypeMap:
		return depth > 0 && mapHasJSON(v, depth-1)
	case pcommon.ValueTypeSlice:
		list, ok := asSlice(v)
		if !ok || depth == 0 {
			return false
		}
		for _, element := range list.All() {
			if !hasJSON(element, depth-1) {
				return false
			}
		}
	}
	return true
}

func mapHasJSON(v pcommon.Value, depth int) bool {
	m, ok := asMap(v)
	if !ok {
		return false
	}
	keys := make(map[string]struct{}, m.Len())
	for key, value := range m.All() {
		if keys[key] = struct{}{}; !hasJSON(value, depth) {
			return false
		}
	}
	return len(keys) == m.Len()
}
