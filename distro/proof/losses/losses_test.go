package losses

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/pdata/plog"
	"go.opentelemetry.io/collector/pdata/plog/plogotlp"
	"go.opentelemetry.io/collector/pdata/pmetric"
	"go.opentelemetry.io/collector/pdata/pmetric/pmetricotlp"
	"go.opentelemetry.io/collector/pdata/ptrace"
	"go.opentelemetry.io/collector/pdata/ptrace/ptraceotlp"

	"github.com/cowork-otel/collector/distro/proof/result"
)

const testEvents = 3 * promptEvents

// completeRun returns a run in which everything arrived.
func completeRun(t *testing.T) *scenarioRun {
	t.Helper()
	n := &numbering{salt: "test", at: func(_, seq int) time.Time { return time.Unix(1796000000+int64(seq), 0) }}
	w := &scenarioRun{sending: 10 * time.Second, kills: 1, tally: newTally(), clients: &clients{numbering: n, sent: []sentBatch{{0, 0, testEvents, acknowledged}}}}
	body, err := n.request(0, 0, testEvents).MarshalProto()
	require.NoError(t, err)
	w.tally.Accept("logs", body)
	expected := computeExpected(w)
	w.tally.Accept("logs", summaryBody(t, expected))
	w.tally.Accept("metrics", metricsBody(t, expected))
	w.tally.Accept("traces", spansBody(t, expected))
	for _, tool := range expected.tools {
		for _, status := range []string{"firing", "resolved"} {
			w.tally.fired[tool+" "+status]++
			w.tally.Accept("hook", fmt.Appendf(nil, `{"alerts":[{"status":%q,"labels":{"tool":%q}}]}`, status, tool))
		}
	}
	require.NotEmpty(t, expected.tools)
	return w
}

func summaryBody(t *testing.T, expected *expectedSums) []byte {
	t.Helper()
	ld := plog.NewLogs()
	records := ld.ResourceLogs().AppendEmpty().ScopeLogs().AppendEmpty().LogRecords()
	for id, s := range expected.prompts {
		m := records.AppendEmpty().Attributes()
		m.PutStr("event.name", "prompt_summary")
		m.PutStr("prompt.id", id)
		m.PutInt("cowork.prompt.event_count", s.events)
		m.PutInt("cowork.prompt.api_request_count", s.requests)
		m.PutInt("cowork.prompt.tool_count", s.tools)
		m.PutInt("cowork.prompt.tool_failure_count", s.failures)
		m.PutInt("cowork.prompt.input_tokens", s.input)
		m.PutDouble("cowork.prompt.cost_usd", float64(s.micros)/1e6)
	}
	body, err := plogotlp.NewExportRequestFromLogs(ld).MarshalProto()
	require.NoError(t, err)
	return body
}

func metricsBody(t *testing.T, expected *expectedSums) []byte {
	t.Helper()
	md := pmetric.NewMetrics()
	metrics := md.ResourceMetrics().AppendEmpty().ScopeMetrics().AppendEmpty().Metrics()
	point := func(name, label, value string, v float64) {
		metric := metrics.AppendEmpty()
		metric.SetName(name)
		p := metric.SetEmptySum().DataPoints().AppendEmpty()
		p.SetDoubleValue(v)
		if label != "" {
			p.Attributes().PutStr(label, value)
		}
	}
	for kind, n := range expected.kinds {
		point("cowork.events", "event.name", kind, float64(n))
	}
	point("cowork.cost", "", "", float64(expected.total.micros)/1e6)
	point("cowork.token.usage", "type", "input", float64(expected.total.input))
	body, err := pmetricotlp.NewExportRequestFromMetrics(md).MarshalProto()
	require.NoError(t, err)
	return body
}

func spansBody(t *testing.T, expected *expectedSums) []byte {
	t.Helper()
	td := ptrace.NewTraces()
	spans := td.ResourceSpans().AppendEmpty().ScopeSpans().AppendEmpty().Spans()
	for name, n := range map[string]int{"chat x": expected.kinds["api_request"], "execute_tool x": expected.kinds["tool_result"], "invoke_agent x": len(expected.prompts)} {
		for i := range n {
			s := spans.AppendEmpty()
			s.SetName(name)
			s.SetTraceID([16]byte{1})
			s.SetSpanID([8]byte{name[0], byte(i + 1)})
		}
	}
	body, err := ptraceotlp.NewExportRequestFromTraces(td).MarshalProto()
	require.NoError(t, err)
	return body
}

// TestJudge checks that a complete run has no problem, and that each kind of loss or
// double counting is a problem.
func TestJudge(t *testing.T) {
	firstEvent := func(w *scenarioRun) eventKey { return eventKey{w.clients.session(0), 0} }
	firstPrompt := func(w *scenarioRun) string { return w.clients.prompt(0, 0) }
	for name, c := range map[string]struct {
		change  func(*scenarioRun)
		problem string
	}{
		"complete": {func(*scenarioRun) {}, ""},
		"lost":     {func(w *scenarioRun) { delete(w.tally.events, firstEvent(w)) }, "1 of 39 acknowledged events are lost"},
		"doubled":  {func(w *scenarioRun) { w.tally.events[firstEvent(w)]++ }, "1 events arrived twice"},
		"marked": {func(w *scenarioRun) {
			ld := plog.NewLogs()
			rec := ld.ResourceLogs().AppendEmpty().ScopeLogs().AppendEmpty().LogRecords().AppendEmpty()
			w.clients.fill(rec, 0, 0)
			rec.Attributes().PutBool("cowork.redelivered", true)
			w.tally.countLogs(ld)
		}, ""},
		"unread":         {func(w *scenarioRun) { w.tally.Accept("logs", []byte("{")) }, "1 bodies could not be decoded"},
		"no summary":     {func(w *scenarioRun) { delete(w.tally.summaries, firstPrompt(w)) }, "summaries: 2 of 3 are right, 0 too small, 1 missing"},
		"small summary":  {func(w *scenarioRun) { w.tally.summaries[firstPrompt(w)] = promptSums{} }, "summaries: 2 of 3 are right, 1 too small, 0 missing"},
		"large summary":  {func(w *scenarioRun) { w.tally.summaries[firstPrompt(w)] = promptSums{events: 99} }, "summaries: 1 of 3 are too large"},
		"metric too low": {func(w *scenarioRun) { w.tally.metrics["cowork.events.user_prompt"]-- }, "metric of events of user_prompt: 2 instead of 3"},
		"metric twice":   {func(w *scenarioRun) { w.tally.metrics["cowork.events.user_prompt"]++ }, "metric of events of user_prompt: 4 instead of 3"},
		"spans":          {func(w *scenarioRun) { w.tally.spans["another"] = "chat" }, "spans of requests: 13 instead of 12"},
		"not fired":      {func(w *scenarioRun) { clear(w.tally.fired) }, "alerts: 0 fired and 1 notified of 1"},
		"not resolved":   {func(w *scenarioRun) { delete(w.tally.hooks, "alarm_0_1 resolved") }, "alerts: 1 fired and are not resolved"},
	} {
		t.Run(name, func(t *testing.T) {
			w := completeRun(t)
			c.change(w)
			problems := slices.Concat(judgeEvents(w, limits{}).problems, judgeDerived(w, limits{}))
			if c.problem == "" {
				require.Empty(t, problems)
				return
			}
			require.Contains(t, problems, c.problem)
		})
	}
}

// TestKept checks that only a scenario with kills may miss a part.
func TestKept(t *testing.T) {
	w := completeRun(t)
	require.InDelta(t, 1, w.kept(limits{}), 0)
	require.InDelta(t, 0.8, w.kept(limits{memory: true}), 1e-9)
	w.tally.metrics["cowork.events.api_request"] = 10
	require.Empty(t, judgeDerived(w, limits{memory: true}))
	w.tally.metrics["cowork.events.api_request"] = 9
	require.Equal(t, []string{"metric of events of api_request: 9 instead of 12"}, judgeDerived(w, limits{memory: true}))
}

// TestScenarios checks the table: names are unique, and each limit has a reason.
func TestScenarios(t *testing.T) {
	names := map[string]bool{}
	for _, s := range Scenarios {
		require.False(t, names[s.Name], s.Name)
		names[s.Name] = true
		require.NotEmpty(t, s.What, s.Name)
		require.Equal(t, s.limits != (limits{}), s.Permits != "", "%s: a limit and its reason go together", s.Name)
	}
	for _, f := range pending {
		require.True(t, names[f.scenario], "pending: %s is no scenario", f.scenario)
		require.NotEmpty(t, f.reason, f.scenario)
	}
}

func TestSettle(t *testing.T) {
	known := []fault{{scenario: "a", problem: "alerts", reason: "known"}, {scenario: "b", problem: "gone", reason: "known"}, {scenario: "b", problem: "rare", reason: "known", sometimes: true}}
	var s result.Section
	settle(&s, "a", []string{"alerts firing: 1", "lost"}, known)
	settle(&s, "b", nil, known)
	require.Equal(t, []string{"a: lost", `b: "gone" does not occur any more (remove its row of pending)`}, s.Problems)
	require.Equal(t, []string{"a: known"}, s.Pending)
}
