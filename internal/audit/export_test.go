package audit

import (
	"bytes"
	"crypto/ed25519"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestExport checks that an export has the selected payloads only, that it verifies, and that
// a change of it is found.
func TestExport(t *testing.T) {
	dir, out := filepath.Join(t.TempDir(), "a"), filepath.Join(t.TempDir(), "out")
	fillUsers(t, dir, 20)
	fillUsers(t, dir, 2) // after a restart
	opt := Options{Keys: []ed25519.PublicKey{testKey.Public().(ed25519.PublicKey)}}
	kept, all, err := Export(dir, out, opt, Selection{Session: "s7"})
	require.NoError(t, err)
	require.EqualValues(t, 1, kept)
	require.EqualValues(t, 23, all.Records)

	_, err = Verify(out, opt)
	require.ErrorContains(t, err, "has no payload")
	opt.Export = true
	sum, err := Verify(out, opt)
	require.NoError(t, err)
	require.EqualValues(t, 21, sum.Omitted)
	sum.Omitted = 0
	require.Equal(t, all, sum)

	files, err := filepath.Glob(filepath.Join(out, "*.jsonl"))
	require.NoError(t, err)
	changes := 0
	for _, name := range files {
		text, err := os.ReadFile(name)
		require.NoError(t, err)
		for n, line := range bytes.SplitAfter(text, []byte("\n")) {
			if len(line) == 0 {
				continue
			}
			changed := bytes.Replace(bytes.Clone(text), line, nil, 1)
			require.NoError(t, os.WriteFile(name, changed, 0o600))
			_, err = Verify(out, opt)
			require.Error(t, err, "line %d of %s", n, name)
			changes++
		}
		require.NoError(t, os.WriteFile(name, text, 0o600))
	}
	require.Equal(t, 23, changes)
}

// TestExportOfDamage checks that a damaged folder is not exported.
func TestExportOfDamage(t *testing.T) {
	dir, out := filepath.Join(t.TempDir(), "a"), filepath.Join(t.TempDir(), "out")
	fill(t, dir, 20)
	require.NoError(t, os.Remove(filepath.Join(dir, segmentName(2))))
	_, _, err := Export(dir, out, Options{}, Selection{})
	var fault *Fault
	require.ErrorAs(t, err, &fault)
	require.Equal(t, segmentName(2), fault.File)
	require.NoDirExists(t, out)
}
