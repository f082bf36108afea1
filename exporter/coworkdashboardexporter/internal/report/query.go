package report

// A Query determines the rows of an answer: sums of a fact, by some of its names or by
// time. It is read from the smallest table that has the fact, the keys, and the names of
// the filter. A panel whose query has no such table does not support the filter.
type Query struct {
	// Fact is what is counted: the name of a fact in package fact, or of other data in
	// package answer.
	Fact string
	// By are the keys of the rows: user, organization, and labels of the fact. A line is
	// by time as well. A heat map can be by day, weekday and hour_of_day.
	By []string
	// Sums are the sums that the columns use. Users is the number of distinct users.
	Sums []string
	// Only limits labels to one name each.
	Only map[string]string
	// Quantiles adds p50, p95 and p99, in seconds, of a fact with durations in buckets.
	Quantiles bool
	// Join adds the sums of other facts by the same keys, or by none.
	Join []Join
	// Split turns each row into several, one for each part.
	Split []Part
	// Having is a condition on rows.
	Having string
	// Order is the order of rows: by default the second column, the largest first, then
	// the first column.
	Order string
	// Limit is how many rows the page shows.
	Limit int
	// Rank, if set, are the sums that the order of users needs. The users that are shown
	// are found by these sums alone, and the other sums are read for them only. Having must
	// then be a sum > 0, so that it holds for a user if it holds for one of the user's rows.
	Rank []string
	// Top limits the series of a line or the rows of a heat map to the largest.
	Top int
	// Coarse gives a line a point for each day if the range is answered by the hour and
	// exceeds two days, and one for each week if it exceeds a month. Its numbers add up.
	Coarse bool
	// Total, if set, is the name of a first row with the sums over all keys.
	Total string
}

// Users is the sum that counts the distinct users of a row.
const Users = "users"

// A Join adds sums of another fact. A column uses them as name.sum. They are null in
// rows that the other fact does not have.
type Join struct {
	Name string
	Query
	// Optional is set if the columns stay empty when the other fact does not have a name
	// of the filter. The panel does not support the filter otherwise.
	Optional bool
}

// A Part is a row that [Query.Split] makes of a row: its name and the SQL expression of
// its number.
type Part struct{ Name, Value string }
