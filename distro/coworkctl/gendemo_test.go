package main

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// TestGenDemo checks that the days until now are sent in few requests, with each
// session's records in order and none after now.
func TestGenDemo(t *testing.T) {
	c := newCollector(t, nil)
	r := succeeds(t, "gen", "demo", "--endpoint", c.URL, "--days", "9", "--seats", "5")
	require.Greater(t, len(c.got.Prompts), 60)
	require.Less(t, c.requests, c.got.Events/200)
	require.NotEmpty(t, c.got.Kinds["cowork.alert"])
	delete(c.order, "") // alerts have no session
	for session, stamps := range c.order {
		require.True(t, slices.IsSortedFunc(stamps, time.Time.Compare), "records of %s out of order", session)
		require.False(t, stamps[0].Before(noon.Add(-8*24*time.Hour).Truncate(24*time.Hour)))
		require.False(t, stamps[len(stamps)-1].After(noon.Add(time.Second)))
	}
	require.Contains(t, r.out, "9 days of 5 people: events="+strconv.Itoa(c.got.Events)+" ")
	require.Equal(t, "coworkctl: gen demo: --days, --workers: must be at least 1\n", command(t, "gen", "demo", "--days", "0").err)
}

// TestGenDemoLive checks that --live keeps sending new events at the pace of the
// clock, in order, until it is interrupted.
func TestGenDemoLive(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	c := newCollector(t, func(n int) (int, string) {
		if n > 40 { // a day of two users is fewer requests
			stop()
		}
		return 200, "{}"
	})
	// The clock advances by a minute at each reading.
	at := noon
	now := func() time.Time { at = at.Add(time.Minute); return at }
	var out, errs strings.Builder
	status := execute(ctx, environment{nil, &out, &errs, now, nil}, []string{
		"gen", "demo", "--endpoint", c.URL, "--days", "1", "--seats", "2", "--workers", "1", "--live",
	})
	c.Close()
	require.Zero(t, status, errs.String())
	require.Contains(t, out.String(), "sending new events as they happen")
	latest := time.Time{}
	for _, stamps := range c.order {
		if last := stamps[len(stamps)-1]; last.After(latest) {
			latest = last
		}
	}
	require.True(t, latest.After(noon.Add(time.Minute)), "no event after the present: %v", latest)
}

// TestGenDemoRoster checks that --roster writes each person once, and sends nothing.
func TestGenDemoRoster(t *testing.T) {
	c := newCollector(t, nil)
	file := filepath.Join(t.TempDir(), "roster.csv")
	succeeds(t, "gen", "demo", "--endpoint", c.URL, "--seats", "5", "--roster", file)
	text, err := os.ReadFile(file)
	require.NoError(t, err)
	lines := strings.Split(strings.TrimSpace(string(text)), "\n")
	require.Len(t, lines, 6)
	require.Equal(t, strings.Join(rosterHeader, ","), lines[0])
	require.Regexp(t, `^ada\.abel@example\.\w+,[0-9a-f-]{36},aabel,ada\.abel@example\.\w+,Ada Abel,[A-Z]\w+,4\d00$`, lines[1])
	require.Zero(t, c.requests)
}
