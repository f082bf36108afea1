package ingest

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/eventtest"
)

const selectTools = `select t.name, c.name, calls, failures, rejections from prompt_tools
	join names t on t.id = tool_id join names c on c.id = connector_id order by t.name, c.name`

func tool(sequence int, name, success string) eventtest.Event {
	return eventOf("tool_result", sequence, map[string]any{"tool_name": name, "success": success, "tool_use_id": fmt.Sprint("t", sequence)})
}

// TestToolsOfPrompts checks that the calls of a prompt add up by tool and connector over
// commits, with failed requests for a connector, and that they are deleted with the prompt.
func TestToolsOfPrompts(t *testing.T) {
	onBoth(t, func(t *testing.T, name string) {
		t.Helper()
		set := DefaultSettings()
		set.MaxPrompts = 1
		in := open(t, name, set)
		reject := eventOf("tool_decision", 5, map[string]any{"tool_name": "Bash", "decision": "reject", "source": "user_reject", "tool_use_id": "t5"})
		accept := eventOf("tool_decision", 6, map[string]any{"tool_name": "Edit", "decision": "accept", "source": "config", "tool_use_id": "t6"})
		failed := eventOf("api_error", 7, map[string]any{"model": "opus", "status_code": 500, "mcp_server.name": "crm"})
		add(t, in, tool(1, "Bash", "true"), tool(2, "mcp__crm__search", "false"), reject, accept)
		add(t, in, tool(3, "Bash", "false"), tool(4, "mcp__wiki__search", "true"), failed)
		require.Equal(t, []string{"(unknown), crm, 0, 1, 0", "Bash, (unknown), 2, 1, 1", "search, crm, 1, 1, 0", "search, wiki, 1, 0, 0"}, rows(t, in, selectTools))
		late := tool(8, "Read", "true")
		late.Attrs["prompt.id"] = "p2"
		late.At = noon
		add(t, in, late)
		require.NoError(t, in.Sweep(t.Context(), noon))
		require.Equal(t, []string{"Read, (unknown), 1, 0, 0"}, rows(t, in, selectTools))
	})
}

// TestMaxTools checks that a prompt has at most a hundred rows: calls of further tools count
// as those of (other), over commits too.
func TestMaxTools(t *testing.T) {
	onBoth(t, func(t *testing.T, name string) {
		t.Helper()
		in := open(t, name, DefaultSettings())
		var list []eventtest.Event
		for i := range 150 {
			list = append(list, tool(i, fmt.Sprintf("tool%03d", i), "true"))
		}
		add(t, in, list[:60]...)
		require.Zero(t, in.TakeStats().ToolsDropped)
		add(t, in, list[60:]...)
		require.Equal(t, int64(51), in.TakeStats().ToolsDropped)
		add(t, in, tool(200, "tool000", "true"), tool(201, "tool149", "false"))
		require.Equal(t, int64(1), in.TakeStats().ToolsDropped)
		require.Equal(t, []string{"100, 152, 1"}, rows(t, in, "select count(*), sum(calls), sum(failures) from prompt_tools"))
		require.Equal(t, []string{"(other), (other), 52, 1, 0"}, rows(t, in, selectTools)[:1])
	})
}

// TestModesOfPrompts checks the permission modes and the refusals of a prompt.
func TestModesOfPrompts(t *testing.T) {
	onBoth(t, func(t *testing.T, name string) {
		t.Helper()
		in := open(t, name, DefaultSettings())
		for i, mode := range []string{"default", "bypassPermissions", "default", ""} {
			add(t, in, eventOf("tool_decision", i, map[string]any{"tool_name": "Bash", "decision": "accept", "source": "config", "permission_mode": mode, "tool_use_id": fmt.Sprint(i)}))
		}
		add(t, in, eventOf("api_refusal", 9, map[string]any{"model": "opus"}))
		require.Equal(t, []string{"1, default\nbypassPermissions"}, rows(t, in, "select refusals, modes from prompts"))
		require.Equal(t, []string{"1"}, rows(t, in, "select refusals from sessions"))
	})
}
