package coworkdashboardexporter

import (
	"net"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/component/componenttest"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/database"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/eventtest"
)

// TestShutdownIsBounded checks that a client that never completes its request does not
// prevent the final flush.
func TestShutdownIsBounded(t *testing.T) {
	path := filepath.Join(t.TempDir(), "d.db")
	r := start(t, componenttest.NewNopHost(), func(cfg *Config) {
		cfg.Database, cfg.FlushInterval = database.Name(path), time.Minute
		cfg.Server.ReadTimeout, cfg.Server.ReadHeaderTimeout = time.Hour, time.Hour
	})
	conn, err := net.Dial("tcp", r.url[len("http://"):])
	require.NoError(t, err)
	defer conn.Close()
	_, err = conn.Write([]byte("GET / HTTP/1.1\r\nHost: "))
	require.NoError(t, err)
	require.NoError(t, r.ConsumeLogs(t.Context(), eventtest.Logs(request("r1", time.Now()))))
	began := time.Now()
	require.NoError(t, r.Shutdown(t.Context()))
	require.Less(t, time.Since(began), 2*shutdownTimeout)
	s, err := openStore(t.Context(), path)
	require.NoError(t, err)
	require.False(t, s.State().Latest.IsZero(), "the last event is stored")
	require.NoError(t, s.close(t.Context()))
}
