package coworkeventprocessor

import (
	"context"
	"sync"
	"time"

	"go.opentelemetry.io/collector/consumer"
	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/plog"

	"github.com/cowork-otel/collector/internal/cowork"
	"github.com/cowork-otel/collector/processor/coworkeventprocessor/internal/metadata"
)

// A reporter passes the mismatches in metrics and traces to the pipeline of logs, where
// rules are evaluated. It is safe for concurrent use.
type reporter struct {
	users int // processors that were created and not stopped; only of the factory

	mu   sync.Mutex
	next consumer.Logs // nil if no pipeline of logs has the processor
}

// setNext sets the component behind the processor of logs. With several pipelines of logs
// the first one gets the mismatches.
func (r *reporter) setNext(next consumer.Logs) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.next == nil {
		r.next = next
	}
}

// emit passes the mismatch of a batch of metrics or traces on.
func (r *reporter) emit(ctx context.Context, c *tenantCheck) error {
	if c == nil || c.mismatches == 0 {
		return nil
	}
	r.mu.Lock()
	next := r.next
	r.mu.Unlock()
	if next == nil {
		return nil
	}
	ld := plog.NewLogs()
	c.appendMismatch(ld)
	return next.ConsumeLogs(ctx, ld)
}

// service is the service.name of the records that the collector emits by itself.
const service = "otelcol-cowork"

// appendMismatch appends the event of a batch with items of other organizations. It has no
// organization.id: it is not an event of the organization that they claim.
func (c *tenantCheck) appendMismatch(ld plog.Logs) {
	if c == nil || c.mismatches == 0 {
		return
	}
	rl := ld.ResourceLogs().AppendEmpty()
	rl.Resource().Attributes().PutStr("service.name", service)
	sl := rl.ScopeLogs().AppendEmpty()
	sl.Scope().SetName(metadata.ScopeName)
	rec := sl.LogRecords().AppendEmpty()
	now := pcommon.NewTimestampFromTime(time.Now())
	rec.SetTimestamp(now)
	rec.SetObservedTimestamp(now)
	rec.SetSeverityNumber(plog.SeverityNumberWarn)
	rec.SetSeverityText("WARN")
	rec.SetEventName(cowork.TenantMismatchName)
	rec.Body().SetStr(cowork.TenantMismatchName)
	attributes := rec.Attributes()
	attributes.PutStr("event.name", cowork.TenantMismatchName)
	attributes.PutStr(cowork.TenantAttribute, c.sender.Name())
	attributes.PutInt("cowork.tenant.mismatches", c.mismatches)
	attributes.PutStr("cowork.tenant.action", string(c.cfg.OnMismatch))
	attributes.PutStr("cowork.tenant.signal", string(c.signal))
	if cowork.IsIdentifier(c.claimed) {
		attributes.PutStr("cowork.tenant.claimed", c.claimed)
	}
}
