package main

import (
	"bytes"
	"crypto/ed25519"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/plog"

	"github.com/cowork-otel/collector/internal/audit"
)

// sampleFolder is the folder of docs/audit.md.
const sampleFolder = "../../testdata/audit"

// TestAuditSample checks that the writer writes the sample folder, byte for byte: the form of
// segments, manifests and the head does not change.
func TestAuditSample(t *testing.T) {
	dir := t.TempDir()
	key := writeSampleKey(t, filepath.Join(dir, "key.pem"), "sample")
	trail := filepath.Join(dir, "trail")
	at := time.Date(2026, 11, 2, 9, 0, 0, 0, time.UTC)
	w, err := audit.Open(audit.Settings{Dir: trail, Key: key, MaxSegmentBytes: 1 << 20, MaxSegmentAge: 24 * time.Hour, Random: rand.NewChaCha8([32]byte{})}, at)
	require.NoError(t, err)
	for i, user := range []string{"jane.doe", "john.roe", "jane.doe", "john.roe", "jane.doe", "john.roe", "john.roe", "jane.doe", "john.roe"} {
		now := at.Add(time.Duration(i) * 8 * time.Hour) // three records a day
		require.NoError(t, w.Append(now, true, samplePayload(t, now, i, user)))
	}
	require.NoError(t, w.Close())
	require.NoError(t, os.Remove(filepath.Join(trail, "lock")))
	writeRotated(t, dir, key)

	if *update {
		require.NoError(t, os.RemoveAll(sampleFolder))
		require.NoError(t, os.CopyFS(sampleFolder, os.DirFS(dir)))
	}
	require.Equal(t, filesOf(t, dir), filesOf(t, sampleFolder))
	sum, err := audit.Verify(filepath.Join(sampleFolder, "trail"), audit.Options{Keys: []ed25519.PublicKey{key.Public().(ed25519.PublicKey)}})
	require.NoError(t, err)
	require.Equal(t, 2, sum.Closed)
}

// writeSampleKey writes the key of a seed of six letters, and its public key beside it.
func writeSampleKey(t *testing.T, path, seed string) ed25519.PrivateKey {
	t.Helper()
	key := ed25519.NewKeyFromSeed(bytes.Repeat([]byte(seed), 6)[:ed25519.SeedSize])
	private, public, err := audit.EncodeKey(key)
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(path, private, 0o600))
	require.NoError(t, os.WriteFile(path+".pub", public, 0o600))
	return key
}

// writeRotated writes a folder whose key was changed, and the second key.
func writeRotated(t *testing.T, dir string, first ed25519.PrivateKey) {
	t.Helper()
	second := writeSampleKey(t, filepath.Join(dir, "key-2.pem"), "second")
	folder := filepath.Join(dir, "rotated")
	at := time.Date(2026, 11, 9, 9, 0, 0, 0, time.UTC)
	random := rand.NewChaCha8([32]byte{1})
	for i, key := range []ed25519.PrivateKey{first, second} {
		now := at.Add(time.Duration(i) * time.Hour)
		w, err := audit.Open(audit.Settings{Dir: folder, Key: key, MaxSegmentBytes: 1 << 20, MaxSegmentAge: 24 * time.Hour, Random: random}, now)
		require.NoError(t, err)
		require.NoError(t, w.Append(now, true, samplePayload(t, now, i, "jane.doe")))
		require.NoError(t, w.Close())
	}
	require.NoError(t, os.Remove(filepath.Join(folder, "lock")))
}

func samplePayload(t *testing.T, at time.Time, n int, user string) []byte {
	t.Helper()
	ld := plog.NewLogs()
	rl := ld.ResourceLogs().AppendEmpty()
	rl.Resource().Attributes().PutStr("service.name", "cowork")
	r := rl.ScopeLogs().AppendEmpty().LogRecords().AppendEmpty()
	r.SetTimestamp(pcommon.NewTimestampFromTime(at))
	r.SetEventName("user_prompt")
	r.Attributes().PutStr("session.id", fmt.Sprintf("session-%d", 1+n%4))
	r.Attributes().PutStr("user.email", user+"@example.com")
	text, err := (&plog.JSONMarshaler{}).MarshalLogs(ld)
	require.NoError(t, err)
	return text
}

// filesOf returns the texts of the files below a folder, by name.
func filesOf(t *testing.T, dir string) map[string]string {
	t.Helper()
	files := map[string]string{}
	for _, pattern := range []string{"*", "*/*"} {
		names, err := filepath.Glob(filepath.Join(dir, pattern))
		require.NoError(t, err)
		for _, name := range names {
			text, err := os.ReadFile(name)
			if err != nil {
				continue // is a folder
			}
			short, err := filepath.Rel(dir, name)
			require.NoError(t, err)
			files[short] = string(text)
		}
	}
	return files
}
