package googlecloud

import (
	"context"

	"github.com/GoogleCloudPlatform/opentelemetry-operations-go/exporter/collector"
	"github.com/open-telemetry/opentelemetry-collector-contrib/exporter/googlecloudexporter"
	"go.opentelemetry.io/collector/component"
	"go.opentelemetry.io/collector/config/configretry"
	"go.opentelemetry.io/collector/consumer"
	"go.opentelemetry.io/collector/exporter"
	"go.opentelemetry.io/collector/exporter/exporterhelper"
	"go.opentelemetry.io/collector/pdata/plog"
	"go.opentelemetry.io/collector/pdata/pmetric"
	"go.opentelemetry.io/collector/pdata/ptrace"
)

// Config is the configuration of the stock exporter with retries.
type Config struct {
	googlecloudexporter.Config `mapstructure:",squash"`
	// Retry is how a batch is sent again. The timeout is that of one attempt.
	Retry configretry.BackOffConfig `mapstructure:"retry_on_failure"`
}

// NewFactory returns the factory of the exporter googlecloud.
func NewFactory() exporter.Factory {
	stock := googlecloudexporter.NewFactory()
	return exporter.NewFactory(stock.Type(), func() component.Config {
		return &Config{
			Config: *stock.CreateDefaultConfig().(*googlecloudexporter.Config),
			Retry:  configretry.NewDefaultBackOffConfig(),
		}
	},
		exporter.WithLogs(createLogs, stock.LogsStability()),
		exporter.WithMetrics(createMetrics, stock.MetricsStability()),
		exporter.WithTraces(createTraces, stock.TracesStability()),
	)
}

// options are the options of each signal: the exporter bounds its calls itself.
func options(c *Config, start component.StartFunc, shutdown component.ShutdownFunc) []exporterhelper.Option {
	return []exporterhelper.Option{
		exporterhelper.WithStart(start),
		exporterhelper.WithShutdown(shutdown),
		exporterhelper.WithTimeout(exporterhelper.TimeoutConfig{Timeout: 0}),
		exporterhelper.WithRetry(c.Retry),
		exporterhelper.WithQueue(c.QueueSettings),
		exporterhelper.WithCapabilities(consumer.Capabilities{MutatesData: true}),
	}
}

func createLogs(ctx context.Context, set exporter.Settings, cfg component.Config) (exporter.Logs, error) {
	c := cfg.(*Config)
	e, err := collector.NewGoogleCloudLogsExporter(ctx, c.Config.Config, set, c.TimeoutSettings.Timeout)
	if err != nil {
		return nil, err
	}
	push := func(ctx context.Context, ld plog.Logs) error { return classify(e.PushLogs(ctx, ld)) }
	return exporterhelper.NewLogs(ctx, set, cfg, push, options(c, e.Start, e.Shutdown)...)
}

func createMetrics(ctx context.Context, set exporter.Settings, cfg component.Config) (exporter.Metrics, error) {
	c := cfg.(*Config)
	e, err := collector.NewGoogleCloudMetricsExporter(ctx, c.Config.Config, set, c.TimeoutSettings.Timeout)
	if err != nil {
		return nil, err
	}
	push := func(ctx context.Context, md pmetric.Metrics) error { return classify(e.PushMetrics(ctx, md)) }
	return exporterhelper.NewMetrics(ctx, set, cfg, push, options(c, e.Start, e.Shutdown)...)
}

func createTraces(ctx context.Context, set exporter.Settings, cfg component.Config) (exporter.Traces, error) {
	c := cfg.(*Config)
	e, err := collector.NewGoogleCloudTracesExporter(ctx, c.Config.Config, set, c.TimeoutSettings.Timeout)
	if err != nil {
		return nil, err
	}
	push := func(ctx context.Context, td ptrace.Traces) error { return classify(e.PushTraces(ctx, td)) }
	return exporterhelper.NewTraces(ctx, set, cfg, push, options(c, e.Start, e.Shutdown)...)
}
