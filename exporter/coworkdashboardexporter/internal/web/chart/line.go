package chart

import (
	"cmp"
	"maps"
	"slices"
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
	Axis     string // what the vertical axis counts, such as prompts per day
	Series   []*Series
	Rows     []LineRow
	Top      float64  // the number at the upper edge of the drawing
	Scale    []string // the numbers at the upper edge and in the middle of the drawing
	Ends     []string // the first and last time of the drawing
}

// A Series is one line.
type Series struct {
	Cell
	// Index counts the lines that are drawn from 1. It is 0 for a series that is only in
	// the table.
	Index int
	// Paths is the SVG path, interrupted where a number is missing. Dots are the points
	// without neighbours.
	Paths, Dots string

	earlier        bool // it is that of an earlier time range
	total, largest float64
	values         map[int64]float64 // by Unix time
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
	share := v.Unit() == "1" // which can be zero throughout
	if !slices.ContainsFunc(series, func(s *Series) bool { return s.largest > 0 || share && len(s.values) > 0 }) {
		v.Empty = v.emptyText()
		return nil
	}
	if t.Columns[1].Name != earlierColumn {
		slices.SortStableFunc(series, func(a, b *Series) int { return cmp.Compare(b.total, a.total) })
	}
	l := &Line{
		From: q.From.Unix(), To: q.To.Unix(),
		Unit: t.Columns[len(t.Columns)-1].Unit, Series: series[:min(len(series), maxSeries)],
	}
	zone := q.Shown
	per := slotText(times, t.To)
	if l.Axis = axisText(l.Unit, per); per == perDay || per == perWeek {
		zone = q.Zone
	}
	l.Zone = format.BrowserZone(zone, q.Now)
	for i, at := range times[:min(len(times), maxTimes)] {
		end := t.To
		if i+1 < len(times) {
			end = time.Unix(times[i+1], 0)
		}
		row := LineRow{Time: timeIn(time.Unix(at, 0), zone), at: at}
		row.Time.Href = linkToTimes(q, q.Path, time.Unix(at, 0), end)
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
	v.Line, v.Wide = l, len(l.Series) > 3
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
			column := ""
			if len(row) == 3 {
				column = t.Columns[1].Name
			}
			s = &Series{Cell: Text(q, name, column), values: map[int64]float64{}}
			s.Badge = "" // its color is that of the line
			s.earlier = column == earlierColumn && len(list) > 0
			byName[name] = s
			list = append(list, s)
		}
		seen[at.Unix()] = true
		if n, ok := finite(row[len(row)-1]); ok {
			s.total += n
			s.values[at.Unix()] += n
			s.largest = max(s.largest, s.values[at.Unix()])
		}
	}
	return list, slices.Sorted(maps.Keys(seen)), nil
}
