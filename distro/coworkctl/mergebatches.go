package main

import (
	"iter"

	"github.com/cowork-otel/collector/distro/coworkctl/synthetic"
)

// mergedRecords is the minimum number of records of a merged batch.
const mergedRecords = 400

// mergeBatches merges consecutive batches of the same worker: history does not
// need the small requests that a client sends every five seconds.
func mergeBatches(batches iter.Seq[synthetic.Batch], workers int) iter.Seq[synthetic.Batch] {
	return func(yield func(synthetic.Batch) bool) {
		pending := make([]synthetic.Batch, workers)
		for b := range batches {
			into := &pending[workerOf(b.Session, workers)]
			if into.Session == "" {
				*into = b
			} else {
				b.Logs.ResourceLogs().MoveAndAppendTo(into.Logs.ResourceLogs())
				b.Metrics.ResourceMetrics().MoveAndAppendTo(into.Metrics.ResourceMetrics())
				b.Traces.ResourceSpans().MoveAndAppendTo(into.Traces.ResourceSpans())
			}
			if into.Logs.LogRecordCount() < mergedRecords {
				continue
			}
			if !yield(*into) {
				return
			}
			*into = synthetic.Batch{}
		}
		for _, b := range pending {
			if b.Session != "" && !yield(b) {
				return
			}
		}
	}
}
