package webtest

import (
	"context"
	"fmt"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
)

// A made panel is one with the function that makes up its answer.
type made struct {
	report.Panel
	answer func(*Team, report.Filter) report.Table
}

func panel(id, section, title, question string, shape report.Shape, unit string, answer func(*Team, report.Filter) report.Table) made {
	return made{report.Panel{ID: id, Section: section, Title: title, Question: question, Shape: shape, Unit: unit}, answer}
}

// table is every shape, in the sections of the page.
var table = []made{
	panel("cost", "Overview", "Cost", "What did Cowork cost, by the clients’ estimate?", report.Figure, "USD", figure(func(h hour) float64 { return h.cost })),
	panel("tokens", "Overview", "Tokens", "How many tokens were used?", report.Figure, "{token}", figure(func(h hour) float64 { return float64(h.tokens) })),
	panel("prompts", "Overview", "Prompts", "How many prompts were written?", report.Figure, "{prompt}", figure(func(h hour) float64 { return float64(h.prompts) })),
	panel("active_users", "Overview", "Active users", "How many people wrote a prompt?", report.Figure, "{user}", active),
	panel("cost_per_user", "Overview", "Cost per active user", "What does a person cost who uses Cowork?", report.Figure, "USD/{user}", perUser),
	panel("error_rate", "Overview", "API errors", "How much of what was asked of the API failed?", report.Figure, "1", errorRate),
	panel("cost_by_day", "Cost", "Cost by day and model", "What does each model cost over time?", report.Line, "USD", byDay),
	panel("cost_by_user", "Cost", "Cost by user", "Who costs most?", report.Bar, "USD", byUser),
	panel("cost_by_model", "Cost", "Cost by model", "Which models is the money spent on?", report.Bar, "USD", byModel),
	panel("prompts_by_hour", "Use", "Prompts over time", "When is work handed over?", report.Line, "{prompt}", byHour),
	panel("prompts_by_weekday", "Use", "Prompts by hour of the week", "When is Cowork at work, and is some of it unexpected?", report.Heat, "{prompt}", byWeekday),
	panel("tokens_by_user", "Use", "Tokens by user and day", "Who used how many tokens each day?", report.Heat, "{token}", tokensByUser),
	panel("tools", "Tools and connectors", "Tools", "Which tools are used, and do they work?", report.Bar, "{call}", tools),
	panel("connectors", "Tools and connectors", "Connectors", "Which connectors fail?", report.Bar, "1", connectorErrors),
	panel("latency", "API", "Latency of the API", "How long do answers take?", report.Line, "s", latency),
	panel("statuses", "API", "Errors by status code", "With what does the API refuse?", report.Grid, "", statuses),
	panel("alerts", "Alerts", "Alerts", "What fires, and what did?", report.Grid, "", alerts),
}

// Panels are the panels that a team answers.
func Panels() []report.Panel {
	out := make([]report.Panel, len(table))
	for i, m := range table {
		out[i] = m.Panel
	}
	return out
}

// Answer makes up an answer.
func (t *Team) Answer(ctx context.Context, p report.Panel, f report.Filter) (report.Table, error) {
	if err := t.ask(p.ID, f); err != nil {
		return report.Table{}, err
	}
	for _, m := range table {
		if m.ID == p.ID {
			return m.answer(t, f), ctx.Err()
		}
	}
	return report.Table{}, fmt.Errorf("no panel %s", p.ID)
}

// Choices are the team's names.
func (t *Team) Choices(_ context.Context, f report.Filter) (report.Choices, error) {
	c := report.Choices{Organizations: orgs, Models: models}
	for i := range t.users {
		c.Users = append(c.Users, t.name(i))
	}
	return c, t.ask("choices", f)
}
