package web_test

import (
	"context"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"golang.org/x/net/html"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web"
)

// A fixedAnswer is a source with one table for every panel.
type fixedAnswer struct {
	*fakeSource
	table report.Table
}

func (s fixedAnswer) Answer(context.Context, report.Panel, report.Filter, int) (report.Table, error) {
	return s.table, nil
}

// renderPanel returns the element of a panel with a table.
func renderPanel(t *testing.T, p report.Panel, table report.Table) *html.Node {
	t.Helper()
	p.ID, p.Section, p.Title = "x", "Use", "X"
	w := get(t, web.New(pagesOf([]report.Panel{p}), fixedAnswer{newFakeSource(), table}, settings(t)), "/?user=kim")
	require.Equal(t, http.StatusOK, w.Code)
	return byID(parse(t, w), "p-x")
}

func columns(namesAndUnits ...string) []report.Column {
	var out []report.Column
	for pair := range slices.Chunk(namesAndUnits, 2) {
		c := report.Column{Name: pair[0], Type: report.Number, Unit: pair[1]}
		switch c.Unit {
		case "":
			c.Type = report.Name
		case "time":
			c.Type, c.Unit = report.Time, ""
		}
		out = append(out, c)
	}
	return out
}

func TestFigure(t *testing.T) {
	check := func(unit, want string, row ...any) {
		t.Helper()
		p := report.Panel{Shape: report.Figure}
		table := report.Table{Columns: columns("Now", unit, "Before", unit)[:len(row)], Rows: [][]any{row}}
		require.Equal(t, want, strings.ReplaceAll(textOf(renderPanel(t, p, table)), "\u00a0", " "))
	}
	check("USD", "X $12.34", 12.34)
	check("USD", "X $20.00 +100 % from $10.00", 20.0, 10.0)
	check("{token}", "X 1.2 M tokens", int64(1_200_000))
	check("1", "X –", nil)
	check("USD", "X not known", nil)
	check("USD/{user}", "X $50.00 per user", 50.0)
}

func TestLine(t *testing.T) {
	at := func(day int) time.Time { return time.Date(2026, 11, day, 0, 0, 0, 0, berlin(t)) }
	table := report.Table{
		Columns: columns("Time", "time", "Model", "", "Cost", "USD"),
		Rows:    [][]any{{at(1), "small", 1.0}, {at(2), "small", 0.0}, {at(1), "big", 5.0}, {at(2), "big", 7.0}},
	}
	n := renderPanel(t, report.Panel{Shape: report.Line}, table)
	got := textOf(n)
	require.Contains(t, got, "Time big small Sun 1 Nov $5.00 $1.00 Mon 2 Nov $7.00 $0")
	paths := 0
	for d := range n.Descendants() {
		if d.Data == "path" && strings.HasPrefix(attr(d, "d"), "M0.0 ") {
			paths++
		}
	}
	require.Equal(t, 2, paths, "each line is drawn in SVG")

	table.Rows[1][2] = nil
	require.Contains(t, textOf(renderPanel(t, report.Panel{Shape: report.Line}, table)), "Mon 2 Nov $7.00 –")
}

func TestLineIsBounded(t *testing.T) {
	table := report.Table{Columns: columns("Time", "time", "User", "", "Cost", "USD")}
	for i := range 40 {
		table.Rows = append(table.Rows, []any{now, strings.Repeat("u", i+1), float64(i)})
	}
	n := renderPanel(t, report.Panel{Shape: report.Line}, table)
	require.Contains(t, textOf(n), "and 16 smaller, not shown")
	items := 0
	for d := range n.Descendants() {
		if d.Data == "li" {
			items++
		}
	}
	require.Equal(t, 8, items, "lines with distinct colors")
}

func TestBar(t *testing.T) {
	table := report.Table{Columns: columns("User", "", "Cost", "USD", "Share", "1"), Cut: 1200}
	for i := range 20 {
		table.Rows = append(table.Rows, []any{strings.Repeat("k", i+1), 40.0 / float64(i+1), 0.5})
	}
	n := renderPanel(t, report.Panel{Shape: report.Bar}, table)
	require.Contains(t, textOf(n), "12 more")
	require.Contains(t, textOf(n), "and 1,200 more, not shown")
	var widths []string
	for d := range n.Descendants() {
		if attr(d, "class") == "fill" {
			widths = append(widths, attr(d, "width"))
		}
	}
	require.Equal(t, []string{"100", "50", "33.33"}, widths[:3])
}

func TestGrid(t *testing.T) {
	table := report.Table{
		Columns: columns("Status", "", "Since", "time", "Count", "{error}"),
		Rows:    [][]any{{"firing", now, int64(3)}, {"resolved", nil, nil}},
	}
	n := renderPanel(t, report.Panel{Shape: report.Grid}, table)
	require.Contains(t, textOf(n), "firing 20 Nov 16:42 3 resolved – –")
	for d := range n.Descendants() {
		if d.Data == "span" && textOf(d) == "firing" {
			require.Equal(t, "badge bad", attr(d, "class"))
		}
	}
}

func TestHeat(t *testing.T) {
	table := report.Table{
		Columns: columns("User", "", "Day", "", "Tokens", "{token}"),
		Rows:    [][]any{{"kim", "2026-10-30", int64(100)}, {"kim", "2026-11-02", int64(1)}, {"lee", "2026-11-02", int64(25)}},
	}
	n := renderPanel(t, report.Panel{Shape: report.Heat}, table)
	require.Contains(t, textOf(n), "User 30 Oct 31 1 Nov 2 kim 100 0 0 1 lee 0 0 0 25 up to")
	shades := map[string]int{}
	for d := range n.Descendants() {
		if d.Data == "td" {
			shades[attr(d, "class")]++
		}
	}
	require.Equal(t, map[string]int{"h6": 1, "h3": 1, "h1": 1, "h0": 5}, shades)

	table.Rows = [][]any{{"kim", "2026-11-02", int64(0)}}
	require.Contains(t, textOf(renderPanel(t, report.Panel{Shape: report.Heat}, table)), "No data")
}

// TestHeatOfManyDays checks that a heat map of the longest time range has all days. It had
// the first 62, without the latest.
func TestHeatOfManyDays(t *testing.T) {
	table := report.Table{Columns: columns("User", "", "Day", "", "Tokens", "{token}")}
	for i := range 400 {
		table.Rows = append(table.Rows, []any{"kim", now.AddDate(0, 0, i-400).Format(time.DateOnly), int64(i)})
	}
	for i := range 80 {
		table.Rows = append(table.Rows, []any{strings.Repeat("u", i+1), "2026-11-19", int64(i)})
	}
	n := renderPanel(t, report.Panel{Shape: report.Heat}, table)
	cells := 0
	for d := range n.Descendants() {
		if d.Data == "td" {
			cells++
		}
	}
	require.Equal(t, 400*62, cells)
	require.Contains(t, textOf(n), "17 18 19 kim")
	require.Contains(t, textOf(n), "and 19 more, not shown")
}

// TestInvalidAnswers checks tables without the columns of their shape: the panel shows an
// error.
func TestInvalidAnswers(t *testing.T) {
	for _, shape := range []report.Shape{report.Figure, report.Line, report.Bar, report.Grid, report.Heat, "cake"} {
		for _, table := range []report.Table{
			{Rows: [][]any{{}}},
			{Columns: columns("A", "", "B", "s", "C", "", "D", ""), Rows: [][]any{{"x"}}},
		} {
			if shape == report.Figure && len(table.Columns) > 0 {
				continue // a figure can be a word
			}
			require.Contains(t, textOf(renderPanel(t, report.Panel{Shape: shape}, table)), "cannot be drawn", string(shape))
		}
		require.Contains(t, textOf(renderPanel(t, report.Panel{Shape: shape}, report.Table{})), "No data in this time range.")
	}
}
