package lifecycle

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/stretchr/testify/require"
	"go.etcd.io/bbolt"
	"go.opentelemetry.io/collector/confmap"
	"go.uber.org/zap"
	"go.uber.org/zap/zaptest/observer"

	"github.com/cowork-otel/collector/internal/setaside"
)

// prepared runs the start check on a folder of state and a file of lines.
func prepared(t *testing.T, state, lines string) (*observer.ObservedLogs, error) {
	t.Helper()
	core, logs := observer.New(zap.InfoLevel)
	conf := confmap.NewFromStringMap(map[string]any{
		"extensions": map[string]any{"file_storage/a": map[string]any{"directory": state}, "file_storage/off": map[string]any{"directory": lines}},
		"exporters":  map[string]any{"file/logs": map[string]any{"path": lines}, "file/proto": map[string]any{"path": state, "format": "proto"}},
		"service":    map[string]any{"extensions": []any{"health_check", "file_storage/a"}},
	})
	return logs, startCheck{zap.New(core), lockLimit}.Convert(t.Context(), conf)
}

// TestDamagedStateIsSetAside starts with an intact, an empty and several damaged databases.
func TestDamagedStateIsSetAside(t *testing.T) {
	dir := t.TempDir()
	good := filepath.Join(dir, "processor_cowork_correlation_")
	newBolt(t, good, 200)
	intact, err := os.ReadFile(good)
	require.NoError(t, err)
	damaged := map[string][]byte{
		"connector_cowork_rules_": intact[:len(intact)/2],
		"exporter_otlp_http__logs": append(append([]byte{}, intact[:8192]...),
			make([]byte, len(intact)-8192)...),
		"receiver_kafka_":               make([]byte, len(intact)),
		strings.Repeat("0af", 21) + "b": []byte("this is no database\n"),
	}
	for name, data := range damaged {
		require.NoError(t, os.WriteFile(filepath.Join(dir, name), data, 0o600))
	}
	require.NoError(t, os.WriteFile(filepath.Join(dir, "empty"), nil, 0o600))
	logs, err := prepared(t, dir, filepath.Join(dir, "missing"))
	require.NoError(t, err)
	require.Equal(t, len(damaged), logs.Len(), "%v", logs.All())
	lost := map[any]bool{}
	for _, entry := range logs.All() {
		lost[entry.ContextMap()["lost"]] = true
	}
	require.Equal(t, map[any]bool{"windows of rules, budgets, and firing alerts": true, "batches that were not sent yet": true, "the state of a component": true}, lost)
	for name := range damaged {
		require.NoFileExists(t, filepath.Join(dir, name))
		asides, err := filepath.Glob(filepath.Join(dir, name+".damaged-*"))
		require.NoError(t, err)
		require.Len(t, asides, 1)
	}
	require.FileExists(t, good)
	require.FileExists(t, filepath.Join(dir, "empty"))

	logs, err = prepared(t, dir, filepath.Join(dir, "missing"))
	require.NoError(t, err)
	require.Zero(t, logs.Len(), "damaged files are not checked again")
}

// TestOtherFilesAreNotTouched starts with a folder of state that has other files too: they
// are no databases of file_storage, and not damaged ones.
func TestOtherFilesAreNotTouched(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"logs.json", "dashboard.db", ".gitkeep", "exporters.yaml", "tempdb123", "exporter_otlp_http_.backup"} {
		require.NoError(t, os.WriteFile(filepath.Join(dir, name), []byte("no database"), 0o600))
	}
	logs, err := prepared(t, dir, filepath.Join(dir, "missing"))
	require.NoError(t, err)
	require.Zero(t, logs.Len(), "%v", logs.All())
	files, err := os.ReadDir(dir)
	require.NoError(t, err)
	require.Len(t, files, 6)
}

// TestUnreadable checks which errors do not mean that a file is damaged.
func TestUnreadable(t *testing.T) {
	for errno, want := range map[syscall.Errno]bool{syscall.EACCES: true, syscall.EMFILE: true, syscall.ENOMEM: true, syscall.EIO: false} {
		require.Equal(t, want, isUnreadable(&os.PathError{Op: "open", Path: "state", Err: errno}), errno)
	}
	require.False(t, isUnreadable(errBoltOrder))
}

// TestDamagedStateIsBounded damages a file again and again.
func TestDamagedStateIsBounded(t *testing.T) {
	dir := t.TempDir()
	for range setaside.Kept + 2 {
		require.NoError(t, os.WriteFile(filepath.Join(dir, "receiver_kafka_"), []byte("garbage"), 0o600))
		_, err := prepared(t, dir, "")
		require.NoError(t, err)
	}
	files, err := os.ReadDir(dir)
	require.NoError(t, err)
	require.LessOrEqual(t, len(files), setaside.Kept)
}

// TestStateInUse starts while another collector has a state file open. The file is not
// touched, even if it looks damaged.
func TestStateInUse(t *testing.T) {
	dir := t.TempDir()
	db, err := bbolt.Open(filepath.Join(dir, "receiver_kafka_"), 0o600, nil)
	require.NoError(t, err)
	defer db.Close()
	_, err = prepared(t, dir, "")
	require.ErrorContains(t, err, "state folder "+dir+" is in use by another collector (stop it, or give each collector a folder of its own)")
	require.FileExists(t, filepath.Join(dir, "receiver_kafka_"))
}

// TestCutLineIsEnded starts with files that end within a line, with a line, and empty.
func TestCutLineIsEnded(t *testing.T) {
	file := filepath.Join(t.TempDir(), "logs.json")
	check := func(content, want string, logged int) {
		t.Helper()
		require.NoError(t, os.WriteFile(file, []byte(content), 0o600))
		logs, err := prepared(t, "", file)
		require.NoError(t, err)
		require.Equal(t, logged, logs.Len())
		got, err := os.ReadFile(file)
		require.NoError(t, err)
		require.Equal(t, want, string(got))
	}
	check("{}\n{\"resourceLogs\":[", "{}\n{\"resourceLogs\":[\n", 1)
	check("{}\n", "{}\n", 0)
	check("", "", 0)
}
