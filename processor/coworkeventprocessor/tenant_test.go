package coworkeventprocessor

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/client"
	"go.opentelemetry.io/collector/component/componenttest"
	"go.opentelemetry.io/collector/consumer/consumererror"
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
	"pgregory.net/rapid"

	"github.com/cowork-otel/collector/internal/cowork"
	"github.com/cowork-otel/collector/internal/tenant"
	"github.com/cowork-otel/collector/processor/coworkeventprocessor/internal/metadatatest"
)

const (
	acmeID  = "7ca19e7e-77ab-41b1-a9d1-f99f81888695"
	globeID = "0aa84ef6-0c18-4720-8c5d-4ba43985c011"
)

// as returns the context of a request with the token of a tenant.
func as(t require.TestingT, ctx context.Context, name string, organizations ...string) context.Context { //nolint:revive // t is first in helpers
	list, err := tenant.Parse(fmt.Appendf(nil, "tokens: [{name: %s, token: the-token-of-%s, organizations: [\"%s\"]}]", name, name, strings.Join(organizations, `","`)), nil)
	require.NoError(t, err)
	sender, _ := list.Find("the-token-of-"+name, time.Time{})
	return client.NewContext(ctx, client.Info{Auth: sender})
}

// A tenantFixture has the processors of all signals of one id.
type tenantFixture struct {
	cfg     *Config
	tel     *componenttest.Telemetry
	logs    processor.Logs
	metrics processor.Metrics
	traces  processor.Traces

	outLogs    *consumertest.LogsSink
	outMetrics *consumertest.MetricsSink
	outTraces  *consumertest.TracesSink
}

func newTenantFixture(t *testing.T, configure func(*Config)) *tenantFixture {
	t.Helper()
	f := &tenantFixture{
		cfg: createDefaultConfig().(*Config), tel: componenttest.NewTelemetry(),
		outLogs: new(consumertest.LogsSink), outMetrics: new(consumertest.MetricsSink), outTraces: new(consumertest.TracesSink),
	}
	configure(f.cfg)
	t.Cleanup(func() { require.NoError(t, f.tel.Shutdown(context.Background())) })
	factory := NewFactory()
	set := processortest.NewNopSettings(factory.Type())
	set.TelemetrySettings = f.tel.NewTelemetrySettings()
	var err error
	f.metrics, err = factory.CreateMetrics(t.Context(), set, f.cfg, f.outMetrics)
	require.NoError(t, err)
	f.traces, err = factory.CreateTraces(t.Context(), set, f.cfg, f.outTraces)
	require.NoError(t, err)
	f.logs, err = factory.CreateLogs(t.Context(), set, f.cfg, f.outLogs)
	require.NoError(t, err)
	return f
}

// ofOrganizations returns a batch with an event of each organization, "" for none.
func ofOrganizations(organizations ...string) plog.Logs {
	ld := plog.NewLogs()
	for _, organization := range organizations {
		event(func(rl plog.ResourceLogs, rec plog.LogRecord) {
			if organization != "" {
				rec.Attributes().PutStr("organization.id", organization)
			}
			rl.MoveTo(ld.ResourceLogs().AppendEmpty())
		})
	}
	return ld
}

// organizationsOf returns the organizations of the events of a batch, and the mismatches.
func organizationsOf(ld plog.Logs) (organizations []string, mismatches []map[string]any) {
	for e := range cowork.Events(ld) {
		if e.Name() == "tenant_mismatch" {
			mismatches = append(mismatches, e.Record().Attributes().AsRaw())
			continue
		}
		organizations = append(organizations, e.Dimension("organization"))
	}
	return organizations, mismatches
}

func counted(n int64, of signal, action string) []metricdata.DataPoint[int64] {
	return point(n, attribute.String("signal", string(of)), attribute.String("action", action))
}

// TestTenantRefuses drops the events of another organization, and passes the others.
func TestTenantRefuses(t *testing.T) {
	f := newTenantFixture(t, func(*Config) {})
	acme := as(t, t.Context(), "acme", acmeID)
	require.NoError(t, f.logs.ConsumeLogs(acme, ofOrganizations(acmeID, globeID, "", strings.ToUpper(acmeID))))
	got, mismatches := organizationsOf(f.outLogs.AllLogs()[0])
	require.Equal(t, []string{acmeID, ""}, got)
	require.Equal(t, []map[string]any{{
		"event.name": "cowork.tenant_mismatch", "cowork.tenant": "acme", "cowork.tenant.mismatches": int64(2), "cowork.tenant.action": "refuse",
		"cowork.tenant.signal": "logs", "cowork.tenant.claimed": globeID,
	}}, mismatches)
	for e := range cowork.Events(f.outLogs.AllLogs()[0]) {
		name, _ := e.Str("cowork.tenant")
		require.Equal(t, "acme", name)
	}

	require.NoError(t, f.logs.ConsumeLogs(acme, ofOrganizations(globeID)), "the sender must not repeat it")
	got, mismatches = organizationsOf(f.outLogs.AllLogs()[1])
	require.Empty(t, got)
	require.Len(t, mismatches, 1)

	require.NoError(t, f.logs.ConsumeLogs(as(t, t.Context(), "all", "*"), ofOrganizations(acmeID, globeID)))
	got, mismatches = organizationsOf(f.outLogs.AllLogs()[2])
	require.Equal(t, []string{acmeID, globeID}, got)
	require.Empty(t, mismatches)

	require.NoError(t, f.logs.ConsumeLogs(t.Context(), ofOrganizations(acmeID, globeID)))
	got, mismatches = organizationsOf(f.outLogs.AllLogs()[3])
	require.Equal(t, []string{acmeID, globeID}, got, "without a token nothing is compared")
	require.Empty(t, mismatches)
	metadatatest.AssertEqualProcessorCoworkEventTenantMismatches(t, f.tel, counted(3, logsSignal, "refuse"), metricdatatest.IgnoreTimestamp())
	metadatatest.AssertEqualProcessorCoworkEventTenantMissing(t, f.tel, counted(1, logsSignal, "pass"), metricdatatest.IgnoreTimestamp())
}

// TestTenantMarks marks the events of another organization, which then count for none.
func TestTenantMarks(t *testing.T) {
	f := newTenantFixture(t, func(c *Config) { c.Tenants.OnMismatch = MismatchMark })
	ld := ofOrganizations(globeID, acmeID)
	ld.ResourceLogs().At(1).Resource().Attributes().PutStr("Organization_ID", globeID)
	require.NoError(t, f.logs.ConsumeLogs(as(t, t.Context(), "acme", acmeID), ld))
	out := f.outLogs.AllLogs()[0]
	got, mismatches := organizationsOf(out)
	require.Equal(t, []string{"", acmeID}, got)
	require.Len(t, mismatches, 1)
	for i, want := range []string{"client.organization.id", "client.Organization_ID"} {
		rl := out.ResourceLogs().At(i)
		rec := rl.ScopeLogs().At(0).LogRecords().At(0)
		marked, ok := rec.Attributes().Get("cowork.tenant.mismatch")
		require.True(t, ok && marked.Bool())
		renamed, ok := [2]pcommon.Map{rec.Attributes(), rl.Resource().Attributes()}[i].Get(want)
		require.True(t, ok)
		require.Equal(t, globeID, renamed.Str())
	}
	metadatatest.AssertEqualProcessorCoworkEventTenantMismatches(t, f.tel, counted(2, logsSignal, "mark"), metricdatatest.IgnoreTimestamp())
}

// TestTenantMissing has each policy for events without an organization.
func TestTenantMissing(t *testing.T) {
	check := func(action MissingAction, want []string, organizations ...string) {
		t.Helper()
		f := newTenantFixture(t, func(c *Config) { c.Tenants.OnMissing = action })
		ctx := as(t, t.Context(), "acme", organizations...)
		require.NoError(t, f.logs.ConsumeLogs(ctx, ofOrganizations("", "undefined")))
		var got []string
		if all := f.outLogs.AllLogs(); len(all) > 0 {
			got, _ = organizationsOf(all[0])
		}
		require.Equal(t, want, got)
		metadatatest.AssertEqualProcessorCoworkEventTenantMissing(t, f.tel, counted(2, logsSignal, string(action)), metricdatatest.IgnoreTimestamp())
	}
	check(MissingPass, []string{"", ""}, acmeID)
	check(MissingRefuse, nil, acmeID)
	check(MissingSet, []string{acmeID, acmeID}, acmeID)
	check(MissingSet, []string{"", ""}, acmeID, globeID)
	check(MissingSet, []string{"", ""}, "*")
}

// TestTenantRequired refuses senders without a token, and those of other authenticators.
func TestTenantRequired(t *testing.T) {
	f := newTenantFixture(t, func(c *Config) { c.Tenants.Required = true })
	for _, ctx := range []context.Context{t.Context(), client.NewContext(t.Context(), client.Info{Auth: otherAuth{}})} {
		for _, err := range []error{
			f.logs.ConsumeLogs(ctx, ofOrganizations(acmeID)),
			f.metrics.ConsumeMetrics(ctx, pointsOf(acmeID)),
			f.traces.ConsumeTraces(ctx, spansOf(acmeID)),
		} {
			require.ErrorIs(t, err, errNoTenant)
			require.True(t, consumererror.IsPermanent(err))
		}
	}
	require.NoError(t, f.logs.ConsumeLogs(as(t, t.Context(), "acme", acmeID), ofOrganizations(acmeID)))
	require.Equal(t, 1, f.outLogs.LogRecordCount())
	var want []metricdata.DataPoint[int64]
	for _, s := range []signal{logsSignal, metricsSignal, tracesSignal} {
		want = append(want, point(2, attribute.String("signal", string(s)))...)
	}
	metadatatest.AssertEqualProcessorCoworkEventWithoutTenant(t, f.tel, want, metricdatatest.IgnoreTimestamp())
}

type otherAuth struct{}

func (otherAuth) GetAttribute(string) any     { return "acme" }
func (otherAuth) GetAttributeNames() []string { return []string{"cowork.tenant"} }

// TestTenantForged sends the marks of the processor as a client with a token. A second tier
// keeps those of the first one.
func TestTenantForged(t *testing.T) {
	forged := func() plog.Logs {
		ld := ofOrganizations(acmeID)
		rl := ld.ResourceLogs().At(0)
		rl.Resource().Attributes().PutStr("cowork.tenant", "globe")
		rl.ScopeLogs().At(0).LogRecords().At(0).Attributes().PutStr("cowork.tenant", "globe")
		rec := rl.ScopeLogs().At(0).LogRecords().AppendEmpty()
		rec.SetEventName(cowork.TenantMismatchName)
		return ld
	}
	check := func(trust bool, want string, mismatches int) {
		t.Helper()
		f := newTenantFixture(t, func(c *Config) { c.TrustMarks = trust })
		require.NoError(t, f.logs.ConsumeLogs(as(t, t.Context(), "tier", "*"), forged()))
		out := f.outLogs.AllLogs()[0].ResourceLogs().At(0)
		first := cowork.EventOf(out.Resource(), out.ScopeLogs().At(0).Scope(), out.ScopeLogs().At(0).LogRecords().At(0))
		name, _ := first.Str("cowork.tenant")
		require.Equal(t, want, name)
		_, found := organizationsOf(f.outLogs.AllLogs()[0])
		require.Len(t, found, mismatches)
	}
	check(false, "tier", 0)
	check(true, "globe", 1)
}

// pointsOf returns a batch with a metric of each type with a point of each organization.
func pointsOf(organizations ...string) pmetric.Metrics {
	md := pmetric.NewMetrics()
	metrics := md.ResourceMetrics().AppendEmpty().ScopeMetrics().AppendEmpty().Metrics()
	gauge, sum, histogram, exponential, summary := metrics.AppendEmpty().SetEmptyGauge(), metrics.AppendEmpty().SetEmptySum(), metrics.AppendEmpty().SetEmptyHistogram(),
		metrics.AppendEmpty().SetEmptyExponentialHistogram(), metrics.AppendEmpty().SetEmptySummary()
	for _, organization := range organizations {
		for _, m := range []pcommon.Map{
			gauge.DataPoints().AppendEmpty().Attributes(), sum.DataPoints().AppendEmpty().Exemplars().AppendEmpty().FilteredAttributes(), histogram.DataPoints().AppendEmpty().Attributes(),
			exponential.DataPoints().AppendEmpty().Attributes(), summary.DataPoints().AppendEmpty().Attributes(),
		} {
			m.PutStr("organization.id", organization)
		}
	}
	return md
}

// spansOf returns a batch with a span of each organization, named in each place in turn.
func spansOf(organizations ...string) ptrace.Traces {
	td := ptrace.NewTraces()
	spans := td.ResourceSpans().AppendEmpty().ScopeSpans().AppendEmpty().Spans()
	for i, organization := range organizations {
		span := spans.AppendEmpty()
		[]pcommon.Map{span.Attributes(), span.Events().AppendEmpty().Attributes(), span.Links().AppendEmpty().Attributes()}[i%3].PutStr("organization.id", organization)
	}
	return td
}

// TestTenantMetricsAndTraces drops points and spans of another organization. The mismatch
// is in the pipeline of logs.
func TestTenantMetricsAndTraces(t *testing.T) {
	f := newTenantFixture(t, func(*Config) {})
	acme := as(t, t.Context(), "acme", acmeID)
	require.NoError(t, f.metrics.ConsumeMetrics(acme, pointsOf(acmeID, globeID)))
	require.Equal(t, 5, f.outMetrics.DataPointCount())
	require.NoError(t, f.metrics.ConsumeMetrics(acme, pointsOf(globeID)))
	require.Len(t, f.outMetrics.AllMetrics(), 1, "nothing is left")
	require.NoError(t, f.traces.ConsumeTraces(acme, spansOf(acmeID, globeID, globeID, acmeID)))
	require.Equal(t, 2, f.outTraces.SpanCount())
	require.NoError(t, f.traces.ConsumeTraces(acme, spansOf(globeID)))
	require.Len(t, f.outTraces.AllTraces(), 1, "nothing is left")
	gauge := f.outMetrics.AllMetrics()[0].ResourceMetrics().At(0).ScopeMetrics().At(0).Metrics().At(0).Gauge().DataPoints().At(0)
	require.Equal(t, map[string]any{"organization.id": acmeID, "cowork.tenant": "acme"}, gauge.Attributes().AsRaw())

	var got []string
	for _, ld := range f.outLogs.AllLogs() {
		_, mismatches := organizationsOf(ld)
		require.Len(t, mismatches, 1)
		got = append(got, fmt.Sprint(mismatches[0]["cowork.tenant.signal"], mismatches[0]["cowork.tenant.mismatches"]))
	}
	require.Equal(t, []string{"metrics5", "metrics5", "traces2", "traces1"}, got)
	metadatatest.AssertEqualProcessorCoworkEventTenantMismatches(t, f.tel, append(counted(10, metricsSignal, "refuse"), counted(3, tracesSignal, "refuse")...), metricdatatest.IgnoreTimestamp())
}

// TestTenantMarksMetricsAndTraces marks them, in each place of an organization.
func TestTenantMarksMetricsAndTraces(t *testing.T) {
	f := newTenantFixture(t, func(c *Config) { c.Tenants.OnMismatch = MismatchMark })
	acme := as(t, t.Context(), "acme", acmeID)
	md, td := pointsOf(globeID), spansOf(globeID, globeID, globeID)
	require.NoError(t, f.metrics.ConsumeMetrics(acme, md))
	require.NoError(t, f.traces.ConsumeTraces(acme, td))
	for text, items := range map[string]int{asJSON(t, md): 5, asJSON(t, td): 3} {
		require.Equal(t, items, strings.Count(text, `"client.organization.id"`))
		require.Equal(t, items, strings.Count(text, `"cowork.tenant.mismatch"`))
		require.NotContains(t, text, `"organization.id"`)
	}
}

func asJSON(t *testing.T, batch any) string {
	t.Helper()
	var text []byte
	var err error
	switch b := batch.(type) {
	case pmetric.Metrics:
		text, err = new(pmetric.JSONMarshaler).MarshalMetrics(b)
	case ptrace.Traces:
		text, err = new(ptrace.JSONMarshaler).MarshalTraces(b)
	}
	require.NoError(t, err)
	return string(text)
}

// TestTenantEverywhere puts organizations into random places with random spellings. No
// event remains that any reader takes for one of another organization, and none is lost
// that claims no other.
func TestTenantEverywhere(t *testing.T) {
	names := []string{"organization.id", "organization_id", "Organization.ID", "organization-id", "ORGANIZATIONID", "organization id", "organization/id", "organization"}
	rapid.Check(t, func(t *rapid.T) {
		cfg := createDefaultConfig().(*Config)
		cfg.Tenants.OnMismatch = rapid.SampledFrom([]MismatchAction{MismatchRefuse, MismatchMark}).Draw(t, "action")
		sink := new(consumertest.LogsSink)
		p, err := NewFactory().CreateLogs(context.Background(), processortest.NewNopSettings(NewFactory().Type()), cfg, sink)
		require.NoError(t, err)
		foreign := false
		ld := event(func(rl plog.ResourceLogs, rec plog.LogRecord) {
			body := rec.Body().SetEmptyMap()
			body.PutStr("name", "tool_decision")
			places := []pcommon.Map{rl.Resource().Attributes(), rl.ScopeLogs().At(0).Scope().Attributes(), rec.Attributes(), body, body.PutEmptyMap("attributes")}
			for range rapid.IntRange(0, 3).Draw(t, "n") {
				place := places[rapid.IntRange(0, len(places)-1).Draw(t, "place")]
				name := rapid.SampledFrom(names).Draw(t, "name")
				value := rapid.SampledFrom([]string{acmeID, globeID, "", "undefined", " " + acmeID}).Draw(t, "value")
				v := place.PutEmpty(name)
				if name == "organization" {
					v = v.SetEmptyMap().PutEmpty(rapid.SampledFrom([]string{"id", "ID", "_id"}).Draw(t, "inner"))
				}
				v.SetStr(value)
			}
			claim := cowork.Claim{}
			for _, place := range places {
				claim = claim.ReadClaim(place, func(organization string) bool { return organization == acmeID })
			}
			foreign = claim.Foreign
			for _, place := range places { // the claim agrees with a search in the text
				require.True(t, claim.Foreign || !strings.Contains(fmt.Sprint(place.AsRaw()), globeID))
			}
		})
		require.NoError(t, p.ConsumeLogs(as(t, context.Background(), "acme", acmeID), ld))
		out := sink.AllLogs()[0]
		got, mismatches := organizationsOf(out)
		require.Equal(t, foreign, len(mismatches) == 1)
		require.Equal(t, foreign && cfg.Tenants.OnMismatch == MismatchRefuse, len(got) == 0)
		for _, organization := range got {
			require.Contains(t, []string{"", acmeID}, organization)
		}
		for _, rl := range out.ResourceLogs().All() {
			claim := cowork.Claim{}.ReadClaim(rl.Resource().Attributes(), func(organization string) bool { return organization == acmeID })
			for _, sl := range rl.ScopeLogs().All() {
				claim = claim.ReadClaim(sl.Scope().Attributes(), func(organization string) bool { return organization == acmeID })
				for _, rec := range sl.LogRecords().All() {
					require.False(t, claim.ReadRecordClaim(rec, func(organization string) bool { return organization == acmeID }).Foreign)
				}
			}
		}
	})
}

// TestMismatchClaim has claims that are no identifiers: they are not passed on.
func TestMismatchClaim(t *testing.T) {
	for text, want := range map[string]bool{"": false, acmeID: true, "my secret": false, "secret": false, "a@example.com": false, acmeID + acmeID: false} {
		c := tenantCheck{mismatches: 1, claimed: text, sender: &tenant.Tenant{}}
		ld := plog.NewLogs()
		c.appendMismatch(ld)
		_, mismatches := organizationsOf(ld)
		require.Equal(t, want, mismatches[0]["cowork.tenant.claimed"] != nil, text)
	}
}

// BenchmarkTenant is the cost of comparing a batch of 100 events.
func BenchmarkTenant(b *testing.B) {
	for name, ctx := range map[string]context.Context{"without": b.Context(), "with": as(b, b.Context(), "acme", acmeID)} {
		b.Run(name, func(b *testing.B) {
			p, err := NewFactory().CreateLogs(b.Context(), processortest.NewNopSettings(NewFactory().Type()), createDefaultConfig(), consumertest.NewNop()) //nolint:contextcheck // the context of an event is another one
			require.NoError(b, err)
			var organizations []string
			for range 100 {
				organizations = append(organizations, acmeID)
			}
			ld := ofOrganizations(organizations...)
			b.ReportAllocs()
			for b.Loop() {
				require.NoError(b, p.ConsumeLogs(ctx, ld))
			}
		})
	}
}
