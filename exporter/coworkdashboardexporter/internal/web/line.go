package web

import (
	"cmp"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
)

// What one chart holds at most: more lines cannot be told apart, and more times are
// finer than a screen.
const (
	maxLines   = 8
	maxColumns = 24
	maxTimes   = 2400
)

// A lineView is numbers over time: a table, and the same as lines.
type lineView struct {
	From, To int64 // of the horizontal axis, in Unix seconds
	Zone     string
	Unit     string
	Series   []seriesView
	Rows     []lineRow
	Top      string   // what the upper edge of the drawing stands for
	Ends     []string // the first and last time of the drawing
}

// A seriesView is one line.
type seriesView struct {
	cell
	// Index counts from 1 for those that are drawn, and is 0 for those that are not.
	Index int
	// Paths are its pieces in the drawing, which has gaps where no number is.
	Paths string
	total float64
}

// A lineRow is one time with a number for each line.
type lineRow struct {
	Time  cell
	Cells []cell
	at    time.Time
}

func (p *painter) line(v *panelView, t report.Table) error {
	if len(t.Columns) != 2 && len(t.Columns) != 3 {
		return errShape
	}
	g := newGraph()
	value := t.Columns[len(t.Columns)-1]
	value.Unit = cmp.Or(value.Unit, v.Unit)
	for _, row := range t.Rows {
		if err := g.add(row, v.Title); err != nil {
			return err
		}
	}
	g.fill(additive(value.Unit), p.zone)
	v.Line = p.lines(g, value)
	v.Line.plot(g)
	v.Wide = len(v.Line.Series) > 1
	if n := len(g.names) - len(v.Line.Series); n > 0 {
		v.Notes = append(v.Notes, "and "+count(float64(n))+" smaller, not shown")
	}
	return nil
}

// lines makes the table: the largest series first.
func (p *painter) lines(g *graph, value report.Column) *lineView {
	l := &lineView{From: p.query.From.Unix(), To: p.query.To.Unix(), Zone: browserZone(p), Unit: value.Unit}
	names := slices.Clone(g.names)
	slices.SortStableFunc(names, func(a, b string) int { return cmp.Compare(g.total[b], g.total[a]) })
	names = names[:min(len(names), maxColumns)]
	for i, name := range names {
		s := seriesView{cell: p.textCell(name, report.Column{}), total: g.total[name]}
		if i < maxLines {
			s.Index = i + 1
		}
		l.Series = append(l.Series, s)
	}
	for _, at := range g.times {
		row := lineRow{Time: p.timeCell(at), at: at}
		for _, name := range names {
			if n, ok := g.at(at, name); ok {
				row.Cells = append(row.Cells, numberCell(n, strconv.FormatFloat(n, 'g', -1, 64), value.Unit))
			} else {
				row.Cells = append(row.Cells, noCell)
			}
		}
		l.Rows = append(l.Rows, row)
	}
	return l
}

// The drawing's own measures; the page stretches it.
const (
	plotWidth  = 600.0
	plotHeight = 160.0
)

// plot draws the lines for a page without a script, and for paper.
func (l *lineView) plot(g *graph) {
	top := 0.0
	for _, row := range l.Rows {
		for i, c := range row.Cells {
			if l.Series[i].Index > 0 && c.Is("number") {
				top = max(top, c.Amount)
			}
		}
	}
	top = cmp.Or(top, 1)
	l.Top = number(top, l.Unit)
	l.Ends = []string{l.Rows[0].Time.Text, l.Rows[len(l.Rows)-1].Time.Text}
	first, last := g.times[0].Unix(), g.times[len(g.times)-1].Unix()
	for i := range l.Series {
		if l.Series[i].Index > 0 {
			l.Series[i].Paths = l.path(i, first, last, top)
		}
	}
}

// path is one line in the language of SVG paths.
func (l *lineView) path(series int, first, last int64, top float64) string {
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
		b.WriteString(pen + place(x) + " " + place(y))
		if pen == "M" {
			b.WriteString("h0.01") // so that a lone point is a dot
		}
		pen = "L"
	}
	return b.String()
}

func place(v float64) string { return strconv.FormatFloat(v, 'f', 1, 64) }
