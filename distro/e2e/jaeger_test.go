package e2e

import (
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// A jaegerAnswer is Jaeger's response to a request for a trace.
type jaegerAnswer struct {
	Data []struct {
		TraceID string
		Spans   []struct {
			SpanID, OperationName string
			StartTime, Duration   time.Duration // microseconds
			References            []struct{ SpanID string }
			Warnings              []string
		}
	}
}

// TestJaeger compares the spans that arrive with a recorded response of Jaeger 2.13 to
// basic-json sent through distro/examples/jaeger.yaml. Jaeger takes too long to build in
// a test:
//
//	curl http://localhost:16686/api/traces/0aa84ef60c1847208c5d4ba43985c011
func TestJaeger(t *testing.T) {
	data, err := os.ReadFile("testdata/basic-json/jaeger.json")
	require.NoError(t, err)
	require.NotRegexp(t, sensitive, string(data))
	var answer jaegerAnswer
	require.NoError(t, json.Unmarshal(data, &answer))
	require.Len(t, answer.Data, 1)
	trace := answer.Data[0]
	depth := map[string]int{}
	begin := trace.Spans[0].StartTime
	lines := []string{"trace " + trace.TraceID}
	for _, span := range trace.Spans {
		require.Empty(t, span.Warnings, span.OperationName)
		level := 0
		for _, ref := range span.References {
			require.Contains(t, depth, ref.SpanID, "%s is below a span that begins later", span.OperationName)
			level = depth[ref.SpanID] + 1
		}
		depth[span.SpanID] = level
		lines = append(lines, fmt.Sprintf("%s%s  %s +%s", strings.Repeat("  ", level), span.OperationName,
			(span.StartTime-begin)*time.Microsecond, span.Duration*time.Microsecond))
	}
	drawn, err := os.ReadFile("testdata/basic-json/waterfall.txt")
	require.NoError(t, err)
	want := string(shorten.ReplaceAll(drawn, []byte("  $1")))
	require.Equal(t, want, strings.Join(lines, "\n")+"\n")
}
