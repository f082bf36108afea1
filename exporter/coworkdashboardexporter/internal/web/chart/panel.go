// Package chart draws the answers of panels: it turns tables into views, which the
// templates place without further logic.
//
// There is one file for each shape of a panel: figure.go, line.go, heat.go, and table.go
// for tables and rankings. Each drawing is a table or an SVG, so that the page needs no
// script.
package chart

import (
	"cmp"
	"context"
	"errors"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web/format"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web/urlquery"
)

// A Panel is the view of a panel. Exactly one of its drawings is set, none if there is
// nothing to draw.
type Panel struct {
	report.Panel
	Wide bool
	// Trouble is why the panel has no answer, Empty the text for an answer without rows.
	Trouble string
	Empty   string
	// Notes are the limits of the answer, such as rows it leaves out.
	Notes []string
	// Counted is the time range of the answer, "" if it is the requested one.
	Counted string
	CSV     string
	JSON    string

	Figure *Figure
	Line   *Line
	Table  *Table
	Heat   *Heat
}

// errShape reports an answer without the columns of its panel's shape.
var errShape = errors.New("the answer does not have the columns of its shape")

// shapes draw an answer into a panel.
var shapes = map[report.Shape]func(*urlquery.Query, *Panel, report.Table) error{
	report.Figure: drawFigure,
	report.Line:   drawLine,
	report.Bar:    drawTable,
	report.Grid:   drawTable,
	report.Heat:   drawHeat,
}

// Draw returns the view of an answer, or of the error in its place.
func Draw(q *urlquery.Query, panel report.Panel, table report.Table, err error) Panel {
	v := Panel{
		Panel: panel, Counted: countedRange(q, table),
		CSV: q.Link("/api/panels/" + panel.ID + ".csv"), JSON: q.Link("/api/panels/" + panel.ID + ".json"),
	}
	draw, known := shapes[panel.Shape]
	switch {
	case err != nil:
	case len(table.Rows) == 0:
		v.Empty = v.emptyText()
	case known:
		err = draw(q, &v, table)
	default:
		err = errShape
	}
	if err != nil {
		v.Trouble = Trouble(err)
		return v
	}
	v.noteLeftOut(table.Cut, "more")
	return v
}

// noteLeftOut adds a note about rows or lines that are not shown.
func (v *Panel) noteLeftOut(n int, what string) {
	if n > 0 {
		v.Notes = append(v.Notes, "and "+format.Count(float64(n))+" "+what+", not shown")
	}
}

// countedRange returns the hours or days that an answer covers if they exceed the
// requested range. A named range starts at an hour or a day and ends now, so it does not.
func countedRange(q *urlquery.Query, t report.Table) string {
	early := t.From.Before(q.From)
	late := t.To.After(q.To) && q.To.Before(q.Now)
	if q.Range != nil || t.From.IsZero() || !early && !late {
		return ""
	}
	return "figures cover complete hours or days: " + format.TimeRange(t.From, t.To, q.Shown)
}

// The texts for a panel, a list or a page without an answer. They never contain the
// error, which may quote data.
const (
	TimedOut   = "This took too long to load. Choose a shorter time range, or try again."
	Unanswered = "This could not be loaded. See the collector’s log."
)

// Trouble returns the text for an error.
func Trouble(err error) string {
	switch {
	case errors.Is(err, context.DeadlineExceeded):
		return TimedOut
	case errors.Is(err, errShape):
		return "This answer cannot be drawn. Its CSV and JSON hold it."
	}
	return Unanswered
}

// emptyText returns the text for an answer without rows or with zeros only.
func (v *Panel) emptyText() string {
	return cmp.Or(v.Panel.Empty, emptyTexts[format.Slug(v.Section)], noData)
}

// emptyTexts are the texts for no rows in the sections where that is good.
var emptyTexts = map[string]string{
	"alerts": "No alerts in this time range.",
	"errors": "No errors in this time range.",
}

const noData = "No data in this time range."
