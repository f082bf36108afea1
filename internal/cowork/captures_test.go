package cowork

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/plog"
	"go.opentelemetry.io/collector/pdata/plog/plogotlp"
	"go.opentelemetry.io/collector/pdata/pmetric"
	"go.opentelemetry.io/collector/pdata/pmetric/pmetricotlp"
	"go.opentelemetry.io/collector/pdata/ptrace"
	"go.opentelemetry.io/collector/pdata/ptrace/ptraceotlp"
)

// TestCapturesAreKnown replays the recorded requests of the repository, in every signal
// and in both encodings: each kind and each attribute is a row of the schema, and each
// value has the type of its row.
func TestCapturesAreKnown(t *testing.T) {
	replayed := requireKnown(t, recordings)
	for _, what := range []string{"logs.json", "logs.pb", "metrics.json", "metrics.pb", "traces.json"} {
		require.NotZero(t, replayed[what], "no attribute of %s was replayed", what)
	}
}

// TestSharedCapturesAreKnown does the same with the complete recordings.
func TestSharedCapturesAreKnown(t *testing.T) {
	if _, err := os.Stat(sharedRecordings[0]); err != nil {
		t.Skipf("%s is absent: only the recordings in testdata are replayed", sharedRecordings[0])
	}
	replayed := requireKnown(t, sharedRecordings)
	require.Greater(t, replayed["logs.json"]+replayed["traces.json"], 5_000)
}

// TestUnknownKeysAreReported checks that the replay reports a key at each place of a
// request, a kind, and a key that its kind does not list.
func TestUnknownKeysAreReported(t *testing.T) {
	ld := plog.NewLogs()
	rl := ld.ResourceLogs().AppendEmpty()
	sl := rl.ScopeLogs().AppendEmpty()
	rec := sl.LogRecords().AppendEmpty()
	rec.Body().SetStr("claude_code.brand_new")
	rl.Resource().Attributes().PutStr("on.resource", "v")
	sl.Scope().Attributes().PutStr("on.scope", "v")
	rec.Attributes().PutStr("on.record", "v")
	sweep := sl.LogRecords().AppendEmpty()
	sweep.Body().SetStr("claude_code.retention_sweep")
	sweep.Attributes().PutStr("cost_usd", "1")
	require.Equal(t, []string{
		`attribute "on.resource" has no row`, `attribute "on.scope" has no row`, `attribute "on.record" has no row`,
		`kind "brand_new" has no row`, `kind retention_sweep does not list "cost_usd"`,
	}, problemsInLogs(ld, map[string]int{}))

	td := ptrace.NewTraces()
	span := td.ResourceSpans().AppendEmpty().ScopeSpans().AppendEmpty().Spans().AppendEmpty()
	span.Attributes().PutStr("on.span", "v")
	span.Events().AppendEmpty().Attributes().PutStr("on.event", "v")
	span.Links().AppendEmpty().Attributes().PutStr("on.link", "v")
	span.Attributes().PutStr("duration_ms", "long")
	require.Equal(t, []string{
		`attribute "on.span" has no row`, `attribute "duration_ms" is no int`, `attribute "on.event" has no row`,
		`attribute "on.link" has no row`,
	}, problemsInSpans(td, map[string]int{}))

	md := pmetric.NewMetrics()
	metrics := md.ResourceMetrics().AppendEmpty().ScopeMetrics().AppendEmpty().Metrics()
	point := metrics.AppendEmpty().SetEmptySum().DataPoints().AppendEmpty()
	point.Attributes().PutStr("on.sum", "v")
	point.Exemplars().AppendEmpty().FilteredAttributes().PutStr("on.exemplar", "v")
	metrics.AppendEmpty().SetEmptyGauge().DataPoints().AppendEmpty().Attributes().PutStr("on.gauge", "v")
	metrics.AppendEmpty().SetEmptyHistogram().DataPoints().AppendEmpty().Attributes().PutStr("on.histogram", "v")
	metrics.AppendEmpty().SetEmptySummary()
	require.Equal(t, []string{
		`attribute "on.sum" has no row`, `attribute "on.exemplar" has no row`, `attribute "on.gauge" has no row`,
		`attribute "on.histogram" has no row`, `metric "" has the type Summary, which no client sent so far`,
	}, problemsInMetrics(md, map[string]int{}))
}

// requireKnown replays the recorded requests of some folders and returns how many
// attributes were replayed, by signal and encoding.
func requireKnown(t *testing.T, folders []string) (replayed map[string]int) {
	t.Helper()
	replayed = map[string]int{}
	for _, signal := range []string{"logs", "metrics", "traces"} {
		for _, file := range captureFiles(t, folders, signal) {
			seen := map[string]int{}
			require.Empty(t, problemsInFile(t, file, signal, seen), file)
			for _, n := range seen {
				replayed[signal+filepath.Ext(file)] += n
			}
		}
	}
	return replayed
}

// problemsInFile returns what the schema does not know of a recorded request. It counts
// the attributes by key.
func problemsInFile(t *testing.T, file, signal string, seen map[string]int) []string {
	t.Helper()
	data, err := os.ReadFile(file)
	require.NoError(t, err)
	json := filepath.Ext(file) == ".json"
	switch signal {
	case "logs":
		return problemsInLogs(unmarshalLogs(t, data, json), seen)
	case "metrics":
		req := pmetricotlp.NewExportRequest()
		require.NoError(t, decode(req.UnmarshalJSON, req.UnmarshalProto, data, json))
		return problemsInMetrics(req.Metrics(), seen)
	default:
		req := ptraceotlp.NewExportRequest()
		require.NoError(t, decode(req.UnmarshalJSON, req.UnmarshalProto, data, json))
		return problemsInSpans(req.Traces(), seen)
	}
}

// commonAttributes are those that events of every kind may carry.
var commonAttributes = slices.Concat(standardTable, resourceTable)

func problemsInLogs(ld plog.Logs, seen map[string]int) (problems []string) {
	for e := range Events(ld) {
		problems = append(problems, problemsIn(seen, e.Resource().Attributes(), e.Scope().Attributes(), e.Record().Attributes())...)
		kind := e.Kind()
		if kind == nil {
			problems = append(problems, `kind "`+e.Name()+`" has no row`)
			continue
		}
		for key := range e.Record().Attributes().All() {
			common := slices.ContainsFunc(commonAttributes, func(a Attribute) bool { return a.Name == key })
			if !common && !slices.Contains(kind.Attributes, key) {
				problems = append(problems, "kind "+kind.Name+` does not list "`+key+`"`)
			}
		}
	}
	return unique(problems)
}

func problemsInSpans(td ptrace.Traces, seen map[string]int) (problems []string) {
	for _, rs := range td.ResourceSpans().All() {
		problems = append(problems, problemsIn(seen, rs.Resource().Attributes())...)
		for _, ss := range rs.ScopeSpans().All() {
			problems = append(problems, problemsIn(seen, ss.Scope().Attributes())...)
			for _, span := range ss.Spans().All() {
				problems = append(problems, problemsIn(seen, span.Attributes())...)
				for _, event := range span.Events().All() {
					problems = append(problems, problemsIn(seen, event.Attributes())...)
				}
				for _, link := range span.Links().All() {
					problems = append(problems, problemsIn(seen, link.Attributes())...)
				}
			}
		}
	}
	return unique(problems)
}

func problemsInMetrics(md pmetric.Metrics, seen map[string]int) (problems []string) {
	for _, rm := range md.ResourceMetrics().All() {
		problems = append(problems, problemsIn(seen, rm.Resource().Attributes())...)
		for _, sm := range rm.ScopeMetrics().All() {
			problems = append(problems, problemsIn(seen, sm.Scope().Attributes())...)
			for _, metric := range sm.Metrics().All() {
				problems = append(problems, problemsInPoints(metric, seen)...)
			}
		}
	}
	return unique(problems)
}

func problemsInPoints(metric pmetric.Metric, seen map[string]int) (problems []string) {
	exemplars := func(list pmetric.ExemplarSlice) {
		for _, exemplar := range list.All() {
			problems = append(problems, problemsIn(seen, exemplar.FilteredAttributes())...)
		}
	}
	numbers := func(points pmetric.NumberDataPointSlice) {
		for _, point := range points.All() {
			problems = append(problems, problemsIn(seen, point.Attributes())...)
			exemplars(point.Exemplars())
		}
	}
	switch metric.Type() {
	case pmetric.MetricTypeSum:
		numbers(metric.Sum().DataPoints())
	case pmetric.MetricTypeGauge:
		numbers(metric.Gauge().DataPoints())
	case pmetric.MetricTypeHistogram:
		for _, point := range metric.Histogram().DataPoints().All() {
			problems = append(problems, problemsIn(seen, point.Attributes())...)
			exemplars(point.Exemplars())
		}
	default:
		problems = append(problems, `metric "`+metric.Name()+`" has the type `+metric.Type().String()+", which no client sent so far")
	}
	return problems
}

// problemsIn returns the attributes that have no row, and those whose value has not the
// type of the row.
func problemsIn(seen map[string]int, maps ...pcommon.Map) (problems []string) {
	for _, m := range maps {
		for key, value := range m.All() {
			seen[key]++
			attr := AttributeOf(key)
			switch {
			case attr == nil:
				problems = append(problems, `attribute "`+key+`" has no row`)
			case present(value) && typeProblem(attr, value) != "":
				problems = append(problems, `attribute "`+key+`" is no `+attr.Type.String())
			}
		}
	}
	return problems
}

// unique removes repetitions and keeps the order.
func unique(problems []string) (distinct []string) {
	for _, problem := range problems {
		if !slices.Contains(distinct, problem) {
			distinct = append(distinct, problem)
		}
	}
	return distinct
}

// decode decodes a recording, which is JSON or protobuf.
func decode(fromJSON, fromProto func([]byte) error, data []byte, json bool) error {
	if json {
		return fromJSON(data)
	}
	return fromProto(data)
}

func unmarshalLogs(tb testing.TB, data []byte, json bool) plog.Logs {
	tb.Helper()
	req := plogotlp.NewExportRequest()
	require.NoError(tb, decode(req.UnmarshalJSON, req.UnmarshalProto, data, json))
	return req.Logs()
}
