package googlecloud

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/open-telemetry/opentelemetry-collector-contrib/exporter/googlecloudexporter"
	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/confmap"
	"go.opentelemetry.io/collector/consumer/consumererror"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
)

// TestClassify checks which answers are permanent: those after which no request of the batch
// can succeed.
func TestClassify(t *testing.T) {
	check := func(err error, permanent bool) {
		t.Helper()
		require.Equal(t, permanent, consumererror.IsPermanent(classify(fmt.Errorf("failed to export: %w", err))), "%v", err)
	}
	away, wrong := status.Error(codes.Unavailable, ""), status.Error(codes.InvalidArgument, "")
	for _, code := range retryable {
		check(status.Error(code, ""), false)
	}
	check(context.DeadlineExceeded, false)
	check(errors.Join(wrong, away), false)
	check(errors.Join(wrong, fmt.Errorf("failed: %w", errors.Join(nil, away))), false)
	check(errors.Join(wrong, wrong), true)
	check(errors.New("no log name provided"), true)
	for _, code := range []codes.Code{codes.InvalidArgument, codes.NotFound, codes.AlreadyExists, codes.PermissionDenied, codes.FailedPrecondition, codes.Unimplemented, codes.Unknown} {
		check(status.Error(code, ""), true)
	}
	require.NoError(t, classify(nil))
}

// TestConfig checks that the keys of the stock exporter and of retries are read together, and
// that the defaults are those of the stock exporter.
func TestConfig(t *testing.T) {
	f := NewFactory()
	cfg := f.CreateDefaultConfig().(*Config)
	stock := googlecloudexporter.NewFactory().CreateDefaultConfig().(*googlecloudexporter.Config)
	require.Equal(t, stock.TimeoutSettings, cfg.TimeoutSettings)
	require.Equal(t, stock.QueueSettings, cfg.QueueSettings)
	require.Equal(t, stock.Config.MetricConfig.Prefix, cfg.Config.Config.MetricConfig.Prefix)
	require.True(t, cfg.Retry.Enabled)
	require.NoError(t, confmap.NewFromStringMap(map[string]any{
		"project": "p", "timeout": "30s", "log": map[string]any{"default_log_name": "cowork"},
		"sending_queue": map[string]any{"queue_size": 7}, "retry_on_failure": map[string]any{"max_elapsed_time": "48h"},
	}).Unmarshal(cfg))
	require.Equal(t, "p", cfg.Config.Config.ProjectID)
	require.Equal(t, 30*time.Second, cfg.TimeoutSettings.Timeout)
	require.Equal(t, "cowork", cfg.Config.Config.LogConfig.DefaultLogName)
	require.EqualValues(t, 7, cfg.QueueSettings.Get().QueueSize)
	require.Equal(t, 48*time.Hour, cfg.Retry.MaxElapsedTime)
	require.NoError(t, cfg.Validate())
	require.Equal(t, "googlecloud", f.Type().String())
}
