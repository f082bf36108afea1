package coworkdashboardexporter

import (
	"context"
	"time"

	"go.uber.org/zap"
)

// loop writes new figures each interval, until its context ends.
func (e *dashboardExporter) loop(ctx context.Context) {
	defer close(e.looped)
	ticker := time.NewTicker(e.cfg.FlushInterval)
	defer ticker.Stop()
	var problem string
	for {
		problem = e.tick(ctx, problem)
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
	}
}

// tick writes new figures and deletes old ones. A problem is logged when it begins and
// when it ends, not each time.
func (e *dashboardExporter) tick(ctx context.Context, before string) string {
	err := e.store.Sweep(ctx, time.Now())
	if flush := e.store.Flush(ctx); flush != nil {
		err = flush
	}
	e.count.report(ctx, e.store)
	if ctx.Err() != nil {
		return before
	}
	switch {
	case err != nil && before == "":
		e.set.Logger.Warn("figures cannot be written and wait in memory", zap.Error(err))
	case err == nil && before != "":
		e.set.Logger.Info("figures are written again")
	}
	if err != nil {
		return err.Error()
	}
	return ""
}
