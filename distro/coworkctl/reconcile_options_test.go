package main

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/cowork-otel/collector/distro/coworkctl/reconcile"
)

// smallList has a session of Ada, whose telemetry arrives, and one of Bob, whose does not.
const smallList = `{"data":[
	{"id":"clls_1","created_at":"2026-11-02T23:30:00Z","updated_at":"2026-11-03T00:30:00Z","user":{"id":"user_01a","email_address":"Ada@example.com"}},
	{"id":"clls_2","created_at":"2026-11-02T23:30:00Z","user":{"id":"user_01b","email_address":"bob@example.com"}}]}`

// line returns a line of the file exporter with a request of a user.
func line(user, attributes string) string {
	return fmt.Sprintf(`{"resourceLogs":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"cowork"}}]},"scopeLogs":[{"logRecords":[{"timeUnixNano":"1793662202000000000","attributes":[`+
		`{"key":"session.id","value":{"stringValue":"s-1"}},{"key":"event.name","value":{"stringValue":"api_request"}},{"key":"user.email","value":{"stringValue":%q}}%s]}]}]}]}`+"\n", user, attributes)
}

// TestReconcilePseudonyms joins pseudonyms of the telemetry with addresses of the list by the
// configuration of the collector. Without it, the report has what to do.
func TestReconcilePseudonyms(t *testing.T) {
	config := inputFile(t, "config.yaml", "cowork_redaction:\n  identities: {attributes: [user.email], action: pseudonymize, key: 0123456789abcdef0123456789abcdef}\n")
	pseudonym := strings.TrimSpace(succeeds(t, "redact", "--config", config, "--attribute", "user.email", "--text", "ada@example.com").out)
	list, logs := inputFile(t, "sessions.json", smallList), inputFile(t, "logs.json", line(pseudonym, ""))
	args := []string{"reconcile", "--sessions", list, "--telemetry", logs, "--fail-below", "0"}
	require.Contains(t, succeeds(t, args...).out, "Pass the collector's configuration with --config")
	out := succeeds(t, append(args, "--config", config)...).out
	require.Contains(t, out, "telemetry has 1 of 2 listed sessions")
	require.NotContains(t, out, "--config")
	require.NotContains(t, out, "@example.com")
}

// TestReconcileTeams has the teams of a list of people, also of those who never sent an event,
// and the days of a time zone.
func TestReconcileTeams(t *testing.T) {
	list, logs := inputFile(t, "sessions.json", smallList), inputFile(t, "logs.json", line("ada@example.com", ""))
	roster := inputFile(t, "people.csv", "name,team,user.email\nAda,Sales,ada@example.com\nBob,Legal,BOB@example.com\n")
	out := succeeds(t, "reconcile", "--sessions", list, "--telemetry", logs, "--fail-below", "50", "--roster", roster, "--time-zone", "Europe/Berlin").out
	require.Regexp(t, `\n2026-11-03 +2 +1 +50\.0 % +2 +1\n`, out)
	require.Regexp(t, `\nLegal +1 +0 +0\.0 % +1 +1\nSales +1 +1 +100\.0 % +1 +0\n`, out)
	require.Regexp(t, `\nuser_01b +Legal +1 +2026-11-03 00:30:00 `, out)
}

// TestReconcileClock joins a session whose clock was wrong by a day, which cowork_event has
// marked.
func TestReconcileClock(t *testing.T) {
	wrong := strings.ReplaceAll(line("ada@example.com", `,{"key":"cowork.clock_skew_ms","value":{"intValue":"86400000"}}`), "1793662202", "1793575802")
	list, logs := inputFile(t, "sessions.json", smallList), inputFile(t, "logs.json", wrong)
	require.Contains(t, succeeds(t, "reconcile", "--sessions", list, "--telemetry", logs, "--fail-below", "50").out, "telemetry has 1 of 2 listed sessions")
}

// TestReconcileCompressed reads a compressed list, one on the standard input, and refuses one
// that is cut off.
func TestReconcileCompressed(t *testing.T) {
	logs := inputFile(t, "logs.json", line("ada@example.com", ""))
	var zipped bytes.Buffer
	w := gzip.NewWriter(&zipped)
	_, err := w.Write([]byte(smallList))
	require.NoError(t, err)
	require.NoError(t, w.Close())
	list := filepath.Join(t.TempDir(), "sessions.json.gz")
	require.NoError(t, os.WriteFile(list, zipped.Bytes(), 0o600))
	require.Contains(t, succeeds(t, "reconcile", "--sessions", list, "--telemetry", logs, "--fail-below", "50").out, "1 of 2 listed")
	r := commandWithInput(t, smallList, "reconcile", "--sessions", "-", "--telemetry", logs, "--format", "json")
	require.Equal(t, silentStatus, r.status)
	var report reconcile.Report
	require.NoError(t, json.Unmarshal([]byte(r.out), &report))
	require.InDelta(t, 50, report.Percent, 0)
	require.NoError(t, os.WriteFile(list, zipped.Bytes()[:zipped.Len()/2], 0o600))
	r = command(t, "reconcile", "--sessions", list, "--telemetry", logs)
	require.Equal(t, 1, r.status)
	require.Equal(t, "coworkctl: reconcile: "+list+": is no JSON, or is cut off (the whole answers of the API would be right)\n", r.err)
}
