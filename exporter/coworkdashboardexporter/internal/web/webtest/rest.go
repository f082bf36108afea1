package webtest

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
)

func tokensByUser(t *Team, f report.Filter) report.Table {
	names, _ := t.ranked(f, func(h hour) string { return t.name(h.user) }, func(h hour) float64 { return float64(h.tokens) })
	names = names[:min(10, len(names))]
	seen := t.over(f, day(f), func(h hour) string { return t.name(h.user) }, func(h hour) float64 { return float64(h.tokens) })
	out := report.Table{Columns: columns("User", "", "Day", "", "Tokens", "{token}"), Cut: 30}
	for _, n := range names {
		for _, row := range seen.Rows {
			if row[1] == n {
				out.Rows = append(out.Rows, []any{n, row[0].(time.Time).Format(time.DateOnly), int64(row[2].(float64))})
			}
		}
	}
	return out
}

func tools(t *Team, f report.Filter) report.Table {
	n := t.sum(f, func(h hour) float64 { return float64(h.requests) })
	out := report.Table{Columns: columns("Tool", "", "Calls", "{call}", "Worked", "1", "Mean", "s")}
	for i, name := range toolNames {
		out.Rows = append(out.Rows, []any{name, int64(n / float64(i+2)), 1 - float64(i*i%17)/200, 0.08 * float64(i*i+1)})
	}
	return out
}

func connectorErrors(*Team, report.Filter) report.Table {
	out := report.Table{Columns: columns("Connector", "", "Failed", "1", "Calls", "{call}", "Kind", "")}
	for i, name := range connectors {
		out.Rows = append(out.Rows, []any{name, 0.31 / float64(i*i+1), int64(4200 / (i + 1)), []string{"timeout", "auth"}[i%2]})
	}
	return out
}

func statuses(*Team, report.Filter) report.Table {
	return report.Table{
		Columns: columns("Status", "", "Model", "", "Errors", "{error}", "Last", "time"),
		Rows: [][]any{
			{"429", models[0], int64(412), Now.Add(-4 * time.Minute)},
			{"529", models[1], int64(97), Now.Add(-3 * time.Hour)},
			{"500", models[0], int64(12), Now.AddDate(0, 0, -6)},
			{nil, models[2], int64(3), Now.AddDate(0, 0, -11)},
		},
	}
}

func alerts(t *Team, _ report.Filter) report.Table {
	return report.Table{
		Columns: columns("Status", "", "Severity", "", "Alert", "", "User", "", "Since", "time", "Until", "time"),
		Rows: [][]any{
			{"firing", "critical", "api_error", t.name(3), Now.Add(-20 * time.Minute), nil},
			{"firing", "warning", "connector_error_rate", nil, Now.Add(-2 * time.Hour), nil},
			{"resolved", "warning", "cost_threshold", t.name(11), Now.Add(-30 * time.Hour), Now.Add(-29 * time.Hour)},
			{"resolved", "info", "slow_tool", t.name(20), Now.Add(-50 * time.Hour), Now.Add(-49 * time.Hour)},
		},
	}
}

// Prompts are the latest hours' first prompts.
func (t *Team) Prompts(_ context.Context, f report.Filter, before time.Time, limit int) ([]report.Prompt, error) {
	if err := t.ask("prompts", f); err != nil {
		return nil, err
	}
	var out []report.Prompt
	t.within(f, func(h hour) {
		if p := t.prompt(h); before.IsZero() || p.Start.Before(before) {
			out = append(out, p)
		}
	})
	slices.SortStableFunc(out, func(a, b report.Prompt) int { return cmp.Compare(b.Start.UnixNano(), a.Start.UnixNano()) })
	return out[:min(limit, len(out))], nil
}

func (t *Team) prompt(h hour) report.Prompt {
	seed := h.at.Unix()/3600*41 + int64(h.user)
	return report.Prompt{
		ID:      fmt.Sprintf("%08x-%04x-4%03x-8%03x-%012x", uint32(seed*2654435761), seed&0xffff, h.user, h.user*7, seed*1_000_003),
		Session: fmt.Sprintf("%08x-51b2-4c1e-9d77-%012x", seed, h.user), User: t.name(h.user), Organization: orgs[h.user%2],
		Start: h.at.Add(time.Duration(seed%3599)*time.Second + time.Duration(seed%997)*time.Millisecond), Duration: time.Duration(12+seed%240) * time.Second,
		CostUSD: h.cost / float64(h.prompts), InputTokens: h.tokens / 20 / h.prompts, OutputTokens: h.tokens / 90 / h.prompts,
		Requests: h.requests / h.prompts, Errors: h.errors, Tools: 9, ToolFailures: h.errors % 3,
		Models: []string{models[h.model], models[2]}[:1+h.user%2], Closed: Now.Sub(h.at) > time.Hour,
	}
}

// Prompt finds a prompt again, and makes up its steps.
func (t *Team) Prompt(_ context.Context, id string) (report.Prompt, []report.Step, error) {
	if err := t.ask("prompt", report.Filter{}); err != nil {
		return report.Prompt{}, nil, err
	}
	for _, h := range t.hours {
		if p := t.prompt(h); p.ID == id {
			p.Cut = int64(h.user % 4)
			return p, steps(p), nil
		}
	}
	return report.Prompt{}, nil, report.ErrNotFound
}

func steps(p report.Prompt) []report.Step {
	at := p.Start
	out := []report.Step{{Start: at, Kind: "user_prompt", Name: "prompt", Facts: []report.Fact{{Name: "prompt_length", Value: "412"}}}}
	each := p.Duration / 13
	for i := range 5 {
		out = append(out, report.Step{
			Start: at, Duration: each * 2, Kind: "api_request", Name: p.Models[0],
			Facts: []report.Fact{{Name: "cost_usd", Value: "0.0412"}, {Name: "input_tokens", Value: "1204"}, {Name: "request_id", Value: fmt.Sprintf("req_01%06d", i)}},
		})
		at = at.Add(each * 2)
		tool := report.Step{Start: at, Duration: each / 2, Kind: "tool_result", Name: toolNames[i], Depth: 1, Facts: []report.Fact{{Name: "tool_result_size_bytes", Value: "3112"}}}
		if i == 3 {
			tool.Failed, tool.Why = true, "timeout"
		}
		out = append(out, report.Step{Start: at, Kind: "tool_decision", Name: toolNames[i], Depth: 1, Why: "accept by config"}, tool)
		at = at.Add(each / 2)
	}
	return append(out, report.Step{Start: at, Kind: "assistant_response", Name: "answer"})
}
