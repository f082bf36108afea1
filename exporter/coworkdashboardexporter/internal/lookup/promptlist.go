package lookup

import (
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
)

// promptList is the table of prompts.
var promptList = list[report.Prompt]{
	table: "prompts", columns: promptColumns, names: nameColumns("prompts"),
	read: readPrompt,
	id:   func(p report.Prompt) string { return p.ID },
	orders: map[string]order{
		"start":      {"start_ns", false, false},
		"id":         {"prompts.id", true, false},
		"session":    {"session_id", true, false},
		"user":       {"coalesce(u.name, '')", true, true},
		"team":       {"coalesce(t.name, '')", true, true},
		"models":     {"substr(models, 1, 60)", true, false}, // which is in the address of the next page
		"outcome":    {"case when errors + tool_failures > 0 then 3 when refusals > 0 then 2 when tool_rejections > 0 then 1 else 0 end", false, false},
		"cost":       {"cost_micros", false, false},
		"tokens":     {"input + output + cache_read + cache_creation", false, false},
		"input":      {"input", false, false},
		"output":     {"output", false, false},
		"cache":      {"cache_read + cache_creation", false, false},
		"requests":   {"requests", false, false},
		"tools":      {"tools", false, false},
		"errors":     {"errors + tool_failures", false, false},
		"rejections": {"tool_rejections", false, false},
		"duration":   {"end_ns - start_ns", false, false},
	},
}

// addOfPrompts adds the conditions on prompts that a search of sessions has too.
func (c *condition) addOfPrompts(f *report.Filter, s *report.Search) {
	if f.Model != "" { // a whole line of the list
		c.and("'\n' || models || '\n' <> replace('\n' || models || '\n', %s, '')", "\n"+f.Model+"\n")
	}
	of := outcomes[s.Outcome]
	if of.timed != "" {
		c.and(of.timed, report.OpenSince(s.Now).UnixNano())
	}
	c.text += of.prompts
	if f.Tool == "" && f.Connector == "" {
		return
	}
	c.text += " and prompts.id in (select prompt_id from prompt_tools where true" + of.tools
	if f.Tool != "" {
		c.and(named("tool_id", "tool"), f.Tool)
	}
	if f.Connector != "" {
		c.and(named("connector_id", "connector"), f.Connector)
	}
	c.text += ")"
}

// outcomes are the conditions of outcomes on prompts, on the calls of the tool in the
// filter, and on the time since which prompts are in progress.
var outcomes = map[report.Outcome]struct{ prompts, tools, timed string }{
	report.OutcomeFailed:   {prompts: " and errors + tool_failures > 0", tools: " and failures > 0"},
	report.OutcomeRejected: {prompts: " and tool_rejections > 0", tools: " and rejections > 0"},
	report.OutcomeRefused:  {prompts: " and refusals > 0"},
	report.OutcomeOpen:     {timed: "closed = 0 and end_ns > %s"},
	report.OutcomeOK:       {prompts: " and errors + tool_failures + tool_rejections + refusals = 0", timed: "(closed = 1 or end_ns <= %s)"},
}
