package coworkrosterprocessor

import (
	"context"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/consumer"
	"go.opentelemetry.io/collector/consumer/consumertest"
	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/plog"
	"go.opentelemetry.io/collector/pdata/pmetric"
	"go.opentelemetry.io/collector/pdata/ptrace"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/sdk/metric/metricdata"

	"github.com/cowork-otel/collector/internal/roster"
	"github.com/cowork-otel/collector/processor/coworkrosterprocessor/internal/metadatatest"
)

type attrs = map[string]any

var anna = attrs{"cowork.user.name": "Anna Li", "cowork.team": "Sales", "cowork.cost_center": "4711"}

// TestJoin has the identities of a person in the record and in the resource.
func TestJoin(t *testing.T) {
	check := func(want, resource, attributes attrs) {
		t.Helper()
		f := newFixture(t, func(c *Config) { c.File = writeFile(t, twoPeople) })
		require.Equal(t, want, add(t, f, resource, attributes))
	}
	check(anna, attrs{}, attrs{"user.email": "Anna@Example.com"})
	check(anna, attrs{"process.owner": "ANNA"}, attrs{"user.id": "unknown"})
	check(anna, attrs{}, attrs{"enduser.id": "anna@example.com"})
	check(anna, attrs{}, attrs{"user.email": "[REDACTED_EMAIL]", "process.owner": "anna"})
	check(attrs{"cowork.user.name": "Ben"}, attrs{}, attrs{"user.email": "ben@example.com"})
	check(attrs{}, attrs{"department": "Sales", "cost_center": "1"}, attrs{"user.email": "eve@example.com"})
	check(attrs{}, attrs{}, attrs{})
}

// TestChosen keeps the columns that the configuration names only.
func TestChosen(t *testing.T) {
	f := newFixture(t, func(c *Config) {
		c.File = writeFile(t, strings.Replace(twoPeople, "team", "Abteilung", 1))
		c.Attributes = map[string]string{"department": "cowork.team"}
		c.Columns = map[string]string{"department": "Abteilung"}
	})
	require.Equal(t, attrs{"cowork.team": "Sales"}, add(t, f, nil, attrs{"user.email": "anna@example.com"}))

	f = newFixture(t, func(c *Config) {
		c.Attributes, c.FromAttributes = map[string]string{"team": "cowork.team"}, map[string][]string{"cost_center": {"cost_center"}}
	})
	require.Empty(t, add(t, f, attrs{"cost_center": "4711"}, nil))
}

// TestFromAttributes has teams of clients, which are used where the list has none.
func TestFromAttributes(t *testing.T) {
	from := map[string][]string{"team": {"team.id", "department"}, "cost_center": {"cost_center"}}
	f := newFixture(t, func(c *Config) { c.FromAttributes = from })
	require.Equal(t, attrs{"cowork.team": "platform", "cowork.cost_center": "12"},
		add(t, f, attrs{"team.id": " platform ", "department": "engineering", "cost_center": 12}, nil))
	require.Equal(t, attrs{"cowork.team": "engineering"}, add(t, f, attrs{"department": "engineering"}, attrs{"team.id": strings.Repeat("x", 101)}))
	metadatatest.AssertEqualProcessorCoworkRosterRefusedValues(t, f.tel, []metricdata.DataPoint[int64]{point(1)}, ignoreTime)
	_, err := f.tel.GetMetric("otelcol_processor_cowork_roster_items")
	require.Error(t, err, "nothing is counted without a list")

	f = newFixture(t, func(c *Config) { c.File, c.FromAttributes = writeFile(t, twoPeople), from })
	require.Equal(t, anna, add(t, f, attrs{"team.id": "other"}, attrs{"user.email": "anna@example.com"}))
	require.Equal(t, attrs{"cowork.team": "Sales"}, add(t, f, attrs{"team.id": "SALES"}, nil), "as the list spells it")
	require.Equal(t, attrs{"cowork.user.name": "Ben", "cowork.team": "other"}, add(t, f, attrs{"team.id": "other"}, attrs{"user.email": "ben@example.com"}))
}

// TestForged has attributes of people that a client wrote, in each place that is read.
func TestForged(t *testing.T) {
	f := newFixture(t, func(*Config) {})
	p, sink := f.startLogs(t)
	ld := records(t, attrs{"cowork.user.name": "CEO"}, attrs{"cowork.team": "board", "user.id": "a"})
	ld.ResourceLogs().At(0).ScopeLogs().At(0).Scope().Attributes().PutStr("cowork.team", "board")
	body := ld.ResourceLogs().At(0).ScopeLogs().At(0).LogRecords().At(0).Body().SetEmptyMap().PutEmptyMap("attributes")
	body.PutStr("cowork.cost_center", "1")
	require.NoError(t, p.ConsumeLogs(t.Context(), ld))
	out := sink.AllLogs()[0].ResourceLogs().At(0)
	require.Empty(t, out.Resource().Attributes().AsRaw())
	require.Empty(t, out.ScopeLogs().At(0).Scope().Attributes().AsRaw())
	require.Equal(t, attrs{"user.id": "a"}, out.ScopeLogs().At(0).LogRecords().At(0).Attributes().AsRaw())
	require.Equal(t, attrs{"attributes": attrs{}}, out.ScopeLogs().At(0).LogRecords().At(0).Body().Map().AsRaw())
	metadatatest.AssertEqualProcessorCoworkRosterRemoved(t, f.tel, []metricdata.DataPoint[int64]{point(4)}, ignoreTime)
}

func TestCounters(t *testing.T) {
	f := newFixture(t, func(c *Config) { c.File = writeFile(t, twoPeople) })
	p, _ := f.startLogs(t)
	for _, m := range []attrs{{"user.email": "anna@example.com"}, {"user.email": "eve@example.com"}, {"user.email": "[REDACTED_EMAIL]"}, {}} {
		require.NoError(t, p.ConsumeLogs(t.Context(), records(t, nil, m)))
	}
	label := func(result string) attribute.KeyValue { return attribute.String("result", result) }
	metadatatest.AssertEqualProcessorCoworkRosterItems(t, f.tel, []metricdata.DataPoint[int64]{
		point(1, label("matched")), point(1, label("unmatched")), point(2, label("anonymous")),
	}, ignoreTime)
	metadatatest.AssertEqualProcessorCoworkRosterPeople(t, f.tel, []metricdata.DataPoint[int64]{point(2)}, ignoreTime)
}

// TestTracesAndMetrics has spans and data points of each type.
func TestTracesAndMetrics(t *testing.T) {
	f := newFixture(t, func(c *Config) { c.File = writeFile(t, twoPeople) })
	spans, points := new(consumertest.TracesSink), new(consumertest.MetricsSink)
	traces, err := f.factory.CreateTraces(t.Context(), f.set, f.cfg, spans)
	started(t, traces, err)
	metrics, err := f.factory.CreateMetrics(t.Context(), f.set, f.cfg, points)
	started(t, metrics, err)
	require.Equal(t, 1, f.logs.FilterMessage("read the list of people").Len(), "the signals share the list")

	td := ptrace.NewTraces()
	rs := td.ResourceSpans().AppendEmpty()
	rs.Resource().Attributes().PutStr("user.email", "anna@example.com")
	rs.ScopeSpans().AppendEmpty().Spans().AppendEmpty().Attributes().PutStr("cowork.team", "board")
	require.NoError(t, traces.ConsumeTraces(t.Context(), td))
	require.Equal(t, anna, spans.AllTraces()[0].ResourceSpans().At(0).ScopeSpans().At(0).Spans().At(0).Attributes().AsRaw())

	md := pmetric.NewMetrics()
	rm := md.ResourceMetrics().AppendEmpty()
	rm.Resource().Attributes().PutStr("user.email", "ben@example.com")
	list := rm.ScopeMetrics().AppendEmpty().Metrics()
	all := []pcommon.Map{
		list.AppendEmpty().SetEmptyGauge().DataPoints().AppendEmpty().Attributes(),
		list.AppendEmpty().SetEmptySum().DataPoints().AppendEmpty().Attributes(),
		list.AppendEmpty().SetEmptyHistogram().DataPoints().AppendEmpty().Attributes(),
		list.AppendEmpty().SetEmptyExponentialHistogram().DataPoints().AppendEmpty().Attributes(),
		list.AppendEmpty().SetEmptySummary().DataPoints().AppendEmpty().Attributes(),
	}
	list.AppendEmpty().SetName("empty")
	for _, m := range all {
		m.PutStr("user.email", "anna@example.com")
	}
	require.NoError(t, metrics.ConsumeMetrics(t.Context(), md))
	for _, m := range all {
		require.Equal(t, anna, peopleOf(m))
	}
	require.Len(t, points.AllMetrics(), 1)
}

// TestContext checks that the components behind get the list.
func TestContext(t *testing.T) {
	f := newFixture(t, func(c *Config) { c.File = writeFile(t, twoPeople) })
	var list *roster.Roster
	next, err := consumer.NewLogs(func(ctx context.Context, _ plog.Logs) error {
		list = roster.FromContext(ctx)
		return nil
	})
	require.NoError(t, err)
	p, err := f.factory.CreateLogs(t.Context(), f.set, f.cfg, next)
	started(t, p, err)
	require.NoError(t, p.ConsumeLogs(t.Context(), records(t, nil, attrs{"user.id": "a"})))
	require.True(t, list.Has("Anna Li"))
	require.False(t, list.Has("anna@example.com"))
	require.False(t, roster.FromContext(t.Context()).Has("Anna Li"))
}
