package secret

import (
	"strings"

	"github.com/cowork-otel/collector/internal/pii/internal/text"
)

// The bounds of a table.
const (
	headMax = 400 // bytes of a heading
	rowsMax = 200 // rows
	cellMax = 128 // bytes of a cell
)

// table detects the secrets of a column that the noun [start, end) heads, and returns
// where the table ends, 0 if the noun heads none. Cells are separated by commas,
// semicolons, tabs or bars.
func table(r *Reader, kind Kind, start, end int) int {
	t := r.Text
	if r.inTable(start) {
		return 0
	}
	separator := separatorAfter(t, end)
	if separator == 0 {
		separator = separatorBefore(t, start)
	}
	if c := r.Next(end); separator == 0 && (!text.Is(c, text.Space) || c == ' ' && !text.Is(r.Next(end+1), text.Space)) {
		return 0 // no column of aligned text either
	}
	first := lineStart(r, start)
	last := start + lineLength(t[start:min(len(t), start+headMax)])
	if separator == ',' && insertedValues(r, kind, start) {
		return end
	}
	if start-first > headMax || last >= len(t) && separator != '|' {
		return 0
	}
	head := t[first:last]
	switch {
	case separator == 0 && isAligned(head, start-first, end-first):
		return aligned(r, kind, cellOffset(head[:start-first]), last)
	case separator == '|' && secondCell(r, kind, end):
		return end
	}
	before := strings.TrimRight(t[max(0, first-headMax):max(0, first-1)], "\n")
	if before = before[strings.LastIndexByte(before, '\n')+1:]; separator == '|' && strings.IndexByte(before, separator) >= 0 && !isRule(before) {
		return 0 // a row
	}
	if last >= len(t) || separator == 0 || strings.IndexByte(head, separator) < 0 || strings.IndexByte(head, ':') >= 0 && separator == ',' {
		return 0
	}
	column := strings.Count(t[first:start], string(separator))
	cells := strings.Count(head, string(separator))
	if isCodeList(head, separator) {
		return 0
	}
	if named := heading(head, separator, column); len(named) > nameMax/2 || KindOf(named) == None {
		return 0
	}
	if next := heading(head, separator, column+1); kind == PlainKey && (text.EqualFold(next, "value") || text.EqualFold(next, "values")) {
		return 0 // the names of settings
	}
	i := last + 1
	if separator == '|' && r.Next(i) == '\n' { // AsciiDoc
		i++
	}
	for range rowsMax {
		size := lineRest(r, min(i, len(t)))
		if i >= len(t) {
			break
		}
		row := t[i : i+size]
		if isRule(row) && row != "" {
			if i += size + 1; i >= len(t) {
				break
			}
			continue
		}
		if strings.Count(row, string(separator)) < cells-1 || strings.IndexByte(row, separator) < 0 {
			break
		}
		cell(r, kind, i, row, separator, column)
		if i += size + 1; i >= len(t) {
			break
		}
	}
	if i == last+1 {
		return 0
	}
	r.tableHead, r.tableEnd = last, i
	return end
}

// inTable reports whether i is in the rows of the table that was read last, whose cells are judged.
func (r *Reader) inTable(i int) bool { return r.tableHead <= i && i < r.tableEnd }

// aligned detects the secrets of a column of aligned text that starts at an offset of the
// lines after the heading, which ends at last.
func aligned(r *Reader, kind Kind, offset, last int) int {
	t := r.Text
	i := last + 1
	for range rowsMax {
		size := lineRest(r, min(i, len(t)))
		if i < len(t) && isRule(t[i:i+size]) && size > 0 {
			i += size + 1
			continue
		}
		if i >= len(t) || size <= offset || !strings.Contains(strings.TrimSpace(t[i:i+size]), "  ") {
			break
		}
		at := i + offset
		for limit := at - 4; at > i && at > limit && t[at-1] != ' '; at-- {
		}
		at = text.RunEnd(t, at, at+4, text.Space)
		end := at
		for end < i+size && t[end] != ' ' {
			end++
		}
		r.judge(kind, LinkColumn, bounds{at, end, Quoted})
		i += size + 1
	}
	if i == last+1 {
		return 0
	}
	r.tableHead, r.tableEnd = last, min(i, len(t))
	return last
}

// secondCell detects the value of a table of two columns whose first cell is the noun that
// ends at i: | Password | X |.
func secondCell(r *Reader, kind Kind, i int) bool {
	t := r.Text
	for limit := min(len(t), i+12); i < limit && strings.IndexByte(" *`_", t[i]) >= 0; i++ {
	}
	if r.Next(i) != '|' {
		return false
	}
	line := t[i+1 : min(len(t), i+1+headMax)]
	line = line[:lineLength(line)]
	in, rest, found := strings.Cut(line, "|")
	value := strings.Trim(in, " `*")
	if !found || strings.TrimSpace(rest) != "" || len(value) > cellMax || strings.IndexByte(value, ' ') >= 0 || isWords(value) || value == "" {
		return false
	}
	at := i + 1 + strings.Index(in, value)
	return r.judge(kind, LinkColumn, bounds{at, at + len(value), Quoted})
}

// insertedValues detects the value of a column of INSERT INTO t (a, password) VALUES ('x', 'y').
func insertedValues(r *Reader, kind Kind, start int) bool {
	t := r.Text
	open := strings.LastIndexByte(t[max(0, start-headMax):start], '(')
	length := strings.IndexByte(t[start:min(len(t), start+headMax)], ')')
	if open < 0 || length < 0 {
		return false
	}
	column := strings.Count(t[max(0, start-headMax)+open:start], ",")
	i := start + length + 1
	for limit := min(len(t), i+maxSpaces); i < limit && text.Is(t[i], text.Space); i++ {
	}
	if !text.HasFold(t, i, "values") {
		return false
	}
	i += len("values")
	found := false
	for range rowsMax {
		for limit := min(len(t), i+maxSpaces); i < limit && strings.IndexByte(" \n\r\t(,", t[i]) >= 0; i++ {
		}
		for k := 0; i < len(t) && t[i] != ')'; k++ {
			b := valueAt(r, text.RunEnd(t, i, i+maxSpaces, text.Space), Bare)
			if k == column && r.judge(kind, LinkColumn, b) {
				found = true
			}
			i = b.end
			for limit := min(len(t), i+maxSpaces); i < limit && strings.IndexByte("'\"\\ ", t[i]) >= 0; i++ {
			}
			if r.Next(i) != ',' {
				break
			}
			i++
		}
		if r.Next(i) != ')' || !strings.HasPrefix(strings.TrimLeft(t[i+1:min(len(t), i+8)], " \n"), ",") {
			return found
		}
		i++
	}
	return found
}

// codeLines detects the codes of a list: one a line, after the noun that ends at end.
func codeLines(r *Reader, kind Kind, end int) bool {
	t := r.Text
	if kind != Code || end == 0 || t[end-1] != 's' {
		return false
	}
	i := end
	for limit := min(len(t), end+48); i < limit && t[i] != '\n' && t[i] != ':'; i++ {
	}
	if i < len(t) && t[i] == ':' {
		i++
	}
	found := false
	for range 24 {
		i = text.RunEnd(t, i, i+maxSpaces, text.Space)
		for limit := i + 5; i < min(len(t), limit) && strings.IndexByte("-*. )`0123456789,", t[i]) >= 0 && strings.IndexByte("-*. )`,", r.Next(i+1)) >= 0; i++ {
		}
		i = text.RunEnd(t, i, i+4, text.Space|text.Quote)
		stop := text.RunEnd(t, i, i+nameMax, text.KeyChars)
		if n := text.RunEnd(t, stop+1, stop+1+8, text.Digit); n-stop > 3 && r.Next(stop) == ' ' && isNameOf(t[i:stop], text.Digit) {
			stop = n // 4829 1307
		}
		if stop-i < 6 || !text.HasAnyDigit(t[i:stop]) || !r.judge(Code, LinkColumn, bounds{i, stop, Quoted}) {
			break
		}
		found = true
		i = stop
		for limit := i + 4; i < min(len(t), limit) && strings.IndexByte("`,; \"", t[i]) >= 0; i++ {
		}
	}
	return found
}
