package coworkdashboardexporter

import (
	"net"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/component/componenttest"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/eventtest"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/store"
)

// TestShutdownWaitsForNobody checks that a reader who never finishes does not keep what
// came last from being written: whoever ended the collector loses patience.
func TestShutdownWaitsForNobody(t *testing.T) {
	path := filepath.Join(t.TempDir(), "d.db")
	r := start(t, componenttest.NewNopHost(), func(cfg *Config) {
		cfg.Database, cfg.FlushInterval = path, time.Minute
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
	require.Less(t, time.Since(began), 2*farewell)
	set := store.DefaultSettings()
	set.Path = path
	s, err := store.Open(t.Context(), set)
	require.NoError(t, err)
	require.False(t, s.State().Latest.IsZero(), "what came last is lost")
	require.NoError(t, s.Close(t.Context()))
}
