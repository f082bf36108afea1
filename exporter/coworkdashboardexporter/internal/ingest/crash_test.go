package ingest_test

import (
	"context"
	"os"
	"path/filepath"
	"strconv"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"golang.org/x/sync/errgroup"

	"github.com/cowork-otel/collector/internal/postgrestest"
)

// crashRounds is how often everything is killed: COWORK_LONG, else once.
func crashRounds(t *testing.T) int {
	t.Helper()
	if os.Getenv("COWORK_LONG") != "" {
		return 10
	}
	return 1
}

// crashCommits is how many batches are committed before the next process is killed.
const crashCommits = 60

// TestKilledSQLite kills the process that writes a file. After the client has sent again
// what was not acknowledged, nothing is lost and nothing is counted twice.
func TestKilledSQLite(t *testing.T) {
	c := newCrashClient(t, filepath.Join(t.TempDir(), "dashboard.db"), 1)
	for range 3 * crashRounds(t) {
		c.deliver(t)
		c.killWriter(t, 0)
	}
	c.deliverRest(t)
	c.requireFigures(t)
}

// TestKilledPostgreSQL has two processes that write to a server and two readers. It kills
// a process, then the server, each in the middle of commits. The figures of each answer
// are complete commits that contain all acknowledged batches. In the end, nothing is lost
// and nothing is counted twice.
func TestKilledPostgreSQL(t *testing.T) {
	server := postgrestest.Start(t)
	c := newCrashClient(t, server.Database(t), 2)
	c.startReaders(t, 2)
	for range crashRounds(t) {
		c.deliver(t)
		c.killWriter(t, 0)
		c.deliver(t)
		server.Kill()
		require.NoError(t, server.Start())
		c.deliver(t)
		c.killWriter(t, 1)
	}
	c.deliverRest(t)
	c.requireFigures(t)
}

// A crashClient delivers batches to writers. It sends a batch again, to any writer, if it
// was not acknowledged, as the clients of collectors do.
type crashClient struct {
	name    string
	writers []*crashWriter
	reports chan crashReport
	ready   *crashWriter // the last one that has opened the database

	next  int                  // the number of the next new batch
	at    map[int]*crashWriter // batches that are sent and not acknowledged
	again []int                // batches to send again
	acked map[int]bool

	committed atomic.Int64 // the number of acknowledged batches, for the readers
	readers   errgroup.Group
	stop      context.CancelFunc // ends the readers
}

// crashWindow is how many batches a writer has at a time.
const crashWindow = 10

func newCrashClient(t *testing.T, name string, writers int) *crashClient {
	t.Helper()
	c := &crashClient{name: name, reports: make(chan crashReport, 100_000), at: map[int]*crashWriter{}, acked: map[int]bool{}, stop: func() {}}
	for range writers {
		c.writers = append(c.writers, c.startWriter(t))
	}
	return c
}

// startWriter starts a writer, and waits until it has opened the database.
func (c *crashClient) startWriter(t *testing.T) *crashWriter {
	t.Helper()
	w := startCrashWriter(t, c.name, c.reports)
	for c.ready != w {
		c.handle(t)
	}
	return w
}

// deliver sends batches until crashCommits more are acknowledged. Then as many as the windows hold
// are under way.
func (c *crashClient) deliver(t *testing.T) {
	t.Helper()
	for target := len(c.acked) + crashCommits; len(c.acked) < target; c.handle(t) {
		for len(c.at) < crashWindow*len(c.writers) {
			c.send(t, c.take())
		}
	}
}

// deliverRest waits until every batch is acknowledged, and ends the writers.
func (c *crashClient) deliverRest(t *testing.T) {
	t.Helper()
	for ; len(c.at)+len(c.again) > 0; c.handle(t) {
		for len(c.again) > 0 {
			c.send(t, c.take())
		}
	}
	for _, w := range c.writers {
		require.NoError(t, w.end())
	}
	c.stop()
	require.NoError(t, c.readers.Wait())
}

// take returns the number of a batch to send again, or of a new one.
func (c *crashClient) take() int {
	if n := len(c.again); n > 0 {
		batch := c.again[n-1]
		c.again = c.again[:n-1]
		return batch
	}
	c.next++
	return c.next - 1
}

// send sends a batch to the writer with the fewest.
func (c *crashClient) send(t *testing.T, batch int) {
	t.Helper()
	counts := map[*crashWriter]int{}
	for _, w := range c.at {
		counts[w]++
	}
	to := c.writers[0]
	for _, w := range c.writers {
		if counts[w] < counts[to] {
			to = w
		}
	}
	c.at[batch] = to
	require.NoError(t, to.send(batch))
}

// crashLimit is how long a writer may take for any batch.
const crashLimit = time.Minute

// handle waits for a line of a writer. A failed batch is sent again.
func (c *crashClient) handle(t *testing.T) {
	t.Helper()
	var r crashReport
	select {
	case r = <-c.reports:
	case <-time.After(crashLimit):
		t.Fatal("no writer answers")
	}
	if r.line == ended {
		require.True(t, r.from.killed, "a process ended that was not killed")
		return
	}
	if r.line == "ready" {
		c.ready = r.from
		return
	}
	batch, err := strconv.Atoi(r.line[1:])
	require.NoError(t, err, r.line)
	if r.line[0] == '+' {
		c.acked[batch] = true
		c.committed.Store(int64(len(c.acked)))
	}
	if c.at[batch] != r.from {
		return // it is under way to another writer
	}
	delete(c.at, batch)
	if r.line[0] == '-' {
		c.again = append(c.again, batch)
	}
}

// killWriter kills a writer and starts another one in its place. Its batches are sent
// again, and some that were acknowledged, as if their acknowledgement was lost.
func (c *crashClient) killWriter(t *testing.T, i int) {
	t.Helper()
	killed := c.writers[i]
	killed.kill(t)
	for batch, w := range c.at {
		if w == killed {
			delete(c.at, batch)
			c.again = append(c.again, batch)
		}
	}
	for batch := range c.acked {
		if len(c.again) == 3*crashWindow {
			break
		}
		c.again = append(c.again, batch)
	}
	c.writers[i] = c.startWriter(t)
}
