package answer

import (
	"context"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
)

// figureRows returns one row with a number and that of the previous period.
func figureRows(ctx context.Context, a *answer) ([][]any, int, error) {
	row := make([]any, len(a.panel.Columns))
	for i, c := range a.panel.Columns {
		in := a.span
		if c.Prior {
			in = a.span.earlier(a.filter.Compare.In(a.set.Zone))
			known, err := isComparable(ctx, a, in)
			if err != nil {
				return nil, 0, err
			}
			if !known {
				continue
			}
		}
		s := a.newStatement(in)
		found, _, err := a.query(ctx, s, s.selection(&a.panel.Query, false, []string{c.Value}, ""))
		if err != nil {
			return nil, 0, err
		}
		if len(found) > 0 {
			row[i] = numberOf(found[0][0])
		}
	}
	return [][]any{row}, 0, nil
}

// isComparable reports whether the previous period counts: if it is stored completely, and
// if the names of the filter have data in its first half. Otherwise every figure would
// seem to grow.
func isComparable(ctx context.Context, a *answer, previous span) (bool, error) {
	oldest, err := a.oldest(ctx, previous.grain)
	if err != nil || oldest.IsZero() || previous.from.Before(oldest) {
		return false, err
	}
	if namesOf(a.filter) == (report.Filter{}) {
		return true, nil
	}
	s := a.newStatement(previous.firstHalf())
	q := &report.Query{Fact: a.panel.Query.Fact}
	t := tableOf(q, a.filter)
	for _, p := range piecesOf(s.span, t.Grains) {
		var there bool
		text := "select exists (select 1 from " + t.Of(p.grain) + " as d where " + p.during(s.fewUsers()) + s.where(t, q) + ")"
		if err := a.tx.QueryRow(ctx, text, s.args...).Scan(&there); err != nil || there {
			return there, err
		}
	}
	return false, nil
}
