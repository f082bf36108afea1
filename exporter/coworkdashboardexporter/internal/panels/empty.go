package panels

import (
	"cmp"
	"slices"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
)

// emptyTexts are shown in place of answers without rows, by the fact that a panel counts:
// which events it needs, or that there is nothing to do.
var emptyTexts = map[string]string{
	"usage":            "No requests in this time range. They arrive as api_request events: choose a longer range, or see Setup.",
	"activity":         "No activity in this time range. Choose a longer range, or see Setup.",
	"tool_calls":       "No tool calls in this time range. They arrive as tool_result events.",
	"tool_decisions":   "No permission decisions in this time range. They arrive as tool_decision events.",
	"permission_modes": "No permission decisions in this time range. They arrive as tool_decision events.",
	"connector_errors": "No errors of connectors in this time range.",
	"connections":      "No connections in this time range. They arrive as mcp_server_connection events.",
	"api_errors":       "No failed requests in this time range.",
	"skills":           "No skills were used in this time range.",
	"plugins":          "No plugins were loaded in this time range.",
	"plugin_users":     "No plugins of the organization were loaded in this time range.",
	"subagents":        "No subagents ran in this time range.",
	"versions":         "No events in this time range. Choose a longer range, or see Setup.",
	"alerts":           "No alerts in this time range.",
}

// nothingFailed are the texts of panels that are empty when nothing failed.
var nothingFailed = map[string]string{
	"failed_requests_over_time": "No request failed or was refused in this time range.",
	"failures_over_time":        "No call failed or was rejected in this time range.",
	"failures_by_user":          "No call failed in this time range.",
	"rejections":                "No call was rejected in this time range.",
}

// withEmptyTexts returns pages whose panels have a text for an answer without rows.
func withEmptyTexts(pages []report.Page) []report.Page {
	for i := range pages {
		pages[i].Panels = slices.Clone(pages[i].Panels)
		for j := range pages[i].Panels {
			p := &pages[i].Panels[j]
			p.Empty = cmp.Or(p.Empty, nothingFailed[p.ID], emptyTexts[p.Query.Fact])
		}
	}
	return pages
}
