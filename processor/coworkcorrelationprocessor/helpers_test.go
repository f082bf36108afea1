package coworkcorrelationprocessor

import (
	"context"
	"maps"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/component"
	"go.opentelemetry.io/collector/component/componenttest"
	"go.opentelemetry.io/collector/consumer"
	"go.opentelemetry.io/collector/pdata/plog"
	"go.opentelemetry.io/collector/processor"
	"go.opentelemetry.io/collector/processor/processortest"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/sdk/metric/metricdata"
	"go.opentelemetry.io/otel/sdk/metric/metricdata/metricdatatest"

	"github.com/cowork-otel/collector/internal/cowork"
)

// noon is when the tests begin.
var noon = time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)

const (
	onePrompt  = "0aa84ef6-0c18-4720-8c5d-4ba43985c011"
	oneTrace   = "0aa84ef60c1847208c5d4ba43985c011"
	oneSession = "f4e2b124-f977-4412-8b09-da2871d3f914"
)

type attributes = map[string]any

// event returns a batch of one event at a second after noon, its sequence the same.
// An attribute of nil is not there.
func event(kind string, second int, more attributes) plog.Logs {
	all := attributes{
		"event.name": kind, "event.sequence": second, "prompt.id": onePrompt, "session.id": oneSession,
		"event.timestamp": noon.Add(time.Duration(second) * time.Second).Format(time.RFC3339Nano),
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

// together makes one batch of several.
func together(batches ...plog.Logs) plog.Logs {
	for _, ld := range batches[1:] {
		ld.ResourceLogs().MoveAndAppendTo(batches[0].ResourceLogs())
	}
	return batches[0]
}

// A sink is the component behind the processor. It keeps what it takes.
type sink struct {
	mu     sync.Mutex
	taken  []cowork.Event
	refuse error
	after  func() // what follows the taking of a batch
}

func (*sink) Capabilities() consumer.Capabilities { return consumer.Capabilities{} }

func (s *sink) ConsumeLogs(_ context.Context, ld plog.Logs) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.refuse == nil {
		s.taken = slices.AppendSeq(s.taken, cowork.Events(ld))
	}
	if s.after != nil {
		s.after()
	}
	return s.refuse
}

func (s *sink) refuses(err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.refuse = err
}

func (s *sink) then(after func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.after = after
}

// take returns what came since it was last called: summaries and other records.
func (s *sink) take() (summaries, records []cowork.Event) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, e := range s.taken {
		if e.Record().EventName() == "cowork.prompt_summary" {
			summaries = append(summaries, e)
		} else {
			records = append(records, e)
		}
	}
	s.taken = nil
	return summaries, records
}

// A rig is a processor at work, in a bubble of time.
type rig struct {
	*testing.T
	processor.Logs
	sink *sink
	tel  *componenttest.Telemetry
}

// inBubble runs a test where time passes at once, from noon.
func inBubble(t *testing.T, test func(*testing.T)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		time.Sleep(time.Until(noon))
		test(t)
	})
}

// run starts a processor for a test.
func run(t *testing.T, configure func(*Config), test func(*rig)) {
	t.Helper()
	inBubble(t, func(t *testing.T) {
		r := start(t, componenttest.NewNopHost(), configure)
		test(r)
	})
}

func start(t *testing.T, host component.Host, configure func(*Config)) *rig {
	t.Helper()
	cfg := createDefaultConfig().(*Config)
	configure(cfg)
	r := &rig{T: t, sink: &sink{}, tel: componenttest.NewTelemetry()}
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

// end shuts the processor down, twice as a collector may.
func (r *rig) end() {
	require.NoError(r, r.Shutdown(context.Background()))
	require.NoError(r, r.Shutdown(context.Background()))
}

// send passes batches through the processor and returns the records that came out.
func (r *rig) send(batches ...plog.Logs) []cowork.Event {
	r.Helper()
	for _, ld := range batches {
		require.NoError(r, r.ConsumeLogs(r.Context(), ld))
	}
	_, records := r.sink.take()
	return records
}

// pass lets time pass and returns the summaries that came out.
func (r *rig) pass(d time.Duration) []cowork.Event {
	time.Sleep(d)
	synctest.Wait()
	summaries, _ := r.sink.take()
	return summaries
}

// told returns attributes of summaries, a line each.
func told(summaries []cowork.Event, keys ...string) (lines []string) {
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

func point(n int64, labels ...attribute.KeyValue) []metricdata.DataPoint[int64] {
	return []metricdata.DataPoint[int64]{{Value: n, Attributes: attribute.NewSet(labels...)}}
}

var ignoreTime = metricdatatest.IgnoreTimestamp()

// countsOf returns how often each series of a histogram was recorded.
func countsOf(m metricdata.Metrics) (counts []uint64) {
	for _, p := range m.Data.(metricdata.Histogram[float64]).DataPoints {
		counts = append(counts, p.Count)
	}
	return counts
}
