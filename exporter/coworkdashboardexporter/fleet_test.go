package coworkdashboardexporter

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/ingest/ingesttest"
)

// chunks is how many commits an hour has. Each has every tenth user, so that rows are
// inserted between others, as when the users of an hour arrive one after the other.
const chunks = 10

// fillDay adds the events of a day of four hours that ends at a time, and returns their
// number.
func fillDay(tb testing.TB, s *testStore, f *ingesttest.Fleet, last time.Time) (events int) {
	tb.Helper()
	for hour := 3; hour >= 0; hour-- {
		for chunk := range chunks {
			ld := f.Hour(last.Add(-time.Duration(hour)*time.Hour), chunk, chunks)
			events += ld.LogRecordCount()
			s.in.Add(last, ld)
			require.NoError(tb, s.in.Flush(tb.Context()))
		}
	}
	return events
}
