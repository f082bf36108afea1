package main

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/pdata/plog"

	"github.com/cowork-otel/collector/distro/coworkctl/synthetic"
)

// TestPrint checks that print writes what send would send, and the same bytes
// each time, in whatever time zone.
func TestPrint(t *testing.T) {
	args := []string{"print", "--prompts", "8", "--start", "2026-11-16T09:00:00Z", "--metrics", "--traces"}
	r := succeeds(t, args...)
	require.Equal(t, r.out, succeeds(t, args...).out)
	args[4] = "2026-11-16T17:00:00+08:00"
	require.Equal(t, r.out, succeeds(t, args...).out)

	var sum synthetic.Tally
	signals := map[string]int{}
	for line := range strings.Lines(r.out) {
		kind, _, _ := strings.Cut(line[2:], `"`)
		signals[kind]++
		if kind == "resourceLogs" {
			ld, err := (&plog.JSONUnmarshaler{}).UnmarshalLogs([]byte(line))
			require.NoError(t, err)
			sum.Add(ld)
		}
	}
	require.Len(t, sum.Prompts, 8)
	require.Len(t, signals, 3)
	require.NotEqual(t, r.out, succeeds(t, "print", "--prompts", "8", "--start", "2026-11-16T09:00:00Z", "--seed", "2").out)
}

// TestStart checks the ways to write a moment.
func TestStart(t *testing.T) {
	check := func(written string, want time.Time) {
		t.Helper()
		got, err := parseStart(written, noon, time.Hour)
		require.NoError(t, err)
		require.True(t, want.Equal(got), "%s is %s", written, got)
	}
	check("now", noon.Add(-time.Hour))
	check("-24h", noon.Add(-24*time.Hour))
	check("2026-11-16", time.Date(2026, 11, 16, 0, 0, 0, 0, time.UTC))
	check("2026-11-16T09:00:00.5+01:00", time.Date(2026, 11, 16, 8, 0, 0, 5e8, time.UTC))
}

// TestMistakes checks what is said about flags that cannot be followed, and that
// no value of a header is in it.
func TestMistakes(t *testing.T) {
	check := func(want string, args ...string) {
		t.Helper()
		r := command(t, args...)
		require.Equal(t, 1, r.status)
		require.Contains(t, r.err, want)
		require.NotContains(t, r.out+r.err, "hunter2")
	}
	check(`coworkctl: --start: "soon" is no moment`, "print", "--start", "soon")
	check(`coworkctl: --content: unknown "everything" (have none, prompts, responses, tools, bodies)`, "print", "--content", "everything")
	check("coworkctl: seats: must be at least 1, is 0", "print", "--seats", "0")
	check("--prompts at least 1", "print", "--prompts", "0")
	check("--workers: must be at least 1, is 0", "send", "--workers", "0")
	check("[days prompts]", "print", "--days", "1", "--prompts", "3")
	check(`protocol: unknown "udp"`, "verify", "--protocol", "udp")
	check("--header 2: header: has no =", "verify", "--header", "a=b", "--header", "hunter2")
	check("verify: takes no arguments (a value with a blank in it wants quotes)", "verify", "--header", "authorization=Bearer", "hunter2")
}
