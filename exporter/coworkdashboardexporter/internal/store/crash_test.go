package store

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/eventtest"
)

// crashDatabase is the environment variable with the database of the child process.
const crashDatabase = "COWORK_TEST_CRASH_DATABASE"

// TestMain runs the child process if the variable is set.
func TestMain(m *testing.M) {
	if path := os.Getenv(crashDatabase); path != "" {
		writeForEver(path)
	}
	os.Exit(m.Run())
}

// batch is how many events are committed together. A figure between two batches would be
// half a commit.
const batch = 7

func batchOf(n int) (events []eventtest.Event) {
	for i := range batch {
		events = append(events, request(n*batch+i, 1))
	}
	return events
}

// writeForEver commits batches and prints a line after each commit.
func writeForEver(path string) {
	ctx := context.Background()
	set := DefaultSettings()
	set.Path = path
	s, err := Open(ctx, set)
	for n := 0; err == nil; n++ {
		s.Add(noon, logs(batchOf(n)...))
		if err = s.Flush(ctx); err == nil {
			fmt.Println(n)
		}
	}
	fmt.Println(err)
	os.Exit(1)
}

// TestKilled kills a process that writes. All committed batches are complete in the
// database, and repeating all events counts none twice.
func TestKilled(t *testing.T) {
	set := inFile(t)
	for _, batches := range []int{3, 20} {
		said := killedAfter(t, set.Path, batches)
		s := openStore(t, set)
		requests := cell(t, s, "select requests from spend_total").(int64)
		require.GreaterOrEqual(t, requests, int64(said+1)*batch)
		require.Zero(t, requests%batch, "%d requests are no whole number of commits", requests)
		require.Equal(t, requests, cell(t, s, "select cost from spend_total"))
		require.Equal(t, requests, cell(t, s, "select sum(n) from latency_model"))
		for n := range int(requests) / batch {
			s.Add(noon, logs(batchOf(n)...))
		}
		require.NoError(t, s.Flush(t.Context()))
		require.Equal(t, requests, cell(t, s, "select requests from spend_total"))
		require.NoError(t, s.Close(t.Context()))
	}
}

// killedAfter starts the process, kills it after some batches, and returns the last
// committed batch.
func killedAfter(t *testing.T, path string, batches int) (said int) {
	t.Helper()
	self, err := os.Executable()
	require.NoError(t, err)
	cmd := exec.CommandContext(t.Context(), self)
	cmd.Env = append(os.Environ(), crashDatabase+"="+path)
	out, err := cmd.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, cmd.Start())
	for lines := bufio.NewScanner(out); lines.Scan(); {
		said, err = strconv.Atoi(strings.TrimSpace(lines.Text()))
		require.NoError(t, err, lines.Text())
		if batches--; batches == 0 {
			require.NoError(t, cmd.Process.Kill())
			break
		}
	}
	_ = cmd.Wait() // the error of a killed process
	return said
}
