package pii

// wholeValue is the id of values that are replaced for their key's sake.
const wholeValue patternID = 1<<16 - 1

var wholeValuePattern = Pattern{"sensitive_attribute", markerStart + "]"}

// whole makes one finding of the value [start, end) of a JSON member whose key
// [Settings] names, in the place of the findings from first on, which are in it.
func (d *document) whole(key, text string, start, end, first int) {
	if _, ok := d.s.keys[key]; !ok {
		return
	}
	span := leafSpan{start, end, wholeValue, uint8(d.nesting + 1)}
	if text[start] == '"' {
		span = leafSpan{start + 1, end - 1, wholeValue, 0}
	}
	value := text[span.start:span.end]
	if value == "" || value == "null" || d.s.protected(value, 0) == len(value) {
		return
	}
	d.spans = append(d.spans[:first], span)
}
