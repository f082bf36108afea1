package chart

import (
	"slices"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web/format"
)

// withoutEmptyColumns returns a table without the columns that are not available, which it
// notes, and without the rare columns that are 0 in each row.
func (v *Panel) withoutEmptyColumns(t report.Table) report.Table {
	var shown []int
	var missing []string
	for i, c := range t.Columns {
		switch {
		case slices.Contains(t.Unavailable, c.Name):
			missing = append(missing, c.Name)
		case !c.Rare || slices.ContainsFunc(t.Rows, func(row []any) bool { return i < len(row) && row[i] != int64(0) && row[i] != nil }):
			shown = append(shown, i)
		}
	}
	if len(missing) > 0 {
		v.Notes = append(v.Notes, "not available with this filter: "+format.List(missing))
	}
	if len(shown) == len(t.Columns) || slices.ContainsFunc(t.Rows, func(row []any) bool { return len(row) != len(t.Columns) }) {
		return t
	}
	t.Columns = at(t.Columns, shown)
	rows := make([][]any, len(t.Rows))
	for i, row := range t.Rows {
		rows[i] = at(row, shown)
	}
	t.Rows = rows
	return t
}

// at returns the elements of a list at some places.
func at[T any](list []T, places []int) []T {
	some := make([]T, len(places))
	for i, place := range places {
		some[i] = list[place]
	}
	return some
}
