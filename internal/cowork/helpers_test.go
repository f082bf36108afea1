package cowork

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/pdata/plog"
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

// The folders of recorded requests: those of the repository, one for each version of the
// client, and the complete recordings in a folder next to the repository.
var (
	recordings       = []string{"../../testdata/captures", "../../testdata/captures-2.1.332"}
	sharedRecordings = []string{"../../../shared/captures"}
)

// captured returns the recorded log batches of the repository, by file.
func captured(tb testing.TB) map[string]plog.Logs {
	tb.Helper()
	batches := map[string]plog.Logs{}
	for _, file := range captureFiles(tb, recordings, "logs") {
		data, err := os.ReadFile(file)
		require.NoError(tb, err)
		batches[file] = unmarshalLogs(tb, data, filepath.Ext(file) == ".json")
	}
	return batches
}

// captureFiles returns the recorded requests of one signal.
func captureFiles(tb testing.TB, folders []string, signal string) (files []string) {
	tb.Helper()
	for _, folder := range folders {
		found, err := filepath.Glob(folder + "/*/*_" + signal + ".*")
		require.NoError(tb, err)
		require.NotEmpty(tb, found, "%s has no %s", folder, signal)
		files = append(files, found...)
	}
	return files
}
