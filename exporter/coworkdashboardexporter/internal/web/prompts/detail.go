package prompts

import (
	"cmp"
	"time"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web/chart"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web/format"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web/urlquery"
)

// A Detail is the view of one prompt.
type Detail struct {
	ID      string
	Back    string
	Open    bool
	Cut     string
	Figures []chart.Panel
	Facts   []Fact
	Ticks   []string // of the time axis of the steps
	Steps   []Step
	More    string
}

// A Fact is a name with its value.
type Fact struct {
	Name string
	chart.Cell
}

// A Step is one step of a prompt as a bar over time. Left and Width of the bar are of 1000.
type Step struct {
	Name     chart.Cell
	Kind     string
	Color    string // the class of the bar
	Depth    int
	Offset   string
	Duration chart.Cell
	Left     float64
	Width    float64
	Failed   bool
	Why      string
	Details  []Fact
}

// The limits of the steps.
const (
	maxSteps   = 1000
	maxDepth   = 6
	maxDetails = 40
)

// sections is the number of sections of the time axis.
const sections = 4

// stepColors are the colors of the kinds. Any other kind has the color of "event".
var stepColors = map[string]string{
	"api_request": "api", "api_error": "api", "api_refusal": "api", "api_retries_exhausted": "api",
	"tool_result": "tool", "tool_decision": "decision",
	"user_prompt": "prompt", "assistant_response": "prompt",
	"subagent_completed": "agent",
}

// NewDetail returns the view of a prompt with its steps.
func NewDetail(q *urlquery.Query, p report.Prompt, steps []report.Step) Detail {
	started := chart.Cell{Kind: "time", Text: format.ExactTime(p.Start, q.Zone), Value: chart.Time(q, p.Start).Value}
	view := Detail{ID: p.ID, Back: q.Link("/prompts"), Open: !p.Closed, Figures: figures(p), Facts: []Fact{
		{"Started", started},
		{"User", chart.Text(q, p.User, "user")},
		{"Organization", chart.Text(q, p.Organization, "organization")},
		{"Session", SessionCell(q, p.Session)},
	}}
	for _, m := range p.Models {
		view.Facts = append(view.Facts, Fact{"Model", chart.Text(q, m, "model")})
	}
	if p.Cut > 0 {
		view.Cut = format.Count(float64(p.Cut)) + " of its steps are not stored"
	}
	start, end := extent(p, steps)
	length := max(end.Sub(start), time.Millisecond)
	for i := range sections + 1 {
		view.Ticks = append(view.Ticks, format.Number(length.Seconds()*float64(i)/sections, "s"))
	}
	for _, s := range steps[:min(len(steps), maxSteps)] {
		view.Steps = append(view.Steps, newStep(q, s, start, length))
	}
	if n := len(steps) - len(view.Steps); n > 0 {
		view.More = "and " + format.Count(float64(n)) + " more steps, not shown"
	}
	return view
}

// figures returns the numbers of a prompt.
func figures(p report.Prompt) []chart.Panel {
	list := []chart.Panel{chart.NewFigure("Cost", "", costCell(p), "USD")}
	if p.Unpriced > 0 {
		list[0].Notes = []string{unpricedText(p.Unpriced)}
	}
	for _, f := range []struct {
		title, unit string
		n           float64
	}{
		{"Duration", "s", p.Duration.Seconds()},
		{"API requests", "{request}", float64(p.Requests)},
		{"API errors", "{error}", float64(p.Errors)},
		{"Tools called", "{call}", float64(p.Tools)},
		{"Tools failed", "{failure}", float64(p.ToolFailures)},
		{"Tools rejected", "{rejection}", float64(p.ToolRejects)},
		{"Tokens", "{token}", float64(allTokens(p))},
		{"Input", "{token}", float64(p.InputTokens)},
		{"Output", "{token}", float64(p.OutputTokens)},
		{"Cache read", "{token}", float64(p.CacheRead)},
		{"Cache creation", "{token}", float64(p.CacheCreated)},
	} {
		list = append(list, chart.NewFigure(f.title, "", chart.Number(f.n, f.unit), f.unit))
	}
	return list
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

func newStep(q *urlquery.Query, s report.Step, start time.Time, length time.Duration) Step {
	kind, _ := format.Name(s.Kind)
	why, _ := format.Name(s.Why)
	offset := s.Start.Sub(start)
	v := Step{
		Name: chart.Text(q, s.Name, ""), Kind: kind, Color: cmp.Or(stepColors[s.Kind], "event"),
		Failed: s.Failed, Why: why,
		Offset: format.Number(offset.Seconds(), "s"), Duration: chart.Empty,
		Left: chart.PerMille(float64(offset) / float64(length)), Width: chart.PerMille(float64(s.Duration) / float64(length)),
	}
	if s.Name == "" {
		v.Name = chart.Cell{Kind: "text", Text: kind}
	}
	if s.Duration != 0 {
		v.Duration = chart.Number(s.Duration.Seconds(), "s")
	}
	for _, d := range s.Details[:min(len(s.Details), maxDetails)] {
		name, _ := format.Name(d.Name)
		v.Details = append(v.Details, Fact{name, chart.Text(q, d.Value, "")})
	}
	return v
}
