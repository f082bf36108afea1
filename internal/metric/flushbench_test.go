package metric

import (
	"fmt"
	"testing"
	"time"

	"go.opentelemetry.io/collector/pdata/pcommon"
)

// BenchmarkFlush takes and writes 20,000 series. Only taking them is done under the
// connector's lock.
func BenchmarkFlush(b *testing.B) {
	for _, delta := range []bool{false, true} {
		b.Run(fmt.Sprintf("delta=%v", delta), func(b *testing.B) {
			l := newLedger(Settings{Dimensions: who.Dimensions, MaxSeries: 20000, Delta: delta})
			for i := 0; l.Len() < 20000; i++ {
				l.add(request("", attrs{"user.account_uuid": fmt.Sprintf("0aa84ef6-0c18-4720-8c5d-%012d", i)}))
			}
			var locked time.Duration
			for b.Loop() {
				start := cpu()
				s := l.Take(l.now)
				locked += cpu() - start
				s.Metrics(func(pcommon.InstrumentationScope) {})
				l.PutBack(s)
			}
			b.ReportMetric(float64(locked.Milliseconds())/float64(b.N), "locked-ms")
		})
	}
}
