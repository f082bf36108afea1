package main

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/klauspost/compress/zstd"
	"github.com/stretchr/testify/require"

	"github.com/cowork-otel/collector/distro/coworkctl/reconcile"
	"github.com/cowork-otel/collector/internal/cowork"
)

// writeSimulation writes the list of sessions, and the telemetry as a current file and a
// rotated one that is compressed.
func writeSimulation(t *testing.T, o *simulatedOrganization) (list, folder string) {
	t.Helper()
	folder = t.TempDir()
	list = filepath.Join(t.TempDir(), "sessions.json")
	require.NoError(t, os.WriteFile(list, o.list.Bytes(), 0o600))
	lines := o.lines.Bytes()
	half := bytes.IndexByte(lines[len(lines)/2:], '\n') + len(lines)/2 + 1
	var zipped bytes.Buffer
	w := gzip.NewWriter(&zipped)
	_, err := w.Write(lines[:half])
	require.NoError(t, err)
	require.NoError(t, w.Close())
	require.NoError(t, os.WriteFile(filepath.Join(folder, "logs-2026-11-04.json.gz"), zipped.Bytes(), 0o600))
	require.NoError(t, os.WriteFile(filepath.Join(folder, "logs.json"), lines[half:], 0o600))
	return list, folder
}

// TestReconcileOrganization compares an organization of 1,000 sessions through the files of
// the file exporter: at least 99 % of the silent sessions are found, no other one is
// reported, and each reason occurs.
func TestReconcileOrganization(t *testing.T) {
	reasons := map[string]int{}
	for seed := range uint64(5) {
		o := simulate(seed)
		list, folder := writeSimulation(t, o)
		r := command(t, "reconcile", "--sessions", list, "--telemetry", folder, "--format", "json")
		require.Equal(t, 3, r.status, r.err)
		var report reconcile.Report
		require.NoError(t, json.Unmarshal([]byte(r.out), &report))
		require.NotContains(t, r.out, "@example.com")
		want, right := 0, 0
		for _, silent := range o.silent {
			if silent {
				want++
			}
		}
		var wrong []reconcile.SilentSession
		for _, s := range report.Silent {
			reasons[s.Reason]++
			if o.silent[s.ID] {
				right++
			} else {
				wrong = append(wrong, s)
			}
		}
		t.Logf("seed %d: %d of %d silent sessions found, %d others reported", seed, right, want, len(wrong))
		require.GreaterOrEqual(t, float64(right), 0.99*float64(want))
		require.Empty(t, wrong)
		require.Equal(t, 1001, report.Listed)
		require.Equal(t, 100, report.Seats)
		require.Equal(t, 6, report.NoSeats) // five never send, one sends as another product
		require.Len(t, report.Unlisted, 7)
		for _, u := range report.Unlisted {
			require.Equal(t, u.ID, u.Reason) // the simulation names the session by its reason
		}
	}
	t.Log(reasons)
	for _, reason := range []string{
		"outside_telemetry", "gap", "other_service", "cloud", "user_never_seen", "user_began_later",
		"older_than_settings", "user_stopped", "only_this_session",
	} {
		require.NotZero(t, reasons[reason], reason)
	}
}

// TestReconcileOutput checks the text, the permission to print addresses, the exit status
// and the errors.
func TestReconcileOutput(t *testing.T) {
	o := simulate(1)
	list, folder := writeSimulation(t, o)
	args := []string{"reconcile", "--sessions", list, "--telemetry", filepath.Join(folder, "logs*")}
	r := command(t, args...)
	require.Equal(t, 3, r.status)
	require.Regexp(t, `^coverage  84\.3 %: telemetry has 844 of 1001 listed sessions, 2026-10-30 to 2026-11-06 \(UTC\)\nseats     94 of 100 have telemetry\n`, r.out)
	require.Regexp(t, `clls_0 +user_01000 +user_never_seen`, r.out)
	require.Regexp(t, `2026-11-02 22:00:00 +not_listed +u_0+38 +not_listed`, r.out)
	require.NotContains(t, r.out+r.err, "@example.com")
	require.Contains(t, r.err, "below 100 % (--fail-below)")
	require.Contains(t, succeeds(t, append(args, "--fail-below", "50", "--show-users")...).out, "person0@example.com")
	shorter := succeeds(t, append(args, "--fail-below", "50", "--from", "2026-11-02", "--to", "2026-11-02")...)
	require.Contains(t, shorter.out, "of 200 listed sessions, 2026-11-02 (UTC)")

	usage := filepath.Join(t.TempDir(), "costs.csv")
	require.NoError(t, os.WriteFile(usage, []byte("starting_at,user_id,list_amount\n2026-11-02T00:00:00Z,user_01020,512\n"), 0o600))
	require.Regexp(t, `2026-11-02 +u_0+14 +5\.12 +1\.25 +missing_requests`, succeeds(t, append(args, "--fail-below", "50", "--usage", usage)...).out)

	bad := filepath.Join(t.TempDir(), "bad.json")
	require.NoError(t, os.WriteFile(bad, []byte(`{"secret":1}`), 0o600))
	t.Setenv(complianceKey, "")
	for want, args := range map[string][]string{
		"--telemetry, --database: none is set":        {"--sessions", list},
		"--telemetry, --database: both are set":       {"--sessions", list, "--telemetry", folder, "--database", "x"},
		"--format: is unknown":                        {"--sessions", list, "--telemetry", folder, "--format", "xml"},
		"--sessions: is not set":                      {"--telemetry", folder, "--from", "2026-11-02"},
		"bad.json: row 1 is no list of sessions":      {"--sessions", bad, "--telemetry", folder + "/logs*"},
		"--telemetry: has no event with a session.id": {"--sessions", list, "--telemetry", list},
		"no such file":                                {"--sessions", list, "--telemetry", folder + "/absent"},
		"--from: is no day or time":                   {"--sessions", list, "--telemetry", folder + "/logs*", "--from", "May"},
		"--to: is before --from":                      {"--sessions", list, "--telemetry", folder, "--from", "2026-11-02", "--to", "2026-11-01"},
		"--time-zone: is unknown":                     {"--sessions", list, "--telemetry", folder, "--time-zone", "Mars"},
		"--fail-below: is no percentage":              {"--sessions", list, "--telemetry", folder, "--fail-below", "101"},
		"--cost-tolerance: is no percentage":          {"--sessions", list, "--telemetry", folder, "--cost-tolerance", "NaN"},
		"--tolerance: must be from 1s":                {"--sessions", list, "--telemetry", folder, "--tolerance", "0s"},
		"--limit: must not be negative":               {"--sessions", list, "--telemetry", folder, "--limit", "-1"},
		"--database: database: stat":                  {"--sessions", list, "--database", folder + "/absent.db"},
		"is not that of cowork_dashboard":             {"--sessions", list, "--database", list},
		"is no address":                               {"--sessions", list, "--database", "mysql://user:secret@db/x"},
		"database: is no address":                     {"--sessions", list, "--database", "postgres://user:secret@db:port/x"},
		"--roster: ":                                  {"--sessions", list, "--telemetry", folder, "--roster", folder},
		"--config: ":                                  {"--sessions", list, "--telemetry", folder, "--config", folder + "/absent.yaml"},
	} {
		r := command(t, append([]string{"reconcile"}, args...)...)
		require.Equal(t, 1, r.status, want)
		require.Contains(t, r.err, "coworkctl: reconcile: ")
		require.Contains(t, r.err, want)
		require.NotContains(t, r.err, "secret")
	}
}

// TestStreamEvents reads lines, compressed or not, skips those that are too long or no OTLP
// and counts them.
func TestStreamEvents(t *testing.T) {
	var lines bytes.Buffer
	o := simulate(2)
	first, _, _ := bytes.Cut(o.lines.Bytes(), []byte("\n"))
	lines.Write(first)
	lines.WriteString("\n\n{\"secret\n")
	lines.WriteString(strings.Repeat("x", 2*len(first)))
	lines.WriteString("\n")
	lines.Write(first)
	encoder, err := zstd.NewWriter(nil)
	require.NoError(t, err)
	for name, text := range map[string][]byte{"plain": lines.Bytes(), "zstd": encoder.EncodeAll(lines.Bytes(), nil)} {
		file := filepath.Join(t.TempDir(), name)
		require.NoError(t, os.WriteFile(file, text, 0o600))
		var errs bytes.Buffer
		events := 0
		require.NoError(t, streamEvents(environment{stderr: &errs}, "reconcile", file, len(first), func(cowork.Event) { events++ }))
		require.Equal(t, 100, events)
		require.Contains(t, errs.String(), "skipped lines that cannot be read: 2, the first is line 3, which is no OTLP")
	}
	long := filepath.Join(t.TempDir(), "long")
	require.NoError(t, os.WriteFile(long, first, 0o600))
	require.ErrorContains(t, streamEvents(environment{}, "reconcile", long, 10, func(cowork.Event) {}), "line 1 is too long")
}

// TestReconcileAPI compares the sessions of a fake of the API, with the key of the
// environment, which is never printed.
func TestReconcileAPI(t *testing.T) {
	o := simulate(3)
	_, folder := writeSimulation(t, o)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch {
		case r.Header.Get("x-api-key") != "key-3":
			w.WriteHeader(http.StatusUnauthorized)
		case strings.HasSuffix(r.URL.Path, "/local"):
			_, _ = w.Write(o.list.Bytes())
		default:
			_, _ = w.Write([]byte(`{"data":[],"next_page":null}`))
		}
	}))
	t.Cleanup(server.Close)
	args := []string{"reconcile", "--api", server.URL, "--from", "2026-11-02", "--telemetry", folder, "--fail-below", "50"}
	t.Setenv(complianceKey, "key-3\n")
	require.Contains(t, succeeds(t, args...).out, "of 1000 listed sessions")
	t.Setenv(complianceKey, "key-4")
	r := command(t, args...)
	require.Equal(t, 1, r.status)
	require.Contains(t, r.err, "reconcile: api: local sessions: answer is 401")
	require.NotContains(t, r.err, "key-4")
}
