package coworkauditexporter

// This file holds the folder: how it is opened, and opened again after it was removed.

import (
	"context"
	"errors"

	"go.uber.org/zap"

	"github.com/cowork-otel/collector/internal/audit"
	"github.com/cowork-otel/collector/internal/problem"
	"github.com/cowork-otel/collector/internal/stateful"
)

// open opens the folder, and reports what the start of the chain has found.
func (e *auditExporter) open(ctx context.Context) error {
	w, err := audit.Open(e.folder, e.now())
	if err != nil {
		return err
	}
	e.writer, e.retries = w, 0
	stateful.AddCount(ctx, e.telemetry.ExporterCoworkAuditCutBytes, w.Cut)
	if w.Cut > 0 {
		e.set.Logger.Warn("cut an incomplete record, which was never acknowledged, and moved it aside", zap.Int64("bytes", w.Cut))
	}
	if c := w.KeyChanged; c != nil {
		e.set.Logger.Warn("another key signs from now on (expected after a change of key_file; coworkctl audit verify then needs both public keys)",
			zap.Uint64("record", c.Seq), zap.String("before", c.From), zap.String("after", c.To))
	}
	return nil
}

// write calls a function with the writer. If the folder was removed or replaced since it was
// opened, it is opened again before: without a file of the chain, a new chain begins.
func (e *auditExporter) write(ctx context.Context, f func(*audit.Writer) error) error {
	var err error
	if e.writer != nil {
		if err = f(e.writer); !errors.Is(err, audit.ErrRemoved) {
			e.countRetries(ctx)
			return err
		}
		e.abandon(ctx, err)
	}
	if err := e.open(ctx); err != nil {
		return err
	}
	if seq, _ := e.writer.Head(); seq == 0 {
		e.set.Logger.Error("the folder is empty: a new chain begins, and the records before are lost")
	}
	return f(e.writer)
}

// abandon closes the writer of a folder that is there no more.
func (e *auditExporter) abandon(ctx context.Context, err error) {
	e.set.Logger.Error("the folder, or a file of the chain, was removed while the collector wrote to it", zap.Error(err))
	stateful.AddCount(ctx, e.telemetry.ExporterCoworkAuditRemovals, 1)
	e.countRetries(ctx)
	_ = e.writer.Close() // its files are removed
	e.writer = nil
}

// countRetries counts how often a file was tried again since the last call.
func (e *auditExporter) countRetries(ctx context.Context) {
	stateful.AddCount(ctx, e.telemetry.ExporterCoworkAuditRetries, e.writer.Retries-e.retries)
	e.retries = e.writer.Retries
}

func (e *auditExporter) shutdown(ctx context.Context) error {
	e.loop.Stop(ctx)
	e.lock.Lock()
	defer e.lock.Unlock()
	problem.SolveWrite(e.name, e.cfg.Directory)
	e.telemetry.Shutdown()
	if e.writer == nil {
		return nil
	}
	return e.writer.Close()
}
