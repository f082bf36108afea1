package e2e

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"github.com/stretchr/testify/require"
)

var (
	// identifiers matches the ids that join events, in any place.
	identifiers = regexp.MustCompile(`[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|\b(?:toolu|req)_\w+|\b[0-9a-f]{64}\b|\b[0-9a-f]{16,17}\b|claude-opus-5-5`)

	// spanIDs matches the ids that the correlation sets on records.
	spanIDs = regexp.MustCompile(`"spanId": ?"[0-9a-f]{16}"`)

	// measures matches counts, costs and durations.
	measures = regexp.MustCompile(`(_ms|_tokens|_count|_bytes|_length|attempts?|cost_usd(_micros)?|status_code|total_\w+|sequence)$`)
)

// TestCapturesSurvive compares the captures with the golden files: the output contains
// every identifier, model, count and duration of the input.
func TestCapturesSurvive(t *testing.T) {
	n := 0
	for folder, requests := range captures(t) {
		for _, r := range requests {
			if r.contentType != contentTypes["json"] {
				continue // the same run as JSON is among the captures
			}
			out, err := os.ReadFile(filepath.Join("testdata", folder, r.name))
			require.NoError(t, err)
			got := out
			if !spanIDs.Match(r.body) {
				got = spanIDs.ReplaceAll(out, nil)
			}
			require.Equal(t, identifiers.FindAllString(string(r.body), -1), identifiers.FindAllString(string(got), -1), "%s/%s", folder, r.name)
			want := measured(t, r.body)
			require.Equal(t, want, measured(t, out), "%s/%s", folder, r.name)
			n += len(want)
		}
	}
	require.Greater(t, n, 400, "measures in the captures")
}

// measured returns the measures of a request as "key=value", in order.
func measured(t *testing.T, body []byte) (found []string) {
	t.Helper()
	var raw any
	require.NoError(t, json.Unmarshal(body, &raw))
	var walk func(any)
	walk = func(node any) {
		switch node := node.(type) {
		case []any:
			for _, item := range node {
				walk(item)
			}
		case map[string]any:
			if key, ok := node["key"].(string); ok && measures.MatchString(key) {
				for _, value := range node["value"].(map[string]any) {
					found = append(found, fmt.Sprint(key, "=", value))
				}
				return
			}
			for _, field := range []string{
				"resourceLogs", "scopeLogs", "logRecords", "resourceMetrics", "scopeMetrics", "metrics", "sum", "dataPoints",
				"resourceSpans", "scopeSpans", "spans", "events", "attributes",
			} {
				walk(node[field])
			}
		}
	}
	walk(raw)
	return found
}
