package chart

import (
	"math"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web/format"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web/urlquery"
)

// A Figure is one large number.
type Figure struct {
	Number Cell
	Noun   string
	// Change is the difference from the previous period, "" if unknown, and Before the
	// number of that period.
	Change string
	Before string
	// Badge is the color of the severity, "" for none.
	Badge string
}

// NewFigure returns the panel of a number without a previous period.
func NewFigure(title, question string, c Cell, unit string) Panel {
	panel := report.Panel{ID: format.Slug(title), Title: title, Question: question, Shape: report.Figure}
	return Panel{Panel: panel, Figure: &Figure{Number: c, Noun: format.Noun(c.Amount, unit)}}
}

func drawFigure(q *urlquery.Query, v *Panel, t report.Table) error {
	if len(t.Columns) == 0 || len(t.Rows[0]) == 0 {
		return errShape
	}
	col := t.Columns[0]
	f := &Figure{Number: newCell(q, t.Rows[0][0], col)}
	f.Number.Href = linkToPage(q, v.Href)
	v.Figure = f
	if f.Number.Kind != "number" {
		return nil
	}
	f.Noun = format.Noun(f.Number.Amount, col.Unit)
	if f.Number.Amount != 0 {
		f.Badge = badges[v.Severity]
	}
	if len(t.Rows[0]) == 1 {
		return nil
	}
	if before := newCell(q, t.Rows[0][1], col); before.Kind == "number" {
		f.Change, f.Before = change(f.Number.Amount, before.Amount, col.Unit), before.Text
		if q.Compared != nil {
			f.Before += " " + q.Compared.Text
		}
	}
	return nil
}

// change formats the difference between two numbers: in points for shares, else in
// percent of the number before. It is "" if the number before is zero.
func change(now, before float64, unit string) string {
	if unit == "1" {
		return signed((now-before)*100, 1, format.NBSP+"points")
	}
	if before == 0 {
		return ""
	}
	part := (now - before) / before
	if math.Abs(part) >= 10 {
		return "×" + format.Count(math.Round(now/before))
	}
	return signed(part*100, 0, format.NBSP+"%")
}

func signed(v float64, places int, unit string) string {
	text := format.Decimals(math.Abs(v), places)
	switch {
	case text == "0":
		return "the same"
	case v > 0:
		return "+" + text + unit
	}
	return "−" + text + unit
}
