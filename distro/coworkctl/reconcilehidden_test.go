package main

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestReconcileHidesAddresses compares a list and telemetry whose users are addresses, with a
// session whose id has a sequence for terminals: without --show-users, the report has no
// address, and it never has such a sequence.
func TestReconcileHidesAddresses(t *testing.T) {
	folder := t.TempDir()
	list, usage, logs := filepath.Join(folder, "sessions.csv"), filepath.Join(folder, "costs.json"), filepath.Join(folder, "logs.json")
	require.NoError(t, os.WriteFile(list, []byte("id,created_at,user_id\nclls_1,2026-11-02T08:00:00Z,ada@example.com\nclls_2,2026-11-02T08:00:00Z,bob@example.com\n"), 0o600))
	require.NoError(t, os.WriteFile(usage, []byte(`{"data":[{"starting_at":"2026-11-02T00:00:00Z","actor":{"email_address":"bob@example.com"},"list_amount":"500"}]}`), 0o600))
	line := `{"resourceLogs":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"cowork"}}]},"scopeLogs":[{"logRecords":[{"timeUnixNano":"1793606400000000000","body":{"stringValue":"claude_code.api_request"},"attributes":[` +
		`{"key":"session.id","value":{"stringValue":"\u001b]0;title\u0007%d"}},{"key":"event.name","value":{"stringValue":"api_request"}},{"key":"cost_usd","value":{"doubleValue":3}},{"key":"user.email","value":{"stringValue":%q}}]}]}]}]}` + "\n"
	require.NoError(t, os.WriteFile(logs, fmt.Appendf(nil, line+line, 1, "ada@example.com", 2, "eve@example.com"), 0o600))

	for _, format := range []string{"text", "json"} {
		args := []string{"reconcile", "--sessions", list, "--telemetry", logs, "--usage", usage, "--fail-below", "0", "--format", format}
		hidden := succeeds(t, args...).out
		require.NotContains(t, hidden, "@example.com")
		require.Contains(t, hidden, "(address)")
		require.NotContains(t, hidden, "\x1b")
		require.Contains(t, hidden, "title", "the session is reported")
		require.Contains(t, succeeds(t, append(args, "--show-users")...).out, "eve@example.com")
	}
}
