package coworkeventprocessor

import (
	"context"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/component/componenttest"
	"go.opentelemetry.io/collector/consumer/consumertest"
	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/plog"
	"go.opentelemetry.io/collector/pdata/pmetric"
	"go.opentelemetry.io/collector/processor/processortest"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/sdk/metric/metricdata"

	"github.com/cowork-otel/collector/processor/coworkeventprocessor/internal/metadatatest"
)

func errorsOf(attributes pcommon.Map) []any {
	v, ok := attributes.Get(errorsAttribute)
	if !ok {
		return nil
	}
	return v.Slice().AsRaw()
}

func forgedPoint(n int64, name, place string) metricdata.DataPoint[int64] {
	return point(n, attribute.String("attribute", name), attribute.String("place", place))[0]
}

// forgedAlert returns a batch of one record that claims to be an alert of the collector,
// with reserved attributes in each place.
func forgedAlert(service string) plog.Logs {
	return event(func(rl plog.ResourceLogs, rec plog.LogRecord) {
		rl.Resource().Attributes().PutStr("service.name", service)
		rl.Resource().Attributes().PutStr("cowork.squad", "finance")
		rl.ScopeLogs().At(0).Scope().SetName("cowork_rules")
		rl.ScopeLogs().At(0).Scope().Attributes().PutStr("cowork.prompt.origin", "task")
		rec.SetEventName("cowork.alert")
		rec.Body().SetStr("cowork.alert")
		rec.Attributes().PutStr("event.name", "cowork.alert")
		rec.Attributes().PutStr("alert.name", "api_error")
		rec.Attributes().PutDouble("cowork.prompt.cost_usd", 1e6)
	})
}

// TestReservedIsRenamed sends a forged alert as a client, and as any other service: the
// components behind read the kinds of every record.
func TestReservedIsRenamed(t *testing.T) {
	for _, service := range []string{"cowork", "billing"} {
		out, tel := run(t, defaults, forgedAlert(service))
		rl := out[0].ResourceLogs().At(0)
		rec := record(out[0])
		require.Equal(t, "client.alert", rec.EventName())
		require.Equal(t, "client.alert", rec.Body().Str())
		raw := rec.Attributes().AsRaw()
		require.Equal(t, "client.alert", raw["event.name"])
		require.NotContains(t, raw, "cowork.prompt.cost_usd")
		require.Equal(t, 1e6, raw["client.cowork.prompt.cost_usd"])
		require.NotContains(t, rl.Resource().Attributes().AsRaw(), "cowork.squad")
		require.NotContains(t, rl.ScopeLogs().At(0).Scope().Attributes().AsRaw(), "cowork.prompt.origin")
		for _, want := range []string{
			"cowork.prompt.cost_usd: reserved", "event.name: reserved", "cowork.prompt.origin: reserved", "cowork.*: reserved",
		} {
			require.Contains(t, errorsOf(rec.Attributes()), want)
		}
		metadatatest.AssertEqualProcessorCoworkEventForged(t, tel, []metricdata.DataPoint[int64]{
			forgedPoint(1, "cowork.prompt.cost_usd", "record"), forgedPoint(1, "event.name", "record"),
			forgedPoint(1, "cowork.prompt.origin", "scope"), forgedPoint(1, "cowork.*", "resource"),
		}, ignoreTime)
	}
}

// TestReservedIsDropped has senders with errors dropped.
func TestReservedIsDropped(t *testing.T) {
	out, _ := run(t, func(c *Config) { c.OnInvalid = ActionDrop }, forgedAlert("cowork"))
	require.Empty(t, out)
}

// TestForgedOrigin sends the marker of redaction and an origin, which only an earlier
// collector can write.
func TestForgedOrigin(t *testing.T) {
	forged := func() plog.Logs {
		ld := promptEvent("[REDACTED_PROMPT]")
		record(ld).Attributes().PutStr("cowork.prompt.origin", "task")
		return ld
	}
	out, _ := run(t, defaults, forged())
	require.Equal(t, "user", originOf(record(out[0]).Attributes()))
	out, _ = run(t, func(c *Config) { c.TrustMarks = true }, forged())
	require.Equal(t, "task", originOf(record(out[0]).Attributes()))
}

func TestTrustMarks(t *testing.T) {
	trust := func(c *Config) { c.TrustMarks = true }
	out, tel := run(t, trust, forgedAlert("cowork"))
	require.Equal(t, "cowork.alert", record(out[0]).EventName())
	require.Contains(t, record(out[0]).Attributes().AsRaw(), "cowork.prompt.cost_usd")
	require.Contains(t, out[0].ResourceLogs().At(0).Resource().Attributes().AsRaw(), "cowork.squad")
	_, err := tel.GetMetric("otelcol_processor_cowork_event_forged")
	require.Error(t, err, "nothing is counted")

	// The errors that an earlier collector wrote are kept, each once.
	out, _ = run(t, trust, event(func(_ plog.ResourceLogs, rec plog.LogRecord) {
		rec.Attributes().Remove("session.id")
		list := rec.Attributes().PutEmptySlice(errorsAttribute)
		list.AppendEmpty().SetStr("event.name: reserved")
		list.AppendEmpty().SetStr("session.id: missing")
	}))
	require.Equal(t, []any{"event.name: reserved", "session.id: missing"}, errorsOf(record(out[0]).Attributes()))
}

func TestForgedErrorsAreRenamed(t *testing.T) {
	out, _ := run(t, defaults, event(func(_ plog.ResourceLogs, rec plog.LogRecord) {
		rec.Attributes().PutStr(errorsAttribute, "forged")
	}))
	require.Equal(t, []any{errorsAttribute + ": reserved"}, errorsOf(record(out[0]).Attributes()))
}

// TestReservedInSpans has a reserved attribute in each place of a span.
func TestReservedInSpans(t *testing.T) {
	tel := componenttest.NewTelemetry()
	t.Cleanup(func() { require.NoError(t, tel.Shutdown(context.Background())) })
	set := processortest.NewNopSettings(NewFactory().Type())
	set.TelemetrySettings = tel.NewTelemetrySettings()
	sink := new(consumertest.TracesSink)
	p, err := NewFactory().CreateTraces(t.Context(), set, createDefaultConfig(), sink)
	require.NoError(t, err)
	td := interaction("billing", "other", "hello")
	rs := td.ResourceSpans().At(0)
	span := rs.ScopeSpans().At(0).Spans().At(0)
	places := []pcommon.Map{
		rs.Resource().Attributes(), rs.ScopeSpans().At(0).Scope().Attributes(), span.Attributes(),
		span.Events().AppendEmpty().Attributes(), span.Links().AppendEmpty().Attributes(),
	}
	for _, attributes := range places {
		attributes.PutStr("cowork.user.name", "Jane")
	}
	require.NoError(t, p.ConsumeTraces(t.Context(), td))
	for _, attributes := range places {
		require.NotContains(t, attributes.AsRaw(), "cowork.user.name")
		require.Contains(t, attributes.AsRaw(), "client.cowork.user.name")
	}
	metadatatest.AssertEqualProcessorCoworkEventForged(t, tel, []metricdata.DataPoint[int64]{
		forgedPoint(1, "cowork.user.name", "resource"), forgedPoint(1, "cowork.user.name", "scope"), forgedPoint(3, "cowork.user.name", "span"),
	}, ignoreTime)
}

// TestReservedInMetrics has a forged cost, and a reserved attribute in each place of each
// type of metric.
func TestReservedInMetrics(t *testing.T) {
	const key = "cowork.prompt.origin"
	forged := func(trust bool) (pmetric.Metrics, *componenttest.Telemetry) {
		md := pmetric.NewMetrics()
		rm := md.ResourceMetrics().AppendEmpty()
		rm.Resource().Attributes().PutStr(key, "v")
		sm := rm.ScopeMetrics().AppendEmpty()
		sm.Scope().Attributes().PutStr(key, "v")
		add := func(name string) pmetric.Metric {
			m := sm.Metrics().AppendEmpty()
			m.SetName(name)
			return m
		}
		add("cowork.cost").SetEmptySum().DataPoints().AppendEmpty().Attributes().PutStr(key, "v")
		add("claude_code.cost.usage").SetEmptyGauge().DataPoints().AppendEmpty().Attributes().PutStr(key, "v")
		add("a").SetEmptyHistogram().DataPoints().AppendEmpty().Attributes().PutStr(key, "v")
		add("b").SetEmptyExponentialHistogram().DataPoints().AppendEmpty().Attributes().PutStr(key, "v")
		add("c").SetEmptySummary().DataPoints().AppendEmpty().Attributes().PutStr(key, "v")
		add("d").Metadata().PutStr(key, "v")

		tel := componenttest.NewTelemetry()
		t.Cleanup(func() { require.NoError(t, tel.Shutdown(context.Background())) })
		set := processortest.NewNopSettings(NewFactory().Type())
		set.TelemetrySettings = tel.NewTelemetrySettings()
		cfg := createDefaultConfig().(*Config)
		cfg.TrustMarks = trust
		p, err := NewFactory().CreateMetrics(t.Context(), set, cfg, new(consumertest.MetricsSink))
		require.NoError(t, err)
		require.True(t, p.Capabilities().MutatesData)
		require.NoError(t, p.ConsumeMetrics(t.Context(), md))
		return md, tel
	}
	text := func(md pmetric.Metrics) string {
		data, err := (&pmetric.JSONMarshaler{}).MarshalMetrics(md)
		require.NoError(t, err)
		return string(data)
	}
	md, tel := forged(false)
	require.Equal(t, 8, strings.Count(text(md), `"key":"client.cowork.prompt.origin"`))
	require.NotContains(t, text(md), `"key":"cowork.prompt.origin"`)
	require.Contains(t, text(md), `"name":"client.cowork.cost"`)
	require.Contains(t, text(md), `"name":"claude_code.cost.usage"`)
	metadatatest.AssertEqualProcessorCoworkEventForged(t, tel, []metricdata.DataPoint[int64]{
		forgedPoint(1, key, "resource"), forgedPoint(1, key, "scope"), forgedPoint(5, key, "point"),
		forgedPoint(1, key, "metric"), forgedPoint(1, "cowork.*", "metric"),
	}, ignoreTime)

	md, _ = forged(true)
	require.Equal(t, 8, strings.Count(text(md), `"key":"cowork.prompt.origin"`))
	require.Contains(t, text(md), `"name":"cowork.cost"`)
}

func organization(id string) plog.Logs {
	return event(func(_ plog.ResourceLogs, rec plog.LogRecord) {
		if id != "" {
			rec.Attributes().PutStr(organizationID, id)
		}
	})
}

func TestOrganizations(t *testing.T) {
	ours := func(c *Config) { c.Organizations = []string{"ours"} }
	inTheResource := organization("ours")
	inTheResource.ResourceLogs().At(0).Resource().Attributes().PutStr(organizationID, "other")
	out, tel := run(t, ours, organization("ours"), organization("other"), organization(""), inTheResource)
	require.Len(t, out, 2)
	metadatatest.AssertEqualProcessorCoworkEventOtherOrganization(t, tel, point(2, attribute.String("action", "drop")), ignoreTime)

	out, tel = run(t, func(c *Config) { ours(c); c.OnOtherOrganization = ActionMark }, organization("ours"), organization("other"))
	require.Empty(t, errorsOf(record(out[0]).Attributes()))
	require.Equal(t, []any{"organization.id: not listed"}, errorsOf(record(out[1]).Attributes()))
	metadatatest.AssertEqualProcessorCoworkEventOtherOrganization(t, tel, point(1, attribute.String("action", "mark")), ignoreTime)
}
