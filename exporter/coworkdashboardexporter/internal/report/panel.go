package report

import "time"

// A Filter is the time range and the names that an answer is limited to. The zero value
// of a name matches all.
type Filter struct {
	// From (inclusive) and To (exclusive) are the requested time range.
	From time.Time `json:"from"`
	To   time.Time `json:"to"`
	// Zone is the time zone of days and hours.
	Zone *time.Location `json:"-"`
	// Compare, if set, is the start of the earlier time range that figures are compared
	// with, instead of the previous period. It has as many hours or days.
	Compare time.Time `json:"-"`

	Organization string `json:"organization,omitempty"`
	Team         string `json:"team,omitempty"`
	User         string `json:"user,omitempty"`
	Model        string `json:"model,omitempty"`
	Tool         string `json:"tool,omitempty"`
	Connector    string `json:"connector,omitempty"`
}

// A Shape is how a panel is drawn. It determines the columns of its table.
type Shape string

// The shapes.
const (
	// Figure is one number: a row with the number in its first column. A second column
	// has the number of the previous period of equal length, nil if it is not known.
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

// A Panel is a question, the query that answers it, and the shape of the answer.
type Panel struct {
	// ID is the panel's name in addresses, in lower_snake_case.
	ID string `json:"id"`
	// Section is the heading above the panel.
	Section string `json:"section"`
	Title   string `json:"title"`
	// Question is the question that the panel answers.
	Question string `json:"question"`
	Shape    Shape  `json:"shape"`
	// Empty is shown in place of an answer without rows, "" for a general text.
	Empty string `json:"-"`
	// Columns are the columns of the answer.
	Columns []Column `json:"-"`
	// Query determines the rows.
	Query Query `json:"-"`
	// Href, if set, is the path of the page that explains a figure, with parameters such
	// as /prompts?outcome=failed. The link keeps the filter.
	Href string `json:"-"`
	// Severity, if set, is that of a figure which is not 0: critical, warning or info.
	Severity string `json:"-"`
}

// A Page is a page of panels.
type Page struct {
	// Path is the address of the page, / for the overview.
	Path  string
	Title string
	// Intro, if set, is the sentence below the title.
	Intro  string
	Panels []Panel
	// Subject is the parameter that the page needs, such as user for /user?user=kim. It is
	// "" for pages about all.
	Subject string
	// Screen is set for the overview, which draws its panels on one screen, each in a time
	// range of its own.
	Screen bool
}

// Unit returns the unit of the panel's numbers: that of its first column of numbers.
func (p Panel) Unit() string {
	for _, c := range p.Columns {
		if c.Type == Number {
			return c.Unit
		}
	}
	return ""
}

// A Type is the type of the values of a column.
type Type uint8

// The types of values.
const (
	Name   Type = iota // a string
	Number             // an int64 or a float64
	Time               // a time.Time
)

// A Column is a column of an answer.
type Column struct {
	Name string `json:"name"`
	Type Type   `json:"-"`
	// Unit is the UCUM unit of numbers: USD, s, {token}, 1 for a share.
	Unit string `json:"unit"`
	// Value is the SQL expression of the column, over the keys and sums of the query.
	// It is "" for the columns that a query fills in: the time of a line, and the names
	// and numbers of its parts.
	Value string `json:"-"`
	// Href, if set, is the path of the list that explains the numbers, such as
	// /prompts?outcome=failed. The link has the names of the row as parameters.
	Href string `json:"-"`
	// Rare is set if the page leaves out the column while all of its numbers are 0.
	Rare bool `json:"-"`
	// Prior is set if the value is that of the previous period of equal length.
	Prior bool `json:"-"`
}

// A Table is the answer to a panel. A cell is a string, an int64, a float64, a
// time.Time, or nil if there is no value, such as a ratio with denominator zero.
type Table struct {
	Columns []Column `json:"columns"`
	Rows    [][]any  `json:"rows"`
	// Unavailable are the columns that have no numbers by the names of the filter.
	Unavailable []string `json:"unavailable,omitempty"`
	// Cut is how many rows the limit left out.
	Cut int `json:"cut"`
	// From and To are the time range that the answer covers, in complete hours or days.
	// It exceeds the requested range if that starts or ends within one. They are zero if
	// unknown.
	From time.Time `json:"-"`
	To   time.Time `json:"-"`
}
