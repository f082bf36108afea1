// Package steps holds the view of what a prompt did: its steps as bars over time, each
// below the step that caused it, with their contents.
package steps

import (
	"cmp"
	"fmt"
	"time"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web/chart"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web/format"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web/urlquery"
)

// A View is the view of the steps of a prompt.
type View struct {
	Ticks  []string // of the time axis
	Steps  []Step
	Failed []Failure
	More   string   // on steps that are not shown
	Notes  []string // on contents that are not stored, and on a marked step that is not
}

// A Step is one step as a bar over time. Left and Width of the bar are of 1000.
type Step struct {
	ID       string // of the element
	Name     chart.Cell
	Kind     string
	Color    string // the class of the bar
	Depth    int
	Gist     string // what it did
	Message  string // what went wrong
	Offset   string
	Duration chart.Cell
	Left     float64
	Width    float64
	State    string // failed or rejected, "" for neither
	Marked   bool   // it caused the alert that the address is from
	Why      string
	Allowed  string // who permitted a call
	Risky    string // a permission mode without questions
	Sums     []string
	Contents []Content
	Details  []Detail
}

// A Detail is a name with its value.
type Detail struct {
	Name string
	chart.Cell
}

// A Failure links to a step that failed.
type Failure struct {
	Href, Name, Text string
}

// The address of a prompt that marks a step.
const (
	// EventParameter has the id of the event that caused an alert.
	EventParameter = "event"
	// MarkedID is the id of an element in its step.
	MarkedID = "alert-step"
)

// The limits of the steps.
const (
	maxSteps    = 1000
	maxDepth    = 6
	maxDetails  = 40
	maxFailures = 20
)

// sections is the number of sections of the time axis.
const sections = 4

// colors are the colors of the kinds. Any other kind has the color of "event".
var colors = map[string]string{
	"api_request": "api", "api_error": "api", "api_refusal": "api", "api_retries_exhausted": "api",
	resultKind: "tool", decisionKind: "decision",
	"user_prompt": "prompt", "assistant_response": "prompt",
	"subagent_completed": "agent",
}

// NewView returns the view of the steps of a prompt, which are sorted by their starts.
func NewView(q *urlquery.Query, p report.Prompt, list []report.Step) View {
	view := View{Notes: notes(p)}
	start, end := extent(p, list)
	length := max(end.Sub(start), time.Millisecond)
	for i := range sections + 1 {
		view.Ticks = append(view.Ticks, format.Number(length.Seconds()*float64(i)/sections, "s"))
	}
	nodes := arrange(list)
	event, marked := q.Value(EventParameter), false
	for i := range nodes[:min(len(nodes), maxSteps)] {
		step := newStep(q, &nodes[i], start, length)
		step.ID = fmt.Sprintf("step-%d", i)
		step.Marked = event != "" && nodes[i].isOf(event)
		marked = marked || step.Marked
		view.Steps = append(view.Steps, step)
		view.addFailure(&step)
	}
	if event != "" && !marked {
		view.Notes = append(view.Notes, "The step that caused the alert is not among the steps below: it is beyond the limits, or is of a kind that is no step.")
	}
	if n := len(nodes) - len(view.Steps); n > 0 {
		view.More = "and " + format.Count(float64(n)) + " more steps, not shown"
	}
	return view
}

// addFailure adds a step to the list of those that failed.
func (v *View) addFailure(s *Step) {
	if s.State == "" {
		return
	}
	if len(v.Failed) == maxFailures {
		v.Failed = append(v.Failed, Failure{Name: "and more", Text: "marked below"})
	}
	if len(v.Failed) < maxFailures {
		text := cmp.Or(s.Why, s.State)
		if message := cmp.Or(s.Message, s.Gist); message != "" {
			text += ": " + message
		}
		v.Failed = append(v.Failed, Failure{"#" + s.ID, s.Name.Text, text})
	}
}

// notes state which contents of a prompt are not stored, and why.
func notes(p report.Prompt) (list []string) {
	if p.ContentsRefused > 0 {
		list = append(list, fmt.Sprintf("%s not stored, since no cowork_redaction has redacted them. Put cowork_redaction before cowork_dashboard.", texts(p.ContentsRefused)))
	}
	if p.ContentsCut > 0 {
		list = append(list, fmt.Sprintf("%s not stored, since the limit of the prompt or of the memory was reached.", texts(p.ContentsCut)))
	}
	return list
}

func texts(n int64) string {
	if n == 1 {
		return "1 text of its steps is"
	}
	return format.Count(float64(n)) + " texts of its steps are"
}

// extent returns the time range of a prompt and all of its steps.
func extent(prompt report.Prompt, steps []report.Step) (start, end time.Time) {
	start, end = prompt.Start, prompt.Start.Add(prompt.Duration)
	if start.IsZero() && len(steps) > 0 {
		start, end = steps[0].Start, steps[0].Start
	}
	for _, s := range steps {
		if s.Start.Before(start) {
			start = s.Start
		}
		if e := s.Start.Add(s.Duration); e.After(end) {
			end = e
		}
	}
	return start, end
}
