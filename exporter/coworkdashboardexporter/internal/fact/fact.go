package fact

// A Grain is the length of the intervals of a table.
type Grain uint8

// The grains.
const (
	Hour Grain = iota // the start of the hour in the time zone, in Unix seconds
	Day               // the date in the time zone, as the number 20261129
	Week              // the date of its Monday
	grains
)

// String returns the name of the grain. It is the name of the time column, and the last
// part of the name of a table.
func (g Grain) String() string { return [...]string{"hour", "day", "week"}[g] }

// A Label is a part of a table's key besides time, user and organization. Its column is
// the name with _id, which refers to the table names, unless it is a number.
type Label struct {
	Name   string
	Number bool // a column of numbers that has the name of the label
}

// Column returns the name of the label's column.
func (l Label) Column() string {
	if l.Number {
		return l.Name
	}
	return l.Name + "_id"
}

// A Sum is a column of sums.
type Sum struct {
	Name string
	// Wide is set for amounts such as money, tokens and durations. Others are counts.
	Wide bool
}

// The largest sums of a row. Greater ones stay at the limit, so that neither a row nor
// the sum of many rows can overflow.
const (
	MaxCount  = 2_000_000_000
	MaxAmount = 1_000_000_000_000_000
)

// Max returns the largest value of the column.
func (s Sum) Max() int64 {
	if s.Wide {
		return MaxAmount
	}
	return MaxCount
}

// A Table is a table of sums. Its rows are identified by time, user, organization and
// labels, in this order.
type Table struct {
	// Name is the name of the table without the grain: tool_calls is stored as
	// tool_calls_hour and tool_calls_day.
	Name string
	// Facts are the facts that the table adds up.
	Facts []string
	// User is set if the table has a row for each user.
	User   bool
	Labels []Label
	Sums   []Sum
	Grains []Grain
}

// Of returns the name of the table of a grain.
func (t *Table) Of(g Grain) string { return t.Name + "_" + g.String() }

// Key returns the columns of the primary key.
func (t *Table) Key(g Grain) []string {
	key := []string{g.String()}
	if t.User {
		key = append(key, "user_id")
	}
	key = append(key, "organization_id")
	for _, l := range t.Labels {
		key = append(key, l.Column())
	}
	return key
}

// HasLabel reports whether the table has a label.
func (t *Table) HasLabel(name string) bool {
	for _, l := range t.Labels {
		if l.Name == name {
			return true
		}
	}
	return false
}

// TableOf returns a table, nil if there is none of that name.
func TableOf(name string) *Table {
	for i := range Tables {
		if Tables[i].Name == name {
			return &Tables[i]
		}
	}
	return nil
}

// Kind returns the kind of the names of a key, as table names stores them: its own name,
// or label for those with few names.
func Kind(key string) string {
	switch key {
	case "organization", "user", "model", "tool", "connector", "skill", "plugin", "agent", "client_version", "team", "cost_center", "host":
		return key
	}
	return "label"
}
