package coworkeventprocessor

import (
	"context"
	"sync"

	"go.opentelemetry.io/collector/pdata/ptrace"
	"go.opentelemetry.io/collector/processor/processorhelper"

	"github.com/cowork-otel/collector/internal/cowork"
	"github.com/cowork-otel/collector/processor/coworkeventprocessor/internal/metadata"
)

// A spanProcessor renames the reserved attributes of spans, compares spans with the
// sender's token, and marks the origin of prompts
// on the interaction spans of clients. It is safe for concurrent use.
type spanProcessor struct {
	cfg       *Config
	telemetry *metadata.TelemetryBuilder
	reporter  *reporter

	mu      sync.Mutex
	origins cowork.OriginMarker // of the interactions
}

// processTraces passes spans on, or drops them because of the configuration. It fails if
// the sender of the batch is refused, or a mismatch cannot be passed on.
func (p *spanProcessor) processTraces(ctx context.Context, td ptrace.Traces) (ptrace.Traces, error) {
	check, err := newTenantCheck(ctx, p.cfg, tracesSignal, p.telemetry)
	if err != nil {
		return td, err
	}
	if !p.cfg.TrustMarks {
		forged := forgedCounter{}
		renameInSpans(td, forged)
		forged.record(ctx, p.telemetry)
	}
	if check != nil {
		check.checkTraces(td)
		check.recordCounters(ctx, p.telemetry)
		if err := p.reporter.emit(ctx, check); err != nil {
			return td, err
		}
		if td.ResourceSpans().Len() == 0 && check.drops() {
			return td, processorhelper.ErrSkipProcessingData
		}
	}
	p.markOrigins(td)
	return td, nil
}

// markOrigins marks the interaction spans of a batch.
func (p *spanProcessor) markOrigins(td ptrace.Traces) {
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
