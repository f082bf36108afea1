package web

import (
	"math"
	"time"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
)

// What a waterfall holds at most.
const (
	maxSteps = 1000
	maxDepth = 6
	maxFacts = 40
)

// fallTicks is how many parts the axis of a waterfall has.
const fallTicks = 4

// A fallView is a prompt's steps against time.
type fallView struct {
	Ticks []string
	Steps []stepView
	More  string
}

// A stepView is one row: what, when, how long, and a bar at its place. Left and Width
// are of 1000.
type stepView struct {
	Name     cell
	Kind     string
	Family   string // how its bar is coloured
	Depth    int
	Offset   string
	Duration cell
	Left     float64
	Width    float64
	Failed   bool
	Why      string
	Facts    []factView
}

// families colour the steps by what they are. Any other kind is an event among them.
var families = map[string]string{
	"api_request": "api", "api_error": "api", "api_refusal": "api", "api_retries_exhausted": "api",
	"tool_result": "tool", "tool_decision": "decision",
	"user_prompt": "prompt", "assistant_response": "prompt",
	"subagent_completed": "agent",
}

func (p *painter) waterfall(one report.Prompt, steps []report.Step) *fallView {
	if len(steps) == 0 {
		return nil
	}
	start, end := extent(one, steps)
	length := max(end.Sub(start), time.Millisecond)
	f := &fallView{}
	for i := range fallTicks + 1 {
		f.Ticks = append(f.Ticks, number(length.Seconds()*float64(i)/fallTicks, "s"))
	}
	for _, s := range steps[:min(len(steps), maxSteps)] {
		f.Steps = append(f.Steps, p.step(s, start, length))
	}
	if n := len(steps) - len(f.Steps); n > 0 {
		f.More = "and " + count(float64(n)) + " more steps, not shown"
	}
	return f
}

// extent is the time that all steps lie in, whatever the prompt's own times say.
func extent(one report.Prompt, steps []report.Step) (start, end time.Time) {
	start, end = one.Start, one.Start.Add(one.Duration)
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

func (p *painter) step(s report.Step, start time.Time, length time.Duration) stepView {
	kind, _ := shown(s.Kind)
	why, _ := shown(s.Why)
	v := stepView{
		Name: p.textCell(s.Name, report.Column{}), Kind: kind, Family: families[s.Kind],
		Depth: max(0, min(s.Depth, maxDepth)), Failed: s.Failed, Why: why,
		Offset: number(s.Start.Sub(start).Seconds(), "s"), Duration: durationCell(s.Duration),
		Left: part(s.Start.Sub(start), length), Width: part(s.Duration, length),
	}
	if v.Name.Is("none") {
		v.Name = cell{Kind: "text", Text: kind}
	}
	if v.Family == "" {
		v.Family = "event"
	}
	if s.Duration == 0 {
		v.Duration = noCell
	}
	for _, f := range s.Facts[:min(len(s.Facts), maxFacts)] {
		name, _ := shown(f.Name)
		v.Facts = append(v.Facts, factView{name, p.textCell(f.Value, report.Column{})})
	}
	return v
}

// part is how much of a length a time is, of 1000, and never outside of it.
func part(d, length time.Duration) float64 {
	return math.Round(max(0, min(1, float64(d)/float64(length)))*10000) / 10
}
