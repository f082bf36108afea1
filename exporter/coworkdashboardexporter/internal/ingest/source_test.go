package ingest

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/eventtest"
)

// of returns an event of a user some days before noon.
func of(user, kind string, days int, attrs map[string]any) eventtest.Event {
	e := by(user, eventOf(kind, days, attrs))
	e.At = noon.AddDate(0, 0, -days)
	return e
}

// TestSources checks the first and the last day on which users had connectors, plugins and
// skills, in any order of arrival. A connector that failed to connect is not used.
func TestSources(t *testing.T) {
	onBoth(t, func(t *testing.T, name string) {
		t.Helper()
		in := open(t, name, DefaultSettings())
		connected := map[string]any{"server_name": "crm", "server_scope": "project", "status": "connected"}
		add(t, in, of("ada", "mcp_server_connection", 3, connected), of("bob", "mcp_server_connection", 9, connected))
		add(t, in, of("ada", "mcp_server_connection", 8, connected), of("ada", "mcp_server_connection", 5, connected),
			of("ada", "mcp_server_connection", 1, map[string]any{"server_name": "mail", "status": "failed"}),
			of("ada", "tool_result", 2, map[string]any{"tool_name": "mcp__crm__find", "mcp_server_scope": "claudeai", "tool_use_id": "t"}),
			of("ada", "plugin_loaded", 2, map[string]any{"plugin.name": "notes", "plugin.scope": "user-local", "marketplace.name": "m"}),
			of("bob", "skill_activated", 4, map[string]any{"skill.name": "report", "skill.source": "userSettings"}))
		require.Equal(t, []string{
			"connector, crm, claudeai, (unknown), ada, 20261119, 20261119",
			"connector, crm, project, (unknown), ada, 20261113, 20261118",
			"connector, crm, project, (unknown), bob, 20261112, 20261112",
			"plugin, notes, user-local, m, ada, 20261119, 20261119",
			"skill, report, userSettings, (unknown), bob, 20261117, 20261117",
		}, rows(t, in, `select what, n.name, o.name, m.name, u.name, first_day, sources.last_day from sources join names n on n.id = name_id
			join names o on o.id = origin_id join names m on m.id = marketplace_id join names u on u.id = user_id order by 1, 2, 3, 5`))
		require.NoError(t, in.Sweep(t.Context(), noon.Add(in.set.Days-96*time.Hour)))
		require.Equal(t, []string{"4"}, rows(t, in, "select count(*) from sources"))
	})
}

// TestVerdictsAndVersions checks the verdicts of cowork_egress on connectors, plugins and
// hosts, and the versions of plugins with the keys by which they are compared.
func TestVerdictsAndVersions(t *testing.T) {
	onBoth(t, func(t *testing.T, name string) {
		t.Helper()
		in := open(t, name, DefaultSettings())
		add(t, in,
			of("ada", "mcp_server_connection", 3, map[string]any{"server_name": "crm", "server_scope": "project", "status": "connected", "cowork.connector.verdict": "allowed"}),
			of("ada", "plugin_loaded", 2, map[string]any{"plugin.name": "notes", "plugin.scope": "org", "plugin.version": "1.10.2", "cowork.plugin.verdict": "disabled"}),
			of("bob", "plugin_installed", 1, map[string]any{"plugin.name": "notes", "plugin.version": "nightly"}),
			of("bob", "tool_result", 1, map[string]any{
				"tool_name": "WebFetch", "tool_use_id": "t", "tool_input": "https://a.example/ https://d.example/",
				"cowork.egress.verdict": "disabled", "cowork.egress.allowed": []any{"a.example"}, "cowork.egress.disabled": []any{"d.example"},
			}))
		require.Equal(t, []string{
			"connector, crm, project, allowed, ada",
			"host, a.example, allowed, (unknown), bob",
			"host, d.example, disabled, (unknown), bob",
			"plugin, notes, org, (unknown), ada",
			"plugin_verdict, notes, disabled, (unknown), ada",
			"plugin_version, notes, 1.10.2, 0000010000100000020000001, ada",
			"plugin_version, notes, nightly, (unknown), bob",
		}, rows(t, in, `select what, n.name, o.name, m.name, u.name from sources join names n on n.id = name_id
			join names o on o.id = origin_id join names m on m.id = marketplace_id join names u on u.id = user_id order by 1, 2, 3, 5`))
	})
}

// TestHostsBeyondBoundsAreCounted counts the hosts that one event has too many of, and
// those beyond max_names.
func TestHostsBeyondBoundsAreCounted(t *testing.T) {
	set := DefaultSettings()
	set.MaxNames = 3
	in := inMemory(t, set)
	var command strings.Builder
	for i := range 10 {
		fmt.Fprintf(&command, "curl https://h%d.example.com; ", i)
	}
	add(t, in, of("ada", "tool_result", 0, map[string]any{"tool_name": "Bash", "tool_input": command.String()}))
	require.Equal(t, []string{"(other), 5", "h0.example.com, 1", "h1.example.com, 1", "h2.example.com, 1"},
		rows(t, in, "select n.name, calls from egress_by_user_day join names n on n.id = host_id order by 1"))
	stats := in.TakeStats()
	require.Equal(t, map[string]int64{"host": 7}, stats.OverflowByKind())
}
