package pii

import "cmp"

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
		end, escaped := stringEnd(text, i)
		if end > 0 {
			d.stringLeaf(key, text, i+1, end-1, escaped)
		}
		return end
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
		end, escaped := stringEnd(text, i)
		if end < 0 {
			return -1
		}
		d.stringLeaf("", text, i+1, end-1, escaped)
		key := d.contextKey(outer, text[i+1:end-1], escaped)
		if i = skipSpace(text, end); i >= len(text) || text[i] != ':' {
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
	for {
		start := skipSpace(text, i)
		if i = d.value(cmp.Or(flag, key), text, start, depth); i < 0 {
			return -1
		}
		flag = ""
		if text[start] == '"' {
			flag = Flag(text[start+1 : i-1])
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

// contextKey returns a key as context for its value; outer is that of the object, which counts where the key says nothing.
func (d *document) contextKey(outer, key string, escaped bool) string {
	if escaped {
		l := &d.levels[d.nesting]
		first := len(l.keys)
		l.keys, _ = unescape(l.keys, nil, key)
		key = view(l.keys[first:])
	}
	if key == "" {
		return outer
	}
	return key
}

// number scans a number and replaces the whole of it, by a string, if any part of it is a finding.
func (d *document) number(key, text string, start, end int) {
	if end-start < minNumber {
		return
	}
	if found := d.walk.scan(d.s, key, text[start:end]); len(found) > 0 {
		d.spans = append(d.spans, leafSpan{start, end, found[0].id, uint8(d.nesting + 1)})
	}
}

// minNumber is less than the digits of any finding.
const minNumber = 4
