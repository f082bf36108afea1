package e2e

import (
	"bytes"
	"encoding/json"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// damages are what happens to a file when the power fails, or a disk does.
var damages = map[string]func(data []byte) []byte{
	"cut off": func(data []byte) []byte { return data[:min(len(data)/2, 2*os.Getpagesize())] },
	"zeros":   func(data []byte) []byte { return make([]byte, len(data)) },
	"garbage": func([]byte) []byte { return []byte(strings.Repeat("this is no database\n", 50)) },
	"begin": func(data []byte) []byte {
		return append(bytes.Repeat([]byte{0xff}, 8192), data[min(len(data), 8192):]...)
	},
}

// TestDamagedFiles damages the state files of a collector. It starts, names what it set
// aside, and receives events.
func TestDamagedFiles(t *testing.T) {
	t.Parallel()
	for name, damage := range damages {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := start(t)
			good := captures(t)["basic-json"]
			for _, r := range good {
				status, answer := c.post(t, r)
				require.Equal(t, http.StatusOK, status, answer)
			}
			c.stop()
			files, err := filepath.Glob(filepath.Join(c.data, "state", "*"))
			require.NoError(t, err)
			require.NotEmpty(t, files)
			if name != "garbage" { // another program's file at the path of the database stops the start
				files = append(files, filepath.Join(c.data, "dashboard.db"))
			}
			for _, file := range files {
				data, err := os.ReadFile(file)
				require.NoError(t, err)
				require.NoError(t, os.WriteFile(file, damage(data), 0o600))
			}
			c.run(t, nil)
			for _, file := range files {
				require.Contains(t, c.log.String(), file+".damaged-")
				asides, err := filepath.Glob(file + ".damaged-*")
				require.NoError(t, err)
				require.NotEmpty(t, asides, "%s is set aside", file)
			}
			status, answer := c.post(t, good[0])
			require.Equal(t, http.StatusOK, status, answer)
			c.stop()
		})
	}
}

// TestStateFolderInUse starts a second collector with the folder of the first.
func TestStateFolderInUse(t *testing.T) {
	t.Parallel()
	first := start(t)
	second := newCollector(t)
	second.data = first.data
	cmd := second.command()
	require.Error(t, cmd.Run())
	require.Contains(t, second.log.String(), "state folder "+filepath.Join(first.data, "state")+" is in use by another collector")
	first.stop()
}

// TestCutLine cuts off the last line of a file, as a crash does: the next batch is on a
// line of its own.
func TestCutLine(t *testing.T) {
	t.Parallel()
	c := start(t)
	good := captures(t)["basic-json"]
	for _, r := range good {
		status, answer := c.post(t, r)
		require.Equal(t, http.StatusOK, status, answer)
	}
	c.kill()
	file := filepath.Join(c.data, "metrics.json")
	info, err := os.Stat(file)
	require.NoError(t, err)
	before := len(c.lines(t, "metrics"))
	require.NoError(t, os.Truncate(file, info.Size()-20))
	c.run(t, nil)
	for _, r := range good {
		if r.signal == "metrics" {
			status, answer := c.post(t, r)
			require.Equal(t, http.StatusOK, status, answer)
		}
	}
	c.stop()
	lines, bad := c.lines(t, "metrics"), 0
	require.Greater(t, len(lines), before)
	for _, line := range lines {
		if !json.Valid(line) {
			bad++
		}
	}
	require.Equal(t, 1, bad, "the cut line")
}
