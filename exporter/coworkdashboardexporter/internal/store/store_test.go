package store

import (
	"context"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/pdata/plog"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
)

func captures(t *testing.T, folder string) []plog.Logs {
	t.Helper()
	files, err := filepath.Glob("../../../../testdata/captures/" + folder + "/*logs*.json")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	var batches []plog.Logs
	for _, file := range files {
		b, err := os.ReadFile(file)
		require.NoError(t, err)
		ld, err := (&plog.JSONUnmarshaler{}).UnmarshalLogs(b)
		require.NoError(t, err)
		batches = append(batches, ld)
	}
	return batches
}

func TestSmoke(t *testing.T) {
	ctx := context.Background()
	set := DefaultSettings()
	set.Path = filepath.Join(t.TempDir(), "x", "dash board?.db")
	s, err := Open(ctx, set)
	require.NoError(t, err)
	now := time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)
	for _, ld := range captures(t, "connectors-json") {
		s.Add(now, ld)
	}
	require.NoError(t, s.Flush(ctx))
	f := report.Filter{From: now.Add(-24 * time.Hour), To: now, Zone: time.UTC}
	for _, q := range []string{
		`select coalesce((select cost from spend_total), 0) / 1e6 as "Cost [USD]", (select users from people_total)`,
		`select * from spend_model`, `select * from spend_user`, `select * from people_at`, `select * from user_at`, `select * from tool`, `select * from tool_at`,
		`select * from connector_error`, `select * from latency_model`, `select * from adopter`, `select * from hour`, `select * from told`, `select * from slot limit 2`,
	} {
		a, err := s.Answer(ctx, report.Panel{Query: q}, f)
		require.NoError(t, err, q)
		t.Log(q, a)
	}
	c, err := s.Choices(ctx, f)
	require.NoError(t, err)
	t.Log(c)
	setup, err := s.Setup(ctx)
	require.NoError(t, err)
	t.Log(setup)
	prompts, err := s.Prompts(ctx, f, time.Time{}, 10)
	require.NoError(t, err)
	for _, p := range prompts {
		t.Logf("%+v", p)
		_, steps, err := s.Prompt(ctx, p.ID)
		require.NoError(t, err)
		for _, s := range steps {
			t.Logf("%+v", s)
		}
	}
	require.NoError(t, s.Sweep(ctx, now))
	require.NoError(t, s.Close(ctx))
}
