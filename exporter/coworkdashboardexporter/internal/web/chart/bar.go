package chart

import (
	"math"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
)

// visibleBars is how many rows of a ranking are visible before it is unfolded.
const visibleBars = 8

// A Bar is a ranking: each row has a name, a bar, the number of the bar, and more cells.
type Bar struct {
	Head []ColumnHead
	Top  []BarRow
	Rest []BarRow
}

// A BarRow is one name of a ranking.
type BarRow struct {
	Name  Cell
	Width float64 // of 100
	Cells []Cell
}

func drawBar(r *Request, v *Panel, t report.Table) error {
	if len(t.Columns) < 2 {
		return errShape
	}
	cols := t.Columns
	b := &Bar{Head: columnHeads(cols)}
	most := 0.0
	for _, row := range t.Rows {
		if len(row) != len(cols) {
			return errShape
		}
		if n, ok := finite(row[1]); ok {
			most = max(most, n)
		}
	}
	if cols[1].Unit == "1" {
		most = max(most, 1) // the full width of a share is 100 %
	}
	for i, row := range t.Rows[:min(len(t.Rows), maxRows)] {
		bar := BarRow{Name: r.Cell(row[0], cols[0])}
		if n, ok := finite(row[1]); ok && most > 0 {
			bar.Width = math.Round(max(0, n)/most*1000) / 10
		}
		for j, c := range row[1:] {
			bar.Cells = append(bar.Cells, r.Cell(c, cols[j+1]))
		}
		if i < visibleBars || len(t.Rows) == visibleBars+1 {
			b.Top = append(b.Top, bar)
		} else {
			b.Rest = append(b.Rest, bar)
		}
	}
	v.Bar, v.Wide = b, len(cols) > 5
	return nil
}
