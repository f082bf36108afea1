package coworkeventprocessor

import (
	"context"
	"slices"

	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/metric"

	"github.com/cowork-otel/collector/internal/cowork"
	"github.com/cowork-otel/collector/processor/coworkeventprocessor/internal/metadata"
)

// The places of a reserved attribute, which are labels of the counter.
const (
	inRecord   = "record"
	inScope    = "scope"
	inResource = "resource"
	inSpan     = "span"
	inPoint    = "point"
	inMetric   = "metric"
)

// A forgedCounter counts renamed attributes.
type forgedCounter map[forgedKey]int64

type forgedKey struct{ attribute, place string }

func (c forgedCounter) add(names []string, place string) {
	for _, name := range names {
		c[forgedKey{name, place}]++
	}
}

func (c forgedCounter) record(ctx context.Context, to *metadata.TelemetryBuilder) {
	for key, n := range c {
		to.ProcessorCoworkEventForged.Add(ctx, n, metric.WithAttributes(
			attribute.String("attribute", key.attribute), attribute.String("place", key.place)))
	}
}

// rename renames the reserved attributes of a map, counts them, and appends their names
// to names. It does nothing if the senders are collectors.
func (b *batch) rename(names []string, attributes pcommon.Map, place string) []string {
	if b.cfg.TrustMarks {
		return names
	}
	names = cowork.RenameReserved(names, attributes)
	b.counters.forged.add(names, place)
	return names
}

// renameReserved renames the reserved attributes and the kind of a record. It appends a
// problem for each of them, and for those of the record's scope and resource.
func (b *batch) renameReserved(problems []cowork.Problem, ev cowork.Event) []cowork.Problem {
	if b.cfg.TrustMarks {
		return problems
	}
	b.inRecord = cowork.RenameReservedEvent(b.inRecord[:0], ev)
	b.counters.forged.add(b.inRecord, inRecord)
	for _, names := range [...][]string{b.inRecord, b.inScope, b.inResource} {
		for _, name := range names {
			if problem := (cowork.Problem{Attribute: name, Reason: cowork.Reserved}); !slices.Contains(problems, problem) {
				problems = append(problems, problem)
			}
		}
	}
	return problems
}

const organizationID = "organization.id"

// isOtherOrganization reports whether an event has an organization that is not listed, in
// its record or in its resource. An event without one is not of another organization.
func (p *eventProcessor) isOtherOrganization(ev cowork.Event) bool {
	if len(p.cfg.Organizations) == 0 {
		return false
	}
	if v, ok := ev.Value(organizationID); ok && !slices.Contains(p.cfg.Organizations, v.AsString()) {
		return true
	}
	v, ok := ev.Resource().Attributes().Get(organizationID)
	return ok && v.AsString() != "" && !slices.Contains(p.cfg.Organizations, v.AsString())
}
