package coworkeventprocessor

import (
	"context"
	"sync"

	"go.opentelemetry.io/collector/pdata/ptrace"

	"github.com/cowork-otel/collector/internal/cowork"
)

// A spanProcessor marks the origin of prompts on the interaction spans of clients. It is
// safe for concurrent use.
type spanProcessor struct {
	serviceNames []string

	mu      sync.Mutex
	origins cowork.OriginMarker // of the interactions
}

// processTraces never fails. It passes all spans on.
func (p *spanProcessor) processTraces(_ context.Context, td ptrace.Traces) (ptrace.Traces, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, rs := range td.ResourceSpans().All() {
		for _, ss := range rs.ScopeSpans().All() {
			if !cowork.IsClientSpan(rs.Resource(), ss.Scope(), p.serviceNames) {
				continue
			}
			for _, span := range ss.Spans().All() {
				p.origins.MarkSpan(span)
			}
		}
	}
	return td, nil
}
