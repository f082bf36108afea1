package chart

import (
	"fmt"
	"math"
	"strings"
	"time"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web/format"
)

// The size of the SVG, which the style sheet stretches.
const (
	plotWidth  = 600.0
	plotHeight = 160.0
)

// drawPaths draws the largest series as SVG, for browsers without scripts and for print.
func (l *Line) drawPaths() {
	drawn := l.Series[:min(len(l.Series), maxLines)]
	top := 0.0
	for _, s := range drawn {
		top = max(top, s.largest)
	}
	top = roundUp(top, l.Unit)
	l.Top = top
	l.Scale = []string{format.Number(top, l.Unit), format.Number(top/2, l.Unit)}
	l.Ends = []string{l.Rows[0].Time.Text, l.Rows[len(l.Rows)-1].Time.Text}
	for i, s := range drawn {
		if s.Index = i + 1; s.earlier {
			s.Index = maxLines // gray
		}
		s.Paths, s.Dots = l.paths(i, top)
	}
}

// steps are the leading digits of the number at the upper edge.
var steps = []float64{1, 1.2, 1.6, 2, 3, 4, 5, 6, 8, 10}

// roundUp returns the smallest round number above the largest number, so that the peak is
// below the upper edge. Shares end at 100 %, and counts are even numbers, which have a
// middle.
func roundUp(largest float64, unit string) float64 {
	if largest == 0 || unit == "1" && largest <= 1 && largest > 0.8 {
		return 1
	}
	power := math.Pow(10, math.Floor(math.Log10(largest)))
	for _, step := range steps {
		top := step * power
		if strings.HasPrefix(unit, "{") {
			top = 2 * math.Ceil(top/2)
		}
		if top > largest {
			return top
		}
	}
	return 12 * power
}

// paths returns the SVG paths of a series: lines, and points without neighbours.
func (l *Line) paths(series int, top float64) (lines, dots string) {
	first, last := l.Rows[0].at, l.Rows[len(l.Rows)-1].at
	var path, points strings.Builder
	known := func(i int) bool { return i >= 0 && i < len(l.Rows) && l.Rows[i].Cells[series].Kind == "number" }
	for i, row := range l.Rows {
		if !known(i) {
			continue
		}
		x := plotWidth / 2
		if last > first {
			x = plotWidth * float64(row.at-first) / float64(last-first)
		}
		at := fmt.Sprintf("%.1f %.1f", x, plotHeight*(1-math.Max(0, row.Cells[series].Amount)/top))
		switch {
		case known(i - 1):
			path.WriteString("L" + at)
		case known(i + 1):
			path.WriteString("M" + at)
		default:
			points.WriteString("M" + at + "h0.01")
		}
	}
	return path.String(), points.String()
}

// The ends of the texts of axes.
const (
	perHour = " per hour"
	perDay  = " per day"
	perWeek = " per week"
)

// axisText returns what the vertical axis of a line shows.
func axisText(unit, per string) string {
	switch unit {
	case "s":
		return "duration"
	case "1":
		return "share"
	case "USD":
		return "US dollars" + per
	}
	return format.Noun(2, unit) + per
}

// slotText returns how long the slots of a line are: perHour, perDay, perWeek, or "" if
// unknown.
func slotText(times []int64, end time.Time) string {
	last := times[len(times)-1]
	if len(times) > 1 {
		last, end = times[len(times)-2], time.Unix(last, 0)
	}
	switch length := end.Unix() - last; {
	case length <= 0:
		return ""
	case length <= 3600:
		return perHour
	case length <= 2*86400: // the days of a change of clocks are longer
		return perDay
	}
	return perWeek
}
