package store

import (
	"fmt"
	"maps"
	"math"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/plog"
	"go.opentelemetry.io/collector/pdata/pmetric"
	"pgregory.net/rapid"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
	"github.com/cowork-otel/collector/internal/cowork"
	"github.com/cowork-otel/collector/internal/metric"
	"github.com/cowork-otel/collector/internal/prompt"
)

// TestDesktopStreamIsNoCopy sends an event of the desktop app's own stream before the
// client's event of the same request. The client's event counts, as in the metrics.
func TestDesktopStreamIsNoCopy(t *testing.T) {
	s := openStore(t, DefaultSettings())
	e := request(1, 7)
	e.Attrs["request_id"] = "r"
	ld := logs(e)
	ld.ResourceLogs().At(0).ScopeLogs().At(0).Scope().SetName("claude-desktop.events")
	s.Add(noon, ld)
	add(t, s, e, e)
	require.Equal(t, [][]any{{int64(7), int64(1)}}, rows(t, s, "select cost, requests from spend_total"))
}

// untilOne includes events that arrive at noon without a time.
var untilOne = report.Filter{From: lastDay.From, To: noon.Add(time.Hour)}

// figures are sums over a stream of events.
type figures struct {
	Micros, Input, Output, CacheRead, CacheCreation, Requests, Errors, Tools, Decisions int64
}

// TestFiguresAreEqual sends random streams of events to the metrics, to the prompts
// and to the page. The streams have redelivered records, things that are reported in
// several records, missing ids, times and sequences, and several sessions. Cost,
// tokens, requests, tools and decisions are equal in all three, whether or not
// cowork_correlation drops redelivered records first.
func TestFiguresAreEqual(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		set := prompt.Settings{Idle: time.Minute, MaxOpen: 100, MaxTextBytes: 1 << 20}
		tracker := prompt.NewTracker(set)
		deduplicate := rapid.Bool().Draw(rt, "deduplicate")
		plan := metric.NewPlan(metric.Settings{MaxSeries: 10_000, Delta: true})
		now := pcommon.NewTimestampFromTime(noon)
		metrics, reader := plan.NewAccumulator(now), plan.NewReader()
		s, err := Open(t.Context(), DefaultSettings())
		require.NoError(rt, err)
		defer func() { _ = s.closeAll() }()
		for _, e := range drawStream(rt) {
			ld := e.logs()
			for ev := range cowork.Events(ld) {
				if verdict := tracker.Add(noon, ev).Verdict; deduplicate && verdict == prompt.Duplicate {
					ld = plog.NewLogs()
				}
			}
			if rapid.IntRange(0, 9).Draw(rt, "close") == 0 {
				tracker.Flush(prompt.Idle)
			}
			reader.Read(ld)
			metrics.Add(reader, now)
			reader.Reset()
			s.Add(noon, ld)
		}
		require.NoError(rt, s.Flush(t.Context()))
		tracker.Flush(prompt.Shutdown)

		want := metricFigures(metrics.Take(now + 1).Metrics(func(pcommon.InstrumentationScope) {}))
		require.Equal(rt, want, promptFigures(tracker.Take(nil)))
		require.Equal(rt, want, pageFigures(t, s))
		prompts, err := s.Prompts(t.Context(), untilOne, time.Time{}, 100)
		require.NoError(rt, err)
		sums := figures{CacheRead: want.CacheRead, CacheCreation: want.CacheCreation, Decisions: want.Decisions}
		for _, p := range prompts {
			sums.Micros += int64(math.Round(p.CostUSD * 1e6))
			sums.Input += p.InputTokens
			sums.Output += p.OutputTokens
			sums.Requests += p.Requests
			sums.Errors += p.Errors
			sums.Tools += p.Tools
		}
		require.Equal(rt, want, sums, "on the page of prompts")
	})
}

// A drawnEvent is an event that can be sent again.
type drawnEvent struct {
	kind    string
	attrs   map[string]any
	at      pcommon.Timestamp // of the record, 0 for none
	desktop bool
}

func (e drawnEvent) logs() plog.Logs {
	ld := logs()
	sl := ld.ResourceLogs().At(0).ScopeLogs().At(0)
	if e.desktop {
		sl.Scope().SetName("claude-desktop.events")
	}
	rec := sl.LogRecords().AppendEmpty()
	if err := rec.Attributes().FromRaw(e.attrs); err != nil {
		panic(err)
	}
	rec.SetTimestamp(e.at)
	rec.Attributes().PutStr("event.name", e.kind)
	return ld
}

// drawStream returns events in their order of arrival.
func drawStream(t *rapid.T) (all []drawnEvent) {
	for range rapid.IntRange(0, 30).Draw(t, "events") {
		e := drawEvent(t)
		all = append(all, e)
		for range rapid.SampledFrom([]int{0, 0, 1, 2}).Draw(t, "copies") {
			all = append(all, drawCopy(t, e))
		}
	}
	return rapid.Permutation(all).Draw(t, "order")
}

// drawEvent returns an event with few different values, so that they repeat. The ids of
// requests and tools belong to one prompt, as those of clients do.
func drawEvent(t *rapid.T) drawnEvent {
	pick := func(key string, values ...any) any { return rapid.SampledFrom(values).Draw(t, key) }
	promptID := pick("prompt", "p1", "p2", "p3").(string)
	e := drawnEvent{
		kind: pick("kind", "user_prompt", "api_request", "api_request", "api_request", "api_error", "tool_decision", "tool_result", "brand_new").(string),
		attrs: map[string]any{
			"prompt.id": promptID, "session.id": pick("session", "s1", "s1", "s2", nil), "event.sequence": pick("sequence", 1, 2, "2", nil),
			"event.timestamp": pick("timestamp", "2026-11-21T11:59:00Z", "2026-11-21T11:59:00.001Z", nil),
			"user.id":         pick("user", "alice", "bob"), "model": pick("model", "opus", "haiku"), "duration_ms": 10,
		},
		at:      pick("time", pcommon.Timestamp(0), pcommon.NewTimestampFromTime(noon.Add(-time.Minute))).(pcommon.Timestamp),
		desktop: pick("desktop", false, false, false, true).(bool),
	}
	switch id := pick("id", nil, promptID+"1", promptID+"2"); e.kind {
	case "api_request":
		e.attrs[pick("key", "request_id", "request_id", "client_request_id").(string)] = id
		e.attrs["cost_usd_micros"] = pick("cost", 1, 100, 15_184, -1, "none", nil)
		e.attrs["cost_usd"] = pick("cost_usd", 0.5, nil)
		for _, key := range []string{"input_tokens", "output_tokens", "cache_read_tokens", "cache_creation_tokens"} {
			e.attrs[key] = pick(key, 0, 7, "12", -3, "many", nil)
		}
	case "api_error":
		e.attrs["request_id"] = id
	case "tool_decision", "tool_result":
		e.attrs["tool_use_id"], e.attrs["tool_name"] = id, pick("tool", "Bash", "Read")
		e.attrs["decision"] = pick("decision", "accept", "reject")
		e.attrs["success"] = pick("success", "true", "false", nil)
	}
	for key, value := range e.attrs {
		if value == nil {
			delete(e.attrs, key)
		}
	}
	return e
}

// drawCopy returns the event again, sometimes in a record with another sequence, time
// or cost.
func drawCopy(t *rapid.T, e drawnEvent) drawnEvent {
	attrs := maps.Clone(e.attrs)
	switch rapid.IntRange(0, 4).Draw(t, "change") {
	case 0:
		attrs["event.sequence"] = 9
	case 1:
		attrs["event.timestamp"] = "2026-11-21T11:59:09Z"
	case 2:
		attrs["cost_usd_micros"] = 5
	}
	e.attrs = attrs
	return e
}

func metricFigures(md pmetric.Metrics) (f figures) {
	if md.ResourceMetrics().Len() == 0 {
		return f
	}
	for _, m := range md.ResourceMetrics().At(0).ScopeMetrics().At(0).Metrics().All() {
		switch m.Name() {
		case "cowork.cost":
			f.Micros = pointSum(m, "", "")
		case "cowork.token.usage":
			f.Input, f.Output = pointSum(m, "type", "input"), pointSum(m, "type", "output")
			f.CacheRead, f.CacheCreation = pointSum(m, "type", "cache_read"), pointSum(m, "type", "cache_creation")
		case "cowork.api.request.duration":
			f.Requests = pointSum(m, "outcome", "ok")
		case "cowork.api.errors":
			f.Errors = pointSum(m, "", "")
		case "cowork.tool.duration":
			f.Tools = pointSum(m, "", "")
		case "cowork.tool.decisions":
			f.Decisions = pointSum(m, "", "")
		}
	}
	return f
}

// pointSum adds up the points of a metric that have a label: sums in their small unit,
// or the counts of histograms.
func pointSum(m pmetric.Metric, key, value string) (n int64) {
	has := func(labels pcommon.Map) bool {
		v, ok := labels.Get(key)
		return key == "" || ok && v.Str() == value
	}
	if m.Type() == pmetric.MetricTypeHistogram {
		for _, p := range m.Histogram().DataPoints().All() {
			if has(p.Attributes()) {
				n += int64(p.Count())
			}
		}
		return n
	}
	for _, p := range m.Sum().DataPoints().All() {
		if has(p.Attributes()) {
			n += p.IntValue() + int64(math.Round(p.DoubleValue()*1e6))
		}
	}
	return n
}

func promptFigures(traces []prompt.Trace) (f figures) {
	for _, t := range traces {
		f.Micros += t.Sums[prompt.CostMicros]
		f.Input += t.Sums[prompt.InputTokens]
		f.Output += t.Sums[prompt.OutputTokens]
		f.CacheRead += t.Sums[prompt.CacheReadTokens]
		f.CacheCreation += t.Sums[prompt.CacheCreationTokens]
		f.Requests += t.Sums[prompt.APIRequests]
		f.Errors += t.Sums[prompt.APIErrors]
		f.Tools += t.Sums[prompt.Tools]
		f.Decisions += t.Sums[prompt.ToolDecisions]
	}
	return f
}

func pageFigures(t *testing.T, s *Store) (f figures) {
	t.Helper()
	const query = `select coalesce(sum(%s), 0) from %s`
	for _, figure := range []struct {
		to           *int64
		column, from string
	}{
		{&f.Micros, "cost", "spend_total"},
		{&f.Input, "input", "spend_total"},
		{&f.Output, "output", "spend_total"},
		{&f.CacheRead, "cache_read", "spend_total"},
		{&f.CacheCreation, "cache_creation", "spend_total"},
		{&f.Requests, "requests", "spend_total"},
		{&f.Errors, "errors", "spend_total"},
		{&f.Tools, "calls", "tool"},
		{&f.Decisions, "n", "decision"},
	} {
		table, err := s.Answer(t.Context(), report.Panel{Query: fmt.Sprintf(query, figure.column, figure.from)}, untilOne)
		require.NoError(t, err)
		*figure.to = table.Rows[0][0].(int64)
	}
	return f
}
