package main

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// TestDemo checks that a demonstration fills the days until now in few requests, each
// session's records in order, and nothing of the future.
func TestDemo(t *testing.T) {
	c := newCollector(t, nil)
	r := succeeds(t, "demo", "--endpoint", c.URL, "--days", "9", "--seats", "5")
	require.Greater(t, len(c.got.Prompts), 60)
	require.Less(t, c.requests, c.got.Events/200)
	require.NotEmpty(t, c.got.Kinds["cowork.alert"])
	delete(c.order, "") // alerts are of no session
	for session, stamps := range c.order {
		require.True(t, slices.IsSortedFunc(stamps, time.Time.Compare), "records of %s out of order", session)
		require.False(t, stamps[0].Before(noon.Add(-8*24*time.Hour).Truncate(24*time.Hour)))
		require.False(t, stamps[len(stamps)-1].After(noon.Add(time.Second)))
	}
	require.Contains(t, r.out, "9 days of 5 people: events="+strconv.Itoa(c.got.Events)+" ")
	require.Equal(t, "coworkctl: --days, --workers: must be at least 1\n", command(t, "demo", "--days", "0").err)
}

// TestDemoLive checks that a demonstration goes on at the pace of the clock, in the
// order of time, until it is interrupted.
func TestDemoLive(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	c := newCollector(t, func(n int) (int, string) {
		if n > 40 { // the past of two people's day is a few
			stop()
		}
		return 200, "{}"
	})
	// A minute passes at each look.
	at := noon
	now := func() time.Time { at = at.Add(time.Minute); return at }
	var out, errs strings.Builder
	status := run(ctx, surroundings{&out, &errs, now, nil}, []string{
		"demo", "--endpoint", c.URL, "--days", "1", "--seats", "2", "--workers", "1", "--live",
	})
	c.Close()
	require.Zero(t, status, errs.String())
	require.Contains(t, out.String(), "and now what comes")
	latest := time.Time{}
	for _, stamps := range c.order {
		if last := stamps[len(stamps)-1]; last.After(latest) {
			latest = last
		}
	}
	require.True(t, latest.After(noon.Add(time.Minute)), "something of after the present: %v", latest)
}
