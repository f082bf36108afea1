package main

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/pdata/plog"

	"github.com/cowork-otel/collector/distro/coworkctl/synthetic"
)

// TestGenPrint checks that gen print writes the same bytes each time, in every
// time zone.
func TestGenPrint(t *testing.T) {
	args := []string{"gen", "print", "--prompts", "8", "--start", "2026-11-16T09:00:00Z", "--metrics", "--traces"}
	r := succeeds(t, args...)
	require.Equal(t, r.out, succeeds(t, args...).out)
	args[5] = "2026-11-16T17:00:00+08:00"
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
	require.NotEqual(t, r.out, succeeds(t, "gen", "print", "--prompts", "8", "--start", "2026-11-16T09:00:00Z", "--seed", "2").out)
}

// TestStart checks the formats of --start.
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

// TestUsageErrors checks the errors for invalid flags and commands, and that they
// contain no value of a header.
func TestUsageErrors(t *testing.T) {
	check := func(want string, args ...string) {
		t.Helper()
		r := command(t, args...)
		require.Equal(t, 1, r.status)
		require.Contains(t, r.err, want)
		require.NotContains(t, r.out+r.err, "hunter2")
	}
	check(`coworkctl: gen print: --start: "soon" is no time`, "gen", "print", "--start", "soon")
	check(`coworkctl: gen print: --content: unknown "everything" (have none, prompts, responses, tools, bodies)`, "gen", "print", "--content", "everything")
	check("coworkctl: gen print: seats: must be at least 1, is 0", "gen", "print", "--seats", "0")
	check("--prompts at least 1", "gen", "print", "--prompts", "0")
	check("--workers: must be at least 1, is 0", "gen", "send", "--workers", "0")
	check("[days prompts]", "gen", "print", "--days", "1", "--prompts", "3")
	check(`protocol: unknown "udp"`, "verify", "--protocol", "udp")
	check("coworkctl: verify: --timeout: is no duration (10s would be one)\n", "verify", "--timeout", "hunter2")
	check("coworkctl: gen print: --seats: is no whole number\n", "gen", "print", "--seats", "hunter2")
	check("coworkctl: reconcile: --fail-below: is no number\n", "reconcile", "--fail-below", "hunter2")
	check("coworkctl: verify: --gzip: is no switch (true or false would be right)\n", "verify", "--gzip=hunter2")
	check("coworkctl: show: --prompt: needs a value (see --help)\n", "show", "--prompt")
	check("coworkctl: show: unknown flag (see --help)\n", "show", "--hunter2")
	check("--header 2: header: has no =", "verify", "--header", "a=b", "--header", "hunter2")
	check("verify: takes no arguments (quote a value that contains a blank)", "verify", "--header", "authorization=Bearer", "hunter2")
	check("gen send: takes no arguments (quote a value that contains a blank)", "gen", "send", "hunter2")
	check(`coworkctl: unknown command "send" (would be gen send)`, "send")
	check(`coworkctl: unknown command "print" (would be gen print)`, "print", "--prompts", "3")
	check(`coworkctl: unknown command "verfy" (would be verify)`, "verfy")
	check(`coworkctl: gen: unknown command "verify" (would be audit verify or verify)`, "gen", "verify")
	check(`coworkctl: gen: unknown command "everything" (have demo, print, prompt, send)`, "gen", "everything")
	check(`coworkctl: unknown command "pcap" (have alerts, audit, drain, gen, health, pseudonyms, reconcile, redact, replay, report, show, token, verify)`, "pcap")
}
