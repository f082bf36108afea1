package main

import (
	"compress/gzip"
	"context"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// recordedFile writes what gen print generates to a file, gzip-compressed if its
// name ends with .gz.
func recordedFile(t *testing.T, name string, args ...string) (file, text string) {
	t.Helper()
	text = succeeds(t, append([]string{"gen", "print", "--start", "2026-11-16"}, args...)...).out
	file = filepath.Join(t.TempDir(), name)
	out, err := os.Create(file)
	require.NoError(t, err)
	defer func() { require.NoError(t, out.Close()) }()
	if !strings.HasSuffix(name, ".gz") {
		_, err = out.WriteString(text)
		require.NoError(t, err)
		return file, text
	}
	zip := gzip.NewWriter(out)
	_, err = zip.Write([]byte(text))
	require.NoError(t, err)
	require.NoError(t, zip.Close())
	return file, text
}

// TestReplay checks that logs, metrics and traces of plain and compressed files
// and of the standard input arrive unchanged and in order.
func TestReplay(t *testing.T) {
	sent := newCollector(t, nil)
	succeeds(t, "gen", "send", "--endpoint", sent.URL, "--start", "2026-11-16", "--prompts", "6", "--metrics", "--traces")
	plain, text := recordedFile(t, "logs.json", "--prompts", "6", "--metrics", "--traces")
	zipped, _ := recordedFile(t, "logs-2026-11-16T00-00-00.000.json.gz", "--prompts", "6", "--metrics", "--traces")
	for file, stdin := range map[string]string{plain: "", zipped: "", "-": text} {
		c := newCollector(t, nil)
		r := commandWithInput(t, stdin, "replay", file, "--endpoint", c.URL)
		require.Zero(t, r.status, r.err)
		require.Empty(t, r.err)
		require.Equal(t, sent.paths, c.paths)
		require.Equal(t, sent.got, c.got)
		for session, stamps := range c.order {
			require.True(t, slices.IsSortedFunc(stamps, time.Time.Compare), "records of %s out of order", session)
		}
		require.Equal(t, strings.Count(text, "\n"), summaryField(t, r.out, "lines"))
		require.Equal(t, c.requests, summaryField(t, r.out, "batches"))
		require.Equal(t, c.got.Events, summaryField(t, r.out, "events"))
		require.Zero(t, summaryField(t, r.out, "skipped"))
	}
	c := newCollector(t, nil)
	succeeds(t, "replay", "--endpoint", c.URL, plain, zipped)
	require.Equal(t, 2*sent.got.Events, c.got.Events)
}

// TestReplaySkips checks that unreadable lines are skipped, counted and reported by
// number, without their text.
func TestReplaySkips(t *testing.T) {
	_, text := recordedFile(t, "logs.json", "--prompts", "1")
	lines := strings.SplitAfter(text, "\n")
	broken := inputFile(t, "broken.json", strings.Join([]string{
		lines[0], `{"secret":"hunter2"}` + "\n", "\n", `["hunter2"]` + "\n", `{"resourceLogs":"hunter2"}` + "\n", `{"resourceLogs":[]}` + "\n",
		lines[1], lines[2][:len(lines[2])/2],
	}, ""))
	c := newCollector(t, nil)
	r := command(t, "replay", broken, "--endpoint", c.URL)
	require.Equal(t, 1, r.status)
	require.Equal(t, 2, c.requests)
	require.Regexp(t, `^lines=7 skipped=5 events=\d+ batches=2 bytes=\d+ rejected=0 failed=0 seconds=`, r.out)
	require.NotContains(t, r.out+r.err, "hunter2")
	golden(t, "replay-skips", strings.ReplaceAll(r.err, broken, "broken.json"))

	many := inputFile(t, "many.json", strings.Repeat("hunter2\n", 30)+lines[0])
	r = command(t, "replay", many, "--endpoint", c.URL)
	require.Equal(t, 1, r.status)
	require.Contains(t, r.out, "lines=31 skipped=30 ")
	require.Equal(t, maxSkippedShown+1, strings.Count(r.err, "\n"))
}

// TestReplayFailures checks that a failed or rejected request causes exit status 1,
// and that the first failure ends the replay.
func TestReplayFailures(t *testing.T) {
	file, _ := recordedFile(t, "logs.json", "--prompts", "6")
	c := newCollector(t, func(int) (int, string) { return http.StatusServiceUnavailable, "hunter2" })
	r := command(t, "replay", file, "--endpoint", c.URL)
	require.Equal(t, 1, r.status)
	require.Equal(t, 1, c.requests)
	require.Contains(t, r.err, "503 Service Unavailable: ")
	require.NotContains(t, r.err, "hunter2")
	c = newCollector(t, func(int) (int, string) { return 200, `{"partialSuccess":{"rejectedLogRecords":"1"}}` })
	r = command(t, "replay", file, "--endpoint", c.URL)
	require.Equal(t, 1, r.status)
	require.Equal(t, c.requests, summaryField(t, r.out, "rejected"))
	// A missing second file fails after the first was sent.
	c = newCollector(t, nil)
	r = command(t, "replay", file, "none.json", "--endpoint", c.URL)
	require.Equal(t, 1, r.status)
	require.Equal(t, "coworkctl: replay: open none.json: no such file or directory\n", r.err)
	require.Equal(t, c.got.Events, summaryField(t, r.out, "events"))
	require.Positive(t, c.got.Events)
}

// TestReplayRate checks that --rate limits sending: the first batch has more
// records than the rate allows before the deadline.
func TestReplayRate(t *testing.T) {
	file, _ := recordedFile(t, "logs.json", "--prompts", "6")
	ctx, stop := context.WithTimeout(t.Context(), time.Hour)
	defer stop()
	c := newCollector(t, nil)
	var out, errs strings.Builder
	env := environment{nil, &out, &errs, func() time.Time { return noon }, nil}
	require.Zero(t, execute(ctx, env, []string{"replay", file, "--endpoint", c.URL, "--rate", "0.0001"}), errs.String())
	require.Zero(t, c.requests)
	require.Zero(t, execute(ctx, env, []string{"replay", file, "--endpoint", c.URL, "--rate", "1e6"}), errs.String())
	require.Positive(t, c.requests)
}

func TestReplayRefuses(t *testing.T) {
	for want, args := range map[string][]string{
		"coworkctl: replay: no file (the default configuration writes data/logs.json)\n": {"replay"},
		"coworkctl: replay: --rate: must not be negative, is -1\n":                       {"replay", "--rate", "-1", "-"},
	} {
		r := command(t, args...)
		require.Equal(t, 1, r.status)
		require.Equal(t, want, r.err)
	}
}
