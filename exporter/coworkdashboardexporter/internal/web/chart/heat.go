package chart

import (
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web/format"
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
	Scale []HeatCell
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

func drawHeat(r *Request, v *Panel, t report.Table) error {
	if len(t.Columns) != 3 {
		return errShape
	}
	m := &matrix{cells: map[[2]any]float64{}, seen: map[[2]any]bool{}}
	for _, row := range t.Rows {
		if len(row) != 3 {
			return errShape
		}
		m.addRow(row)
	}
	if m.most == 0 {
		v.Empty = noData
		return nil
	}
	m.completeDays()
	value := t.Columns[2]
	h := &Heat{Corner: format.Sanitize(t.Columns[0].Name), Scale: heatScale(m.most, value.Unit)}
	h.Dense = len(m.columns) > 24
	for _, c := range m.columns {
		h.Head = append(h.Head, heatHead(r, c, t.Columns[1], len(h.Head) == 0))
	}
	for _, name := range m.rows {
		row := HeatRow{Name: r.Cell(name, t.Columns[0])}
		for _, c := range m.columns {
			row.Cells = append(row.Cells, m.cell(name, c, value.Unit))
		}
		h.Rows = append(h.Rows, row)
	}
	v.noteLeftOut(m.dropped, "more")
	v.Heat, v.Wide = h, len(m.columns) > 12
	return nil
}

// A matrix sums numbers by row and column. Rows and columns keep the order in which
// they first occur.
type matrix struct {
	rows, columns []any
	seen          map[[2]any]bool // axis and name
	cells         map[[2]any]float64
	most          float64
	dropped       int
}

func (m *matrix) addRow(row []any) {
	n, ok := finite(row[2])
	if !ok {
		return
	}
	if !m.insertName(&m.rows, row[0], maxHeatRows) || !m.insertName(&m.columns, row[1], maxHeatColumns) {
		m.dropped++
		return
	}
	key := [2]any{row[0], row[1]}
	m.cells[key] += n
	m.most = max(m.most, m.cells[key])
}

// insertName adds a name to an axis unless it is there. It reports false if the axis is full.
func (m *matrix) insertName(axis *[]any, name any, most int) bool {
	key := [2]any{axis, name}
	if m.seen[key] {
		return true
	}
	if len(*axis) == most {
		return false
	}
	m.seen[key] = true
	*axis = append(*axis, name)
	return true
}

// completeDays adds the missing days between the first and the last column if all
// columns are days.
func (m *matrix) completeDays() {
	first, last := "", ""
	for _, c := range m.columns {
		s, ok := c.(string)
		if _, err := time.Parse(time.DateOnly, s); !ok || err != nil {
			return
		}
		if first == "" || s < first {
			first = s
		}
		last = max(last, s)
	}
	m.columns = nil
	for at, _ := time.Parse(time.DateOnly, first); len(m.columns) < maxHeatColumns; at = at.AddDate(0, 0, 1) {
		s := at.Format(time.DateOnly)
		if s > last || first == "" {
			return
		}
		m.columns = append(m.columns, s)
	}
}

// heatHead returns the head of a column. A day is shown by its number, with the month
// in the first column and on the first day of a month.
func heatHead(r *Request, v any, col report.Column, first bool) Cell {
	s, _ := v.(string)
	day, err := time.Parse(time.DateOnly, s)
	if err != nil {
		return r.Cell(v, col)
	}
	text := day.Format("2")
	if first || day.Day() == 1 {
		text = day.Format("2 Jan")
	}
	return Cell{Kind: "text", Text: text, Title: day.Format("Monday 2 January 2006")}
}

func (m *matrix) cell(row, column any, unit string) HeatCell {
	n := m.cells[[2]any{row, column}]
	c := HeatCell{Cell: Number(n, strconv.FormatFloat(n, 'g', -1, 64), unit)}
	if n > 0 && m.most > 0 {
		// The square root spreads the small numbers, which are the most frequent.
		c.Level = max(1, int(math.Ceil(math.Sqrt(n/m.most)*heatLevels)))
	}
	return c
}

// heatScale returns the largest number of each shade.
func heatScale(most float64, unit string) []HeatCell {
	out := make([]HeatCell, heatLevels)
	for i := range out {
		part := float64(i+1) / heatLevels
		n := most * part * part
		if strings.HasPrefix(unit, "{") {
			n = math.Ceil(n)
		}
		out[i] = HeatCell{Cell: Number(n, "", unit), Level: i + 1}
	}
	return out
}
