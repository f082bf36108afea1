package e2e

import (
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/cowork-otel/collector/internal/prompt"
)

// total adds the parts of a prompt.
func total(parts []part) sums {
	total := sums{}
	for _, p := range parts {
		for key, n := range p.sums {
			total[key] += n
		}
	}
	return total
}

// awaitEvents waits until n events have arrived.
func (a *arrivals) awaitEvents(t *testing.T, n int) {
	t.Helper()
	require.Eventually(t, func() bool {
		a.update(t)
		return len(a.came) >= n
	}, waitLimit, 100*time.Millisecond, "not all events came")
}

// awaitSummaries waits until the sums of summaries equal those of the sent events.
func (a *arrivals) awaitSummaries(t *testing.T) {
	t.Helper()
	require.Eventually(t, func() bool {
		a.update(t)
		for id, want := range a.sums {
			if total(a.parts[id])["event_count"] < want["event_count"] || !a.traced[id] && len(a.roots[prompt.TraceID(id)]) == 0 {
				return false
			}
		}
		return true
	}, waitLimit, 100*time.Millisecond, "not all summaries and their spans came")
}

// verify checks the guarantees of the tiers.
func (a *arrivals) verify(t *testing.T) {
	t.Helper()
	require.Empty(t, a.split(), "of %d prompts are split", len(a.sums))
	for key, own := range a.trace {
		require.Len(t, a.came[key], 1, "event %v", key)
		if !own.IsEmpty() {
			require.Equal(t, own, a.came[key][0], "a client's own trace, event %v", key)
		}
	}
	for id, want := range a.sums {
		parts, roots := a.parts[id], a.roots[prompt.TraceID(id)]
		require.Equal(t, want, total(parts), "prompt %s", id)
		for i, p := range parts {
			require.Equal(t, int64(i), p.number, "prompt %s: each part once", id)
		}
		switch {
		case !a.traced[id]:
			require.Equal(t, []int{parts[0].correlator}, roots, "prompt %s", id)
		case len(parts) == 1: // with more parts, the first may lack the attribute
			require.Empty(t, roots, "prompt %s is two traces", id)
		}
	}
}

// split returns the prompts that more than one correlator summarised.
func (a *arrivals) split() (ids []string) {
	for id, parts := range a.parts {
		if slices.ContainsFunc(parts, func(p part) bool { return p.correlator != parts[0].correlator }) {
			ids = append(ids, id)
		}
	}
	return ids
}
