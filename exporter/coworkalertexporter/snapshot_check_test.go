package coworkalertexporter

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/component/componenttest"
	"go.uber.org/zap"
	"go.uber.org/zap/zaptest/observer"
)

// TestDamagedSnapshots starts with damaged files: they are set aside, and alerts are
// notified. Intact files stay.
func TestDamagedSnapshots(t *testing.T) {
	h, dir := newWebhook(t), t.TempDir()
	configure := withEmbedded(dir, h.URL, "")
	e := startExporter(t, componenttest.NewNopHost(), configure)
	e.consume(t, recordsOf(t, noon, nil))
	eventually(t, func() bool { return len(h.notifications()) == 1 }, "firing notification")
	e.stop()
	log := filepath.Join(dir, notificationLogFile)
	intact, err := os.ReadFile(log)
	require.NoError(t, err)
	require.NotEmpty(t, intact)

	core, logs := observer.New(zap.ErrorLevel)
	check := func(content []byte, setAside bool) {
		t.Helper()
		logs.TakeAll()
		for _, name := range []string{notificationLogFile, silencesFile} {
			require.NoError(t, os.WriteFile(filepath.Join(dir, name), content, 0o600))
		}
		require.NoError(t, setDamagedAside(dir, zap.New(core)))
		asides, err := filepath.Glob(log + ".damaged-*")
		require.NoError(t, err)
		if setAside {
			require.Equal(t, 2, logs.Len(), "both are logged: %v", logs.All())
			require.NotEmpty(t, asides)
			require.NoFileExists(t, log)
		} else {
			require.Zero(t, logs.FilterField(zap.String("file", log)).Len())
			require.FileExists(t, log)
		}
	}
	check(intact, false)
	check(nil, false)
	check(bytes.Repeat([]byte{0xff}, 300), true)
	check([]byte("this is no database\n"), true)
	check(intact[:len(intact)/2], true)
	check(make([]byte, 300), true)

	require.NoError(t, os.WriteFile(log, bytes.Repeat([]byte{0xff}, 300), 0o600))
	startExporter(t, componenttest.NewNopHost(), configure).stop()
}

// TestUnreadableSnapshot checks that a file that cannot be opened stays.
func TestUnreadableSnapshot(t *testing.T) {
	dir := t.TempDir()
	require.False(t, damaged(filepath.Join(dir, "missing"), snapshots[0].read))
	require.NoError(t, os.Mkdir(filepath.Join(dir, notificationLogFile), 0o700))
	require.NoError(t, setDamagedAside(dir, zap.NewNop()))
	require.DirExists(t, filepath.Join(dir, notificationLogFile))
}
