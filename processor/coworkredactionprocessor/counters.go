package coworkredactionprocessor

import (
	"context"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/metric"

	"github.com/cowork-otel/collector/processor/coworkredactionprocessor/internal/metadata"
)

// A limit is a bound that a value or a map reached.
type limit string

const (
	limitBytes   limit = "bytes"
	limitDepth   limit = "depth"
	limitKeys    limit = "keys"
	limitPrompts limit = "prompts"
)

// counters are the counters of one batch. The instruments are updated once a batch
// and not once a value. It is not safe for concurrent use.
type counters struct {
	findings map[findingCounter]int64
	limits   map[limit]int64
	bytes    int64
	failures int64
	unmarked int64 // log records without the mark of another collector, with trust_marks
}

// A findingCounter identifies a counter by names of the schema or the configuration,
// never by the value that was found.
type findingCounter struct{ pattern, attribute, kind string }

func newCounters() *counters {
	return &counters{findings: map[findingCounter]int64{}, limits: map[limit]int64{}}
}

// record adds the counters to the component's instruments.
func (c *counters) record(ctx context.Context, to *metadata.TelemetryBuilder) {
	for f, n := range c.findings {
		to.ProcessorCoworkRedactionFindings.Add(ctx, n, metric.WithAttributes(
			attribute.String("pattern", f.pattern), attribute.String("attribute", f.attribute), attribute.String("kind", f.kind)))
	}
	for l, n := range c.limits {
		to.ProcessorCoworkRedactionOverLimit.Add(ctx, n, metric.WithAttributes(attribute.String("limit", string(l))))
	}
	to.ProcessorCoworkRedactionScannedBytes.Add(ctx, c.bytes)
	if c.failures > 0 {
		to.ProcessorCoworkRedactionFailures.Add(ctx, c.failures)
	}
	if c.unmarked > 0 {
		to.ProcessorCoworkRedactionUnmarkedRecords.Add(ctx, c.unmarked)
	}
}
