package pii

import (
	"cmp"
	"strings"

	"github.com/cowork-otel/collector/internal/pii/internal/secret"

	"github.com/cowork-otel/collector/internal/pii/internal/text"

	"github.com/cowork-otel/collector/internal/pii/internal/span"
)

// Bounds of how deep JSON is followed: containers within containers, and JSON in a string in JSON.
const (
	maxDepth   = 1000
	maxNesting = 4
)

// A leafSpan is a span of the complete text; quote as in [Finding].
type leafSpan struct {
	Start, End int
	ID         span.ID
	quote      uint8
}

// A document reads a JSON text token by token and scans its strings, keys and
// numbers. It is not safe for concurrent use.
type document struct {
	s       *Scanner
	walk    *walk
	spans   []leafSpan
	levels  [maxNesting + 1]level
	nesting int // how many strings deep the text is

	disguised disguised
	again     bool // the text is the result of redacting one that was read in the same way
	large     bool // the text may have made the scratch space large
}

// A level is the decoded text of a string with escapes.
type level struct {
	text    []byte
	keys    []byte // the decoded keys that are in use as context
	escapes []escape
}

// reset prepares the document for a text.
func (d *document) reset(s *Scanner, in string) {
	d.s, d.spans, d.nesting, d.again = s, d.spans[:0], 0, false
	// A scan that panicked left these behind, and its caller recovered.
	d.walk.parts, d.disguised.spans = d.walk.parts[:0], d.disguised.spans[:0]
	d.large = d.large || len(in) > maxScratch/2
}

// shrink frees the scratch space that a large text made large.
func (d *document) shrink() {
	d.large = false
	d.disguised.shrink()
	for i := range d.levels {
		if l := &d.levels[i]; cap(l.text) > maxScratch {
			*l = level{}
		}
	}
}

// maxScratch is the most decoded text that is kept from one call to the next.
const maxScratch = 1 << 20

// leaf scans a text, both unchanged and with its disguises undone.
func (d *document) leaf(key, in string) {
	for _, f := range d.findings(key, in, 0) {
		d.spans = append(d.spans, leafSpan{f.Start, f.End, f.ID, 0})
	}
}

// read scans a text as JSON and reports whether it is valid JSON. If it is not, nothing is found.
func (d *document) read(key, in string) bool {
	first := len(d.spans)
	d.levels[d.nesting].keys = d.levels[d.nesting].keys[:0]
	end := d.value(key, in, skipSpace(in, 0), 0)
	if end >= 0 && skipSpace(in, end) == len(in) {
		return true
	}
	d.spans = d.spans[:first]
	return false
}

// value reads the value at i and returns its end, -1 if it is not valid.
func (d *document) value(key, in string, i, depth int) int {
	if i < 0 || i >= len(in) || depth > maxDepth {
		return -1
	}
	switch c := in[i]; {
	case c == '"':
		raw, ok := d.levels[d.nesting].readString(in, i)
		if !ok {
			return -1
		}
		d.stringLeaf(key, in, raw)
		return raw.End + 1
	case c == '{':
		return d.object(key, in, i+1, depth+1)
	case c == '[':
		return d.array(key, in, i+1, depth+1)
	case c == '-' || text.Is(c, text.Digit):
		end := numberEnd(in, i)
		if end > 0 {
			d.number(key, in, i, end)
		}
		return end
	}
	return wordLiteralEnd(in, i)
}

// object reads the members after the brace that ends before i.
func (d *document) object(outer, in string, i, depth int) int {
	if i = skipSpace(in, i); i < len(in) && in[i] == '}' {
		return i + 1
	}
	named := ""
	for i < len(in) && in[i] == '"' {
		raw, ok := d.levels[d.nesting].readString(in, i)
		if !ok {
			return -1
		}
		key := d.memberKey(outer, in, raw)
		if i = skipSpace(in, raw.End+1); i >= len(in) || in[i] != ':' {
			return -1
		}
		if text.EqualFold(key, "value") {
			key = cmp.Or(named, outer, key)
		}
		start := skipSpace(in, i+1)
		first := len(d.spans)
		if i = d.value(key, in, start, depth); i < 0 {
			return -1
		}
		if _, sensitive := d.s.keys[key]; sensitive {
			d.replaceValue(in, start, i, first)
		}
		if in[start] == '"' && (text.EqualFold(key, "name") || text.EqualFold(key, "key")) {
			named = in[start+1 : i-1] // {"name": "DB_PASSWORD", "value": "…"}
		}
		if i = skipSpace(in, i); i < len(in) && in[i] == '}' {
			return i + 1
		}
		if i >= len(in) || in[i] != ',' {
			return -1
		}
		i = skipSpace(in, i+1)
	}
	return -1
}

// array reads the elements after the bracket that ends before i.
func (d *document) array(key, in string, i, depth int) int {
	if i = skipSpace(in, i); i < len(in) && in[i] == ']' {
		return i + 1
	}
	flag := "" // the name of the previous element, where that is a flag such as "--password"
	again, altered := d.again, false
	for {
		start := skipSpace(in, i)
		d.again = again && !altered // it may have been a flag
		i = d.value(cmp.Or(flag, key), in, start, depth)
		if d.again = again; i < 0 {
			return -1
		}
		flag = ""
		if in[start] == '"' {
			flag = secret.FlagName(in[start+1 : i-1])
			altered = strings.Contains(in[start:i], span.MarkerStart)
		}
		if i = skipSpace(in, i); i < len(in) && in[i] == ']' {
			return i + 1
		}
		if i >= len(in) || in[i] != ',' {
			return -1
		}
		i++
	}
}

// memberKey scans a key and returns it as context for its value. For an empty key
// it returns outer, the key of the object.
func (d *document) memberKey(outer, in string, raw rawString) string {
	// A short key of letters, underscores and dashes matches no built-in pattern.
	const plainMost = 16
	if !raw.escaped && len(d.s.custom) == 0 && len(raw.text) < plainMost && text.RunEnd(raw.text, 0, plainMost, text.Letter|text.Joiner) == len(raw.text) {
		return cmp.Or(raw.text, outer)
	}
	key := raw.text
	if raw.escaped {
		l := &d.levels[d.nesting]
		first := len(l.keys)
		l.keys = append(l.keys, key...)
		key = view(l.keys[first:])
	}
	d.stringLeaf("", in, raw)
	return cmp.Or(key, outer)
}

// stringLeaf scans the string that was read into its level last, as JSON if it is
// JSON itself, and maps the findings of one with escapes to the raw text.
func (d *document) stringLeaf(key, in string, raw rawString) {
	if d.unchanged(key, in[raw.Start:raw.End]) {
		return
	}
	first, isJSON := len(d.spans), false
	if d.nesting < maxNesting && startsWith(raw.text, likelyJSON) {
		d.nesting++
		isJSON = d.read(key, raw.text)
		d.nesting--
	}
	if !isJSON {
		d.leaf(key, raw.text)
	}
	for i := first; i < len(d.spans); i++ {
		f := &d.spans[i]
		if raw.escaped {
			l := &d.levels[d.nesting]
			f.Start, f.End = l.rawOffset(f.Start), l.rawOffset(f.End)
		}
		f.Start += raw.Start
		f.End += raw.Start
	}
}

// unchanged reports whether a string was scanned before with the same key and
// contained no finding: a string without a marker was not changed.
func (d *document) unchanged(key, raw string) bool {
	return d.again && d.nesting == 0 && !strings.Contains(key, span.MarkerStart) && !strings.Contains(raw, span.MarkerStart)
}

// number scans a number. If any part of it is a finding, a string replaces all of it.
func (d *document) number(key, in string, start, end int) {
	const least = 4 // less than the digits of any finding
	if end-start < least || d.unchanged(key, "") {
		return
	}
	if found := d.walk.scan(d.s, key, in[start:end]); len(found) > 0 {
		d.spans = append(d.spans, leafSpan{start, end, found[0].ID, uint8(d.nesting + 1)})
	}
}

// sensitiveValue is the id of values that are replaced because of their key.
const sensitiveValue span.ID = 1<<16 - 1

var sensitivePattern = Pattern{"sensitive_attribute", span.MarkerStart + "]"}

// replaceValue makes one finding of the value [start, end) of a JSON member whose key is in
// [Settings].Keys. It replaces the findings from first on, which are in the value.
func (d *document) replaceValue(in string, start, end, first int) {
	hit := leafSpan{start, end, sensitiveValue, uint8(d.nesting + 1)}
	if in[start] == '"' {
		hit = leafSpan{start + 1, end - 1, sensitiveValue, 0}
	}
	value := in[hit.Start:hit.End]
	if value == "" || value == "null" || d.s.protected(value, 0) == len(value) {
		return
	}
	d.spans = append(d.spans[:first], hit)
}

// Flag returns the name of a command's flag that an argument is, such as
// "password" for "--password", "" if it is none. The argument after it is found
// under that key, since a list of arguments has no other context.
func Flag(argument string) string { return secret.FlagName(argument) }
