package grafana

// A Dashboard is a page of panels.
type Dashboard struct {
	// UID is its address in Grafana, and its file's name.
	UID string
	// Title is its name.
	Title string
	// Question is what the page is for, in a sentence.
	Question string
	// Rows are its panels, from top to bottom.
	Rows []Row
}

// A Row is a heading with panels below.
type Row struct {
	Title  string
	Panels []Panel
}

// A Panel answers one question.
type Panel struct {
	Title string
	// Question is what the panel answers. It is shown as its description.
	Question string
	Kind     Kind
	// Unit is one of Grafana's.
	Unit string
	// Steps color values: green below the first, then by the step's own.
	Steps []Step
	// Queries are in PromQL, with Grafana's variables. $who stands for those that say
	// whose events, $what for these and the model's.
	Queries []Query
}

// A Query is one expression and what its series are called.
type Query struct {
	Expr   string
	Legend string
}

// A Step is where a color begins.
type Step struct {
	From  float64
	Color string
}

// A Kind is how a panel shows its answer.
type Kind uint8

// The kinds.
const (
	// Number is one big number, of the whole time that the page shows.
	Number Kind = iota
	// Lines are values over time.
	Lines
	// Bars are amounts over time, on top of each other.
	Bars
	// Ranking is a bar for each, the longest first.
	Ranking
	// Table is a row for each, a column a query.
	Table
)

// Units, as Grafana calls them.
const (
	dollars  = "currencyUSD"
	fraction = "percentunit"
	amount   = "short"
	seconds  = "s"
	bytes    = "bytes"
	perSec   = "cps"
)

// Steps that several panels have.
var (
	errorSteps   = []Step{{0.05, "yellow"}, {0.1, "red"}}
	failureSteps = []Step{{0.1, "yellow"}, {0.2, "red"}}
	successSteps = []Step{{0, "red"}, {0.8, "yellow"}, {0.9, "green"}}
	hitSteps     = []Step{{0, "red"}, {0.5, "yellow"}, {0.8, "green"}}
	noneSteps    = []Step{{1, "red"}}
)

// estimate says on everything that shows money what it is.
const estimate = " An estimate that the client makes from list prices, no bill."
