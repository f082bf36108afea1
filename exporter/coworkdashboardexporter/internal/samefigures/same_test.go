package samefigures

import (
	"fmt"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/pdata/plog"
	"pgregory.net/rapid"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/database"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/ingest"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
	"github.com/cowork-otel/collector/internal/cowork"
	"github.com/cowork-otel/collector/internal/postgrestest"
)

// TestSameFigures sends random streams with repetitions, invalid numbers and unknown users
// to cowork_metrics, to the page and to the summaries of prompts. All have the same figures
// for each user. Two processes write to the page's database, and may both receive an event.
// Between batches prompts become idle, and a process restarts.
func TestSameFigures(t *testing.T) {
	t.Run("SQLite", func(t *testing.T) { testSameFigures(t, filepath.Join(t.TempDir(), "page.db")) })
	t.Run("PostgreSQL", func(t *testing.T) { testSameFigures(t, postgrestest.Start(t).Database(t)) })
}

func testSameFigures(t *testing.T, name string) {
	t.Helper()
	db, err := database.Open(t.Context(), database.Settings{Name: name})
	require.NoError(t, err)
	defer func() { require.NoError(t, db.Close()) }()
	streams, counted, people := 0, int64(0), teams{}
	rapid.Check(t, func(t *rapid.T) {
		streams++
		organization := fmt.Sprint("organization-", streams)
		stream := drawStream(t, organization)
		people.add(stream)
		want := checkStream(t, db, organization, stream)
		people.requireFigures(t, db, organization, want)
		for _, user := range want {
			counted += user["requests"]
		}
	})
	require.Positive(t, counted)
}

// checkStream compares the figures of a stream and returns them.
func checkStream(t *rapid.T, db *database.DB, organization string, stream []event) figures {
	c := newCollector()
	open := func() *ingest.Ingest {
		in, err := ingest.New(t.Context(), db, ingest.DefaultSettings())
		require.NoError(t, err)
		return in
	}
	writers := [2]*ingest.Ingest{open(), open()}
	now, passed := noon, map[string]bool{}
	page := func(ld plog.Logs) {
		c.count(ld)
		wait := writers[rapid.IntRange(0, 1).Draw(t, "writer")].Add(noon, ld)
		if rapid.Bool().Draw(t, "commit") {
			require.NoError(t, wait(t.Context()))
		}
	}
	for len(stream) > 0 {
		n := rapid.IntRange(1, len(stream)).Draw(t, "batch")
		raw, ld := plog.NewLogs(), plog.NewLogs()
		for _, e := range stream[:n] {
			// cowork_correlation marks a copy of what it has passed on, or leaves it to the others.
			key := fmt.Sprint(e)
			e.appendTo(raw, false)
			e.appendTo(ld, passed[key] && e.identity() != 0 && rapid.Bool().Draw(t, "redelivered"))
			passed[key] = true
		}
		stream = stream[n:]
		for e := range cowork.Events(raw) {
			c.tracker.Add(now, e)
		}
		page(ld)
		switch rapid.IntRange(0, 5).Draw(t, "then") {
		case 0:
			now = now.Add(time.Hour)
			c.tracker.Expire(now)
			page(c.summarize())
		case 1:
			require.NoError(t, writers[0].Close(t.Context()))
			writers[0] = open()
		}
	}
	c.tracker.Flush(0)
	page(c.summarize())
	for _, in := range writers {
		require.NoError(t, in.Close(t.Context()))
	}
	return compare(t, db, organization, c)
}

func compare(t *rapid.T, db *database.DB, organization string, c *collector) figures {
	want := ofSummaries(c.summaries)
	require.Equal(t, want, ofMetrics(c.metrics()), "summaries and metrics")
	require.Equal(t, want, ofPanels(t.Context(), t, db, report.Filter{From: noon.AddDate(0, 0, -3), Organization: organization}), "summaries and panels by hour")
	require.Equal(t, want, ofPanels(t.Context(), t, db, report.Filter{From: noon.AddDate(0, 0, -60), Organization: organization}), "summaries and panels by week and day")
	for _, grain := range []string{"_hour", "_day"} {
		require.Equal(t, want, ofTables(t.Context(), t, db, organization, map[string][]string{"usage_by_user" + grain: usageSums, "tool_calls_by_user" + grain: toolSums}), grain)
	}
	for _, grain := range []string{"_hour", "_day", "_week"} {
		require.Equal(t, want, ofTables(t.Context(), t, db, organization, map[string][]string{"activity_by_user" + grain: usageSums, "tool_calls_by_user_day": toolSums}), grain)
	}
	columns := append(slices.Clone(usageSums), "tools", "tool_failures", "tool_rejections")
	require.Equal(t, want, ofTables(t.Context(), t, db, organization, map[string][]string{"prompts": columns}), "summaries and stored prompts")
	return want
}
