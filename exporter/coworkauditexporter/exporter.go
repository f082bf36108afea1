package coworkauditexporter

// This file holds the component: batches are appended to the chain, and a loop closes and
// deletes segments.

import (
	"context"
	"fmt"
	"sync"
	"time"

	"go.opentelemetry.io/collector/component"
	"go.opentelemetry.io/collector/exporter"
	"go.opentelemetry.io/collector/pdata/plog"
	"go.uber.org/zap"

	"github.com/cowork-otel/collector/exporter/coworkauditexporter/internal/metadata"
	"github.com/cowork-otel/collector/internal/audit"
	"github.com/cowork-otel/collector/internal/problem"
	"github.com/cowork-otel/collector/internal/stateful"
)

// An auditExporter appends log records to the chain of a folder.
type auditExporter struct {
	cfg       *Config
	set       exporter.Settings
	telemetry *metadata.TelemetryBuilder
	name      string
	now       func() time.Time
	loop      *stateful.Loop

	lock       sync.Mutex
	folder     audit.Settings
	writer     *audit.Writer // nil unless the folder is open
	retries    int64         // of the writer, which were counted
	tickFailed bool
}

func newExporter(cfg *Config, set exporter.Settings, telemetry *metadata.TelemetryBuilder) *auditExporter {
	return &auditExporter{
		cfg: cfg, set: set, telemetry: telemetry, now: time.Now, loop: stateful.NewLoop(),
		name: problem.ComponentName(component.KindExporter, set.ID),
	}
}

func (e *auditExporter) start(ctx context.Context, _ component.Host) error {
	e.folder = audit.Settings{
		Dir: e.cfg.Directory, MaxSegmentBytes: e.cfg.MaxSegmentBytes,
		MaxSegmentAge: e.cfg.MaxSegmentAge, Retention: e.cfg.Retention, Wait: time.Sleep,
	}
	var err error
	if e.folder.Key, err = e.cfg.signingKey(); err != nil {
		return err
	}
	if e.folder.Key == nil {
		e.set.Logger.Warn("segments are not signed: set key_file, so that a chain that was computed again is found")
	}
	if err := e.open(ctx); err != nil {
		return fmt.Errorf("directory: %w", err)
	}
	e.loop.Start(time.Second, e.tick, e.tick) //nolint:contextcheck // the loop outlives the start
	return nil
}

// push appends a batch. It returns nil only if all records are written, and stored durably
// with sync each_batch.
func (e *auditExporter) push(ctx context.Context, ld plog.Logs) error {
	payloads, tooLarge, err := payloadsOf(ld)
	if err != nil {
		return err
	}
	e.lock.Lock()
	defer e.lock.Unlock()
	stateful.AddCount(ctx, e.telemetry.ExporterCoworkAuditTooLarge, tooLarge)
	if len(payloads) == 0 {
		return nil
	}
	err = e.write(ctx, func(w *audit.Writer) error {
		return w.Append(e.now(), e.cfg.Sync == syncEachBatch, payloads...)
	})
	if e.report(ctx, err); err != nil {
		return err // retried
	}
	stateful.AddCount(ctx, e.telemetry.ExporterCoworkAuditRecords, len(payloads))
	return nil
}

// tick stores records durably with sync interval, closes an old segment, and deletes segments
// beyond the retention.
func (e *auditExporter) tick(ctx context.Context) {
	e.lock.Lock()
	defer e.lock.Unlock()
	err := e.write(ctx, func(w *audit.Writer) error {
		if err := w.Sync(); err != nil {
			return err
		}
		deleted, err := w.Tick(e.now())
		stateful.AddCount(ctx, e.telemetry.ExporterCoworkAuditDeleted, deleted)
		return err
	})
	if err != nil || e.tickFailed {
		e.report(ctx, err)
	}
	e.tickFailed = err != nil
}

// report makes the health check fail while the folder cannot be written.
func (e *auditExporter) report(ctx context.Context, err error) {
	if err == nil {
		problem.SolveWrite(e.name, e.cfg.Directory)
		return
	}
	stateful.AddCount(ctx, e.telemetry.ExporterCoworkAuditFailures, 1)
	if problem.ReportWrite(e.name, e.cfg.Directory, err, e.now()) {
		e.set.Logger.Error("cannot write to the folder", zap.Error(err))
	}
}

// payloadsOf returns each record as OTLP/JSON with its resource and scope.
func payloadsOf(ld plog.Logs) (payloads [][]byte, tooLarge int, err error) {
	marshaler := plog.JSONMarshaler{}
	for _, rl := range ld.ResourceLogs().All() {
		for _, sl := range rl.ScopeLogs().All() {
			// Resource and scope are copied once, and each record takes its turn in them.
			one := plog.NewLogs()
			r := one.ResourceLogs().AppendEmpty()
			rl.Resource().CopyTo(r.Resource())
			r.SetSchemaUrl(rl.SchemaUrl())
			s := r.ScopeLogs().AppendEmpty()
			sl.Scope().CopyTo(s.Scope())
			s.SetSchemaUrl(sl.SchemaUrl())
			only := s.LogRecords().AppendEmpty()
			for _, record := range sl.LogRecords().All() {
				record.CopyTo(only)
				text, err := marshaler.MarshalLogs(one)
				if err != nil {
					return nil, 0, err
				}
				if len(text) > audit.MaxPayload {
					tooLarge++
					continue
				}
				payloads = append(payloads, text)
			}
		}
	}
	return payloads, tooLarge, nil
}
