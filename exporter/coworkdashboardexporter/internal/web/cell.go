package web

import (
	"cmp"
	"math"
	"strconv"
	"time"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
)

// A cell is one value as a page shows it.
type cell struct {
	// Kind is text, number, time or none.
	Kind string
	// Text is what is shown.
	Text string
	// Title holds what Text leaves out, "" where that is nothing.
	Title string
	// Value is a number or a time for programs.
	Value string
	// Badge is how a word of state is coloured: good, warn, bad, "" for any other word.
	Badge string
	// Href leads to the page narrowed to the cell's name.
	Href string
	// Right says that the cell stands in a column of numbers.
	Right bool
	// Amount is the number, for drawing.
	Amount float64
}

// Is reports whether a cell is of a kind.
func (c cell) Is(kind string) bool { return c.Kind == kind }

var noCell = cell{Kind: "none", Text: "–", Amount: math.NaN()}

// badges are the words that tell a state, and how they are coloured.
var badges = map[string]string{
	"firing": "bad", "critical": "bad", "failed": "bad", "error": "bad", "rejected": "bad", "reject": "bad",
	"warning": "warn", "resolved": "good", "accept": "good", "ok": "good", "connected": "good",
}

// stateful are the columns whose words are states.
var stateful = map[string]bool{"status": true, "severity": true, "decision": true, "outcome": true, "state": true}

func (p *painter) cell(v any, col report.Column) cell {
	c := p.valueCell(v, col)
	c.Right = numeric(col)
	return c
}

// numeric reports whether a column holds numbers.
func numeric(col report.Column) bool { return col.Unit != "" && col.Unit != "time" }

func (p *painter) valueCell(v any, col report.Column) cell {
	switch v := v.(type) {
	case string:
		return p.textCell(v, col)
	case time.Time:
		return p.timeCell(v)
	case int64:
		return numberCell(float64(v), strconv.FormatInt(v, 10), col.Unit)
	case float64:
		return numberCell(v, strconv.FormatFloat(v, 'g', -1, 64), col.Unit)
	}
	return noCell
}

func (p *painter) textCell(s string, col report.Column) cell {
	c := cell{Kind: "text", Amount: math.NaN()}
	if c.Text, c.Title = shown(s); c.Text == "" {
		return noCell
	}
	name := slug(col.Name)
	if stateful[name] {
		c.Badge = badges[s]
	}
	if p.query.canNarrow(name, s) {
		c.Href = p.query.with(name, s)
	}
	return c
}

func (p *painter) timeCell(t time.Time) cell {
	if t.IsZero() {
		return noCell
	}
	return cell{
		Kind: "time", Text: instant(t, p.zone), Title: exactly(t, p.zone),
		Value: t.UTC().Format(time.RFC3339), Amount: float64(t.Unix()),
	}
}

func numberCell(v float64, exact, unit string) cell {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return noCell
	}
	c := cell{Kind: "number", Text: number(v, unit), Value: exact, Amount: v}
	if c.Text != exact && unit != "1" {
		c.Title = exact + " " + cmp.Or(noun(v, unit), unit)
	}
	return c
}
