// Package prompts holds the views of prompts and sessions: searched lists ([NewPromptList],
// [NewSessionList]), a session as a timeline ([NewTimeline]), and one prompt with its figures
// and the waterfall of its steps ([NewDetail]).
package prompts

import (
	"strings"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web/chart"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web/format"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web/urlquery"
)

// A List is the view of a page of prompts or of sessions.
type List struct {
	Name    string
	Shown   string // how many rows there are, and their order
	Heads   []Head
	Rows    [][]Cells
	Trouble string
	Empty   Empty
	First   string // links to other pages, "" for none
	Next    string
	CSV     string
	JSON    string
}

// A Head is the heading of a column, with the link that sorts by it.
type Head struct {
	Title  string
	Href   string
	Sorted string // ascending, descending, or "" for other columns
	Right  bool
}

// Cells are the values of a row in a column.
type Cells struct {
	List  []chart.Cell
	Head  bool // the cell names the row
	Right bool
}

// An Empty replaces a list without rows.
type Empty struct {
	Text   string
	Clear  string // the link that removes the search, "" if there is none
	Longer string // the link to the longest range, "" if it is shown
}

// A column is a column of a list of T.
type column[T any] struct {
	title string
	key   string // of the order, "" if the list cannot be sorted by it
	unit  string // of the number in CSV
	// cells returns what the page shows, values what CSV has. Columns without cells are in
	// CSV only.
	cells func(*urlquery.Query, T) []chart.Cell
	value func(T) any
	right bool
}

// A kind is a kind of list.
type kind[T any] struct {
	title   string
	path    string
	file    string // of the API, without its extension
	unit    string // of the number of rows
	head    string // the key of the column that names the row
	columns []column[T]
	stored  string // which rows are stored
}

// newList returns the view of a page, or of the error in its place.
func (k *kind[T]) newList(q *urlquery.Query, s report.Search, found report.Found[T], err error) List {
	view := List{Name: k.title, CSV: q.Link(k.file+".csv", q.Own()...), JSON: q.Link(k.file+".json", q.Own()...)}
	if err != nil {
		view.Trouble = chart.Trouble(err)
		return view
	}
	for _, c := range k.columns {
		if c.cells != nil {
			head := newHead(q, s, c.title, c.key, c.right)
			view.Heads = append(view.Heads, head)
			if head.Sorted != "" {
				view.Shown = format.CountNoun(found.Total, k.unit) + " by " + strings.ToLower(c.title) + ", " + orderText(c.key, head.Sorted)
			}
		}
	}
	for _, row := range found.Rows {
		var cells []Cells
		for _, c := range k.columns {
			if c.cells != nil {
				cells = append(cells, Cells{List: c.cells(q, row), Head: c.key == k.head, Right: c.right})
			}
		}
		view.Rows = append(view.Rows, cells)
	}
	if found.After != "" {
		view.Next = q.LinkHere("after", found.After)
	}
	if s.After != "" {
		view.First = q.LinkHere()
	}
	if len(view.Rows) == 0 {
		view.Empty = k.empty(q)
	}
	return view
}

// empty returns what to do about a list without rows.
func (k *kind[T]) empty(q *urlquery.Query) Empty {
	e := Empty{Text: "No " + format.Noun(2, k.unit) + " in this time range. " + k.stored}
	if len(urlquery.ActiveNames(q.Filter)) > 0 || NewForm(q, PromptParameters).Set {
		e.Text = "No " + format.Noun(1, k.unit) + " in this time range matches the search. " + k.stored
		e.Clear = q.Link(k.path, clearNames...)
	}
	if longest := urlquery.Ranges[len(urlquery.Ranges)-1]; q.Range == nil || q.Range.Name != longest.Name {
		e.Longer = q.LinkHere("range", longest.Name, "from", "", "to", "")
	}
	return e
}

// clearNames removes all names from a link.
var clearNames = func() (pairs []string) {
	for _, name := range urlquery.AllNames {
		pairs = append(pairs, name, "")
	}
	return pairs
}()

// textKeys are the orders of names, which begin with the first letter.
var textKeys = map[string]bool{"id": true, "session": true, "user": true, "team": true, "models": true}

// newHead returns the heading of a column. Its link sorts by the column, and turns the
// order around if the list is sorted by it.
func newHead(q *urlquery.Query, s report.Search, title, key string, right bool) Head {
	h := Head{Title: title, Right: right}
	if key == "" {
		return h
	}
	ascending := textKeys[key]
	if s.Sort == key || s.Sort == "" && key == "start" {
		h.Sorted = "descending"
		if s.Ascending {
			h.Sorted = "ascending"
		}
		ascending = !s.Ascending
	}
	order := "desc"
	if ascending {
		order = "asc"
	}
	h.Href = q.LinkHere("sort", key, "order", order)
	return h
}

// orderText describes a direction of an order.
func orderText(key, sorted string) string {
	first, last := "the smallest first", "the largest first"
	if textKeys[key] {
		first, last = "from A to Z", "from Z to A"
	} else if key == "start" {
		first, last = "the earliest first", "the latest first"
	}
	if sorted == "ascending" {
		return first
	}
	return last
}

// one returns the cells of one value.
func one(c chart.Cell) []chart.Cell { return []chart.Cell{c} }

// name returns the cell of a name, which links to its page.
func name(parameter string) func(*urlquery.Query, string) []chart.Cell {
	return func(q *urlquery.Query, s string) []chart.Cell { return one(chart.Text(q, s, parameter)) }
}

// count returns the cell of a number.
func count(n int64, unit string) chart.Cell { return chart.Number(float64(n), unit) }

// linked returns a cell that links to an address.
func linked(c chart.Cell, href string) chart.Cell {
	c.Href = href
	return c
}

// table returns the rows as CSV has them.
func (k *kind[T]) table(found report.Found[T]) report.Table {
	t := report.Table{}
	if found.After != "" {
		t.Cut = int(found.Total) - len(found.Rows)
	}
	for _, c := range k.columns {
		if c.value != nil {
			t.Columns = append(t.Columns, report.Column{Name: c.title, Unit: c.unit})
		}
	}
	for _, row := range found.Rows {
		var values []any
		for _, c := range k.columns {
			if c.value != nil {
				values = append(values, c.value(row))
			}
		}
		t.Rows = append(t.Rows, values)
	}
	return t
}
