package store

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/eventtest"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
)

// TestMaxUsers checks that further users count as (other), are counted in the statistics,
// and are included in the sums.
func TestMaxUsers(t *testing.T) {
	set := inFile(t)
	set.MaxUsers = 3
	s := openStore(t, set)
	for i := range 5 {
		e := request(i, 100)
		e.Attrs["user.account_uuid"] = fmt.Sprintf("user-%d", i)
		add(t, s, e)
	}
	require.Equal(t, [][]any{{"(other)", int64(200)}, {"user-0", int64(100)}, {"user-1", int64(100)}, {"user-2", int64(100)}},
		rows(t, s, "select name, cost from spend_user order by cost desc, name"))
	stats := s.TakeStats()
	require.Equal(t, map[string]int64{"user": 2}, stats.OverflowByName())
	table, err := s.Answer(t.Context(), report.Panel{Query: "select cost from spend_total"}, report.Filter{From: lastDay.From, To: lastDay.To, User: "(other)"})
	require.NoError(t, err)
	require.Equal(t, [][]any{{int64(200)}}, table.Rows)
}

// TestMaxNames checks that the limit applies to each category.
func TestMaxNames(t *testing.T) {
	set := DefaultSettings()
	set.MaxNames = 2
	s := openStore(t, set)
	for i := range 4 {
		add(t, s, event("tool_result", i, map[string]any{"tool_name": fmt.Sprintf("tool%d", i)}), request(10+i, 1))
	}
	require.Equal(t, [][]any{{"(other)", int64(2)}, {"tool0", int64(1)}, {"tool1", int64(1)}}, rows(t, s, "select tool, calls from tool order by 1"))
	require.Equal(t, [][]any{{"opus"}}, rows(t, s, "select name from spend_model"))
	stats := s.TakeStats()
	require.Equal(t, map[string]int64{"tool": 2}, stats.OverflowByName())
}

// TestMaxRecent checks that the oldest identity is evicted for the newest, in memory and
// on disk.
func TestMaxRecent(t *testing.T) {
	set := inFile(t)
	set.MaxRecent = 3
	s := openStore(t, set)
	for i := range 4 {
		add(t, s, request(i, 1))
	}
	add(t, s, request(1, 1), request(2, 1), request(3, 1))
	require.Equal(t, int64(3), s.TakeStats().Duplicates)
	require.NoError(t, s.Close(t.Context()))
	s = openStore(t, set)
	add(t, s, request(3, 1))
	require.Equal(t, int64(1), s.TakeStats().Duplicates)
	add(t, s, request(0, 1))
	require.Zero(t, s.TakeStats().Duplicates, "request 0 was forgotten")
	var stored int
	require.NoError(t, s.write.QueryRow("select sum(length(hashes)) / 8 from recent").Scan(&stored))
	require.Equal(t, 3, stored)
}

func TestMaxPrompts(t *testing.T) {
	set := DefaultSettings()
	set.MaxPrompts, set.MaxSteps = 3, 2
	s := openStore(t, set)
	for i := range 5 {
		for j := range 4 {
			e := request(10*i+j, 1)
			e.Attrs["prompt.id"] = fmt.Sprintf("p%d", i)
			add(t, s, e)
		}
	}
	prompts, err := s.Prompts(t.Context(), lastDay, time.Time{}, 10)
	require.NoError(t, err)
	require.Len(t, prompts, 3)
	require.Equal(t, "p4", prompts[0].ID)
	require.Equal(t, int64(4), prompts[0].Requests)
	require.Equal(t, int64(2), prompts[0].Cut)
	_, steps, err := s.Prompt(t.Context(), "p4")
	require.NoError(t, err)
	require.Len(t, steps, 2)
	_, _, err = s.Prompt(t.Context(), "p0")
	require.ErrorIs(t, err, report.ErrNotFound)
	var kept int
	require.NoError(t, s.write.QueryRow("select count(distinct prompt) from step").Scan(&kept))
	require.Equal(t, 3, kept)
}

// TestFloodOfPrompts checks that within one commit the oldest prompts are dropped and
// counted.
func TestFloodOfPrompts(t *testing.T) {
	set := DefaultSettings()
	set.MaxPrompts = 2
	s := openStore(t, set)
	var all []eventtest.Event
	for i := range 5 {
		e := request(i, 1)
		e.Attrs["prompt.id"] = fmt.Sprintf("p%d", i)
		all = append(all, e)
	}
	add(t, s, all...)
	prompts, err := s.Prompts(t.Context(), lastDay, time.Time{}, 10)
	require.NoError(t, err)
	require.Len(t, prompts, 2)
	require.Equal(t, "p4", prompts[0].ID)
	require.Equal(t, int64(3), s.TakeStats().PromptsDropped)
	require.Equal(t, int64(5), cell(t, s, "select requests from spend_total"), "sums have all of them")
}

func TestMaxAlerts(t *testing.T) {
	set := DefaultSettings()
	set.MaxAlerts = 2
	s := openStore(t, set)
	var all []eventtest.Event
	for i := range 3 {
		all = append(all, alert(fmt.Sprintf("f%d", i), "firing", i))
	}
	add(t, s, all...)
	require.Equal(t, int64(1), s.TakeStats().AlertsDropped)
	add(t, s, alert("f3", "firing", 9))
	require.NoError(t, s.Sweep(t.Context(), noon))
	require.Equal(t, int64(2), cell(t, s, "select count(*) from alerts"))
}

func alert(fingerprint, status string, second int) eventtest.Event {
	return eventtest.Event{Kind: "cowork.alert", At: noon.Add(time.Duration(second-60) * time.Second), Attrs: map[string]any{
		"alert.name": "slow_tool", "alert.status": status, "alert.severity": "warning", "alert.fingerprint": fingerprint,
		"alert.message": "Slow tool: secret took long", "alert.starts_at": "2026-11-21T11:50:00Z", "connector": "crm",
	}}
}

// hostile are names with markup, SQL, control characters and the like.
var hostile = []string{
	"<script>alert(1)</script>", "'; drop table word; --", "\u202egnp.exe", "a\x00b", "\xff\xfe\xfd", "%s%d%n", "-1", "\n\r\t", strings.Repeat("é", 1<<19),
}

// TestHostileNames checks that any text is stored as text, truncated if it is long, and
// affects no other figure.
func TestHostileNames(t *testing.T) {
	s := openStore(t, inFile(t))
	for i, text := range hostile {
		e := request(i, 1)
		for _, key := range []string{"model", "organization.id", "user.account_uuid", "session.id", "prompt.id", "query_source", "request_id"} {
			e.Attrs[key] = text
		}
		add(t, s, e, event("tool_result", i, map[string]any{"tool_name": text, "mcp_server.name": text, "error_type": text, "success": text}),
			event("plugin_loaded", i, map[string]any{"plugin.name": text, "enabled_via": text}),
			event("cowork.alert", i, map[string]any{"alert.name": text, "alert.status": text, "alert.fingerprint": text, "alert.starts_at": text, "user": text}),
			eventtest.Event{Kind: text, At: noon, Attrs: map[string]any{"service.name": text}})
	}
	got := rows(t, s, "select name, cost from spend_model")
	require.Len(t, got, len(hostile))
	for _, row := range got {
		require.LessOrEqual(t, len(row[0].(string)), maxNameBytes)
		require.Equal(t, int64(1), row[1])
	}
	for _, text := range hostile {
		f := report.Filter{From: lastDay.From, To: lastDay.To, User: shorten(text)}
		table, err := s.Answer(t.Context(), report.Panel{Query: "select cost from spend_total"}, f)
		require.NoError(t, err)
		require.Equal(t, [][]any{{int64(1)}}, table.Rows, "%.20q", text)
		_, _, err = s.Prompt(t.Context(), shorten(text))
		require.NoError(t, err)
	}
	require.Positive(t, s.TakeStats().Cut)
	_, err := s.Setup(t.Context())
	require.NoError(t, err)
}
