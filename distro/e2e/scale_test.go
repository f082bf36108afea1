package e2e

import (
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// scaleExamples are the configurations of the two tiers, which TestScaleOut runs.
var scaleExamples = []string{"scale-ingest.yaml", "scale-correlate.yaml", "scale-kafka-ingest.yaml", "scale-kafka-correlate.yaml"}

// TestScaleOut sends prompts through two tiers of collectors, each event to any collector
// of the first, and checks the output of the second: no prompt is in two collectors, no
// event is missing or repeated, and all sums are correct.
func TestScaleOut(t *testing.T) {
	for way, start := range map[string]func(*testing.T) *fleet{"load_balancing": startBalanced, "kafka": startKafka} {
		t.Run(way, func(t *testing.T) {
			t.Parallel()
			f := start(t)
			thousand, restarted, killed, unsent := f.expect(newLoad(1, 1000)), f.expect(newLoad(2, 300)), f.expect(newLoad(3, 300)), f.expect(newLoad(4, 100))
			t.Run("a thousand prompts", func(t *testing.T) { f.thousandPrompts(t, thousand) })
			t.Run("a correlator restarts", func(t *testing.T) { f.restart(t, restarted) })
			t.Run("a correlator is killed", func(t *testing.T) { f.kill(t, killed) })
			t.Run("an ingest collector is killed", func(t *testing.T) { f.killIngest(t, unsent) })
			t.Run("metrics and spans", f.otherSignals)
			f.stop()
			for _, a := range []*arrivals{thousand, restarted, killed, unsent} {
				a.update(t)
				a.verify(t)
				f.verifyPage(t, a.load, a == thousand || a == restarted)
			}
		})
	}
}

func (f *fleet) thousandPrompts(t *testing.T, a *arrivals) {
	t.Helper()
	f.send(t, a.shuffled(100))
	a.awaitEvents(t, len(a.records))
	f.endPrompts()
	a.awaitSummaries(t)
	a.verify(t)
	for id, parts := range a.parts {
		require.Len(t, parts, 1, "summaries of prompt %s", id)
	}
	f.verifyPage(t, a.load, true)
	require.Len(t, a.byCorrelator, correlators, "every correlator had its share")
}

// restart stops one correlator with open prompts, and starts it again after all events
// were sent. Its prompts have one part before and one after.
func (f *fleet) restart(t *testing.T, a *arrivals) {
	t.Helper()
	batches := a.shuffled(30)
	half := len(batches) / 2
	f.send(t, batches[:half])
	a.awaitEvents(t, len(a.records)/4)
	f.correlate[0].stop()
	f.send(t, batches[half:])
	f.run(0)

	a.awaitEvents(t, len(a.records))
	f.endPrompts()
	a.awaitSummaries(t)
	a.verify(t)
	reopened := 0
	for id, parts := range a.parts {
		if len(parts) > 1 {
			require.Equal(t, 0, parts[0].correlator, "only the one that restarted opens prompts again: %s", id)
			reopened++
		}
	}
	require.NotZero(t, reopened, "the restart came in the middle of prompts")
	f.verifyPage(t, a.load, true)
}

// otherSignals checks that metrics and spans bypass the second tier.
func (f *fleet) otherSignals(t *testing.T) {
	for _, r := range captures(t)["traced-json"] {
		if r.signal != "logs" {
			status, answer := f.ingest[0].post(t, r)
			require.Equal(t, http.StatusOK, status, answer)
		}
	}
	require.Eventually(t, f.front.arrived("metrics", "traces"), waitLimit, 50*time.Millisecond)
}
