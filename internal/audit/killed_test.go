package audit

import (
	"bufio"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// The environment of the process that TestKilledWriter kills.
const (
	killedDir   = "AUDIT_TEST_KILLED_DIR"
	killedRound = "AUDIT_TEST_KILLED_ROUND"
)

// rounds is how often a writer is killed.
const rounds = 15

// killedSettings close a segment after three records, and keep those of the last hour.
func killedSettings(dir string) Settings {
	set := settings(dir)
	set.Retention = time.Hour
	return set
}

// TestKilledWriter kills a process that closes segments and deletes old ones all the time. After
// each kill the folder verifies, it has the newest record that was stored durably, and the next
// process continues it.
func TestKilledWriter(t *testing.T) {
	if dir := os.Getenv(killedDir); dir != "" {
		writeUntilKilled(t, dir)
		return
	}
	dir := filepath.Join(t.TempDir(), "a")
	var deleted uint64
	for round := range rounds {
		stored := killWriter(t, dir, round)
		sum, err := verify(dir)
		require.NoError(t, err, "after kill %d", round)
		require.GreaterOrEqual(t, sum.LastSeq, stored)
		require.GreaterOrEqual(t, sum.DeletedTo, deleted)
		deleted = sum.DeletedTo
	}
	require.Positive(t, deleted)
}

// writeUntilKilled appends records, and prints the number of each that is stored durably.
func writeUntilKilled(t *testing.T, dir string) {
	t.Helper()
	round, err := strconv.Atoi(os.Getenv(killedRound))
	require.NoError(t, err)
	now := testTime.Add(time.Duration(round) * 24 * time.Hour)
	w, err := Open(killedSettings(dir), now)
	require.NoError(t, err)
	for n := 0; ; n++ {
		now = now.Add(10 * time.Minute)
		require.NoError(t, w.Append(now, true, fmt.Appendf(nil, `{"n":%d}`, n)))
		seq, _ := w.Head()
		fmt.Println(seq)
		_, err := w.Tick(now)
		require.NoError(t, err)
	}
}

// killWriter starts a process that writes, and kills it after a number of records. It returns the
// number of the newest record that the process has reported.
func killWriter(t *testing.T, dir string, round int) (stored uint64) {
	t.Helper()
	cmd := exec.Command(os.Args[0], "-test.run=^TestKilledWriter$")
	cmd.Env = append(os.Environ(), killedDir+"="+dir, killedRound+"="+strconv.Itoa(round))
	out, err := cmd.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, cmd.Start())
	lines := bufio.NewScanner(out)
	for n := 0; lines.Scan(); n++ {
		if n == 3+2*round {
			require.NoError(t, cmd.Process.Kill())
		}
		if seq, err := strconv.ParseUint(lines.Text(), 10, 64); err == nil {
			stored = seq
		}
	}
	_ = cmd.Wait() // it was killed
	require.Positive(t, stored, "the process has written nothing")
	return stored
}
