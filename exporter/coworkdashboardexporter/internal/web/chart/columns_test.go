package chart

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
)

// TestWithoutEmptyColumns checks which columns a table leaves out: a model's durations by
// user were columns of dashes, and requests without a known cost columns of zeros.
func TestWithoutEmptyColumns(t *testing.T) {
	number := func(name string) report.Column { return report.Column{Name: name, Type: report.Number, Unit: "s"} }
	rare := number("Unpriced")
	rare.Rare = true
	columns := []report.Column{{Name: "Model"}, number("Cost"), number("p50"), rare, number("p95")}
	v := Panel{}
	got := v.withoutEmptyColumns(report.Table{
		Columns: columns, Unavailable: []string{"p50", "p95"}, Rows: [][]any{{"opus", int64(0), nil, int64(0), nil}, {"haiku", 0.5, nil, nil, nil}},
	})
	require.Equal(t, columns[:2], got.Columns)
	require.Equal(t, [][]any{{"opus", int64(0)}, {"haiku", 0.5}}, got.Rows)
	require.Equal(t, []string{"not available with this filter: p50 and p95"}, v.Notes)

	v = Panel{}
	whole := report.Table{Columns: columns, Rows: [][]any{{"opus", int64(0), nil, int64(0), nil}, {"haiku", 0.5, nil, int64(1), nil}}}
	require.Equal(t, whole, v.withoutEmptyColumns(whole))
	require.Empty(t, v.Notes)

	short := report.Table{Columns: columns, Rows: [][]any{{"opus"}}}
	require.Equal(t, short, v.withoutEmptyColumns(short), "which cannot be drawn")
}
