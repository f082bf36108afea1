package store

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/eventtest"
)

// TestFewerPrompts checks that the first sweep deletes the prompts beyond a lower limit,
// also for a limit of 0.
func TestFewerPrompts(t *testing.T) {
	set := inFile(t)
	check := func(most, want int) {
		t.Helper()
		set.MaxPrompts = most
		s := openStore(t, set)
		require.NoError(t, s.Sweep(t.Context(), noon))
		for _, table := range []string{"prompt", "step"} {
			var n int
			require.NoError(t, s.write.QueryRow("select count(*) from "+table).Scan(&n))
			require.Equal(t, want, n, table)
		}
		require.NoError(t, s.Close(t.Context()))
	}
	s := openStore(t, set)
	for i := range 5 {
		e := request(i, 1)
		e.Attrs["prompt.id"] = fmt.Sprintf("p%d", i)
		add(t, s, e)
	}
	require.NoError(t, s.Close(t.Context()))
	check(5000, 5)
	check(2, 2)
	check(0, 0)
}

// TestEqualTimes checks that limits hold for rows with equal times.
func TestEqualTimes(t *testing.T) {
	set := DefaultSettings()
	set.MaxPrompts, set.MaxAlerts = 2, 2
	s := openStore(t, set)
	for i := range 5 {
		e := request(i, 1)
		e.At, e.Attrs["prompt.id"], e.Attrs["duration_ms"] = noon.Add(-time.Minute), fmt.Sprintf("p%d", i), 0
		a := alert(fmt.Sprintf("f%d", i), "firing", 1)
		add(t, s, e, eventtest.Event{Kind: a.Kind, At: e.At, Attrs: a.Attrs})
	}
	for _, table := range []string{"prompt", "step", "alert"} {
		var n int
		require.NoError(t, s.write.QueryRow("select count(*) from "+table).Scan(&n))
		require.Equal(t, 2, n, table)
	}
}

// TestOnlyOldEvents checks that old events do not evict the identities of others.
func TestOnlyOldEvents(t *testing.T) {
	set := DefaultSettings()
	set.MaxPending = maxEntries + 4
	s := openStore(t, set)
	for i := range 5 * hashesPerEntry {
		old := request(i, 5)
		old.At = noon.AddDate(-2, 0, 0)
		add(t, s, old)
	}
	require.Zero(t, s.Pending())
	require.Zero(t, s.TakeStats().Lost)
}
