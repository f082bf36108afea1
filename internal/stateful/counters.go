package stateful

import (
	"context"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/metric"
)

// AddCount adds n to a counter, unless n is 0: a counter that never counted is not emitted.
func AddCount[N int | int64](ctx context.Context, counter metric.Int64Counter, n N, attributes ...attribute.KeyValue) {
	if n > 0 {
		counter.Add(ctx, int64(n), metric.WithAttributes(attributes...))
	}
}

// Totals adds totals to counters: each time the increase since the last time. The zero
// value starts from zero. It is not safe for concurrent use.
type Totals struct{ last map[series]int64 }

// A series is a counter with attributes.
type series struct {
	counter    metric.Int64Counter
	attributes attribute.Distinct
}

// AddTotal adds what a total has grown by since it was last added to the counter with these
// attributes. Most totals stay at 0, and are added each second: those cost nothing.
func (t *Totals) AddTotal(ctx context.Context, counter metric.Int64Counter, total int64, attributes ...attribute.KeyValue) {
	if total == 0 {
		return
	}
	set := attribute.NewSet(attributes...)
	of := series{counter, set.Equivalent()}
	if n := total - t.last[of]; n > 0 {
		counter.Add(ctx, n, metric.WithAttributeSet(set))
	}
	if t.last == nil {
		t.last = map[series]int64{}
	}
	t.last[of] = total
}
