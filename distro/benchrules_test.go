package distro

import (
	"fmt"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/component/componenttest"
	"go.opentelemetry.io/collector/connector/connectortest"
	"go.opentelemetry.io/collector/consumer"
	"go.opentelemetry.io/collector/consumer/consumertest"
	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/plog"

	"github.com/cowork-otel/collector/connector/coworkrulesconnector"
	"github.com/cowork-otel/collector/processor/coworkeventprocessor"
	"github.com/cowork-otel/collector/processor/coworkredactionprocessor"
)

// twentyRules have a window each, and match the most frequent kinds of events.
const twentyRules = `
cowork_rules:
  builtin_rules: []
  rules:
    - {name: r01, severity: info, events: [tool_result], condition: 'attributes["success"] == false', group_by: [connector], window: 15m, ratio: {above: 0.9, of: 'true', at_least: 10000000}}
    - {name: r02, severity: info, events: [tool_result], condition: 'attributes["success"] == false', group_by: [tool], window: 15m, count: {above: 100000000}}
    - {name: r03, severity: info, events: [tool_result], condition: 'attributes["duration_ms"] > 5000', group_by: [user], window: 1h, count: {above: 100000000}}
    - {name: r04, severity: info, events: [tool_result], group_by: [user], window: 1h, sum: {attribute: duration_ms, above: 1e15}}
    - {name: r05, severity: info, events: [tool_result], group_by: [user], window: 10m, distinct: {attribute: tool, above: 1000}}
    - {name: r06, severity: info, events: [tool_decision], condition: 'attributes["decision"] == "reject"', group_by: [user], window: 15m, ratio: {above: 0.9, of: 'true', at_least: 10000000}}
    - {name: r07, severity: info, events: [tool_decision], condition: 'attributes["decision"] == "reject"', group_by: [tool], window: 1h, count: {above: 100000000}}
    - {name: r08, severity: info, events: [tool_decision], condition: 'attributes["source"] == "config"', group_by: [organization], window: 1h, count: {above: 100000000}}
    - {name: r09, severity: info, events: [tool_decision], group_by: [user], window: 5m, count: {above: 100000000}}
    - {name: r10, severity: info, events: [api_request, api_error], condition: 'attributes["event.name"] == "api_error"', group_by: [model], window: 15m, ratio: {above: 0.99, of: 'true', at_least: 10000000}}
    - {name: r11, severity: info, events: [api_request], group_by: [user], window: 24h, sum: {attribute: cost_usd, above: 1e15}}
    - {name: r12, severity: info, events: [api_request], group_by: [organization], window: 24h, sum: {attribute: cost_usd, above: 1e15}}
    - {name: r13, severity: info, events: [api_request], group_by: [user], window: 1h, sum: {attribute: output_tokens, above: 1e15}}
    - {name: r14, severity: info, events: [api_request], condition: 'attributes["cost_usd"] > 1.0', group_by: [user, model], window: 1h, count: {above: 100000000}}
    - {name: r15, severity: info, events: [api_request], condition: 'attributes["duration_ms"] > 30000', group_by: [model], window: 15m, ratio: {above: 0.99, of: 'true', at_least: 10000000}}
    - {name: r16, severity: info, events: [api_request], group_by: [session.id], window: 1h, count: {above: 100000000}}
    - {name: r17, severity: info, events: [user_prompt], group_by: [user], window: 1h, count: {above: 100000000}}
    - {name: r18, severity: info, events: [user_prompt], condition: 'attributes["prompt_length"] > 10000', group_by: [user], window: 1h, count: {above: 100000000}}
    - {name: r19, severity: info, group_by: [user], window: 15m, count: {above: 100000000}}
    - {name: r20, severity: info, group_by: [session.id], window: 15m, count: {above: 100000000}}
`

// everyEvent returns twenty rules that each evaluate a condition on every event and count
// it for its user.
func everyEvent() string {
	settings := "cowork_rules:\n  builtin_rules: []\n  rules:\n"
	for i := range 20 {
		settings += fmt.Sprintf("    - {name: e%02d, severity: info, condition: 'attributes[\"event.sequence\"] != %d', group_by: [user], window: 15m, count: {above: 100000000}}\n", i, -i)
	}
	return settings
}

// builtinRules returns the settings of a profile of the built-in rules.
func builtinRules(profile string) string {
	return "cowork_rules:\n  builtin_rules: [" + profile + "]\n"
}

// BenchmarkRules sends the recorded logs of a hundred users through cowork_event and
// cowork_redaction, through the same with rules behind them, and through rules alone: twenty,
// the built-in ones, and the worst case of twenty rules on every event.
func BenchmarkRules(b *testing.B) {
	batch := fleetLogs(b)
	clean := plog.NewLogs()
	batch.CopyTo(clean)
	require.NoError(b, newLogs(b, coworkeventprocessor.NewFactory(), "", consumertest.NewNop()).ConsumeLogs(b.Context(), clean))
	clean.MarkReadOnly()
	for _, run := range []struct {
		name  string
		whole bool
		rules string
	}{
		{"pipeline", true, ""},
		{"pipeline and 20 rules", true, twentyRules},
		{"pipeline and the profile quiet", true, builtinRules("quiet")},
		{"pipeline and the profile strict", true, builtinRules("strict")},
		{"20 rules alone", false, twentyRules},
		{"the profile quiet alone", false, builtinRules("quiet")},
		{"the profile strict alone", false, builtinRules("strict")},
		{"20 rules on every event alone", false, everyEvent()},
	} {
		b.Run(run.name, func(b *testing.B) {
			next := consumer.Logs(consumertest.NewNop())
			if run.rules != "" {
				next = newRules(b, run.rules)
			}
			if run.whole {
				next = pipelineTo(b, next)
			}
			b.ReportAllocs()
			var used time.Duration
			for b.Loop() {
				ld := clean
				if run.whole {
					b.StopTimer()
					ld = plog.NewLogs()
					batch.CopyTo(ld)
					b.StartTimer()
				}
				start := processorTime(b)
				require.NoError(b, next.ConsumeLogs(b.Context(), ld))
				used += processorTime(b) - start
			}
			b.ReportMetric(float64(batch.LogRecordCount()*b.N)/used.Seconds(), "records/cpu-s")
		})
	}
}

// processorTime returns the processor time of the process, which other processes on the
// machine disturb less than the time of the clock.
func processorTime(b *testing.B) time.Duration {
	b.Helper()
	var usage syscall.Rusage
	require.NoError(b, syscall.Getrusage(syscall.RUSAGE_SELF, &usage))
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}

// pipelineTo returns the processors of the default pipeline in front of a consumer, without
// cowork_correlation: it marks the events of a repeated batch, and rules skip those.
func pipelineTo(b *testing.B, next consumer.Logs) consumer.Logs {
	b.Helper()
	next = newLogs(b, coworkredactionprocessor.NewFactory(), "", next)
	return newLogs(b, coworkeventprocessor.NewFactory(), "", next)
}

func newRules(b *testing.B, settings string) consumer.Logs {
	b.Helper()
	factory := coworkrulesconnector.NewFactory()
	cfg := factory.CreateDefaultConfig()
	require.NoError(b, settingsOf(b, factory, []byte(settings)).Unmarshal(cfg))
	c, err := factory.CreateLogsToLogs(b.Context(), connectortest.NewNopSettings(factory.Type()), cfg, consumertest.NewNop())
	require.NoError(b, err)
	require.NoError(b, c.Start(b.Context(), componenttest.NewNopHost()))
	b.Cleanup(func() { require.NoError(b, c.Shutdown(b.Context())) })
	return c
}

// fleetLogs returns the recorded logs a hundred times, each with another user and with
// the current time, since rules count by event time.
func fleetLogs(b *testing.B) plog.Logs {
	b.Helper()
	recorded, fleet := recordedLogs(b), plog.NewLogs()
	now := pcommon.NewTimestampFromTime(time.Now())
	for user := range 100 {
		from := fleet.ResourceLogs().Len()
		for _, rl := range recorded.ResourceLogs().All() {
			rl.CopyTo(fleet.ResourceLogs().AppendEmpty())
		}
		for i := from; i < fleet.ResourceLogs().Len(); i++ {
			for _, sl := range fleet.ResourceLogs().At(i).ScopeLogs().All() {
				for _, rec := range sl.LogRecords().All() {
					rec.SetTimestamp(now)
					rec.Attributes().PutStr("user.account_uuid", fmt.Sprintf("00000000-0000-4000-8000-%012d", user))
					rec.Attributes().PutStr("session.id", fmt.Sprintf("00000000-0000-4000-8001-%012d", user))
				}
			}
		}
	}
	return fleet
}
