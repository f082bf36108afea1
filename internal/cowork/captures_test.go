package cowork

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/pmetric/pmetricotlp"
	"go.opentelemetry.io/collector/pdata/ptrace/ptraceotlp"
)

// TestCapturesAreKnown walks all that real clients sent, in every signal and in both
// encodings, down to data points and span events: each attribute is a row of the
// schema, and its value reads as the row's type.
func TestCapturesAreKnown(t *testing.T) {
	seen := map[string]int{}
	for _, signal := range []string{"logs", "metrics", "traces"} {
		for file, attributes := range capturedAttributes(t, signal) {
			for _, m := range attributes {
				for key, value := range m.All() {
					attr := AttributeOf(key)
					require.NotNil(t, attr, "%s: attribute %q has no row", file, key)
					if present(value) {
						require.Empty(t, typeProblem(attr, value), "%s: attribute %q is no %v", file, key, attr.Type)
					}
					seen[signal+filepath.Ext(file)]++
				}
			}
		}
	}
	for _, what := range []string{"logs.json", "logs.pb", "metrics.json", "metrics.pb", "traces.json"} {
		require.NotZero(t, seen[what], "no attribute of %s was looked at", what)
	}
}

// TestCapturedKindsListTheirAttributes compares the kinds' rows with what real
// clients sent: an attribute is the kind's own, or one that any event may carry.
func TestCapturedKindsListTheirAttributes(t *testing.T) {
	common := map[string]bool{}
	for _, attribute := range slices.Concat(standardTable, resourceTable) {
		common[attribute.Name] = true
	}
	for file, ld := range captured(t) {
		for e := range Events(ld) {
			kind := e.Kind()
			require.NotNil(t, kind, "%s: kind %q", file, e.Name())
			for key := range e.Record().Attributes().All() {
				require.True(t, common[key] || slices.Contains(kind.Attributes, key), "%s: %s does not list %q", file, kind.Name, key)
			}
		}
	}
}

// capturedAttributes returns every attribute map of a signal's recordings, by file.
func capturedAttributes(t *testing.T, signal string) map[string][]pcommon.Map {
	t.Helper()
	files, err := filepath.Glob("../../testdata/captures/*/*_" + signal + ".*")
	require.NoError(t, err)
	attributes := map[string][]pcommon.Map{}
	for _, file := range files {
		data, err := os.ReadFile(file)
		require.NoError(t, err)
		attributes[file] = attributeMaps(t, signal, data, strings.HasSuffix(file, ".json"))
	}
	return attributes
}

func attributeMaps(t *testing.T, signal string, data []byte, json bool) []pcommon.Map {
	t.Helper()
	switch signal {
	case "logs":
		return logMaps(t, data, json)
	case "metrics":
		return metricMaps(t, data, json)
	default:
		return spanMaps(t, data, json)
	}
}

func logMaps(t *testing.T, data []byte, json bool) (maps []pcommon.Map) {
	t.Helper()
	for e := range Events(unmarshalLogs(t, data, json)) {
		maps = append(maps, e.Resource().Attributes(), e.Scope().Attributes(), e.Record().Attributes())
	}
	return maps
}

func metricMaps(t *testing.T, data []byte, json bool) (maps []pcommon.Map) {
	t.Helper()
	req := pmetricotlp.NewExportRequest()
	require.NoError(t, decode(req.UnmarshalJSON, req.UnmarshalProto, data, json))
	for _, rm := range req.Metrics().ResourceMetrics().All() {
		maps = append(maps, rm.Resource().Attributes())
		for _, sm := range rm.ScopeMetrics().All() {
			maps = append(maps, sm.Scope().Attributes())
			for _, metric := range sm.Metrics().All() {
				for _, point := range metric.Sum().DataPoints().All() { // clients send sums only
					maps = append(maps, point.Attributes())
				}
			}
		}
	}
	return maps
}

func spanMaps(t *testing.T, data []byte, json bool) (maps []pcommon.Map) {
	t.Helper()
	req := ptraceotlp.NewExportRequest()
	require.NoError(t, decode(req.UnmarshalJSON, req.UnmarshalProto, data, json))
	for _, rs := range req.Traces().ResourceSpans().All() {
		maps = append(maps, rs.Resource().Attributes())
		for _, ss := range rs.ScopeSpans().All() {
			maps = append(maps, ss.Scope().Attributes())
			for _, span := range ss.Spans().All() {
				maps = append(maps, span.Attributes())
				for _, event := range span.Events().All() {
					maps = append(maps, event.Attributes())
				}
				for _, link := range span.Links().All() {
					maps = append(maps, link.Attributes())
				}
			}
		}
	}
	return maps
}

// decode decodes a recording, which is JSON or protobuf.
func decode(fromJSON, fromProto func([]byte) error, data []byte, json bool) error {
	if json {
		return fromJSON(data)
	}
	return fromProto(data)
}
