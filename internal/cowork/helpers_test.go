package cowork

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/pdata/plog"
	"go.opentelemetry.io/collector/pdata/plog/plogotlp"
)

// eventOf returns an event with these attributes, under Cowork's resource and
// scope.
func eventOf(tb testing.TB, attributes map[string]any) Event {
	tb.Helper()
	ld := plog.NewLogs()
	rl := ld.ResourceLogs().AppendEmpty()
	rl.Resource().Attributes().PutStr("service.name", "cowork")
	sl := rl.ScopeLogs().AppendEmpty()
	sl.Scope().SetName(eventsScope)
	sl.Scope().SetVersion("2.1.329")
	rec := sl.LogRecords().AppendEmpty()
	require.NoError(tb, rec.Attributes().FromRaw(attributes))
	return EventOf(rl.Resource(), sl.Scope(), rec)
}

// captured returns the recorded log batches, by file.
func captured(tb testing.TB) map[string]plog.Logs {
	tb.Helper()
	files, err := filepath.Glob("../../testdata/captures/*/*_logs.*")
	require.NoError(tb, err)
	require.NotEmpty(tb, files)
	batches := map[string]plog.Logs{}
	for _, file := range files {
		data, err := os.ReadFile(file)
		require.NoError(tb, err)
		batches[file] = unmarshalLogs(tb, data, filepath.Ext(file) == ".json")
	}
	return batches
}

func unmarshalLogs(tb testing.TB, data []byte, json bool) plog.Logs {
	tb.Helper()
	req := plogotlp.NewExportRequest()
	require.NoError(tb, decode(req.UnmarshalJSON, req.UnmarshalProto, data, json))
	return req.Logs()
}
