package document

import (
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

// nameOfValue returns the name of a value that starts with the byte c, and whose own key has a role.
func (f *fields) nameOfValue(s Scanner, role role, key, outer name, c byte) name {
	switch {
	case f.isSecret && role&dataRole != 0:
		return name{key.text, text.LinkSecretObject}
	case role&valueRole == 0 || key.link != text.LinkKey || c == '{' && role&plainRole == 0:
		return key
	}
	f.announceNames(s, 0)
	switch {
	case f.announced != "":
		return name{f.announced, text.LinkSibling}
	case outer.text != "" && s.Announces(outer.text):
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
func (f *fields) announceNames(s Scanner, number int) {
	for _, n := range f.names[min(number, f.nameCount):f.nameCount] {
		if f.announced == "" && s.Announces(n) {
			f.announced = n
		}
	}
}

// noteField records a member that has a role for the other members of its object.
func (f *fields) noteField(r *Reader, role role, in string, m member) {
	switch c := in[m.start]; {
	case c == '"':
		f.noteString(r, role, in, m)
	case role&valueRole != 0 && (c == '-' || text.Is(c, text.Digit)):
		f.holdValue(m)
	case c == 't' && role&secrecyRole != 0 && f.announced == "":
		f.announced = "secret"
	case c == '{' && role&nameRole != 0:
		f.noteNested(r, in, m)
	case c == '{' && role&dataRole != 0 && !f.isSecret && f.dataCount < len(f.data):
		f.data[f.dataCount] = m
		f.dataCount++
	case c == '[' && role&headingRole != 0 && f.headings.count == 0:
		f.headings = r.headingsOf(in, m.start)
		f.isAltered = f.isAltered || strings.Contains(in[m.start:m.end], span.MarkerStart)
	}
}

// noteString records a member that is a string.
func (f *fields) noteString(r *Reader, role role, in string, m member) {
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
	if role&pathRole != 0 && strings.HasPrefix(value, "/") {
		f.label = value[strings.LastIndexByte(value, '/')+1:]
	}
	if role&valueRole != 0 {
		f.holdValue(m)
	}
}

// nestedNames are the keys of the name in an object that describes a field: {"role": "textbox", "name": "Password"}.
var nestedNames = [...]string{`"name"`, `"label"`, `"placeholder"`, `"text"`, `"selector"`, `"description"`}

// noteNested records the name in an object that describes the field of another member.
func (f *fields) noteNested(r *Reader, in string, m member) {
	object := in[m.start:min(m.end, m.start+nameMost)]
	for _, key := range nestedNames {
		n := strings.Index(object, key)
		if n < 0 {
			continue
		}
		i := m.start + n + len(key)
		for i < m.end && (in[i] == ':' || in[i] == ' ') {
			i++
		}
		if i >= m.end || in[i] != '"' {
			continue
		}
		if length := strings.IndexByte(in[i+1:m.end], '"'); length > 0 {
			f.noteString(r, nameRole, in, member{i, i + length + 2, m.first, m.names})
			return
		}
	}
}

// holdValue keeps a value for a name that follows it.
func (f *fields) holdValue(m member) {
	if f.announced == "" && f.valueCount < valuesMost && m.end-m.start <= valueMost {
		f.values[f.valueCount] = m
		f.valueCount++
	}
}

// scanHeld scans the values whose name followed them.
func (f *fields) scanHeld(r *Reader, in string) {
	rescan := r.rescan
	r.rescan = rescan && !f.isAltered
	if f.valueCount > 0 {
		f.announceNames(r.scanner, f.values[0].names)
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
