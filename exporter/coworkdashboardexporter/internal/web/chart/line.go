package chart

import (
	"cmp"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web/format"
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
	Series   []Series
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
}

// A LineRow is one time with a number for each series.
type LineRow struct {
	Time  Cell
	Cells []Cell
	at    time.Time
}

func drawLine(r *Request, v *Panel, t report.Table) error {
	if len(t.Columns) != 2 && len(t.Columns) != 3 {
		return errShape
	}
	s := newSeriesSet()
	value := t.Columns[len(t.Columns)-1]
	for _, row := range t.Rows {
		if err := s.addRow(row, v.Title); err != nil {
			return err
		}
	}
	v.Line = newLine(r, s, value.Unit)
	v.Line.drawPaths()
	v.Wide = len(v.Line.Series) > 1
	v.noteLeftOut(len(s.names)-len(v.Line.Series), "smaller")
	return nil
}

// newLine returns the table of a chart, with the largest series first.
func newLine(r *Request, s *seriesSet, unit string) *Line {
	l := &Line{From: r.Query.From.Unix(), To: r.Query.To.Unix(), Zone: format.BrowserZone(r.Zone, r.Now), Unit: unit}
	names := slices.Clone(s.names)
	slices.SortStableFunc(names, func(a, b string) int { return cmp.Compare(s.totals[b], s.totals[a]) })
	names = names[:min(len(names), maxSeries)]
	for i, name := range names {
		one := Series{Cell: r.Text(name, "")}
		if i < maxLines {
			one.Index = i + 1
		}
		l.Series = append(l.Series, one)
	}
	for _, at := range s.times[:min(len(s.times), maxTimes)] {
		row := LineRow{Time: r.Time(at), at: at}
		for _, name := range names {
			if n, ok := s.value(at, name); ok {
				row.Cells = append(row.Cells, Number(n, strconv.FormatFloat(n, 'g', -1, 64), unit))
			} else {
				row.Cells = append(row.Cells, Empty)
			}
		}
		l.Rows = append(l.Rows, row)
	}
	return l
}

// The size of the SVG, which the style sheet stretches.
const (
	plotWidth  = 600.0
	plotHeight = 160.0
)

// drawPaths draws the SVG for browsers without scripts and for print.
func (l *Line) drawPaths() {
	top := 0.0
	for _, row := range l.Rows {
		for i, c := range row.Cells {
			if l.Series[i].Index > 0 && c.Is("number") {
				top = max(top, c.Amount)
			}
		}
	}
	top = cmp.Or(top, 1)
	l.Top = format.Number(top, l.Unit)
	first, last := l.Rows[0], l.Rows[len(l.Rows)-1]
	l.Ends = []string{first.Time.Text, last.Time.Text}
	for i := range l.Series {
		if l.Series[i].Index > 0 {
			l.Series[i].Paths = l.path(i, first.at.Unix(), last.at.Unix(), top)
		}
	}
}

// path returns the SVG path of a series.
func (l *Line) path(series int, first, last int64, top float64) string {
	var b strings.Builder
	pen := "M"
	for _, row := range l.Rows {
		c := row.Cells[series]
		if !c.Is("number") {
			pen = "M"
			continue
		}
		x := plotWidth / 2
		if last > first {
			x = plotWidth * float64(row.at.Unix()-first) / float64(last-first)
		}
		y := plotHeight * (1 - math.Max(0, c.Amount)/top)
		b.WriteString(pen + coordinate(x) + " " + coordinate(y))
		if pen == "M" {
			b.WriteString("h0.01") // draws a dot for a single point
		}
		pen = "L"
	}
	return b.String()
}

func coordinate(v float64) string { return strconv.FormatFloat(v, 'f', 1, 64) }
