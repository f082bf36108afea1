package cowork

import "testing"

// BenchmarkEvents reads cost and user of the recorded events, unchanged.
func BenchmarkEvents(b *testing.B) {
	benchmark(b, func(e Event) {
		if r, ok := APIRequestOf(e); ok {
			micros, _ := r.CostMicros()
			unread += int(micros) + len(r.User())
		}
	})
}

// BenchmarkReadAll reads every attribute of every event.
func BenchmarkReadAll(b *testing.B) {
	benchmark(b, func(e Event) { unread += readAll(e) })
}

// BenchmarkCheck validates every event.
func BenchmarkCheck(b *testing.B) {
	validator := NewValidator(Minimal, nil)
	var problems []Problem
	benchmark(b, func(e Event) { problems = validator.Check(problems[:0], e) })
}

func benchmark(b *testing.B, read func(Event)) {
	b.Helper()
	batches, records := recorded(b, false)
	b.ReportAllocs()
	for b.Loop() {
		for _, ld := range batches {
			for e := range Events(ld) {
				read(e)
			}
		}
	}
	b.ReportMetric(float64(records*b.N)/b.Elapsed().Seconds(), "records/s")
}
