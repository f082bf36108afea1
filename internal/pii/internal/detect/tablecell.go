package detect

// This file finds the cells of tables whose heading names numbers: of text with separators, and of INSERT statements.

import (
	"strings"

	"github.com/cowork-otel/collector/internal/pii/internal/text"
)

// The bounds of a table.
const (
	headingLineMost = 400 // bytes of the headings
	headingMost     = 32  // bytes of a heading
	columnsMost     = 8   // columns that are read
	rowsMost        = 200 // rows
	rowMost         = 600 // bytes of a row
)

// HeadingWords returns words of the headings of columns with numbers, apart from the labels of personal numbers.
func HeadingWords() []string { return headingWords }

var headingWords = strings.Fields(`phone phones telephone mobile mobiles cell cellphone tel telefon telefoon telefono telefone telefonnummer handy handynummer
	mobilnummer mobil movil celular msisdn fax whatsapp gsm phonenumber mobilenumber mobilephone contact ssn iban account konto`)

// A tableColumn is a column of a table whose heading names numbers.
type tableColumn struct {
	index   int
	heading string
}

// EachCell calls yield for each cell of the table that the word at i is in a heading of, if a heading names
// numbers. It reads a table once.
func EachCell(r *Reader, i int, yield func(heading string, start, end int)) {
	t := r.Text
	if r.tableHead <= i && i < r.tableEnd || !mayEndHeading(r, i) {
		return
	}
	first := lineStartWithin(t, i, headingLineMost)
	last := lineEndWithin(t, i, headingLineMost)
	if first < 0 || last < 0 {
		return
	}
	if open := strings.LastIndexByte(t[first:i], '('); open >= 0 && strings.IndexByte(t[first+open:i], ')') < 0 {
		if shut := strings.IndexByte(t[i:last], ')'); shut >= 0 {
			insertedCells(r, first+open+1, i+shut, yield)
			return
		}
	}
	sep := cellSeparator(t[first:last])
	if last == len(t) || sep == 0 {
		return
	}
	columns, count := headingColumns(t[first:last], sep)
	if count == 0 {
		return
	}
	r.tableHead, r.tableEnd = first, last
	cells := strings.Count(t[first:last], string(sep))
	at := last + 1
	for range rowsMost {
		end := lineEndWithin(t, at, rowMost)
		if at >= len(t) || end < 0 {
			return
		}
		row := t[at:end]
		isRule := strings.Trim(row, "|-: +=\t\r") == "" && row != ""
		if !isRule && strings.Count(row, string(sep)) < max(1, cells-1) {
			return
		}
		if !isRule {
			eachColumn(row, sep, columns[:count], func(heading string, start, stop int) { yield(heading, at+start, at+stop) })
		}
		r.tableEnd = end
		at = end + 1
	}
}

// mayEndHeading reports whether a separator of cells, or the end of a list in parentheses, follows shortly after the
// word at i.
func mayEndHeading(r *Reader, i int) bool {
	end := text.RunEnd(r.Text, i, i+headingMost, text.KeyChars)
	for limit := min(len(r.Text), end+headingMost); end < limit; end++ {
		switch c := r.Text[end]; {
		case strings.IndexByte(",;|\t)\n\r", c) >= 0:
			return true
		case !text.Is(c, text.KeyChars|text.Quote|text.Dot) && c != ' ' && c != '*':
			return false
		}
	}
	return end == len(r.Text)
}

// lineStartWithin returns the start of the line with i, -1 if it is more than most bytes before.
func lineStartWithin(in string, i, most int) int {
	from := max(0, i-most)
	switch n := strings.LastIndexByte(in[from:i], '\n'); {
	case n >= 0:
		return from + n + 1
	case from == 0:
		return 0
	}
	return -1
}

// lineEndWithin returns the end of the line that continues at i, -1 if it is more than most bytes after.
func lineEndWithin(in string, i, most int) int {
	i = min(i, len(in))
	limit := min(len(in), i+most)
	switch n := strings.IndexByte(in[i:limit], '\n'); {
	case n >= 0:
		return i + n
	case limit == len(in):
		return limit
	}
	return -1
}

// cellSeparator returns the separator of the cells of a line of headings, 0 if there is none.
func cellSeparator(line string) byte {
	for _, sep := range [...]byte{'|', '\t', ';', ','} {
		if strings.IndexByte(line, sep) >= 0 {
			return sep
		}
	}
	return 0
}

// headingColumns returns the columns of a line of headings that name numbers. Headings are names, without digits.
func headingColumns(line string, sep byte) (columns [columnsMost]tableColumn, count int) {
	index := 0
	for cell := range strings.SplitSeq(line, string(sep)) {
		name := strings.Trim(cell, " \t\r\"'`*_[]")
		switch {
		case len(name) > headingMost, strings.ContainsAny(name, "=:<>{}$"):
			return columns, 0 // no heading
		case count < len(columns) && Announces(name):
			columns[count] = tableColumn{index, name}
			count++
		}
		index++
	}
	return columns, count
}

// eachColumn calls yield for the cells of a row in some columns, without spaces and quotes around
// them. A separator in quotes is a part of a cell.
func eachColumn(row string, sep byte, columns []tableColumn, yield func(heading string, start, end int)) {
	index, start, isQuoted := 0, 0, false
	for i := 0; i <= len(row); i++ {
		if i < len(row) && row[i] == '"' {
			isQuoted = !isQuoted
		}
		if i < len(row) && (row[i] != sep || isQuoted) {
			continue
		}
		for _, c := range columns {
			if c.index == index {
				yieldCell(row, c.heading, start, i, yield)
			}
		}
		index, start = index+1, i+1
	}
}

// yieldCell calls yield for a cell that can be a number.
func yieldCell(in, heading string, start, end int, yield func(heading string, start, end int)) {
	const around = " \t\r\"'`*\\"
	for start < end && strings.IndexByte(around, in[start]) >= 0 {
		start++
	}
	for end > start && strings.IndexByte(around, in[end-1]) >= 0 {
		end--
	}
	const cellMost = 40
	digits := 0
	if end-start <= cellMost {
		digits = countDigits(in[start:end])
	}
	if digits >= 9 || digits >= 6 && !countsDevices(heading) {
		yield(heading, start, end)
	}
}

// countsDevices reports whether a column with this heading can have numbers of visitors by device.
func countsDevices(heading string) bool {
	return text.ContainsFold([]string{"mobile", "mobiles", "phone", "phones", "cell", "mobil", "handy", "sms", "fax"}, heading)
}

// insertedCells calls yield for the values of INSERT INTO t (name, phone) VALUES ('x', '5125550164'). The names are in
// [first, last).
func insertedCells(r *Reader, first, last int, yield func(heading string, start, end int)) {
	t := r.Text
	columns, count := headingColumns(t[first:last], ',')
	i := skipSpaces(t, last+1)
	if count == 0 || !text.HasFold(t, i, "values") {
		return
	}
	r.tableHead, r.tableEnd = first, last
	i = skipSpaces(t, i+len("values"))
	for range rowsMost {
		if r.Next(i) != '(' {
			return
		}
		start := i + 1
		end := tupleEnd(t, start)
		if end < 0 {
			return
		}
		index := 0
		for at := start; at <= end; index++ {
			stop := valueEnd(t, at, end)
			for _, c := range columns[:count] {
				if c.index == index {
					yieldCell(t, c.heading, at, stop, yield)
				}
			}
			at = stop + 1
		}
		r.tableEnd = end
		if i = skipSpaces(t, end+1); r.Next(i) != ',' {
			return
		}
		i = skipSpaces(t, i+1)
	}
}

// skipSpaces returns the first byte from i on, of a few, that is no space.
func skipSpaces(in string, i int) int {
	const most = 32
	return text.RunEnd(in, i, i+most, text.Space)
}

// tupleEnd returns the parenthesis that ends the values from i on, -1 if it is too far.
func tupleEnd(in string, i int) int {
	for limit := min(len(in), i+rowMost); i < limit; {
		if in[i] == ')' {
			return i
		}
		i = valueEnd(in, i, limit)
		if i < limit && in[i] == ',' {
			i++
		}
	}
	return -1
}

// valueEnd returns the end of the value at i: the comma or the parenthesis after it.
func valueEnd(in string, i, limit int) int {
	isQuoted := false
	for ; i < limit; i++ {
		switch c := in[i]; {
		case c == '\'':
			isQuoted = !isQuoted
		case (c == ',' || c == ')') && !isQuoted:
			return i
		}
	}
	return limit
}
