package e2e

import (
	"bytes"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// capturedUser is the user.id of the client that was recorded.
const capturedUser = "7ca19e7e77ab51b1e9d1f99f818886950229109d4808f246ba790ecc1661122f"

// writeRoster writes a list with the recorded user.
func writeRoster(t *testing.T, path, name, team string) {
	t.Helper()
	text := "name,team,cost_center,user.id,salary\n" + name + "," + team + ",4711," + capturedUser + ",secret-salary\n"
	require.NoError(t, os.WriteFile(path+".new", []byte(text), 0o600))
	require.NoError(t, os.Rename(path+".new", path))
}

// toNamedUsers sets a list of people, and looks for the name in the files of the collector.
func toNamedUsers(t *testing.T) ([]string, arrives) {
	t.Helper()
	folder, path := t.TempDir(), filepath.Join(t.TempDir(), "people.csv")
	writeRoster(t, path, "Anna Li", "Sales")
	has := func(signal string) bool {
		data, err := os.ReadFile(filepath.Join(folder, signal+".json"))
		return err == nil && strings.Contains(string(data), `"Anna Li"`) && strings.Contains(string(data), `"Sales"`) && !strings.Contains(string(data), "secret-salary")
	}
	return []string{"COWORK_ROSTER=" + path, "COWORK_DATA=" + folder}, func() bool { return has("logs") && has("metrics") }
}

// TestRoster changes the list of people of a running collector: events that arrive later
// have the new team, and a list with an error is not used.
func TestRoster(t *testing.T) {
	t.Parallel()
	path, often := filepath.Join(t.TempDir(), "people.csv"), filepath.Join(t.TempDir(), "often.yaml")
	writeRoster(t, path, "Anna Li", "Sales")
	require.NoError(t, os.WriteFile(often, []byte("processors: {cowork_roster: {reload_interval: 100ms}}\n"), 0o600))
	c := startWith(t, []string{"COWORK_ROSTER=" + path}, filepath.Join(root, "distro/config.yaml"), often)
	all := captures(t)
	requests := []request{all["basic-json"][0], all["connectors-json"][0], all["api-error-json"][0]} // an event that was accepted is not passed on again
	passed := func() string {
		return string(bytes.Join(c.lines(t, "logs"), nil))
	}
	send := func(team string) {
		t.Helper()
		before := strings.Count(passed(), `"`+team+`"`)
		status, answer := c.post(t, requests[0])
		requests = requests[1:]
		require.Equal(t, http.StatusOK, status, answer)
		require.Eventually(t, func() bool { return strings.Count(passed(), `"`+team+`"`) > before }, waitLimit, 20*time.Millisecond, "%s", c.log)
	}
	logged := func(text string, n int) {
		t.Helper()
		require.Eventually(t, func() bool { return strings.Count(c.log.String(), text) == n }, waitLimit, 20*time.Millisecond, "%s", c.log)
	}
	logged("read the list of people", 1)
	send("Sales")
	writeRoster(t, path, "Anna Li", "Support")
	logged("read the list of people", 2)
	send("Support")
	writeRoster(t, path, "Anna\x00Li", "Finance")
	logged("the list of people cannot be used", 1)
	require.Contains(t, c.log.String(), "line 2, column 1: name: has control characters")
	send("Support")
	require.NotContains(t, passed(), "Finance")
	require.NotContains(t, c.log.String(), "secret-salary")
	require.Contains(t, string(c.setup(t)), "processor cowork_roster")
}
