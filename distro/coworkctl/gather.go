package main

import (
	"iter"

	"github.com/cowork-otel/collector/distro/coworkctl/synthetic"
)

// gatherRecords is how many records a request of history has at least.
const gatherRecords = 400

// gathered puts batches together that the same worker would send one after the other:
// history need not come in the small requests of every five seconds.
func gathered(batches iter.Seq[synthetic.Batch], workers int) iter.Seq[synthetic.Batch] {
	return func(yield func(synthetic.Batch) bool) {
		waiting := make([]synthetic.Batch, workers)
		for b := range batches {
			into := &waiting[lane(b.Session, workers)]
			if into.Session == "" {
				*into = b
			} else {
				b.Logs.ResourceLogs().MoveAndAppendTo(into.Logs.ResourceLogs())
				b.Metrics.ResourceMetrics().MoveAndAppendTo(into.Metrics.ResourceMetrics())
				b.Traces.ResourceSpans().MoveAndAppendTo(into.Traces.ResourceSpans())
			}
			if into.Logs.LogRecordCount() < gatherRecords {
				continue
			}
			if !yield(*into) {
				return
			}
			*into = synthetic.Batch{}
		}
		for _, b := range waiting {
			if b.Session != "" && !yield(b) {
				return
			}
		}
	}
}
