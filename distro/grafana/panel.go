package grafana

// A Dashboard is a page of panels.
type Dashboard struct {
	// UID is the dashboard's address in Grafana and the name of its file.
	UID string
	// Title is shown at the top.
	Title string
	// Question describes the purpose of the dashboard in a sentence.
	Question string
	// Rows are the panels, from top to bottom.
	Rows []Row
}

// A Row is a heading and the panels below it.
type Row struct {
	Title  string
	Panels []Panel
}

// A Panel answers one question.
type Panel struct {
	Title string
	// Question is shown as the panel's description.
	Question string
	Kind     Kind
	// Unit is the name of a Grafana unit.
	Unit string
	// Steps color values: green below the first step, then the step's color.
	Steps []Step
	// Queries are in PromQL with Grafana's variables. $who expands to matchers of
	// organization and user, $what to these and the model. $typed and $started expand to
	// those of $who, and to prompts that people typed or that clients started.
	Queries []Query
}

// A Query is an expression and the legend of its series.
type Query struct {
	Expr   string
	Legend string
}

// A Step is the value from which a color applies.
type Step struct {
	From  float64
	Color string
}

// A Kind is the visualization of a panel.
type Kind uint8

// The kinds.
const (
	// Number is one large number for the whole time range.
	Number Kind = iota
	// Lines are values over time.
	Lines
	// Bars are stacked amounts over time.
	Bars
	// Ranking is a bar for each series.
	Ranking
	// Table has a row for each series and a column for each query.
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

// Steps that several panels share.
var (
	errorSteps   = []Step{{0.05, "yellow"}, {0.1, "red"}}
	failureSteps = []Step{{0.1, "yellow"}, {0.2, "red"}}
	successSteps = []Step{{0, "red"}, {0.8, "yellow"}, {0.9, "green"}}
	hitSteps     = []Step{{0, "red"}, {0.5, "yellow"}, {0.8, "green"}}
	noneSteps    = []Step{{1, "red"}}
)

// estimate is part of the description of every panel that shows money.
const estimate = " The clients estimate it from list prices; it is not a bill."
