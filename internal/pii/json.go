package pii

import (
	"cmp"
	"strings"
)

// Bounds of how deep JSON is followed: containers within containers, and JSON in a string in JSON.
const (
	maxDepth   = 1000
	maxNesting = 4
)

// A leafSpan is a span of the whole text; quote as in [Finding].
type leafSpan struct {
	start, end int
	id         patternID
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
	isJSON    bool // the text was read as JSON
	again     bool // it is the result of redacting a text that was read in the same way
}

// A level is the decoded text of a string with escapes.
type level struct {
	text    []byte
	keys    []byte // the decoded keys that are in use as context
	escapes []escape
}

// begin makes the document ready for a text.
func (d *document) begin(s *Scanner, w *walk) {
	d.s, d.walk, d.spans, d.nesting = s, w, d.spans[:0], 0
	d.isJSON, d.again = false, false
}

// forget drops what the document refers to, and scratch space that one huge text made huge.
func (d *document) forget() {
	d.s, d.walk = nil, nil
	d.disguised.forget()
	for i := range d.levels {
		if l := &d.levels[i]; cap(l.text) > maxScratch {
			*l = level{}
		}
	}
}

// maxScratch is the most decoded text that is kept from one call to the next.
const maxScratch = 1 << 20

// leaf scans a text as it is, and behind its disguises.
func (d *document) leaf(key, text string) {
	for _, f := range d.findings(key, text) {
		d.spans = append(d.spans, leafSpan{f.start, f.end, f.id, 0})
	}
}

// read scans a text as JSON and reports whether it is valid JSON. If it is not, nothing is found.
func (d *document) read(key, text string) bool {
	first := len(d.spans)
	d.levels[d.nesting].keys = d.levels[d.nesting].keys[:0]
	end := d.value(key, text, skipSpace(text, 0), 0)
	if end >= 0 && skipSpace(text, end) == len(text) {
		return true
	}
	d.spans = d.spans[:first]
	return false
}

// value reads the value at i and returns its end, -1 if it is not valid.
func (d *document) value(key, text string, i, depth int) int {
	if i < 0 || i >= len(text) || depth > maxDepth {
		return -1
	}
	switch c := text[i]; {
	case c == '"':
		raw, ok := d.levels[d.nesting].readString(text, i)
		if !ok {
			return -1
		}
		d.stringLeaf(key, text, raw)
		return raw.end + 1
	case c == '{':
		return d.object(key, text, i+1, depth+1)
	case c == '[':
		return d.array(key, text, i+1, depth+1)
	case c == '-' || is(c, digit):
		end := numberEnd(text, i)
		if end > 0 {
			d.number(key, text, i, end)
		}
		return end
	}
	return wordLiteralEnd(text, i)
}

// object reads the members behind the brace that ends before i.
func (d *document) object(outer, text string, i, depth int) int {
	if i = skipSpace(text, i); i < len(text) && text[i] == '}' {
		return i + 1
	}
	named := ""
	for i < len(text) && text[i] == '"' {
		raw, ok := d.levels[d.nesting].readString(text, i)
		if !ok {
			return -1
		}
		key := d.memberKey(outer, text, raw)
		if i = skipSpace(text, raw.end+1); i >= len(text) || text[i] != ':' {
			return -1
		}
		if equalFold(key, "value") {
			key = cmp.Or(named, outer, key)
		}
		start := skipSpace(text, i+1)
		first := len(d.spans)
		if i = d.value(key, text, start, depth); i < 0 {
			return -1
		}
		d.whole(key, text, start, i, first)
		if text[start] == '"' && (equalFold(key, "name") || equalFold(key, "key")) {
			named = text[start+1 : i-1] // {"name": "DB_PASSWORD", "value": "…"}
		}
		if i = skipSpace(text, i); i < len(text) && text[i] == '}' {
			return i + 1
		}
		if i >= len(text) || text[i] != ',' {
			return -1
		}
		i = skipSpace(text, i+1)
	}
	return -1
}

// array reads the elements behind the bracket that ends before i.
func (d *document) array(key, text string, i, depth int) int {
	if i = skipSpace(text, i); i < len(text) && text[i] == ']' {
		return i + 1
	}
	flag := "" // the element before, where it is a flag such as "--password"
	again, altered := d.again, false
	for {
		start := skipSpace(text, i)
		d.again = again && !altered // it may have been a flag
		i = d.value(cmp.Or(flag, key), text, start, depth)
		if d.again = again; i < 0 {
			return -1
		}
		flag = ""
		if text[start] == '"' {
			flag = Flag(text[start+1 : i-1])
			altered = strings.Contains(text[start:i], markerStart)
		}
		if i = skipSpace(text, i); i < len(text) && text[i] == ']' {
			return i + 1
		}
		if i >= len(text) || text[i] != ',' {
			return -1
		}
		i++
	}
}

// memberKey scans a key and returns it as context for its value; outer is that of
// the object, which counts where the key says nothing.
func (d *document) memberKey(outer, text string, raw rawString) string {
	l := &d.levels[d.nesting]
	if !raw.escaped && len(d.s.custom) == 0 && isPlainKey(text[raw.start:raw.end]) {
		return cmp.Or(text[raw.start:raw.end], outer)
	}
	first := len(l.keys)
	key := l.decoded(text, raw)
	if raw.escaped {
		l.keys = append(l.keys, l.text...)
		key = view(l.keys[first:])
	}
	d.stringLeaf("", text, raw)
	return cmp.Or(key, outer)
}

// plainKeyMost is less than the length of anything that letters alone can hide.
const plainKeyMost = 16

// isPlainKey reports whether a key is made so that no built-in pattern finds anything in it.
func isPlainKey(key string) bool {
	return len(key) < plainKeyMost && runEnd(key, 0, len(key), letter|joiner) == len(key)
}

// known reports whether a string was read before and nothing found in it: what
// holds no marker is as it was.
func (d *document) known(key, raw string) bool {
	return d.again && d.nesting == 0 && !strings.Contains(key, markerStart) && !strings.Contains(raw, markerStart)
}

// number scans a number and replaces the whole of it, by a string, if any part of it is a finding.
func (d *document) number(key, text string, start, end int) {
	if end-start < minNumber || d.known(key, "") {
		return
	}
	if found := d.walk.scan(d.s, key, text[start:end]); len(found) > 0 {
		d.spans = append(d.spans, leafSpan{start, end, found[0].id, uint8(d.nesting + 1)})
	}
}

// minNumber is less than the digits of any finding.
const minNumber = 4
