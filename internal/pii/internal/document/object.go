package document

import (
	"strings"

	"github.com/cowork-otel/collector/internal/pii/internal/span"
	"github.com/cowork-otel/collector/internal/pii/internal/text"
)

// object reads the members after the brace that ends before i and returns its end, -1 if
// it is not valid. cells are the columns of a table that the object is a row of.
func (r *Reader) object(outer name, in string, i, depth int, cells columns) int {
	l := &r.levels[r.nesting]
	kept, rescan := len(l.columns), r.rescan
	i = r.members(outer, in, i, depth, cells)
	l.columns, r.rescan = l.columns[:kept], rescan
	return i
}

func (r *Reader) members(outer name, in string, i, depth int, cells columns) int {
	if i = SkipSpace(in, i); i < len(in) && in[i] == '}' {
		return i + 1
	}
	var f fields
	l, rescan := &r.levels[r.nesting], r.rescan
	for i < len(in) && in[i] == '"' {
		raw, ok := l.readString(in, i)
		if !ok {
			return -1
		}
		role, heading := roleOf(raw.text), l.headingOf(cells, raw.text)
		key := r.scanKey(outer, in, raw)
		if i = SkipSpace(in, raw.end+1); i >= len(in) || in[i] != ':' {
			return -1
		}
		start := SkipSpace(in, i+1)
		if start >= len(in) {
			return -1
		}
		first := len(r.Spans)
		named := key
		switch {
		case heading != "":
			r.rescan, named = rescan && !strings.Contains(heading, span.MarkerStart), name{heading, text.LinkColumn}
		case role&(valueRole|dataRole|rowsRole) != 0:
			r.rescan, named = rescan && !f.isAltered, f.nameOfValue(r.scanner, role, key, outer, in[start])
		case isOrderNumber(outer.text, key.text):
			named.text = orderNumber
		}
		if in[start] == '[' && role&rowsRole != 0 && f.headings.count > 0 && depth <= maxDepth {
			i = r.array(named, in, start+1, depth+1, columns{}, f.headings)
		} else {
			i = r.value(named, in, start, depth)
		}
		if r.rescan = rescan; i < 0 {
			return -1
		}
		if id, found := r.scanner.ReplacedBy(key.text); found {
			r.replaceValue(id, in, start, i, first)
		} else if role != 0 {
			f.noteField(r, role, in, member{start, i, first, f.nameCount})
		}
		if i = SkipSpace(in, i); i < len(in) && in[i] == '}' {
			f.scanHeld(r, in)
			return i + 1
		}
		if i >= len(in) || in[i] != ',' {
			return -1
		}
		i = SkipSpace(in, i+1)
	}
	return -1
}

// scanData scans the strings of a map of a Kubernetes Secret again. It stops at a value
// that is no string, which such a map has not, so that each string is scanned again once at most.
func (r *Reader) scanData(in string, m member) {
	l := &r.levels[r.nesting]
	last := len(r.Spans)
	for i := SkipSpace(in, m.start+1); in[i] == '"'; i = SkipSpace(in, i+1) {
		raw, _ := l.readString(in, i)
		key := raw.text
		if raw.escaped {
			key = r.keepName(key)
		}
		if i = SkipSpace(in, SkipSpace(in, raw.end+1)+1); in[i] != '"' {
			break
		}
		raw, _ = l.readString(in, i)
		r.scanString(name{key, text.LinkSecretObject}, in, raw)
		if i = SkipSpace(in, raw.end+1); in[i] != ',' {
			break
		}
	}
	if len(r.Spans) > last {
		r.mergeSpans(m.first)
	}
}
