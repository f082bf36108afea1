package ecs

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/pdata/plog"
	"go.opentelemetry.io/collector/pdata/plog/plogotlp"
)

// logsOf makes the record of an event: a line of JSON.
func logsOf(tb testing.TB, line string) (plog.Logs, bool) {
	tb.Helper()
	var attributes map[string]any
	ld := plog.NewLogs()
	if json.Unmarshal([]byte(line), &attributes) != nil {
		return ld, false
	}
	rec := ld.ResourceLogs().AppendEmpty().ScopeLogs().AppendEmpty().LogRecords().AppendEmpty()
	body, _ := attributes["@body"].(string)
	rec.Body().SetStr(body)
	for key, value := range attributes {
		if !strings.HasPrefix(key, "@") {
			require.NoError(tb, rec.Attributes().PutEmpty(key).FromRaw(value))
		}
	}
	return ld, true
}

// inputs calls f with the events of the recordings and of the stories.
func inputs(t *testing.T, f func(ld plog.Logs)) {
	t.Helper()
	root := filepath.Join("..", "..", "..", "testdata")
	captures, err := filepath.Glob(filepath.Join(root, "captures*", "*", "*_logs.json"))
	require.NoError(t, err)
	stories, err := filepath.Glob(filepath.Join(root, "stories", "*.txtar"))
	require.NoError(t, err)
	require.NotEmpty(t, captures)
	require.NotEmpty(t, stories)
	for _, file := range captures {
		data, err := os.ReadFile(file)
		require.NoError(t, err)
		request := plogotlp.NewExportRequest()
		require.NoError(t, request.UnmarshalJSON(data), file)
		f(request.Logs())
	}
	for _, file := range stories {
		data, err := os.ReadFile(file)
		require.NoError(t, err)
		for line := range strings.Lines(string(data)) {
			if ld, ok := logsOf(t, line); ok && !strings.Contains(line, `"ecs.version"`) {
				f(ld)
			}
		}
	}
}
