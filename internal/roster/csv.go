package roster

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"strings"
	"unicode/utf8"
)

// A row is a row of a file.
type row struct {
	line  int
	cells []cell
}

// A cell is a part of a row, below a title.
type cell struct {
	title        string
	texts        []string
	line, column int
}

// table is the content of a file.
type table struct {
	titles map[string]bool
	rows   []row
}

// readCSV reads a file with a header. The separator is that of the header: a comma, a
// semicolon or a tabulator. Cells of identities have several, separated by semicolons.
func readCSV(data []byte, p *problems) (t table) {
	t.titles = map[string]bool{}
	data = bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))
	in := csv.NewReader(bytes.NewReader(data))
	in.Comma = separator(data)
	in.ReuseRecord = true
	in.TrimLeadingSpace = true
	record, err := in.Read()
	if err != nil {
		p.addCSV(err)
		return t
	}
	titles := make([]string, len(record))
	for i, title := range record {
		titles[i] = foldTitle(title)
		if titles[i] != "" && t.titles[titles[i]] {
			line, column := in.FieldPos(i)
			p.report(line, column, "header", "repeats the title of another column (each column has its own)")
		}
		t.titles[titles[i]] = true
	}
	for {
		record, err := in.Read()
		if errors.Is(err, io.EOF) || p.full() {
			return t
		}
		if err != nil {
			p.addCSV(err)
			if errors.Is(err, csv.ErrFieldCount) {
				continue
			}
			return t
		}
		r := row{cells: make([]cell, 0, len(record))}
		r.line, _ = in.FieldPos(0)
		for i, text := range record {
			line, column := in.FieldPos(i)
			r.cells = append(r.cells, cell{titles[i], []string{text}, line, column})
		}
		if t.rows = append(t.rows, r); len(t.rows) > MaxPeople {
			p.report(r.line, 0, "", "is beyond the last row that is read (at most 100000 people)")
			return t
		}
	}
}

// separator returns the first separator of columns in the header.
func separator(data []byte) rune {
	header, _, _ := bytes.Cut(data, []byte("\n"))
	if i := bytes.IndexAny(header, ",;\t"); i >= 0 {
		return rune(header[i])
	}
	return ','
}

// addCSV adds an error of the reader, which names no value.
func (p *problems) addCSV(err error) {
	var syntax *csv.ParseError
	switch {
	case errors.Is(err, io.EOF):
		p.report(1, 0, "", "has no header (the titles of the columns, separated by commas)")
	case errors.Is(err, csv.ErrFieldCount) && errors.As(err, &syntax):
		p.report(syntax.StartLine, 0, "", "has another number of cells than the header (the same, empty where there is no value)")
	case errors.As(err, &syntax):
		p.report(syntax.Line, syntax.Column, "", "is no valid CSV (a quotation mark in a cell is written twice, and the cell begins and ends with one)")
	default:
		p.report(1, 0, "", "is no valid CSV (rows of cells, separated by commas)")
	}
}

func foldTitle(s string) string { return strings.ToLower(strings.TrimSpace(s)) }

// validText reports whether a text has one line of printable characters.
func validText(s string) bool {
	return utf8.ValidString(s) && strings.IndexFunc(s, isControl) < 0
}

// isControl reports whether a character is a control character, or changes the direction
// of the text around it.
func isControl(c rune) bool {
	return c < ' ' || c >= 0x7f && c < 0xa0 || c >= 0x200b && c <= 0x200f || c >= 0x2028 && c <= 0x202e || c >= 0x2066 && c <= 0x2069 || c == 0xfeff
}
