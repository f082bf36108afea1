package story

import (
	"context"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/confmap"
	"go.opentelemetry.io/collector/consumer"
	"go.opentelemetry.io/collector/pdata/plog"
	"go.opentelemetry.io/collector/pdata/pmetric"
	"go.opentelemetry.io/collector/pdata/ptrace"
	"go.opentelemetry.io/collector/processor/processortest"
	"golang.org/x/tools/txtar"

	"github.com/cowork-otel/collector/internal/cowork"
	"github.com/cowork-otel/collector/internal/stateful/statefultest"
	"github.com/cowork-otel/collector/processor/coworkschemaprocessor"
)

// beginning is when stories begin: soon after the times of their events.
var beginning = time.Date(2026, time.November, 21, 9, 31, 0, 0, time.UTC)

// A storyRun is a story that is running: the settings and storage that its collectors
// share, and their output so far. It is safe for concurrent use.
type storyRun struct {
	settings *confmap.Conf
	storage  *statefultest.Disk

	refusing             atomic.Bool // an exporter behind the processors refuses batches
	mu                   sync.Mutex
	redacted, correlated plog.Logs
	spans, clientSpans   ptrace.Traces
	points               pmetric.Metrics
	alerts               plog.Logs
}

// runStory runs the steps of a story and returns all its stages.
func runStory(t *testing.T, settings *confmap.Conf, archive *txtar.Archive) map[string][]byte {
	t.Helper()
	run := runSteps(t, settings, archive, func(plog.Logs) {})
	if section(archive, "spans") != nil {
		checkTraces(t, run.spans)
	}
	return map[string][]byte{
		"redacted":       Format(run.redacted),
		"redacted spans": FormatSpans(run.clientSpans),
		"correlated":     Format(run.correlated),
		"summary":        Format(summaries(run.correlated)),
		"spans":          Waterfall(run.spans),
		"metrics":        Ledger(run.points),
		"alerts":         Alerts(run.alerts),
		"schema":         Format(schemaOf(t, settings, run)),
	}
}

// schemaOf returns the output of cowork_schema for the events and the alerts of a story, if
// its settings have the format.
func schemaOf(t *testing.T, settings *confmap.Conf, run *storyRun) plog.Logs {
	t.Helper()
	out, in := plog.NewLogs(), plog.NewLogs()
	factory := coworkschemaprocessor.NewFactory()
	if !settings.IsSet(factory.Type().String()) {
		return out
	}
	end, err := consumer.NewLogs(func(_ context.Context, ld plog.Logs) error {
		ld.ResourceLogs().MoveAndAppendTo(out.ResourceLogs())
		return nil
	})
	require.NoError(t, err)
	c, err := factory.CreateLogs(t.Context(), processortest.NewNopSettings(factory.Type()), configOf(t, factory, settings), end)
	require.NoError(t, err)
	require.NoError(t, c.Start(t.Context(), statefultest.Host{storageID: run.storage}))
	for _, ld := range []plog.Logs{run.correlated, run.alerts} {
		ld.CopyTo(in)
		require.NoError(t, c.ConsumeLogs(t.Context(), in))
		in = plog.NewLogs()
	}
	require.NoError(t, c.Shutdown(t.Context()))
	return out
}

// runSteps runs the steps of a story with modified input, and returns the output.
func runSteps(t *testing.T, settings *confmap.Conf, archive *txtar.Archive, modify func(plog.Logs)) *storyRun {
	t.Helper()
	if section(archive, "alerts") == nil { // compiling the rules takes most of a story's time
		require.NoError(t, settings.Merge(confmap.NewFromStringMap(map[string]any{"cowork_rules": map[string]any{"builtin_rules": []any{}}})))
	}
	time.Sleep(time.Until(beginning))
	run := &storyRun{
		settings: settings, storage: statefultest.NewDisk(),
		redacted: plog.NewLogs(), correlated: plog.NewLogs(), spans: ptrace.NewTraces(), clientSpans: ptrace.NewTraces(), points: pmetric.NewMetrics(),
		alerts: plog.NewLogs(),
	}
	writePeople(t, settings, section(archive, peopleSection))
	p := run.start(t)
	for _, file := range archive.Files {
		if !isStep(file.Name) {
			continue
		}
		if file.Name == spansStep {
			in, err := ParseSpans(file.Data)
			require.NoError(t, err)
			require.NoError(t, p.headSpans.ConsumeTraces(t.Context(), in))
			continue
		}
		if next, ok := strings.CutPrefix(file.Name, after); ok && isPeople(next) {
			writePeople(t, settings, section(archive, next))
			time.Sleep(time.Minute) // several times the interval at which the list is read
		} else {
			p = prepareStep(t, p, file.Name)
		}
		in, err := Parse(file.Data)
		require.NoError(t, err)
		modify(in)
		run.refusing.Store(file.Name == refused)
		require.Equal(t, file.Name == refused, p.head.ConsumeLogs(sender(t, archive, file.Name), in) != nil)
		run.refusing.Store(false)
	}
	time.Sleep(ending)
	p.stop(t)
	return run
}

// summaries returns the prompt summaries of a batch.
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

// recordLogs appends a copy of a batch.
func (run *storyRun) recordLogs(to, ld plog.Logs) {
	run.mu.Lock()
	defer run.mu.Unlock()
	passed := plog.NewLogs()
	ld.CopyTo(passed)
	passed.ResourceLogs().MoveAndAppendTo(to.ResourceLogs())
}

// recordSpans appends the spans of a batch.
func (run *storyRun) recordSpans(td ptrace.Traces) {
	run.mu.Lock()
	defer run.mu.Unlock()
	td.ResourceSpans().MoveAndAppendTo(run.spans.ResourceSpans())
}

// recordClientSpans appends the redacted spans of a client.
func (run *storyRun) recordClientSpans(td ptrace.Traces) {
	run.mu.Lock()
	defer run.mu.Unlock()
	td.ResourceSpans().MoveAndAppendTo(run.clientSpans.ResourceSpans())
}

// recordPoints appends the metrics of a batch.
func (run *storyRun) recordPoints(md pmetric.Metrics) {
	run.mu.Lock()
	defer run.mu.Unlock()
	md.ResourceMetrics().MoveAndAppendTo(run.points.ResourceMetrics())
}
