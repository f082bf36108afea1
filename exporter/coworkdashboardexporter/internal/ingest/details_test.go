package ingest

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/database"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/details"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/eventtest"
)

// ofPrompt returns the event of another prompt and session.
func ofPrompt(id int, e eventtest.Event) eventtest.Event {
	e.Attrs["prompt.id"], e.Attrs["session.id"] = fmt.Sprintf("p%d", id), fmt.Sprintf("s%d", id)
	return e
}

// TestMaxPrompts checks that the oldest prompts are deleted with their steps, after some
// commits and by a sweep, and that a prompt keeps its first steps.
func TestMaxPrompts(t *testing.T) {
	onBoth(t, func(t *testing.T, name string) {
		t.Helper()
		set := DefaultSettings()
		set.MaxPrompts, set.MaxSteps = 3, 2
		in := open(t, name, set)
		for i := range 5 {
			for j := range 4 {
				add(t, in, ofPrompt(i, request(10*i+j, 1)))
			}
		}
		require.NoError(t, in.Sweep(t.Context(), noon))
		const query = "select id, requests, steps, cut, (select count(*) from steps where prompt_id = prompts.id) from prompts order by id"
		require.Equal(t, []string{"p2, 4, 2, 2, 2", "p3, 4, 2, 2, 2", "p4, 4, 2, 2, 2"}, rows(t, in, query))
		require.Equal(t, []string{"6"}, rows(t, in, "select count(*) from steps"))
		require.Equal(t, int64(10), in.TakeStats().StepsDropped)
		for i := 0; i == 0 || in.committed.Load()%trimEvery != 0; i++ {
			add(t, in, ofPrompt(6+i, request(100+i, 1)))
		}
		require.Len(t, rows(t, in, query), 3, "after some commits, without a sweep")
		require.Equal(t, []string{"3"}, rows(t, in, "select count(*) from steps"))
	})
}

// TestFloodOfPrompts checks that within one commit the oldest prompts are dropped and
// counted, and that sums have all of them.
func TestFloodOfPrompts(t *testing.T) {
	set := DefaultSettings()
	set.MaxPrompts = 2
	in := inMemory(t, set)
	var all []eventtest.Event
	for i := range 5 {
		all = append(all, ofPrompt(i, request(i, 1)))
	}
	add(t, in, all...)
	require.Equal(t, []string{"p3", "p4"}, rows(t, in, "select id from prompts order by id"))
	require.Equal(t, int64(3), in.TakeStats().PromptsDropped)
	require.Equal(t, []string{"5"}, rows(t, in, "select sum(requests) from usage_day"))
}

// TestNoPrompts checks that no prompts are stored if their number is 0.
func TestNoPrompts(t *testing.T) {
	set := DefaultSettings()
	set.MaxPrompts = 0
	in := inMemory(t, set)
	add(t, in, story()...)
	require.Equal(t, []string{"0, 0, 1"}, rows(t, in, "select (select count(*) from prompts), (select count(*) from steps), (select count(*) from sessions)"))
}

// TestMaxSessions checks that the oldest sessions are deleted, and counted.
func TestMaxSessions(t *testing.T) {
	onBoth(t, func(t *testing.T, name string) {
		t.Helper()
		set := DefaultSettings()
		set.MaxSessions = 2
		in := open(t, name, set)
		for i := range 5 {
			e := ofPrompt(i, request(i, 1))
			e.At = noon.Add(time.Duration(i-60) * time.Second)
			add(t, in, e)
		}
		require.NoError(t, in.Sweep(t.Context(), noon))
		require.Equal(t, []string{"s3", "s4"}, rows(t, in, "select id from sessions order by id"))
		require.Equal(t, int64(3), in.TakeStats().SessionsDropped)
		require.Equal(t, []string{"5"}, rows(t, in, "select sum(sessions) from activity_day"))
		for i := 0; i == 0 || in.committed.Load()%trimEvery != 0; i++ {
			add(t, in, ofPrompt(6+i, request(100+i, 1)))
		}
		require.Len(t, rows(t, in, "select id from sessions"), 2, "after some commits, without a sweep")
	})
}

// TestSessions checks the times and numbers of a session, in any order of arrival, and
// that events which count nothing begin none.
func TestSessions(t *testing.T) {
	onBoth(t, func(t *testing.T, name string) {
		t.Helper()
		in := open(t, name, DefaultSettings())
		late, early := request(9, 1), request(1, 1)
		late.At, early.At = noon.Add(-time.Minute), noon.Add(-time.Hour)
		early.Attrs["user.account_uuid"] = ""
		add(t, in, early)
		add(t, in, late, eventOf("user_prompt", 5, nil))
		add(t, in, eventOf("user_prompt", 6, map[string]any{"prompt.id": "p2", "cowork.prompt.origin": "task"}))
		ld := eventtest.Logs(eventOf("api_request", 10, map[string]any{"session.id": "desktop"}))
		ld.ResourceLogs().At(0).ScopeLogs().At(0).Scope().SetName("claude-desktop.events")
		in.Add(noon, ld)
		add(t, in, eventOf("cowork.alert", 11, map[string]any{"session.id": "alert", "alert.name": "a"}))
		require.Equal(t, []string{"s1, alice, 3540, 4, 1"}, rows(t, in, "select sessions.id, name, last_seen - first_seen, events, prompts from sessions join names on names.id = user_id"))
		require.Equal(t, []string{"1"}, rows(t, in, "select sum(sessions) from activity_hour"))
	})
}

func alert(fingerprint, status string, second int) eventtest.Event {
	return eventtest.Event{Kind: "cowork.alert", At: noon.Add(time.Duration(second-60) * time.Second), Attrs: map[string]any{
		"alert.name": "slow_tool", "alert.status": status, "alert.severity": "warning", "alert.fingerprint": fingerprint,
		"alert.message": "Slow tool: " + status, "alert.why": "Users wait.", "alert.action": "Check it.", "alert.measured": "9 s", "prompt.id": "p1", "user": "ada",
		"alert.starts_at": "2026-11-21T11:50:00Z", "connector": "crm",
	}}
}

// TestAlerts checks that the latest record of an alert counts in any order of arrival, and
// that each record is in its history once.
func TestAlerts(t *testing.T) {
	onBoth(t, func(t *testing.T, name string) {
		t.Helper()
		in := open(t, name, DefaultSettings())
		check := func(want string) {
			t.Helper()
			require.Equal(t, []string{"f, slow_tool, warning, " + want},
				rows(t, in, "select fingerprint, name, severity, status, detail, starts_at, ends_at, notifications from alerts"))
		}
		add(t, in, alert("f", "firing", 1))
		check("firing, user ada, connector crm, 1795261800, 0, 1")
		add(t, in, alert("f", "resolved", 9), alert("f", "firing", 5))
		check("resolved, user ada, connector crm, 1795261800, 0, 3")
		add(t, in, alert("f", "firing", 7)) // came late
		check("resolved, user ada, connector crm, 1795261800, 0, 4")
		add(t, in, alert("f", "firing", 11))
		check("firing, user ada, connector crm, 1795261800, 0, 5")
		require.Equal(t, []string{"Slow tool: firing, Users wait., Check it., 9 s, p1, ada, crm"},
			rows(t, in, "select message, why, advice, measured, prompt_id, u.name, connector from alerts join names u on u.id = user_id"))
		add(t, in, alert("f", "firing", 11)) // delivered twice
		require.Equal(t, []string{"11, Slow tool: firing, p1", "9, Slow tool: resolved, p1", "7, Slow tool: firing, p1", "5, Slow tool: firing, p1", "1, Slow tool: firing, p1"},
			rows(t, in, fmt.Sprintf("select at_ns / 1000000000 - %d, message, prompt_id from alert_changes order by at_ns desc", noon.Unix()-60)))
		require.Equal(t, []string{"0"}, rows(t, in, "select count(*) from activity_day"), "an alert is nothing that a user did")
	})
}

func TestMaxAlerts(t *testing.T) {
	onBoth(t, func(t *testing.T, name string) {
		t.Helper()
		set := DefaultSettings()
		set.MaxAlerts = 2
		in := open(t, name, set)
		add(t, in, alert("f0", "firing", 0), alert("f1", "firing", 1), alert("f2", "firing", 2))
		require.Equal(t, int64(1), in.TakeStats().AlertsDropped, "beyond the limit of a commit")
		add(t, in, alert("f3", "firing", 9))
		require.NoError(t, in.Sweep(t.Context(), noon))
		require.Equal(t, []string{"f1", "f3"}, rows(t, in, "select fingerprint from alerts order by 1"))
		require.Equal(t, int64(1), in.TakeStats().AlertsDropped)
		for i := range 25 { // the history has ten times as many rows
			add(t, in, alert("f3", "firing", 20+i))
		}
		require.NoError(t, in.Sweep(t.Context(), noon.Add(time.Hour)))
		require.Equal(t, []string{"20, 25"}, rows(t, in, fmt.Sprintf("select count(*), min(at_ns) / 1000000000 - %d from alert_changes", noon.Unix()-60)))
		require.Equal(t, int64(8), in.TakeStats().AlertsDropped)
	})
}

// TestTextsOfAlertsAreBounded cuts a long message at a character.
func TestTextsOfAlertsAreBounded(t *testing.T) {
	in := inMemory(t, DefaultSettings())
	long := alert("f", "firing", 1)
	long.Attrs["alert.message"], long.Attrs["alert.action"] = strings.Repeat("é", 700), strings.Repeat("é", 700)
	add(t, in, long)
	require.Equal(t, []string{"500, 250, 500"}, rows(t, in, "select length(alerts.message), length(advice), length(alert_changes.message) from alerts join alert_changes using (fingerprint)"))
}

// TestPluginUsers checks the first and the last day on which a user loaded a plugin.
func TestPluginUsers(t *testing.T) {
	onBoth(t, func(t *testing.T, name string) {
		t.Helper()
		in := open(t, name, DefaultSettings())
		load := func(user string, days int) eventtest.Event {
			e := by(user, eventOf("plugin_loaded", 10*days+len(user), map[string]any{"plugin.name": "crm", "enabled_via": "org-policy"}))
			e.At = noon.AddDate(0, 0, -days)
			return e
		}
		add(t, in, load("alice", 2), load("alice", 3), load("bob", 0), load("", 1))
		add(t, in, load("alice", 1), load("alice", 5))
		require.Equal(t, []string{"crm, org-policy, alice, acme, 20261116, 20261120", "crm, org-policy, bob, acme, 20261121, 20261121"},
			rows(t, in, `select p.name, v.name, u.name, o.name, first_day, plugin_users.last_day from plugin_users join names p on p.id = plugin_id
				join names v on v.id = enabled_via_id join names u on u.id = user_id join names o on o.id = organization_id order by u.name`))
	})
}

// TestSweepDetails checks the retention of each detail.
func TestSweepDetails(t *testing.T) {
	onBoth(t, func(t *testing.T, name string) {
		t.Helper()
		set := DefaultSettings()
		set.Hours, set.Sessions, set.Days = 24*time.Hour, 24*time.Hour, 20*24*time.Hour
		in := open(t, name, set)
		for i, days := range []int{0, 10, 18} {
			at := noon.AddDate(0, 0, -days)
			for _, e := range []eventtest.Event{
				ofPrompt(i, request(i, 1)), alert(fmt.Sprintf("f%d", i), "firing", 0),
				ofPrompt(i, eventOf("plugin_loaded", i, map[string]any{"plugin.name": fmt.Sprintf("plugin %d", i)})),
			} {
				e.At = at
				add(t, in, e)
			}
		}
		count := func() string {
			var list []string
			for _, table := range []string{"prompts", "steps", "sessions", "alerts", "plugin_users"} {
				list = append(list, table+" "+rows(t, in, "select count(*) from "+table)[0])
			}
			list = append(list, rows(t, in, "select 'kinds ' || count(distinct day) from setup_counts where what = 'kind'")[0],
				rows(t, in, "select 'services ' || count(distinct day) from setup_counts where what = 'service'")[0])
			return strings.Join(list, ", ")
		}
		require.Equal(t, "prompts 3, steps 3, sessions 3, alerts 3, plugin_users 3, kinds 3, services 3", count())
		require.NoError(t, in.Sweep(t.Context(), noon))
		require.Equal(t, "prompts 3, steps 3, sessions 1, alerts 3, plugin_users 3, kinds 3, services 1", count())
		require.NoError(t, in.Sweep(t.Context(), noon.AddDate(0, 0, 4)))
		require.Equal(t, "prompts 2, steps 2, sessions 0, alerts 2, plugin_users 2, kinds 2, services 1", count())
		require.NoError(t, in.Sweep(t.Context(), noon.AddDate(0, 0, 30)))
		require.Equal(t, "prompts 0, steps 0, sessions 0, alerts 0, plugin_users 0, kinds 0, services 0", count())
	})
}

// hostile are texts with markup, SQL, control characters and the like.
var hostile = []string{
	"<script>alert(1)</script>", "'; drop table prompts; --", "\u202egnp.exe", "a\x00b", "\xff\xfe\xfd", "%s%d%n", "-1", "\n\r\t", strings.Repeat("é", 1<<16),
}

// TestHostileDetails checks that any text is stored as text, truncated if it is long.
func TestHostileDetails(t *testing.T) {
	onBoth(t, func(t *testing.T, name string) {
		t.Helper()
		in := open(t, name, DefaultSettings())
		for i, text := range hostile {
			e := request(i, 1)
			for _, key := range []string{"model", "organization.id", "user.account_uuid", "session.id", "prompt.id", "query_source", "request_id"} {
				e.Attrs[key] = text
			}
			add(t, in, e, eventOf("tool_result", i, map[string]any{"tool_name": text, "mcp_server.name": text, "error_type": text, "success": text, "tool_use_id": text}),
				eventOf("plugin_loaded", i, map[string]any{"plugin.name": text, "enabled_via": text}),
				eventOf("cowork.alert", i, map[string]any{"alert.name": text, "alert.status": text, "alert.fingerprint": text, "alert.starts_at": text, "user": text}),
				eventtest.Event{Kind: text, At: noon, Attrs: map[string]any{"service.name": text}})
		}
		require.Equal(t, []string{fmt.Sprintf("%d, %d, %d", len(hostile)+1, len(hostile)+1, len(hostile))},
			rows(t, in, "select (select count(*) from prompts), (select count(*) from sessions), (select count(*) from alerts)"))
		for _, query := range []string{"select id || models from prompts", "select kind || name || reason from steps", "select id from sessions", "select a from setup_counts"} {
			for _, text := range rows(t, in, query) {
				require.LessOrEqual(t, len(text), 2*details.MaxBytes+1, query)
			}
		}
	})
}

// TestManySurplusDetails checks that details far beyond the limits are deleted in parts,
// each commit one, until none are left.
func TestManySurplusDetails(t *testing.T) {
	set := DefaultSettings()
	set.MaxPrompts, set.MaxSessions = 3, 2
	in := inMemory(t, set)
	require.NoError(t, in.db.Write(t.Context(), func(ctx context.Context, tx *database.Tx) error {
		var prompts, sessions [][]any
		for i := range 12_000 {
			prompts = append(prompts, []any{fmt.Sprint(i), i, "", 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, "", 0, 0, 0})
			sessions = append(sessions, []any{fmt.Sprint(i), i, 0, 0, 0, 0, 0})
		}
		if err := tx.Insert(ctx, "prompts", []string{
			"id", "start_ns", "session_id", "user_id", "organization_id", "end_ns", "cost_micros", "input", "output", "cache_read", "cache_creation",
			"requests", "unpriced", "errors", "tools", "tool_failures", "tool_rejections", "models", "closed", "steps", "cut",
		}, "", prompts); err != nil {
			return err
		}
		return tx.Insert(ctx, "sessions", []string{"id", "last_seen", "first_seen", "user_id", "organization_id", "events", "prompts"}, "", sessions)
	}))
	count := func() []string {
		return rows(t, in, "select (select count(*) from prompts), (select count(*) from sessions)")
	}
	for i := range trimEvery {
		add(t, in, request(i, 1))
	}
	require.Equal(t, []string{"7001, 2"}, count())
	add(t, in, request(50, 1))
	require.Equal(t, []string{"2001, 2"}, count())
	add(t, in, request(51, 1))
	require.Equal(t, []string{"3, 2"}, count())
}
