package coworkdashboardexporter

import (
	"context"
	"time"

	"go.uber.org/zap"

	"github.com/cowork-otel/collector/internal/problem"
)

// flushLoop commits new events each interval, or earlier if many wait, until its context
// ends.
func (e *dashboardExporter) flushLoop(ctx context.Context) {
	defer close(e.looped)
	ticker := time.NewTicker(e.cfg.FlushInterval)
	defer ticker.Stop()
	failing := false
	for {
		failing = e.flush(ctx, failing)
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		case <-e.ingest.Ready():
		}
	}
}

// flush deletes old figures and commits new ones. It logs the first error of a series
// and its end, and reports whether it failed.
func (e *dashboardExporter) flush(ctx context.Context, failing bool) bool {
	err := e.ingest.Sweep(ctx, time.Now())
	if flushErr := e.ingest.Flush(ctx); flushErr != nil {
		err = flushErr
	}
	e.count.recordStats(ctx, e.ingest, e.latest)
	if ctx.Err() != nil {
		return failing
	}
	// The page shows the problem of its database itself.
	if err != nil {
		problem.Degrade(e.component(), "database", time.Now())
	} else {
		problem.Recover(e.component(), "database")
	}
	switch {
	case err != nil && !failing:
		e.set.Logger.Warn("figures cannot be written to the database and stay in memory", zap.Error(err))
	case err == nil && failing:
		e.set.Logger.Info("figures are written to the database again")
	}
	return err != nil
}

// component is the name of the exporter in the list of problems.
func (e *dashboardExporter) component() string { return "exporter " + e.set.ID.String() }
