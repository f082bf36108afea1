package main

import (
	"context"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// TestGenSend checks that all generated telemetry arrives, with each session's
// records in order although four workers send, and that the summary counts it.
func TestGenSend(t *testing.T) {
	c := newCollector(t, nil)
	r := succeeds(t, "gen", "send", "--endpoint", c.URL, "--prompts", "30", "--metrics", "--traces")
	require.Len(t, c.got.Prompts, 30)
	for session, stamps := range c.order {
		require.True(t, slices.IsSortedFunc(stamps, time.Time.Compare), "records of %s out of order", session)
		require.False(t, stamps[len(stamps)-1].After(noon.Add(10*time.Minute)))
	}
	require.Positive(t, c.paths["/v1/metrics"])
	require.Positive(t, c.paths["/v1/traces"])
	require.Equal(t, 1, strings.Count(r.out, "\n"), "one line")
	require.Equal(t, c.got.Events, summaryField(t, r.out, "events"))
	require.Equal(t, c.requests, summaryField(t, r.out, "batches"))
	require.Positive(t, summaryField(t, r.out, "bytes"))
	require.Zero(t, summaryField(t, r.out, "rejected"))
}

func summaryField(t *testing.T, line, key string) int {
	t.Helper()
	m := regexp.MustCompile(`\b` + key + `=(\d+)`).FindStringSubmatch(line)
	require.NotNil(t, m, "%s is not in %q", key, line)
	n, err := strconv.Atoi(m[1])
	require.NoError(t, err)
	return n
}

// TestGenSendDays checks that --days ends now.
func TestGenSendDays(t *testing.T) {
	c := newCollector(t, nil)
	succeeds(t, "gen", "send", "--endpoint", c.URL, "--days", "2", "--seats", "3")
	require.NotEmpty(t, c.order)
	for _, stamps := range c.order {
		require.False(t, stamps[0].Before(noon.Add(-48*time.Hour)))
		require.False(t, stamps[0].After(noon.Add(time.Hour)))
	}
}

// TestGenSendDuration checks that --duration ends sending and --rate limits it.
func TestGenSendDuration(t *testing.T) {
	c := newCollector(t, nil)
	r := succeeds(t, "gen", "send", "--endpoint", c.URL, "--duration", "700ms", "--rate", "100")
	events := summaryField(t, r.out, "events")
	require.Positive(t, events)
	require.Less(t, events, 150, "700 ms at 100 a second, and a burst")
	require.Equal(t, c.got.Events, events)
}

// TestGenSendRejected checks that the summary counts rejected records.
func TestGenSendRejected(t *testing.T) {
	c := newCollector(t, func(int) (int, string) { return 200, `{"partialSuccess":{"rejectedLogRecords":"2"}}` })
	r := succeeds(t, "gen", "send", "--endpoint", c.URL, "--prompts", "1")
	require.Equal(t, 2*c.requests, summaryField(t, r.out, "rejected"))
}

// TestGenSendFailures checks when sending ends: at the first failure until a
// request succeeds, later after consecutive failures, and not after a single one.
func TestGenSendFailures(t *testing.T) {
	check := func(answer func(int) (int, string), least, most int) commandResult {
		t.Helper()
		c := newCollector(t, answer)
		r := command(t, "gen", "send", "--endpoint", c.URL, "--prompts", "40", "--workers", "1", "--header", "authorization=Bearer hunter2")
		require.Equal(t, 1, r.status)
		require.GreaterOrEqual(t, c.requests, least)
		require.LessOrEqual(t, c.requests, most)
		require.NotContains(t, r.out+r.err, "hunter2")
		return r
	}
	r := check(func(int) (int, string) { return http.StatusUnauthorized, "hunter2" }, 1, 1)
	require.Equal(t, "coworkctl: gen send: 401 Unauthorized: the endpoint requires authentication: set its header (--header name=value)\n", r.err)
	check(func(n int) (int, string) { return map[bool]int{true: 200, false: 503}[n <= 10], "{}" }, 30, 30)
	r = check(func(n int) (int, string) { return map[bool]int{true: 503, false: 200}[n == 10], "{}" }, 100, 1e6)
	require.Equal(t, 1, summaryField(t, r.out, "failed"))
}

// TestGenSendStopped checks that an interrupt ends sending with an error.
func TestGenSendStopped(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	c := newCollector(t, func(int) (int, string) { stop(); return 200, "{}" })
	var out, errs strings.Builder
	status := execute(ctx, environment{nil, &out, &errs, func() time.Time { return noon }, nil}, []string{"gen", "send", "--endpoint", c.URL, "--prompts", "500"})
	c.Close() // waits for the requests in progress
	require.Equal(t, 1, status)
	require.Contains(t, errs.String(), "context canceled")
	require.Less(t, c.requests, 100)
}

// TestGenPrompt checks that one recent prompt arrives completely and its id is
// printed.
func TestGenPrompt(t *testing.T) {
	c := newCollector(t, nil)
	r := succeeds(t, "gen", "prompt", "--endpoint", c.URL)
	require.Len(t, c.got.Prompts, 1)
	require.Contains(t, c.got.Prompts, strings.TrimSpace(r.out))
	require.Contains(t, r.err, "events=")
	for _, stamps := range c.order {
		require.False(t, stamps[len(stamps)-1].After(noon.Add(time.Second)))
		require.True(t, stamps[0].After(noon.Add(-time.Hour)))
	}
	again := succeeds(t, "gen", "prompt", "--endpoint", c.URL, "--start", "2026-11-16")
	require.NotEqual(t, r.out, again.out)
	require.Equal(t, again.out, succeeds(t, "gen", "prompt", "--endpoint", c.URL, "--start", "2026-11-16").out)
}
