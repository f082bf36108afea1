package lifecycle

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/open-telemetry/opentelemetry-collector-contrib/extension/storage/filestorage"
	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/component"
	"go.opentelemetry.io/collector/component/componenttest"
	"go.opentelemetry.io/collector/extension"
	"go.opentelemetry.io/collector/extension/extensiontest"
	"go.opentelemetry.io/collector/extension/xextension/storage"
	"go.opentelemetry.io/collector/otelcol"

	"github.com/cowork-otel/collector/internal/problem"
)

// TestStorage writes to a storage whose disk is full for a time.
func TestStorage(t *testing.T) {
	stock := filestorage.NewFactory()
	f := boundFactories(otelcol.Factories{Extensions: map[component.Type]extension.Factory{stock.Type(): stock}}).Extensions[stock.Type()]
	cfg := f.CreateDefaultConfig().(*filestorage.Config)
	cfg.Directory = t.TempDir()
	ext, err := f.Create(t.Context(), extensiontest.NewNopSettings(stock.Type()), cfg)
	require.NoError(t, err)
	require.NoError(t, ext.Start(t.Context(), componenttest.NewNopHost()))
	client, err := ext.(storage.Extension).GetClient(t.Context(), component.KindProcessor, component.MustNewID("owner"), "")
	require.NoError(t, err)
	require.NoError(t, client.Set(t.Context(), "key", []byte("value")))
	keys := 0
	require.NoError(t, client.(storage.Walker).Walk(t.Context(), func(string, []byte) ([]*storage.Operation, error) {
		keys++
		return nil, nil
	}))
	require.Equal(t, 1, keys)

	full := &fullClient{Client: client}
	reporting := &reportingClient{Client: full, component: "processor owner"}
	degraded := func() int { return len(problem.Degraded(time.Now())) }
	for _, write := range []func() error{
		func() error { return reporting.Set(t.Context(), "a", nil) },
		func() error { return reporting.Delete(t.Context(), "a") },
		func() error { return reporting.Batch(t.Context()) },
	} {
		full.full = true
		require.Error(t, write())
		require.Equal(t, 1, degraded())
		full.full = false
		require.NoError(t, write())
		require.Zero(t, degraded())
	}
	full.full = true
	require.Error(t, reporting.Batch(t.Context()))
	require.NoError(t, reporting.Close(t.Context()))
	require.Zero(t, degraded(), "a closed storage")
	require.NoError(t, ext.Shutdown(t.Context()))
}

// A fullClient is a storage whose disk is full while the field is set.
type fullClient struct {
	storage.Client
	full bool
}

func (f *fullClient) result() error {
	if f.full {
		return errors.New("no space left on device")
	}
	return nil
}
func (f *fullClient) Set(context.Context, string, []byte) error          { return f.result() }
func (f *fullClient) Delete(context.Context, string) error               { return f.result() }
func (f *fullClient) Batch(context.Context, ...*storage.Operation) error { return f.result() }
