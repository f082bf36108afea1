package chart

import (
	"strconv"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web/format"
)

// The limits of a table and a ranking.
const (
	visibleRows = 10  // before the table is unfolded
	visibleBars = 8   // rows with bars are taller
	maxRows     = 500 // in the page; CSV and JSON hold all
)

// A Table is a table, or a ranking: a table whose rows have bars.
type Table struct {
	Ranking bool
	Head    []ColumnHead
	Top     []Row
	Rest    []Row
}

// A ColumnHead is the head of a column.
type ColumnHead struct {
	Name   string
	Number bool
}

// A Row is a row of a table. Bar is the width of its bar, of 100, "" for none.
type Row struct {
	Cells []Cell
	Bar   string
}

// NewTable returns the panel of a table, or of a text in place of one without rows.
func NewTable(r *Request, id, title, empty string, t report.Table) Panel {
	v := Panel{ID: id, Title: title, Shape: report.Grid}
	if len(t.Rows) == 0 {
		v.Empty = empty
	} else if err := drawTable(r, &v, t); err != nil {
		v.Trouble = Trouble(err)
	}
	v.noteLeftOut(len(t.Rows)-maxRows, "more")
	return v
}

func drawTable(r *Request, v *Panel, t report.Table) error {
	rows, err := tableRows(r, t)
	if err != nil {
		return err
	}
	v.Table, v.Wide = newTable(t.Columns, rows, visibleRows), len(t.Columns) > 4
	return nil
}

// drawBar draws a ranking: a table with a bar for the number in the second column.
func drawBar(r *Request, v *Panel, t report.Table) error {
	rows, err := tableRows(r, t)
	if err != nil || len(t.Columns) < 2 {
		return errShape
	}
	most := 0.0
	if t.Columns[1].Unit == "1" {
		most = 1 // the full width of a share is 100 %
	}
	for _, row := range rows {
		if n := row.Cells[1]; n.Is("number") {
			most = max(most, n.Amount)
		}
	}
	for i, row := range rows {
		width := 0.0
		if n := row.Cells[1]; n.Is("number") && most > 0 {
			width = PerMille(n.Amount/most) / 10
		}
		rows[i].Bar = strconv.FormatFloat(width, 'f', -1, 64)
	}
	v.Table, v.Wide = newTable(t.Columns, rows, visibleBars), len(t.Columns) > 5
	v.Table.Ranking = true
	return nil
}

func tableRows(r *Request, t report.Table) ([]Row, error) {
	if len(t.Columns) == 0 {
		return nil, errShape
	}
	var rows []Row
	for _, values := range t.Rows[:min(len(t.Rows), maxRows)] {
		if len(values) != len(t.Columns) {
			return nil, errShape
		}
		row := Row{}
		for i, value := range values {
			row.Cells = append(row.Cells, r.Cell(value, t.Columns[i]))
		}
		rows = append(rows, row)
	}
	return rows, nil
}

// newTable returns a table. The rows beyond a number are folded, unless it is one row.
func newTable(columns []report.Column, rows []Row, visible int) *Table {
	t := &Table{Top: rows}
	if len(rows) > visible+1 {
		t.Top, t.Rest = rows[:visible], rows[visible:]
	}
	for _, c := range columns {
		name, _ := format.Name(c.Name)
		t.Head = append(t.Head, ColumnHead{Name: name, Number: c.Type == report.Number})
	}
	return t
}
