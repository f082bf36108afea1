package answer

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
)

// selection returns the statement for values of a query, which are SQL expressions over
// its keys and sums. Its rows have one more column: their number without the limit.
func (s *statement) selection(q *report.Query, byTime bool, values []string, end string) string {
	var b strings.Builder
	b.WriteString("select ")
	for _, value := range values {
		if slices.Contains(q.By, value) {
			value = strconv.Quote(value) // user is a function in PostgreSQL
		}
		b.WriteString(value + ", ")
	}
	b.WriteString("count(*) over () from (" + s.relation(q, byTime) + ") as main")
	for i := range q.Join {
		j := &q.Join[i]
		on := " on true"
		if len(j.By) > 0 {
			on = ` using ("` + strings.Join(j.By, `", "`) + `")`
		}
		b.WriteString(" left join (" + s.joined(j) + ") as " + j.Name + on)
	}
	if q.Having != "" {
		b.WriteString(" where " + q.Having)
	}
	return b.String() + end
}

// joined returns the query of a join, or one without rows if it is optional and does not
// have all names of the filter.
func (s *statement) joined(j *report.Join) string {
	if supports(&j.Query, s.filter) {
		return s.relation(&j.Query, false)
	}
	var columns []string
	for _, key := range j.By {
		columns = append(columns, fmt.Sprintf("cast(null as text) as %q", key))
	}
	sums := slices.Clone(j.Sums)
	if j.Quantiles {
		for _, q := range quantileColumns {
			sums = append(sums, q.name)
		}
	}
	for _, sum := range sums {
		columns = append(columns, "cast(null as double precision) as "+sum)
	}
	return "select " + strings.Join(columns, ", ") + " where 1 = 0"
}

// query runs a statement and returns its rows without their last column, which it
// returns as well: the number of rows without the limit.
func (a *answer) query(ctx context.Context, s *statement, text string) (list [][]any, of int, err error) {
	rows, err := a.tx.Query(ctx, text, s.args...)
	if err != nil {
		return nil, 0, err
	}
	defer func() { _ = rows.Close() }()
	columns, err := rows.Columns()
	if err != nil {
		return nil, 0, err
	}
	for rows.Next() {
		cells := make([]any, len(columns))
		to := make([]any, len(columns))
		for i := range cells {
			to[i] = &cells[i]
		}
		if err := rows.Scan(to...); err != nil {
			return nil, 0, err
		}
		last := len(cells) - 1
		if n, ok := cells[last].(int64); ok {
			of = int(n)
		}
		list = append(list, cells[:last:last])
	}
	return list, of, rows.Err()
}

// convert converts the cells of a row to the types of their columns, in place. Decimal
// numbers of PostgreSQL arrive as texts.
func (a *answer) convert(row []any, columns []report.Column) {
	for i, c := range columns {
		if text, ok := row[i].([]byte); ok {
			row[i] = string(text)
		}
		switch c.Type {
		case report.Number:
			row[i] = numberOf(row[i])
		case report.Time:
			n, ok := row[i].(int64)
			if row[i] = nil; ok && n > 0 {
				row[i] = timeOf(n, a.set.Zone)
			}
		}
	}
}

func numberOf(cell any) any {
	switch v := cell.(type) {
	case int64, float64:
		return v
	case string:
		if f, err := strconv.ParseFloat(v, 64); err == nil {
			return f
		}
	}
	return nil
}
