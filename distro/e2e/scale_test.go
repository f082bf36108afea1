package e2e

import (
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// scaleExamples are the configurations of the two tiers, which TestScaleOut runs.
var scaleExamples = []string{"scale-ingest.yaml", "scale-correlate.yaml", "scale-kafka-ingest.yaml", "scale-kafka-correlate.yaml"}

// TestScaleOut sends prompts through two tiers of collectors, each event to any of
// the first tier, and looks at what comes out of the second: no prompt may be in two
// of them, no event be missing or twice, and no sum be wrong.
func TestScaleOut(t *testing.T) {
	for way, start := range map[string]func(*testing.T) *fleet{"load_balancing": startBalanced, "kafka": startKafka} {
		t.Run(way, func(t *testing.T) {
			t.Parallel()
			f := start(t)
			thousand, restarted := newLoad(1, 1000), newLoad(2, 300)
			t.Run("a thousand prompts", func(t *testing.T) { f.thousandPrompts(t, thousand) })
			t.Run("a correlator restarts", func(t *testing.T) { f.restart(t, restarted) })
			t.Run("metrics and spans", f.otherSignals)
			f.stop()
			f.read(t, thousand).verify(t)
			f.read(t, restarted).verify(t)
		})
	}
}

func (f *fleet) thousandPrompts(t *testing.T, sent *load) {
	f.send(t, sent.shuffled(100))
	got := f.await(t, sent)
	got.verify(t)
	for id, parts := range got.parts {
		require.Len(t, parts, 1, "summaries of prompt %s", id)
	}
	require.Len(t, got.byCorrelator, correlators, "every correlator had its share")
}

// restart stops one correlator while prompts are in progress, and starts it again
// when all events have been sent. Its prompts have one part before and one after.
func (f *fleet) restart(t *testing.T, sent *load) {
	batches := sent.shuffled(30)
	half := len(batches) / 2
	f.send(t, batches[:half])
	require.Eventually(t, func() bool { return len(f.read(t, sent).trace) > sent.len()/4 }, patience, 50*time.Millisecond)

	f.correlate[1].stop()
	f.send(t, batches[half:])
	f.correlate[1].run(t, f.env[1], f.config)

	got := f.await(t, sent)
	got.verify(t)
	reopened := 0
	for _, parts := range got.parts {
		if len(parts) > 1 {
			require.Equal(t, "shutdown", parts[0].reason)
			reopened++
		}
	}
	require.NotZero(t, reopened, "the restart came in the middle of prompts")
}

// otherSignals reports that metrics and spans go past the second tier.
func (f *fleet) otherSignals(t *testing.T) {
	for _, r := range captures(t)["traced-json"] {
		if r.signal != "logs" {
			status, answer := f.ingest[0].post(t, r)
			require.Equal(t, http.StatusOK, status, answer)
		}
	}
	require.Eventually(t, f.front.arrived("metrics", "traces"), patience, 50*time.Millisecond)
}
