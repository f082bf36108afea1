package ingest_test

import (
	"bufio"
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/database"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/ingest"
)

// crashDatabase is the environment variable with the database of a child process.
const crashDatabase = "COWORK_TEST_CRASH_DATABASE"

// TestCrashWriter is a child process of the crash tests. It adds the batches whose numbers
// it reads, and prints the number of each with + once it is committed, or - if it failed.
func TestCrashWriter(t *testing.T) {
	name := os.Getenv(crashDatabase)
	if name == "" {
		t.Skip("the tests of crashes run it in processes of their own")
	}
	db, err := database.Open(t.Context(), database.Settings{Name: name})
	require.NoError(t, err)
	in, err := ingest.New(t.Context(), db, crashSettings)
	require.NoError(t, err)
	var waits sync.WaitGroup
	flush := make(chan struct{}, 1)
	waits.Go(func() {
		for range flush {
			_ = in.Flush(t.Context()) // its error is that of the waits
		}
	})
	numbers := bufio.NewScanner(os.Stdin)
	fmt.Println("ready")
	for numbers.Scan() {
		n, err := strconv.Atoi(numbers.Text())
		require.NoError(t, err)
		wait := in.Add(crashTime, crashBatch(n).logs())
		waits.Go(func() {
			sign := "+"
			if wait(t.Context()) != nil {
				sign = "-"
			}
			fmt.Printf("%s%d\n", sign, n) // one write, which is not split
		})
		select {
		case flush <- struct{}{}:
		default:
		}
	}
	close(flush)
	waits.Wait()
	require.NoError(t, in.Close(t.Context()))
	require.NoError(t, db.Close())
}

var crashSettings = ingest.Settings{
	Zone: time.UTC, Hours: 14 * 24 * time.Hour, Days: 400 * 24 * time.Hour, Identities: 168 * time.Hour,
	MaxPrompts: 5000, MaxSteps: 200, MaxSessions: 10_000, MaxUsers: 1000, MaxNames: 1000, MaxAlerts: 100, MaxRecent: 100_000, MaxPending: 100_000,
}

// A crashWriter is a running child process.
type crashWriter struct {
	cmd    *exec.Cmd
	orders *bufio.Writer
	end    func() error // closes its input and waits
	killed bool
}

// ended is the line of a process that has ended.
const ended = "ended"

// A crashReport is a line of a child process.
type crashReport struct {
	from *crashWriter
	line string
}

// startCrashWriter starts a child process, which sends its lines to a channel.
func startCrashWriter(t *testing.T, name string, reports chan<- crashReport) *crashWriter {
	t.Helper()
	self, err := os.Executable()
	require.NoError(t, err)
	cmd := exec.CommandContext(t.Context(), self, "-test.run=^TestCrashWriter$", "-test.timeout=5m")
	cmd.Env = append(os.Environ(), crashDatabase+"="+name)
	cmd.Stderr = os.Stderr
	in, err := cmd.StdinPipe()
	require.NoError(t, err)
	out, err := cmd.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, cmd.Start())
	w := &crashWriter{cmd: cmd, orders: bufio.NewWriter(in)}
	read := make(chan struct{})
	go func() {
		defer close(read)
		for lines := bufio.NewScanner(out); lines.Scan(); {
			reports <- crashReport{w, lines.Text()}
		}
		reports <- crashReport{w, ended}
	}()
	w.end = func() error {
		_ = in.Close() // fails if the process is gone
		<-read
		return cmd.Wait()
	}
	return w
}

// send makes the process add a batch.
func (w *crashWriter) send(n int) error {
	fmt.Fprintln(w.orders, n)
	return w.orders.Flush()
}

// kill kills the process, which has no chance to end anything.
func (w *crashWriter) kill(t *testing.T) {
	t.Helper()
	w.killed = true
	require.NoError(t, w.cmd.Process.Kill())
	require.Error(t, w.end(), "it was killed")
}
