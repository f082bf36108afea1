package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/cowork-otel/collector/internal/audit"
)

// auditFolder writes ten records of two users in segments of a few records, with a key of
// coworkctl audit keygen.
func auditFolder(t *testing.T) (dir, public string) {
	t.Helper()
	keyFile := filepath.Join(t.TempDir(), "key.pem")
	require.Contains(t, succeeds(t, "audit", "keygen", "--out", keyFile).out, "key id       ")
	info, err := os.Stat(keyFile)
	require.NoError(t, err)
	require.Equal(t, os.FileMode(0o600), info.Mode().Perm())
	text, err := os.ReadFile(keyFile)
	require.NoError(t, err)
	key, err := audit.ParsePrivateKey(text)
	require.NoError(t, err)
	require.Equal(t, 1, command(t, "audit", "keygen", "--out", keyFile).status, "replaces no key")

	dir = filepath.Join(t.TempDir(), "audit")
	w, err := audit.Open(audit.Settings{Dir: dir, Key: key, MaxSegmentBytes: 2000, MaxSegmentAge: time.Hour}, noon)
	require.NoError(t, err)
	for i := range 10 {
		require.NoError(t, w.Append(noon, false, fmt.Appendf(nil, `{"resourceLogs":[{"scopeLogs":[{"logRecords":[{"attributes":[`+
			`{"key":"session.id","value":{"stringValue":"s%d"}},{"key":"user.email","value":{"stringValue":"p%d@example.com"}},`+
			`{"key":"prompt","value":{"stringValue":"asks s3"}}]}]}]}]}`, i, i%2)))
	}
	require.NoError(t, w.Close())
	return dir, keyFile + ".pub"
}

// TestAuditVerify checks what is printed for a whole folder, a changed one, another key, and a
// head that is missing.
func TestAuditVerify(t *testing.T) {
	dir, public := auditFolder(t)
	r := succeeds(t, "audit", "verify", dir, "--public-key", public)
	require.Contains(t, r.out, "records   10\n")
	require.Contains(t, r.out, "\nverified\n")
	require.NotContains(t, r.out, "without --public-key")
	_, head, _ := strings.Cut(r.out, "head      ")
	head, _, _ = strings.Cut(head, "\n")
	require.NotContains(t, succeeds(t, "audit", "verify", dir, "--public-key", public, "--expect-head", head).out, "warning")
	require.Contains(t, succeeds(t, "audit", "verify", dir).out, "warning: without --public-key")

	require.Equal(t, 3, command(t, "audit", "verify", dir, "--expect-head", strings.Repeat("0", 64)).status)
	_, other := auditFolder(t)
	r = command(t, "audit", "verify", dir, "--public-key", other)
	require.Equal(t, 3, r.status)
	require.Contains(t, r.err, "is signed with another key")
	require.Equal(t, 1, command(t, "audit", "verify", filepath.Join(dir, "missing")).status)
	require.Equal(t, 1, command(t, "audit", "verify", dir, "--expect-head", "x").status)
	require.Equal(t, 1, command(t, "audit", "verify").status)

	file := filepath.Join(dir, "audit-00000001.jsonl")
	text, err := os.ReadFile(file)
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(file, bytes.Replace(text, []byte("p1@"), []byte("p2@"), 1), 0o600))
	r = command(t, "audit", "verify", dir, "--public-key", public)
	require.Equal(t, 3, r.status)
	require.Equal(t, "coworkctl: audit verify: audit-00000001.jsonl:2: record 2 of 2026-11-18T12:00:00Z: was changed: its payload has another hash\n", r.err)
	require.NotContains(t, r.out, "verified")
}

// TestAuditExport checks that an export has the records of one session or user only, whose
// attributes have the whole value, and that it verifies.
func TestAuditExport(t *testing.T) {
	dir, public := auditFolder(t)
	for flag, want := range map[string]struct {
		value string
		kept  int
	}{"--session": {"s3", 1}, "--user": {"p1@example.com", 5}} {
		out := filepath.Join(t.TempDir(), "export")
		r := succeeds(t, "audit", "export", dir, flag, want.value, "--public-key", public, "--out", out)
		require.Contains(t, r.out, fmt.Sprintf("%d of 10 records", want.kept))
		r = succeeds(t, "audit", "verify", out, "--export", "--public-key", public)
		require.Contains(t, r.out, fmt.Sprintf("omitted   the payloads of %d records\n", 10-want.kept))
		files, err := filepath.Glob(filepath.Join(out, "*"))
		require.NoError(t, err)
		for _, name := range files {
			text, err := os.ReadFile(name)
			require.NoError(t, err)
			require.NotContains(t, string(text), "p0@example.com")
		}
		require.Equal(t, 1, command(t, "audit", "export", dir, flag, want.value, "--out", out).status, "replaces nothing")
	}
	require.Equal(t, 1, command(t, "audit", "export", dir, "--out", filepath.Join(t.TempDir(), "x")).status)
	require.NoError(t, os.Remove(filepath.Join(dir, "audit-00000001.jsonl")))
	require.Equal(t, 3, command(t, "audit", "export", dir, "--session", "s3", "--out", filepath.Join(t.TempDir(), "x")).status)
}

// TestAuditHold adds, lists and removes a hold.
func TestAuditHold(t *testing.T) {
	dir, _ := auditFolder(t)
	const line = "case-1: from 2026-11-18T00:00:00Z, to 2026-11-19T23:59:59Z\n"
	add := []string{"audit", "hold", "add", dir, "--name", "case-1", "--from", "2026-11-18", "--to", "2026-11-19"}
	require.Equal(t, line, succeeds(t, add...).out)
	require.Equal(t, 1, command(t, add...).status, "replaces no hold")
	require.Equal(t, line, succeeds(t, "audit", "hold", "list", dir).out)
	require.Equal(t, 1, command(t, "audit", "hold", "remove", dir, "--name", "case-2").status)
	succeeds(t, "audit", "hold", "remove", dir, "--name", "case-1")
	require.Empty(t, succeeds(t, "audit", "hold", "list", dir).out)
	for _, bad := range [][]string{{"--name", "../x"}, {"--name", "a", "--from", "soon"}, {"--name", "a", "--from", "2026-11-19", "--to", "2026-11-18"}} {
		require.Equal(t, 1, command(t, append([]string{"audit", "hold", "add", dir}, bad...)...).status, bad)
	}
	require.Equal(t, 1, command(t, "audit", "hold", "add", t.TempDir(), "--name", "a").status, "another folder")
}

// TestAuditErase checks that the records of one user are erased, that verify names them, and
// that an erasure is refused under a hold and without a key.
func TestAuditErase(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "trail")
	require.NoError(t, os.CopyFS(dir, os.DirFS(filepath.Join(sampleFolder, "trail"))))
	key := filepath.Join(sampleFolder, "key.pem")
	public := key + ".pub"
	erase := func(args ...string) commandResult {
		return command(t, append([]string{"audit", "erase", dir, "--name", "request-42"}, args...)...)
	}
	jane := []string{"--user", "jane.doe@example.com", "--key", key}
	for want, args := range map[string][]string{
		"needs --name, and either --session or --user": {"--key", key},
		"--session and --user exclude each other":      {"--session", "a", "--user", "b"},
		"--key: is no Ed25519 key":                     {"--user", "a", "--key", public},
		"--from: is no day or time":                    {"--user", "a", "--from", "soon"},
		"--to is before --from":                        {"--user", "a", "--from", "2026-11-02", "--to", "2026-11-01"},
		"the segments are signed: the erasure must be": {"--user", "a"},
		"--public-key: open":                           {"--user", "a", "--public-key", "missing"},
	} {
		r := erase(args...)
		require.Equal(t, 1, r.status)
		require.Contains(t, r.err, want)
	}
	succeeds(t, "audit", "hold", "add", dir, "--name", "case-17", "--session", "session-1")
	require.Contains(t, erase(jane...).err, "2 of the records are under the hold case-17: nothing was erased (remove the hold, or limit the time)")
	require.Equal(t, "case-17: from no limit, to no limit, session session-1\n", succeeds(t, "audit", "hold", "list", dir).out)
	succeeds(t, "audit", "hold", "remove", dir, "--name", "case-17")

	r := erase(append(jane, "--dry-run")...)
	require.Equal(t, "to erase  the payloads of 3 records\n", r.out)
	r = erase(append(jane, "--to", "2026-11-03")...)
	require.Zero(t, r.status, r.err)
	require.Equal(t, "erased  the payloads of 3 records\n", r.out)
	r = erase(jane...)
	require.Equal(t, 1, r.status)
	require.Contains(t, r.err, "1 records are in the open segment (run the command again after max_segment_age)")
	r = succeeds(t, "audit", "verify", dir, "--public-key", public)
	require.Contains(t, r.out, "erased    the payloads of 3 records, by request-42: 1, 3, 5\n")

	require.NoError(t, os.Remove(filepath.Join(dir, "erasure-request-42.json")))
	require.Equal(t, 3, erase(jane...).status)
}

// TestAuditExportTime checks that an export can have the records of a time.
func TestAuditExportTime(t *testing.T) {
	trail, out := filepath.Join(sampleFolder, "trail"), filepath.Join(t.TempDir(), "out")
	r := succeeds(t, "audit", "export", trail, "--from", "2026-11-03", "--to", "2026-11-03T09:00:00Z", "--out", out)
	require.Contains(t, r.out, "2 of 9 records have their payload")
	require.Contains(t, succeeds(t, "audit", "verify", out, "--export").out, "omitted   the payloads of 7 records\n")
}

// TestAuditVerifyFrom checks that records before a time are not read.
func TestAuditVerifyFrom(t *testing.T) {
	r := succeeds(t, "audit", "verify", filepath.Join(sampleFolder, "trail"), "--from", "2026-11-04")
	require.Contains(t, r.out, "segments  3: 2 closed, 2 signed\nskipped   the records of 1 segments that end before --from\nrecords   6\nfirst     4, ")
	require.Equal(t, 1, command(t, "audit", "verify", sampleFolder, "--from", "soon").status)
}
