package report

import "time"

// A Filter is what a reader asks for. The zero value of a name means all.
type Filter struct {
	// From and To are the time that is asked for, From included and To not.
	From, To time.Time
	// Zone is where days and hours begin.
	Zone *time.Location

	Organization string
	User         string
	Model        string
}

// A Shape is how a panel is drawn, and what its table must look like.
type Shape string

// The shapes.
const (
	// Figure is one number: a row whose first column is the figure. A second column, if
	// there is one, is the same figure for the time of equal length before.
	Figure Shape = "figure"
	// Line is numbers over time: a column of times, then either one of numbers, or one of
	// series' names and one of numbers.
	Line Shape = "line"
	// Bar is a ranking: a column of names, the number that is ranked by, and any others.
	Bar Shape = "bar"
	// Grid is a table as it stands.
	Grid Shape = "table"
	// Heat is a number for each pair of names: row, column, number.
	Heat Shape = "heat"
)

// A Panel is one question and how its answer is found and drawn.
type Panel struct {
	// ID names the panel in addresses: lower_snake_case.
	ID string
	// Section is the heading that the panel stands under.
	Section string
	Title   string
	// Question is what the panel answers, as a person would ask.
	Question string
	Shape    Shape
	// Unit is that of the panel's numbers, by UCUM: USD, s, {token}, 1 for a share.
	Unit string
	// Query is how the store finds the answer.
	Query string
	// Ignores are the parts of a filter (organization, user, model) that the panel
	// cannot heed, since what it counts does not have them.
	Ignores []string
}

// A Column is one of a table. Its unit is "" where it holds names, "s" and the like
// where it holds numbers, "time" where it holds times.
type Column struct {
	Name string
	Unit string
}

// A Table is the answer to a panel. A cell is a string, an int64, a float64, a
// time.Time, or nil where there is no value (a ratio of nothing).
type Table struct {
	Columns []Column
	Rows    [][]any
	// Cut is how many more rows there are than are told.
	Cut int
	// From and To are the time that was counted, whole hours or days, which is more than
	// was asked for where that begins or ends within one. They are zero where the source
	// does not say.
	From, To time.Time
}
