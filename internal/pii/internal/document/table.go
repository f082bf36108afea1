package document

import (
	"cmp"
	"strings"

	"github.com/cowork-otel/collector/internal/pii/internal/span"
	"github.com/cowork-otel/collector/internal/pii/internal/text"
)

const (
	// headingMost is the length of the longest heading of a column.
	headingMost = 64
	// keyedMost bounds the columns of a table whose rows are objects.
	keyedMost = 32
)

// A column is a column of a table whose heading the scanner knows.
type column struct {
	index   int    // in rows that are arrays
	key     string // in rows that are objects
	heading string
}

// columns are some columns of the level, in order.
type columns struct{ first, count int }

// headingOf returns the heading of the cell under a key of a row, "" if the scanner does not know it.
func (l *level) headingOf(cells columns, key string) string {
	for _, c := range l.columns[cells.first : cells.first+cells.count] {
		if c.key == key {
			return c.heading
		}
	}
	return ""
}

// array reads the elements after the bracket that ends before i and returns its end, -1
// if it is not valid. cells are the columns of a table that the array is a row of, rows those of
// the table that it is.
func (r *Reader) array(outer name, in string, i, depth int, cells, rows columns) int {
	l := &r.levels[r.nesting]
	kept, rescan := len(l.columns), r.rescan
	i = r.elements(outer, in, i, depth, cells, rows)
	l.columns, r.rescan = l.columns[:kept], rescan
	return i
}

func (r *Reader) elements(outer name, in string, i, depth int, cells, rows columns) int {
	if i = SkipSpace(in, i); i < len(in) && in[i] == ']' {
		return i + 1
	}
	l, rescan := &r.levels[r.nesting], r.rescan
	flag := "" // the name of the previous element, where that is a flag such as "--password"
	for index := 0; ; index++ {
		start := SkipSpace(in, i)
		named := outer
		for cells.count > 0 && l.columns[cells.first].index < index {
			cells.first++
			cells.count--
		}
		if cells.count > 0 && l.columns[cells.first].index == index {
			named = name{l.columns[cells.first].heading, text.LinkColumn}
		}
		if flag != "" {
			named = name{flag, text.LinkArgument}
		}
		if i = r.element(named, in, start, depth, rows); i < 0 {
			return -1
		}
		r.rescan, flag = rescan, ""
		switch c := in[start]; {
		case c == '"':
			flag = Flag(in[start+1 : i-1])
			r.rescan = rescan && !strings.Contains(in[start:i], span.MarkerStart) // it may have been a flag
		case index == 0 && rows.count == 0 && (c == '[' || c == '{'):
			rows = r.headingsOf(in, start)
			rescan = rescan && !strings.Contains(in[start:i], span.MarkerStart) // they may have been headings
			r.rescan = rescan
		}
		if i = SkipSpace(in, i); i < len(in) && in[i] == ']' {
			return i + 1
		}
		if i >= len(in) || in[i] != ',' {
			return -1
		}
		i++
	}
}

// element reads the element of an array at i, which is a row if the array is a table, and
// returns its end, -1 if it is not valid.
func (r *Reader) element(named name, in string, i, depth int, rows columns) int {
	if rows.count > 0 && i < len(in) && depth <= maxDepth {
		keyed := r.levels[r.nesting].columns[rows.first].key != ""
		switch {
		case in[i] == '[' && !keyed:
			return r.array(named, in, i+1, depth+1, rows, columns{})
		case in[i] == '{' && keyed:
			return r.object(named, in, i+1, depth+1, rows)
		}
	}
	return r.value(named, in, i, depth)
}

// headingsOf adds the columns of the row at i, which is valid JSON, and returns them. Headings
// are short strings; it stops at an element that is none.
func (r *Reader) headingsOf(in string, i int) columns {
	l := &r.levels[r.nesting]
	found := columns{first: len(l.columns)}
	keyed := in[i] == '{'
	for index := 0; ; index++ {
		c := column{index: index}
		if i = SkipSpace(in, i+1); in[i] != '"' {
			break
		}
		if keyed {
			raw, _ := l.readString(in, i)
			if !isColumnKey(raw.text) {
				break
			}
			c.key = r.decodedName(in, i, in[raw.start:raw.end])
			i = SkipSpace(in, SkipSpace(in, raw.end+1)+1)
		}
		if in[i] != '"' {
			break
		}
		raw, _ := l.readString(in, i)
		if raw.end-raw.start > headingMost {
			break
		}
		c.heading = r.decodedName(in, i, in[raw.start:raw.end])
		if r.scanner.Announces(c.heading) && (!keyed || found.count < keyedMost) {
			l.columns = append(l.columns, c)
			found.count++
		}
		if i = SkipSpace(in, raw.end+1); in[i] != ',' {
			break
		}
	}
	return found
}

// decodedName returns the string that opens at i, whose raw text is raw, in a form that
// stays valid when other strings are decoded.
func (r *Reader) decodedName(in string, i int, raw string) string {
	if strings.IndexByte(raw, '\\') < 0 {
		return raw
	}
	decoded, _ := r.levels[r.nesting].readString(in, i)
	return r.keepName(decoded.text)
}

// isColumnKey reports whether a key only numbers the cells of a row: A, B, C or 0, 1, 2 or column_1.
func isColumnKey(key string) bool {
	for _, prefix := range [...]string{"column", "col", "field", "f", "c"} {
		if text.HasFold(key, 0, prefix) {
			key = cmp.Or(strings.TrimLeft(key[len(prefix):], "_- "), key)
			break
		}
	}
	return len(key) == 1 || len(key) == 2 || len(key) <= 4 && text.RunEnd(key, 0, len(key), text.Digit) == len(key)
}

// flagMost bounds the name of a flag.
const flagMost = 64

// Flag returns the name of a command's flag that an argument is, such as
// "password" for "--password", "" if it is none.
func Flag(argument string) string {
	flag := strings.TrimLeft(argument, "-")
	dashes := len(argument) - len(flag)
	if dashes < 1 || dashes > 2 || flag == "" || len(flag) > flagMost || text.RunEnd(flag, 0, len(flag), text.KeyChars) != len(flag) {
		return ""
	}
	return flag
}
