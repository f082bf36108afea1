package web

import "github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"

// A gridView is a table as it stands, the first rows seen at once.
type gridView struct {
	Head []headCell
	Top  [][]cell
	Rest [][]cell
}

func (p *painter) grid(v *panelView, t report.Table) error {
	if len(t.Columns) == 0 {
		return errShape
	}
	g := &gridView{Head: heads(t.Columns)}
	for i, row := range t.Rows[:min(len(t.Rows), maxRows)] {
		if len(row) != len(t.Columns) {
			return errShape
		}
		cells := make([]cell, len(row))
		for j, c := range row {
			cells[j] = p.cell(c, t.Columns[j])
		}
		if i < topRows+2 {
			g.Top = append(g.Top, cells)
		} else {
			g.Rest = append(g.Rest, cells)
		}
	}
	v.Grid, v.Wide = g, len(t.Columns) > 4
	return nil
}
