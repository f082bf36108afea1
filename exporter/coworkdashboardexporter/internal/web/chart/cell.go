package chart

import (
	"cmp"
	"math"
	"strconv"
	"time"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web/format"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web/urlquery"
)

// A Cell is one value as the page shows it.
type Cell struct {
	// Kind is text, number, time or none.
	Kind string
	// Text is the text that is shown.
	Text string
	// Title is the longer or more exact form of Text, "" if Text is complete.
	Title string
	// Value is the number or the time in machine-readable form.
	Value string
	// Badge is the color of a word for a state: good, warn, bad, or "".
	Badge string
	// Href links to the page about the cell's name, or to what explains its number.
	Href string
	// Right aligns the cell as those of a column of numbers.
	Right bool
	// Amount is the number, NaN if the cell has none.
	Amount float64
}

// Empty is the cell of a missing value.
var Empty = Cell{Kind: "none", Text: "–", Amount: math.NaN()}

// UnknownCost is the cell of requests whose cost is not known.
var UnknownCost = Cell{Kind: "none", Text: "not known", Amount: math.NaN()}

// badges are the colors of the words for states.
var badges = map[string]string{
	"firing": "bad", "critical": "bad", "failed": "bad", "error": "bad", "rejected": "bad", "reject": "bad",
	"warning": "warn", "resolved": "good", "accept": "good", "ok": "good", "connected": "good",
	"unofficial": "warn", "unlisted": "warn", "new": "warn", "bypassPermissions": "bad", "official": "good", "local": "good", "allowed": "good", "disabled": "bad",
}

// stateColumns are the columns whose words get a badge.
var stateColumns = map[string]bool{"status": true, "severity": true, "decision": true, "outcome": true, "state": true, "verdict": true, "mode": true}

// newCell returns the cell of a value in a column.
func newCell(q *urlquery.Query, v any, col report.Column) Cell {
	c := Empty
	switch v := v.(type) {
	case string:
		c = Text(q, v, col.Name)
	case time.Time:
		c = Time(q, v)
	case nil:
		if col.Unit == "USD" {
			c = UnknownCost
		}
	default:
		if n, ok := finite(v); ok {
			c = Number(n, col.Unit)
		}
	}
	c.Right = col.Type == report.Number
	return c
}

// Text returns the cell of a name in a column, "" for a name outside of a table. The
// name links to the narrowed page if the column is a parameter of the filter.
func Text(q *urlquery.Query, s, column string) Cell {
	c := Cell{Kind: "text", Amount: math.NaN()}
	if c.Text, c.Title = format.Name(s); c.Text == "" {
		return Empty
	}
	parameter := format.Slug(column)
	if stateColumns[parameter] {
		c.Badge = badges[s]
	}
	c.Href = q.LinkToName(parameter, s)
	return c
}

// Time returns the cell of a time.
func Time(q *urlquery.Query, t time.Time) Cell {
	if t.IsZero() {
		return Empty
	}
	return timeIn(t, q.Shown)
}

func timeIn(t time.Time, zone *time.Location) Cell {
	return Cell{
		Kind: "time", Text: format.Time(t, zone), Title: format.ExactTime(t, zone),
		Value: t.UTC().Format(time.RFC3339), Amount: float64(t.Unix()),
	}
}

// Number returns the cell of a number, whose exact form goes into the title.
func Number(v float64, unit string) Cell {
	exact := strconv.FormatFloat(v, 'f', -1, 64)
	c := Cell{Kind: "number", Text: format.Number(v, unit), Value: exact, Amount: v}
	if c.Text != exact && unit != "1" {
		c.Title = exact + " " + cmp.Or(format.Noun(v, unit), unit)
	}
	return c
}

// PerMille returns a share as a width of 1000, within 0 and 1000.
func PerMille(share float64) float64 {
	return math.Round(max(0, min(1, share))*10000) / 10
}

// finite returns the number in a value of a table, false if there is none.
func finite(v any) (float64, bool) {
	switch v := v.(type) {
	case int64:
		return float64(v), true
	case float64:
		return v, !math.IsNaN(v) && !math.IsInf(v, 0)
	}
	return 0, false
}
