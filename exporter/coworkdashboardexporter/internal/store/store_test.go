package store

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/eventtest"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
	"github.com/cowork-otel/collector/internal/cowork"
)

// TestFiguresSurviveARestart checks that figures, names and identities are the same after
// a restart, and that a repeated event does not count.
func TestFiguresSurviveARestart(t *testing.T) {
	set := inFile(t)
	s := openStore(t, set)
	add(t, s, event("user_prompt", 1, nil), request(2, 500), request(3, 700))
	const query = "select name, cost, requests, (select prompts from people_total), (select sessions from people_total) from spend_user"
	want := [][]any{{"alice", int64(1200), int64(2), int64(1), int64(1)}}
	require.Equal(t, want, rows(t, s, query))
	require.NoError(t, s.Close(t.Context()))

	s = openStore(t, set)
	require.Equal(t, want, rows(t, s, query))
	require.Equal(t, noon.Add(-time.Minute+3*time.Millisecond).UTC(), s.State().Latest.UTC())
	add(t, s, event("user_prompt", 1, nil), request(2, 500), request(3, 700))
	require.Equal(t, want, rows(t, s, query))
	require.Equal(t, int64(3), s.TakeStats().Duplicates)
	add(t, s, request(4, 1))
	require.Equal(t, [][]any{{"alice", int64(1201), int64(3), int64(1), int64(1)}}, rows(t, s, query))
}

// TestRepeatedEvents checks the identity of each kind.
func TestRepeatedEvents(t *testing.T) {
	check := func(first, second eventtest.Event, again bool) {
		t.Helper()
		s := openStore(t, DefaultSettings())
		add(t, s, first, second)
		want := int64(0)
		if again {
			want = 1
		}
		require.Equal(t, want, s.TakeStats().Duplicates, "%s", first.Kind)
	}
	with := func(kind string, sequence int, key, value string) eventtest.Event {
		return event(kind, sequence, map[string]any{key: value})
	}
	check(request(1, 5), request(1, 5), true)
	check(request(1, 5), request(2, 5), false)
	check(with("api_request", 1, "request_id", "r"), with("api_request", 2, "request_id", "r"), true)
	check(with("api_request", 1, "request_id", "r"), with("api_request", 1, "request_id", "q"), false)
	check(with("tool_result", 1, "tool_use_id", "t"), with("tool_result", 2, "tool_use_id", "t"), true)
	check(with("tool_result", 1, "tool_use_id", "t"), with("tool_decision", 1, "tool_use_id", "t"), false)
	check(event("user_prompt", 1, nil), event("user_prompt", 2, nil), true)
	check(with("user_prompt", 1, "session.id", "a"), with("user_prompt", 1, "session.id", "b"), false)
	check(with("api_error", 1, "request_id", "r"), with("api_error", 2, "request_id", "r"), false)
	check(with("cowork.prompt_summary", 1, "cowork.prompt.part", "0"), with("cowork.prompt_summary", 2, "cowork.prompt.part", "0"), true)
	check(with("cowork.prompt_summary", 1, "cowork.prompt.part", "0"), with("cowork.prompt_summary", 1, "cowork.prompt.part", "1"), false)
	nobody := eventtest.Event{Kind: "compaction", At: noon}
	check(nobody, nobody, false)
}

// TestFilePermissions checks that only the collector's user can read the files.
func TestFilePermissions(t *testing.T) {
	set := inFile(t)
	s := openStore(t, set)
	add(t, s, request(1, 5))
	check := func(path string, want os.FileMode) {
		t.Helper()
		st, err := os.Stat(path)
		require.NoError(t, err)
		require.Equal(t, want, st.Mode().Perm(), path)
	}
	check(filepath.Dir(set.Path), 0o700)
	for _, suffix := range []string{"", "-wal", "-shm"} {
		check(set.Path+suffix, 0o600)
	}
}

// TestPathIsNotAURL checks that a path is not parsed as a URL with parameters.
func TestPathIsNotAURL(t *testing.T) {
	set := inFile(t)
	set.Path = filepath.Join(filepath.Dir(set.Path), "50% of ?mode=memory & more#1.db")
	s := openStore(t, set)
	add(t, s, request(1, 5))
	require.FileExists(t, set.Path+"-wal")
}

// TestInMemory checks that a store without a file answers like one with a file.
func TestInMemory(t *testing.T) {
	s := openStore(t, DefaultSettings())
	require.Equal(t, report.State{}, s.State())
	add(t, s, request(1, 5))
	require.Equal(t, int64(5), cell(t, s, "select cost from spend_total"))
	require.Equal(t, int64(1), s.State().Version)
	require.NoError(t, s.Close(t.Context()))
}

// TestDesktopEventsCountOnce checks that the stream of the desktop application, which
// repeats the cost of the client inside, counts for the setup check only.
func TestDesktopEventsCountOnce(t *testing.T) {
	s := openStore(t, DefaultSettings())
	ld := eventtest.Logs(request(1, 5))
	ld.ResourceLogs().At(0).ScopeLogs().At(0).Scope().SetName("claude-desktop.events")
	s.Add(noon, ld)
	add(t, s, request(2, 7))
	require.Equal(t, int64(7), cell(t, s, "select cost from spend_total"))
	setup, err := s.Setup(t.Context())
	require.NoError(t, err)
	require.Equal(t, int64(2), setup.Kinds[1].Events)
}

// TestRedeliveredEventsAreSkipped checks that an event is not counted that was passed on
// before, although it has no identity.
func TestRedeliveredEventsAreSkipped(t *testing.T) {
	s := openStore(t, inFile(t))
	again := event("auth", 1, map[string]any{"event.sequence": nil, cowork.RedeliveredAttribute: true})
	delete(again.Attrs, "event.sequence")
	add(t, s, again)
	stats := s.TakeStats()
	require.Equal(t, int64(1), stats.Duplicates)
	require.Zero(t, stats.Events)
}
