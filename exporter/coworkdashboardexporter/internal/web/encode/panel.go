package encode

import (
	"math"
	"time"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
)

// A Panel is a panel without its answer. Filters are the names that it can be limited to.
type Panel struct {
	ID       string       `json:"id"`
	Section  string       `json:"section"`
	Title    string       `json:"title"`
	Question string       `json:"question"`
	Shape    report.Shape `json:"shape"`
	Unit     string       `json:"unit"`
	Filters  []string     `json:"filters"`
}

// NewPanel returns a panel.
func NewPanel(p report.Panel, filters []string) Panel {
	return Panel{p.ID, p.Section, p.Title, p.Question, p.Shape, p.Unit(), append([]string{}, filters...)}
}

// An Answer is the answer to a panel with the filter of the request. Cut is how many
// rows the limit left out.
type Answer struct {
	Panel
	Filter  Filter   `json:"filter"`
	Counted *span    `json:"counted,omitempty"`
	Columns []column `json:"columns"`
	Rows    [][]any  `json:"rows"`
	Cut     int      `json:"cut"`
}

// A span is the time range that an answer covers, in complete hours or days.
type span struct {
	From time.Time `json:"from"`
	To   time.Time `json:"to"`
}

type column struct {
	Name string `json:"name"`
	Unit string `json:"unit"`
}

// NewAnswer returns the answer to a panel.
func NewAnswer(p Panel, f report.Filter, t report.Table) Answer {
	a := Answer{Panel: p, Filter: NewFilter(f), Columns: make([]column, len(t.Columns)), Rows: rows(t.Rows), Cut: t.Cut}
	if !t.From.IsZero() {
		a.Counted = &span{t.From.UTC(), t.To.UTC()}
	}
	for i, c := range t.Columns {
		a.Columns[i] = column{c.Name, c.Unit}
	}
	return a
}

// rows returns rows with times in UTC, and null for NaN and infinity.
func rows(table [][]any) [][]any {
	out := make([][]any, len(table))
	for i, row := range table {
		out[i] = make([]any, len(row))
		for j, c := range row {
			if f, ok := c.(float64); ok && (math.IsNaN(f) || math.IsInf(f, 0)) {
				c = nil
			}
			if t, ok := c.(time.Time); ok {
				c = t.UTC()
			}
			out[i][j] = c
		}
	}
	return out
}
