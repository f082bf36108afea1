package e2e

import (
	"fmt"
	"io"
	"net/http"
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// residentMiB returns the resident memory of the process. Where the system does not report
// it, the test is skipped.
func (c *collector) residentMiB(t *testing.T) int {
	t.Helper()
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", c.pid))
	if os.IsNotExist(err) {
		t.Skip("this system does not report the memory of a process in /proc")
	}
	require.NoError(t, err)
	_, after, found := strings.Cut(string(status), "VmRSS:")
	require.True(t, found, "%s", status)
	kib, err := strconv.Atoi(strings.Fields(after)[0])
	require.NoError(t, err)
	return kib >> 10
}

// maxGrowthMiB is how much the memory may grow under attack. What a single bomb expands to
// would be as much already.
const maxGrowthMiB = 160

// requireFlat checks that the memory has not grown beyond the bound since it was measured.
func (c *collector) requireFlat(t *testing.T, before int) {
	t.Helper()
	after := c.residentMiB(t)
	t.Logf("resident memory: %d MiB before, %d MiB after", before, after)
	require.Less(t, after-before, maxGrowthMiB, "the memory grew:\n%s", c.log)
}

// requireServed checks that a request of a client is accepted.
func (c *collector) requireServed(t *testing.T) {
	t.Helper()
	status, answer := c.post(t, captures(t)["basic-json"][0])
	require.Equal(t, http.StatusOK, status, "%s\n%s", answer, c.log)
}

// counters returns the collector's own metrics by name and labels, and their sums by name.
func (c *collector) counters(t require.TestingT) map[string]float64 {
	resp, err := http.Get("http://" + c.metrics + "/metrics")
	require.NoError(t, err)
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	require.NoError(t, err)
	all := map[string]float64{}
	for line := range strings.Lines(string(text)) {
		line = strings.TrimSpace(line)
		i := strings.LastIndexByte(line, ' ')
		if n, err := strconv.ParseFloat(line[i+1:], 64); i > 0 && err == nil {
			all[line[:i]] += n
			if name, _, labelled := strings.Cut(line[:i], "{"); labelled {
				all[name] += n
			}
		}
	}
	return all
}
