package webtest

import (
	"context"
	"time"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
)

// Setup is of a team that has nearly all right.
func (t *Team) Setup(context.Context) (report.Setup, error) {
	if err := t.ask("setup", report.Filter{}); err != nil {
		return report.Setup{}, err
	}
	return report.Setup{
		Kinds: []report.Kind{
			kind("user_prompt", true, 4_812, time.Minute, "prompt_length", 1),
			kind("api_request", true, 63_402, 3*time.Second, "cost_usd", 1, "ttft_ms", 0.91, "request_id", 1),
			kind("api_error", true, 524, 4*time.Minute, "status_code", 0.99),
			kind("tool_decision", true, 41_876, 9*time.Second, "permission_mode", 0.74),
			kind("tool_result", true, 41_233, 8*time.Second, "success", 1, "duration_ms", 1),
			kind("assistant_response", false, 4_790, time.Minute),
			kind("mcp_server_connection", false, 1_204, 2*time.Hour),
			kind("plugin_loaded", false, 3_660, 31*time.Minute),
		},
		Rejected: []report.Count{{Name: "tool_decision: source: missing", Events: 88}, {Name: "api_request: input_tokens: not a number", Events: 3}},
		Content:  report.Content{Absent: 120, Replaced: 9_482, Findings: 211},
		Services: []report.Count{{Name: "cowork", Events: 158_000}, {Name: "claude-code", Events: 9_120}},
	}, nil
}

func kind(name string, core bool, events int64, last time.Duration, shares ...any) report.Kind {
	k := report.Kind{
		Name: name, Core: core, Events: events, First: Now.AddDate(0, 0, -29), Last: Now.Add(-last),
		Versions: []report.Version{{Name: "2.1.329", Events: events * 3 / 4, Last: Now}, {Name: "2.1.311", Events: events / 4, Last: Now.Add(-26 * time.Hour)}},
		Attributes: []report.Share{
			{Name: "session.id", Share: 1},
			{Name: "organization.id", Share: 0.997},
			{Name: "user.account_uuid", Share: 0.997},
			{Name: "user.email", Share: 0.934},
			{Name: "prompt.id", Share: 1},
		},
	}
	for i := 0; i+1 < len(shares); i += 2 {
		share, whole := shares[i+1].(int)
		part, _ := shares[i+1].(float64)
		if whole {
			part = float64(share)
		}
		k.Attributes = append(k.Attributes, report.Share{Name: shares[i].(string), Share: part})
	}
	return k
}
