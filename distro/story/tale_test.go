package story

import (
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/confmap"
	"go.opentelemetry.io/collector/pdata/plog"
	"go.opentelemetry.io/collector/pdata/pmetric"
	"go.opentelemetry.io/collector/pdata/ptrace"
	"golang.org/x/tools/txtar"

	"github.com/cowork-otel/collector/internal/cowork"
	"github.com/cowork-otel/collector/internal/stateful/statefultest"
)

// When stories are told: soon after their events happened.
var morning = time.Date(2026, time.November, 21, 9, 31, 0, 0, time.UTC)

// A tale is a story while it is told: what outlives its collectors, and what they
// made so far. It is safe for concurrent use.
type tale struct {
	settings *confmap.Conf
	storage  *statefultest.Disk

	mu                   sync.Mutex
	redacted, correlated plog.Logs
	spans                ptrace.Traces
	points               pmetric.Metrics
	alerts               plog.Logs
}

// tell runs a story's steps and returns all its stages.
func tell(t *testing.T, settings *confmap.Conf, archive *txtar.Archive) map[string][]byte {
	t.Helper()
	ta := perform(t, settings, archive, func(plog.Logs) {})
	if section(archive, "spans") != nil {
		checkTraces(t, ta.spans)
	}
	return map[string][]byte{
		"redacted":   Format(ta.redacted),
		"correlated": Format(ta.correlated),
		"summary":    Format(summaries(ta.correlated)),
		"spans":      Waterfall(ta.spans),
		"metrics":    Ledger(ta.points),
		"alerts":     Alerts(ta.alerts),
	}
}

// perform runs a story's steps with what comes in changed, and returns what was told.
func perform(t *testing.T, settings *confmap.Conf, archive *txtar.Archive, change func(plog.Logs)) *tale {
	t.Helper()
	time.Sleep(time.Until(morning))
	ta := &tale{
		settings: settings, storage: statefultest.NewDisk(),
		redacted: plog.NewLogs(), correlated: plog.NewLogs(), spans: ptrace.NewTraces(), points: pmetric.NewMetrics(),
		alerts: plog.NewLogs(),
	}
	p := ta.start(t)
	for _, file := range archive.Files {
		if !isStep(file.Name) {
			continue
		}
		p = before(t, p, file.Name)
		in, err := Parse(file.Data)
		require.NoError(t, err)
		change(in)
		require.NoError(t, p.head.ConsumeLogs(t.Context(), in))
	}
	time.Sleep(ending)
	p.stop(t)
	return ta
}

// summaries returns the records that tell what prompts added up to.
func summaries(ld plog.Logs) plog.Logs {
	out := plog.NewLogs()
	ld.CopyTo(out)
	for _, rl := range out.ResourceLogs().All() {
		for _, sl := range rl.ScopeLogs().All() {
			sl.LogRecords().RemoveIf(func(rec plog.LogRecord) bool {
				return cowork.EventOf(rl.Resource(), sl.Scope(), rec).Name() != "prompt_summary"
			})
		}
	}
	return out
}

// note appends a copy of what passed.
func (ta *tale) note(to, ld plog.Logs) {
	ta.mu.Lock()
	defer ta.mu.Unlock()
	passed := plog.NewLogs()
	ld.CopyTo(passed)
	passed.ResourceLogs().MoveAndAppendTo(to.ResourceLogs())
}

// noteSpans appends what arrived at the end.
func (ta *tale) noteSpans(td ptrace.Traces) {
	ta.mu.Lock()
	defer ta.mu.Unlock()
	td.ResourceSpans().MoveAndAppendTo(ta.spans.ResourceSpans())
}

// notePoints appends what arrived at the end.
func (ta *tale) notePoints(md pmetric.Metrics) {
	ta.mu.Lock()
	defer ta.mu.Unlock()
	md.ResourceMetrics().MoveAndAppendTo(ta.points.ResourceMetrics())
}
