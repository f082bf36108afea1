package chart

import (
	"cmp"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"
	"time"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web/format"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web/urlquery"
)

// The limits of a chart.
const (
	maxLines  = 8    // with distinct colors
	maxSeries = 24   // columns of the table
	maxTimes  = 2400 // rows of the table
)

// A Line is a line chart: a table of numbers by time, and an SVG of it.
type Line struct {
	From, To int64 // of the horizontal axis, in Unix seconds
	Zone     string
	Unit     string
	Series   []*Series
	Rows     []LineRow
	Top      string   // the number at the upper edge of the drawing
	Ends     []string // the first and last time of the drawing
}

// A Series is one line.
type Series struct {
	Cell
	// Index counts the lines that are drawn from 1. It is 0 for a series that is only in
	// the table.
	Index int
	// Paths is the SVG path, interrupted where a number is missing.
	Paths string

	total  float64
	values map[int64]float64 // by Unix time
}

// A LineRow is one time with a number for each series.
type LineRow struct {
	Time  Cell
	Cells []Cell
	at    int64
}

// drawLine draws a chart and its table, with the largest series first.
func drawLine(q *urlquery.Query, v *Panel, t report.Table) error {
	series, times, err := readSeries(q, v.Title, t)
	if err != nil {
		return err
	}
	slices.SortStableFunc(series, func(a, b *Series) int { return cmp.Compare(b.total, a.total) })
	l := &Line{
		From: q.From.Unix(), To: q.To.Unix(), Zone: format.BrowserZone(q.Zone, q.Now),
		Unit: t.Columns[len(t.Columns)-1].Unit, Series: series[:min(len(series), maxSeries)],
	}
	for _, at := range times[:min(len(times), maxTimes)] {
		row := LineRow{Time: Time(q, time.Unix(at, 0)), at: at}
		for _, s := range l.Series {
			c := Empty
			if n, ok := s.values[at]; ok {
				c = Number(n, l.Unit)
			}
			row.Cells = append(row.Cells, c)
		}
		l.Rows = append(l.Rows, row)
	}
	l.drawPaths()
	v.Line, v.Wide = l, len(l.Series) > 1
	v.noteLeftOut(len(series)-len(l.Series), "smaller")
	return nil
}

// readSeries sums the numbers of a table by series and time. Rows of two columns have no
// name and belong to the series of the given name.
func readSeries(q *urlquery.Query, name string, t report.Table) (list []*Series, times []int64, err error) {
	if len(t.Columns) != 2 && len(t.Columns) != 3 {
		return nil, nil, errShape
	}
	byName, seen := map[string]*Series{}, map[int64]bool{}
	for _, row := range t.Rows {
		if len(row) < 2 {
			return nil, nil, errShape
		}
		at, ok := row[0].(time.Time)
		if !ok {
			return nil, nil, errShape
		}
		if len(row) == 3 {
			name, _ = row[1].(string)
		}
		s := byName[name]
		if s == nil {
			s = &Series{Cell: Text(q, name, ""), values: map[int64]float64{}}
			byName[name] = s
			list = append(list, s)
		}
		seen[at.Unix()] = true
		if n, ok := finite(row[len(row)-1]); ok {
			s.total += n
			s.values[at.Unix()] += n
		}
	}
	return list, slices.Sorted(maps.Keys(seen)), nil
}

// The size of the SVG, which the style sheet stretches.
const (
	plotWidth  = 600.0
	plotHeight = 160.0
)

// drawPaths draws the largest series as SVG, for browsers without scripts and for print.
func (l *Line) drawPaths() {
	drawn := l.Series[:min(len(l.Series), maxLines)]
	top := 0.0
	for _, row := range l.Rows {
		for _, c := range row.Cells[:len(drawn)] {
			if c.Kind == "number" {
				top = max(top, c.Amount)
			}
		}
	}
	top = cmp.Or(top, 1)
	l.Top = format.Number(top, l.Unit)
	l.Ends = []string{l.Rows[0].Time.Text, l.Rows[len(l.Rows)-1].Time.Text}
	for i, s := range drawn {
		s.Index, s.Paths = i+1, l.path(i, top)
	}
}

// path returns the SVG path of a series.
func (l *Line) path(series int, top float64) string {
	first, last := l.Rows[0].at, l.Rows[len(l.Rows)-1].at
	var b strings.Builder
	pen := "M"
	for _, row := range l.Rows {
		c := row.Cells[series]
		if c.Kind != "number" {
			pen = "M"
			continue
		}
		x := plotWidth / 2
		if last > first {
			x = plotWidth * float64(row.at-first) / float64(last-first)
		}
		fmt.Fprintf(&b, "%s%.1f %.1f", pen, x, plotHeight*(1-math.Max(0, c.Amount)/top))
		if pen == "M" {
			b.WriteString("h0.01") // draws a dot for a single point
		}
		pen = "L"
	}
	return b.String()
}
