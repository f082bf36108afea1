package lookup

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/eventtest"
)

// TestAlertsOfASession checks the alerts of a session, those of its user while it lasted,
// and its permission modes.
func TestAlertsOfASession(t *testing.T) {
	onBoth(t, func(t *testing.T, p *page) {
		t.Helper()
		alert := func(name, user, session string, minutes int) eventtest.Event {
			at := noon.Add(-time.Duration(minutes) * time.Minute)
			attrs := map[string]any{
				"alert.name": name, "alert.status": "firing", "alert.severity": "warning", "alert.fingerprint": name, "alert.starts_at": at.Format(time.RFC3339),
			}
			if user != "" {
				attrs["user"] = user
			}
			if session != "" {
				attrs["session"], attrs["session.id"] = session, session
			}
			return eventtest.Event{Kind: "cowork.alert", At: at, Attrs: attrs}
		}
		decide := func(sequence int, mode string) eventtest.Event {
			return event("tool_decision", sequence, map[string]any{"tool_name": "Bash", "decision": "accept", "source": "config", "permission_mode": mode})
		}
		p.add(t, decide(1, "default"), decide(2, "plan"), decide(30_000, "default"),
			alert("mine", "alice", "", 1), alert("later", "alice", "", 0), alert("others", "bob", "", 1), alert("nobody", "", "", 1))
		timeline, err := p.Session(t.Context(), "s1")
		require.NoError(t, err)
		require.Equal(t, []string{"default", "plan"}, timeline.Modes)
		var names []string
		for _, a := range timeline.Alerts {
			names = append(names, a.Name)
		}
		require.Equal(t, []string{"mine"}, names)
	})
}
