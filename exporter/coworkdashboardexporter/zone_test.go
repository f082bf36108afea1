package coworkdashboardexporter

import (
	"context"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/component/componenttest"
	"go.opentelemetry.io/collector/exporter/exportertest"
	"go.uber.org/zap"
	"go.uber.org/zap/zaptest/observer"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/database"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/metadata"
)

// TestOtherTimeZone starts with a database whose days are of another time zone: the figures of
// two collectors with one database would be those of neither zone.
func TestOtherTimeZone(t *testing.T) {
	path := filepath.Join(t.TempDir(), "d.db")
	warnings := func(zone string) int {
		core, logs := observer.New(zap.WarnLevel)
		set := exportertest.NewNopSettings(metadata.Type)
		set.Logger = zap.New(core)
		cfg := createDefaultConfig().(*Config)
		cfg.Server.NetAddr.Endpoint, cfg.Database, cfg.TimeZone = "127.0.0.1:0", database.Name(path), zone
		e, err := NewFactory().CreateLogs(t.Context(), set, cfg)
		require.NoError(t, err)
		require.NoError(t, e.Start(t.Context(), componenttest.NewNopHost()))
		require.NoError(t, e.Shutdown(context.Background()))
		return logs.FilterMessageSnippet("another time zone").Len()
	}
	require.Zero(t, warnings("UTC"))
	require.Equal(t, 1, warnings("Europe/Berlin"))
	require.Zero(t, warnings("Europe/Paris"), "its days are the same")
	require.Equal(t, 1, warnings("UTC"))
}
