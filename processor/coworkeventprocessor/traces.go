package coworkeventprocessor

import (
	"context"
	"sync"

	"go.opentelemetry.io/collector/pdata/ptrace"

	"github.com/cowork-otel/collector/internal/cowork"
	"github.com/cowork-otel/collector/processor/coworkeventprocessor/internal/metadata"
)

// A spanProcessor renames the reserved attributes of spans, and marks the origin of prompts
// on the interaction spans of clients. It is safe for concurrent use.
type spanProcessor struct {
	cfg       *Config
	telemetry *metadata.TelemetryBuilder

	mu      sync.Mutex
	origins cowork.OriginMarker // of the interactions
}

// processTraces never fails. It passes all spans on.
func (p *spanProcessor) processTraces(ctx context.Context, td ptrace.Traces) (ptrace.Traces, error) {
	if !p.cfg.TrustMarks {
		forged := forgedCounter{}
		renameInSpans(td, forged)
		forged.record(ctx, p.telemetry)
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, rs := range td.ResourceSpans().All() {
		for _, ss := range rs.ScopeSpans().All() {
			if !cowork.IsClientSpan(rs.Resource(), ss.Scope(), p.cfg.ServiceNames) {
				continue
			}
			for _, span := range ss.Spans().All() {
				p.origins.MarkSpan(span)
			}
		}
	}
	return td, nil
}

// renameInSpans renames the reserved attributes of a batch.
func renameInSpans(td ptrace.Traces, forged forgedCounter) {
	for _, rs := range td.ResourceSpans().All() {
		forged.rename(rs.Resource().Attributes(), inResource)
		for _, ss := range rs.ScopeSpans().All() {
			forged.rename(ss.Scope().Attributes(), inScope)
			for _, span := range ss.Spans().All() {
				forged.rename(span.Attributes(), inSpan)
				for _, event := range span.Events().All() {
					forged.rename(event.Attributes(), inSpan)
				}
				for _, link := range span.Links().All() {
					forged.rename(link.Attributes(), inSpan)
				}
			}
		}
	}
}
