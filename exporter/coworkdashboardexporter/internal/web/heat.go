package web

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strconv"
	"time"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
)

// heatLevels is how many shades there are, the palest for the least that is not zero.
const heatLevels = 6

// maxHeat is how many rows and how many columns a map has at most.
const maxHeat = 62

// A heatView is a number for each pair of names, as a table in shades.
type heatView struct {
	Corner string
	// Dense says that there are more columns than paper has room for numbers.
	Dense bool
	Head  []cell
	Rows  []heatRow
	Scale []heatCell
}

// A heatRow is a name with its shades.
type heatRow struct {
	Name  cell
	Cells []heatCell
}

// A heatCell is a number with its shade, 0 for none.
type heatCell struct {
	cell
	Level int
}

func (p *painter) heat(v *panelView, t report.Table) error {
	if len(t.Columns) != 3 {
		return errShape
	}
	m := newMatrix()
	for _, row := range t.Rows {
		if len(row) != 3 {
			return errShape
		}
		m.add(row)
	}
	if m.most == 0 {
		v.Empty = "Nothing was seen in this time."
		return nil
	}
	m.hours()
	m.days()
	value := t.Columns[2]
	value.Unit = cmp.Or(value.Unit, v.Unit)
	h := &heatView{Corner: clean(t.Columns[0].Name), Scale: scale(m.most, value.Unit)}
	h.Dense = len(m.columns) > 24
	for _, c := range m.columns {
		h.Head = append(h.Head, p.headOf(c, t.Columns[1], len(h.Head) == 0))
	}
	for _, r := range m.rows {
		row := heatRow{Name: p.cell(r, t.Columns[0])}
		for _, c := range m.columns {
			row.Cells = append(row.Cells, m.shade(r, c, value.Unit))
		}
		h.Rows = append(h.Rows, row)
	}
	if n := m.dropped; n > 0 {
		v.Notes = append(v.Notes, "and "+count(float64(n))+" more, not shown")
	}
	v.Heat, v.Wide = h, len(m.columns) > 12
	return nil
}

// A matrix gathers numbers by row and column, each as it first came.
type matrix struct {
	rows, columns []any
	cells         map[[2]any]float64
	most          float64
	dropped       int
}

func newMatrix() *matrix { return &matrix{cells: map[[2]any]float64{}} }

func (m *matrix) add(row []any) {
	n, ok := amount(row[2])
	if !ok {
		return
	}
	if !known(&m.rows, row[0]) || !known(&m.columns, row[1]) {
		m.dropped++
		return
	}
	key := [2]any{row[0], row[1]}
	m.cells[key] += n
	m.most = max(m.most, m.cells[key])
}

// known reports whether a name is among those of an axis, which it joins while there
// is room.
func known(axis *[]any, name any) bool {
	if slices.Contains(*axis, name) {
		return true
	}
	if len(*axis) == maxHeat {
		return false
	}
	*axis = append(*axis, name)
	return true
}

// hours completes an axis of a day's hours, whether they are numbers or 00 to 23, so
// that quiet ones have their place.
func (m *matrix) hours() {
	m.complete(24, func(i int) any { return int64(i) })
	m.complete(24, func(i int) any { return fmt.Sprintf("%02d", i) })
}

// complete puts all of a known axis in the place of the columns that are a part of it.
func (m *matrix) complete(n int, name func(int) any) {
	all := make([]any, n)
	for i := range all {
		all[i] = name(i)
	}
	for _, c := range m.columns {
		if !slices.Contains(all, c) {
			return
		}
	}
	m.columns = all
}

// days completes an axis of days, as a calendar does.
func (m *matrix) days() {
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
	for at, _ := time.Parse(time.DateOnly, first); len(m.columns) < maxHeat; at = at.AddDate(0, 0, 1) {
		s := at.Format(time.DateOnly)
		if s > last || first == "" {
			return
		}
		m.columns = append(m.columns, s)
	}
}

// headOf is a column's head: a day is its number, with the month where one begins.
func (p *painter) headOf(v any, col report.Column, first bool) cell {
	s, _ := v.(string)
	day, err := time.Parse(time.DateOnly, s)
	if err != nil {
		return p.cell(v, col)
	}
	text := day.Format("2")
	if first || day.Day() == 1 {
		text = day.Format("2 Jan")
	}
	return cell{Kind: "text", Text: text, Title: day.Format("Monday 2 January 2006")}
}

func (m *matrix) shade(row, column any, unit string) heatCell {
	n := m.cells[[2]any{row, column}]
	c := heatCell{cell: numberCell(n, strconv.FormatFloat(n, 'g', -1, 64), unit)}
	if n > 0 && m.most > 0 {
		// The square root tells small numbers apart, where most of them are.
		c.Level = max(1, int(math.Ceil(math.Sqrt(n/m.most)*heatLevels)))
	}
	return c
}

// scale tells what the shades stand for.
func scale(most float64, unit string) []heatCell {
	out := make([]heatCell, heatLevels)
	for i := range out {
		part := float64(i+1) / heatLevels
		n := most * part * part
		if additive(unit) && unit != "USD" {
			n = math.Ceil(n)
		}
		out[i] = heatCell{cell: numberCell(n, "", unit), Level: i + 1}
	}
	return out
}
