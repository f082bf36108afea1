package chart

import (
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web/format"
)

// The limits of a table and a ranking.
const (
	visibleRows = 10  // before the table is unfolded
	maxRows     = 500 // in the page; CSV and JSON hold all
)

// A Table is a table without a drawing.
type Table struct {
	Head []ColumnHead
	Top  [][]Cell
	Rest [][]Cell
}

// A ColumnHead is the head of a column.
type ColumnHead struct {
	Name   string
	Number bool
}

func drawTable(r *Request, v *Panel, t report.Table) error {
	if len(t.Columns) == 0 {
		return errShape
	}
	table := &Table{Head: columnHeads(t.Columns)}
	for i, row := range t.Rows[:min(len(t.Rows), maxRows)] {
		if len(row) != len(t.Columns) {
			return errShape
		}
		cells := make([]Cell, len(row))
		for j, c := range row {
			cells[j] = r.Cell(c, t.Columns[j])
		}
		if i < visibleRows {
			table.Top = append(table.Top, cells)
		} else {
			table.Rest = append(table.Rest, cells)
		}
	}
	v.Table, v.Wide = table, len(t.Columns) > 4
	return nil
}

func columnHeads(cols []report.Column) []ColumnHead {
	heads := make([]ColumnHead, len(cols))
	for i, c := range cols {
		name, _ := format.Name(c.Name)
		heads[i] = ColumnHead{Name: name, Number: c.Type == report.Number}
	}
	return heads
}
