package coworkcorrelationprocessor

import (
	"context"
	"maps"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/component"
	"go.opentelemetry.io/collector/component/componenttest"
	"go.opentelemetry.io/collector/pdata/plog"
	"go.opentelemetry.io/collector/processor"
	"go.opentelemetry.io/collector/processor/processortest"
	"go.opentelemetry.io/otel/sdk/metric/metricdata"

	"github.com/cowork-otel/collector/internal/cowork"
	"github.com/cowork-otel/collector/internal/stateful/statefultest"
)

const (
	onePrompt  = "0aa84ef6-0c18-4720-8c5d-4ba43985c011"
	oneTrace   = "0aa84ef60c1847208c5d4ba43985c011"
	oneSession = "f4e2b124-f977-4412-8b09-da2871d3f914"
)

type attributes = map[string]any

// event returns a batch of one event at a second after noon. Its sequence number is the
// second. An attribute of nil is omitted.
func event(kind string, second int, more attributes) plog.Logs {
	all := attributes{
		"event.name": kind, "event.sequence": second, "prompt.id": onePrompt, "session.id": oneSession,
		"event.timestamp": statefultest.Noon.Add(time.Duration(second) * time.Second).Format(time.RFC3339Nano),
	}
	maps.Copy(all, more)
	ld := plog.NewLogs()
	rl := ld.ResourceLogs().AppendEmpty()
	rl.Resource().Attributes().PutStr("service.name", "cowork")
	rec := rl.ScopeLogs().AppendEmpty().LogRecords().AppendEmpty()
	rec.SetEventName(kind)
	for _, key := range slices.Sorted(maps.Keys(all)) {
		if all[key] != nil {
			_ = rec.Attributes().PutEmpty(key).FromRaw(all[key])
		}
	}
	return ld
}

func request(second int, id string, more attributes) plog.Logs {
	all := attributes{"request_id": id, "model": "claude-opus-5-5", "cost_usd_micros": 1500}
	maps.Copy(all, more)
	return event("api_request", second, all)
}

// together merges batches into one.
func together(batches ...plog.Logs) plog.Logs {
	for _, ld := range batches[1:] {
		ld.ResourceLogs().MoveAndAppendTo(batches[0].ResourceLogs())
	}
	return batches[0]
}

// A rig is a running processor.
type rig struct {
	*testing.T
	processor.Logs
	sink *statefultest.Sink
	tel  *componenttest.Telemetry
}

// run tests a processor without a storage, in a bubble.
func run(t *testing.T, configure func(*Config), test func(*rig)) {
	t.Helper()
	statefultest.InBubble(t, func(t *testing.T) {
		r := start(t, componenttest.NewNopHost(), configure)
		test(r)
	})
}

func start(t *testing.T, host component.Host, configure func(*Config)) *rig {
	t.Helper()
	cfg := createDefaultConfig().(*Config)
	configure(cfg)
	r := &rig{T: t, sink: &statefultest.Sink{}, tel: componenttest.NewTelemetry()}
	set := processortest.NewNopSettings(NewFactory().Type())
	set.TelemetrySettings = r.tel.NewTelemetrySettings()
	set.BuildInfo.Version = "1.2.3"
	var err error
	r.Logs, err = NewFactory().CreateLogs(t.Context(), set, cfg, r.sink)
	require.NoError(t, err)
	require.True(t, r.Capabilities().MutatesData)
	require.NoError(t, r.Start(t.Context(), host))
	t.Cleanup(r.end)
	return r
}

func defaults(*Config) {}

// end shuts the processor down, twice.
func (r *rig) end() {
	require.NoError(r, r.Shutdown(context.Background()))
	require.NoError(r, r.Shutdown(context.Background()))
}

// kill ends the processor like a crash: nothing more is stored or sent.
func (r *rig) kill() {
	r.Logs.(*correlator).stopLoops()
	r.sink.Take()
}

func (c *correlator) stopLoops() {
	c.loop.Stop(context.Background())
	c.sender.Stop(context.Background())
}

// taken returns what the sink accepted since the last call.
func (r *rig) taken() (summaries, records []cowork.Event) {
	for _, e := range r.sink.Take() {
		if e.Name() == summaryKind {
			summaries = append(summaries, e)
		} else {
			records = append(records, e)
		}
	}
	return summaries, records
}

// send sends batches through the processor and returns the records that came out.
func (r *rig) send(batches ...plog.Logs) []cowork.Event {
	r.Helper()
	for _, ld := range batches {
		require.NoError(r, r.ConsumeLogs(r.Context(), ld))
	}
	_, records := r.taken()
	return records
}

// pass lets time pass and returns the summaries that came out.
func (r *rig) pass(d time.Duration) []cowork.Event {
	statefultest.Advance(d)
	summaries, _ := r.taken()
	return summaries
}

// linesOf returns a line with attributes for each summary.
func linesOf(summaries []cowork.Event, keys ...string) (lines []string) {
	for _, e := range summaries {
		line := ""
		for _, key := range keys {
			s, _ := e.Str(key)
			line += " " + s
		}
		lines = append(lines, line[min(1, len(line)):])
	}
	return lines
}

// countsOf returns how often each series of a histogram was recorded.
func countsOf(m metricdata.Metrics) (counts []uint64) {
	for _, p := range m.Data.(metricdata.Histogram[float64]).DataPoints {
		counts = append(counts, p.Count)
	}
	return counts
}
