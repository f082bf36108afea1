package chart

import (
	"strconv"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web/format"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web/urlquery"
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
	Head    []Cell
	Top     []Row
	Rest    []Row
}

// A Row is a row of a table. Bar is the width of its bar, of 100, "" for none.
type Row struct {
	Cells []Cell
	Bar   string
}

// NewTable returns the panel of a table, or of a text in place of one without rows.
func NewTable(q *urlquery.Query, id, title, empty string, t report.Table) Panel {
	v := Panel{Panel: report.Panel{ID: id, Title: title, Shape: report.Grid}}
	if len(t.Rows) == 0 {
		v.Empty = empty
	} else if err := drawTable(q, &v, t); err != nil {
		v.Trouble = Trouble(err)
	}
	v.noteLeftOut(len(t.Rows)-maxRows, "more")
	return v
}

// drawTable draws a table or a ranking. The rows beyond a number are folded, unless it is
// one row.
func drawTable(q *urlquery.Query, v *Panel, t report.Table) error {
	t = v.withoutEmptyColumns(t)
	table, visible, columns := &Table{Ranking: v.Shape == report.Bar}, visibleRows, len(t.Columns)
	if table.Ranking {
		visible, columns = visibleBars, columns-1 // the first two share one
	}
	if columns < 1 {
		return errShape
	}
	for _, c := range t.Columns {
		name, _ := format.Name(c.Name)
		table.Head = append(table.Head, Cell{Text: name, Right: c.Type == report.Number})
	}
	for _, values := range t.Rows[:min(len(t.Rows), maxRows)] {
		if len(values) != len(t.Columns) {
			return errShape
		}
		row := Row{}
		for i, value := range values {
			row.Cells = append(row.Cells, newCell(q, value, t.Columns[i]))
		}
		linkRow(q, row.Cells, t.Columns, values)
		table.Top = append(table.Top, row)
	}
	if table.Ranking {
		drawBars(table.Top, t.Columns[1].Unit)
	}
	if len(table.Top) > visible+1 {
		table.Top, table.Rest = table.Top[:visible], table.Top[visible:]
	}
	v.Table, v.Wide = table, columns > 4
	return nil
}

// drawBars adds the bars of a ranking, for the numbers in its second column.
func drawBars(rows []Row, unit string) {
	most := 0.0
	if unit == "1" {
		most = 1 // the full width of a share is 100 %
	}
	for _, row := range rows {
		if n := row.Cells[1]; n.Kind == "number" {
			most = max(most, n.Amount)
		}
	}
	for i, row := range rows {
		width := 0.0
		if n := row.Cells[1]; n.Kind == "number" && most > 0 {
			width = PerMille(n.Amount/most) / 10
		}
		rows[i].Bar = strconv.FormatFloat(width, 'f', -1, 64)
	}
}
