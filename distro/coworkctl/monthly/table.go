package monthly

import (
	"cmp"
	"math"
	"slices"
)

// A Table is a table of a section.
type Table struct {
	Title string
	Head  []Cell
	Rows  []Row
	None  string // in place of rows
	More  string
}

// A Row is a row of a table. Share is the width of its bar of 100.
type Row struct {
	Cells []Cell
	Share float64
}

// A Cell is a cell of a table.
type Cell struct {
	Text  string
	Right bool
	Bad   bool
}

// maxShown is how many rows of a table the report shows.
const maxShown = 15

// table returns the table of a panel with its change and budgets.
func (r *reader) table(spec *tableSpec, t *table) Table {
	view := Table{Title: spec.title}
	var columns []int
	for _, name := range spec.columns {
		if i := t.column(name); i >= 0 {
			columns = append(columns, i)
			view.Head = append(view.Head, Cell{Text: name, Right: t.Columns[i].Unit != ""})
		}
	}
	compared := t.column(spec.compare)
	rows := slices.DeleteFunc(slices.Clone(t.Rows), func(row []any) bool { return number(row, compared) == 0 })
	if len(columns) == 0 || len(rows) == 0 {
		return Table{Title: spec.title, None: spec.none}
	}
	if spec.sorted {
		slices.SortStableFunc(rows, func(a, b []any) int { return cmp.Compare(number(b, compared), number(a, compared)) })
	}
	before := r.amounts(spec)
	hasBudgets := spec.budgets && len(r.budgets.Teams) > 0
	view.Head = append(view.Head, Cell{Text: r.before.first.Format("January"), Right: true}, Cell{Text: "Change", Right: true})
	if hasBudgets {
		view.Head = append(view.Head, Cell{Text: "Budget", Right: true}, Cell{Text: "Used", Right: true})
	}
	most := 0.0
	for _, row := range rows {
		most = math.Max(most, number(row, compared))
	}
	for _, row := range rows[:min(len(rows), maxShown)] {
		amount := number(row, compared)
		shown := Row{Share: math.Round(amount / most * 100)}
		for _, i := range columns {
			shown.Cells = append(shown.Cells, cellOf(row, i, t.Columns[i].Unit))
		}
		unit := t.Columns[compared].Unit
		shown.Cells = append(shown.Cells, Cell{Text: format(before[nameOf(row, t)], unit), Right: true}, Cell{Text: change(amount, before[nameOf(row, t)]), Right: true})
		if hasBudgets {
			shown.Cells = append(shown.Cells, budgetCells(amount, r.budgets.Teams[text(row, 0)])...)
		}
		view.Rows = append(view.Rows, shown)
	}
	if n := len(rows) + t.Cut - len(view.Rows); n > 0 {
		view.More = "and " + grouped(float64(n)) + " more"
	}
	return view
}

// amounts returns the compared column of the month before by the names of the rows.
func (r *reader) amounts(spec *tableSpec) map[string]float64 {
	amounts := map[string]float64{}
	t := r.answer(spec.panel, r.before)
	if t == nil {
		return amounts
	}
	compared := t.column(spec.compare)
	for _, row := range t.Rows {
		amounts[nameOf(row, t)] += number(row, compared)
	}
	return amounts
}

// nameOf returns what identifies a row: all its names.
func nameOf(row []any, t *table) (name string) {
	for i := range t.Columns {
		if s := text(row, i); s != "" {
			name += s + "\x00"
		}
	}
	return name
}

func cellOf(row []any, column int, unit string) Cell {
	if name := text(row, column); name != "" || unit == "" {
		return Cell{Text: clean(name), Right: unit != ""}
	}
	if column >= len(row) || row[column] == nil {
		return Cell{Text: "not known", Right: true}
	}
	return Cell{Text: format(number(row, column), unit), Right: true}
}

// budgetCells returns a budget and its used share.
func budgetCells(cost, budget float64) []Cell {
	if budget <= 0 {
		return []Cell{{Text: "–", Right: true}, {Text: "–", Right: true}}
	}
	used := cost / budget
	return []Cell{{Text: dollars(budget), Right: true}, {Text: format(math.Round(used*100)/100, "1"), Right: true, Bad: used > 1}}
}
