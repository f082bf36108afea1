package lifecycle

import (
	"context"
	"sync"
	"time"

	"go.opentelemetry.io/collector/component"
	"go.opentelemetry.io/collector/consumer"
	"go.opentelemetry.io/collector/pdata/plog"
	"go.opentelemetry.io/collector/pdata/pmetric"
	"go.opentelemetry.io/collector/pdata/ptrace"

	"github.com/cowork-otel/collector/internal/problem"
)

// A lineEnd ends a line that a file exporter could not write completely, as on a full disk.
// The exporter has no method for that: the end is an empty batch, which the exporter writes
// as {} and a newline. It is safe for concurrent use.
type lineEnd struct {
	component string // such as exporter file/logs

	mu  sync.Mutex
	cut bool // the last line may be incomplete
}

// write writes a batch on a line of its own.
func (l *lineEnd) write(end, batch func() error) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.cut {
		if err := end(); err != nil {
			problem.ReportWrite(l.component, place, err, time.Now())
			return err
		}
		l.cut = false
		problem.SolveWrite(l.component, place)
	}
	err := batch()
	if err != nil {
		l.cut = true
		problem.ReportWrite(l.component, place, err, time.Now())
	}
	return err
}

// place is what a file exporter writes to.
const place = "its file"

// newLineEnd returns the line end of an exporter. It also reports while the exporter cannot
// write: the collector is degraded.
func newLineEnd(id component.ID) lineEnd { return lineEnd{component: nameOf(id)} }

// isFile reports whether an exporter writes lines to a file.
func isFile(id component.ID) bool { return id.Type().String() == "file" }

type (
	linesOfLogs struct {
		consumer.Logs
		end lineEnd
	}
	linesOfMetrics struct {
		consumer.Metrics
		end lineEnd
	}
	linesOfTraces struct {
		consumer.Traces
		end lineEnd
	}
)

func wholeLogs(id component.ID, next consumer.Logs) consumer.Logs {
	if !isFile(id) {
		return next
	}
	return &linesOfLogs{Logs: next, end: newLineEnd(id)}
}

func wholeMetrics(id component.ID, next consumer.Metrics) consumer.Metrics {
	if !isFile(id) {
		return next
	}
	return &linesOfMetrics{Metrics: next, end: newLineEnd(id)}
}

func wholeTraces(id component.ID, next consumer.Traces) consumer.Traces {
	if !isFile(id) {
		return next
	}
	return &linesOfTraces{Traces: next, end: newLineEnd(id)}
}

// ConsumeLogs writes a batch.
func (l *linesOfLogs) ConsumeLogs(ctx context.Context, ld plog.Logs) error {
	return l.end.write(
		func() error { return l.Logs.ConsumeLogs(ctx, plog.NewLogs()) },
		func() error { return l.Logs.ConsumeLogs(ctx, ld) })
}

// ConsumeMetrics writes a batch.
func (l *linesOfMetrics) ConsumeMetrics(ctx context.Context, md pmetric.Metrics) error {
	return l.end.write(
		func() error { return l.Metrics.ConsumeMetrics(ctx, pmetric.NewMetrics()) },
		func() error { return l.Metrics.ConsumeMetrics(ctx, md) })
}

// ConsumeTraces writes a batch.
func (l *linesOfTraces) ConsumeTraces(ctx context.Context, td ptrace.Traces) error {
	return l.end.write(
		func() error { return l.Traces.ConsumeTraces(ctx, ptrace.NewTraces()) },
		func() error { return l.Traces.ConsumeTraces(ctx, td) })
}
