package web

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
)

// A panelView is a panel as a template places it: exactly one of its drawings is set,
// unless there is nothing to draw.
type panelView struct {
	ID       string
	Title    string
	Question string
	Shape    report.Shape
	Unit     string
	Wide     bool
	// Trouble says that the panel has no answer, Empty that its answer holds nothing.
	Trouble string
	Empty   string
	// Notes say what a reader must know of the answer.
	Notes []string
	// Counted is the time that the answer is about, "" where that is what was asked for.
	Counted string
	CSV     string
	JSON    string

	Figure *figureView
	Line   *lineView
	Bar    *barView
	Grid   *gridView
	Heat   *heatView
}

// A painter makes views of answers to one request.
type painter struct {
	query query
	zone  *time.Location
	now   time.Time
	seat  float64
}

// errShape says that an answer is not as its panel's shape wants it.
var errShape = errors.New("the answer does not have the columns of its shape")

// shapes draw an answer, each in its own way.
var shapes = map[report.Shape]func(*painter, *panelView, report.Table) error{
	report.Figure: (*painter).figure,
	report.Line:   (*painter).line,
	report.Bar:    (*painter).bar,
	report.Grid:   (*painter).grid,
	report.Heat:   (*painter).heat,
}

// draw makes a view of an answer, or of the trouble to get one.
func (p *painter) draw(panel report.Panel, table report.Table, err error) panelView {
	v := panelView{
		ID: panel.ID, Title: panel.Title, Question: panel.Question, Shape: panel.Shape, Unit: panel.Unit,
		CSV: p.query.link("/api/panels/" + panel.ID + ".csv"), JSON: p.query.link("/api/panels/" + panel.ID + ".json"),
		Notes: p.unheeded(panel),
	}
	v.Counted = p.counted(table)
	if err == nil && len(table.Rows) == 0 {
		v.Empty = emptyOf(panel)
		return v
	}
	paint, known := shapes[panel.Shape]
	if err == nil && !known {
		err = errShape
	}
	if err == nil {
		err = paint(p, &v, table)
	}
	if err != nil {
		v.Trouble = troubleOf(err)
		return v
	}
	if table.Cut > 0 {
		v.Notes = append(v.Notes, "and "+count(float64(table.Cut))+" more, not shown")
	}
	return v
}

func (p *painter) unheeded(panel report.Panel) []string {
	var notes []string
	for _, name := range p.query.set() {
		if slices.Contains(panel.Ignores, name) {
			notes = append(notes, "not narrowed by "+name)
		}
	}
	return notes
}

// troubleOf is what a reader is told of an error: never the error itself, which may
// quote what it stumbled over.
func troubleOf(err error) string {
	switch {
	case errors.Is(err, context.DeadlineExceeded):
		return "This took too long to answer. Choose a shorter time, or try again."
	case errors.Is(err, errShape):
		return "This answer cannot be drawn. Its CSV and JSON hold it."
	}
	return "This could not be answered. The collector’s log says why."
}

// empties say what no rows mean, where they mean something good.
var empties = map[string]string{
	"alerts": "No alert in this time.",
	"errors": "No errors in this time.",
}

func emptyOf(panel report.Panel) string {
	if text, ok := empties[slug(panel.Section)]; ok {
		return text
	}
	return "Nothing was seen in this time."
}
