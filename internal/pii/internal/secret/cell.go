package secret

import (
	"strings"

	"github.com/cowork-otel/collector/internal/pii/internal/text"
)

// cell judges the cell of a column in the row that starts at i. Quotes may hold separators.
func cell(r *Reader, kind Kind, i int, row string, separator byte, column int) {
	in := cellOf(row, separator, column)
	at := i + strings.Index(row, in)
	if start := cellStart(row, separator, column); start >= 0 {
		at = i + start
	}
	trimmed := strings.Trim(in, " \t\r\"'*`")
	if trimmed == "" || len(trimmed) > cellMax {
		return
	}
	at += strings.Index(in, trimmed)
	r.judge(kind, LinkColumn, bounds{at, at + len(trimmed), Quoted})
}

// cellStart returns where a cell of a row starts, -1 if the row has fewer.
func cellStart(row string, separator byte, column int) int {
	quoted, k := false, 0
	for i := 0; i < len(row); i++ {
		switch {
		case k == column:
			return i
		case row[i] == '"':
			quoted = !quoted
		case row[i] == separator && !quoted:
			k++
		}
	}
	if k == column {
		return len(row)
	}
	return -1
}

// cellOf returns a cell of a row.
func cellOf(row string, separator byte, column int) string {
	start := cellStart(row, separator, column)
	if start < 0 {
		return ""
	}
	end := cellStart(row[start:], separator, 1)
	if end < 0 {
		return row[start:]
	}
	return row[start : start+end-1]
}

// heading returns the text of a cell of a heading.
func heading(head string, separator byte, column int) string {
	return strings.Trim(cellOf(head, separator, column), " \t\"'*`_")
}

// isCodeList reports whether a line is a part of a list in code rather than the heading of a table: it
// ends with a comma, or has one cell only.
func isCodeList(head string, separator byte) bool {
	head, _, _ = strings.Cut(head, " #")
	head = strings.TrimSpace(head)
	return separator == ',' && strings.HasSuffix(head, ",") || separator != '|' && strings.IndexByte(head, separator) < 0
}

// isRule reports whether a row has only the line under a heading.
func isRule(row string) bool { return strings.Trim(row, "|-: +=\t") == "" }

// separatorAfter returns the separator of the cells after a heading that ends at i, 0 if there is none.
func separatorAfter(in string, i int) byte {
	for limit := min(len(in), i+12); i < limit && strings.IndexByte(" \"'*`", in[i]) >= 0; i++ {
	}
	if i < len(in) && strings.IndexByte(",;\t|", in[i]) >= 0 {
		return in[i]
	}
	return 0
}

// separatorBefore returns the separator of the cells before a heading that starts at i, 0
// if there is none: the last column has no other.
func separatorBefore(in string, i int) byte {
	for limit := max(0, i-24); i > limit && (text.Is(in[i-1], text.Alnum|text.Joiner|text.Quote) || in[i-1] == ' ' || in[i-1] == '*'); i-- {
	}
	if i > 0 && strings.IndexByte(",;\t|", in[i-1]) >= 0 {
		return in[i-1]
	}
	return 0
}

// cellOffset returns where the last cell of the start of a heading begins.
func cellOffset(head string) int {
	if n := strings.LastIndex(head, "  "); n >= 0 {
		return n + 2
	}
	return 0
}

// isAligned reports whether a line is a heading whose columns are separated by spaces, two
// or more, around the noun [start, end).
func isAligned(head string, start, end int) bool {
	before, after := head[:start], head[end:]
	if n := strings.LastIndexByte(strings.TrimRight(before, " "), ' '); strings.HasSuffix(before, " ") && !strings.HasSuffix(before, "  ") && n > 0 && before[n-1] == ' ' {
		before = before[:n+1] // a heading of two words
	}
	return (strings.HasSuffix(before, "  ") || strings.TrimSpace(before) == "") && (strings.HasPrefix(after, "  ") || strings.TrimSpace(after) == "") &&
		len(strings.TrimSpace(before)+strings.TrimSpace(after)) > 2 && strings.Contains(strings.TrimSpace(head), "  ")
}
