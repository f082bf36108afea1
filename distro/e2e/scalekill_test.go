package e2e

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// kill kills one correlator with open prompts. It continues them from its last
// checkpoint, so that no prompt has a second part.
func (f *fleet) kill(t *testing.T, a *arrivals) {
	t.Helper()
	const size = 30
	batches := a.shuffled(size)
	half := len(batches) / 2
	f.send(t, batches[:half])
	a.awaitEvents(t, half*size)
	f.awaitCheckpoint(t, 0)
	f.correlate[0].kill()
	f.send(t, batches[half:])
	f.run(0)

	a.awaitEvents(t, len(a.records))
	f.endPrompts()
	a.awaitSummaries(t)
	a.verify(t)
	for id, parts := range a.parts {
		require.Len(t, parts, 1, "prompt %s", id)
	}
}

// killIngest kills a collector of the first tier while a correlator is stopped, so that it
// holds acknowledged events. They were in memory, and lost.
func (f *fleet) killIngest(t *testing.T, a *arrivals) {
	t.Helper()
	f.correlate[0].stop()
	f.send(t, a.shuffled(30))
	f.ingest[0].kill()
	f.runIngest(0)
	f.run(0)

	a.awaitEvents(t, len(a.records))
	for _, c := range f.ingest { // a correlator that restarts does not drop repeated events
		require.Eventually(t, func() bool {
			size, ok := c.counters(t)["otelcol_exporter_queue_size"]
			return ok && size == 0
		}, waitLimit, 100*time.Millisecond, "%s", c.log)
	}
	f.endPrompts()
	a.awaitSummaries(t)
	a.verify(t)
}

// awaitCheckpoint waits until a correlator has stored everything that it received: events
// before the first mark are in a transaction that ended before the second mark's began.
// By the third mark, the offset is committed to Kafka too, which happens every second.
func (f *fleet) awaitCheckpoint(t *testing.T, i int) {
	t.Helper()
	files := filepath.Join(f.correlate[i].data, "correlate", "*cowork_correlation*")
	for round := range uint64(3) {
		marks := newLoad(100+round, 40) // enough that every correlator receives one
		f.send(t, marks.shuffled(len(marks.records)))
		require.Eventually(t, func() bool { return holdsAny(files, marks) }, waitLimit, 50*time.Millisecond, "no checkpoint")
	}
}

// holdsAny reports whether any of the files contains a prompt of a load.
func holdsAny(pattern string, marks *load) bool {
	files, _ := filepath.Glob(pattern) // the pattern is valid
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			return false
		}
		for id := range marks.sums {
			if bytes.Contains(data, []byte(id)) {
				return true
			}
		}
	}
	return false
}
