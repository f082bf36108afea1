package web

import (
	"cmp"
	"math"
	"slices"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
)

// topRows is how much of a ranking is seen at once; the rest unfolds.
const (
	topRows = 8
	maxRows = 500
)

// A barView is a ranking: each row a name, a bar, its number and what else is known.
type barView struct {
	Head []headCell
	Top  []barRow
	Rest []barRow
}

// A headCell is the head of a column.
type headCell struct {
	Name   string
	Number bool
}

// A barRow is one name of a ranking.
type barRow struct {
	Name  cell
	Width float64 // of 100
	Cells []cell
}

func (p *painter) bar(v *panelView, t report.Table) error {
	if len(t.Columns) < 2 {
		return errShape
	}
	cols := slices.Clone(t.Columns)
	cols[1].Unit = cmp.Or(cols[1].Unit, v.Unit)
	b := &barView{Head: heads(cols)}
	most := 0.0
	for _, row := range t.Rows {
		if len(row) != len(cols) {
			return errShape
		}
		if n, ok := amount(row[1]); ok {
			most = max(most, n)
		}
	}
	if cols[1].Unit == "1" {
		most = max(most, 1) // a share's bar is full at all
	}
	for i, row := range t.Rows[:min(len(t.Rows), maxRows)] {
		r := barRow{Name: p.cell(row[0], cols[0])}
		if n, ok := amount(row[1]); ok && most > 0 {
			r.Width = math.Round(max(0, n)/most*1000) / 10
		}
		for j, c := range row[1:] {
			r.Cells = append(r.Cells, p.cell(c, cols[j+1]))
		}
		if i < topRows || len(t.Rows) == topRows+1 {
			b.Top = append(b.Top, r)
		} else {
			b.Rest = append(b.Rest, r)
		}
	}
	v.Bar, v.Wide = b, len(cols) > 5
	return nil
}

func heads(cols []report.Column) []headCell {
	out := make([]headCell, len(cols))
	for i, c := range cols {
		name, _ := shown(c.Name)
		out[i] = headCell{Name: name, Number: numeric(c)}
	}
	return out
}
