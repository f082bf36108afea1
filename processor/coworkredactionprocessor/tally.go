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
	limitBytes limit = "bytes"
	limitDepth limit = "depth"
	limitKeys  limit = "keys"
)

// A tally counts what was done to one batch, so that the instruments are asked
// once a batch and not once a value. It is not safe for concurrent use.
type tally struct {
	findings map[finding]int64
	limits   map[limit]int64
	bytes    int64
	failures int64
}

// A finding is told by names that the schema or the configuration knows, never
// by what was found.
type finding struct{ pattern, attribute, kind string }

func newTally() *tally {
	return &tally{findings: map[finding]int64{}, limits: map[limit]int64{}}
}

func (t *tally) find(pattern, attribute, kind string) {
	t.findings[finding{pattern, attribute, kind}]++
}

// report adds the counts to the component's instruments.
func (t *tally) report(ctx context.Context, to *metadata.TelemetryBuilder) {
	for f, n := range t.findings {
		to.ProcessorCoworkRedactionFindings.Add(ctx, n, metric.WithAttributes(
			attribute.String("pattern", f.pattern), attribute.String("attribute", f.attribute), attribute.String("kind", f.kind)))
	}
	for l, n := range t.limits {
		to.ProcessorCoworkRedactionOverLimit.Add(ctx, n, metric.WithAttributes(attribute.String("limit", string(l))))
	}
	to.ProcessorCoworkRedactionScannedBytes.Add(ctx, t.bytes)
	if t.failures > 0 {
		to.ProcessorCoworkRedactionFailures.Add(ctx, t.failures)
	}
}
