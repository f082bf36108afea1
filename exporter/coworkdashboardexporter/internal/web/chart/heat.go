package chart

import (
	"math"
	"slices"
	"strings"
	"time"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web/format"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web/urlquery"
)

// heatLevels is the number of shades. The palest is for the smallest positive number.
const heatLevels = 6

// The limits of a heat map. Its columns are the days of the longest time range at most.
const (
	maxHeatRows    = 62
	maxHeatColumns = 401
)

// A Heat is a heat map: a table with a shaded number for each pair of names.
type Heat struct {
	Corner string
	// Dense is set if there are too many columns to print the numbers.
	Dense bool
	Head  []Cell
	Rows  []HeatRow
	Scale []HeatCell // the largest number of each shade
}

// A HeatRow is a row of a heat map.
type HeatRow struct {
	Name  Cell
	Cells []HeatCell
}

// A HeatCell is a number with its shade, 0 for none.
type HeatCell struct {
	Cell
	Level int
}

func drawHeat(q *urlquery.Query, v *Panel, t report.Table) error {
	m, err := readMatrix(t)
	if err != nil {
		return err
	}
	if m.most == 0 {
		v.Empty = v.emptyText()
		return nil
	}
	columns, unit := completeDays(m.columns.names), t.Columns[2].Unit
	h := &Heat{Corner: format.Sanitize(t.Columns[0].Name), Dense: len(columns) > 24}
	for i, c := range columns {
		h.Head = append(h.Head, heatHead(q, c, t.Columns[1], i == 0))
	}
	for _, name := range m.rows.names {
		row := HeatRow{Name: newCell(q, name, t.Columns[0])}
		for _, c := range columns {
			n := m.cells[[2]any{name, c}]
			cell := HeatCell{Cell: Number(n, unit)}
			if n > 0 {
				cell.Href = heatLink(q, name, c, t.Columns[0])
				// The square root spreads the small numbers, which are the most frequent.
				cell.Level = max(1, int(math.Ceil(math.Sqrt(n/m.most)*heatLevels)))
			}
			row.Cells = append(row.Cells, cell)
		}
		h.Rows = append(h.Rows, row)
	}
	for level := 1; level <= heatLevels; level++ {
		part := float64(level) / heatLevels
		n := m.most * part * part
		if strings.HasPrefix(unit, "{") {
			n = math.Ceil(n)
		}
		h.Scale = append(h.Scale, HeatCell{Cell: Number(n, unit), Level: level})
	}
	v.noteLeftOut(m.dropped, "more")
	v.Heat, v.Wide = h, len(columns) > 12
	return nil
}

// heatLink returns the link of a number: to the page about its row narrowed to its day, or
// to the prompts of its hour.
func heatLink(q *urlquery.Query, row, column any, of report.Column) string {
	name, _ := row.(string)
	at, _ := column.(string)
	parameter := format.Slug(of.Name)
	if !slices.Contains(urlquery.AllNames, parameter) {
		return linkToHour(q, name, at)
	}
	if !urlquery.Valid(name) || name[0] == '(' {
		return ""
	}
	return linkToDay(q, "/"+parameter, at, parameter, name)
}

// A matrix sums numbers by row and column.
type matrix struct {
	rows, columns axis
	cells         map[[2]any]float64
	most          float64
	dropped       int
}

// An axis is a bounded list of names in the order in which they first occur.
type axis struct {
	names []any
	seen  map[any]bool
	most  int
}

func readMatrix(t report.Table) (*matrix, error) {
	m := &matrix{
		rows:    axis{seen: map[any]bool{}, most: maxHeatRows},
		columns: axis{seen: map[any]bool{}, most: maxHeatColumns},
		cells:   map[[2]any]float64{},
	}
	for _, row := range t.Rows {
		if len(t.Columns) != 3 || len(row) != 3 {
			return nil, errShape
		}
		n, ok := finite(row[2])
		if !ok {
			continue
		}
		if !m.rows.insertName(row[0]) || !m.columns.insertName(row[1]) {
			m.dropped++
			continue
		}
		key := [2]any{row[0], row[1]}
		m.cells[key] += n
		m.most = max(m.most, m.cells[key])
	}
	return m, nil
}

// insertName adds a name to an axis unless it is there. It reports false if the axis is full.
func (a *axis) insertName(name any) bool {
	if !a.seen[name] && len(a.names) < a.most {
		a.seen[name] = true
		a.names = append(a.names, name)
	}
	return a.seen[name]
}

// completeDays returns the days from the first to the last column if all columns are
// days, and the columns otherwise.
func completeDays(columns []any) (days []any) {
	var first, last time.Time
	for _, c := range columns {
		s, _ := c.(string)
		day, err := time.Parse(time.DateOnly, s)
		if err != nil {
			return columns
		}
		if first.IsZero() || day.Before(first) {
			first = day
		}
		if day.After(last) {
			last = day
		}
	}
	for day := first; !day.After(last) && len(days) < maxHeatColumns; day = day.AddDate(0, 0, 1) {
		days = append(days, day.Format(time.DateOnly))
	}
	return days
}

// heatHead returns the head of a column. A day is shown by its number, with the month
// in the first column and on the first day of a month.
func heatHead(q *urlquery.Query, v any, col report.Column, first bool) Cell {
	s, _ := v.(string)
	day, err := time.Parse(time.DateOnly, s)
	if err != nil {
		return newCell(q, v, col)
	}
	text := day.Format("2")
	if first || day.Day() == 1 {
		text = day.Format("2 Jan")
	}
	return Cell{Kind: "text", Text: text, Href: linkToDay(q, q.Path, s), Title: day.Format("Monday 2 January 2006")}
}
