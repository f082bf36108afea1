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

// TestSend checks that everything that is told arrives, each session's records
// in order although four workers send them, and that the summary says so.
func TestSend(t *testing.T) {
	c := newCollector(t, nil)
	r := succeeds(t, "send", "--endpoint", c.URL, "--prompts", "30", "--metrics", "--traces")
	require.Len(t, c.got.Prompts, 30)
	for session, stamps := range c.order {
		require.True(t, slices.IsSortedFunc(stamps, time.Time.Compare), "records of %s out of order", session)
		require.False(t, stamps[len(stamps)-1].After(noon.Add(10*time.Minute)))
	}
	require.Positive(t, c.paths["/v1/metrics"])
	require.Positive(t, c.paths["/v1/traces"])
	require.Equal(t, 1, strings.Count(r.out, "\n"), "one line")
	require.Equal(t, c.got.Events, summarised(t, r.out, "events"))
	require.Equal(t, c.requests, summarised(t, r.out, "batches"))
	require.Positive(t, summarised(t, r.out, "bytes"))
	require.Zero(t, summarised(t, r.out, "rejected"))
}

func summarised(t *testing.T, line, key string) int {
	t.Helper()
	m := regexp.MustCompile(`\b` + key + `=(\d+)`).FindStringSubmatch(line)
	require.NotNil(t, m, "%s is not in %q", key, line)
	n, err := strconv.Atoi(m[1])
	require.NoError(t, err)
	return n
}

// TestSendDays checks that days are told in office hours and end now.
func TestSendDays(t *testing.T) {
	c := newCollector(t, nil)
	succeeds(t, "send", "--endpoint", c.URL, "--days", "2", "--seats", "3")
	require.NotEmpty(t, c.order)
	for _, stamps := range c.order {
		require.False(t, stamps[0].Before(noon.Add(-48*time.Hour)))
		require.False(t, stamps[0].After(noon.Add(time.Hour)))
	}
}

// TestSendDuration checks that sending ends with its time, and that a rate holds
// it back.
func TestSendDuration(t *testing.T) {
	c := newCollector(t, nil)
	r := succeeds(t, "send", "--endpoint", c.URL, "--duration", "700ms", "--rate", "100")
	events := summarised(t, r.out, "events")
	require.Positive(t, events)
	require.Less(t, events, 150, "700 ms at 100 a second, and a burst")
	require.Equal(t, c.got.Events, events)
}

// TestSendRejected checks that what the endpoint rejects is in the summary.
func TestSendRejected(t *testing.T) {
	c := newCollector(t, func(int) (int, string) { return 200, `{"partialSuccess":{"rejectedLogRecords":"2"}}` })
	r := succeeds(t, "send", "--endpoint", c.URL, "--prompts", "1")
	require.Equal(t, 2*c.requests, summarised(t, r.out, "rejected"))
}

// TestSendFailures checks when sending gives up: at once while nothing arrived
// yet, after a row of failures later, and not for one that passes.
func TestSendFailures(t *testing.T) {
	check := func(answer func(int) (int, string), least, most int) ran {
		t.Helper()
		c := newCollector(t, answer)
		r := command(t, "send", "--endpoint", c.URL, "--prompts", "40", "--workers", "1", "--header", "authorization=Bearer hunter2")
		require.Equal(t, 1, r.status)
		require.GreaterOrEqual(t, c.requests, least)
		require.LessOrEqual(t, c.requests, most)
		require.NotContains(t, r.out+r.err, "hunter2")
		return r
	}
	r := check(func(int) (int, string) { return http.StatusUnauthorized, "hunter2" }, 1, 1)
	require.Equal(t, "coworkctl: 401 Unauthorized: the endpoint wants to know who sends: give the header that it expects (--header name=value)\n", r.err)
	check(func(n int) (int, string) { return map[bool]int{true: 200, false: 503}[n <= 10], "{}" }, 30, 30)
	r = check(func(n int) (int, string) { return map[bool]int{true: 503, false: 200}[n == 10], "{}" }, 100, 1e6)
	require.Equal(t, 1, summarised(t, r.out, "failed"))
}

// TestSendStopped checks that a user's interrupt ends sending as an error.
func TestSendStopped(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	c := newCollector(t, func(int) (int, string) { stop(); return 200, "{}" })
	var out, errs strings.Builder
	status := run(ctx, surroundings{&out, &errs, func() time.Time { return noon }, nil}, []string{"send", "--endpoint", c.URL, "--prompts", "500"})
	c.Close() // waits for the requests that were under way
	require.Equal(t, 1, status)
	require.Contains(t, errs.String(), "context canceled")
	require.Less(t, c.requests, 100)
}

// TestPrompt checks that one prompt arrives whole, lately, and is named.
func TestPrompt(t *testing.T) {
	c := newCollector(t, nil)
	r := succeeds(t, "prompt", "--endpoint", c.URL)
	require.Len(t, c.got.Prompts, 1)
	require.Contains(t, c.got.Prompts, strings.TrimSpace(r.out))
	require.Contains(t, r.err, "events=")
	for _, stamps := range c.order {
		require.False(t, stamps[len(stamps)-1].After(noon.Add(time.Second)))
		require.True(t, stamps[0].After(noon.Add(-time.Hour)))
	}
	again := succeeds(t, "prompt", "--endpoint", c.URL, "--start", "2026-11-16")
	require.NotEqual(t, r.out, again.out)
	require.Equal(t, again.out, succeeds(t, "prompt", "--endpoint", c.URL, "--start", "2026-11-16").out)
}
