package lookup

import (
	"maps"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/eventtest"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
)

// alertOf returns an alert record some minutes before noon.
func alertOf(fingerprint, severity, status string, minutes int, more map[string]any) eventtest.Event {
	attrs := map[string]any{
		"alert.name": "rule_" + fingerprint, "alert.status": status, "alert.severity": severity, "alert.fingerprint": fingerprint,
		"alert.message": fingerprint + " " + status, "alert.why": "Work stops.", "alert.action": "Check it.", "alert.starts_at": "2026-11-21T11:00:00Z",
	}
	maps.Copy(attrs, more)
	return eventtest.Event{Kind: "cowork.alert", At: noon.Add(-time.Duration(minutes) * time.Minute), Attrs: attrs}
}

// TestAlerts lists firing alerts by severity before others, with their prompts, sessions
// and history, within a filter.
func TestAlerts(t *testing.T) {
	onBoth(t, func(t *testing.T, p *page) {
		t.Helper()
		p.add(t, event("user_prompt", 1, map[string]any{"cowork.team": "sales"}),
			alertOf("a", "info", "firing", 5, nil),
			alertOf("b", "critical", "firing", 50, map[string]any{"user": "alice", "tool": "Bash", "prompt.id": "p1", "alert.event_id": "cd78a8d99425bb59", "alert.tags": []any{"attack.t1059.004", "<b>no tag</b>", "owasp.llm03-2026"}}),
			alertOf("c", "critical", "firing", 40, map[string]any{"connector": "crm"}),
			alertOf("c", "critical", "resolved", 20, map[string]any{"connector": "crm", "alert.ends_at": "2026-11-21T11:40:00Z"}),
			alertOf("d", "critical", "firing", 60*24*3, map[string]any{"session.id": "s9"}),
			alertOf("e", "warning", "resolved", 60*24*3, nil))
		check := func(f report.Filter, limit, wantCut int, want ...string) {
			t.Helper()
			f.From, f.To = lastDay.From, lastDay.To
			list, cut, err := p.Alerts(t.Context(), f, limit)
			require.NoError(t, err)
			var got []string
			for _, a := range list {
				got = append(got, a.Fingerprint)
			}
			require.Equal(t, want, got)
			require.Equal(t, wantCut, cut)
		}
		check(report.Filter{}, 10, 0, "b", "d", "a", "c")
		check(report.Filter{}, 2, 2, "b", "d")
		check(report.Filter{User: "alice"}, 10, 0, "b")
		check(report.Filter{Team: "sales"}, 10, 0, "b")
		check(report.Filter{Team: "support"}, 10, 0)
		check(report.Filter{Tool: "Bash"}, 10, 0, "b")
		check(report.Filter{Connector: "crm"}, 10, 0, "c")

		list, _, err := p.Alerts(t.Context(), lastDay, 10)
		require.NoError(t, err)
		require.Equal(t, report.Alert{
			Fingerprint: "b", Name: "rule_b", Severity: "critical", Status: "firing", Group: "user alice, tool Bash", Message: "b firing", Why: "Work stops.", Advice: "Check it.",
			Tags: []string{"attack.t1059.004", "owasp.llm03-2026"},
			User: "alice", Tool: "Bash", Prompt: "p1", Session: "s1", Event: "cd78a8d99425bb59", Start: noon.Add(-time.Hour), Last: noon.Add(-50 * time.Minute), Notifications: 1,
			Changes: []report.AlertChange{{At: noon.Add(-50 * time.Minute), Status: "firing", Message: "b firing", Prompt: "p1", Event: "cd78a8d99425bb59"}},
		}, list[0])
		require.Equal(t, "s9", list[1].Session)
		require.Equal(t, noon.Add(-20*time.Minute), list[3].End)
		require.Equal(t, []string{"resolved", "firing"}, []string{list[3].Changes[0].Status, list[3].Changes[1].Status})

		one, err := p.Alert(t.Context(), "c")
		require.NoError(t, err)
		require.Equal(t, "c resolved", one.Message)
		_, err = p.Alert(t.Context(), "none")
		require.ErrorIs(t, err, report.ErrNotFound)
	})
}
