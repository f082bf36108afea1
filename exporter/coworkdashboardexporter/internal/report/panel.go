package report

import "time"

// A Filter is the time range and the names that an answer is limited to. The zero value
// of a name matches all.
type Filter struct {
	// From (inclusive) and To (exclusive) are the requested time range.
	From, To time.Time
	// Zone is the time zone of days and hours.
	Zone *time.Location

	Organization string
	User         string
	Model        string
}

// A Shape is how a panel is drawn. It determines the columns of its table.
type Shape string

// The shapes.
const (
	// Figure is one number: a row with the number in its first column. An optional
	// second column has the number of the previous period of equal length.
	Figure Shape = "figure"
	// Line is numbers over time: a column of times, optionally one of series, and one of
	// numbers.
	Line Shape = "line"
	// Bar is a ranking: a column of names, one of the numbers to rank by, and any others.
	Bar Shape = "bar"
	// Grid is a table without a drawing.
	Grid Shape = "table"
	// Heat is a heat map: a column of rows, one of columns, and one of numbers.
	Heat Shape = "heat"
)

// A Panel is a question with the query that answers it and the shape of the answer.
type Panel struct {
	// ID is the panel's name in addresses, in lower_snake_case.
	ID string
	// Section is the heading above the panel.
	Section string
	Title   string
	// Question is the question that the panel answers.
	Question string
	Shape    Shape
	// Unit is the UCUM unit of the panel's numbers: USD, s, {token}, 1 for a share.
	Unit string
	// Query is the SQL query for the store.
	Query string
	// Ignores are the names of a filter (organization, user, model) that do not apply to
	// the panel, since its sums do not have them.
	Ignores []string
}

// A Column is a column of a table. Its unit is "" for names, "time" for times, and a
// UCUM unit for numbers.
type Column struct {
	Name string
	Unit string
}

// A Table is the answer to a panel. A cell is a string, an int64, a float64, a
// time.Time, or nil if there is no value, such as a ratio with denominator zero.
type Table struct {
	Columns []Column
	Rows    [][]any
	// Cut is how many rows the query's limit left out.
	Cut int
	// From and To are the time range that the answer covers, in complete hours or days.
	// It exceeds the requested range if that starts or ends within one. They are zero if
	// unknown.
	From, To time.Time
}
