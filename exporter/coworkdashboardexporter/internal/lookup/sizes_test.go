package lookup

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// TestStorage checks that each table has its size, and the date of its oldest entry.
func TestStorage(t *testing.T) {
	onBoth(t, func(t *testing.T, p *page) {
		t.Helper()
		old := event("plugin_loaded", 1, map[string]any{"plugin.name": "crm"})
		old.At = noon.AddDate(0, 0, -10)
		p.add(t, old, event("api_request", 2, map[string]any{"model": "opus", "cost_usd": 1}))
		p.add(t, event("cowork.alert", 3, map[string]any{"alert.name": "slow_tool", "alert.status": "firing"}))
		setup, err := p.Setup(t.Context())
		require.NoError(t, err)
		require.Equal(t, p.db.Engine(), setup.Storage.Engine)
		require.Positive(t, setup.Storage.Bytes)
		oldest := map[string]string{}
		for _, table := range setup.Storage.Tables {
			oldest[table.Name] = table.Oldest
		}
		for name := range timeColumns {
			require.Contains(t, oldest, name)
		}
		for name, want := range map[string]string{
			"activity_hour": "2026-11-11", "activity_by_user_day": "2026-11-11", "activity_by_user_week": "2026-11-09", "usage_day": "2026-11-21", "skills_day": "",
			"prompts": "2026-11-21", "sessions": "2026-11-21", "alerts": "2026-11-21", "plugin_users": "2026-11-11", "setup_counts": "2026-11-11", "names": "",
		} {
			require.Equal(t, want, oldest[name], name)
		}
	})
}
