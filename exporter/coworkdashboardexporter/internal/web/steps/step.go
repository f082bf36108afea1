package steps

import (
	"cmp"
	"slices"
	"strconv"
	"time"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web/chart"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web/format"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web/urlquery"
)

// newStep returns the view of a step of a prompt with a start and a length.
func newStep(q *urlquery.Query, n *node, start time.Time, length time.Duration) Step {
	s := &n.Step
	kind, _ := format.Name(s.Kind)
	why, _ := format.Name(s.Why)
	offset := s.Start.Sub(start)
	v := Step{
		Name: chart.Text(q, s.Name, nameColumns[s.Kind]), Kind: kind, Color: cmp.Or(colors[s.Kind], "event"),
		Depth: min(n.depth, maxDepth), Why: why, Sums: sums(s),
		Offset: format.Number(offset.Seconds(), "s"), Duration: chart.Empty,
		Left: chart.PerMille(float64(offset) / float64(length)), Width: chart.PerMille(float64(s.Duration) / float64(length)),
	}
	if s.Name == "" {
		v.Name, v.Kind = chart.Cell{Kind: "text", Text: kind}, ""
	}
	if s.Failed {
		v.State = "failed"
		if s.Kind == decisionKind {
			v.State = "rejected"
		}
	}
	if s.Duration != 0 {
		v.Duration = chart.Number(s.Duration.Seconds(), "s")
	}
	for _, c := range s.Contents {
		v.Contents = append(v.Contents, newContent(c))
	}
	v.Gist, v.Message = gist(v.Contents), message(v.Contents)
	v.setDecision(n)
	v.Details = details(q, n)
	return v
}

// nameColumns are the parameters of the filter that name a step.
var nameColumns = map[string]string{
	"api_request": "model", "api_error": "model", "api_refusal": "model", "assistant_response": "model",
	resultKind: "tool", decisionKind: "tool",
}

// quietModes are the permission modes in which the user confirms.
var quietModes = map[string]bool{"": true, "default": true, "plan": true}

// setDecision sets who permitted a call, from its permission or from its result.
func (v *Step) setDecision(n *node) {
	decision := n.decision
	if n.Kind == decisionKind {
		decision = &n.Step
	}
	source := n.Detail("decision_source")
	if decision != nil {
		source = cmp.Or(decision.Detail("source"), source)
		if mode := decision.Detail("permission_mode"); !quietModes[mode] {
			v.Risky, _ = format.Name(mode)
		}
	}
	if source != "" && v.State != "rejected" {
		v.Allowed, _ = format.Name(source)
	}
}

// details returns the attributes of a step and of its permission.
func details(q *urlquery.Query, n *node) (list []Detail) {
	all := n.Details
	if n.decision != nil {
		for _, d := range n.decision.Details {
			if n.Detail(d.Name) == "" {
				all = append(slices.Clip(all), d)
			}
		}
	}
	for _, d := range all[:min(len(all), maxDetails)] {
		name, _ := format.Name(d.Name)
		list = append(list, Detail{name, chart.Text(q, d.Value, linkedDetails[d.Name])})
	}
	return list
}

// linkedDetails are the parameters of the filter that details name.
var linkedDetails = map[string]string{"connector": "connector", "model": "model"}

// stepSums are the numbers of a step that its row shows.
var stepSums = []struct{ name, unit, after string }{
	{"input_tokens", "{token}", " in"},
	{"cache_read_tokens", "{token}", " from cache"},
	{"cache_creation_tokens", "{token}", " to cache"},
	{"output_tokens", "{token}", " out"},
	{"cost_usd", "USD", ""},
	{"tool_result_size_bytes", "By", " result"},
	{"total_tool_uses", "{call}", " of tools"},
	{"prompt_length", "", " characters"},
	{"response_length", "", " characters"},
}

// sums returns the tokens, the cost and the sizes of a step.
func sums(s *report.Step) (list []string) {
	for _, sum := range stepSums {
		n, err := strconv.ParseFloat(s.Detail(sum.name), 64)
		if err == nil && n > 0 {
			text := format.Number(n, sum.unit)
			if sum.unit == "{call}" {
				text += " " + format.Noun(n, sum.unit)
			}
			list = append(list, text+sum.after)
		}
	}
	return list
}
