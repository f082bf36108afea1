package chart

import (
	"slices"
	"time"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web/urlquery"
)

// earlierColumn is the name of the column with the two time ranges of a comparison.
const earlierColumn = "Time range"

// IsComparable reports whether a panel is one line, so that the line of an earlier range can be drawn too.
func IsComparable(p report.Panel) bool { return p.Shape == report.Line && len(p.Columns) == 2 }

// Compare returns the answer to a line with that of an earlier time range as a second line:
// its numbers are at the times of the same hours or days. If they differ in number,
// or if nothing of the earlier range is stored, there is no second line.
func Compare(q *urlquery.Query, now, earlier report.Table) report.Table {
	if q.Compared == nil || len(now.Columns) != 2 || len(now.Rows) != len(earlier.Rows) || !slices.ContainsFunc(earlier.Rows, hasNumber) {
		return now
	}
	both := now
	both.Columns = []report.Column{now.Columns[0], {Name: earlierColumn}, now.Columns[1]}
	both.Rows = make([][]any, 0, 2*len(now.Rows))
	for _, row := range now.Rows {
		both.Rows = append(both.Rows, []any{row[0], "this time range", row[1]})
	}
	for i, row := range earlier.Rows {
		at, _ := now.Rows[i][0].(time.Time)
		both.Rows = append(both.Rows, []any{at, q.Compared.Text, row[1]})
	}
	return both
}

// hasNumber reports whether a row of a line has a number above zero.
func hasNumber(row []any) bool {
	n, ok := finite(row[len(row)-1])
	return ok && n > 0
}
