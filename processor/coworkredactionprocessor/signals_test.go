package coworkredactionprocessor

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/component/componenttest"
	"go.opentelemetry.io/collector/consumer/consumertest"
	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/plog"
	"go.opentelemetry.io/collector/pdata/pmetric"
	"go.opentelemetry.io/collector/pdata/ptrace"
	"go.opentelemetry.io/collector/processor"
	"go.opentelemetry.io/collector/processor/processortest"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/sdk/metric/metricdata"
	"go.opentelemetry.io/otel/sdk/metric/metricdata/metricdatatest"

	"github.com/cowork-otel/collector/processor/coworkredactionprocessor/internal/metadatatest"
)

const (
	leak   = "of jane.doe@example.com"
	hidden = "of [REDACTED_EMAIL]"
)

func leakIn(m pcommon.Map) {
	m.PutStr("note", leak)
	m.PutEmptyMap("map").PutEmptySlice("list").AppendEmpty().SetStr(leak)
	m.PutStr(leak, "a key")
	m.PutEmptyBytes("bytes").FromRaw([]byte(leak))
}

func settings(t *testing.T) (processor.Settings, *componenttest.Telemetry) {
	t.Helper()
	tel := componenttest.NewTelemetry()
	t.Cleanup(func() { require.NoError(t, tel.Shutdown(context.Background())) })
	set := processortest.NewNopSettings(NewFactory().Type())
	set.TelemetrySettings = tel.NewTelemetrySettings()
	return set, tel
}

// The tests of the three signals write a leak to every text of a batch, and search the
// complete output for it.

func TestLogs(t *testing.T) {
	ld := plog.NewLogs()
	rl := ld.ResourceLogs().AppendEmpty()
	rl.SetSchemaUrl(leak)
	leakIn(rl.Resource().Attributes())
	sl := rl.ScopeLogs().AppendEmpty()
	sl.SetSchemaUrl(leak)
	sl.Scope().SetName(leak)
	sl.Scope().SetVersion(leak)
	leakIn(sl.Scope().Attributes())
	rec := sl.LogRecords().AppendEmpty()
	rec.SetEventName(leak)
	rec.SetSeverityText(leak)
	rec.Body().SetStr(leak)
	leakIn(rec.Attributes())
	leakIn(sl.LogRecords().AppendEmpty().Body().SetEmptyMap())

	set, tel := settings(t)
	sink := new(consumertest.LogsSink)
	p, err := NewFactory().CreateLogs(t.Context(), set, createDefaultConfig(), sink)
	require.NoError(t, err)
	require.True(t, p.Capabilities().MutatesData)
	require.NoError(t, p.ConsumeLogs(t.Context(), ld))

	out, err := (&plog.JSONMarshaler{}).MarshalLogs(sink.AllLogs()[0])
	require.NoError(t, err)
	require.NotContains(t, string(out), "jane")
	require.NotContains(t, string(out), "amFuZS5kb2V", "bytes, which JSON has in base64")
	require.Equal(t, hidden, rec.EventName())

	count, err := tel.GetMetric("otelcol_processor_cowork_redaction_findings")
	require.NoError(t, err)
	kinds := map[string]int64{}
	for _, point := range count.Data.(metricdata.Sum[int64]).DataPoints {
		pattern, _ := point.Attributes.Value("pattern")
		require.Equal(t, "email", pattern.AsString())
		kind, _ := point.Attributes.Value("kind")
		kinds[kind.AsString()] += point.Value
	}
	require.Equal(t, map[string]int64{"resource": 5, "scope": 7, "unknown": 4 + 3 + 4}, kinds)
}

func TestMetrics(t *testing.T) {
	md := pmetric.NewMetrics()
	rm := md.ResourceMetrics().AppendEmpty()
	leakIn(rm.Resource().Attributes())
	sm := rm.ScopeMetrics().AppendEmpty()
	sm.Scope().SetName(leak)
	leakIn(sm.Scope().Attributes())
	metric := func() pmetric.Metric {
		m := sm.Metrics().AppendEmpty()
		m.SetName(leak)
		m.SetDescription(leak)
		m.SetUnit(leak)
		leakIn(m.Metadata())
		return m
	}
	gauge := metric().SetEmptyGauge().DataPoints().AppendEmpty()
	sum := metric().SetEmptySum().DataPoints().AppendEmpty()
	histogram := metric().SetEmptyHistogram().DataPoints().AppendEmpty()
	exponential := metric().SetEmptyExponentialHistogram().DataPoints().AppendEmpty()
	summary := metric().SetEmptySummary().DataPoints().AppendEmpty()
	metric()
	for _, m := range []pcommon.Map{
		gauge.Attributes(), sum.Attributes(), histogram.Attributes(), exponential.Attributes(), summary.Attributes(),
		gauge.Exemplars().AppendEmpty().FilteredAttributes(), sum.Exemplars().AppendEmpty().FilteredAttributes(),
		histogram.Exemplars().AppendEmpty().FilteredAttributes(), exponential.Exemplars().AppendEmpty().FilteredAttributes(),
	} {
		leakIn(m)
	}

	set, _ := settings(t)
	sink := new(consumertest.MetricsSink)
	p, err := NewFactory().CreateMetrics(t.Context(), set, createDefaultConfig(), sink)
	require.NoError(t, err)
	require.NoError(t, p.ConsumeMetrics(t.Context(), md))
	out, err := (&pmetric.JSONMarshaler{}).MarshalMetrics(sink.AllMetrics()[0])
	require.NoError(t, err)
	require.NotContains(t, string(out), "jane")
	require.NotContains(t, string(out), "amFuZS5kb2V")
}

func TestTraces(t *testing.T) {
	td := ptrace.NewTraces()
	rs := td.ResourceSpans().AppendEmpty()
	leakIn(rs.Resource().Attributes())
	ss := rs.ScopeSpans().AppendEmpty()
	ss.Scope().SetName(leak)
	leakIn(ss.Scope().Attributes())
	span := ss.Spans().AppendEmpty()
	span.SetName(leak)
	span.Status().SetMessage(leak)
	span.TraceState().FromRaw("vendor=jane.doe@example.com")
	leakIn(span.Attributes())
	span.Attributes().PutStr("user_prompt", "for jane")
	event := span.Events().AppendEmpty()
	event.SetName(leak)
	leakIn(event.Attributes())
	link := span.Links().AppendEmpty()
	link.TraceState().FromRaw("vendor=jane.doe@example.com")
	leakIn(link.Attributes())

	set, _ := settings(t)
	sink := new(consumertest.TracesSink)
	p, err := NewFactory().CreateTraces(t.Context(), set, createDefaultConfig(), sink)
	require.NoError(t, err)
	require.NoError(t, p.ConsumeTraces(t.Context(), td))
	out, err := (&ptrace.JSONMarshaler{}).MarshalTraces(sink.AllTraces()[0])
	require.NoError(t, err)
	require.NotContains(t, string(out), "jane")
	require.NotContains(t, string(out), "amFuZS5kb2V")
	prompt, _ := sink.AllTraces()[0].ResourceSpans().At(0).ScopeSpans().At(0).Spans().At(0).Attributes().Get("user_prompt")
	require.Equal(t, "[REDACTED_PROMPT]", prompt.Str())
}

func TestDisabled(t *testing.T) {
	set, _ := settings(t)
	cfg := createDefaultConfig().(*Config)
	cfg.Enabled = false
	sink := new(consumertest.LogsSink)
	p, err := NewFactory().CreateLogs(t.Context(), set, cfg, sink)
	require.NoError(t, err)
	require.False(t, p.Capabilities().MutatesData)
	require.NoError(t, p.Start(t.Context(), componenttest.NewNopHost()))
	ld := plog.NewLogs()
	ld.ResourceLogs().AppendEmpty().ScopeLogs().AppendEmpty().LogRecords().AppendEmpty().Body().SetStr(leak)
	ld.MarkReadOnly()
	require.NoError(t, p.ConsumeLogs(t.Context(), ld))
	require.Equal(t, ld, sink.AllLogs()[0])
}

// TestLabels checks that text of the sender is no label of a metric.
func TestLabels(t *testing.T) {
	set, tel := settings(t)
	cfg := createDefaultConfig().(*Config)
	cfg.ExtraSensitiveAttributes = []Key{"salary"}
	p, err := NewFactory().CreateLogs(t.Context(), set, cfg, consumertest.NewNop())
	require.NoError(t, err)
	ld := plog.NewLogs()
	rec := ld.ResourceLogs().AppendEmpty().ScopeLogs().AppendEmpty().LogRecords().AppendEmpty()
	rec.SetEventName("user_prompt")
	rec.Attributes().PutStr("prompt", "x")
	rec.Attributes().PutStr("salary", "x")
	rec.Attributes().PutStr("jane", leak)
	require.NoError(t, p.ConsumeLogs(t.Context(), ld))
	finding := func(pattern, attr string) metricdata.DataPoint[int64] {
		return metricdata.DataPoint[int64]{Value: 1, Attributes: attribute.NewSet(attribute.String("pattern", pattern),
			attribute.String("attribute", attr), attribute.String("kind", "user_prompt"))}
	}
	metadatatest.AssertEqualProcessorCoworkRedactionFindings(t, tel, []metricdata.DataPoint[int64]{
		finding("prompt", "prompt"), finding("sensitive_attribute", "salary"), finding("email", "other"),
	}, metricdatatest.IgnoreTimestamp())
	metadatatest.AssertEqualProcessorCoworkRedactionScannedBytes(t, tel, []metricdata.DataPoint[int64]{
		{Value: int64(len("user_prompt") + len("jane") + len(leak))},
	}, metricdatatest.IgnoreTimestamp())
}
