package events

import (
	"slices"
	"strings"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web/format"
)

// telling are the attributes that describe an event in a line, the most important first.
var telling = []string{
	"alert.name", "alert.severity", "alert.status", "alert.message", "tool_name", "mcp_server.name", "server_name", "model", "skill.name", "plugin.name", "agent_type", "decision",
	"source", "success", "status", "error_type", "status_code", "from_mode", "to_mode", "command_name", "hook_event", "cost_usd", "duration_ms", "input_tokens",
	"output_tokens", "prompt_length", "response_length", "error", "cowork.prompt.cost_usd", "cowork.prompt.duration_ms", "cowork.prompt.api_request_count",
	"cowork.prompt.tool_count",
}

// maxTelling is how many attributes a line has.
const maxTelling = 4

// summaryOf returns the most important attributes of an event.
func summaryOf(e report.Event) (list []report.Detail) {
	for _, name := range telling {
		i := slices.IndexFunc(e.Attributes, func(d report.Detail) bool { return d.Name == name })
		if i < 0 || len(list) == maxTelling {
			continue
		}
		value, _ := format.Name(e.Attributes[i].Value)
		list = append(list, report.Detail{Name: strings.TrimPrefix(name, "cowork.prompt."), Value: value})
	}
	return list
}
