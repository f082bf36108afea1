package prompts

import (
	"time"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web/chart"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web/format"
)

// The limits of a waterfall.
const (
	maxSteps   = 1000
	maxDepth   = 6
	maxDetails = 40
)

// waterfallTicks is the number of sections of a waterfall's time axis.
const waterfallTicks = 4

// A Waterfall is the steps of a prompt as bars over time.
type Waterfall struct {
	Ticks []string
	Steps []Step
	More  string
}

// A Step is one row of a waterfall. Left and Width of its bar are of 1000.
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

// stepColors are the colors of the kinds. Any other kind has the color of "event".
var stepColors = map[string]string{
	"api_request": "api", "api_error": "api", "api_refusal": "api", "api_retries_exhausted": "api",
	"tool_result": "tool", "tool_decision": "decision",
	"user_prompt": "prompt", "assistant_response": "prompt",
	"subagent_completed": "agent",
}

// newWaterfall returns the waterfall of a prompt, nil if it has no steps.
func newWaterfall(r *chart.Request, prompt report.Prompt, steps []report.Step) *Waterfall {
	if len(steps) == 0 {
		return nil
	}
	start, end := extent(prompt, steps)
	length := max(end.Sub(start), time.Millisecond)
	w := &Waterfall{}
	for i := range waterfallTicks + 1 {
		w.Ticks = append(w.Ticks, format.Number(length.Seconds()*float64(i)/waterfallTicks, "s"))
	}
	for _, s := range steps[:min(len(steps), maxSteps)] {
		w.Steps = append(w.Steps, newStep(r, s, start, length))
	}
	if n := len(steps) - len(w.Steps); n > 0 {
		w.More = "and " + format.Count(float64(n)) + " more steps, not shown"
	}
	return w
}

// extent returns the time range of a prompt and all of its steps.
func extent(prompt report.Prompt, steps []report.Step) (start, end time.Time) {
	start, end = prompt.Start, prompt.Start.Add(prompt.Duration)
	if start.IsZero() {
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

func newStep(r *chart.Request, s report.Step, start time.Time, length time.Duration) Step {
	kind, _ := format.Name(s.Kind)
	why, _ := format.Name(s.Why)
	v := Step{
		Name: r.Text(s.Name, ""), Kind: kind, Color: stepColors[s.Kind],
		Depth: max(0, min(s.Depth, maxDepth)), Failed: s.Failed, Why: why,
		Offset: format.Number(s.Start.Sub(start).Seconds(), "s"), Duration: chart.Duration(s.Duration),
		Left: chart.PerMille(float64(s.Start.Sub(start)) / float64(length)), Width: chart.PerMille(float64(s.Duration) / float64(length)),
	}
	if v.Name.Is("none") {
		v.Name = chart.Cell{Kind: "text", Text: kind}
	}
	if v.Color == "" {
		v.Color = "event"
	}
	if s.Duration == 0 {
		v.Duration = chart.Empty
	}
	for _, d := range s.Details[:min(len(s.Details), maxDetails)] {
		name, _ := format.Name(d.Name)
		v.Details = append(v.Details, Fact{name, r.Text(d.Value, "")})
	}
	return v
}
