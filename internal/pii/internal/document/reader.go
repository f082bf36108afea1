package document

import (
	"cmp"
	"slices"
	"strings"

	"github.com/cowork-otel/collector/internal/pii/internal/span"
	"github.com/cowork-otel/collector/internal/pii/internal/text"
)

// Bounds of how deep JSON is followed: containers within containers, and JSON in a string in JSON.
const (
	maxDepth   = 1000
	MaxNesting = 4
)

// A Span is a finding in the complete text. Strings is 0 where a part of a string is
// replaced, n+1 where a number or a container n strings deep becomes a JSON string.
type Span struct {
	Start, End int
	ID         span.ID
	Strings    uint8
}

// A Scanner scans the leaves of a document.
type Scanner interface {
	// ScanString returns the findings of a decoded string. They are valid until the next call.
	// wasRedacted states that the string was redacted under the same name.
	ScanString(v text.View, wasRedacted bool) []span.Span
	// ScanNumber returns the findings of a number. They are valid until the next call.
	ScanNumber(v text.View) []span.Span
	// Announces reports whether a name is that of values with findings, such as passwords or telephone numbers.
	Announces(name string) bool
	// ReplacedBy returns the id of the pattern that replaces the values of a key
	// completely, if there is one.
	ReplacedBy(key string) (span.ID, bool)
	// IsMarked reports whether a value is exactly one marker, which is not replaced again.
	IsMarked(value string) bool
}

// A Reader reads a JSON text token by token. The zero value is ready for use. It is not
// safe for concurrent use.
type Reader struct {
	Spans []Span // the findings, in order, disjoint

	scanner  Scanner
	scanKeys bool // short keys of letters can be findings
	rescan   bool // the text is the result of redacting one that was read in the same way
	nesting  int  // how many strings deep the text is
	levels   [MaxNesting + 1]level
}

// A level has what belongs to the text of one string.
type level struct {
	text    []byte // the decoded text of a string with escapes
	escapes []escape
	names   []byte   // the decoded names that are in use as context
	columns []column // of the tables that are being read, the innermost last
}

// Reset drops the findings and what a previous text left behind. scanKeys states that
// also short keys of letters can be findings, rescan that the next text is the result of redacting
// one that was read in the same way, so that strings without a marker are not scanned again.
func (r *Reader) Reset(s Scanner, scanKeys, rescan bool) {
	r.Spans = r.Spans[:0]
	r.scanner, r.scanKeys, r.rescan, r.nesting = s, scanKeys, rescan, 0
}

// Release drops the reference to the scanner.
func (r *Reader) Release() { r.scanner = nil }

// Shrink frees memory that a large text made larger than limit bytes.
func (r *Reader) Shrink(limit int) {
	for i := range r.levels {
		if l := &r.levels[i]; cap(l.text) > limit || cap(l.names) > limit {
			*l = level{}
		}
	}
}

// A name is the context of a value.
type name struct {
	text string
	link text.Link
}

// Read scans a text as JSON and reports whether it is valid JSON. If it is not, it adds no finding.
func (r *Reader) Read(key, in string) bool { return r.read(name{text: key}, in) }

func (r *Reader) read(named name, in string) bool {
	first := len(r.Spans)
	l := &r.levels[r.nesting]
	l.names, l.columns = l.names[:0], l.columns[:0]
	end := r.value(named, in, SkipSpace(in, 0), 0)
	if end >= 0 && SkipSpace(in, end) == len(in) {
		return true
	}
	r.Spans = r.Spans[:first]
	return false
}

// value reads the value at i and returns its end, -1 if it is not valid.
func (r *Reader) value(named name, in string, i, depth int) int {
	if i < 0 || i >= len(in) || depth > maxDepth {
		return -1
	}
	switch c := in[i]; {
	case c == '"':
		raw, ok := r.levels[r.nesting].readString(in, i)
		if !ok {
			return -1
		}
		r.scanString(named, in, raw)
		return raw.end + 1
	case c == '{':
		return r.object(named, in, i+1, depth+1, columns{})
	case c == '[':
		return r.array(named, in, i+1, depth+1, columns{}, columns{})
	case c == '-' || text.Is(c, text.Digit):
		end := numberEnd(in, i)
		if end > 0 {
			r.scanNumber(named, in, i, end)
		}
		return end
	}
	return wordLiteralEnd(in, i)
}

// scanString scans the string that was read into its level last, as JSON if it is
// JSON itself, and maps the findings of one with escapes to the raw text.
func (r *Reader) scanString(named name, in string, raw rawString) {
	if r.isUnchanged(named.text, in[raw.start:raw.end]) {
		return
	}
	first, isJSON := len(r.Spans), false
	if r.nesting < MaxNesting && StartsWith(raw.text, LikelyJSON) {
		r.nesting++
		isJSON = r.read(named, raw.text)
		r.nesting--
	}
	if !isJSON {
		for _, f := range r.scanner.ScanString(text.View{Text: raw.text, Key: named.text, Link: named.link}, r.rescan && r.nesting == 0) {
			r.Spans = append(r.Spans, Span{f.Start, f.End, f.ID, 0})
		}
	}
	for i := first; i < len(r.Spans); i++ {
		f := &r.Spans[i]
		if raw.escaped {
			l := &r.levels[r.nesting]
			f.Start, f.End = l.rawOffset(f.Start), l.rawOffset(f.End)
		}
		f.Start += raw.start
		f.End += raw.start
	}
}

// isUnchanged reports whether a string was scanned before with the same key and
// contained no finding: a string without a marker was not changed.
func (r *Reader) isUnchanged(key, raw string) bool {
	return r.rescan && r.nesting == 0 && !strings.Contains(key, span.MarkerStart) && !strings.Contains(raw, span.MarkerStart)
}

// scanNumber scans a number. If any part of it is a finding, a string replaces all of it.
func (r *Reader) scanNumber(named name, in string, start, end int) {
	const least = 4 // less than the digits of any finding
	if end-start < least && !isCardCode(named.text, in[start:end]) || r.isUnchanged(named.text, "") {
		return
	}
	v := text.View{Text: in[start:end], Key: named.text, Link: named.link}
	if found := r.scanner.ScanNumber(v); len(found) > 0 {
		r.Spans = append(r.Spans, Span{start, end, found[0].ID, uint8(r.nesting + 1)})
	}
}

// scanKey scans the key of a member and returns it as the name of its value. For an empty key
// it returns outer, the name of the object.
func (r *Reader) scanKey(outer name, in string, raw rawString) name {
	// A short key of letters, underscores and dashes matches no built-in pattern.
	const plainMost = 16
	isPlain := !raw.escaped && !r.scanKeys && len(raw.text) < plainMost && text.RunEnd(raw.text, 0, plainMost, text.Letter|text.Joiner) == len(raw.text)
	key := raw.text
	if !isPlain {
		if raw.escaped {
			key = r.keepName(key)
		}
		r.scanString(name{}, in, raw)
	}
	if key == "" {
		return outer
	}
	link := text.LinkKey
	if outer.link == text.LinkSecretObject {
		link = outer.link
	}
	return name{key, link}
}

// keepName copies a decoded name, so that it stays valid when other strings are decoded.
func (r *Reader) keepName(decoded string) string {
	l := &r.levels[r.nesting]
	first := len(l.names)
	l.names = append(l.names, decoded...)
	return view(l.names[first:])
}

// replaceValue makes one finding of the value [start, end) of a member whose key has a
// pattern that replaces its values. It replaces the findings from first on, which are in the value.
func (r *Reader) replaceValue(id span.ID, in string, start, end, first int) {
	hit := Span{start, end, id, uint8(r.nesting + 1)}
	if in[start] == '"' {
		hit = Span{start + 1, end - 1, id, 0}
	}
	value := in[hit.Start:hit.End]
	if value == "" || value == "null" || r.scanner.IsMarked(value) {
		return
	}
	r.Spans = append(r.Spans[:first], hit)
}

// scanAgain scans a value under another name, and merges the findings with those of the first scan.
func (r *Reader) scanAgain(named name, in string, m member) {
	last := len(r.Spans)
	if in[m.start] == '"' {
		raw, _ := r.levels[r.nesting].readString(in, m.start)
		r.scanString(named, in, raw)
	} else {
		r.scanNumber(named, in, m.start, m.end)
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

// compareSpans orders spans by their start, the longest first.
func compareSpans(a, b Span) int {
	return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(b.End, a.End))
}
