package document

import (
	"slices"
	"strings"

	"github.com/cowork-otel/collector/internal/pii/internal/span"
	"github.com/cowork-otel/collector/internal/pii/internal/text"
)

const (
	// namesMost bounds how many names of fields are kept until a value needs them.
	namesMost = 6
	// valuesMost bounds how many values of an object wait for a name that follows.
	valuesMost = 6
	// nameMost is the length of the longest name of a field.
	nameMost = 256
	// valueMost is the length of the longest value that is scanned under a name that follows.
	valueMost = 1024
)

// fields are the members of an object that name a value or hold one.
type fields struct {
	names      [namesMost]string
	nameCount  int
	announced  string // the first name that the scanner knows as that of values with findings
	label      string // the last name under "name" or "key"
	isAltered  bool   // a name contains a marker
	values     [valuesMost]member
	valueCount int

	isSecret  bool      // the object is a Kubernetes Secret
	data      [2]member // its maps of values, as long as that is not known
	dataCount int

	headings columns // the elements of a list of headings
}

// A member is the value [start, end) of a member, and the number of findings before it.
type member struct {
	start, end, first int
	names             int // how many names precede it
}

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
		if heading != "" {
			r.rescan, named = rescan && !strings.Contains(heading, span.MarkerStart), name{heading, text.LinkColumn}
		} else if role&(valueRole|dataRole|rowsRole) != 0 {
			r.rescan, named = rescan && !f.isAltered, r.nameOfValue(&f, role, key, outer, in[start])
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
			r.noteField(&f, role, in, member{start, i, first, f.nameCount})
		}
		if i = SkipSpace(in, i); i < len(in) && in[i] == '}' {
			r.endFields(&f, in)
			return i + 1
		}
		if i >= len(in) || in[i] != ',' {
			return -1
		}
		i = SkipSpace(in, i+1)
	}
	return -1
}

// nameOfValue returns the name of a value that starts with the byte c, and whose own key has a role.
func (r *Reader) nameOfValue(f *fields, role role, key, outer name, c byte) name {
	switch {
	case f.isSecret && role&dataRole != 0:
		return name{key.text, text.LinkSecretObject}
	case role&valueRole == 0 || key.link != text.LinkKey || c == '{' && role&plainRole == 0:
		return key
	}
	r.announceNames(f, 0)
	switch {
	case f.announced != "":
		return name{f.announced, text.LinkSibling}
	case outer.text != "" && r.scanner.Announces(outer.text):
		return outer
	case role&plainRole == 0:
		return key
	case f.label != "":
		return name{f.label, text.LinkSibling}
	case outer.text != "":
		return outer
	}
	return key
}

// announceNames finds the first of the names from number on that the scanner knows.
func (r *Reader) announceNames(f *fields, number int) {
	for _, n := range f.names[min(number, f.nameCount):f.nameCount] {
		if f.announced == "" && r.scanner.Announces(n) {
			f.announced = n
		}
	}
}

// noteField records a member that has a role for the other members of its object.
func (r *Reader) noteField(f *fields, role role, in string, m member) {
	switch c := in[m.start]; {
	case c == '"':
		r.noteString(f, role, in, m)
	case role&valueRole != 0 && (c == '-' || text.Is(c, text.Digit)):
		r.holdValue(f, m)
	case c == '{' && role&dataRole != 0 && !f.isSecret && f.dataCount < len(f.data):
		f.data[f.dataCount] = m
		f.dataCount++
	case c == '[' && role&headingRole != 0 && f.headings.count == 0:
		f.headings = r.headingsOf(in, m.start)
		f.isAltered = f.isAltered || strings.Contains(in[m.start:m.end], span.MarkerStart)
	}
}

// noteString records a member that is a string.
func (r *Reader) noteString(f *fields, role role, in string, m member) {
	value := in[m.start+1 : m.end-1]
	if role&kindRole != 0 {
		f.isSecret = f.isSecret || value == "Secret"
	}
	if role&nameRole != 0 && len(value) <= nameMost && value != "" {
		value = r.decodedName(in, m.start, value)
		f.isAltered = f.isAltered || r.rescan && strings.Contains(value, span.MarkerStart)
		if role&labelRole != 0 {
			f.label = value
		}
		if f.nameCount < namesMost {
			f.names[f.nameCount] = value
			f.nameCount++
		} else if f.announced == "" && r.scanner.Announces(value) {
			f.announced = value
		}
	}
	if role&valueRole != 0 {
		r.holdValue(f, m)
	}
}

// holdValue keeps a value for a name that follows it.
func (r *Reader) holdValue(f *fields, m member) {
	if f.announced == "" && f.valueCount < valuesMost && m.end-m.start <= valueMost {
		f.values[f.valueCount] = m
		f.valueCount++
	}
}

// endFields scans the values whose name followed them.
func (r *Reader) endFields(f *fields, in string) {
	rescan := r.rescan
	r.rescan = rescan && !f.isAltered
	if f.valueCount > 0 {
		r.announceNames(f, f.values[0].names)
	}
	if f.announced != "" {
		for _, m := range f.values[:f.valueCount] {
			r.scanAgain(name{f.announced, text.LinkSibling}, in, m)
		}
	}
	if f.isSecret {
		for _, m := range f.data[:f.dataCount] {
			r.scanData(in, m)
		}
	}
	r.rescan = rescan
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

// mergeSpans sorts the spans from first on and merges those that overlap. A merged span
// has the pattern of the longest.
func (r *Reader) mergeSpans(first int) {
	spans := r.Spans[first:]
	slices.SortFunc(spans, compareSpans)
	kept := spans[:1]
	for _, f := range spans[1:] {
		last := &kept[len(kept)-1]
		if f.Start >= last.End {
			kept = append(kept, f)
			continue
		}
		if f.End-f.Start > last.End-last.Start {
			last.ID, last.Strings = f.ID, f.Strings
		}
		last.End = max(last.End, f.End)
	}
	r.Spans = r.Spans[:first+len(kept)]
}
