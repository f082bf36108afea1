// Package officehours is an example of a component outside this module. It marks events
// outside the office hours, so that an alert rule can match them.
package officehours

import (
	"context"
	"fmt"

	"go.opentelemetry.io/collector/component"
	"go.opentelemetry.io/collector/consumer"
	"go.opentelemetry.io/collector/pdata/plog"
	"go.opentelemetry.io/collector/processor"
	"go.opentelemetry.io/collector/processor/processorhelper"
)

// A Config holds the hours of a day, in UTC.
type Config struct {
	From int `mapstructure:"from"`
	To   int `mapstructure:"to"`
}

// Validate checks the hours.
func (c *Config) Validate() error {
	if c.From < 0 || c.To > 24 || c.From >= c.To {
		return fmt.Errorf("from: %d to %d are no hours of a day (such as 8 to 18)", c.From, c.To)
	}
	return nil
}

// NewFactory returns the factory of the processor. The builder calls it.
func NewFactory() processor.Factory {
	return processor.NewFactory(
		component.MustNewType("officehours"),
		func() component.Config { return &Config{From: 8, To: 18} },
		processor.WithLogs(newProcessor, component.StabilityLevelDevelopment),
	)
}

func newProcessor(ctx context.Context, set processor.Settings, cfg component.Config, next consumer.Logs) (processor.Logs, error) {
	return processorhelper.NewLogs(ctx, set, cfg, next, cfg.(*Config).mark,
		processorhelper.WithCapabilities(consumer.Capabilities{MutatesData: true}))
}

// mark sets office_hours on every record.
func (c *Config) mark(_ context.Context, ld plog.Logs) (plog.Logs, error) {
	for _, rl := range ld.ResourceLogs().All() {
		for _, sl := range rl.ScopeLogs().All() {
			for _, rec := range sl.LogRecords().All() {
				hour := rec.Timestamp().AsTime().Hour()
				rec.Attributes().PutBool("office_hours", c.From <= hour && hour < c.To)
			}
		}
	}
	return ld, nil
}
